#include "sandbox/faults.hpp"

#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

using net::Delivery;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr const char* kAll = "lastUpdatedAfter=2026-11-01T00:00:00Z";

class FaultTest : public SandboxTest {
protected:
    FaultTest() { use({.seed = 7, .sellers = 3, .quotas = false}); }

    // From now on every call of the operation.
    void always(const std::string& kind, const std::string& operation = "searchOrders") {
        const json::Object rule{{"kind", kind}, {"operation", operation}, {"rate", 1}};
        const net::Response response = control("POST", "faults", rule);
        ASSERT_EQ(response.status, 201) << response.body;
    }
    void never() { EXPECT_EQ(control("DELETE", "faults").status, 204); }
    std::string refusal(const json::Object& rule) {
        const net::Response response = control("POST", "faults", rule);
        EXPECT_EQ(response.status, 422);
        return text_at(body_of(response), "error");
    }
    // Old enough to be found, young enough for searches to be wrong about it.
    void become_visible() { advance(minutes(2)); }
    void settle() { advance(minutes(2) + kSettles); }

    net::Response confirm(const std::string& order) {
        const std::string item =
            text_at(body_of(control("GET", "ledger")), "orders[0].order.orderItems[0].orderItemId");
        const json::Object body{
            {"marketplaceId", kItaly},
            {"packageDetail", json::Object{{"packageReferenceId", "1"},
                                           {"carrierCode", "DHL"},
                                           {"trackingNumber", "JD1"},
                                           {"shipDate", format_rfc3339(now())},
                                           {"orderItems", json::Array{json::Object{{"orderItemId", item},
                                                                                   {"quantity", 2}}}}}}};
        return call("POST", "/orders/v0/orders/" + order + "/shipmentConfirmation", json::serialize(body));
    }
    std::string status_in_ledger() {
        return text_at(body_of(control("GET", "ledger")), "orders[0].order.fulfillment.fulfillmentStatus");
    }
};

TEST_F(FaultTest, a_rule_that_cannot_be_is_refused_with_its_field) {
    EXPECT_THAT(refusal({{"kind", "flood"}, {"operation", "*"}, {"rate", 1}}), HasSubstr("kind"));
    EXPECT_THAT(refusal({{"kind", "429"}, {"operation", "sing"}, {"rate", 1}}), HasSubstr("operation"));
    EXPECT_THAT(refusal({{"kind", "hide_rows"}, {"operation", "getOrder"}, {"rate", 1}}),
                HasSubstr("operation"));
    EXPECT_THAT(refusal({{"kind", "429"}, {"operation", "*"}, {"rate", 1.5}}), HasSubstr("rate"));
    EXPECT_THAT(refusal({{"kind", "429"}, {"operation", "*"}, {"rate", 1}, {"count", 0}}),
                HasSubstr("count"));
    EXPECT_THAT(refusal({{"kind", "429"}}), HasSubstr("operation"));
    EXPECT_THAT(body_of(control("GET", "faults")).as_array(), IsEmpty());
}

TEST_F(FaultTest, a_rate_is_any_number_from_0_to_1) {
    for (const json::Value& rate : {json::Value(0), json::Value(1), json::Value(0.25), json::Value(1u)}) {
        const json::Object rule{{"kind", "500"}, {"operation", "*"}, {"rate", rate}};
        EXPECT_EQ(control("POST", "faults", rule).status, 201) << json::serialize(rate);
    }
    EXPECT_THAT(refusal({{"kind", "500"}, {"operation", "*"}, {"rate", "1"}}), HasSubstr("rate"));
}

TEST_F(FaultTest, refusals_look_like_amazons) {
    for (const auto& [kind, status, code] :
         {std::tuple("400", 400, "InvalidInput"), std::tuple("429", 429, "QuotaExceeded"),
          std::tuple("500", 500, "InternalFailure"), std::tuple("503", 503, "ServiceUnavailable")}) {
        never();
        always(kind);
        EXPECT_THAT(search(kAll), Refuses(status, code, ""));
    }
    never();
    EXPECT_EQ(search(kAll).status, 200);
}

TEST_F(FaultTest, only_its_operation_is_struck_and_only_so_often) {
    const json::Object rule{{"kind", "500"}, {"operation", "searchOrders"}, {"rate", 1}, {"count", 2}};
    EXPECT_EQ(control("POST", "faults", rule).status, 201);
    EXPECT_EQ(call("GET", std::string(kParticipations)).status, 200);
    EXPECT_EQ(search(kAll).status, 500);
    EXPECT_EQ(search(kAll).status, 500);
    EXPECT_EQ(search(kAll).status, 200);
    EXPECT_EQ(body_of(control("GET", "faults")).at(0).at("hits").as_int64(), 2);
}

TEST_F(FaultTest, a_rate_is_kept_and_the_same_seed_strikes_the_same_calls) {
    const auto strikes = [](std::uint64_t seed) {
        Faults faults;
        EXPECT_FALSE(faults.add({.kind = "500", .operation = "*", .rate = 0.1, .seed = seed}));
        std::vector<int> struck;
        for (int i = 0; i < 10'000; ++i)
            if (faults.strike("getOrder")) struck.push_back(i);
        return struck;
    };
    EXPECT_EQ(strikes(1), strikes(1));
    EXPECT_NE(strikes(1), strikes(2));
    EXPECT_NEAR(static_cast<double>(strikes(1).size()), 1'000, 100);
}

TEST_F(FaultTest, a_call_cut_before_has_no_effect_and_one_cut_after_has_it) {
    const std::string order = place_id();
    for (const char* kind : {"cut_before", "time_before"}) {
        never();
        always(kind, "confirmShipment");
        EXPECT_NE(confirm(order).delivery, Delivery::whole);
        EXPECT_EQ(status_in_ledger(), "UNSHIPPED") << kind;
    }
    never();
    always("cut_after", "confirmShipment");
    EXPECT_EQ(confirm(order).delivery, Delivery::cut);
    EXPECT_EQ(status_in_ledger(), "SHIPPED");
}

TEST_F(FaultTest, an_answer_can_be_held_halved_delayed_or_no_json) {
    always("time_after");
    EXPECT_EQ(search(kAll).delivery, Delivery::held);
    never();
    always("truncate");
    EXPECT_EQ(search(kAll).delivery, Delivery::truncated);
    never();
    always("slow");
    EXPECT_EQ(search(kAll).delay, seconds(2));
    never();
    always("not_json");
    EXPECT_FALSE(json::parse(search(kAll).body));
}

TEST_F(FaultTest, the_token_service_is_struck_as_well) {
    always("503", "token");
    EXPECT_EQ(ask_token(credentials()).status, 503);
    never();
    EXPECT_EQ(ask_token(credentials()).status, 200);
}

TEST_F(FaultTest, a_token_dies_before_its_time) {
    EXPECT_EQ(search(kAll).status, 200);
    always("token_dies");
    EXPECT_THAT(search(kAll), Refuses(403, "Unauthorized", "The access token you provided has expired."));
    never();
    EXPECT_EQ(search(kAll).status, 403);
    token_.clear();
    EXPECT_EQ(search(kAll).status, 200);
}

TEST_F(FaultTest, the_clock_of_an_answer_can_be_wrong) {
    always("clock_skew");
    EXPECT_EQ(header(search(kAll), "Date"), format_http_date(now() + minutes(5)));
    EXPECT_EQ(header(call("GET", std::string(kParticipations)), "Date"), format_http_date(now()));
}

TEST_F(FaultTest, hidden_rows_are_shown_once_the_index_has_settled) {
    for (int i = 0; i < 10; ++i) place_id();
    become_visible();
    always("hide_rows");
    const std::size_t shown_now = found(kAll).size();
    EXPECT_GT(shown_now, 0u);
    EXPECT_LT(shown_now, 10u);
    advance(kSettles);
    EXPECT_THAT(found(kAll), SizeIs(10));
}

TEST_F(FaultTest, repeated_and_reordered_rows_lose_none) {
    std::set<std::string> placed;
    for (int i = 0; i < 10; ++i) placed.insert(place_id());
    settle();
    always("repeat_rows");
    const auto repeated = found(kAll);
    EXPECT_GT(repeated.size(), 10u);
    EXPECT_EQ((std::set<std::string>(repeated.begin(), repeated.end())), placed);
    never();
    const auto in_order = found(kAll);
    always("reorder_rows");
    const auto reordered = found(kAll);
    EXPECT_NE(reordered, in_order);
    EXPECT_THAT(reordered, testing::UnorderedElementsAreArray(in_order));
}

// Every second row on the average; with ten orders one of them is struck.
TEST_F(FaultTest, an_older_version_follows_a_newer_one_with_its_own_or_the_newer_time) {
    for (const bool equal : {false, true}) {
        use({.seed = 7, .sellers = 3, .quotas = false});
        std::vector<std::string> orders;
        for (int i = 0; i < 10; ++i) orders.push_back(place_id({{"status", "PENDING"}}));
        const std::string first_time = format_rfc3339(now());
        always(equal ? "equal_times" : "stale_rows");
        settle();
        EXPECT_THAT(found(kAll), SizeIs(10));
        for (const std::string& order : orders)
            control("POST", "orders/" + order + "/status", json::Object{{"status", "UNSHIPPED"}});
        const std::string second_time = format_rfc3339(now());
        become_visible();
        int older = 0;
        const json::Value page = body_of(search(kAll));
        for (const json::Value& row : page.at("orders").as_array()) {
            const bool is_old = text_at(row, "fulfillment.fulfillmentStatus") == "PENDING";
            older += is_old ? 1 : 0;
            EXPECT_EQ(text_at(row, "lastUpdatedTime"), is_old && !equal ? first_time : second_time);
        }
        EXPECT_GT(older, 0);
        EXPECT_LT(older, 10);
    }
}

TEST_F(FaultTest, unknown_members_and_values_and_rows_that_cannot_be_decoded) {
    for (int i = 0; i < 10; ++i) place_id();
    become_visible();
    always("unknown_values");
    EXPECT_THAT(search(kAll).body, HasSubstr("STATUS_OF_TOMORROW"));
    EXPECT_THAT(search(kAll).body, HasSubstr("sandboxNovelty"));
    never();
    always("undecodable_rows");
    EXPECT_THAT(search(kAll).body, HasSubstr("\"orderItems\":\"a text\""));
    advance(kSettles);
    EXPECT_THAT(search(kAll).body, testing::Not(HasSubstr("\"orderItems\":\"a text\"")));
}

}  // namespace
}  // namespace fairway::sandbox
