#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

class Control : public SandboxTest {
protected:
    Control() { use({.seed = 7, .sellers = 3, .quotas = false}); }

    net::Response set_status(const std::string& id, const json::Object& body) {
        return control("POST", "orders/" + id + "/status", body);
    }
    std::string status_of(const std::string& id) {
        return text_at(shown(id), "fulfillment.fulfillmentStatus");
    }
    json::Value ledger() { return body_of(control("GET", "ledger")); }
    int refused(const json::Object& changes) {
        return control("POST", "orders", wanted_order(changes)).status;
    }
    static json::Array one_line(json::Object line) {
        if (!line.contains("sku")) line["sku"] = "MOKA-3T";
        if (!line.contains("quantity")) line["quantity"] = 1;
        if (!line.contains("unit_price")) line["unit_price"] = "10.00";
        return {std::move(line)};
    }
};

TEST_F(Control, tells_the_clock_and_its_speed) {
    EXPECT_EQ(control("GET", "clock").body, R"({"now":"2026-11-23T08:00:00.000Z","speed":0})");
    EXPECT_EQ(body_of(control("GET", "clock")).as_object().size(), 2U);
}

TEST_F(Control, moves_the_clock_forward) {
    const net::Response response = control("POST", "clock", json::Object{{"advance_s", 120}});
    EXPECT_EQ(text_at(body_of(response), "now"), "2026-11-23T08:02:00.000Z");
    EXPECT_EQ(now(), kStart + minutes(2));
}

TEST_F(Control, the_clock_does_not_go_back_nor_out_of_sight) {
    EXPECT_EQ(control("POST", "clock", json::Object{{"advance_s", -1}}).status, 422);
    EXPECT_EQ(control("POST", "clock", json::Object{{"advance_s", 9'000'000'000'000}}).status, 422);
    EXPECT_EQ(control("POST", "clock", json::Object{{"advance", 1}}).status, 422);
    EXPECT_EQ(now(), kStart);
}

TEST_F(Control, shows_the_sellers_with_what_an_account_needs) {
    const json::Value sellers = body_of(control("GET", "sellers"));
    ASSERT_EQ(sellers.as_array().size(), 3U);
    const json::Value& first = sellers.as_array()[0];
    for (const char* name : {"seller_id", "client_id", "client_secret", "refresh_token"})
        EXPECT_NE(text_at(first, name), "") << name;
    EXPECT_EQ(text_at(first, "region"), "eu");
    EXPECT_EQ(first.at("marketplaces"), json::Value(json::Array{"IT"}));
    EXPECT_EQ(sellers.as_array()[2].at("marketplaces"), json::Value(json::Array{"IT", "DE"}));
}

TEST_F(Control, shows_the_skus_of_a_seller) {
    const json::Value sellers = body_of(control("GET", "sellers"));
    const json::Array& skus = sellers.as_array()[0].at("skus").as_array();
    EXPECT_EQ(skus.size(), 12U);
    EXPECT_EQ(text_at(skus[0], "sku"), "MOKA-3T");
    EXPECT_THAT(text_at(skus[0], "asin"), testing::MatchesRegex("B0[A-Z0-9]{8}"));
}

TEST_F(Control, an_order_is_as_it_was_asked_for) {
    const json::Value order = place({{"lines", one_line({{"quantity", 2},
                                                         {"unit_price", "29.95"},
                                                         {"tax", "13.18"},
                                                         {"shipping", "4.90"},
                                                         {"discount", "1.50"},
                                                         {"gift_wrap", "2.00"}})}});
    EXPECT_THAT(text_at(order, "orderId"), testing::MatchesRegex("40[2-8]-[0-9]{7}-[0-9]{7}"));
    EXPECT_EQ(text_at(order, "fulfillment.fulfillmentStatus"), "UNSHIPPED");
    EXPECT_EQ(text_at(order, "fulfillment.fulfilledBy"), "MERCHANT");
    EXPECT_EQ(text_at(order, "salesChannel.marketplaceId"), kItaly);
    EXPECT_EQ(text_at(order, "orderItems[0].product.sellerSku"), "MOKA-3T");
    EXPECT_EQ(text_at(order, "orderItems[0].product.title"), "Caffettiera moka in alluminio, 3 tazze");
    EXPECT_EQ(text_at(order, "orderItems[0].product.price.unitPrice.amount"), "29.95");
    // 2 x 29.95 + 13.18 + 4.90 + 2.00 - 1.50
    EXPECT_EQ(text_at(order, "orderItems[0].proceeds.proceedsTotal.amount"), "78.48");
    EXPECT_EQ(text_at(order, "proceeds.grandTotal.amount"), "78.48");
}

TEST_F(Control, a_pending_order_shows_neither_people_nor_money) {
    const json::Value order = place({{"status", "PENDING"}});
    for (const char* hidden : {"buyer", "recipient", "proceeds", "payment"})
        EXPECT_FALSE(order.as_object().contains(hidden)) << hidden;
    EXPECT_EQ(json::find(order, "orderItems[0].product.price"), nullptr);
    EXPECT_EQ(json::find(order, "orderItems[0].proceeds"), nullptr);
}

TEST_F(Control, an_id_of_ones_own_is_taken_once) {
    EXPECT_EQ(place_id({{"order_id", "402-1111111-2222222"}}), "402-1111111-2222222");
    EXPECT_EQ(refused({{"order_id", "402-1111111-2222222"}}), 409);
}

TEST_F(Control, an_order_may_be_older_than_now) {
    const json::Value order = place({{"created_at", "2026-11-20T10:00:00Z"}});
    EXPECT_EQ(text_at(order, "createdTime"), "2026-11-20T10:00:00.000Z");
    EXPECT_EQ(text_at(order, "lastUpdatedTime"), "2026-11-23T08:00:00.000Z");
    EXPECT_EQ(text_at(order, "fulfillment.shipByWindow.latestDateTime"), "2026-11-22T23:59:59.999Z");
}

TEST_F(Control, every_documented_program_is_taken) {
    for (const char* program :
         {"AMAZON_BAZAAR", "AMAZON_BUSINESS", "AMAZON_EASY_SHIP", "AMAZON_HAUL", "DELIVERY_BY_AMAZON",
          "FBM_SHIP_PLUS", "INVOICE_BY_AMAZON", "IN_STORE_PICK_UP", "PREMIUM", "PREORDER", "PRIME"})
        EXPECT_EQ(place({{"programs", json::Array{program}}}).at("programs"),
                  json::Value(json::Array{program}));
}

TEST_F(Control, a_business_order_has_a_company_and_a_purchase_order_number) {
    control("POST", "sellers/" + seller().seller_id + "/roles",
            json::Object{{"roles", json::Array{"shipping", "tax"}}});
    const json::Value order = place({{"programs", json::Array{"AMAZON_BUSINESS"}}});
    EXPECT_NE(text_at(order, "buyer.buyerCompanyName"), "");
    EXPECT_THAT(text_at(order, "buyer.buyerPurchaseOrderNumber"), testing::MatchesRegex("PO-[0-9]{6}"));
    EXPECT_EQ(text_at(order, "orderItems[0].product.price.priceDesignation"), "BUSINESS_PRICE");
    EXPECT_EQ(text_at(order, "tax.taxRegistrations[0].entityType"), "BUYER");
}

TEST_F(Control, an_easy_ship_order_has_a_fulfilment_order) {
    const json::Value order = place({{"programs", json::Array{"AMAZON_EASY_SHIP"}}});
    EXPECT_NE(text_at(order, "fulfillmentOrders[0].fulfillmentOrderId"), "");
    EXPECT_FALSE(place().as_object().contains("fulfillmentOrders"));
}

TEST_F(Control, a_replacement_names_the_original_and_has_no_money) {
    const json::Value order = place({{"replaces", "402-1111111-2222222"}});
    EXPECT_EQ(text_at(order, "associatedOrders[0].orderId"), "402-1111111-2222222");
    EXPECT_EQ(text_at(order, "associatedOrders[0].associationType"), "REPLACEMENT_ORIGINAL_ID");
    EXPECT_FALSE(order.as_object().contains("proceeds"));
}

TEST_F(Control, a_gift_has_its_message_and_its_wrap) {
    const json::Value order =
        place({{"lines", one_line({{"gift_wrap", "2.45"}, {"gift_message", "Auguri!"}})}});
    EXPECT_EQ(json::serialize(*json::find(order, "orderItems[0].fulfillment.packing.giftOption")),
              R"({"giftMessage":"Auguri!","giftWrapLevel":"STANDARD"})");
    EXPECT_THAT(json::serialize(order), testing::HasSubstr(R"({"type":"GIFT_WRAP","subtotal":)"
                                                           R"({"amount":"2.45","currencyCode":"EUR"}})"));
}

TEST_F(Control, a_gift_without_a_wrap_has_no_level) {
    const json::Value order = place({{"lines", one_line({{"gift_message", "Auguri!"}})}});
    EXPECT_EQ(json::serialize(*json::find(order, "orderItems[0].fulfillment.packing.giftOption")),
              R"({"giftMessage":"Auguri!"})");
}

TEST_F(Control, a_stated_total_need_not_be_the_sum) {
    const json::Value order = place({{"stated_total", "99.99"}});
    EXPECT_EQ(text_at(order, "proceeds.grandTotal.amount"), "99.99");
    EXPECT_EQ(text_at(order, "orderItems[0].proceeds.proceedsTotal.amount"), "24.40");
    EXPECT_EQ(refused({{"stated_total", "much"}}), 422);
}

TEST_F(Control, withheld_data_leaves_what_is_not_personal) {
    const json::Value order =
        place({{"withhold_recipient", true}, {"lines", one_line({{"gift_message", "Ciao"}})}});
    const json::Value& address = *json::find(order, "recipient.deliveryAddress");
    for (const char* hidden : {"name", "addressLine1", "addressLine2", "postalCode", "phone"})
        EXPECT_FALSE(address.as_object().contains(hidden)) << hidden;
    for (const char* left : {"city", "stateOrRegion", "countryCode"})
        EXPECT_NE(text_at(address, left), "") << left;
    EXPECT_FALSE(order.as_object().contains("buyer"));
    EXPECT_EQ(json::find(order, "orderItems[0].fulfillment.packing"), nullptr);
}

TEST_F(Control, the_ledger_shows_withheld_data_too) {
    place({{"withhold_recipient", true}});
    EXPECT_NE(text_at(ledger(), "orders[0].order.recipient.deliveryAddress.name"), "");
    EXPECT_NE(text_at(ledger(), "orders[0].order.buyer.buyerEmail"), "");
}

TEST_F(Control, a_recipient_and_a_buyer_of_ones_own_are_shown) {
    const json::Value order = place({{"recipient", json::Object{{"name", "Ada Neri"},
                                                                {"line1", "Via Nuova 1"},
                                                                {"line3", "Piano 2"},
                                                                {"city", "Trieste"},
                                                                {"district", "Centro"},
                                                                {"postal_code", "34121"},
                                                                {"country", "IT"},
                                                                {"address_type", "PICKUP_POINT"}}},
                                     {"buyer", json::Object{{"name", "Neri Srl"}, {"company", "Neri Srl"}}}});
    EXPECT_EQ(text_at(order, "recipient.deliveryAddress.addressLine3"), "Piano 2");
    EXPECT_EQ(text_at(order, "recipient.deliveryAddress.districtOrCounty"), "Centro");
    EXPECT_EQ(text_at(order, "recipient.deliveryAddress.addressType"), "PICKUP_POINT");
    EXPECT_EQ(text_at(order, "buyer.buyerName"), "Neri Srl");
    EXPECT_THAT(text_at(order, "buyer.buyerEmail"), testing::EndsWith("@marketplace.amazon.it"));
}

TEST_F(Control, without_a_buyer_the_recipient_is_the_buyer) {
    const json::Value order =
        place({{"recipient", json::Object{{"name", "Ada Neri"}, {"line1", "Via Nuova 1"}}}});
    EXPECT_EQ(text_at(order, "buyer.buyerName"), "Ada Neri");
}

TEST_F(Control, every_marketplace_is_taken_in_its_currency_and_becomes_the_sellers) {
    for (const domain::Marketplace& marketplace : domain::marketplaces()) {
        const json::Value order =
            place({{"marketplace", marketplace.country}, {"lines", one_line({{"unit_price", "2995"}})}});
        EXPECT_EQ(text_at(order, "salesChannel.marketplaceId"), marketplace.id);
        EXPECT_EQ(text_at(order, "proceeds.grandTotal.currencyCode"), marketplace.currency);
    }
    EXPECT_EQ(seller().marketplaces.size(), 23U);
    EXPECT_EQ(body_of(call("GET", kParticipations)).at("payload").as_array().size(), 23U);
}

TEST_F(Control, yen_have_no_decimals) {
    const json::Value order = place({{"marketplace", "JP"}, {"lines", one_line({{"unit_price", "2995"}})}});
    EXPECT_EQ(text_at(order, "proceeds.grandTotal.amount"), "2995");
    EXPECT_EQ(refused({{"marketplace", "JP"}, {"lines", one_line({{"unit_price", "29.95"}})}}), 422);
}

TEST_F(Control, an_order_that_cannot_be_is_refused) {
    EXPECT_EQ(refused({{"seller_id", "A0"}}), 422);
    EXPECT_EQ(refused({{"marketplace", "XX"}}), 422);
    EXPECT_EQ(refused({{"lines", json::Array{}}}), 422);
    EXPECT_EQ(refused({{"lines", one_line({{"quantity", 0}})}}), 422);
    EXPECT_EQ(refused({{"lines", one_line({{"unit_price", "1,50"}})}}), 422);
    EXPECT_EQ(refused({{"status", "CANCELED"}}), 422);
    EXPECT_EQ(refused({{"status", "UNFULFILLABLE"}}), 422);
    EXPECT_EQ(refused({{"fulfilled_by", "MFN"}}), 422);
    EXPECT_EQ(refused({{"programs", json::Array{"SHIP_PLUS"}}}), 422);
    EXPECT_EQ(refused({{"created_at", "2026-11-24T00:00:00Z"}}), 422);
    EXPECT_EQ(refused({{"stated_totl", "1.00"}}), 422);
    EXPECT_EQ(ledger().at("orders").as_array().size(), 0U);
}

TEST_F(Control, a_new_order_that_is_shipped_has_its_units_and_a_package) {
    const json::Value order = place({{"status", "SHIPPED"}});
    EXPECT_EQ(*json::find(order, "orderItems[0].fulfillment.quantityFulfilled"), 2);
    EXPECT_EQ(order.at("packages").as_array().size(), 1U);
}

TEST_F(Control, a_new_order_that_is_partially_shipped_has_shipped_one_unit) {
    const json::Value order = place({{"status", "PARTIALLY_SHIPPED"}});
    EXPECT_EQ(*json::find(order, "orderItems[0].fulfillment.quantityFulfilled"), 1);
    EXPECT_EQ(text_at(order, "fulfillment.fulfillmentStatus"), "PARTIALLY_SHIPPED");
    EXPECT_EQ(refused({{"status", "PARTIALLY_SHIPPED"}, {"lines", one_line({})}}), 422);
}

TEST_F(Control, what_amazon_fulfils_never_shows_packages) {
    const std::string born = place_id({{"fulfilled_by", "AMAZON"}, {"status", "SHIPPED"}});
    const std::string grown = place_id({{"fulfilled_by", "AMAZON"}});
    ASSERT_EQ(set_status(grown, {{"status", "SHIPPED"}}).status, 200);
    for (const std::string& id : {born, grown}) {
        const json::Value order = shown(id, "includedData=PACKAGES,FULFILLMENT");
        EXPECT_FALSE(order.as_object().contains("packages"));
        EXPECT_EQ(*json::find(order, "orderItems[0].fulfillment.quantityFulfilled"), 2);
    }
}

TEST_F(Control, what_amazon_fulfils_shows_almost_nothing_personal) {
    const json::Value order = place({{"fulfilled_by", "AMAZON"}});
    EXPECT_FALSE(order.as_object().contains("buyer"));
    EXPECT_EQ(json::find(order, "recipient.deliveryAddress.name"), nullptr);
    EXPECT_EQ(json::find(order, "recipient.deliveryAddress.phone"), nullptr);
    EXPECT_NE(text_at(order, "recipient.deliveryAddress.city"), "");
}

TEST_F(Control, moves_an_order_through_its_life) {
    const std::string id = place_id({{"status", "PENDING_AVAILABILITY"}});
    for (const char* status : {"PENDING", "UNSHIPPED", "SHIPPED"}) {
        advance(minutes(1));
        ASSERT_EQ(set_status(id, {{"status", status}}).status, 200) << status;
        EXPECT_EQ(status_of(id), status);
        EXPECT_EQ(text_at(shown(id), "lastUpdatedTime"), format_rfc3339(now()));
    }
}

TEST_F(Control, a_step_that_amazon_never_makes_is_refused) {
    const std::string id = place_id({{"status", "PENDING"}});
    EXPECT_EQ(set_status(id, {{"status", "SHIPPED"}}).status, 409);
    EXPECT_EQ(set_status(id, {{"status", "SENT"}}).status, 409);
    EXPECT_EQ(set_status("402-0000000-0000000", {{"status", "UNSHIPPED"}}).status, 404);
    EXPECT_EQ(status_of(id), "PENDING");
}

TEST_F(Control, ships_elsewhere_in_packages_with_numbers_of_their_own) {
    const std::string id = place_id();
    const auto ship = [](const json::Value& reference) {
        json::Object package{{"items", json::Array{json::Object{{"line", 1}, {"quantity", 1}}}},
                             {"tracking", "SC1"}};
        if (!reference.is_null()) package["reference_id"] = reference;
        return json::Object{{"status", "PARTIALLY_SHIPPED"}, {"packages", json::Array{package}}};
    };
    ASSERT_EQ(set_status(id, ship("2")).status, 200);
    json::Object rest = ship(nullptr);
    rest["status"] = "SHIPPED";
    ASSERT_EQ(set_status(id, rest).status, 200);
    const json::Value order = shown(id, "includedData=PACKAGES");
    EXPECT_EQ(text_at(order, "packages[0].packageReferenceId"), "2");
    EXPECT_EQ(text_at(order, "packages[1].packageReferenceId"), "3");
    EXPECT_EQ(text_at(order, "packages[1].trackingNumber"), "SC1");
    EXPECT_EQ(status_of(id), "SHIPPED");
}

TEST_F(Control, ships_no_more_units_elsewhere_than_are_open) {
    const std::string id = place_id();
    const json::Array three{json::Object{{"line", 1}, {"quantity", 3}}};
    EXPECT_EQ(
        set_status(id, {{"status", "SHIPPED"}, {"packages", json::Array{json::Object{{"items", three}}}}})
            .status,
        409);
    EXPECT_EQ(status_of(id), "UNSHIPPED");
}

TEST_F(Control, a_cancelled_order_says_who_cancelled_its_open_units) {
    const std::string id = place_id();
    ASSERT_EQ(set_status(id, {{"status", "CANCELLED"}}).status, 200);
    const json::Value order = shown(id, "includedData=CANCELLATION,FULFILLMENT");
    EXPECT_EQ(text_at(order, "orderItems[0].cancellation.cancellationExecution.cancelledBy"), "AMAZON");
    EXPECT_EQ(*json::find(order, "orderItems[0].fulfillment.quantityUnfulfilled"), 0);
}

TEST_F(Control, a_cancellation_after_the_buyers_request_is_the_buyers) {
    const std::string id = place_id();
    control("POST", "orders/" + id + "/cancel-request", json::Object{{"line", 1}, {"reason", "Too late"}});
    set_status(id, {{"status", "CANCELLED"}});
    EXPECT_EQ(text_at(shown(id, "includedData=CANCELLATION"),
                      "orderItems[0].cancellation.cancellationExecution.cancelledBy"),
              "BUYER");
}

TEST_F(Control, cancels_single_units) {
    const std::string id = place_id();
    const auto cancel = [&](int quantity) {
        return set_status(id,
                          {{"cancel_lines", json::Array{json::Object{{"line", 1}, {"quantity", quantity}}}}});
    };
    EXPECT_EQ(cancel(3).status, 409);
    ASSERT_EQ(cancel(1).status, 200);
    EXPECT_EQ(status_of(id), "UNSHIPPED");
    ASSERT_EQ(cancel(1).status, 200);
    EXPECT_EQ(status_of(id), "CANCELLED");
    EXPECT_EQ(set_status(id, {{"cancel_lines", json::Array{}}}).status, 409);
}

TEST_F(Control, units_cancelled_while_pending_leave_the_order_pending) {
    for (const char* status : {"PENDING", "PENDING_AVAILABILITY"}) {
        const std::string id = place_id({{"status", status}});
        const json::Object one{{"cancel_lines", json::Array{json::Object{{"line", 1}, {"quantity", 1}}}}};
        set_status(id, one);
        EXPECT_EQ(status_of(id), status);
        set_status(id, one);
        EXPECT_EQ(status_of(id), "CANCELLED");
    }
}

TEST_F(Control, a_buyers_request_is_shown_and_is_an_update) {
    const std::string id = place_id();
    advance(minutes(10));
    const net::Response response = control("POST", "orders/" + id + "/cancel-request",
                                           json::Object{{"line", 1}, {"reason", "Found it cheaper"}});
    ASSERT_EQ(response.status, 200);
    const json::Value order = shown(id, "includedData=CANCELLATION");
    EXPECT_EQ(json::serialize(*json::find(order, "orderItems[0].cancellation")),
              R"({"cancellationRequest":{"requester":"BUYER","cancelReason":"Found it cheaper"}})");
    EXPECT_EQ(text_at(order, "lastUpdatedTime"), format_rfc3339(now()));
    EXPECT_EQ(text_at(order, "fulfillment.fulfillmentStatus"), "UNSHIPPED");
}

TEST_F(Control, a_request_for_what_is_gone_is_refused) {
    const std::string shipped = place_id({{"status", "SHIPPED"}});
    const json::Object body{{"line", 1}};
    EXPECT_EQ(control("POST", "orders/" + shipped + "/cancel-request", body).status, 409);
    EXPECT_EQ(control("POST", "orders/none/cancel-request", body).status, 404);
    EXPECT_EQ(control("POST", "orders/" + place_id() + "/cancel-request", json::Object{{"line", 2}}).status,
              422);
}

TEST_F(Control, the_ledger_has_every_member_that_is_documented) {
    place();
    const json::Value whole = ledger();
    for (const char* name : {"orders", "quantities", "calls", "buckets"})
        EXPECT_TRUE(whole.as_object().contains(name)) << name;
    for (const char* name : {"seller_id", "order", "confirmations", "cancels", "refunds"})
        EXPECT_TRUE(whole.at("orders").as_array()[0].as_object().contains(name)) << name;
}

TEST_F(Control, one_entry_of_the_ledger_can_be_asked_for_alone) {
    const std::string id = place_id();
    EXPECT_EQ(body_of(control("GET", "orders/" + id)), ledger().at("orders").as_array()[0]);
    EXPECT_EQ(control("GET", "orders/none").status, 404);
}

TEST_F(Control, the_ledger_shows_what_is_left_of_the_quotas) {
    use({.seed = 7, .sellers = 3, .quotas = true});
    const std::string id = place_id();
    for (int i = 0; i < 31; ++i) call("GET", std::string(kSearch) + "/" + id);
    const json::Value bucket = ledger().at("buckets").as_array()[0];
    EXPECT_EQ(bucket.at("operation"), "getOrder");
    EXPECT_EQ(bucket.at("tokens_micro"), 0);
    EXPECT_EQ(bucket.at("refused"), 1) << "30 are allowed at once";
    advance(seconds(3));
    EXPECT_EQ(ledger().at("buckets").as_array()[0].at("tokens_micro"), 1'500'000);
}

TEST_F(Control, the_ledger_counts_calls_by_operation) {
    shown(place_id());
    search("lastUpdatedAfter=2026-11-01T00:00:00Z");
    search("");
    const json::Value calls = ledger().at("calls");
    EXPECT_EQ(calls.at("token"), 1);
    EXPECT_EQ(calls.at("getOrder"), 1);
    EXPECT_EQ(calls.at("searchOrders"), 2);
}

}  // namespace
}  // namespace fairway::sandbox
