// Whatever answers instead of Amazon: token answers, refusals, participations, headers. The first line of the
// input names the operation and the status of each answer ("get_order 200 403": of the token service, of the
// operation); then come the two answers, one after the other: headers, an empty line, the body, with a line
// "---" between them.
#include <algorithm>

#include "amazon/client.hpp"
#include "base/text.hpp"
#include "fuzz.hpp"
#include "net/memory_client.hpp"
#include "net/run_blocking.hpp"

namespace fairway::fuzz {

namespace {

// Long enough that chance does not write them.
constexpr std::string_view kSecret = "amzn1.oa2-cs.v1.secret-of-the-account";
constexpr std::string_view kRefresh = "Atzr|refresh-token-of-the-account";
constexpr std::string_view kToken = "Atza|access-token-of-the-account";
const UtcTime kNow = from_micros(1'795'420'800'000'000);

net::Response read_response(std::string_view status, std::string_view text) {
    net::Response response;
    response.status = static_cast<int>(std::clamp<std::int64_t>(parse_int(status).value_or(200), 100, 999));
    while (!text.empty()) {
        const std::string_view line = take_part(text);
        if (line.empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        response.headers.add(std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    }
    response.body = text;
    return response;
}

amazon::Account account() {
    return {.id = AccountId{7},
            .region = domain::Region::eu,
            .seller_id = SellerId("A1SELLER"),
            .credentials = {.client_id = "client",
                            .client_secret = Pii(std::string(kSecret)),
                            .previous_client_secret = std::nullopt,
                            .refresh_token = Pii(std::string(kRefresh))},
            .spapi_url = "https://spapi.test",
            .lwa_url = "https://lwa.test"};
}

// kToken is a secret only where the token service gave it.
struct Secrets {
    std::vector<std::string_view> all{kSecret, kRefresh};

    explicit Secrets(const net::Response& token) {
        const auto body = json::parse(token.body);
        const json::Value* given = body ? json::find(*body, "access_token") : nullptr;
        if (given != nullptr && given->is_string() && std::string_view(given->as_string()) == kToken)
            all.push_back(kToken);
    }
    void check(std::string_view text) const {
        for (const std::string_view secret : all)
            CHECK(!text.contains(secret), "neither errors nor the log hold a secret");
    }
};

void keep_line(std::string_view line, void* secrets) { static_cast<Secrets*>(secrets)->check(line); }

void check_outcome(const Error& error, int status, const Secrets& secrets) {
    secrets.check(error.message);
    check_error(error);
    CHECK(!error.retry_after || *error.retry_after >= Duration::zero(), "a retry lies ahead");
    CHECK(error.kind != ErrorKind::internal, "what Amazon says is never our fault");
    if (error.kind == ErrorKind::throttled) CHECK(error.retry_after.has_value(), "throttled until when?");
    if (error.code == "amazon_refused") CHECK(status >= 400 && status < 500, "refused by Amazon");
    if (error.code == "amazon_unavailable") CHECK(status == 408 || status >= 500, "Amazon is down");
}

template <class T>
void check_result(const Result<T>& result, int status, const Secrets& secrets) {
    if (!result) check_outcome(result.error(), status, secrets);
    else CHECK(status >= 200 && status < 300, "only a 2xx answer is one");
}

void call(amazon::Client& client, std::string_view operation, int status, const Secrets& secrets) {
    const AmazonOrderId order("402-1234567-1234567");
    if (operation == "get_order")
        return check_result(net::run_blocking(client.get_order(account(), order)), status, secrets);
    if (operation == "confirm") {
        amazon::ShipmentConfirmation shipment{.order = order, .package_reference_id = "1001"};
        return check_result(net::run_blocking(client.confirm_shipment(account(), shipment)), status, secrets);
    }
    if (operation == "participations")
        return check_result(net::run_blocking(client.marketplace_participations(account())), status, secrets);
    if (operation == "verify")
        return check_result(net::run_blocking(client.verify_credentials(account())), status, secrets);
    check_result(net::run_blocking(client.search_orders(account(), {.last_updated_after = kNow})), status,
                 secrets);
}

}  // namespace

void fuzz_one(std::string_view input) {
    std::string_view first = take_part(input);
    const std::string_view operation = take_part(first, " ");
    const std::string_view token_status = take_part(first, " ");
    const net::Response token = read_response(token_status, take_part(input, "\n---\n"));
    const net::Response answer = read_response(first, input);

    int calls = 0;
    net::MemoryClient http([&](const net::ClientRequest&, const net::Request& request) {
        CHECK(++calls < 10, "no call is repeated for ever");
        return request.path == "/auth/o2/token" ? token : answer;
    });
    const ManualClock clock(kNow);
    amazon::MemoryQuotaLedger ledger;
    Secrets secrets(token);
    Logger log(clock, LogLevel::debug, keep_line, &secrets);
    amazon::MemoryQuarantine quarantine;
    amazon::Client client(http, clock, ledger, quarantine, log);
    call(client, operation, answer.status, secrets);
    for (const amazon::OperationFacts& facts : amazon::kOperations) {
        const auto bucket = ledger.find(AccountId{7}, facts.operation);
        CHECK(!bucket || (bucket->rate_micro > 0 && bucket->tokens_micro >= 0 &&
                          bucket->tokens_micro <= bucket->burst_micro),
              "a bucket fills up and is never overdrawn");
    }
}

}  // namespace fairway::fuzz
