// The gate in front of every operation: access, quota, and the headers around each answer.
#include "sandbox/world_test.hpp"

#include <set>

namespace fairway::sandbox {
namespace {

class Gate : public SandboxTest {};

TEST_F(Gate, refuses_a_call_without_a_token) {
    const net::Response response = send(request("GET", kParticipations));
    EXPECT_THAT(response, Refuses(403, "Unauthorized", "Access token is missing in the request header."));
    EXPECT_EQ(text_at(body_of(response), "errors[0].message"), "Access to requested resource is denied.");
}

TEST_F(Gate, refuses_a_token_that_it_never_gave) {
    EXPECT_THAT(
        call_with("Atza|made-up", "GET", kParticipations),
        Refuses(403, "Unauthorized", "The access token you provided is revoked, malformed or invalid."));
}

TEST_F(Gate, does_not_take_the_token_as_a_bearer) {
    net::Request made = request("GET", kParticipations);
    made.headers.add("Authorization", "Bearer " + new_token());
    EXPECT_EQ(send(std::move(made)).status, 403);
}

TEST_F(Gate, holds_a_seller_to_the_region_of_the_host) {
    const auto status = [&](const std::string& host) {
        net::Request made = request("GET", kParticipations);
        made.headers.add("x-amz-access-token", new_token());
        made.headers.add("Host", host);
        return send(std::move(made)).status;
    };
    EXPECT_EQ(status("sellingpartnerapi-eu.amazon.com"), 200);
    EXPECT_EQ(status("sandbox.sellingpartnerapi-eu.amazon.com"), 200);
    EXPECT_EQ(status("127.0.0.1:9400"), 200);
    EXPECT_EQ(status("sellingpartnerapi-na.amazon.com"), 403);
    EXPECT_EQ(status("sellingpartnerapi-fe.amazon.com"), 403);
}

TEST_F(Gate, gives_tokens_under_the_name_of_the_token_service_only) {
    const auto answer = [&](const std::string& host, net::Request made) {
        made.headers.add("x-amz-access-token", new_token());
        made.headers.add("Host", host);
        return send(std::move(made));
    };
    const auto token = [&] { return request("POST", "/auth/o2/token", format_query(credentials())); };
    EXPECT_EQ(answer("api.amazon.com", token()).status, 200);
    EXPECT_EQ(answer("127.0.0.1:9400", token()).status, 200);
    EXPECT_THAT(answer("sellingpartnerapi-eu.amazon.com", token()),
                Refuses(403, "MissingAuthenticationToken", ""));
    EXPECT_EQ(answer("api.amazon.com", request("GET", kParticipations)).status, 404);
}

TEST_F(Gate, refuses_a_user_agent_of_more_than_500_characters) {
    const auto status = [&](std::size_t length) {
        net::Request made = request("GET", kParticipations);
        made.headers.add("x-amz-access-token", new_token());
        made.headers.add("User-Agent", std::string(length, 'x'));
        return send(std::move(made)).status;
    };
    EXPECT_EQ(status(500), 200);
    EXPECT_EQ(status(501), 400);
}

TEST_F(Gate, answers_an_empty_header_with_html) {
    net::Request made = request("GET", kParticipations);
    made.headers.add("x-amz-access-token", new_token());
    made.headers.add("x-amz-date", "");
    EXPECT_EQ(header(send(std::move(made)), "Content-Type"), "text/html");
}

TEST_F(Gate, answers_a_get_with_a_body_with_html) {
    const net::Response response = call("GET", kParticipations, "{}");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(header(response, "Content-Type"), "text/html");
    EXPECT_THAT(response.body, testing::StartsWith("<html>"));
}

TEST_F(Gate, answers_two_hosts_with_html) {
    net::Request made = request("GET", kParticipations);
    made.headers.add("x-amz-access-token", new_token());
    made.headers.add("Host", "a");
    made.headers.add("Host", "b");
    EXPECT_EQ(header(send(std::move(made)), "Content-Type"), "text/html");
}

TEST_F(Gate, an_unknown_operation_is_not_found) {
    EXPECT_THAT(call("GET", "/orders/2099-01-01/orders"), Refuses(404, "NotFound", ""));
}

TEST_F(Gate, every_answer_has_a_request_id_of_its_own) {
    std::set<std::string> ids;
    ids.insert(header(call("GET", kParticipations), "x-amzn-RequestId"));
    ids.insert(header(call("GET", "/orders/2026-01-01/orders/402-0000000-0000000"), "x-amzn-RequestId"));
    ids.insert(header(send(request("GET", kParticipations)), "x-amzn-RequestId"));
    ids.insert(header(call("GET", "/nowhere"), "x-amzn-RequestId"));
    EXPECT_EQ(ids.size(), 4U);
    EXPECT_FALSE(ids.contains("(none)"));
}

TEST_F(Gate, every_date_is_on_the_clock_of_the_sandbox) {
    advance(days(3) + seconds(5));
    for (const auto& response : {call("GET", kParticipations), send(request("GET", kParticipations)),
                                 ask_token(credentials()), control("GET", "clock"), call("GET", "/nowhere")})
        EXPECT_EQ(header(response, "Date"), "Thu, 26 Nov 2026 08:00:05 GMT");
}

TEST_F(Gate, tells_the_rate_with_what_succeeds_and_what_is_wrong) {
    EXPECT_EQ(header(search("lastUpdatedAfter=2026-11-01T00:00:00Z"), "x-amzn-RateLimit-Limit"), "0.0056");
    EXPECT_EQ(header(search(""), "x-amzn-RateLimit-Limit"), "0.0056");
    EXPECT_EQ(header(call("GET", "/orders/2026-01-01/orders/402-0000000-0000000"), "x-amzn-RateLimit-Limit"),
              "0.5");
    EXPECT_EQ(header(call("GET", kParticipations), "x-amzn-RateLimit-Limit"), "0.016");
    const std::string confirm = "/orders/v0/orders/" + place_id() + "/shipmentConfirmation";
    EXPECT_EQ(header(call("POST", confirm, "{}"), "x-amzn-RateLimit-Limit"), "2");
}

TEST_F(Gate, tells_no_rate_with_a_403) {
    EXPECT_EQ(header(send(request("GET", kParticipations)), "x-amzn-RateLimit-Limit"), "(none)");
}

TEST_F(Gate, names_the_type_of_an_error) {
    EXPECT_EQ(header(send(request("GET", kParticipations)), "x-amzn-ErrorType"), "AccessDeniedException");
    EXPECT_EQ(header(search(""), "x-amzn-ErrorType"), "InvalidInputException");
    EXPECT_EQ(header(call("GET", kParticipations), "x-amzn-ErrorType"), "(none)");
}

TEST_F(Gate, a_throttled_call_is_answered_as_amazon_does) {
    for (int i = 0; i < 15; ++i) ASSERT_EQ(call("GET", kParticipations).status, 200);
    const net::Response response = call("GET", kParticipations);
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(response.body, R"({"errors":[{"code":"QuotaExceeded","message":)"
                             R"("You exceeded your quota for the requested resource.","details":""}]})");
    EXPECT_EQ(header(response, "x-amzn-RateLimit-Limit"), "(none)");
    EXPECT_EQ(header(response, "Retry-After"), "(none)");
    EXPECT_EQ(header(response, "x-amzn-ErrorType"), "QuotaExceededException");
}

TEST_F(Gate, without_quotas_nothing_is_throttled) {
    use({.seed = 7, .quotas = false});
    for (int i = 0; i < 40; ++i) ASSERT_EQ(call("GET", kParticipations).status, 200);
}

TEST_F(Gate, a_failing_call_costs_a_token_too) {
    for (int i = 0; i < 20; ++i) ASSERT_EQ(search("").status, 400);
    EXPECT_EQ(search("").status, 429);
}

TEST_F(Gate, sellers_and_operations_have_buckets_of_their_own) {
    for (int i = 0; i < 15; ++i) call("GET", kParticipations);
    ASSERT_EQ(call("GET", kParticipations).status, 429);
    EXPECT_EQ(call_with(new_token(2), "GET", kParticipations).status, 200);
    EXPECT_EQ(search("lastUpdatedAfter=2026-11-01T00:00:00Z").status, 200);
}

struct Plan {
    std::string_view operation;
    int burst;
    Duration one_more;  // after which an empty bucket holds one token
};

class QuotaPlan : public testing::TestWithParam<Plan> {};

TEST_P(QuotaPlan, is_exactly_amazons) {
    Quotas quotas;
    int taken = 0;
    while (quotas.take("A1", GetParam().operation, kStart)) ++taken;
    EXPECT_EQ(taken, GetParam().burst);
    const UtcTime full = kStart + GetParam().one_more;
    EXPECT_FALSE(quotas.take("A1", GetParam().operation, full - Duration(1)));
    EXPECT_TRUE(quotas.take("A1", GetParam().operation, full));
    EXPECT_FALSE(quotas.take("A1", GetParam().operation, full));
}

INSTANTIATE_TEST_SUITE_P(Every, QuotaPlan,
                         testing::Values(Plan{"searchOrders", 20, Duration(178'571'429)},
                                         Plan{"getOrder", 30, seconds(2)},
                                         Plan{"confirmShipment", 10, milliseconds(500)},
                                         Plan{"static", 15, milliseconds(200)},
                                         Plan{"getMarketplaceParticipations", 15, milliseconds(62'500)}),
                         [](const auto& info) { return std::string(info.param.operation); });

TEST(Quotas, a_bucket_holds_no_more_than_its_burst) {
    Quotas quotas;
    quotas.take("A1", "getOrder", kStart);
    int taken = 0;
    while (quotas.take("A1", "getOrder", kStart + days(1))) ++taken;
    EXPECT_EQ(taken, 30);
}

TEST(Quotas, looking_often_earns_nothing_extra) {
    Quotas quotas;
    while (quotas.take("A1", "searchOrders", kStart)) continue;
    int taken = 0;
    for (int second = 1; second <= 100 * 179; ++second)
        if (quotas.take("A1", "searchOrders", kStart + seconds(second))) ++taken;
    EXPECT_EQ(taken, 100);
}

TEST(SandboxClock, stands_still_at_speed_zero_and_moves_when_told) {
    ManualClock real(kStart);
    SandboxClock clock(real, kStart + days(1), 0);
    real.advance(hours(5));
    EXPECT_EQ(clock.now(), kStart + days(1));
    clock.advance(seconds(90));
    EXPECT_EQ(clock.now(), kStart + days(1) + seconds(90));
}

TEST(SandboxClock, runs_as_fast_as_it_is_told_from_then_on) {
    ManualClock real(kStart);
    SandboxClock clock(real, kStart, 60);
    real.advance(seconds(2));
    EXPECT_EQ(clock.now(), kStart + minutes(2));
    clock.set_speed(1);
    real.advance(seconds(2));
    EXPECT_EQ(clock.now(), kStart + minutes(2) + seconds(2));
}

}  // namespace
}  // namespace fairway::sandbox
