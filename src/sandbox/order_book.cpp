#include "sandbox/order_book.hpp"

#include "base/check.hpp"

namespace fairway::sandbox {

const Order* OrderBook::find(const std::string& id) const {
    const auto found = orders_.find(id);
    return found == orders_.end() ? nullptr : &found->second;
}

void OrderBook::add(Order order) {
    std::string key = order.id;
    const auto [entry, is_new] = orders_.try_emplace(std::move(key), std::move(order));
    CHECK(is_new, "an order is added once");
    const auto& [id, added] = *entry;
    Indexes& indexes = sellers_[added.seller_id];
    indexes.by_creation.emplace(Place{added.created_at, id}, &added);
    indexes.by_update.emplace(Place{added.updated_at, id}, &added);
}

void OrderBook::move(const std::pair<const std::string, Order>& entry, UtcTime before) {
    const auto& [id, order] = entry;
    if (order.updated_at == before) return;
    Index& index = sellers_.at(order.seller_id).by_update;
    index.erase(Place{before, id});
    index.emplace(Place{order.updated_at, id}, &order);
}

}  // namespace fairway::sandbox
