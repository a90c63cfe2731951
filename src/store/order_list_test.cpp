#include "store/order_list.hpp"

#include <algorithm>
#include <set>

#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/name_index.hpp"
#include "store/order_search.hpp"
#include "store/sales.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

using domain::AmazonStatus;
using domain::ImportState;

class OrderListTest : public StoreTest {
protected:
    std::vector<std::string> find(const OrderFilter& filter) {
        std::vector<std::string> ids;
        for (const OrderRecord& record :
             read([&](db::Reader& tx) { return list_orders(tx, filter, std::nullopt, 200); }).orders)
            ids.push_back(record.order.id.str());
        std::ranges::sort(ids);
        return ids;
    }
    OrderId add(const std::string& id, std::int64_t minor = 5990, const std::string& currency = "EUR") {
        domain::AmazonOrder order = make_order(id);
        order.total = domain::Money{minor, domain::Currency::of(currency)};
        return clean_order(order);
    }
    void add_commerce_number(OrderId order, const std::string& number) {
        const domain::Currency eur = domain::Currency::of("EUR");
        write([&](db::Transaction& tx) {
            insert_commerce_order(tx,
                                  {.number = number,
                                   .store_id = store,
                                   .order_id = order,
                                   .currency = eur,
                                   .other = domain::zero(eur)},
                                  kNow);
        });
    }
    // Every page of the list, one after the other.
    std::vector<OrderId> walk(OrderFilter filter, int limit) {
        std::vector<OrderId> ids;
        std::optional<OrderCursor> after;
        do {
            const OrderPage page =
                read([&](db::Reader& tx) { return list_orders(tx, filter, after, limit); });
            EXPECT_LE(page.orders.size(), static_cast<std::size_t>(limit));
            for (const OrderRecord& record : page.orders) ids.push_back(record.id);
            after = page.next;
        } while (after && ids.size() < 1000);
        return ids;
    }
};

using Strings = std::vector<std::string>;

TEST_F(OrderListTest, pages_show_every_order_once_under_ties) {
    std::set<OrderId> all;
    for (int i = 0; i < 23; ++i) {
        domain::AmazonOrder order = make_order("402-" + std::to_string(i));
        order.purchased_at = kNow + minutes(i / 7);
        order.updated_at = kNow + minutes((23 - i) / 7);
        if (i % 3 != 0) order.ship_by = kNow + hours(i / 9);
        all.insert(clean_order(order));
    }
    for (const OrderSort sort :
         {OrderSort::purchased_at, OrderSort::updated_at, OrderSort::changed_at, OrderSort::ship_by})
        for (const int limit : {1, 4, 23, 50}) {
            const auto down = walk({.sort = sort, .direction = Direction::descending}, limit);
            auto up = walk({.sort = sort, .direction = Direction::ascending}, limit);
            EXPECT_EQ(down.size(), all.size());
            EXPECT_EQ(std::set(down.begin(), down.end()), all);
            std::ranges::reverse(up);
            EXPECT_EQ(up, down);
        }
}

TEST_F(OrderListTest, a_page_says_whether_there_are_more) {
    for (const char* id : {"402-1", "402-2"}) add(id);
    EXPECT_TRUE(read([](db::Reader& tx) { return list_orders(tx, {}, std::nullopt, 1); }).next.has_value());
    EXPECT_FALSE(read([](db::Reader& tx) { return list_orders(tx, {}, std::nullopt, 2); }).next.has_value());
}

TEST_F(OrderListTest, orders_are_sorted_by_what_was_asked) {
    domain::AmazonOrder early = make_order("402-1");
    early.purchased_at = kNow - hours(1);
    early.ship_by = kNow + hours(9);
    domain::AmazonOrder late = make_order("402-2");
    late.ship_by = kNow + hours(1);
    domain::AmazonOrder without = make_order("402-3");
    without.purchased_at = kNow + hours(1);
    const OrderId a = clean_order(early);
    const OrderId b = clean_order(late);
    const OrderId c = clean_order(without);
    EXPECT_EQ(walk({}, 9), (std::vector{c, b, a}));
    EXPECT_EQ(walk({.sort = OrderSort::ship_by, .direction = Direction::ascending}, 9),
              (std::vector{b, a, c}));
    write([&](db::Transaction& tx) { set_status(tx, b, AmazonStatus::shipped, kNow + days(1)); });
    EXPECT_EQ(walk({.sort = OrderSort::changed_at}, 1).front(), b);
}

TEST_F(OrderListTest, a_page_brings_lines_and_packages_of_each_order) {
    domain::AmazonOrder first = make_order("402-1", "A");
    first.packages = {{.reference_id = "7"}};
    clean_order(first);
    clean_order(make_order("402-2", "B"));
    for (const OrderRecord& record :
         read([](db::Reader& tx) { return list_orders(tx, {}, std::nullopt, 9); }).orders) {
        ASSERT_EQ(record.order.lines.size(), 1u);
        const bool is_first = record.order.id == first.id;
        EXPECT_EQ(record.order.lines[0].seller_sku, SellerSku(is_first ? "A" : "B"));
        EXPECT_EQ(record.order.packages.size(), is_first ? 1u : 0u);
    }
}

TEST_F(OrderListTest, filters_narrow_together) {
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    domain::AmazonOrder pending = make_order("402-1");
    pending.status = AmazonStatus::pending;
    clean_order(pending);
    const OrderId imported = clean_order(make_order("402-2"));
    write([&](db::Transaction& tx) { set_import_state(tx, imported, ImportState::imported, kNow); });
    clean_order(make_order("402-3"), other);
    domain::AmazonOrder fba = make_order("402-4");
    fba.fulfilled_by = domain::FulfilledBy::amazon;
    fba.purchased_at = kNow - days(1);
    clean_order(fba);

    EXPECT_EQ(find({}), (Strings{"402-1", "402-2", "402-3", "402-4"}));
    EXPECT_EQ(find({.store = store}), (Strings{"402-1", "402-2", "402-4"}));
    EXPECT_EQ(find({.status = {AmazonStatus::pending}}), Strings{"402-1"});
    EXPECT_EQ(find({.status = {AmazonStatus::pending, AmazonStatus::unshipped}}),
              (Strings{"402-1", "402-2", "402-3", "402-4"}));
    EXPECT_EQ(find({.import_state = {ImportState::imported}}), Strings{"402-2"});
    EXPECT_EQ(find({.fulfilled_by = domain::FulfilledBy::amazon}), Strings{"402-4"});
    EXPECT_EQ(find({.purchased_from = kNow}), (Strings{"402-1", "402-2", "402-3"}));
    EXPECT_EQ(find({.purchased_to = kNow}), Strings{"402-4"});
    EXPECT_EQ(find({.store = other, .status = {AmazonStatus::pending}}), Strings{});
    EXPECT_EQ(find({.store = store,
                    .import_state = {ImportState::waiting},
                    .purchased_from = kNow,
                    .sort = OrderSort::updated_at}),
              Strings{"402-1"});
}

TEST_F(OrderListTest, the_shown_status_is_what_is_filtered) {
    const OrderId id = add("402-1");
    write([&](db::Transaction& tx) { set_status(tx, id, AmazonStatus::shipped, kNow); });
    EXPECT_EQ(find({.status = {AmazonStatus::shipped}}), Strings{"402-1"});
    EXPECT_EQ(find({.status = {AmazonStatus::unshipped}}), Strings{});
}

TEST_F(OrderListTest, totals_are_compared_in_each_orders_own_currency) {
    add("eur", 5990, "EUR");
    add("jpy-59", 59, "JPY");
    add("jpy-60", 60, "JPY");
    add("bhd", 59'900, "BHD");
    domain::AmazonOrder unknown = make_order("none");
    unknown.total.reset();
    clean_order(unknown);
    EXPECT_EQ(find({.total_min = "59.90"}), (Strings{"bhd", "eur", "jpy-60"}));
    EXPECT_EQ(find({.total_max = "59.90"}), (Strings{"bhd", "eur", "jpy-59"}));
    EXPECT_EQ(find({.total_min = "59.901"}), Strings{"jpy-60"});
    EXPECT_EQ(find({.total_min = "59.9", .total_max = "59.900"}), (Strings{"bhd", "eur"}));
    EXPECT_EQ(find({.total_min = "60"}), Strings{"jpy-60"});
    EXPECT_EQ(find({.total_max = "-1"}), Strings{});
    EXPECT_EQ(find({.total_min = "-0.5"}).size(), 4u);
    EXPECT_EQ(find({.total_max = "99999999999999999999999999"}).size(), 4u);
}

TEST_F(OrderListTest, a_decimal_is_digits_with_at_most_one_point) {
    for (const char* good : {"0", "59.90", "-1.5", "007"}) EXPECT_TRUE(is_decimal(good)) << good;
    for (const char* bad : {"", "-", ".5", "5.", "1.2.3", "1,5", "+1", "1e3", " 1"})
        EXPECT_FALSE(is_decimal(bad)) << bad;
}

TEST_F(OrderListTest, a_search_finds_the_beginning_of_an_order_id) {
    add("402-1234567-0000001");
    add("402-1234567-0000002");
    add("403-1234567-0000001");
    EXPECT_EQ(find({.q = "402-1234567"}), (Strings{"402-1234567-0000001", "402-1234567-0000002"}));
    EXPECT_EQ(find({.q = "402-1234567-0000002"}), Strings{"402-1234567-0000002"});
    EXPECT_EQ(find({.q = "1234567"}), Strings{});
    EXPECT_EQ(find({.q = ""}).size(), 3u);
}

TEST_F(OrderListTest, no_character_of_a_search_is_a_wildcard) {
    clean_order(make_order("A%C", "x_y"));
    clean_order(make_order("ABC", "xzy"));
    clean_order(make_order("abc", "XZY"));
    EXPECT_EQ(find({.q = "A%"}), Strings{"A%C"});
    EXPECT_EQ(find({.q = "x_"}), Strings{"A%C"});
    EXPECT_EQ(find({.q = "AB"}), Strings{"ABC"});
    EXPECT_EQ(find({.q = "_"}), Strings{});
    EXPECT_EQ(find({.q = "'; DROP TABLE stores; --"}), Strings{});
}

TEST_F(OrderListTest, a_search_finds_a_seller_sku) {
    clean_order(make_order("402-1", "KETTLE-RED"));
    clean_order(make_order("402-2", "KETTLE-BLUE"));
    EXPECT_EQ(find({.q = "KETTLE-RED"}), Strings{"402-1"});
    EXPECT_EQ(find({.q = "KETTLE"}), (Strings{"402-1", "402-2"}));
    EXPECT_EQ(find({.q = "kettle"}), Strings{});
}

TEST_F(OrderListTest, a_search_finds_a_commerce_order_number_with_or_without_its_zeros) {
    const OrderId twelve = add("402-1");
    const OrderId big = add("402-2");
    add_commerce_number(twelve, "000000012");
    add_commerce_number(big, "000000120");
    EXPECT_EQ(find({.q = "12"}), Strings{"402-1"});
    EXPECT_EQ(find({.q = "000000012"}), Strings{"402-1"});
    EXPECT_EQ(find({.q = "0000001"}), Strings{"402-2"});
    EXPECT_EQ(find({.q = "1200"}), Strings{});
}

TEST_F(OrderListTest, a_search_is_paged_like_everything) {
    for (int i = 0; i < 7; ++i) add("402-" + std::to_string(i));
    add("403-1");
    EXPECT_EQ(walk({.q = "402-"}, 3).size(), 7u);
}

// Reads through, and asks SQLite how it finds the rows of each statement.
class Explaining final : public db::Reader {
public:
    explicit Explaining(db::Reader& tx) : tx_(tx) {}
    std::vector<db::Row> run(std::string_view sql, std::span<const db::Argument> arguments) override {
        for (const db::Row& row : tx_.run("EXPLAIN QUERY PLAN " + std::string(sql), arguments))
            plan_ += row.get<std::string>(3) + "\n";
        return tx_.run(sql, arguments);
    }
    const std::string& plan() const { return plan_; }

private:
    db::Reader& tx_;
    std::string plan_{};
};

class OrderPlanTest : public OrderListTest {
protected:
    void SetUp() override {
        if (db->engine() != db::Engine::sqlite) GTEST_SKIP() << "the plans of SQLite";
    }
};

// One order is few: without this nothing would be walked.
constexpr SearchBounds kNoneAreFew{.few = 0};

TEST_F(OrderPlanTest, each_sort_walks_its_own_index) {
    add("402-1");
    for (const auto& [sort, index] : std::vector<std::pair<OrderSort, std::string>>{
             {OrderSort::purchased_at, "amazon_orders_by_purchase (purchased_at<"},
             {OrderSort::updated_at, "amazon_orders_by_update (updated_at<"},
             {OrderSort::changed_at, "amazon_orders_by_change (changed_at<"},
             {OrderSort::ship_by, "amazon_orders_by_ship_by (<expr><"}}) {
        OrderFilter filter{
            .status = {AmazonStatus::unshipped, AmazonStatus::shipped}, .total_min = "1", .sort = sort};
        if (sort != OrderSort::purchased_at) {
            filter.store = store;
            filter.purchased_from = kNow;
        }
        const std::string plan = read([&](db::Reader& tx) {
            Explaining explaining(tx);
            find_orders(explaining, filter, OrderCursor{kNoShipBy, {9}}, 50, kNoneAreFew);
            return explaining.plan();
        });
        EXPECT_NE(plan.find(index), std::string::npos) << plan;
        EXPECT_EQ(plan.find("FOR ORDER BY"), std::string::npos) << plan;
    }
}

TEST_F(OrderPlanTest, a_store_by_purchase_walks_the_stores_index) {
    add("402-1");
    const std::string plan = read([&](db::Reader& tx) {
        Explaining explaining(tx);
        find_orders(explaining, {.store = store, .purchased_from = kNow}, OrderCursor{kNoShipBy, {9}}, 50,
                    kNoneAreFew);
        return explaining.plan();
    });
    EXPECT_NE(plan.find("amazon_orders_of_store (store_id=? AND purchased_at>? AND purchased_at<?)"),
              std::string::npos)
        << plan;
    EXPECT_EQ(plan.find("FOR ORDER BY"), std::string::npos) << plan;
}

TEST_F(OrderPlanTest, each_kind_is_walked_and_counted_by_its_own_index) {
    add("402-1");
    for (const auto& [filter, index] : std::vector<std::pair<OrderFilter, std::string>>{
             {{.status = {AmazonStatus::unshipped}}, "amazon_orders_by_status (<expr>=? AND purchased_at<?)"},
             {{.import_state = {ImportState::waiting}},
              "amazon_orders_by_state (<expr>=? AND purchased_at<?)"},
             {{.fulfilled_by = domain::FulfilledBy::merchant},
              "amazon_orders_by_fulfilment (<expr>=? AND purchased_at<?)"},
             {{.total_min = "1"}, "amazon_orders_by_total (currency=? AND total_minor>?)"}}) {
        const std::string plan = read([&](db::Reader& tx) {
            Explaining explaining(tx);
            find_orders(explaining, filter, OrderCursor{kNoShipBy, {9}}, 50, kNoneAreFew);
            return explaining.plan();
        });
        EXPECT_NE(plan.find(index), std::string::npos) << plan;
        EXPECT_EQ(plan.find("SCAN amazon_orders"), std::string::npos) << plan;
    }
}

TEST_F(OrderPlanTest, a_search_reads_only_what_it_finds) {
    add("402-1");
    const std::string plan = read([&](db::Reader& tx) {
        Explaining explaining(tx);
        list_orders(explaining, {.store = store, .q = "402-1"}, OrderCursor{kNoShipBy, {9}}, 50);
        return explaining.plan();
    });
    EXPECT_EQ(plan.find("SCAN amazon_orders"), std::string::npos) << plan;
    EXPECT_NE(plan.find("SEARCH amazon_orders USING INTEGER PRIMARY KEY (rowid=?)"), std::string::npos)
        << plan;
}

TEST_F(OrderPlanTest, a_summary_counts_in_indexes) {
    const std::string plan = read([&](db::Reader& tx) {
        Explaining explaining(tx);
        count_orders(explaining, store);
        summarize_store(explaining, store, kNow);
        list_blocked_stores(explaining);
        return explaining.plan();
    });
    EXPECT_EQ(plan.find("SCAN amazon_orders"), std::string::npos) << plan;
    for (const char* index : {"sales_days", "amazon_orders_blocked", "amazon_orders_to_ship",
                              "amazon_orders_waiting", "commands_by_state"})
        EXPECT_NE(plan.find(index), std::string::npos) << index << "\n" << plan;
}

TEST_F(OrderListTest, a_store_is_summed_up) {
    const OrderId blocked = add("402-1");
    const OrderId to_ship = add("402-2");
    const OrderId shipped = add("402-3");
    add("402-4");
    clean_order(make_order("402-5"), add_store("Amazon.fr", "A13V1IB3VIYZZH"));
    add_commerce_number(shipped, "");
    write([&](db::Transaction& tx) {
        set_block(tx, blocked, domain::Block{.reason = domain::BlockReason::product_missing}, kNow);
        set_import_state(tx, blocked, ImportState::blocked, kNow);
        set_import_state(tx, to_ship, ImportState::imported, kNow);
        set_import_state(tx, shipped, ImportState::imported, kNow);
        set_status(tx, shipped, AmazonStatus::shipped, kNow);
        insert_shipment(tx, CommerceOrderId{1}, {.packages = {{.shipped_at = kNow}}}, kNow);
        insert_confirmation(tx, shipped, {.package_id = 1, .reference_id = "1001"}, kNow);
        set_command_state(tx, CommandId{1}, domain::CommandState::rejected, "c", kNow);
    });
    const StoreSummary summary = read([&](db::Reader& tx) { return summarize_store(tx, store, kNow); });
    EXPECT_EQ(read([&](db::Reader& tx) { return count_orders(tx, store); }), 4);
    EXPECT_EQ(summary.blocked, 1);
    EXPECT_EQ(summary.to_ship, 1);
    EXPECT_EQ(summary.waiting, 1);
    EXPECT_EQ(summary.commands_rejected, 1);
}

TEST_F(OrderListTest, an_order_to_ship_is_overdue_or_due_within_a_day_or_later) {
    int number = 0;
    for (const auto& ship_by : std::vector<std::optional<UtcTime>>{kNow - hours(1), kNow, kNow + hours(23),
                                                                   kNow + hours(24), std::nullopt}) {
        domain::AmazonOrder order = make_order("402-" + std::to_string(++number));
        order.ship_by = ship_by;
        const OrderId id = clean_order(order);
        write([&](db::Transaction& tx) { set_import_state(tx, id, ImportState::imported, kNow); });
    }
    const StoreSummary summary = read([&](db::Reader& tx) { return summarize_store(tx, store, kNow); });
    EXPECT_EQ(summary.to_ship, 5);
    EXPECT_EQ(summary.overdue, 1);
    EXPECT_EQ(summary.due_in_24h, 2);
}

class CountTest : public OrderListTest {
protected:
    OrderCount count(const OrderFilter& filter, CountBounds bounds = {}) {
        return read([&](db::Reader& tx) { return count_matching(tx, filter, bounds); });
    }
    // As many as the list shows.
    void expect_agree(const OrderFilter& filter) {
        const auto listed =
            read([&](db::Reader& tx) { return list_orders(tx, filter, std::nullopt, 200).orders.size(); });
        const OrderCount counted = count(filter);
        EXPECT_EQ(counted.count, static_cast<std::int64_t>(listed));
        EXPECT_TRUE(counted.is_exact);
    }
    OrderId add_blocked(const std::string& id, const std::string& sku = "SKU-1") {
        const OrderId order = clean_order(make_order(id, sku));
        write([&](db::Transaction& tx) {
            set_block(tx, order, domain::Block{.reason = domain::BlockReason::product_missing}, kNow);
            set_import_state(tx, order, ImportState::blocked, kNow);
        });
        return order;
    }
};

TEST_F(CountTest, the_count_is_that_of_the_list_whatever_the_filter) {
    for (int i = 1; i <= 3; ++i) add_blocked("402-" + std::to_string(i));
    add("403-1");
    clean_order(make_order("404-1"), add_store("Amazon.fr", "A13V1IB3VIYZZH"));
    for (const OrderFilter& filter : std::vector<OrderFilter>{
             {},
             {.store = store},
             {.store = store, .import_state = {ImportState::blocked}},
             {.import_state = {ImportState::blocked}, .purchased_from = kNow + hours(1)},
             {.import_state = {ImportState::blocked, ImportState::waiting}},
             {.status = {AmazonStatus::unshipped}, .total_min = "59.90"},
             {.q = "402-"},
             {.import_state = {ImportState::waiting}, .q = "SKU-1"},
             {.buyer_words = blind_words(vault, "rossi ada")},
             {.store = store, .buyer_words = blind_words(vault, "rossi"), .purchased_to = kNow}})
        expect_agree(filter);
}

TEST_F(CountTest, counting_ends_at_its_bound_and_says_so) {
    for (int i = 1; i <= 5; ++i) add_blocked("402-" + std::to_string(i));
    const auto expect_at_least = [&](const OrderFilter& filter, std::int64_t least) {
        const OrderCount counted = count(filter, {.rows = 3, .entries = 4});
        EXPECT_EQ(counted.count, least);
        EXPECT_FALSE(counted.is_exact);
    };
    expect_at_least({}, 4);
    expect_at_least({.status = {AmazonStatus::unshipped}}, 4);
    expect_at_least({.import_state = {ImportState::blocked}}, 4);
    expect_at_least({.status = {AmazonStatus::unshipped}, .import_state = {ImportState::blocked}}, 3);
    expect_at_least({.q = "402"}, 3);
    expect_at_least({.buyer_words = blind_words(vault, "rossi")}, 4);
    expect_at_least({.buyer_words = blind_words(vault, "ada rossi")}, 3);
    EXPECT_TRUE(count({.status = {AmazonStatus::canceled}}, {.rows = 3, .entries = 4}).is_exact);
    EXPECT_TRUE(count({.q = "402-1"}, {.rows = 3, .entries = 4}).is_exact);
}

TEST_F(CountTest, blocked_orders_are_listed_with_the_same_filters) {
    const OrderId first = add_blocked("402-1");
    const OrderId second = add_blocked("402-2", "SKU-2");
    add("402-3");
    const auto blocked = [&](const OrderFilter& filter) {
        return read([&](db::Reader& tx) { return list_blocked(tx, filter); });
    };
    EXPECT_EQ(blocked({}), (std::vector{first, second}));
    EXPECT_EQ(blocked({.q = "SKU-2"}), std::vector{second});
    EXPECT_EQ(blocked({.import_state = {ImportState::waiting}}), std::vector<OrderId>{});
    EXPECT_EQ(blocked({.store = add_store("Amazon.fr", "A13V1IB3VIYZZH")}), std::vector<OrderId>{});
}

TEST_F(OrderListTest, active_stores_with_blocks_are_named_in_order) {
    const StoreId second = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    const StoreId inactive = add_store("Amazon.de", "A1PA6795UKMFR9");
    add_store("Amazon.es", "A1RKKUPIHCS9HS");
    const domain::Block block{.reason = domain::BlockReason::product_missing};
    const auto names = [&] {
        Strings out;
        for (const BlockedStore& each : read([](db::Reader& tx) { return list_blocked_stores(tx); }))
            out.push_back(each.name);
        return out;
    };
    EXPECT_EQ(names(), Strings{});
    int number = 0;
    for (const StoreId each : {store, second, second, inactive}) {
        const OrderId id = clean_order(make_order("402-" + std::to_string(++number)), each);
        write([&](db::Transaction& tx) { set_block(tx, id, block, kNow); });
    }
    write([&](db::Transaction& tx) { set_store_active(tx, inactive, false); });
    EXPECT_EQ(names(), (Strings{"Amazon.fr", "Amazon.it"}));
    write([&](db::Transaction& tx) { set_block(tx, OrderId{1}, std::nullopt, kNow); });
    EXPECT_EQ(names(), Strings{"Amazon.fr"});
}

TEST_F(OrderListTest, open_attention_is_listed_in_pages) {
    const OrderId first = add("402-1");
    const OrderId second = add("402-2");
    write([&](db::Transaction& tx) {
        open_attention(tx, first, {"a", "", {{"x", "y"}}}, kNow);
        open_attention(tx, second, {"b", "", {}}, kNow);
        open_attention(tx, second, {"c", "", {}}, kNow);
        tx.execute("UPDATE attention SET closed_at = 1 WHERE kind = 'b'");
    });
    const auto list = [&](AttentionId after, int limit) {
        return read([&](db::Reader& tx) { return list_attention(tx, after, limit); });
    };
    const auto page = list({}, 1);
    ASSERT_EQ(page.size(), 1u);
    EXPECT_EQ(page[0].kind, "a");
    EXPECT_EQ(page[0].params, (domain::TextParams{{"x", "y"}}));
    EXPECT_EQ(page[0].order_id, first);
    EXPECT_EQ(page[0].store_id, store);
    EXPECT_EQ(page[0].amazon_order_id, AmazonOrderId("402-1"));
    const auto rest = list(page[0].id, 9);
    ASSERT_EQ(rest.size(), 1u);
    EXPECT_EQ(rest[0].kind, "c");
    EXPECT_EQ(read([](db::Reader& tx) { return count_open_attention(tx); }), 2);
}

}  // namespace
}  // namespace fairway::store
