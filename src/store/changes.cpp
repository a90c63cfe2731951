#include "store/changes.hpp"

#include <map>
#include <utility>

#include "base/text.hpp"

namespace fairway::store {

namespace {

// The changes of a batch, in the order in which their orders first come by.
class Batch {
public:
    explicit Batch(std::vector<OrderChange>& changes) : changes_(changes) {}
    // The order's change: the one that is there already, or a new one at the end.
    OrderChange& of(StoreId store, const AmazonOrderId& id) {
        const auto [place, is_new] = places_.try_emplace({store, id}, changes_.size());
        if (is_new) changes_.push_back({.store = store, .amazon_order_id = id});
        return changes_[place->second];
    }

private:
    std::vector<OrderChange>& changes_;
    std::map<std::pair<StoreId, AmazonOrderId>, std::size_t> places_{};
};

}  // namespace

std::string ChangePlace::str() const {
    return std::to_string(history) + "-" + std::to_string(comment) + "-" + std::to_string(epoch);
}

std::optional<ChangePlace> ChangePlace::parse(std::string_view text) {
    const std::vector<std::string_view> parts = split(text, '-');
    if (parts.size() != 3) return std::nullopt;
    const auto history = parse_int(parts[0]);
    const auto comment = parse_int(parts[1]);
    const auto epoch = parse_int(parts[2]);
    if (!history || !comment || !epoch) return std::nullopt;
    return ChangePlace{*history, *comment, *epoch};
}

ChangePlace last_change(db::Reader& tx) {
    const auto last = [&](std::string_view sql) { return tx.one(sql)->get<std::int64_t>(0); };
    return {last("SELECT COALESCE(MAX(id), 0) FROM order_history"),
            last("SELECT COALESCE(MAX(id), 0) FROM comments"),
            last("SELECT COALESCE(MAX(epoch), 0) FROM instance")};
}

Changes list_changes(db::Reader& tx, ChangePlace after, int rows_max) {
    Changes changes{.place = after, .orders = {}};
    Batch batch(changes.orders);
    for (const db::Row& row :
         tx.query("SELECT h.id, o.store_id, o.amazon_order_id, h.code FROM order_history AS h "
                  "JOIN amazon_orders AS o ON o.id = h.order_id WHERE h.id > $1 ORDER BY h.id LIMIT $2",
                  after.history, rows_max)) {
        changes.place.history = row.get<std::int64_t>(0);
        batch.of(row.get<StoreId>(1), row.get<AmazonOrderId>(2)).codes.insert(row.get<std::string>(3));
    }
    for (const db::Row& row :
         tx.query("SELECT m.id, o.store_id, o.amazon_order_id, c.id FROM comments AS m "
                  "JOIN commerce_orders AS c ON c.id = m.commerce_order_id "
                  "JOIN amazon_orders AS o ON o.id = c.order_id WHERE m.id > $1 ORDER BY m.id LIMIT $2",
                  after.comment, rows_max)) {
        changes.place.comment = row.get<std::int64_t>(0);
        batch.of(row.get<StoreId>(1), row.get<AmazonOrderId>(2)).commerce_order = row.get<CommerceOrderId>(3);
    }
    return changes;
}

}  // namespace fairway::store
