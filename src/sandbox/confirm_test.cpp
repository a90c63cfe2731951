#include <limits>

#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

json::Value time_text(UtcTime time) { return json::Value(format_rfc3339(time)); }

class Confirm : public SandboxTest {
protected:
    Confirm() { use({.seed = 7, .quotas = false}); }

    // An order of two lines, 2 and 3 pieces, placed an hour ago.
    void SetUp() override { take(place(two_lines())); }
    static json::Object two_lines(json::Object changes = {}) {
        changes["lines"] =
            json::Array{json::Object{{"sku", "MOKA-3T"}, {"quantity", 2}, {"unit_price", "10.00"}},
                        json::Object{{"sku", "MOKA-6T"}, {"quantity", 3}, {"unit_price", "20.00"}}};
        return changes;
    }
    void take(const json::Value& order) {
        order_ = text_at(order, "orderId");
        first_ = text_at(order, "orderItems[0].orderItemId");
        second_ = text_at(order, "orderItems[1].orderItemId");
        advance(minutes(50));
    }

    static json::Object item(const std::string& id, std::int64_t quantity) {
        return {{"orderItemId", id}, {"quantity", quantity}};
    }
    json::Object package(json::Array items, const std::string& reference = "1001") const {
        return {{"packageReferenceId", reference},   {"carrierCode", "BRT"},
                {"shippingMethod", "Express"},       {"trackingNumber", "TR-" + reference},
                {"shipDate", format_rfc3339(now())}, {"orderItems", std::move(items)}};
    }
    net::Response send_body(const json::Value& body) {
        token_ = new_token();
        return call("POST", "/orders/v0/orders/" + order_ + "/shipmentConfirmation", json::serialize(body));
    }
    net::Response confirm(const json::Value& package) {
        return send_body(json::Object{{"marketplaceId", kItaly}, {"packageDetail", package}});
    }
    // A package of everything with one member changed; null removes it.
    net::Response confirm_with(const std::string& member, const json::Value& value) {
        json::Object changed = package({item(first_, 2), item(second_, 3)});
        if (value.is_null()) changed.erase(member);
        else changed[member] = value;
        return confirm(changed);
    }
    std::string status() { return text_at(shown(order_), "fulfillment.fulfillmentStatus"); }
    json::Array packages() {
        const json::Value order = shown(order_, "includedData=PACKAGES");
        const json::Value* list = order.as_object().if_contains("packages");
        return list == nullptr ? json::Array{} : list->as_array();
    }

    std::string order_, first_, second_;
};

TEST_F(Confirm, is_answered_with_204_and_nothing) {
    const net::Response response = confirm(package({item(first_, 2), item(second_, 3)}));
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.body, "");
}

TEST_F(Confirm, the_status_follows_the_quantities) {
    ASSERT_EQ(confirm(package({item(first_, 2)})).status, 204);
    EXPECT_EQ(status(), "PARTIALLY_SHIPPED");
    ASSERT_EQ(confirm(package({item(second_, 2)}, "1002")).status, 204);
    EXPECT_EQ(status(), "PARTIALLY_SHIPPED");
    ASSERT_EQ(confirm(package({item(second_, 1)}, "1003")).status, 204);
    EXPECT_EQ(status(), "SHIPPED");
}

TEST_F(Confirm, counts_the_units_of_each_line) {
    ASSERT_EQ(confirm(package({item(first_, 2), item(second_, 1)})).status, 204);
    const json::Value order = shown(order_, "includedData=FULFILLMENT");
    EXPECT_EQ(*json::find(order, "orderItems[0].fulfillment.quantityFulfilled"), 2);
    EXPECT_EQ(*json::find(order, "orderItems[0].fulfillment.quantityUnfulfilled"), 0);
    EXPECT_EQ(*json::find(order, "orderItems[1].fulfillment.quantityFulfilled"), 1);
    EXPECT_EQ(*json::find(order, "orderItems[1].fulfillment.quantityUnfulfilled"), 2);
}

TEST_F(Confirm, is_an_update_of_the_order) {
    ASSERT_EQ(confirm(package({item(first_, 1)})).status, 204);
    EXPECT_EQ(text_at(shown(order_), "lastUpdatedTime"), format_rfc3339(now()));
}

TEST_F(Confirm, what_was_sent_is_the_package_that_is_read_back) {
    ASSERT_EQ(confirm(package({item(first_, 2), item(second_, 1)})).status, 204);
    ASSERT_EQ(packages().size(), 1U);
    const json::Value shown_package = packages()[0];
    EXPECT_EQ(text_at(shown_package, "packageReferenceId"), "1001");
    EXPECT_EQ(text_at(shown_package, "carrier"), "BRT");
    EXPECT_EQ(text_at(shown_package, "shippingService"), "Express");
    EXPECT_EQ(text_at(shown_package, "trackingNumber"), "TR-1001");
    EXPECT_EQ(text_at(shown_package, "shipTime"), format_rfc3339(now()));
    EXPECT_EQ(shown_package.at("packageItems"), json::Value(json::Array{item(first_, 2), item(second_, 1)}));
}

TEST_F(Confirm, the_name_of_another_carrier_is_shown) {
    json::Object other = package({item(first_, 1)});
    other["carrierCode"] = "Other";
    other["carrierName"] = "Corriere Espresso";
    ASSERT_EQ(confirm(other).status, 204);
    EXPECT_EQ(text_at(packages().at(0), "carrier"), "Corriere Espresso");
}

TEST_F(Confirm, several_packages_stand_side_by_side) {
    ASSERT_EQ(confirm(package({item(first_, 1)})).status, 204);
    ASSERT_EQ(confirm(package({item(first_, 1)}, "1002")).status, 204);
    EXPECT_EQ(packages().size(), 2U);
}

TEST_F(Confirm, the_same_package_again_edits_it_and_ships_nothing_more) {
    ASSERT_EQ(confirm(package({item(first_, 1)})).status, 204);
    json::Object edited = package({item(first_, 1)});
    edited["trackingNumber"] = "CORRECTED";
    edited["carrierCode"] = "DHL";
    ASSERT_EQ(confirm(edited).status, 204);
    ASSERT_EQ(packages().size(), 1U);
    EXPECT_EQ(text_at(packages()[0], "trackingNumber"), "CORRECTED");
    EXPECT_EQ(text_at(packages()[0], "carrier"), "DHL");
    EXPECT_EQ(
        *json::find(shown(order_, "includedData=FULFILLMENT"), "orderItems[0].fulfillment.quantityFulfilled"),
        1);
}

TEST_F(Confirm, a_package_of_a_shipped_order_can_be_edited) {
    ASSERT_EQ(confirm(package({item(first_, 2), item(second_, 3)})).status, 204);
    EXPECT_EQ(confirm_with("trackingNumber", "CORRECTED").status, 204);
    EXPECT_EQ(status(), "SHIPPED");
}

TEST_F(Confirm, a_new_package_of_a_shipped_order_is_refused) {
    ASSERT_EQ(confirm(package({item(first_, 2), item(second_, 3)})).status, 204);
    EXPECT_THAT(confirm(package({item(first_, 1)}, "1002")),
                RefusesSaying("Failed to create package due to not finding a matching package or order "
                              "already fulfilled. ErrorMessage(errorCode=GeneralError, "
                              "errorDescription=Unable to find package to update for order (), "
                              "errorMetric=PackageToUpdateNotFound, packageIndex=null)"));
}

TEST_F(Confirm, more_units_than_are_open_are_refused) {
    EXPECT_THAT(confirm(package({item(first_, 3)})),
                RefusesSaying("Quantity 3 for OrderItemId " + first_ + " exceeds the unshipped quantity."));
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(confirm(package({item(first_, 1), item(first_, kMost)})).status, 400);
    EXPECT_EQ(status(), "UNSHIPPED");
}

TEST_F(Confirm, a_line_named_twice_counts_twice) {
    EXPECT_EQ(confirm(package({item(second_, 2), item(second_, 2)})).status, 400);
    EXPECT_EQ(confirm(package({item(second_, 2), item(second_, 1)})).status, 204);
}

TEST_F(Confirm, cancelled_units_are_not_open) {
    ASSERT_EQ(control("POST", "orders/" + order_ + "/status",
                      json::Object{{"cancel_lines", json::Array{json::Object{{"line", 1}, {"quantity", 1}}}}})
                  .status,
              200);
    EXPECT_EQ(confirm(package({item(first_, 2)})).status, 400);
    EXPECT_EQ(confirm(package({item(first_, 1), item(second_, 3)})).status, 204);
    EXPECT_EQ(status(), "SHIPPED");
}

TEST_F(Confirm, a_numeric_package_reference_is_refused) {
    EXPECT_THAT(confirm_with("packageReferenceId", 1001),
                RefusesSaying("The input you have submitted is not valid. Please check the fields with "
                              "invalid type [packageDetail.packageReferenceId]."));
}

TEST_F(Confirm, a_package_reference_that_is_no_positive_number_is_refused) {
    for (const char* reference : {"A1", "", "0", "-1", "1.5"})
        EXPECT_THAT(confirm_with("packageReferenceId", reference),
                    RefusesSaying("PackageReferenceId: " + std::string(reference) +
                                  " is invalid, must be a positive numeric value."));
}

TEST_F(Confirm, an_unknown_item_is_refused) {
    EXPECT_THAT(confirm(package({item("12345", 1)})),
                RefusesSaying("OrderItemId 12345 is invalid, please obtain the value through the "
                              "getOrderItems API or Manage Orders page"));
}

TEST_F(Confirm, a_ship_date_in_another_format_is_invalid_input_with_a_space) {
    const net::Response response = confirm_with("shipDate", "02/21/2022");
    EXPECT_THAT(response, Refuses(400, "Invalid Input", ""));
    EXPECT_EQ(text_at(body_of(response), "errors[0].message"), "Invalid Input");
}

TEST_F(Confirm, a_ship_date_to_come_or_before_the_purchase_is_refused) {
    const std::string words = "ShipDate must not be in the future or before the purchase date.";
    EXPECT_THAT(confirm_with("shipDate", time_text(now() + milliseconds(1))), RefusesSaying(words));
    EXPECT_THAT(confirm_with("shipDate", time_text(kStart - milliseconds(1))), RefusesSaying(words));
    EXPECT_EQ(confirm_with("shipDate", time_text(kStart)).status, 204);
}

TEST_F(Confirm, every_required_member_is_required) {
    for (const char* member :
         {"packageReferenceId", "carrierCode", "trackingNumber", "shipDate", "orderItems"})
        EXPECT_EQ(confirm_with(member, nullptr).status, 400) << member;
    EXPECT_EQ(send_body(json::Object{{"packageDetail", package({item(first_, 1)})}}).status, 400);
    EXPECT_EQ(send_body(json::Object{{"marketplaceId", kItaly}}).status, 400);
    EXPECT_EQ(status(), "UNSHIPPED");
}

TEST_F(Confirm, empty_members_are_refused) {
    EXPECT_THAT(confirm_with("carrierCode", ""), RefusesSaying("CarrierCode is required."));
    EXPECT_THAT(confirm_with("trackingNumber", ""), RefusesSaying("TrackingNumber is required."));
    EXPECT_THAT(confirm_with("orderItems", json::Array{}), RefusesSaying("OrderItems must not be empty."));
    EXPECT_THAT(confirm(package({item(first_, 0)})), RefusesSaying("Quantity must be positive."));
}

TEST_F(Confirm, another_carrier_needs_a_name) {
    EXPECT_THAT(confirm_with("carrierCode", "Other"),
                RefusesSaying("CarrierName is required when CarrierCode is Other."));
}

TEST_F(Confirm, a_quantity_that_is_a_text_is_refused) {
    EXPECT_EQ(confirm(package({json::Object{{"orderItemId", first_}, {"quantity", "1"}}})).status, 400);
}

TEST_F(Confirm, direct_payment_is_the_only_collection_method_and_japanese) {
    const auto send_method = [&](const char* method, std::string_view marketplace) {
        return send_body(json::Object{{"marketplaceId", marketplace},
                                      {"codCollectionMethod", method},
                                      {"packageDetail", package({item(first_, 1)})}});
    };
    EXPECT_THAT(send_method("DirectPayment", kItaly),
                RefusesSaying("CodCollectionMethod is only supported in the JP marketplace."));
    const json::Array lines{json::Object{{"sku", "MOKA-3T"}, {"unit_price", "1990"}},
                            json::Object{{"sku", "MOKA-6T"}, {"unit_price", "2990"}}};
    take(place({{"marketplace", "JP"}, {"lines", lines}}));
    EXPECT_EQ(send_method("Cash", "A1VC38T7YXB528").status, 400);
    EXPECT_EQ(send_method("DirectPayment", "A1VC38T7YXB528").status, 204);
}

TEST_F(Confirm, a_marketplace_that_does_not_exist_is_not_defined) {
    const auto response =
        send_body(json::Object{{"marketplaceId", "1"}, {"packageDetail", package({item(first_, 1)})}});
    EXPECT_THAT(response, RefusesSaying("Marketplace ID is not defined"));
    EXPECT_THAT(response, Refuses(400, "InvalidInput", "1001"));
}

TEST_F(Confirm, an_id_that_is_no_order_id_is_refused) {
    order_ = "402-1";
    EXPECT_THAT(confirm(package({item(first_, 1)})),
                RefusesSaying("OrderId: 402-1 is invalid, should be in 3-7-7 format."));
}

TEST_F(Confirm, the_marketplace_must_be_the_orders) {
    const auto response =
        send_body(json::Object{{"marketplaceId", kGermany}, {"packageDetail", package({item(first_, 1)})}});
    EXPECT_THAT(response,
                RefusesSaying("MarketplaceId: " + std::string(kGermany) + " does not belong to the order."));
}

TEST_F(Confirm, a_body_that_is_no_json_is_refused) {
    EXPECT_EQ(call("POST", "/orders/v0/orders/" + order_ + "/shipmentConfirmation", "{").status, 400);
}

TEST_F(Confirm, an_unknown_order_is_not_found) {
    order_ = "402-0000000-0000000";
    EXPECT_THAT(confirm(package({item(first_, 1)})), Refuses(404, "NotFound", ""));
}

TEST_F(Confirm, another_sellers_order_is_not_found) {
    use({.seed = 7, .sellers = 2, .quotas = false});
    take(place(two_lines({{"seller_id", seller(2).seller_id}})));
    EXPECT_EQ(confirm(package({item(first_, 1)})).status, 404);
}

TEST_F(Confirm, what_amazon_fulfils_is_refused) {
    take(place(two_lines({{"fulfilled_by", "AMAZON"}})));
    EXPECT_THAT(confirm(package({item(first_, 1)})),
                RefusesSaying("Order " + order_ + " is fulfilled by Amazon and cannot be confirmed."));
}

TEST_F(Confirm, orders_whose_label_is_bought_at_amazon_are_refused) {
    for (const char* program : {"FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"}) {
        take(place(two_lines({{"programs", json::Array{program}}})));
        EXPECT_EQ(confirm(package({item(first_, 1)})).status, 400) << program;
        EXPECT_EQ(status(), "UNSHIPPED");
    }
}

TEST_F(Confirm, orders_that_are_not_ready_or_gone_are_refused) {
    for (const char* state : {"PENDING", "PENDING_AVAILABILITY", "CANCELLED"}) {
        take(place(two_lines({{"status", state}})));
        EXPECT_EQ(confirm(package({item(first_, 1)})).status, 400) << state;
        EXPECT_EQ(status(), state);
    }
}

TEST_F(Confirm, members_that_the_model_lacks_are_overlooked) {
    EXPECT_EQ(confirm_with("packageWeight", "1 kg").status, 204);
}

TEST_F(Confirm, the_ledger_keeps_what_was_accepted_as_it_was_sent) {
    const json::Object sent = package({item(first_, 2)});
    ASSERT_EQ(confirm(sent).status, 204);
    ASSERT_EQ(confirm(package({item(first_, 9)}, "1002")).status, 400);
    const json::Value ledger = body_of(control("GET", "ledger"));
    const json::Value* confirmations = json::find(ledger, "orders[0].confirmations");
    ASSERT_NE(confirmations, nullptr);
    EXPECT_EQ(*confirmations,
              json::Value(json::Array{json::Object{{"marketplaceId", kItaly}, {"packageDetail", sent}}}));
}

}  // namespace
}  // namespace fairway::sandbox
