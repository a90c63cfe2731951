// What concerns all orders that filters find: counting them, trying the blocked ones again, and looking at
// them without looking at people.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

class BulkTest : public ApiTest {
protected:
    static std::string id(int number) { return "402-0000000-000000" + std::to_string(number); }
    void add_blocked(int number, const std::string& sku = "GHOST") { mirror(make_order(id(number), sku)); }
    std::size_t audited(const std::string& action) {
        return get("/api/v1/audit?limit=200&action=" + action).count();
    }
    Asked retry(const std::string& query, const std::string& token = "seer") {
        return ask(With{.token = token}, "POST", "/api/v1/amazon-orders/retry" + query);
    }
};

TEST_F(BulkTest, what_filters_find_is_counted) {
    import(id(1));
    add_blocked(2);
    add_blocked(3);
    const Asked all = get("/api/v1/amazon-orders/summary");
    EXPECT_EQ(all.number("count"), 3);
    EXPECT_EQ(all.text("count_is_exact"), "true");
    EXPECT_EQ(get("/api/v1/amazon-orders/summary?import_state=blocked&store=st_1").number("count"), 2);
    EXPECT_EQ(get("/api/v1/amazon-orders/summary?buyer=rossi").number("count"), 3);
    EXPECT_EQ(get("/api/v1/amazon-orders/summary?sort=purchased_at").code(), "filter_unknown");
    EXPECT_EQ(get("/api/v1/amazon-orders/summary?store=nowhere").code(), "filter_invalid");
    EXPECT_EQ(ask(With{.token = "viewer"}, "GET", "/api/v1/amazon-orders/summary?buyer=rossi").code(),
              "buyer_data_needed");
    EXPECT_EQ(audited("view_personal_data"), 0U);
}

TEST_F(BulkTest, all_blocked_orders_that_filters_find_are_planned_again) {
    import(id(1));
    add_blocked(2);
    add_blocked(3, "OTHER");
    const std::int64_t before = rows_in("audit");
    const Asked marked = retry("?store=st_1&q=GHOST&buyer=rossi");
    EXPECT_EQ(marked.status, 202);
    EXPECT_EQ(marked.number("marked"), 1);
    EXPECT_EQ(dirty_orders(), std::vector{order_of(id(2)).id});
    EXPECT_EQ(get("/api/v1/system").number("dirty_orders"), 1);
    EXPECT_EQ(rows_in("audit"), before + 2) << "what was asked for, and that names were searched";
    EXPECT_EQ(get("/api/v1/audit?action=retry%20orders").text("items[0].object"),
              "amazon-orders?store=st_1&q=GHOST&buyer=%2A");
    reconcile();
    EXPECT_EQ(retry("").number("marked"), 2);
    EXPECT_EQ(retry("?import_state=imported").number("marked"), 0);
}

TEST_F(BulkTest, a_bulk_retry_refuses_what_the_list_refuses) {
    EXPECT_EQ(retry("?nonsense=1").code(), "filter_unknown");
    EXPECT_EQ(retry("?buyer=rossi", "operator").code(), "buyer_data_needed");
    EXPECT_EQ(retry("", "viewer").code(), "role_too_low");
}

TEST_F(BulkTest, more_orders_than_one_commit_takes_are_all_marked) {
    add_blocked(1);
    const OrderId model = order_of(id(1)).id;
    write([&](db::Transaction& tx) {
        for (int i = 0; i < 4'500; ++i)
            tx.queue(
                "INSERT INTO amazon_orders (region, seller_id, amazon_order_id, account_id, store_id, "
                "marketplace_id, amazon_status, amazon_status_text, status, import_state, fulfilled_by, "
                "programs, replacement, purchased_at, updated_at, recipient_state, buyer_state, "
                "content_hash, "
                "changed_at, read_at, block_reason, dirty, key_id) SELECT region, seller_id, $1, account_id, "
                "store_id, marketplace_id, amazon_status, amazon_status_text, status, import_state, "
                "fulfilled_by, programs, replacement, purchased_at, updated_at, recipient_state, "
                "buyer_state, "
                "content_hash, changed_at, read_at, block_reason, 0, key_id FROM amazon_orders WHERE id = $2",
                "403-" + std::to_string(i), model);
    });
    EXPECT_EQ(retry("").number("marked"), 4'501);
    EXPECT_EQ(get("/api/v1/system").number("dirty_orders"), 4'501);
    EXPECT_EQ(audited("retry%20orders"), 1U);
}

TEST_F(BulkTest, the_same_request_again_gets_the_same_answer) {
    add_blocked(1);
    const With once{.key = "k"};
    EXPECT_EQ(ask(once, "POST", "/api/v1/amazon-orders/retry").number("marked"), 1);
    reconcile();
    EXPECT_EQ(ask(once, "POST", "/api/v1/amazon-orders/retry").number("marked"), 1);
    EXPECT_TRUE(dirty_orders().empty());
    EXPECT_EQ(ask(once, "POST", "/api/v1/amazon-orders/retry?store=st_1").code(), "idempotency_key_reused");
}

TEST_F(BulkTest, who_wants_no_personal_data_sees_none_and_leaves_no_trace) {
    const std::string commerce = import(id(1));
    for (const std::string& path :
         {std::string("/api/v1/amazon-orders"), path_of(id(1)), std::string("/api/v1/commerce-orders"),
          "/api/v1/commerce-orders/" + commerce, std::string("/api/v1/stores/st_1/dashboard")}) {
        const std::size_t before = audited("view_personal_data");
        const std::string without = json::serialize(get(path + "?personal_data=false").body);
        EXPECT_EQ(without.find("Rossi"), std::string::npos) << path;
        EXPECT_NE(without.find(R"("state":"granted")"), std::string::npos) << path;
        EXPECT_EQ(audited("view_personal_data"), before) << path;
        EXPECT_NE(json::serialize(get(path + "?personal_data=true").body).find("Rossi"), std::string::npos)
            << path;
        EXPECT_EQ(audited("view_personal_data"), before + 1) << path;
        EXPECT_EQ(get(path + "?personal_data=no").code(), "filter_invalid") << path;
        EXPECT_EQ(get(path + "?personaldata=false").code(), "filter_unknown") << path;
    }
}

TEST_F(BulkTest, every_order_has_its_link_to_seller_central) {
    import(id(1));
    const Asked asked = get(path_of(id(1)));
    EXPECT_EQ(asked.text("seller_central_link"),
              domain::seller_central_link(*domain::find_marketplace_by_country("IT"), AmazonOrderId(id(1))));
    EXPECT_NE(asked.text("link"), asked.text("seller_central_link"));
}

TEST_F(BulkTest, commerce_orders_are_searched_and_sorted) {
    import(id(1));
    import(id(2));
    const auto numbers = [&](const std::string& query) {
        return get("/api/v1/commerce-orders?" + query).each("number");
    };
    EXPECT_EQ(numbers("sort=number"), "000000001 000000002");
    EXPECT_EQ(numbers("sort=-number&limit=1"), "000000002");
    EXPECT_EQ(numbers("q=2"), "000000002");
    EXPECT_EQ(numbers("q=" + id(1)), "000000001");
    EXPECT_EQ(numbers("created_from=2026-11-24T00:00:00Z"), "");
    for (const std::string sort : {"created_at", "-created_at", "number", "-number"}) {
        const Asked first = get("/api/v1/commerce-orders?limit=1&sort=" + sort);
        const Asked second =
            get("/api/v1/commerce-orders?limit=1&sort=" + sort + "&after=" + first.text("next"));
        EXPECT_NE(second.each("number"), first.each("number")) << sort;
        EXPECT_EQ(second.text("next"), "null") << sort;
    }
    const std::string cursor = get("/api/v1/commerce-orders?limit=1").text("next");
    EXPECT_EQ(get("/api/v1/commerce-orders?sort=number&after=" + cursor).code(), "cursor_invalid");
    EXPECT_EQ(get("/api/v1/commerce-orders?sort=total").code(), "filter_invalid");
}

TEST_F(BulkTest, products_and_listings_are_searched) {
    add_product("KET-1", 1);
    ask("PUT", "/api/v1/listings/st_1/S-1", R"({"product_sku":"KET-1"})");
    ask("PATCH", "/api/v1/products/KET-1", R"({"enabled":false})");
    EXPECT_EQ(get("/api/v1/products?q=ket&enabled=false").each("sku"), "KET-1");
    EXPECT_EQ(get("/api/v1/products?enabled=true").count(), 0U);
    EXPECT_EQ(get("/api/v1/products?enabled=1").code(), "filter_invalid");
    EXPECT_EQ(get("/api/v1/listings?q=ket").each("seller_sku"), "S-1");
    EXPECT_EQ(get("/api/v1/listings?q=mug").count(), 0U);
}

}  // namespace
}  // namespace fairway::api
