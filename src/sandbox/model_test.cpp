// Every answer of the sandbox, held against Amazon's published models.
#include "sandbox/flavour.hpp"
#include "sandbox/model_validator_test.hpp"
#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

using testing::IsEmpty;

constexpr const char* kEverything =
    "includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,"
    "FULFILLMENT_ORDERS";

// The call that a case lists.
net::Request request_of(const StaticOperation& operation, const StaticCase& listed,
                        const std::string& token) {
    std::string path = operation.path;
    QueryPairs query;
    std::string body;
    for (const auto& [name, value] : listed.parameters) {
        const std::string place = "{" + name + "}";
        std::string text = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
        if (value.is_array()) {
            text.clear();
            for (const json::Value& each : value.as_array())
                text += (text.empty() ? "" : ",") + std::string(each.as_string());
        }
        if (name == "body") body = json::serialize(value);
        else if (const auto at = path.find(place); at != std::string::npos)
            path.replace(at, place.size(), percent_encode(text));
        else query.emplace_back(name, text);
    }
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{'))
        path.replace(at, path.find('}', at) - at + 1, "any");
    net::Request made{.method = operation.method, .path = {}, .body = body};
    EXPECT_TRUE(net::set_target(made, query.empty() ? path : path + "?" + format_query(query)));
    made.headers.add("x-amz-access-token", token);
    return made;
}

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
    net::Response make(std::string_view flavour, std::string_view country, const char* fulfilled_by) {
        return control("POST", "orders",
                       json::Object{{"seller_id", seller().seller_id},
                                    {"marketplace", country},
                                    {"flavour", flavour},
                                    {"fulfilled_by", fulfilled_by}});
    }
    void set_roles(json::Array roles, const char* without) {
        control("POST", "sellers/" + seller().seller_id + "/roles",
                json::Object{{"roles", std::move(roles)}, {"without_role", without}});
    }
    // A confirmation of an order's first line that Amazon accepts, as an object that can be spoilt.
    json::Object confirmation_of(const json::Value& order) const {
        const json::Array items{
            json::Object{{"orderItemId", text_at(order, "orderItems[0].orderItemId")}, {"quantity", 1}}};
        return {{"marketplaceId", text_at(order, "salesChannel.marketplaceId")},
                {"packageDetail", json::Object{{"packageReferenceId", "1"},
                                               {"carrierCode", "BRT"},
                                               {"trackingNumber", "T1"},
                                               {"shipDate", format_rfc3339(now())},
                                               {"orderItems", items}}}};
    }
    net::Response confirm_spoilt(const json::Value& order, const char* member, const json::Value& value) {
        json::Object body = confirmation_of(order);
        json::Object& detail = body["packageDetail"].as_object();
        (detail.contains(member) ? detail : body)[member] = value;
        return confirm(text_at(order, "orderId"), json::serialize(body));
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

TEST_F(AmazonModel, fits_every_flavour_on_every_marketplace_for_every_role) {
    for (const auto& roles : {json::Array{"shipping", "tax"}, json::Array{"shipping"}, json::Array{}}) {
        set_roles(roles, "blank");
        for (const domain::Marketplace& marketplace : domain::marketplaces())
            for (const std::string_view flavour : flavour_names()) {
                const json::Value made = body_of(make(flavour, marketplace.country, "MERCHANT"));
                const net::Response read = get_order(text_at(made, "orderId"));
                EXPECT_THAT(check(orders(), "getOrder", read), IsEmpty()) << read.body;
                EXPECT_EQ(json::Value(body_of(read).at("order")), made);
            }
    }
}

TEST_F(AmazonModel, fits_what_amazon_fulfils_on_every_marketplace) {
    for (const domain::Marketplace& marketplace : domain::marketplaces()) {
        const json::Value made = body_of(make("several_lines", marketplace.country, "AMAZON"));
        EXPECT_THAT(check(orders(), "getOrder", get_order(text_at(made, "orderId"))), IsEmpty());
    }
}

TEST_F(AmazonModel, fits_the_days_of_sellers_on_all_marketplaces) {
    std::vector<std::string> all;
    for (const domain::Marketplace& marketplace : domain::marketplaces())
        all.emplace_back(marketplace.country);
    use({.seed = 7, .sellers = 23, .orders_per_minute = 2, .quotas = false, .marketplaces = all});
    advance(hours(8));
    std::size_t seen = 0;
    for (std::size_t number = 1; number <= all.size(); ++number) {
        const net::Response page =
            call_with(new_token(number), "GET", std::string(kSearch) + "?" + all_updates());
        EXPECT_THAT(check(orders(), "searchOrders", page), IsEmpty());
        seen += body_of(page).at("orders").as_array().size();
    }
    EXPECT_GT(seen, 800U);
}

TEST_F(AmazonModel, fits_a_confirmation_and_every_refusal_of_one) {
    const json::Value order = place();
    const std::string id = text_at(order, "orderId");
    ASSERT_THAT(orders_v0().problems_of("ConfirmShipmentRequest", confirmation_of(order)), IsEmpty());
    std::vector<net::Response> refused{
        confirm(id, "{}"),
        confirm(id, "{"),
        confirm("none", json::serialize(confirmation_of(order))),
        confirm("402-0000000-0000000", json::serialize(confirmation_of(order))),
        confirm_spoilt(order, "packageReferenceId", 1),
        confirm_spoilt(order, "packageReferenceId", "P1"),
        confirm_spoilt(order, "carrierCode", ""),
        confirm_spoilt(order, "carrierCode", "Other"),
        confirm_spoilt(order, "trackingNumber", ""),
        confirm_spoilt(order, "shipDate", "02/21/2022"),
        confirm_spoilt(order, "shipDate", "2026-11-24T00:00:00Z"),
        confirm_spoilt(order, "orderItems", json::Array{}),
        confirm_spoilt(order, "orderItems", json::Array{json::Object{{"orderItemId", "1"}, {"quantity", 1}}}),
        confirm_spoilt(order, "marketplaceId", "1"),
        confirm_spoilt(order, "marketplaceId", json::Value(kGermany)),
        confirm_spoilt(order, "codCollectionMethod", "DirectPayment"),
        confirm_spoilt(place({{"fulfilled_by", "AMAZON"}}), "trackingNumber", "T"),
        confirm_spoilt(place({{"programs", json::Array{"FBM_SHIP_PLUS"}}}), "trackingNumber", "T"),
        confirm_spoilt(place({{"programs", json::Array{"AMAZON_EASY_SHIP"}}}), "trackingNumber", "T"),
        confirm_spoilt(place({{"status", "PENDING"}}), "trackingNumber", "T"),
        confirm_spoilt(place({{"status", "CANCELLED"}}), "trackingNumber", "T"),
        confirm_spoilt(place({{"status", "SHIPPED"}}), "packageReferenceId", "77"),
        send(request("POST", "/orders/v0/orders/" + id + "/shipmentConfirmation", "{}"))};
    for (const net::Response& each : refused) {
        EXPECT_GE(each.status, 400) << each.body;
        EXPECT_THAT(check(orders_v0(), "confirmShipment", each), IsEmpty()) << each.body;
    }
    for (int times = 0; times < 2; ++times) {
        const net::Response accepted = confirm(id, json::serialize(confirmation_of(order)));
        ASSERT_EQ(accepted.status, 204) << accepted.body;
        EXPECT_THAT(check(orders_v0(), "confirmShipment", accepted), IsEmpty());
    }
}

TEST_F(AmazonModel, fits_every_error_of_a_read) {
    const std::string since = "lastUpdatedAfter=2026-11-01T00:00:00Z";
    std::vector<net::Response> refused{search(""),
                                       search("createdAfter=now"),
                                       search(since + "&createdBefore=2026-11-01T00:00:00Z"),
                                       search(since + "&lastUpdatedBefore=2030-01-01T00:00:00Z"),
                                       search(since + "&marketplaceIds=IT"),
                                       search(since + "&marketplaceIds=ATVPDKIKX0DER"),
                                       search(since + "&fulfillmentStatuses=Shipped"),
                                       search(since + "&fulfilledBy=MFN"),
                                       search(since + "&maxResultsPerPage=0"),
                                       search(since + "&includedData=ALL"),
                                       search(since + "&paginationToken=abc"),
                                       call_with("Atza|none", "GET", std::string(kSearch) + "?" + since),
                                       send(request("GET", kSearch))};
    set_roles({}, "403");
    refused.push_back(search(since));
    set_roles({"shipping"}, "403");
    for (const net::Response& each : refused) {
        EXPECT_GE(each.status, 400) << each.body;
        EXPECT_THAT(check(orders(), "searchOrders", each), IsEmpty()) << each.body;
    }
    for (const char* id : {"402-0000000-0000000", "none"})
        EXPECT_THAT(check(orders(), "getOrder", get_order(id)), IsEmpty()) << id;
    EXPECT_THAT(check(sellers(), "getMarketplaceParticipations", send(request("GET", kParticipations))),
                IsEmpty());
}

TEST_F(AmazonModel, fits_every_refusal_that_a_fault_brings) {
    for (const char* kind : {"400", "429", "500", "503", "token_dies"}) {
        control("DELETE", "faults");
        control("POST", "faults",
                json::Object{{"kind", kind}, {"operation", "searchOrders"}, {"rate", 1}, {"count", 1}});
        const net::Response refused = search(all_updates());
        EXPECT_GE(refused.status, 400) << kind;
        EXPECT_THAT(check(orders(), "searchOrders", refused), IsEmpty()) << kind;
        token_.clear();
    }
}

// Amazon lists requests of its own sandbox in its models.
TEST_F(AmazonModel, replays_every_published_case) {
    std::size_t cases = 0;
    for (const char* file : {"orders_2026-01-01.json", "ordersV0.json", "sellers.json"}) {
        auto operations =
            std::make_shared<const std::vector<StaticOperation>>(read_static_operations(read_swagger(file)));
        use({.seed = 7, .quotas = false, .static_operations = operations});
        const std::string token = new_token();
        for (const StaticOperation& operation : *operations)
            for (const StaticCase& listed : operation.cases) {
                // getAccount lists a refusal for the very call that it also answers.
                if (operation.name == "getAccount" && listed.status == 400) continue;
                const net::Response response = send(request_of(operation, listed, token));
                EXPECT_EQ(response.status, listed.status) << operation.name;
                EXPECT_EQ(response.body, listed.body) << operation.name;
                ++cases;
            }
    }
    EXPECT_EQ(cases, 41U);
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
