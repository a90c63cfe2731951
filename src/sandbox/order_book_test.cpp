#include "sandbox/order_book.hpp"

#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using By = OrderBook::By;

class Book : public testing::Test {
protected:
    void add(const std::string& id, Duration after, const std::string& seller = "A1") {
        book_.add(
            {.id = id, .seller_id = seller, .created_at = kStart + after, .updated_at = kStart + after});
    }
    std::vector<std::string> ids(By by, const OrderBook::Place& first = {}, std::size_t most = 100) const {
        std::vector<std::string> found;
        book_.visit_after("A1", by, first, [&](const Order& order) {
            found.push_back(order.id);
            return found.size() < most;
        });
        return found;
    }

    OrderBook book_;
};

TEST_F(Book, shows_a_sellers_orders_by_time_and_those_of_one_time_by_id) {
    add("3", minutes(1));
    add("1", minutes(2));
    add("2", minutes(2));
    add("4", minutes(0), "A2");
    for (const By by : {By::creation, By::update}) EXPECT_THAT(ids(by), ElementsAre("3", "1", "2"));
}

TEST_F(Book, begins_behind_a_place) {
    for (const char* id : {"1", "2", "3"}) add(id, minutes(1));
    EXPECT_THAT(ids(By::update, {kStart + minutes(1), ""}), ElementsAre("1", "2", "3"));
    EXPECT_THAT(ids(By::update, {kStart + minutes(1), "1"}), ElementsAre("2", "3"));
    EXPECT_THAT(ids(By::update, {kStart + minutes(2), ""}), IsEmpty());
}

TEST_F(Book, ends_when_the_visitor_has_enough) {
    for (const char* id : {"1", "2", "3"}) add(id, minutes(1));
    EXPECT_THAT(ids(By::creation, {}, 2), ElementsAre("1", "2"));
}

TEST_F(Book, an_order_that_changes_moves_among_updates_only) {
    add("1", minutes(1));
    add("2", minutes(2));
    {
        const OrderBook::Change order = book_.change("1");
        // As a handler does that works on a copy.
        Order changed = *order;
        changed.updated_at = kStart + minutes(3);
        *order = std::move(changed);
    }
    EXPECT_THAT(ids(By::update), ElementsAre("2", "1"));
    EXPECT_THAT(ids(By::update, {kStart + minutes(2), "2"}), ElementsAre("1"));
    EXPECT_THAT(ids(By::creation), ElementsAre("1", "2"));
    EXPECT_EQ(book_.size(), 2U);
}

}  // namespace
}  // namespace fairway::sandbox
