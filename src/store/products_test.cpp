#include "store/products.hpp"

#include "store/commerce_orders.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

const ProductSku kKettle("KETTLE");

class ProductsTest : public StoreTest {
protected:
    Status add(const std::string& sku, std::optional<std::int64_t> quantity = 5,
               const std::string& name = "Kettle") {
        return write([&](db::Transaction& tx) {
            return insert_product(tx, ProductSku(sku), name, true, quantity, kNow);
        });
    }
    ProductRecord product(const ProductSku& sku = kKettle) {
        return must(read([&](db::Reader& tx) { return find_product(tx, sku); }));
    }
    Status set(const std::string& source, std::int64_t quantity) {
        return write([&](db::Transaction& tx) { return set_stock(tx, kKettle, source, quantity, kNow); });
    }
    Taken reserve(OrderId order, std::int64_t quantity, int line = 1) {
        return write([&](db::Transaction& tx) {
            return reserve_stock(tx, order, {line, SellerSku("SKU-1"), kKettle, quantity}, kNow);
        });
    }
    domain::ResolvedLine resolve(OrderId order, const std::string& seller_sku = "KETTLE") {
        return read([&](db::Reader& tx) { return resolve_line(tx, store, order, 1, SellerSku(seller_sku)); });
    }
    Status match(const std::string& seller_sku, const std::optional<ProductSku>& sku,
                 std::int64_t units = 1) {
        return write([&](db::Transaction& tx) {
            return match_listing(tx, store, SellerSku(seller_sku), sku, units, kNow);
        });
    }
    static std::string code_of(const Status& status) { return status ? "" : status.error().code; }
};

TEST_F(ProductsTest, a_new_product_has_its_stock_in_the_default_source) {
    ASSERT_TRUE(add("KETTLE", 5));
    EXPECT_EQ(product().name, "Kettle");
    EXPECT_TRUE(product().enabled);
    ASSERT_EQ(product().stock.size(), 1u);
    EXPECT_EQ(product().stock[0].source, "default");
    EXPECT_EQ(product().salable(), 5);
}

TEST_F(ProductsTest, a_product_exists_once) {
    ASSERT_TRUE(add("KETTLE"));
    EXPECT_EQ(code_of(add("KETTLE", 9)), "product_exists");
    EXPECT_EQ(product().quantity(), 5);
}

TEST_F(ProductsTest, skus_names_and_quantities_are_checked) {
    EXPECT_EQ(code_of(add("")), "text_invalid");
    EXPECT_EQ(code_of(add(" KETTLE")), "text_invalid");
    EXPECT_EQ(code_of(add("KETTLE", 5, "")), "text_invalid");
    EXPECT_EQ(code_of(add(std::string(129, 'k'))), "too_long");
    EXPECT_EQ(code_of(add("KETTLE", -1)), "quantity_invalid");
    EXPECT_EQ(code_of(add("KETTLE", 1'000'000'001)), "quantity_invalid");
}

TEST_F(ProductsTest, stock_belongs_to_a_product_and_is_not_negative) {
    EXPECT_EQ(code_of(set("default", 1)), "product_missing");
    ASSERT_TRUE(add("KETTLE"));
    EXPECT_EQ(code_of(set("default", -1)), "quantity_invalid");
    EXPECT_EQ(code_of(set("", 1)), "text_invalid");
}

TEST_F(ProductsTest, the_default_source_comes_first_then_the_others_by_name) {
    ASSERT_TRUE(add("KETTLE", 1));
    for (const char* source : {"west", "east", "a"}) ASSERT_TRUE(set(source, 2));
    std::vector<std::string> sources;
    for (const StockSource& each : product().stock) sources.push_back(each.source);
    EXPECT_EQ(sources, (std::vector<std::string>{"default", "a", "east", "west"}));
    EXPECT_EQ(product().quantity(), 7);
}

TEST_F(ProductsTest, every_change_of_stock_is_a_movement) {
    ASSERT_TRUE(add("KETTLE", 5));
    ASSERT_TRUE(set("default", 3));
    ASSERT_TRUE(set("default", 3));
    const auto rows =
        read([](db::Reader& tx) { return tx.query("SELECT quantity FROM stock_movements ORDER BY id"); });
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].get<int>(0), -2);
}

TEST_F(ProductsTest, a_product_is_renamed_and_disabled_apart) {
    ASSERT_TRUE(add("KETTLE"));
    const auto update = [&](std::optional<std::string> name, std::optional<bool> enabled) {
        return write([&](db::Transaction& tx) { return update_product(tx, kKettle, name, enabled, kNow); });
    };
    ASSERT_TRUE(update(std::nullopt, false));
    EXPECT_EQ(product().name, "Kettle");
    EXPECT_FALSE(product().enabled);
    ASSERT_TRUE(update("Pot", std::nullopt));
    EXPECT_EQ(product().name, "Pot");
    EXPECT_FALSE(product().enabled);
}

TEST_F(ProductsTest, a_reservation_takes_what_is_there_or_nothing) {
    ASSERT_TRUE(add("KETTLE", 5));
    const OrderId first = clean_order(make_order("402-1"));
    const OrderId second = clean_order(make_order("402-2"));
    EXPECT_EQ(reserve(first, 3), Taken::yes);
    EXPECT_EQ(reserve(second, 3), Taken::not_enough);
    EXPECT_EQ(product().reserved, 3);
    EXPECT_EQ(rows_in("reservations"), 1);
    EXPECT_EQ(reserve(second, 2), Taken::yes);
    EXPECT_EQ(product().salable(), 0);
}

TEST_F(ProductsTest, nothing_is_reserved_of_a_product_that_is_not_there) {
    EXPECT_EQ(reserve(clean_order(make_order("402-1")), 1), Taken::not_enough);
}

TEST_F(ProductsTest, a_reservation_is_released_once) {
    ASSERT_TRUE(add("KETTLE", 5));
    const OrderId order = clean_order(make_order("402-1"));
    reserve(order, 3);
    for (int i = 0; i < 2; ++i) write([&](db::Transaction& tx) { release_reservation(tx, order, 1, kNow); });
    EXPECT_EQ(product().reserved, 0);
    EXPECT_EQ(rows_in("reservations"), 0);
}

TEST_F(ProductsTest, stock_set_below_what_is_reserved_is_not_salable) {
    ASSERT_TRUE(add("KETTLE", 5));
    reserve(clean_order(make_order("402-1")), 3);
    ASSERT_TRUE(set("default", 1));
    EXPECT_EQ(product().salable(), -2);
    EXPECT_EQ(reserve(clean_order(make_order("402-2")), 1), Taken::not_enough);
}

TEST_F(ProductsTest, an_orders_own_reservation_is_salable_to_it_alone) {
    ASSERT_TRUE(add("KETTLE", 5));
    const OrderId own = clean_order(make_order("402-1"));
    const OrderId other = clean_order(make_order("402-2"));
    reserve(own, 3);
    EXPECT_EQ(resolve(own).salable, 5);
    EXPECT_EQ(resolve(other).salable, 2);
}

TEST_F(ProductsTest, a_seller_sku_stands_for_its_match_else_for_the_product_of_its_name) {
    const OrderId order = clean_order(make_order("402-1"));
    EXPECT_FALSE(resolve(order).product_sku.has_value());
    ASSERT_TRUE(add("KETTLE"));
    ASSERT_TRUE(add("POT"));
    EXPECT_EQ(resolve(order).product_sku, kKettle);
    ASSERT_TRUE(match("KETTLE", ProductSku("POT"), 6));
    EXPECT_EQ(resolve(order).product_sku, ProductSku("POT"));
    EXPECT_EQ(resolve(order).units, 6);
    ASSERT_TRUE(match("KETTLE", std::nullopt));
    EXPECT_EQ(resolve(order).product_sku, kKettle);
    EXPECT_EQ(resolve(order).units, 1);
}

TEST_F(ProductsTest, a_listing_is_matched_to_products_that_exist_with_units_that_make_sense) {
    ASSERT_TRUE(add("KETTLE"));
    EXPECT_EQ(code_of(match("X", ProductSku("NONE"))), "product_missing");
    EXPECT_EQ(code_of(match("X", kKettle, 0)), "units_invalid");
    EXPECT_EQ(code_of(match("X", kKettle, 10'001)), "units_invalid");
    EXPECT_EQ(rows_in("listings"), 0);
}

TEST_F(ProductsTest, an_order_that_names_a_matched_listing_leaves_the_match) {
    ASSERT_TRUE(add("KETTLE"));
    ASSERT_TRUE(match("SKU-1", kKettle, 2));
    clean_order(make_order("402-1"));
    const ListingRecord listing =
        must(read([&](db::Reader& tx) { return find_listing(tx, store, SellerSku("SKU-1")); }));
    EXPECT_EQ(listing.matched, kKettle);
    EXPECT_EQ(listing.units, 2);
    EXPECT_EQ(listing.title, "Kettle");
}

TEST_F(ProductsTest, listings_are_told_apart_by_whether_they_have_a_product) {
    ASSERT_TRUE(add("A"));
    ASSERT_TRUE(add("KETTLE"));
    ASSERT_TRUE(match("B", kKettle));
    ASSERT_TRUE(match("C", std::nullopt));
    ASSERT_TRUE(match("A", std::nullopt));
    const auto skus = [&](ListingState state, int limit = 10, const SellerSku& after = {}) {
        std::string text;
        for (const ListingRecord& each : read([&](db::Reader& tx) {
                 return list_listings(tx, {.store = store, .state = state}, after.empty() ? StoreId{} : store,
                                      after, limit);
             }))
            text += each.seller_sku.str();
        return text;
    };
    EXPECT_EQ(skus(ListingState::any), "ABC");
    EXPECT_EQ(skus(ListingState::matched), "AB");
    EXPECT_EQ(skus(ListingState::unmatched), "C");
    EXPECT_EQ(skus(ListingState::any, 1), "A");
    EXPECT_EQ(skus(ListingState::any, 9, SellerSku("A")), "BC");
}

TEST_F(ProductsTest, products_are_listed_in_pages_by_sku) {
    for (const char* sku : {"C", "A", "B"}) ASSERT_TRUE(add(sku));
    const auto page = read([](db::Reader& tx) { return list_products(tx, {}, ProductSku("A"), 1); });
    ASSERT_EQ(page.size(), 1u);
    EXPECT_EQ(page[0].sku, ProductSku("B"));
}

TEST_F(ProductsTest, numbers_count_by_kind_and_have_nine_digits_or_more) {
    const auto next = [&](std::string_view kind) {
        return write([&](db::Transaction& tx) { return next_number(tx, kind); });
    };
    EXPECT_EQ(next("order"), "000000001");
    EXPECT_EQ(next("invoice"), "000000001");
    EXPECT_EQ(next("order"), "000000002");
    write(
        [](db::Transaction& tx) { tx.execute("UPDATE numbers SET next = 1000000000 WHERE kind = 'order'"); });
    EXPECT_EQ(next("order"), "1000000000");
}

}  // namespace
}  // namespace fairway::store
