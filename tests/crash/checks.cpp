#include "checks.hpp"

#include <boost/json.hpp>
#include <map>
#include <set>
#include <string>

#include "base/time.hpp"
#include "runner/books.hpp"
#include "runner/script.hpp"

namespace fairway::crash {

using scenarios::Wrong;

namespace {

std::string text_of(const json::Value& value, std::string_view member) {
    return std::string(value.at(member).as_string());
}

void must_be_none(db::Reader& tx, const std::string& what, const std::string& sql) {
    const auto rows = tx.query(sql);
    if (!rows.empty()) throw Wrong(what + ": " + rows.front().get<std::string>(0));
}

// What Amazon changed up to the watermark is in the mirror as Amazon has it: a watermark never moves past
// what is not stored.
void check_mirror(db::Reader& tx, const json::Value& ledger) {
    const auto watermark = tx.one("SELECT MIN(watermark) FROM stores")->get<std::optional<UtcTime>>(0);
    if (!watermark) return;
    std::map<std::string, std::string> mirror;
    for (const db::Row& row : tx.query("SELECT amazon_order_id, amazon_status_text FROM amazon_orders"))
        mirror[row.get<std::string>(0)] = row.get<std::string>(1);
    std::set<std::string> kept_aside;
    for (const db::Row& row : tx.query("SELECT amazon_order_id FROM quarantine"))
        kept_aside.insert(row.get<std::optional<std::string>>(0).value_or(""));
    for (const json::Value& entry : ledger.at("orders").as_array()) {
        const json::Value& order = entry.at("order");
        const std::string id = text_of(order, "orderId");
        const auto changed = parse_rfc3339(text_of(order, "lastUpdatedTime"));
        if (!changed || *changed > *watermark || kept_aside.contains(id)) continue;
        const std::string status = text_of(order.at("fulfillment"), "fulfillmentStatus");
        if (mirror[id] != status)
            throw Wrong("Amazon's order " + id + " is " + status + " there and \"" + mirror[id] + "\" here");
    }
}

// Each package was told once, under a number of its own.
void check_told_once(const json::Value& ledger) {
    for (const json::Value& entry : ledger.at("orders").as_array()) {
        std::set<std::string> told;
        for (const json::Value& each : entry.at("confirmations").as_array()) {
            const std::string reference = text_of(each.at("packageDetail"), "packageReferenceId");
            if (!told.insert(reference).second)
                throw Wrong("Amazon was told twice of package " + reference + " of order " +
                            text_of(entry.at("order"), "orderId"));
        }
    }
}

void check_nothing_half_done(db::Reader& tx) {
    must_be_none(tx, "an order is still to be planned",
                 "SELECT amazon_order_id FROM amazon_orders WHERE dirty > 0");
    must_be_none(tx, "a command has found no end",
                 "SELECT o.amazon_order_id || ' ' || c.state FROM commands AS c JOIN amazon_orders AS o ON "
                 "o.id = c.order_id WHERE c.state NOT IN ('verified', 'rejected')");
    must_be_none(tx, "a command is parked without a reason",
                 "SELECT 'cm_' || id FROM commands WHERE state = 'rejected' AND code IS NULL");
    must_be_none(tx, "an intent is half done", "SELECT kind FROM intents WHERE state <> 'done'");
    must_be_none(tx, "a request is answered for ever with \"running\"",
                 "SELECT key FROM idempotency_keys WHERE status = 0");
    must_be_none(tx, "a window is still open", "SELECT stores FROM windows");
}

}  // namespace

void check_at_rest(db::Database& database, const json::Value& ledger) {
    scenarios::check_books(database, ledger);
    check_told_once(ledger);
    database.read([&](db::Reader& tx) {
        check_nothing_half_done(tx);
        check_mirror(tx, ledger);
    });
}

}  // namespace fairway::crash
