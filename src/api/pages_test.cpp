// Keyset pages and filters of every list.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

class PagesTest : public ApiTest {
protected:
    // Every item of a list, read in pages of that size.
    json::Array walk(const std::string& path, int limit) {
        json::Array all;
        std::string after;
        for (int page = 0; page < 100; ++page) {
            const Asked asked =
                get(path + (path.contains('?') ? "&" : "?") + "limit=" + std::to_string(limit) + after);
            EXPECT_LE(static_cast<int>(asked.count()), limit);
            for (const json::Value& item : asked.at("items").as_array()) all.push_back(item);
            if (asked.at("next").is_null()) return all;
            after = "&after=" + percent_encode(asked.text("next"));
        }
        ADD_FAILURE() << path << " does not end";
        return all;
    }

    static std::string id(int number) { return "402-0000000-000000" + std::to_string(number); }
    domain::AmazonOrder order(int number, Duration later = {}) {
        domain::AmazonOrder order = make_order(id(number));
        order.purchased_at = kNow + later;
        return order;
    }
    std::string found(const std::string& query) {
        return get("/api/v1/amazon-orders?" + query).each("amazon_order_id");
    }
};

// Rows of every kind that lists show.
class FilledTest : public PagesTest {
protected:
    FilledTest() {
        for (int i = 1; i <= 3; ++i) {
            const std::string commerce = import(id(i));
            ask("POST", "/api/v1/commerce-orders/" + commerce + "/shipments",
                R"({"packages":[{"carrier":"DHL","service":"","tracking":")" + std::to_string(i) + R"("}]})");
            ask("POST", "/api/v1/sync-runs");
            ask("PUT", "/api/v1/listings/st_1/S" + std::to_string(i), R"({"product_sku":"SKU-1"})");
            add_product("P-" + std::to_string(i), 1);
            get("/api/v1/amazon-orders");
        }
        mirror(make_order(id(4), "SKU-UNKNOWN"));
        ask("POST", "/api/v1/users", R"({"name":"anna","role":"viewer"})");
        const OrderId first = order_of(id(1)).id;
        write([&](db::Transaction& tx) {
            store::open_attention(tx, first, {"cancelled_in_shop", "units 1:1", {}}, kNow);
            store::pause_account(tx, account, "amazon_unauthorized", "no", kNow).value();
        });
        calls.failed(account, {.operation = "getOrder", .error = {ErrorKind::timeout, "timeout", "slow"}},
                     kNow);
        get("/api/v1/exports/audit");
        const auto key = vault.create_keys(1, kNow).front();
        write([&](db::Transaction& tx) {
            store::keep_aside(tx, vault, account, AmazonOrderId(id(5)),
                              {ErrorKind::corrupt, "wrong_type", "expected a text", "orderId", std::nullopt},
                              Pii<std::string>("{}"), key, kNow);
        });
    }
};

TEST_F(FilledTest, every_reading_answers_in_the_shape_of_the_contract) {
    const std::map<std::string, std::string> values{{"store", "st_1"},
                                                    {"amazon_order_id", id(1)},
                                                    {"sku", "SKU-1"},
                                                    {"list", "audit"},
                                                    {"/api/v1/commerce-orders/{id}", "co_1"},
                                                    {"/api/v1/commands/{id}", "cm_1"},
                                                    {"/api/v1/sync-runs/{id}", "sy_1"}};
    for (const Operation& operation : contract().operations()) {
        if (operation.method != "GET" || is_of_browsers(operation)) continue;
        std::string path;
        for (const std::string_view part : split(operation.pattern.substr(1), '/')) {
            const std::string name(part.starts_with('{') ? part.substr(1, part.size() - 2) : part);
            path += "/" + (!part.starts_with('{') ? name
                           : name == "id"         ? values.at(operation.pattern)
                                                  : values.at(name));
        }
        // ask() holds each answer to the contract.
        const Asked asked = get(path);
        EXPECT_EQ(asked.status, 200) << path;
        if (const json::Value* items = json::find(asked.body, "items"))
            EXPECT_FALSE(items->as_array().empty()) << path << " shows nothing";
    }
}

TEST_F(FilledTest, a_list_in_pages_of_one_is_the_list) {
    for (const std::string path :
         {"/amazon-orders", "/amazon-orders?sort=ship_by", "/amazon-orders?sort=changed_at",
          "/commerce-orders", "/products", "/listings", "/commands", "/sync-runs", "/messages", "/stores",
          "/accounts", "/tokens", "/attention", "/quarantine"}) {
        const std::string whole_path = std::string("/api/v1") + path;
        const json::Array whole = get(whole_path).at("items").as_array();
        EXPECT_EQ(walk(whole_path, 1), whole) << path;
    }
}

TEST_F(FilledTest, the_history_of_an_order_is_paged) {
    const std::string path = path_of(id(1)) + "/history";
    const json::Array whole = get(path).at("items").as_array();
    EXPECT_GT(whole.size(), 2U);
    EXPECT_EQ(walk(path, 2), whole);
}

TEST_F(FilledTest, the_audit_is_paged_newest_first) {
    const json::Array all = walk("/api/v1/audit", 7);
    EXPECT_GT(all.size(), 7U);
    for (std::size_t i = 1; i < all.size(); ++i)
        EXPECT_LT(all[i].at("id").as_int64(), all[i - 1].at("id").as_int64());
}

TEST_F(PagesTest, a_page_has_1_to_200_items) {
    for (const std::string limit : {"0", "201", "-1", "ten", "", "1.0"}) {
        const Asked asked = get("/api/v1/products?limit=" + limit);
        EXPECT_EQ(asked.code(), "limit_invalid") << limit;
        EXPECT_EQ(asked.field(), "limit");
    }
    EXPECT_EQ(get("/api/v1/products?limit=200").status, 200);
}

TEST_F(PagesTest, a_page_has_50_items_unless_told) {
    for (int i = 0; i < 51; ++i) add_product("P-" + std::to_string(100 + i), 1);
    EXPECT_EQ(get("/api/v1/products").count(), 50U);
}

TEST_F(PagesTest, garbage_is_no_cursor) {
    for (const std::string path : {"/amazon-orders", "/commerce-orders", "/listings", "/commands",
                                   "/sync-runs", "/audit", "/attention", "/quarantine", "/stores"})
        // not base64; bytes that are no text; "zzz"; "x:1"; "1:2:3"; a zero byte
        for (const std::string after : {"%25%25", "_w", "enp6", "eDox", "MToyOjM", "AA"}) {
            const Asked asked = get("/api/v1" + std::string(path) + "?after=" + after);
            // "1:2:3" names a row of listings: store 1, the seller SKU "2:3".
            if (std::string(path) == "/listings" && after == "MToyOjM") continue;
            EXPECT_EQ(asked.code(), "cursor_invalid") << path << " " << after;
            EXPECT_EQ(asked.field(), "after");
        }
}

TEST_F(PagesTest, a_cursor_is_good_for_its_own_sort_only) {
    mirror(order(1));
    mirror(order(2));
    const std::string after = get("/api/v1/amazon-orders?limit=1").text("next");
    EXPECT_EQ(get("/api/v1/amazon-orders?limit=1&after=" + after).status, 200);
    EXPECT_EQ(get("/api/v1/amazon-orders?sort=ship_by&after=" + after).code(), "cursor_invalid");
    EXPECT_EQ(get("/api/v1/amazon-orders?sort=purchased_at&after=" + after).code(), "cursor_invalid");
}

TEST_F(PagesTest, orders_that_arrive_meanwhile_do_not_shift_the_pages) {
    mirror(order(1, minutes(1)));
    mirror(order(2, minutes(2)));
    const Asked first = get("/api/v1/amazon-orders?limit=1");
    mirror(order(3, minutes(3)));
    EXPECT_EQ(first.each("amazon_order_id"), id(2));
    EXPECT_EQ(found("limit=1&after=" + first.text("next")), id(1));
}

TEST_F(PagesTest, orders_are_filtered_by_store) {
    const StoreId german = add_store("Amazon.de", "A1PA6795UKMFR9");
    mirror(order(1));
    mirror(order(2), german);
    EXPECT_EQ(found("store=st_1"), id(1));
    EXPECT_EQ(found("store=Amazon.de"), id(2));
}

TEST_F(PagesTest, orders_are_filtered_by_status_and_import_state) {
    import(id(1));
    domain::AmazonOrder pending = order(2);
    pending.status = domain::AmazonStatus::pending;
    mirror(pending);
    mirror(make_order(id(3), "SKU-UNKNOWN"));
    EXPECT_EQ(found("status=Pending"), id(2));
    EXPECT_EQ(found("status=Pending,Shipped"), id(2));
    EXPECT_EQ(found("import_state=blocked"), id(3));
    EXPECT_EQ(found("import_state=imported&status=Unshipped"), id(1));
    EXPECT_EQ(found("import_state=imported&status=Pending"), "");
}

// More of them than a statement may have values.
TEST_F(PagesTest, a_value_that_a_filter_repeats_counts_once) {
    import(id(1));
    std::string repeated = "Unshipped";
    for (int i = 0; i < 70'000; ++i) repeated += ",Unshipped";
    EXPECT_EQ(get("/api/v1/amazon-orders?status=" + repeated).each("amazon_order_id"), id(1));
}

TEST_F(PagesTest, orders_are_filtered_by_who_ships) {
    mirror(order(1));
    domain::AmazonOrder by_amazon = order(2);
    by_amazon.fulfilled_by = domain::FulfilledBy::amazon;
    mirror(by_amazon);
    EXPECT_EQ(found("fulfilled_by=merchant"), id(1));
    EXPECT_EQ(found("fulfilled_by=amazon"), id(2));
}

TEST_F(PagesTest, orders_are_searched_by_their_numbers_and_seller_skus) {
    import(id(1));
    mirror(make_order("403-0000000-0000002", "SKU-UNKNOWN"));
    EXPECT_EQ(found("q=403-"), "403-0000000-0000002");
    EXPECT_EQ(found("q=SKU-U"), "403-0000000-0000002");
    EXPECT_EQ(found("q=" + get("/api/v1/commerce-orders/co_1").text("number")), id(1));
    EXPECT_EQ(found("q=nothing"), "");
    EXPECT_EQ(found("q=%25"), "");
}

TEST_F(PagesTest, orders_are_filtered_by_the_time_of_purchase) {
    mirror(order(1));
    mirror(order(2, hours(1)));
    EXPECT_EQ(found("purchased_from=2026-11-23T09:00:00Z"), id(2));
    EXPECT_EQ(found("purchased_to=2026-11-23T09:00:00Z"), id(1));
    EXPECT_EQ(found("purchased_from=2026-11-23T09:30:00%2B01:00&purchased_to=2026-11-23T09:30:00Z"), id(2));
}

TEST_F(PagesTest, orders_are_filtered_by_their_total) {
    mirror(order(1));
    domain::AmazonOrder dear = order(2);
    dear.total = domain::Money{10'000, domain::Currency::of("EUR")};
    mirror(dear);
    EXPECT_EQ(found("total_min=59.91"), id(2));
    EXPECT_EQ(found("total_max=59.90"), id(1));
    EXPECT_EQ(found("total_min=60&total_max=99.999"), "");
}

TEST_F(PagesTest, orders_are_sorted_as_asked) {
    domain::AmazonOrder first = order(1, minutes(2));
    domain::AmazonOrder second = order(2, minutes(1));
    first.ship_by = kNow + hours(1);
    mirror(first);
    mirror(second);
    EXPECT_EQ(found(""), id(1) + " " + id(2));
    EXPECT_EQ(found("sort=purchased_at"), id(2) + " " + id(1));
    EXPECT_EQ(found("sort=ship_by"), id(1) + " " + id(2));
    EXPECT_EQ(found("sort=-ship_by"), id(2) + " " + id(1));
}

TEST_F(PagesTest, commerce_orders_are_filtered) {
    import(id(1));
    import(id(2));
    ask("POST", "/api/v1/commerce-orders/co_2/hold");
    const auto ids = [&](const std::string& query) {
        return get("/api/v1/commerce-orders?" + query).each("id");
    };
    EXPECT_EQ(ids(""), "co_2 co_1");
    EXPECT_EQ(ids("amazon_order_id=" + id(1)), "co_1");
    EXPECT_EQ(ids("status=On%20Hold"), "co_2");
    EXPECT_EQ(ids("status=Processing&store=Amazon.it"), "co_1");
}

TEST_F(PagesTest, commands_are_filtered) {
    for (int i = 1; i <= 2; ++i)
        ask("POST", "/api/v1/commerce-orders/" + import(id(i)) + "/shipments",
            R"({"packages":[{"carrier":"DHL","tracking":"1"}]})");
    const auto ids = [&](const std::string& query) { return get("/api/v1/commands?" + query).each("id"); };
    EXPECT_EQ(ids(""), "cm_2 cm_1");
    EXPECT_EQ(ids("amazon_order_id=" + id(1)), "cm_1");
    EXPECT_EQ(ids("state=queued"), "cm_2 cm_1");
    EXPECT_EQ(ids("state=rejected"), "");
    EXPECT_EQ(ids("called_off=false"), "cm_2 cm_1");
    EXPECT_EQ(ids("called_off=true"), "");
    EXPECT_EQ(get("/api/v1/commands?called_off=1").field(), "called_off");
}

TEST_F(PagesTest, listings_are_filtered) {
    import(id(1));
    mirror(make_order(id(2), "SKU-UNKNOWN"));
    const auto skus = [&](const std::string& query) {
        return get("/api/v1/listings?" + query).each("seller_sku");
    };
    EXPECT_EQ(skus("state=matched"), "SKU-1");
    EXPECT_EQ(skus("state=unmatched&store=st_1"), "SKU-UNKNOWN");
}

}  // namespace
}  // namespace fairway::api
