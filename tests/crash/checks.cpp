#include "checks.hpp"

#include <set>
#include <string>

#include "checkers/checkers.hpp"
#include "runner/books.hpp"
#include "runner/script.hpp"

namespace fairway::crash {

using checkers::Complaints;
using scenarios::Wrong;

namespace {

void must_be_none(db::Reader& tx, const std::string& what, const std::string& sql) {
    const auto rows = tx.query(sql);
    if (!rows.empty()) throw Wrong(what + ": " + rows.front().get<std::string>(0));
}

// What only an interrupted process leaves behind.
void check_nothing_half_done(db::Reader& tx) {
    must_be_none(tx, "an intent is half done", "SELECT kind FROM intents WHERE state <> 'done'");
    must_be_none(tx, "a request is answered for ever with \"running\"",
                 "SELECT key FROM idempotency_keys WHERE status = 0");
    must_be_none(tx, "a window is still open", "SELECT stores FROM windows");
}

// Of Amazon's ledger what must be known here: what changed up to the watermark, since that never moves past
// what is not stored, and is not kept aside.
checkers::Ledger known_part(db::Reader& tx, checkers::Ledger ledger) {
    const auto watermark = tx.one("SELECT MIN(watermark) FROM stores")->get<std::optional<UtcTime>>(0);
    std::set<std::string> kept_aside;
    for (const db::Row& row : tx.query("SELECT amazon_order_id FROM quarantine"))
        kept_aside.insert(row.get<std::optional<std::string>>(0).value_or(""));
    std::erase_if(ledger.orders, [&](const checkers::LedgerOrder& order) {
        return !watermark || order.updated_at > *watermark || kept_aside.contains(order.id);
    });
    return ledger;
}

}  // namespace

void check_at_rest(db::Database& database, const json::Value& ledger) {
    scenarios::check_books(database, ledger);
    database.read([&](db::Reader& tx) {
        const checkers::Ledger known = known_part(tx, checkers::read_ledger(ledger));
        for (const Complaints& wrong :
             {checkers::reservations_are_in_stock(tx), checkers::packages_are_saved_once(tx),
              checkers::mirror_is_ledger(tx, known), checkers::nothing_is_dirty(tx),
              checkers::commands_have_ended(tx), checkers::reservations_are_released(tx, known),
              checkers::amazon_knows_what_was_shipped(tx, known),
              checkers::commerce_orders_are_due(tx, known, {"product_missing"})})
            if (!wrong.empty()) throw Wrong(wrong.front());
        check_nothing_half_done(tx);
    });
}

}  // namespace fairway::crash
