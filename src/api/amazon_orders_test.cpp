// Amazon orders and messages as people read them: links, notes, blocks, languages, personal data.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

constexpr const char* kId = "402-0000000-0000001";

class AmazonOrdersTest : public ApiTest {
protected:
    Asked order(const std::string& id = kId) { return get(path_of(id)); }
    Asked in(const std::string& language, const std::string& target) {
        return ask(With{.language = language}, "GET", target);
    }
    std::vector<store::AuditRecord> recorded(const std::string& action) {
        return read([&](db::Reader& tx) { return store::list_audit(tx, {.action = action}, {}, 99); });
    }
    std::size_t views() { return recorded("view_personal_data").size(); }
    std::size_t searches() { return recorded("search_personal_data").size(); }
};

TEST_F(AmazonOrdersTest, an_imported_order_shows_its_commerce_order_and_leads_to_it) {
    const std::string commerce = import(kId);
    const Asked asked = order();
    EXPECT_EQ(asked.text("import_state"), "imported");
    EXPECT_EQ(asked.text("commerce_order.id"), commerce);
    EXPECT_EQ(asked.text("commerce_order.status"), "Processing");
    EXPECT_EQ(asked.text("link"), "http://127.0.0.1:8400/commerce-orders/" + commerce);
}

TEST_F(AmazonOrdersTest, a_blocked_order_leads_to_its_own_page) {
    mirror(make_order(kId));
    EXPECT_EQ(order().text("import_state"), "blocked");
    EXPECT_EQ(order().text("link"), std::string("http://127.0.0.1:8400/amazon-orders/st_1/") + kId);
}

TEST_F(AmazonOrdersTest, a_view_only_order_leads_to_the_seller_central_of_its_marketplace) {
    set_import(false);
    mirror(make_order(kId));
    EXPECT_EQ(order().text("import_state"), "view_only");
    EXPECT_EQ(order().text("link"),
              std::string("https://sellercentral-europe.amazon.com/orders-v3/order/") + kId);
}

TEST_F(AmazonOrdersTest, an_excluded_order_leads_to_the_seller_central_of_its_marketplace) {
    const StoreId dutch = add_store("Amazon.nl", "A1805IZSGTT6HS");
    domain::AmazonOrder early = make_order(kId);
    early.marketplace = MarketplaceId("A1805IZSGTT6HS");
    early.purchased_at = kNow - hours(1);
    mirror(early, dutch);
    const Asked asked = get(std::string("/api/v1/amazon-orders/Amazon.nl/") + kId);
    EXPECT_EQ(asked.text("import_state"), "excluded");
    EXPECT_EQ(asked.text("link"), std::string("https://sellercentral.amazon.nl/orders-v3/order/") + kId);
}

TEST_F(AmazonOrdersTest, a_block_names_what_is_missing_and_links_to_the_remedy) {
    mirror(make_order(kId, "A/1 %"));
    const Asked asked = order();
    EXPECT_EQ(asked.text("block.reason"), "product_missing");
    EXPECT_EQ(asked.text("block.detail"), "no product for the seller SKU A/1 %");
    EXPECT_EQ(asked.text("block.fix.kind"), "product");
    EXPECT_EQ(asked.text("block.fix.sku"), "A/1 %");
    EXPECT_EQ(asked.text("block.fix.href"), "http://127.0.0.1:8400/products/A%2F1%20%25");
    EXPECT_EQ(asked.text("note"), "Cannot create sales order: no product for the seller SKU A/1 %");
}

TEST_F(AmazonOrdersTest, a_block_of_stock_links_to_the_stock) {
    add_product("SKU-1", 1);
    mirror(make_order(kId));
    EXPECT_EQ(order().text("block.reason"), "out_of_stock");
    EXPECT_EQ(order().text("block.fix.kind"), "stock");
    EXPECT_EQ(order().text("note"),
              "Cannot create sales order: product SKU-1 is out of stock (2 needed, 1 available)");
}

TEST_F(AmazonOrdersTest, notes_and_blocks_are_read_in_italian) {
    mirror(make_order(kId));
    const Asked asked = in("it-IT,it;q=0.9,en;q=0.8", path_of(kId));
    EXPECT_EQ(asked.text("note"),
              "Impossibile creare l'ordine di vendita: nessun prodotto per lo SKU venditore SKU-1");
    EXPECT_EQ(asked.text("block.detail"), "nessun prodotto per lo SKU venditore SKU-1");
}

TEST_F(AmazonOrdersTest, an_unknown_language_is_answered_in_english) {
    mirror(make_order(kId));
    EXPECT_TRUE(in("fr-FR", path_of(kId)).text("note").starts_with("Cannot create sales order: "));
}

TEST_F(AmazonOrdersTest, the_history_is_read_in_both_languages) {
    mirror(make_order(kId));
    EXPECT_EQ(get(path_of(kId) + "/history").text("items[0].text"), "Order seen on Amazon: Unshipped");
    EXPECT_EQ(in("it", path_of(kId) + "/history").text("items[0].text"),
              "Ordine rilevato su Amazon: Non spedito");
}

TEST_F(AmazonOrdersTest, stores_with_blocked_orders_are_named_in_one_message) {
    const StoreId german = add_store("Amazon.de", "A1PA6795UKMFR9");
    mirror(make_order("402-0000000-0000001"));
    mirror(make_order("402-0000000-0000002"), german);
    const Asked asked = get("/api/v1/messages");
    ASSERT_EQ(asked.each("code"), "orders_blocked");
    EXPECT_EQ(asked.text("items[0].text"),
              "Your Amazon store(s) has orders that cannot be imported into Commerce. See Recent Orders in "
              "the store dashboard(s): Amazon.de, Amazon.it");
    EXPECT_EQ(asked.text("items[0].params.stores[0].href"), "http://127.0.0.1:8400/stores/st_2/dashboard");
    EXPECT_TRUE(in("it", "/api/v1/messages").text("items[0].text").ends_with("negozi: Amazon.de, Amazon.it"));
}

TEST_F(AmazonOrdersTest, the_message_is_gone_with_the_last_block) {
    mirror(make_order(kId));
    ASSERT_EQ(get("/api/v1/messages").count(), 1U);
    ask("POST", "/api/v1/products", R"({"sku":"SKU-1","name":"Kettle","quantity":2})");
    reconcile();
    EXPECT_EQ(get("/api/v1/messages").count(), 0U);
}

TEST_F(AmazonOrdersTest, a_paused_account_is_a_message) {
    write([&](db::Transaction& tx) {
        return store::pause_account(tx, account, "amazon_unauthorized", "token expired", kNow);
    });
    const Asked asked = get("/api/v1/messages");
    EXPECT_EQ(asked.each("code"), "account_paused");
    EXPECT_EQ(asked.text("items[0].params.account"), "Main");
    EXPECT_EQ(get("/api/v1/accounts").text("items[0].paused_reason"), "token expired");
}

TEST_F(AmazonOrdersTest, a_retry_plans_the_order_at_once) {
    mirror(make_order(kId));
    write([](db::Transaction& tx) {
        return store::insert_product(tx, ProductSku("SKU-1"), "K", true, 2, kNow);
    });
    const Asked asked = ask("POST", path_of(kId) + "/retry");
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(asked.text("import_state"), "imported");
}

TEST_F(AmazonOrdersTest, who_may_see_personal_data_sees_it) {
    import(kId);
    EXPECT_EQ(order().text("recipient.state"), "granted");
    EXPECT_EQ(order().text("recipient.name"), "Ada Rossi");
    EXPECT_EQ(order().text("buyer.email"), "ada@example.com");
}

TEST_F(AmazonOrdersTest, who_may_not_see_personal_data_sees_that_it_is_there) {
    const std::string commerce = import(kId);
    for (const std::string& path :
         {path_of(kId), std::string("/api/v1/amazon-orders"), "/api/v1/commerce-orders/" + commerce,
          std::string("/api/v1/commerce-orders"), std::string("/api/v1/stores/st_1/dashboard")}) {
        const Asked asked = ask(With{.token = "administrator"}, "GET", path);
        EXPECT_EQ(asked.status, 200);
        EXPECT_FALSE(json::serialize(asked.body).contains("Rossi")) << path;
        EXPECT_FALSE(json::serialize(asked.body).contains("Torino")) << path;
        EXPECT_TRUE(json::serialize(asked.body).contains(R"("state":"granted")")) << path;
    }
    EXPECT_EQ(views(), 0U);
}

TEST_F(AmazonOrdersTest, every_answer_that_shows_personal_data_is_recorded_as_a_view) {
    const std::string commerce = import(kId);
    const std::vector<std::string> paths{path_of(kId), "/api/v1/amazon-orders",
                                         "/api/v1/commerce-orders/" + commerce, "/api/v1/commerce-orders",
                                         "/api/v1/stores/st_1/dashboard"};
    std::size_t count = 0;
    for (const std::string& path : paths) {
        ASSERT_TRUE(json::serialize(get(path).body).contains("Ada Rossi")) << path;
        EXPECT_EQ(views(), ++count) << path;
        const Asked audit = ask(With{.token = "administrator"}, "GET", "/api/v1/audit?limit=1");
        EXPECT_EQ(audit.text("items[0].object"), std::string("amazon-orders/") + kId) << path;
        EXPECT_EQ(audit.text("items[0].actor"), "token:tk_4 (seer)");
    }
}

TEST_F(AmazonOrdersTest, a_view_says_of_each_order_that_it_was_seen) {
    import("402-0000000-0000001");
    mirror(make_order("402-0000000-0000002"));
    domain::AmazonOrder withheld = make_order("402-0000000-0000003");
    withheld.recipient_state = withheld.buyer_state = domain::DataState::withheld;
    upsert(incoming(withheld, "v1", {}));
    get("/api/v1/amazon-orders?limit=2&sort=purchased_at");
    get("/api/v1/amazon-orders");
    const auto seen = [&](const std::string& id) {
        return ask(With{.token = "administrator"}, "GET",
                   "/api/v1/audit?action=view_personal_data&object=amazon-orders/" + id)
            .each("actor");
    };
    EXPECT_EQ(seen("402-0000000-0000001"), "token:tk_4 (seer) token:tk_4 (seer)");
    EXPECT_EQ(seen("402-0000000-0000002"), "token:tk_4 (seer) token:tk_4 (seer)");
    EXPECT_EQ(seen("402-0000000-0000009"), "");
}

TEST_F(AmazonOrdersTest, a_search_by_name_is_recorded_without_the_name_even_when_nobody_is_found) {
    mirror(make_order(kId));
    ASSERT_EQ(get("/api/v1/amazon-orders?buyer=Bianchi").count(), 0U);
    EXPECT_EQ(searches(), 1U);
    EXPECT_EQ(views(), 0U);
    ASSERT_EQ(get("/api/v1/amazon-orders?buyer=Rossi").count(), 1U);
    EXPECT_EQ(searches(), 2U);
    EXPECT_EQ(views(), 1U);
    for (const store::AuditRecord& each : recorded("search_personal_data"))
        EXPECT_EQ(each.object, "amazon-orders");
    get("/api/v1/amazon-orders?buyer=Rossi&sort=odd");
    EXPECT_EQ(searches(), 2U) << "what was refused found out nothing";
}

TEST_F(AmazonOrdersTest, what_amazon_did_not_say_is_null_and_no_empty_text) {
    domain::AmazonOrder order = make_order(kId, "");
    order.lines[0].asin = Asin();
    order.lines[0].title.clear();
    order.packages = {{.reference_id = "1", .items = {}}};
    mirror(order);
    const Asked asked = get(path_of(kId));
    for (const char* path :
         {"items[0].seller_sku", "items[0].asin", "items[0].title", "packages[0].carrier",
          "packages[0].service", "packages[0].tracking", "packages[0].status", "block.fix.sku"})
        EXPECT_TRUE(asked.at(path).is_null()) << path;
    ask("PUT", "/api/v1/listings/st_1/S", R"({"product_sku":null})");
    const Asked listings = get("/api/v1/listings");
    EXPECT_EQ(listings.text("items[0].seller_sku"), "S");
    EXPECT_TRUE(listings.at("items[0].asin").is_null());
    EXPECT_TRUE(listings.at("items[0].title").is_null());
}

TEST_F(AmazonOrdersTest, are_found_by_words_of_the_buyers_name) {
    mirror(make_order("402-0000000-0000001"));
    EXPECT_EQ(get("/api/v1/amazon-orders?buyer=ROSSI%20ada").each("amazon_order_id"), "402-0000000-0000001");
    EXPECT_EQ(get("/api/v1/amazon-orders?buyer=Bianchi").count(), 0U);
    EXPECT_EQ(get("/api/v1/amazon-orders?buyer=-").code(), "filter_invalid");
}

TEST_F(AmazonOrdersTest, who_may_not_see_names_may_not_look_for_them) {
    mirror(make_order("402-0000000-0000001"));
    const Asked refused = ask(With{.token = "administrator"}, "GET", "/api/v1/amazon-orders?buyer=Rossi");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "buyer_data_needed");
}

TEST_F(AmazonOrdersTest, an_answer_without_personal_data_is_no_view) {
    get("/api/v1/amazon-orders");
    get(path_of(kId));
    EXPECT_EQ(views(), 0U);
}

TEST_F(AmazonOrdersTest, withheld_data_is_said_to_be_so_and_not_invented) {
    domain::AmazonOrder withheld = make_order(kId);
    withheld.recipient_state = domain::DataState::withheld;
    withheld.buyer_state = domain::DataState::withheld;
    upsert(incoming(withheld, "v1", {}));
    const Asked asked = order();
    EXPECT_EQ(asked.text("recipient.state"), "withheld");
    EXPECT_EQ(asked.text("recipient.name"), "withheld by Amazon");
    EXPECT_EQ(asked.text("recipient.line1"), "null");
    EXPECT_EQ(in("it", path_of(kId)).text("recipient.name"), "non comunicato da Amazon");
}

TEST_F(AmazonOrdersTest, the_dashboard_counts_and_shows_the_recent_orders) {
    import("402-0000000-0000001");
    mirror(make_order("402-0000000-0000002", "SKU-UNKNOWN"));
    const Asked asked = get("/api/v1/stores/Amazon.it/dashboard");
    EXPECT_EQ(asked.text("store.id"), "st_1");
    EXPECT_EQ(asked.number("counts.orders"), 2);
    EXPECT_EQ(asked.number("counts.blocked"), 1);
    EXPECT_EQ(asked.number("counts.to_ship"), 1);
    EXPECT_EQ(asked.text("recent_orders[0].amazon_order_id"), "402-0000000-0000002");
    EXPECT_EQ(asked.text("recent_orders[1].amazon_order_id"), "402-0000000-0000001");
}

}  // namespace
}  // namespace fairway::api
