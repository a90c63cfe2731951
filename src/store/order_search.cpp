#include "store/order_search.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "base/text.hpp"
#include "store/conditions.hpp"

namespace fairway::store {

namespace {

// What a filter can ask for and an index can find.
enum class Key { search, name, total, status, import_state, purchased, fulfilled_by, store };
constexpr std::array kKeys{Key::search,       Key::name,      Key::total,        Key::status,
                           Key::import_state, Key::purchased, Key::fulfilled_by, Key::store};

bool has_search_text(const OrderFilter& filter) { return filter.q && !filter.q->empty(); }

bool asks_for(const OrderFilter& filter, Key key) {
    switch (key) {
        case Key::search: return has_search_text(filter);
        case Key::name: return !filter.buyer_words.empty();
        case Key::total: return filter.total_min || filter.total_max;
        case Key::status: return !filter.status.empty();
        case Key::import_state: return !filter.import_state.empty();
        case Key::purchased: return filter.purchased_from || filter.purchased_to;
        case Key::fulfilled_by: return filter.fulfilled_by.has_value();
        case Key::store: return filter.store.has_value();
    }
    return false;
}

// Whether an engine is to find rows by the condition. Where it would leave the index of the sort, or another
// condition's, for it, it must not.
enum class Use { index, row };

// The indexes over these columns have the expression.
std::string text_column(std::string_view column, Use use) {
    return std::string(column) + (use == Use::index ? " || ''" : "");
}
// A plus before a number changes nothing in any engine, and no index has it.
std::string number_column(std::string_view column, Use use) {
    return (use == Use::row ? "+" : "") + std::string(column);
}

template <class Enum>
std::string any_of(Conditions& where, const std::string& column, const std::vector<Enum>& wanted) {
    std::string list;
    for (const Enum each : wanted)
        list += (list.empty() ? "" : ", ") + where.value(db::bind(domain::to_text(each)));
    return column + (wanted.size() == 1 ? " = " + list : " IN (" + list + ")");
}

std::string purchased_within(Conditions& where, const OrderFilter& filter, Use use) {
    const std::string column = number_column("purchased_at", use);
    std::string text;
    if (filter.purchased_from) text = column + " >= " + where.value(db::bind(*filter.purchased_from));
    if (filter.purchased_to)
        text += (text.empty() ? "" : " AND ") + column + " < " + where.value(db::bind(*filter.purchased_to));
    return text;
}

// ---- totals

// The bound in minor units of a currency with so many decimals: a bound between two amounts moves inwards.
enum class Bound { least, most };

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

// The currencies that orders have. By index amazon_orders_by_total, one step for each.
std::vector<domain::Currency> list_currencies(db::Reader& tx) {
    std::vector<domain::Currency> currencies;
    for (const db::Row& row :
         tx.query("WITH RECURSIVE each (currency) AS (SELECT MIN(currency) FROM amazon_orders UNION ALL "
                  "SELECT (SELECT MIN(o.currency) FROM amazon_orders AS o WHERE o.currency > each.currency) "
                  "FROM each WHERE each.currency IS NOT NULL) "
                  "SELECT currency FROM each WHERE currency IS NOT NULL"))
        currencies.push_back(domain::Currency::of(row.get<std::string>(0)));
    return currencies;
}

// The total of an order, which is in that currency, lies within the filter's bounds.
std::string total_within(Conditions& where, const OrderFilter& filter, domain::Currency currency, Use use) {
    const std::string column = number_column("total_minor", use);
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    std::string text = (use == Use::row ? "currency || ''" : "currency") + std::string(" = ") +
                       where.value(db::bind(currency.str()));
    const auto add = [&](const std::optional<std::string>& decimal, std::string_view compare, Bound bound) {
        if (!decimal) return;
        CHECK(is_decimal(*decimal), "a bound of the total was checked when it came in");
        text += " AND " + column + std::string(compare) +
                where.value(db::bind(minor_bound(*decimal, decimals, bound)));
    };
    add(filter.total_min, " >= ", Bound::least);
    add(filter.total_max, " <= ", Bound::most);
    return text;
}

// ---- search texts and names

// Texts that begin with the prefix, by an index: from the prefix up to the prefix and the last of all
// characters. Compares bytes, so it knows upper and lower case apart and no character is a wildcard.
struct PrefixRange {
    PrefixRange(Conditions& where, const std::string& prefix)
        : from(where.value(db::bind(prefix))), to(where.value(db::bind(prefix + "\xF4\x8F\xBF\xBF"))) {}
    std::string on(std::string_view column) const {
        return std::string(column) + " >= " + from + " AND " + std::string(column) + " < " + to;
    }
    std::string from;
    std::string to;
};

// "12" finds the number 000000012 as well.
std::string number_matches(Conditions& where, const PrefixRange& range, const std::string& q) {
    constexpr std::size_t kNumberLength = 9;
    const bool digits = std::ranges::all_of(q, [](char c) { return c >= '0' && c <= '9'; });
    std::string text = "(" + range.on("number");
    if (digits && q.size() < kNumberLength)
        text += " OR number = " + where.value(db::bind(std::string(kNumberLength - q.size(), '0') + q));
    return text + ")";
}

// One search over what the filter asks for.
class Search {
public:
    Search(db::Reader& tx, const OrderFilter& filter, std::optional<OrderCursor> after, int limit)
        : tx_(tx), filter_(filter), after_(after), limit_(limit) {
        for (const Key key : kKeys)
            if (asks_for(filter, key)) keys_.push_back(key);
        if (asks_for(filter, Key::total)) currencies_ = list_currencies(tx);
    }

    std::vector<OrderId> run(const SearchBounds& bounds) {
        std::vector<OrderId> ids;
        if (keys_.empty()) {
            walk(std::nullopt, std::nullopt, ids);
            return ids;
        }
        if (const auto rare = fewest(bounds.few)) return collect(rare->key);
        if (filter_.sort == OrderSort::purchased_at)
            for (const Key key : keys_)
                if (is_walked_by(key) && walk(key, bounds.walked, ids)) return ids;
        std::optional<OrderCursor> reached = after_;
        ids.clear();
        if (walk_on(bounds.walked, reached, ids)) return ids;
        const Found found = fewest(bounds.many).value_or(Found{keys_.front(), bounds.many});
        const std::int64_t furthest = std::min(2 * found.orders, bounds.walked_most);
        for (std::int64_t steps = 4 * bounds.walked; steps <= furthest; steps *= 4)
            if (walk_on(steps, reached, ids)) return ids;
        return collect(found.key);
    }

    OrderCount count(const CountBounds& bounds) const {
        const auto bounded = [&](std::int64_t rows) {
            return OrderCount{std::min(rows, bounds.entries), rows <= bounds.entries};
        };
        if (keys_.empty())
            return bounded(count_up_to("SELECT id FROM amazon_orders", {}, bounds.entries + 1));
        Conditions where;
        // What is searched for may be found in several ways.
        if (keys_.size() == 1 && is_exact(keys_.front()) && keys_.front() != Key::search) {
            const std::string ids = ids_of(keys_.front(), where);
            return bounded(count_up_to(ids, std::move(where), bounds.entries + 1));
        }
        const auto key = fewest(bounds.rows);
        // Nothing is rare: those among the newest orders.
        const auto end = key ? std::nullopt : last_step(std::nullopt, after_, bounds.rows);
        if (key) where.add("id IN (" + ids_of(key->key, where) + ")");
        else add_way(where, std::nullopt, after_);
        if (end) add_end(where, sort_expression(filter_.sort), *end);
        add_holds(where, key && is_exact(key->key) ? std::optional(key->key) : std::nullopt);
        const auto row = tx_.run("SELECT COUNT(*) FROM amazon_orders " + where.text(), where.values());
        return {row.at(0).get<std::int64_t>(0), !end};
    }

private:
    // "SELECT id …" of the orders for which the key's condition holds, maybe several times, by its index.
    std::string ids_of(Key key, Conditions& where) const {
        if (key == Key::search) {
            // Indexes amazon_orders_by_amazon_order_id, amazon_order_lines_by_seller_sku, the unique one over
            // the number.
            const PrefixRange range(where, *filter_.q);
            return "SELECT id FROM amazon_orders WHERE " + range.on("amazon_order_id") +
                   " UNION ALL SELECT order_id FROM amazon_order_lines WHERE " + range.on("seller_sku") +
                   " UNION ALL SELECT order_id FROM commerce_orders WHERE " +
                   number_matches(where, range, *filter_.q);
        }
        // The primary key of order_names. The other words are looked up for each order.
        if (key == Key::name) return "SELECT order_id AS id FROM order_names WHERE word = " + word(where, 0);
        if (key != Key::total) {
            // These indexes have the time of purchase behind their first column.
            const bool with_purchase = key != Key::purchased && asks_for(filter_, Key::purchased);
            return "SELECT id FROM amazon_orders WHERE " + holds(key, where, Use::index) +
                   (with_purchase ? " AND " + holds(Key::purchased, where, Use::index) : "");
        }
        std::string text;  // index amazon_orders_by_total
        for (const domain::Currency currency : currencies_)
            text += (text.empty() ? "" : " UNION ALL ") + std::string("SELECT id FROM amazon_orders WHERE ") +
                    total_within(where, filter_, currency, Use::index);
        return text.empty() ? "SELECT id FROM amazon_orders WHERE 1 = 0" : text;
    }

    std::string word(Conditions& where, std::size_t index) const {
        return where.value(db::bind(std::span<const std::uint8_t>(filter_.buyer_words.at(index))));
    }

    // The key's condition on a row of amazon_orders. Of those an index finds by a column of the table:
    // amazon_orders_by_status, _by_state, _by_purchase, _by_fulfilment, _of_store.
    std::string holds(Key key, Conditions& where, Use use) const {
        switch (key) {
            case Key::search: return search_holds(where);
            case Key::name: return names_hold(where);
            case Key::total: return total_holds(where);
            case Key::status: return any_of(where, text_column("status", use), filter_.status);
            case Key::import_state:
                return any_of(where, text_column("import_state", use), filter_.import_state);
            case Key::purchased: return purchased_within(where, filter_, use);
            case Key::fulfilled_by:
                return any_of(where, text_column("fulfilled_by", use), std::vector{*filter_.fulfilled_by});
            case Key::store:
                return number_column("store_id", use) + " = " + where.value(db::bind(*filter_.store));
        }
        return "";
    }

    std::string search_holds(Conditions& where) const {
        const PrefixRange range(where, *filter_.q);
        return "(" + range.on("amazon_order_id || ''") +
               " OR EXISTS (SELECT 1 FROM amazon_order_lines AS l WHERE l.order_id = amazon_orders.id AND " +
               range.on("l.seller_sku || ''") +
               ") OR EXISTS (SELECT 1 FROM commerce_orders AS c WHERE c.order_id = amazon_orders.id AND " +
               number_matches(where, range, *filter_.q) + "))";
    }

    std::string names_hold(Conditions& where) const {
        std::string text;
        for (std::size_t i = 0; i < filter_.buyer_words.size(); ++i)
            text += (text.empty() ? "" : " AND ") +
                    std::string("EXISTS (SELECT 1 FROM order_names AS n WHERE n.word = ") + word(where, i) +
                    " AND n.order_id = amazon_orders.id)";
        return text;
    }

    std::string total_holds(Conditions& where) const {
        std::string text;
        for (const domain::Currency currency : currencies_)
            text += (text.empty() ? "(" : " OR ") + total_within(where, filter_, currency, Use::row);
        return text.empty() ? "1 = 0" : text + ")";
    }

    std::int64_t count_up_to(const std::string& ids, Conditions where, std::int64_t bound) const {
        const std::string limit = where.value(db::bind(bound));
        return tx_
            .run("SELECT COUNT(*) FROM (SELECT 1 FROM (" + ids + ") AS ids LIMIT " + limit + ") AS counted",
                 where.values())
            .at(0)
            .get<std::int64_t>(0);
    }

    struct Found {
        Key key;
        std::int64_t orders = 0;
    };
    // The key with the fewest orders, if it has at most so many.
    std::optional<Found> fewest(std::int64_t at_most) const {
        std::optional<Found> best;
        std::int64_t least = at_most + 1;
        for (const Key key : keys_) {
            Conditions where;
            const std::string ids = ids_of(key, where);
            const std::int64_t count = count_up_to(ids, std::move(where), least);
            if (count >= least) continue;
            least = count;
            best = Found{key, count};
            if (least == 0) break;
        }
        return best;
    }

    bool ascending() const { return filter_.direction == Direction::ascending; }

    std::string sequence(const std::string& sort) const {
        const std::string direction = ascending() ? " ASC" : " DESC";
        return " ORDER BY " + sort + direction + ", id" + direction;
    }

    // Behind the cursor. The first comparison says nothing new; SQLite seeks in an index over an expression
    // by it alone.
    void add_cursor(Conditions& where, const std::string& sort,
                    const std::optional<OrderCursor>& after) const {
        if (!after) return;
        const std::string value = where.value(db::bind(after->value));
        where.add(sort + (ascending() ? " >= " : " <= ") + value);
        where.add("(" + sort + ", id) " + (ascending() ? ">" : "<") + " (" + value + ", " +
                  where.value(db::bind(after->id)) + ")");
    }

    // Up to the place, the same as add_cursor from the other side.
    void add_end(Conditions& where, const std::string& sort, const OrderCursor& end) const {
        const std::string value = where.value(db::bind(end.value));
        where.add(sort + (ascending() ? " <= " : " >= ") + value);
        where.add("(" + sort + ", id) " + (ascending() ? "<=" : ">=") + " (" + value + ", " +
                  where.value(db::bind(end.id)) + ")");
    }

    void add_holds(Conditions& where, std::optional<Key> but) const {
        for (const Key key : keys_)
            if (key != but) where.add(holds(key, where, Use::row));
    }

    std::vector<OrderId> read_ids(const Conditions& where, const std::string& sort,
                                  const std::string& limit) const {
        std::vector<OrderId> ids;
        for (const db::Row& row :
             tx_.run("SELECT id FROM amazon_orders " + where.text() + sequence(sort) + " LIMIT " + limit,
                     where.values()))
            ids.push_back(row.get<OrderId>(0));
        return ids;
    }

    // All orders of the key, those that fit sorted. The plus keeps SQLite from the index of the sort.
    std::vector<OrderId> collect(Key key) const {
        Conditions where;
        const std::string sort = "+" + sort_expression(filter_.sort);
        where.add("id IN (" + ids_of(key, where) + ")");
        add_holds(where, is_exact(key) ? std::optional(key) : std::nullopt);
        add_cursor(where, sort, after_);
        return read_ids(where, sort, where.value(db::bind(limit_)));
    }

    // Of the names ids_of has looked at the first word alone.
    bool is_exact(Key key) const { return key != Key::name || filter_.buyer_words.size() == 1; }

    // Whether an index has the orders of the key by their time of purchase. Of several statuses it has one
    // such sequence each.
    bool is_walked_by(Key key) const {
        switch (key) {
            case Key::status: return filter_.status.size() == 1;
            case Key::import_state: return filter_.import_state.size() == 1;
            case Key::fulfilled_by:
            case Key::store: return true;
            case Key::search:
            case Key::name:
            case Key::total:
            case Key::purchased: return false;
        }
        return false;
    }

    // The bounds of the index entries that a walk goes along: of the key if there is one, behind the cursor,
    // within the times of purchase if it is these that the index sorts by.
    void add_way(Conditions& where, std::optional<Key> key, const std::optional<OrderCursor>& after) const {
        if (key) where.add(holds(*key, where, Use::index));
        if (filter_.sort == OrderSort::purchased_at && asks_for(filter_, Key::purchased))
            where.add(holds(Key::purchased, where, Use::index));
        add_cursor(where, sort_expression(filter_.sort), after);
    }

    // The last of so many steps, or nothing if the way ends before.
    std::optional<OrderCursor> last_step(std::optional<Key> key, const std::optional<OrderCursor>& after,
                                         std::int64_t steps) const {
        Conditions where;
        const std::string sort = sort_expression(filter_.sort);
        add_way(where, key, after);
        const auto rows = tx_.run("SELECT " + sort + ", id FROM amazon_orders " + where.text() +
                                      sequence(sort) + " LIMIT 1 OFFSET " + where.value(db::bind(steps - 1)),
                                  where.values());
        if (rows.empty()) return std::nullopt;
        return OrderCursor{rows.front().get<std::int64_t>(0), rows.front().get<OrderId>(1)};
    }

    // The orders that fit among those of so many steps behind the place, or of all; the place is then the
    // last of these steps. True if the page is full, or the way has come to its end.
    bool walk_some(std::optional<Key> key, std::optional<std::int64_t> steps,
                   std::optional<OrderCursor>& reached, std::vector<OrderId>& ids) const {
        const auto end = steps ? last_step(key, reached, *steps) : std::nullopt;
        Conditions where;
        const std::string sort = sort_expression(filter_.sort);
        add_way(where, key, reached);
        if (end) add_end(where, sort, *end);
        add_holds(where, key);
        const auto room = static_cast<std::int64_t>(limit_ - std::ssize(ids));
        const auto more = read_ids(where, sort, where.value(db::bind(room)));
        ids.insert(ids.end(), more.begin(), more.end());
        reached = end;
        return !end || std::ssize(ids) == limit_;
    }

    // From the cursor on, along the index of the key or of the sort.
    bool walk(std::optional<Key> key, std::optional<std::int64_t> steps, std::vector<OrderId>& ids) const {
        std::optional<OrderCursor> reached = after_;
        ids.clear();
        return walk_some(key, steps, reached, ids);
    }
    // Further along the index of the sort, with what was found so far.
    bool walk_on(std::int64_t steps, std::optional<OrderCursor>& reached, std::vector<OrderId>& ids) const {
        return walk_some(std::nullopt, steps, reached, ids);
    }

    db::Reader& tx_;
    const OrderFilter& filter_;
    std::optional<OrderCursor> after_;
    int limit_;
    std::vector<Key> keys_{};
    std::vector<domain::Currency> currencies_{};
};

}  // namespace

std::string sort_expression(OrderSort sort) {
    // The indexes amazon_orders_by_purchase, _by_update, _by_change and _by_ship_by have these and the id.
    switch (sort) {
        case OrderSort::purchased_at: return "purchased_at";
        case OrderSort::updated_at: return "updated_at";
        case OrderSort::changed_at: return "changed_at";
        case OrderSort::ship_by: return "COALESCE(ship_by, " + std::to_string(kNoShipBy) + ")";
    }
    return "";
}

std::vector<OrderId> find_orders(db::Reader& tx, const OrderFilter& filter, std::optional<OrderCursor> after,
                                 int limit, const SearchBounds& bounds) {
    CHECK(limit > 0, "a page has room for an order");
    return Search(tx, filter, after, limit).run(bounds);
}

OrderCount count_matching(db::Reader& tx, const OrderFilter& filter, CountBounds bounds) {
    OrderFilter newest_first = filter;
    newest_first.sort = OrderSort::purchased_at;
    newest_first.direction = Direction::descending;
    return Search(tx, newest_first, std::nullopt, 1).count(bounds);
}

std::vector<OrderId> list_blocked(db::Reader& tx, const OrderFilter& filter) {
    using domain::ImportState;
    const auto& states = filter.import_state;
    if (!states.empty() && std::ranges::find(states, ImportState::blocked) == states.end()) return {};
    OrderFilter blocked = filter;
    blocked.import_state = {ImportState::blocked};
    std::vector<OrderId> ids =
        Search(tx, blocked, std::nullopt, std::numeric_limits<int>::max()).run(SearchBounds{});
    std::ranges::sort(ids);
    return ids;
}

}  // namespace fairway::store
