// Every answer of the sandbox, held against Amazon's published models.
#include "sandbox/model_validator_test.hpp"
#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

using testing::IsEmpty;

constexpr const char* kEverything =
    "includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,"
    "FULFILLMENT_ORDERS";

class AmazonModel : public SandboxTest {
protected:
    AmazonModel() { use({.seed = 7, .sellers = 3, .quotas = false}); }
    void SetUp() override {
        if (!facts_folder())
            GTEST_SKIP() << "FAIRWAY_FACTS is not set: name a folder with Amazon's models below it";
    }

    static const Model& orders() {
        static const Model model = read_model("orders_2026-01-01.json");
        return model;
    }
    static const Model& orders_v0() {
        static const Model model = read_model("ordersV0.json");
        return model;
    }
    static const Model& sellers() {
        static const Model model = read_model("sellers.json");
        return model;
    }
    static std::vector<std::string> check(const Model& model, const std::string& operation,
                                          const net::Response& response) {
        return model.problems(operation, response.status,
                              response.body.empty() ? json::Value() : body_of(response));
    }
    net::Response get_order(const std::string& id) {
        return call("GET", std::string(kSearch) + "/" + id + "?" + kEverything);
    }
    net::Response confirm(const std::string& id, const std::string& body) {
        return call("POST", "/orders/v0/orders/" + id + "/shipmentConfirmation", body);
    }
    std::string all_updates() const {
        return "lastUpdatedAfter=2026-11-01T00:00:00Z&" + std::string(kEverything);
    }
};

TEST_F(AmazonModel, fits_an_order_of_every_status_and_flavour) {
    std::vector<std::string> ids;
    for (const char* status :
         {"PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "CANCELLED"})
        for (const char* fulfilled_by : {"MERCHANT", "AMAZON"})
            ids.push_back(place_id({{"status", status}, {"fulfilled_by", fulfilled_by}}));
    ids.push_back(place_id({{"status", "UNFULFILLABLE"}, {"fulfilled_by", "AMAZON"}}));
    ids.push_back(place_id({{"replaces", "402-1111111-2222222"}}));
    ids.push_back(place_id({{"withhold_recipient", true}}));
    ids.push_back(place_id({{"programs", json::Array{"AMAZON_BUSINESS", "AMAZON_EASY_SHIP", "PRIME"}}}));
    ids.push_back(place_id({{"lines", json::Array{json::Object{{"sku", "A"},
                                                               {"quantity", 1},
                                                               {"unit_price", "10.00"},
                                                               {"tax", "3.00"},
                                                               {"shipping", "4.00"},
                                                               {"discount", "1.00"},
                                                               {"gift_wrap", "2.00"},
                                                               {"gift_message", "Auguri!"}}}}}));
    control("POST", "orders/" + ids.back() + "/cancel-request", json::Object{{"line", 1}});
    for (const std::string& id : ids)
        EXPECT_THAT(check(orders(), "getOrder", get_order(id)), IsEmpty()) << get_order(id).body;
}

TEST_F(AmazonModel, fits_pages_of_a_generated_day) {
    use({.seed = 7, .orders_per_minute = 1, .quotas = false});
    advance(hours(4));
    const net::Response page = search(all_updates());
    EXPECT_EQ(body_of(page).at("orders").as_array().size(), 100U);
    EXPECT_TRUE(body_of(page).as_object().contains("pagination"));
    EXPECT_THAT(check(orders(), "searchOrders", page), IsEmpty());
    EXPECT_THAT(check(orders(), "searchOrders", search("createdAfter=2026-11-01T00:00:00Z")), IsEmpty());
}

TEST_F(AmazonModel, fits_an_order_without_any_data_set) {
    EXPECT_THAT(check(orders(), "getOrder", call("GET", std::string(kSearch) + "/" + place_id())), IsEmpty());
}

TEST_F(AmazonModel, fits_the_participations) {
    EXPECT_THAT(check(sellers(), "getMarketplaceParticipations", call("GET", kParticipations)), IsEmpty());
}

TEST_F(AmazonModel, fits_a_confirmation_and_its_refusals) {
    const json::Value order = place();
    const std::string id = text_at(order, "orderId");
    const json::Object good{
        {"marketplaceId", kItaly},
        {"packageDetail",
         json::Object{{"packageReferenceId", "1"},
                      {"carrierCode", "BRT"},
                      {"trackingNumber", "T1"},
                      {"shipDate", format_rfc3339(now())},
                      {"orderItems",
                       json::Array{json::Object{{"orderItemId", text_at(order, "orderItems[0].orderItemId")},
                                                {"quantity", 2}}}}}}};
    ASSERT_THAT(orders_v0().problems_of("ConfirmShipmentRequest", good), IsEmpty());
    const net::Response accepted = confirm(id, json::serialize(good));
    ASSERT_EQ(accepted.status, 204);
    EXPECT_THAT(check(orders_v0(), "confirmShipment", accepted), IsEmpty());
    for (const auto& refused : {confirm(id, "{}"), confirm("402-0000000-0000000", json::serialize(good))})
        EXPECT_THAT(check(orders_v0(), "confirmShipment", refused), IsEmpty()) << refused.body;
}

TEST_F(AmazonModel, fits_every_error) {
    EXPECT_THAT(check(orders(), "searchOrders", search("")), IsEmpty());
    EXPECT_THAT(check(orders(), "searchOrders", send(request("GET", kSearch))), IsEmpty());
    EXPECT_THAT(check(orders(), "getOrder", get_order("402-0000000-0000000")), IsEmpty());
    EXPECT_THAT(check(sellers(), "getMarketplaceParticipations", send(request("GET", kParticipations))),
                IsEmpty());
}

TEST_F(AmazonModel, fits_a_throttled_answer) {
    use({.seed = 7});
    for (int i = 0; i < 20; ++i) search(all_updates());
    const net::Response throttled = search(all_updates());
    ASSERT_EQ(throttled.status, 429);
    EXPECT_THAT(check(orders(), "searchOrders", throttled), IsEmpty());
}

}  // namespace
}  // namespace fairway::sandbox
