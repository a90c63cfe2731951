#include "runner/books.hpp"

#include <set>

#include "checkers/checkers.hpp"
#include "db/inspect_test.hpp"
#include "runner/script.hpp"

namespace fairway::scenarios {

namespace {

// sales_days says again what the orders say, and communication_errors how the calls went.
bool is_business(const std::string& table) {
    static const std::set<std::string> others{"sync_runs",       "quota_buckets",        "windows",
                                              "audit",           "idempotency_keys",     "api_tokens",
                                              "unknown_members", "schema_migrations",    "instance_places",
                                              "sweep_leases",    "communication_errors", "sales_days"};
    return !others.contains(table);
}

bool is_business(const std::string& table, const std::string& column) {
    static const std::set<std::string> others{
        "stores.watermark",      "stores.deep_sweep_at", "amazon_orders.read_at", "quarantine.last_seen_at",
        "quarantine.times_seen", "commands.lease_token", "commands.lease_until"};
    return !others.contains(table + "." + column);
}

bool is_essential(const std::string& table, const std::string& column) {
    // The hash is over a document with times in it; the ids tell in which order things came, and import
    // begins when the store is added.
    static const std::set<std::string> others{
        "commands.attempts", "commands.code",      "order_history.id",           "instance.id",
        "instance.epoch",    "stores.import_from", "amazon_orders.content_hash", "quarantine.id"};
    const bool varies =
        column == "at" || column.ends_with("_at") || column == "key_id" || column.starts_with("sealed");
    return is_business(table, column) && !varies && !others.contains(table + "." + column);
}

enum class Columns { business, essential };

void dump_table(db::Reader& tx, const std::string& table, Columns columns, Dump& out) {
    std::string row = "'" + table + "'";
    for (const std::string& name : db::column_names(tx, table))
        if (columns == Columns::business ? is_business(table, name) : is_essential(table, name))
            row += " || ' " + name + "=' || " + db::quoted(name);
    std::string where;
    if (columns == Columns::essential && table == "order_history")
        where = " WHERE substr(code, 1, 8) <> 'command.'";
    for (const db::Row& each : tx.query("SELECT " + row + " FROM " + table + where))
        ++out[each.get<std::string>(0)];
}

// Sealed bytes are long and say nothing; their first digits show that they are others.
std::string shorten(const std::string& row) {
    std::string out;
    std::size_t at = 0;
    while (at < row.size()) {
        const std::size_t blob = row.find("X'", at);
        if (blob == std::string::npos) break;
        const std::size_t end = row.find('\'', blob + 2);
        out += row.substr(at, std::min<std::size_t>(blob + 10, end) - at) + "…";
        at = end;
    }
    return out + row.substr(at);
}

Dump dump_all(db::Database& database, Columns columns) {
    return database.read([&](db::Reader& tx) {
        Dump out;
        for (const std::string& table : db::table_names(tx))
            if (is_business(table)) dump_table(tx, table, columns, out);
        return out;
    });
}

}  // namespace

Dump dump(db::Database& database) { return dump_all(database, Columns::business); }
Dump essence(db::Database& database) { return dump_all(database, Columns::essential); }

void must_be_unchanged(const std::string& after_what, const Dump& before, const Dump& after) {
    if (before == after) return;
    constexpr int kRowsMax = 6;
    std::string text = after_what + " changed something:";
    int rows = 0;
    const auto list = [&](const char* sign, const Dump& these, const Dump& those) {
        for (const auto& [row, count] : these) {
            const auto other = those.find(row);
            if (other != those.end() && other->second == count) continue;
            if (++rows <= kRowsMax) text += std::string("\n    ") + sign + " " + shorten(row);
        }
    };
    list("-", before, after);
    list("+", after, before);
    throw Wrong(text);
}

void check_books(db::Database& database, const json::Value& ledger, const std::set<std::string>& forgotten) {
    checkers::Ledger amazon = checkers::read_ledger(ledger);
    for (checkers::LedgerOrder& order : amazon.orders)
        for (checkers::LedgerPackage& package : order.confirmations)
            package.is_forgotten = forgotten.contains(package.tracking);
    checkers::Complaints wrong;
    const auto add = [&](checkers::Complaints more) { wrong.insert(wrong.end(), more.begin(), more.end()); };
    database.read([&](db::Reader& tx) {
        add(checkers::stock_is_its_movements(tx));
        add(checkers::reservations_add_up(tx));
        add(checkers::lines_are_within_their_quantities(tx));
        add(checkers::states_agree(tx));
        add(checkers::money_is_amazons(tx, amazon));
        add(checkers::confirmations_are_ours(tx, amazon, checkers::Repeats::none));
    });
    if (!wrong.empty()) throw Wrong("the books: " + wrong.front());
}

}  // namespace fairway::scenarios
