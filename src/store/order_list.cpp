#include "store/order_list.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "base/text.hpp"
#include "store/commands.hpp"
#include "store/conditions.hpp"
#include "store/order_rows.hpp"

namespace fairway::store {

namespace {

// Where an order without a ship-by date sorts: after all others. The same number stands in the index.
constexpr std::int64_t kNoShipBy = std::numeric_limits<std::int64_t>::max();

// The indexes amazon_orders_by_purchase, _by_update, _by_change and _by_ship_by have these and the id.
std::string sort_expression(OrderSort sort) {
    switch (sort) {
        case OrderSort::purchased_at: return "purchased_at";
        case OrderSort::updated_at: return "updated_at";
        case OrderSort::changed_at: return "changed_at";
        case OrderSort::ship_by: return "COALESCE(ship_by, " + std::to_string(kNoShipBy) + ")";
    }
    return "";
}

std::int64_t sort_value(const OrderRecord& record, OrderSort sort) {
    switch (sort) {
        case OrderSort::purchased_at: return to_micros(record.order.purchased_at);
        case OrderSort::updated_at: return to_micros(record.order.updated_at);
        case OrderSort::changed_at: return to_micros(record.changed_at);
        case OrderSort::ship_by: return record.order.ship_by ? to_micros(*record.order.ship_by) : kNoShipBy;
    }
    return 0;
}

template <class Enum>
void add_any_of(Conditions& where, const std::string& column, const std::vector<Enum>& wanted) {
    if (wanted.empty()) return;
    std::string list;
    for (const Enum each : wanted)
        list += (list.empty() ? "" : ", ") + where.value(db::bind(domain::to_text(each)));
    where.add(column + (wanted.size() == 1 ? " = " + list : " IN (" + list + ")"));
}

// Texts that begin with the prefix, by an index: from the prefix up to the prefix and the last of all
// characters. Compares bytes, so it knows upper and lower case apart and no character is a wildcard.
struct PrefixRange {
    std::string from{};
    std::string to{};
    std::string on(std::string_view column) const {
        return std::string(column) + " >= " + from + " AND " + std::string(column) + " < " + to;
    }
};

// At most: so many of each of the three things that a search looks for.
void add_search(Conditions& where, const std::string& q, std::optional<std::int64_t> at_most = std::nullopt) {
    constexpr std::string_view kLastCharacter = "\xF4\x8F\xBF\xBF";  // U+10FFFF
    constexpr std::size_t kNumberLength = 9;
    const PrefixRange range{where.value(db::bind(q)), where.value(db::bind(q + std::string(kLastCharacter)))};
    std::string numbers = "(" + range.on("number") + ")";
    // "12" finds 000000012 as well.
    const bool digits = std::ranges::all_of(q, [](char c) { return c >= '0' && c <= '9'; });
    if (digits && q.size() < kNumberLength)
        numbers += " OR number = " + where.value(db::bind(std::string(kNumberLength - q.size(), '0') + q));
    const std::string limit = at_most ? " LIMIT " + where.value(db::bind(*at_most)) : "";
    const auto found = [&](std::string_view column, std::string_view table, const std::string& condition) {
        const std::string sql = "SELECT " + std::string(column) + " AS id FROM " + std::string(table) +
                                " WHERE " + condition + limit;
        return at_most ? "SELECT id FROM (" + sql + ") AS found" : sql;
    };
    // Indexes amazon_orders_by_amazon_order_id, amazon_order_lines_by_seller_sku, the unique one over the
    // number.
    where.add("id IN (" + found("id", "amazon_orders", range.on("amazon_order_id")) + " UNION " +
              found("order_id", "amazon_order_lines", range.on("seller_sku")) + " UNION " +
              found("order_id", "commerce_orders", numbers) + ")");
}

// The currencies with so many decimals as a list for IN; asked of Currency, which has the table.
std::string list_currencies(int decimals) {
    std::string list;
    std::string code = "AAA";
    for (code[0] = 'A'; code[0] <= 'Z'; ++code[0])
        for (code[1] = 'A'; code[1] <= 'Z'; ++code[1])
            for (code[2] = 'A'; code[2] <= 'Z'; ++code[2])
                if (domain::Currency::of(code).decimals() == decimals)
                    list += (list.empty() ? "'" : ", '") + code + "'";
    return list;
}

enum class Bound { least, most };

// The bound in minor units of a currency with so many decimals: a bound between two amounts moves inwards.
std::int64_t minor_bound(std::string_view decimal, std::size_t decimals, Bound bound) {
    constexpr std::int64_t kMax = 1'000'000'000'000'000'000;
    const bool negative = decimal.starts_with('-');
    if (negative) decimal.remove_prefix(1);
    const std::size_t point = std::min(decimal.find('.'), decimal.size());
    const std::string_view fraction = decimal.substr(std::min(point + 1, decimal.size()));
    std::string digits(decimal.substr(0, point));
    digits += fraction.substr(0, decimals);
    if (fraction.size() < decimals) digits.append(decimals - fraction.size(), '0');
    const bool between = fraction.size() > decimals &&
                         fraction.substr(decimals).find_first_not_of('0') != std::string_view::npos;

    const std::int64_t whole = std::min(parse_int(digits).value_or(kMax), kMax);
    const std::int64_t minor = negative ? -whole : whole;
    if (!between) return minor;
    if (bound == Bound::least) return negative ? minor : minor + 1;
    return negative ? minor - 1 : minor;
}

void add_total(Conditions& where, std::string_view decimal, Bound bound) {
    CHECK(is_decimal(decimal), "a bound of the total was checked when it came in");
    static const std::string without = list_currencies(0);
    static const std::string with_three = list_currencies(3);
    const auto minor = [&](std::size_t decimals) {
        return where.value(db::bind(minor_bound(decimal, decimals, bound)));
    };
    std::string condition = bound == Bound::least ? "total_minor >= " : "total_minor <= ";
    condition += "CASE WHEN currency IN (" + without + ") THEN " + minor(0);
    condition += " WHEN currency IN (" + with_three + ") THEN " + minor(3);
    condition += " ELSE " + minor(2) + " END";
    where.add(condition);
}

bool has_search_text(const OrderFilter& filter) { return filter.q && !filter.q->empty(); }

// Few rows are expected, found by another index than that of the sort.
bool searches(const OrderFilter& filter) { return has_search_text(filter) || !filter.buyer_words.empty(); }

// What the rows are sorted by. A plus before a number changes nothing in any engine, and keeps it from the
// column's index. A page walks the index of
// its sort and stops when it is full; a search reads the few rows it finds and sorts them.
std::string sorted_by(const OrderFilter& filter) {
    return (searches(filter) ? "+" : "") + sort_expression(filter.sort);
}

void add_store(Conditions& where, const OrderFilter& filter, const std::string& plus) {
    if (filter.store) where.add(plus + "store_id = " + where.value(db::bind(*filter.store)));
}

void add_times(Conditions& where, const OrderFilter& filter, const std::string& plus) {
    const std::string purchased = plus + "purchased_at";
    if (filter.purchased_from) where.add(purchased + " >= " + where.value(db::bind(*filter.purchased_from)));
    if (filter.purchased_to) where.add(purchased + " < " + where.value(db::bind(*filter.purchased_to)));
}

// By index amazon_orders_of_store or amazon_orders_by_purchase, unless a plus stands before the columns.
void add_range(Conditions& where, const OrderFilter& filter, const std::string& plus) {
    add_store(where, filter, plus);
    add_times(where, filter, plus);
}

// What must be read from each row.
void add_facts(Conditions& where, const OrderFilter& filter) {
    add_any_of(where, "status", filter.status);
    add_any_of(where, "import_state", filter.import_state);
    if (filter.fulfilled_by)
        where.add("fulfilled_by = " + where.value(db::bind(domain::to_text(*filter.fulfilled_by))));
    if (filter.total_min) add_total(where, *filter.total_min, Bound::least);
    if (filter.total_max) add_total(where, *filter.total_max, Bound::most);
}

// The primary key of order_names.
void add_names(Conditions& where, std::span<const crypto::Digest> words, const std::string& limit = "") {
    for (const crypto::Digest& word : words)
        where.add("id IN (SELECT order_id FROM order_names WHERE word = " +
                  where.value(db::bind(std::span<const std::uint8_t>(word))) + limit + ")");
}

void add_filters(Conditions& where, const OrderFilter& filter) {
    // Index amazon_orders_of_store has the purchase time as well; for other sorts it would be the wrong one.
    add_range(where, filter, filter.sort == OrderSort::purchased_at && !searches(filter) ? "" : "+");
    add_facts(where, filter);
    add_names(where, filter.buyer_words);
    if (has_search_text(filter)) add_search(where, *filter.q);
}

// Index amazon_orders_blocked has them all.
bool asks_for_blocked_only(const OrderFilter& filter) {
    return filter.import_state == std::vector{domain::ImportState::blocked};
}

// The conditions by which rows are found, of each kind at most `limit`; the others stay in `where`.
std::string add_found_by(Conditions& where, const OrderFilter& filter, std::int64_t limit) {
    const std::span<const crypto::Digest> words = filter.buyer_words;
    if (has_search_text(filter)) {
        add_search(where, *filter.q, limit);
    } else if (!words.empty()) {
        add_names(where, words.first(1), " LIMIT " + where.value(db::bind(limit)));
    } else if (asks_for_blocked_only(filter)) {
        where.add("block_reason IS NOT NULL");
        add_store(where, filter, "");
    } else {
        add_range(where, filter, "");
        return where.take();
    }
    const std::string found = where.take();
    add_range(where, filter, "");
    add_names(where, has_search_text(filter) ? words : words.subspan(std::min<std::size_t>(1, words.size())));
    return found;
}

std::int64_t count(db::Reader& tx, std::string_view from, StoreId store) {
    return tx.one("SELECT COUNT(*) FROM " + std::string(from), store)->get<std::int64_t>(0);
}

}  // namespace

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const auto is_digits = [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    return is_digits(text.substr(0, point)) &&
           (point == std::string_view::npos || is_digits(text.substr(point + 1)));
}

OrderPage list_orders(db::Reader& tx, const OrderFilter& filter, std::optional<OrderCursor> after,
                      int limit) {
    CHECK(limit > 0, "a page has room for an order");
    Conditions where;
    add_filters(where, filter);
    const std::string sort = sorted_by(filter);
    const bool ascending = filter.direction == Direction::ascending;
    if (after) {
        const std::string value = where.value(db::bind(after->value));
        // The first comparison says nothing new; SQLite seeks in an index over an expression by it alone.
        where.add(sort + (ascending ? " >= " : " <= ") + value);
        where.add("(" + sort + ", id) " + (ascending ? ">" : "<") + " (" + value + ", " +
                  where.value(db::bind(after->id)) + ")");
    }
    const std::string direction = ascending ? " ASC" : " DESC";
    const std::string rest = where.text() + " ORDER BY " + sort + direction + ", id" + direction + " LIMIT " +
                             where.value(db::bind(limit + 1));

    OrderPage page{.orders = load_orders(tx, rest, where.values()), .next = {}};
    if (page.orders.size() > static_cast<std::size_t>(limit)) {
        page.orders.pop_back();
        page.next = OrderCursor{sort_value(page.orders.back(), filter.sort), page.orders.back().id};
    }
    return page;
}

OrderCount count_matching(db::Reader& tx, const OrderFilter& filter, CountBounds bounds) {
    Conditions where;
    const bool walks = !searches(filter) && !asks_for_blocked_only(filter);
    std::string found = add_found_by(where, filter, bounds.rows + 1);
    add_facts(where, filter);
    const std::string matches = where.take();
    const std::int64_t bound = walks && matches.empty() ? bounds.entries : bounds.rows;
    const std::string limit = " LIMIT " + where.value(db::bind(bound + 1));
    if (!found.empty()) found = " WHERE " + found;
    // Of those that are found first: the newest ones, so that what is counted does not change at random.
    const std::string rows =
        " FROM amazon_orders" + found + (walks ? " ORDER BY purchased_at DESC, id DESC" : "") + limit;
    const std::string hit = matches.empty() ? "1" : "CASE WHEN " + matches + " THEN 1 ELSE 0 END";
    const auto row = tx.run("SELECT COUNT(*), CAST(COALESCE(SUM(hit), 0) AS BIGINT) FROM (SELECT " + hit +
                                " AS hit" + rows + ") AS looked_at",
                            where.values());
    const bool all = row.at(0).get<std::int64_t>(0) <= bound;
    const auto hits = row.at(0).get<std::int64_t>(1);
    return {all ? hits : std::min(hits, bound), all};
}

std::vector<OrderId> list_blocked(db::Reader& tx, const OrderFilter& filter) {
    Conditions where;
    // Index amazon_orders_blocked, unless a search finds fewer.
    where.add("block_reason IS NOT NULL");
    where.add("import_state = 'blocked'");
    add_store(where, filter, "");
    add_times(where, filter, "+");
    add_facts(where, filter);
    add_names(where, filter.buyer_words);
    if (has_search_text(filter)) add_search(where, *filter.q);
    std::vector<OrderId> ids;
    for (const db::Row& row :
         tx.run("SELECT id FROM amazon_orders " + where.text() + " ORDER BY +id", where.values()))
        ids.push_back(row.get<OrderId>(0));
    return ids;
}

StoreSummary summarize_store(db::Reader& tx, StoreId store, UtcTime now) {
    // Indexes amazon_orders_blocked, _to_ship (which has the ship-by date), _waiting and commands_by_state.
    const auto to_ship = tx.one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN ship_by < $2 THEN 1 ELSE 0 END), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(CASE WHEN ship_by >= $2 AND ship_by < $3 THEN 1 ELSE 0 END), 0) AS BIGINT) "
        "FROM amazon_orders WHERE store_id = $1 AND import_state = 'imported' "
        "AND status IN ('Unshipped', 'PartiallyShipped')",
        store, now, now + hours(24));
    return {.blocked = count(tx, "amazon_orders WHERE store_id = $1 AND block_reason IS NOT NULL", store),
            .to_ship = to_ship->get<std::int64_t>(0),
            .overdue = to_ship->get<std::int64_t>(1),
            .due_in_24h = to_ship->get<std::int64_t>(2),
            .waiting = count(tx,
                             "amazon_orders WHERE import_state = 'waiting' "
                             "AND fulfilled_by IN ('merchant', 'amazon') AND store_id = $1",
                             store),
            .commands_rejected = count_rejected_commands(tx, store),
            // Index attention_open: those of all stores, which are few.
            .attention = count(tx,
                               "attention AS a WHERE a.closed_at IS NULL AND "
                               "(SELECT o.store_id FROM amazon_orders AS o WHERE o.id = a.order_id) = $1",
                               store)};
}

std::vector<BlockedStore> list_blocked_stores(db::Reader& tx) {
    // Index amazon_orders_blocked.
    std::vector<BlockedStore> stores;
    for (const db::Row& row : tx.query("SELECT id, name FROM stores WHERE active = 1 AND EXISTS ("
                                       "SELECT 1 FROM amazon_orders AS o WHERE o.store_id = stores.id "
                                       "AND o.block_reason IS NOT NULL) ORDER BY name"))
        stores.push_back({row.get<StoreId>(0), row.get<std::string>(1)});
    return stores;
}

std::int64_t count_open_attention(db::Reader& tx) {
    // Index attention_open.
    return tx.one("SELECT COUNT(*) FROM attention WHERE closed_at IS NULL")->get<std::int64_t>(0);
}

std::optional<AttentionRecord> close_attention(db::Transaction& tx, AttentionId id, UtcTime now) {
    auto found = list_attention(tx, AttentionId{id.value - 1}, 1);
    if (found.empty() || found.front().id != id) return std::nullopt;
    tx.queue("UPDATE attention SET closed_at = $1 WHERE id = $2", now, id);
    return found.front();
}

std::vector<AttentionRecord> list_attention(db::Reader& tx, AttentionId after, int limit) {
    // Index attention_open.
    std::vector<AttentionRecord> records;
    for (const db::Row& row :
         tx.query("SELECT a.id, a.order_id, o.store_id, o.amazon_order_id, a.kind, a.params, a.opened_at "
                  "FROM attention AS a JOIN amazon_orders AS o ON o.id = a.order_id "
                  "WHERE a.closed_at IS NULL AND a.id > $1 ORDER BY a.id LIMIT $2",
                  after, limit))
        records.push_back({.id = row.get<AttentionId>(0),
                           .order_id = row.get<OrderId>(1),
                           .store_id = row.get<StoreId>(2),
                           .amazon_order_id = row.get<AmazonOrderId>(3),
                           .kind = row.get<std::string>(4),
                           .params = decode_params(row.get<std::string>(5)),
                           .opened_at = row.get<UtcTime>(6)});
    return records;
}

}  // namespace fairway::store
