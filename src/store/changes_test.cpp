#include "store/changes.hpp"

#include "store/commerce_orders.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

class ChangesTest : public StoreTest {
protected:
    Changes since(ChangePlace place, int rows_max = 100) {
        return read([&](db::Reader& tx) { return list_changes(tx, place, rows_max); });
    }
    ChangePlace now() {
        return read([](db::Reader& tx) { return last_change(tx); });
    }
    void note(const std::string& id, const std::string& code) {
        const OrderId order = order_of(id).id;
        write([&](db::Transaction& tx) { write_note(tx, order, {code, {}}, kNow); });
    }
};

TEST_F(ChangesTest, everything_since_a_place_is_told_once_per_order_in_the_order_of_the_commits) {
    upsert(incoming(make_order("402-1")));
    const ChangePlace place = now();
    upsert(incoming(make_order("402-2")));
    note("402-1", "note.a");
    note("402-2", "note.b");
    const Changes changes = since(place);
    ASSERT_EQ(changes.orders.size(), 2u);
    EXPECT_EQ(changes.orders[0].amazon_order_id.str(), "402-2");
    EXPECT_EQ(changes.orders[0].codes, (std::set<std::string>{"history.order_seen", "note.b"}));
    EXPECT_EQ(changes.orders[1].amazon_order_id.str(), "402-1");
    EXPECT_EQ(changes.orders[1].codes, (std::set<std::string>{"note.a"}));
    EXPECT_EQ(changes.place, now());
    EXPECT_TRUE(since(changes.place).orders.empty());
}

TEST_F(ChangesTest, a_batch_that_is_full_goes_on_with_the_next_call) {
    upsert(incoming(make_order("402-1")));
    upsert(incoming(make_order("402-2")));
    upsert(incoming(make_order("402-3")));
    std::string seen;
    ChangePlace place;
    for (int i = 0; i < 3; ++i) {
        const Changes changes = since(place, 1);
        for (const OrderChange& each : changes.orders) seen += each.amazon_order_id.str() + " ";
        place = changes.place;
    }
    EXPECT_EQ(seen, "402-1 402-2 402-3 ");
}

TEST_F(ChangesTest, a_place_is_text_and_back) {
    EXPECT_EQ(ChangePlace::parse("120-7-3"), (ChangePlace{120, 7, 3}));
    EXPECT_EQ((ChangePlace{120, 7, 3}).str(), "120-7-3");
    for (const char* wrong : {"", "120", "120-7", "-", "--", "a-1-1", "1-b-1", "-1-2-3", "1--2", "1-2-3-4",
                              "99999999999999999999-1-1"})
        EXPECT_FALSE(ChangePlace::parse(wrong)) << wrong;
}

}  // namespace
}  // namespace fairway::store
