#pragma once
// All orders of the sandbox, and each seller's orders in the order of their creation and of their last
// change: a search reads from its first order to its last, however many others there are.
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "sandbox/orders.hpp"

namespace fairway::sandbox {

class OrderBook {
public:
    enum class By { creation, update };

    // Where an order stands among its seller's: by time, orders of one time by their ids.
    struct Place {
        UtcTime time{};
        std::string_view id{};
        auto operator<=>(const Place&) const = default;
    };

    // An order while it is changed. When the change ends, the order takes its new place.
    class Change {
    public:
        Change(OrderBook& book, const std::string& id)
            : book_(book), entry_(*book.orders_.find(id)), before_(entry_.second.updated_at) {}
        Change(const Change&) = delete;
        Change& operator=(const Change&) = delete;
        ~Change() { book_.move(entry_, before_); }
        Order& operator*() const { return entry_.second; }
        Order* operator->() const { return &entry_.second; }

    private:
        OrderBook& book_;
        std::pair<const std::string, Order>& entry_;
        UtcTime before_;
    };

    std::size_t size() const { return orders_.size(); }
    bool contains(const std::string& id) const { return orders_.contains(id); }
    // nullptr if there is none.
    const Order* find(const std::string& id) const;
    // The id must be new.
    void add(Order order);
    // There must be such an order.
    Change change(const std::string& id) { return {*this, id}; }

    // By id.
    auto begin() const { return orders_.begin(); }
    auto end() const { return orders_.end(); }

    // Shows the seller's orders from the place `first` on, until visit(order) answers false. `first` itself
    // is left out: of an earlier page it is the last.
    template <class Visit>
    void visit_after(const std::string& seller_id, By by, const Place& first, Visit visit) const {
        const auto seller = sellers_.find(seller_id);
        if (seller == sellers_.end()) return;
        const Index& index = by == By::creation ? seller->second.by_creation : seller->second.by_update;
        for (auto at = index.upper_bound(first); at != index.end(); ++at)
            if (!visit(*at->second)) return;
    }

private:
    // The ids are the keys of orders_, which stay where they are.
    using Index = std::map<Place, const Order*>;
    struct Indexes {
        Index by_creation{};
        Index by_update{};
    };

    void move(const std::pair<const std::string, Order>& entry, UtcTime before);

    std::map<std::string, Order> orders_{};
    std::map<std::string, Indexes> sellers_{};
};

}  // namespace fairway::sandbox
