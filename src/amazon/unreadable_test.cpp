// What the client does with answers that it cannot read or must not go by.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "amazon/client.hpp"
#include "net/memory_client.hpp"
#include "net/run_blocking.hpp"

namespace fairway::amazon {
namespace {

using testing::HasSubstr;

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");
constexpr const char* kOrderBody =
    R"({"order":{"orderId":"402-1234567-1234567","createdTime":"2026-11-20T10:00:00Z",
    "lastUpdatedTime":"2026-11-20T11:00:00Z","salesChannel":{"channelName":"AMAZON"},"orderItems":[]}})";

using Answer = Result<net::Response>;

Answer answer(int status, std::string body, net::Headers headers = {}) {
    return net::Response{.status = status, .headers = std::move(headers), .body = std::move(body)};
}

class UnreadableAnswer : public testing::Test {
protected:
    static Account account() {
        return {.id = AccountId{7},
                .region = domain::Region::eu,
                .seller_id = SellerId("A1SELLER"),
                .credentials = {.client_id = "client",
                                .client_secret = Pii<std::string>("secret"),
                                .previous_client_secret = std::nullopt,
                                .refresh_token = Pii<std::string>("refresh")},
                .spapi_url = "https://spapi.test",
                .lwa_url = "https://lwa.test"};
    }
    Result<ReadOrder> get_order() {
        return net::run_blocking(client.get_order(account(), AmazonOrderId("402-1234567-1234567")));
    }
    Status confirm() {
        return net::run_blocking(
            client.confirm_shipment(account(), {.order = AmazonOrderId("402-1234567-1234567"),
                                                .marketplace = MarketplaceId("APJ6JRA9NG5V4"),
                                                .package_reference_id = "1001",
                                                .carrier_code = "DHL",
                                                .tracking = "JD01",
                                                .shipped_at = kStart,
                                                .items = {{OrderItemId("11"), 2}}}));
    }
    Answer respond(const net::Request& request) {
        if (request.path == "/auth/o2/token")
            return answer(200, R"({"access_token":"t","token_type":"bearer","expires_in":3600})");
        Answer next = answers.front();
        if (answers.size() > 1) answers.pop_front();
        return next;
    }

    std::deque<Answer> answers{};  // the last one stays
    net::MemoryClient http{
        [this](const net::ClientRequest&, const net::Request& request) { return respond(request); }};
    ManualClock clock{kStart};
    MemoryQuotaLedger ledger;
    MemoryQuarantine quarantine;
    Client client{http, clock, ledger, quarantine, Logger::none()};
};

TEST_F(UnreadableAnswer, puts_aside_what_it_cannot_read_with_the_reason) {
    const auto kept_after = [&](Answer given) {
        answers = {std::move(given)};
        const auto read = get_order();
        EXPECT_FALSE(read);
        const std::vector<Undecodable> kept = quarantine.kept();
        EXPECT_FALSE(kept.empty());
        return kept.empty() ? Undecodable{} : kept.back();
    };
    const Undecodable html = kept_after(answer(200, "<html>"));
    EXPECT_EQ(html.id, AmazonOrderId("402-1234567-1234567"));
    EXPECT_EQ(html.document.reveal(), "<html>");
    EXPECT_THAT(html.error.message, HasSubstr("getOrder is not valid JSON"));
    EXPECT_EQ(kept_after(answer(200, R"({"order":{"orderId":"1"}})")).error.field, "createdTime");
    EXPECT_EQ(kept_after(fail(ErrorKind::too_large, "answer_too_large", "too long")).error.code,
              "answer_too_large");
    EXPECT_EQ(quarantine.kept().size(), 3U);
}

TEST_F(UnreadableAnswer, puts_no_refusal_aside) {
    for (const int status : {400, 401, 403, 404, 429, 500, 503}) {
        answers = {answer(status, R"({"errors":[{"code":"InvalidInput","message":"No"}]})")};
        ASSERT_FALSE(get_order());
    }
    EXPECT_TRUE(quarantine.kept().empty());
}

TEST_F(UnreadableAnswer, takes_nothing_but_204_for_a_confirmation) {
    for (const int status : {200, 201, 202, 206}) {
        answers = {answer(status, "<html>")};
        const Status done = confirm();
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::corrupt);
    }
    answers = {answer(204, "")};
    EXPECT_TRUE(confirm());
}

TEST_F(UnreadableAnswer, goes_by_no_time_that_lies_ahead_of_amazons_clock) {
    const auto with_times = [](std::string created, std::string updated) {
        std::string body = kOrderBody;
        body.replace(body.find("2026-11-20T10"), 13, created);
        body.replace(body.find("2026-11-20T11"), 13, updated);
        return body;
    };
    // The clock here may be a day late; Amazon's own says what is the future.
    const net::Headers tomorrow{{"Date", "Tue, 24 Nov 2026 08:00:00 GMT"}};
    answers = {answer(200, with_times("2026-11-24T10", "2026-11-25T07"), tomorrow),
               answer(200, with_times("2026-11-24T10", "2026-11-25T09"), tomorrow),
               answer(200, with_times("2026-11-25T09", "2026-11-25T07"), tomorrow)};
    EXPECT_TRUE(get_order());
    EXPECT_FALSE(get_order());
    EXPECT_FALSE(get_order());
    ASSERT_EQ(quarantine.kept().size(), 2U);
    EXPECT_EQ(quarantine.kept()[0].error.message, "Amazon's answer: lastUpdatedTime lies in the future");
    EXPECT_EQ(quarantine.kept()[1].error.message, "Amazon's answer: createdTime lies in the future");
}

}  // namespace
}  // namespace fairway::amazon
