#include "amazon/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <set>

#include "net/memory_client.hpp"
#include "net/run_all.hpp"
#include "net/run_blocking.hpp"

namespace fairway::amazon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");
constexpr const char* kSecret = "amzn1.oa2-cs.v1.current-secret";
constexpr const char* kOldSecret = "amzn1.oa2-cs.v1.previous-secret";
constexpr const char* kRefresh = "Atzr|refresh+token/=";
constexpr const char* kOrderBody =
    R"({"order":{"orderId":"402-1234567-1234567","createdTime":"2026-11-20T10:00:00Z",
    "lastUpdatedTime":"2026-11-20T11:00:00Z","salesChannel":{"channelName":"AMAZON",
    "marketplaceId":"APJ6JRA9NG5V4"},"buyer":{"buyerName":"Anna Rossi"},"orderItems":[]}})";

using Answer = Result<net::Response>;

Answer answer(int status, std::string body, net::Headers headers = {}) {
    return net::Response{.status = status, .headers = std::move(headers), .body = std::move(body)};
}
Answer refusal(int status, const std::string& message, const std::string& details = "") {
    return answer(status, R"({"errors":[{"code":"InvalidInput","message":")" + message + R"(","details":")" +
                              details + R"("}]})");
}

// Amazon as far as a client sees it: tokens that it numbers, and scripted answers.
struct FakeAmazon {
    std::set<std::string> secrets{kSecret};
    std::vector<net::Request> token_requests{};
    std::vector<net::Request> calls{};
    std::deque<Answer> token_answers{};  // before the usual ones
    std::deque<Answer> answers{};        // the last one stays

    Answer operator()(const net::Request& request) {
        if (request.path == "/auth/o2/token") return token(request);
        calls.push_back(request);
        if (answers.empty()) return answer(200, kOrderBody);
        Answer next = answers.front();
        if (answers.size() > 1) answers.pop_front();
        return next;
    }

    std::vector<std::string> tokens_used() const {
        std::vector<std::string> used;
        for (const net::Request& call : calls) used.push_back(*call.headers.find("x-amz-access-token"));
        return used;
    }

private:
    Answer token(const net::Request& request) {
        token_requests.push_back(request);
        if (!token_answers.empty()) {
            Answer next = token_answers.front();
            token_answers.pop_front();
            return next;
        }
        const auto form = parse_query(request.body, true).value_or(QueryPairs{});
        const auto value = [&](std::string_view name) {
            for (const auto& [key, each] : form)
                if (key == name) return each;
            return std::string();
        };
        if (!secrets.contains(value("client_secret")))
            return answer(401,
                          R"({"error":"invalid_client","error_description":"Client authentication failed"})");
        if (value("refresh_token") != kRefresh || value("grant_type") != "refresh_token")
            return answer(
                400, R"({"error":"invalid_grant","error_description":"The request has an invalid grant"})");
        return answer(200, R"({"access_token":"Atza|)" + std::to_string(token_requests.size()) +
                               R"(","token_type":"bearer","expires_in":3600,"refresh_token":"x"})");
    }
};

// Answers only after other tasks of the loop had their turn.
class SlowClient final : public net::HttpClient {
public:
    explicit SlowClient(net::HttpClient& inner) : inner_(inner) {}
    Task<Result<net::Response>> send(net::ClientRequest request) override {
        for (int i = 0; i < 5; ++i)
            co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
        co_return co_await inner_.send(std::move(request));
    }

private:
    net::HttpClient& inner_;
};

class AmazonClient : public testing::Test {
protected:
    static void keep_line(std::string_view line, void* context) {
        static_cast<AmazonClient*>(context)->log_lines.emplace_back(line);
    }

    static Account account() {
        return {.id = AccountId{7},
                .region = domain::Region::eu,
                .seller_id = SellerId("A1SELLER"),
                .credentials = {.client_id = "amzn1.application-oa2-client.1",
                                .client_secret = Pii<std::string>(kSecret),
                                .previous_client_secret = std::nullopt,
                                .refresh_token = Pii<std::string>(kRefresh)},
                .spapi_url = "https://spapi.test",
                .lwa_url = "https://lwa.test"};
    }

    Result<ReadOrder> get_order(Account caller = account()) {
        return net::run_blocking(client.get_order(std::move(caller), AmazonOrderId("402-1234567-1234567")));
    }
    Status confirm() {
        return net::run_blocking(
            client.confirm_shipment(account(), {.order = AmazonOrderId("402-1234567-1234567"),
                                                .marketplace = MarketplaceId("APJ6JRA9NG5V4"),
                                                .package_reference_id = "1001",
                                                .carrier_code = "DHL",
                                                .carrier_name = "DHL",
                                                .shipping_method = "Paket",
                                                .tracking = "JD01",
                                                .shipped_at = kStart,
                                                .items = {{OrderItemId("11"), 2}}}));
    }
    std::int64_t tokens_left(Operation operation) {
        const auto bucket = ledger.find(AccountId{7}, operation);
        return (bucket ? *bucket : full_bucket(operation, kStart)).tokens_micro / 1'000'000;
    }

    // No secret, no token and no buyer in what people may read.
    void expect_clean(const std::string& text) {
        for (const char* secret : {kSecret, kOldSecret, "Atzr|", "Atza|", "Anna Rossi"})
            EXPECT_THAT(text, Not(HasSubstr(secret)));
    }
    void TearDown() override {
        for (const std::string& line : log_lines) expect_clean(line);
    }

    FakeAmazon amazon;
    net::MemoryClient http{
        [this](const net::ClientRequest&, const net::Request& request) { return amazon(request); }};
    ManualClock clock{kStart};
    std::vector<std::string> log_lines;
    Logger log{clock, LogLevel::debug, &AmazonClient::keep_line, this};
    MemoryQuotaLedger ledger;
    MemoryQuarantine quarantine;
    Client client{http, clock, ledger, quarantine, log};
};

TEST_F(AmazonClient, asks_for_a_token_with_a_form) {
    ASSERT_TRUE(get_order());
    ASSERT_EQ(amazon.token_requests.size(), 1U);
    const net::Request& request = amazon.token_requests[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_THAT(*request.headers.find("content-type"), HasSubstr("application/x-www-form-urlencoded"));
    EXPECT_THAT(request.body, HasSubstr("refresh_token=Atzr%7Crefresh%2Btoken%2F%3D"));
}

TEST_F(AmazonClient, uses_a_token_until_a_minute_before_its_end) {
    ASSERT_TRUE(get_order());
    clock.advance(minutes(59) - seconds(1));
    ASSERT_TRUE(get_order());
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|1"));
    clock.advance(seconds(1));
    ASSERT_TRUE(get_order());
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|1", "Atza|2"));
}

TEST_F(AmazonClient, accounts_have_tokens_of_their_own) {
    Account other = account();
    other.id = AccountId{8};
    ASSERT_TRUE(get_order());
    ASSERT_TRUE(get_order(other));
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|2"));
}

TEST_F(AmazonClient, a_forgotten_token_is_not_used_again) {
    ASSERT_TRUE(get_order());
    client.forget_token(AccountId{7});
    ASSERT_TRUE(get_order());
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|2"));
}

TEST_F(AmazonClient, other_credentials_need_another_token) {
    ASSERT_TRUE(get_order());
    Account other = account();
    other.credentials.refresh_token = Pii<std::string>("Atzr|revoked");
    const auto result = get_order(other);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "amazon_credentials_refused");
}

TEST_F(AmazonClient, a_request_id_that_repeats_the_token_is_not_logged) {
    amazon.answers.push_back(answer(200, kOrderBody, {{"x-amzn-RequestId", "Atza|1"}}));
    ASSERT_TRUE(get_order());
    EXPECT_THAT(log_lines, testing::Contains(HasSubstr("amazon.call")));
    for (const std::string& line : log_lines) EXPECT_THAT(line, Not(HasSubstr("Atza")));
}

Task<void> keep(Task<Result<ReadOrder>> task, std::vector<Result<ReadOrder>>& results) {
    results.push_back(co_await std::move(task));
}

// Three calls at the same moment on one loop.
std::vector<Result<ReadOrder>> three_at_once(Client& client, const Account& account) {
    std::vector<Result<ReadOrder>> results;
    std::vector<Task<void>> tasks;
    for (int i = 0; i < 3; ++i)
        tasks.push_back(keep(client.get_order(account, AmazonOrderId("402-1234567-1234567")), results));
    net::run_blocking(net::run_all(std::move(tasks), 3));
    return results;
}

TEST_F(AmazonClient, callers_share_a_renewal_that_is_under_way) {
    SlowClient slow(http);
    Client shared(slow, clock, ledger, quarantine, log);
    const auto results = three_at_once(shared, account());
    ASSERT_EQ(results.size(), 3U);
    for (const auto& each : results) EXPECT_TRUE(each);
    EXPECT_EQ(amazon.token_requests.size(), 1U);
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|1", "Atza|1"));
}

TEST_F(AmazonClient, callers_share_a_refusal_too) {
    amazon.secrets.clear();
    SlowClient slow(http);
    Client shared(slow, clock, ledger, quarantine, log);
    for (const auto& each : three_at_once(shared, account())) {
        ASSERT_FALSE(each);
        EXPECT_EQ(each.error().code, "amazon_credentials_refused");
    }
    EXPECT_EQ(amazon.token_requests.size(), 1U);
}

TEST_F(AmazonClient, falls_back_to_the_previous_secret) {
    amazon.secrets = {kOldSecret};
    Account rotating = account();
    rotating.credentials.previous_client_secret = Pii<std::string>(kOldSecret);
    EXPECT_TRUE(get_order(rotating));
    EXPECT_EQ(amazon.token_requests.size(), 2U);
    EXPECT_THAT(log_lines, testing::Contains(HasSubstr("amazon.previous_secret_used")));
}

TEST_F(AmazonClient, credentials_that_are_refused_make_no_call) {
    amazon.secrets.clear();
    Account rotating = account();
    rotating.credentials.previous_client_secret = Pii<std::string>(kOldSecret);
    const auto result = get_order(rotating);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::unauthorized);
    EXPECT_EQ(result.error().code, "amazon_credentials_refused");
    EXPECT_EQ(result.error().field, "client_secret");
    EXPECT_THAT(result.error().message, HasSubstr("Client authentication failed (invalid_client)"));
    EXPECT_EQ(amazon.token_requests.size(), 2U);
    EXPECT_TRUE(amazon.calls.empty());
}

TEST_F(AmazonClient, a_revoked_grant_is_not_tried_with_the_previous_secret) {
    Account rotating = account();
    rotating.credentials.previous_client_secret = Pii<std::string>(kOldSecret);
    rotating.credentials.refresh_token = Pii<std::string>("Atzr|revoked");
    const auto result = get_order(rotating);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "amazon_credentials_refused");
    EXPECT_EQ(result.error().field, "refresh_token");
    EXPECT_EQ(amazon.token_requests.size(), 1U);
}

TEST_F(AmazonClient, a_token_service_that_repeats_secrets_is_not_quoted) {
    const std::string quote = std::string("bad ") + kRefresh + " of " + kSecret;
    amazon.token_answers.push_back(
        answer(400, R"({"error":"invalid_grant","error_description":")" + quote + "\"}"));
    const auto result = get_order();
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, HasSubstr("bad *** of ***"));
    expect_clean(result.error().message);
}

TEST_F(AmazonClient, without_a_token_nothing_was_sent_whatever_the_reason) {
    const Answer reasons[] = {fail(ErrorKind::timeout, "timeout", "no answer"),
                              fail(ErrorKind::unavailable, "connection_lost", "gone"), answer(503, ""),
                              answer(400, "<html>"), answer(400, R"({"error":"temporarily_unavailable"})")};
    for (const Answer& reason : reasons) {
        amazon.token_answers.push_back(reason);
        const Status result = confirm();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::unavailable);
        EXPECT_EQ(result.error().code, "connect_failed");
    }
    EXPECT_TRUE(amazon.calls.empty());
    EXPECT_EQ(tokens_left(Operation::confirm_shipment), 10);
}

TEST_F(AmazonClient, a_throttled_token_service_asks_for_a_pause) {
    amazon.token_answers.push_back(answer(429, ""));
    const auto result = get_order();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::throttled);
    EXPECT_EQ(result.error().retry_after, seconds(60));
}

TEST_F(AmazonClient, a_token_answer_that_is_no_token_says_nothing_about_the_order) {
    for (const char* body :
         {"", "[]", R"({"access_token":"Atza|1"})", R"({"access_token":"Atza|1","expires_in":"x"})",
          R"({"expires_in":3600})", R"({"access_token":7,"expires_in":3600})"}) {
        amazon.token_answers.push_back(answer(200, body));
        const auto result = get_order();
        ASSERT_FALSE(result) << body;
        EXPECT_EQ(result.error().code, "connect_failed") << body;
        expect_clean(result.error().message);
    }
    EXPECT_TRUE(amazon.calls.empty() && quarantine.kept().empty());
}

TEST_F(AmazonClient, an_expired_token_is_renewed_once_and_the_call_repeated_once) {
    amazon.answers = {refusal(403, "Unauthorized", "The access token you provided has expired."),
                      answer(200, kOrderBody)};
    EXPECT_TRUE(get_order());
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|2"));
    EXPECT_EQ(tokens_left(Operation::get_order), 28);
}

TEST_F(AmazonClient, a_token_that_stays_expired_is_not_renewed_for_ever) {
    amazon.answers = {refusal(403, "The access token you provided has expired.")};
    const auto result = get_order();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "amazon_forbidden");
    EXPECT_EQ(amazon.calls.size(), 2U);
    EXPECT_EQ(amazon.token_requests.size(), 2U);
}

TEST_F(AmazonClient, a_missing_right_is_not_repeated) {
    amazon.answers = {refusal(403, "Access to requested resource is denied.", "no role")};
    const auto result = get_order();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::forbidden);
    EXPECT_EQ(result.error().code, "amazon_forbidden");
    EXPECT_THAT(result.error().message, HasSubstr("Access to requested resource is denied. (no role)"));
    EXPECT_EQ(amazon.calls.size(), 1U);
}

TEST_F(AmazonClient, after_a_refusal_the_next_call_brings_a_new_token) {
    amazon.answers = {refusal(403, "Access to requested resource is denied."), answer(200, kOrderBody)};
    EXPECT_FALSE(get_order());
    EXPECT_TRUE(get_order());
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|2"));
}

struct StatusCase {
    int status;
    ErrorKind read_kind;
    const char* read_code;
    ErrorKind write_kind;
    const char* write_code;
};

TEST_F(AmazonClient, every_status_has_its_error) {
    const StatusCase cases[] = {
        {400, ErrorKind::invalid, "amazon_refused", ErrorKind::invalid, "amazon_refused"},
        {401, ErrorKind::unauthorized, "amazon_unauthorized", ErrorKind::unauthorized, "amazon_unauthorized"},
        {403, ErrorKind::forbidden, "amazon_forbidden", ErrorKind::forbidden, "amazon_forbidden"},
        {404, ErrorKind::not_found, "amazon_not_found", ErrorKind::invalid, "amazon_refused"},
        {408, ErrorKind::unavailable, "amazon_unavailable", ErrorKind::unavailable, "amazon_unavailable"},
        {413, ErrorKind::invalid, "amazon_refused", ErrorKind::invalid, "amazon_refused"},
        {415, ErrorKind::invalid, "amazon_refused", ErrorKind::invalid, "amazon_refused"},
        {422, ErrorKind::invalid, "amazon_refused", ErrorKind::invalid, "amazon_refused"},
        {429, ErrorKind::throttled, "quota_exhausted", ErrorKind::throttled, "quota_exhausted"},
        {500, ErrorKind::unavailable, "amazon_unavailable", ErrorKind::unavailable, "amazon_unavailable"},
        {503, ErrorKind::unavailable, "amazon_unavailable", ErrorKind::unavailable, "amazon_unavailable"},
        {301, ErrorKind::corrupt, "amazon_answer_undecodable", ErrorKind::corrupt,
         "amazon_answer_undecodable"}};
    for (const StatusCase& each : cases) {
        amazon.answers = {refusal(each.status, "No.")};
        clock.advance(hours(1));  // fills the buckets that the case before emptied
        const auto read = get_order();
        ASSERT_FALSE(read) << each.status;
        EXPECT_EQ(read.error().kind, each.read_kind) << each.status;
        EXPECT_EQ(read.error().code, each.read_code) << each.status;
        const Status write = confirm();
        ASSERT_FALSE(write) << each.status;
        EXPECT_EQ(write.error().kind, each.write_kind) << each.status;
        EXPECT_EQ(write.error().code, each.write_code) << each.status;
    }
}

TEST_F(AmazonClient, a_refused_confirmation_keeps_amazons_words_alone) {
    amazon.answers = {refusal(400, "PackageReferenceId: x is invalid, must be a positive numeric value.")};
    EXPECT_EQ(confirm().error().message,
              "PackageReferenceId: x is invalid, must be a positive numeric value.");
}

TEST_F(AmazonClient, a_refusal_without_words_says_its_status) {
    amazon.answers = {answer(400, "<html><body>Bad Request</body></html>")};
    EXPECT_EQ(confirm().error().message, "HTTP 400");
    amazon.answers = {answer(400, R"({"errors":[{"code":"InvalidInput","message":null}]})")};
    EXPECT_EQ(confirm().error().message, "InvalidInput");
}

TEST_F(AmazonClient, amazons_words_are_bounded) {
    std::string longer;
    for (int i = 0; i < 2'000; ++i) longer += "é";
    amazon.answers = {refusal(400, longer)};
    const std::string words = confirm().error().message;
    EXPECT_LT(words.size(), 1'010U);
    EXPECT_TRUE(is_valid_utf8(words));
}

TEST_F(AmazonClient, what_the_network_says_is_passed_on_unchanged) {
    for (const Error& error : {Error{ErrorKind::timeout, "timeout", "no answer within 30 s"},
                               Error{ErrorKind::unavailable, "connection_lost", "gone"},
                               Error{ErrorKind::unavailable, "connect_failed", "refused"}}) {
        amazon.answers = {std::unexpected(error)};
        const Status result = confirm();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, error.kind);
        EXPECT_EQ(result.error().code, error.code);
        EXPECT_EQ(result.error().message, error.message);
    }
}

TEST_F(AmazonClient, an_answer_that_is_not_what_the_model_says_is_corrupt) {
    for (const char* body : {"", "<html>Anna Rossi</html>", "{}", "[]", R"({"order":7})",
                             R"({"order":{"orderId":"1","buyer":{"buyerName":"Anna Rossi"}}})"}) {
        amazon.answers = {answer(200, body)};
        const auto result = get_order();
        ASSERT_FALSE(result) << body;
        EXPECT_EQ(result.error().kind, ErrorKind::corrupt) << body;
        expect_clean(result.error().message);
    }
}

TEST_F(AmazonClient, an_empty_bucket_makes_no_call) {
    ASSERT_TRUE(get_order());
    ledger.exhausted(AccountId{7}, Operation::get_order, clock.now());
    const auto result = get_order();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::throttled);
    EXPECT_EQ(result.error().code, "quota_exhausted");
    EXPECT_EQ(result.error().retry_after, seconds(2));
    EXPECT_EQ(amazon.calls.size(), 1U);
}

TEST_F(AmazonClient, every_call_costs_a_token_of_its_own_operation) {
    amazon.answers = {refusal(500, "We encountered an internal error.")};
    EXPECT_FALSE(get_order());
    EXPECT_FALSE(confirm());
    EXPECT_EQ(tokens_left(Operation::get_order), 29);
    EXPECT_EQ(tokens_left(Operation::confirm_shipment), 9);
    EXPECT_EQ(tokens_left(Operation::search_orders), 20);
}

TEST_F(AmazonClient, a_429_empties_the_bucket) {
    amazon.answers = {refusal(429, "You exceeded your quota for the requested resource.")};
    const auto result = get_order();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().retry_after, seconds(2));
    EXPECT_EQ(tokens_left(Operation::get_order), 0);
    EXPECT_FALSE(get_order());
    EXPECT_EQ(amazon.calls.size(), 1U);
    clock.advance(*result.error().retry_after);
    EXPECT_FALSE(get_order());
    EXPECT_EQ(amazon.calls.size(), 2U);
}

TEST_F(AmazonClient, learns_the_rate_from_the_answer) {
    amazon.answers = {answer(200, kOrderBody, {{"x-amzn-RateLimit-Limit", "2.5"}})};
    ASSERT_TRUE(get_order());
    EXPECT_EQ(ledger.find(AccountId{7}, Operation::get_order)->rate_micro, 2'500'000);
    amazon.answers = {answer(200, kOrderBody, {{"x-amzn-RateLimit-Limit", "nonsense"}})};
    ASSERT_TRUE(get_order());
    EXPECT_EQ(ledger.find(AccountId{7}, Operation::get_order)->rate_micro, 2'500'000);
}

TEST_F(AmazonClient, logs_each_call_with_amazons_request_id) {
    amazon.answers = {answer(200, kOrderBody, {{"x-amzn-RequestId", "req-42"}})};
    ASSERT_TRUE(get_order());
    std::vector<std::string> calls;
    for (const std::string& line : log_lines)
        if (line.find("amazon.call") != std::string::npos) calls.push_back(line);
    ASSERT_EQ(calls.size(), 1U);
    for (const char* part : {"getOrder", "ac_7", "200", "req-42", "\"ms\""})
        EXPECT_THAT(calls[0], HasSubstr(part));
}

TEST_F(AmazonClient, searches_with_everything_encoded_once) {
    amazon.answers = {answer(200, R"({"orders":[],"pagination":{"nextToken":"n+/="},
        "lastUpdatedBefore":"2026-11-23T07:58:00Z"})",
                             {{"Date", "Mon, 23 Nov 2026 08:00:05 GMT"}})};
    const auto page = net::run_blocking(client.search_orders(
        account(), {.last_updated_after = kStart - minutes(5),
                    .marketplaces = {MarketplaceId("APJ6JRA9NG5V4"), MarketplaceId("A1PA6795UKMFR9")},
                    .pagination_token = "a+b/c=="}));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->next_token, "n+/=");
    EXPECT_EQ(page->last_updated_before, kStart - minutes(2));
    EXPECT_EQ(page->date, kStart + seconds(5));
    ASSERT_EQ(amazon.calls.size(), 1U);
    const net::Request& call = amazon.calls[0];
    EXPECT_EQ(call.method, "GET");
    EXPECT_EQ(call.path, "/orders/2026-01-01/orders");
    EXPECT_THAT(call.query,
                ElementsAre(testing::Pair("lastUpdatedAfter", "2026-11-23T07:55:00.000Z"),
                            testing::Pair("marketplaceIds", "APJ6JRA9NG5V4,A1PA6795UKMFR9"),
                            testing::Pair("maxResultsPerPage", "100"),
                            testing::Pair("includedData",
                                          "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,"
                                          "FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS"),
                            testing::Pair("paginationToken", "a+b/c==")));
    EXPECT_EQ(call.body, "");
    EXPECT_EQ(call.headers.find("content-type"), nullptr);
    // Who calls is said once, by the HTTP client itself.
    EXPECT_EQ(call.headers.find("user-agent"), nullptr);
}

TEST_F(AmazonClient, reads_an_order_with_everything_included) {
    const auto read = get_order();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->order.id, AmazonOrderId("402-1234567-1234567"));
    EXPECT_EQ(amazon.calls.at(0).path, "/orders/2026-01-01/orders/402-1234567-1234567");
    EXPECT_THAT(*amazon.calls.at(0).query_value("includedData"), HasSubstr("BUYER,RECIPIENT,PROCEEDS"));
}

TEST_F(AmazonClient, confirms_a_shipment_as_amazon_wants_it) {
    amazon.answers = {answer(204, "")};
    ASSERT_TRUE(confirm());
    const net::Request& call = amazon.calls.at(0);
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.path, "/orders/v0/orders/402-1234567-1234567/shipmentConfirmation");
    EXPECT_EQ(*call.headers.find("content-type"), "application/json");
    const auto expected = json::parse(
        R"({"marketplaceId":"APJ6JRA9NG5V4","packageDetail":{"packageReferenceId":"1001","carrierCode":"DHL",
        "carrierName":"DHL","shippingMethod":"Paket","trackingNumber":"JD01",
        "shipDate":"2026-11-23T08:00:00.000Z","orderItems":[{"orderItemId":"11","quantity":2}]}})");
    const auto sent = json::parse(call.body);
    ASSERT_TRUE(expected && sent);
    EXPECT_EQ(*sent, *expected);
}

constexpr const char* kParticipations =
    R"({"payload":[{"marketplace":{"id":"APJ6JRA9NG5V4","name":"Amazon.it","countryCode":"IT",
    "defaultCurrencyCode":"EUR","defaultLanguageCode":"it_IT","domainName":"www.amazon.it"},
    "storeName":"Bottega","participation":{"isParticipating":true,"hasSuspendedListings":false}}]})";

TEST_F(AmazonClient, reads_the_participations) {
    amazon.answers = {answer(200, kParticipations)};
    const auto read = net::run_blocking(client.marketplace_participations(account()));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1U);
    const Participation& first = read->at(0);
    EXPECT_EQ(first.marketplace, MarketplaceId("APJ6JRA9NG5V4"));
    EXPECT_EQ(first.country, "IT");
    EXPECT_EQ(first.name, "Amazon.it");
    EXPECT_EQ(first.currency, "EUR");
    EXPECT_EQ(first.store_name, "Bottega");
    EXPECT_TRUE(first.participating);
    EXPECT_FALSE(first.suspended_listings);
    EXPECT_EQ(tokens_left(Operation::get_marketplace_participations), 14);
}

TEST_F(AmazonClient, participations_that_are_none_are_corrupt) {
    amazon.answers = {answer(200, R"({"payload":[{"marketplace":{"id":"X"},"participation":{}}]})")};
    const auto read = net::run_blocking(client.marketplace_participations(account()));
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, HasSubstr("payload[0].participation.isParticipating is missing"));
}

TEST_F(AmazonClient, verifies_exactly_the_credentials_given) {
    amazon.answers = {answer(200, kParticipations)};
    ASSERT_TRUE(net::run_blocking(client.marketplace_participations(account())));
    Account other = account();
    other.credentials.client_secret = Pii<std::string>("amzn1.oa2-cs.v1.wrong");
    const auto refused = net::run_blocking(client.verify_credentials(other));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "amazon_credentials_refused");
    ASSERT_TRUE(net::run_blocking(client.marketplace_participations(account())));
    EXPECT_THAT(amazon.tokens_used(), ElementsAre("Atza|1", "Atza|1"));
}

TEST_F(AmazonClient, an_account_that_is_not_stored_yet_has_no_bucket) {
    Account fresh = account();
    fresh.id = AccountId{};
    amazon.answers = {answer(200, kParticipations, {{"x-amzn-RateLimit-Limit", "0.016"}})};
    ASSERT_TRUE(net::run_blocking(client.verify_credentials(fresh)));
    EXPECT_EQ(ledger.find(AccountId{}, Operation::get_marketplace_participations), std::nullopt);
}

}  // namespace
}  // namespace fairway::amazon
