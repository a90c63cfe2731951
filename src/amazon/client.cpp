#include "amazon/client.hpp"

#include <algorithm>
#include <array>

#include "amazon/answers.hpp"
#include "amazon/tokens.hpp"
#include "amazon/wire.hpp"
#include "base/check.hpp"
#include "base/fault_point.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace fairway::amazon {

namespace {

using Token = Pii<std::string>;

// Everything the mirror keeps. A role that is missing blanks its fields.
constexpr std::string_view kIncludedData =
    "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_"
    "ORDERS";

enum class Effect { read, write };

std::string joined(const std::vector<MarketplaceId>& marketplaces) {
    std::string all;
    for (const MarketplaceId& each : marketplaces) all += (all.empty() ? "" : ",") + each.str();
    return all;
}

Result<json::Value> read_json(const net::Response& response) {
    auto body = json::parse(response.body);
    // What the parser says may quote the body.
    if (!body) return wire::undecodable("", "Amazon's answer is not JSON");
    return body;
}

// Amazon's name for the call; nullptr if it could be anything else: what is logged holds no secret, even if
// the other side repeats one.
const std::string* find_request_id(const net::Response& response) {
    constexpr std::size_t kLengthMax = 80;
    const std::string* id = response.headers.find("x-amzn-RequestId");
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    return id != nullptr && id->size() <= kLengthMax && std::ranges::all_of(*id, is_plain) ? id : nullptr;
}

// By which a time of Amazon may lie ahead of Amazon's own clock before it is no time to go by.
constexpr Duration kAhead = hours(24);

UtcTime amazons_now(const net::Response& response, UtcTime otherwise) {
    const std::string* date = response.headers.find("Date");
    return (date == nullptr ? std::nullopt : parse_http_date(*date)).value_or(otherwise);
}

// A version from the future would never be replaced by a later one.
Status check_times(const ReadOrder& read, UtcTime now) {
    const auto ahead = [&](UtcTime time) { return time > now + kAhead; };
    if (ahead(read.order.updated_at)) return wire::undecodable("lastUpdatedTime", "lies in the future");
    if (ahead(read.order.purchased_at)) return wire::undecodable("createdTime", "lies in the future");
    return {};
}

void set_future_aside(SearchPage& page, UtcTime now) {
    std::vector<ReadOrder> credible;
    credible.reserve(page.orders.size());
    for (ReadOrder& read : page.orders) {
        Status checked = wire::explain(check_times(read, now));
        if (checked) credible.push_back(std::move(read));
        else page.undecodable.push_back({read.order.id, std::move(read.document), checked.error()});
    }
    page.orders = std::move(credible);
    // Whoever went on from there would never see what happens until then.
    if (page.last_updated_before && *page.last_updated_before > now) page.last_updated_before.reset();
}

std::string participations_path() { return "/sellers/v1/marketplaceParticipations"; }

std::string search_path(const SearchQuery& query) {
    QueryPairs pairs{{"lastUpdatedAfter", format_rfc3339(query.last_updated_after)}};
    if (!query.marketplaces.empty()) pairs.emplace_back("marketplaceIds", joined(query.marketplaces));
    pairs.emplace_back("maxResultsPerPage", std::to_string(query.page_size));
    pairs.emplace_back("includedData", kIncludedData);
    if (query.pagination_token) pairs.emplace_back("paginationToken", *query.pagination_token);
    return "/orders/2026-01-01/orders?" + format_query(pairs);
}

json::Value confirmation_body(const ShipmentConfirmation& shipment) {
    json::Array items;
    for (const ConfirmedItem& item : shipment.items)
        items.push_back(json::Object{{"orderItemId", item.order_item_id.str()}, {"quantity", item.quantity}});
    json::Object package{{"packageReferenceId", shipment.package_reference_id},
                         {"carrierCode", shipment.carrier_code.empty() ? "Other" : shipment.carrier_code}};
    if (!shipment.carrier_name.empty()) package["carrierName"] = shipment.carrier_name;
    if (!shipment.shipping_method.empty()) package["shippingMethod"] = shipment.shipping_method;
    package["trackingNumber"] = shipment.tracking;
    package["shipDate"] = format_rfc3339(shipment.shipped_at);
    package["orderItems"] = std::move(items);
    return json::Object{{"marketplaceId", shipment.marketplace.str()}, {"packageDetail", std::move(package)}};
}

Result<Participation> read_participation(const json::Value& value) {
    const json::Object* object = TRY(wire::as_object(value));
    const json::Object* marketplace =
        TRY(wire::required(wire::object(*object, "marketplace"), "marketplace"));
    const json::Object* state = TRY(wire::required(wire::object(*object, "participation"), "participation"));
    Participation read;
    read.marketplace = MarketplaceId(
        TRY(wire::in_member("marketplace", wire::required(wire::text(*marketplace, "id"), "id"))));
    read.country = TRY(wire::in_member("marketplace", wire::text(*marketplace, "countryCode")));
    read.name = TRY(wire::in_member("marketplace", wire::text(*marketplace, "name")));
    read.currency = TRY(wire::in_member("marketplace", wire::text(*marketplace, "defaultCurrencyCode")));
    read.store_name = TRY(wire::text(*object, "storeName"));
    read.participating = TRY(wire::in_member(
        "participation", wire::required(wire::flag(*state, "isParticipating"), "isParticipating")));
    read.suspended_listings = TRY(wire::in_member(
        "participation", wire::required(wire::flag(*state, "hasSuspendedListings"), "hasSuspendedListings")));
    return read;
}

Result<std::vector<Participation>> read_participations(const json::Value& body) {
    const json::Object* object = TRY(wire::as_object(body));
    const json::Array* list = TRY(wire::required(wire::array(*object, "payload"), "payload"));
    std::vector<Participation> all;
    for (std::size_t i = 0; i < list->size(); ++i)
        all.push_back(TRY(wire::in_element("payload", i, read_participation((*list)[i]))));
    return all;
}

}  // namespace

// One call as it goes out.
struct Client::Call {
    Operation operation = Operation::search_orders;
    CallPoint point;
    Effect effect = Effect::read;
    std::string method = "GET";
    std::string path{};  // with its query
    std::string body{};
};

Client::Client(net::HttpClient& http, const Clock& clock, QuotaLedger& ledger, Quarantine& quarantine,
               Logger& log, CallLog* calls)
    : http_(http),
      clock_(clock),
      ledger_(ledger),
      quarantine_(quarantine),
      log_(log),
      calls_(calls),
      tokens_(std::make_unique<TokenCache>(http, clock, log)) {}
Client::~Client() = default;

Task<Result<SearchPage>> Client::search_orders(Account account, SearchQuery query) {
    const auto response = co_await send(
        account,
        {.operation = Operation::search_orders, .point = "intake.search", .path = search_path(query)});
    if (!response) co_return keep_aside(account, std::nullopt, response, response.error());
    auto page = read_search_text(response->body);
    if (!page) co_return keep_aside(account, std::nullopt, response, page.error());
    if (const std::string* date = response->headers.find("Date")) page->date = parse_http_date(*date);
    set_future_aside(*page, amazons_now(*response, clock_.now()));
    co_return page;
}

Task<Result<ReadOrder>> Client::get_order(Account account, AmazonOrderId order) {
    std::string path = "/orders/2026-01-01/orders/" + percent_encode(order.str()) + "?" +
                       format_query({{"includedData", std::string(kIncludedData)}});
    const auto response = co_await send(
        account, {.operation = Operation::get_order, .point = "order.get", .path = std::move(path)});
    if (!response) co_return keep_aside(account, order, response, response.error());
    auto read = read_order_text(response->body);
    if (!read) co_return keep_aside(account, order, response, read.error());
    const Status checked = wire::explain(check_times(*read, amazons_now(*response, clock_.now())));
    if (!checked) co_return keep_aside(account, order, response, checked.error());
    co_return read;
}

Task<Status> Client::confirm_shipment(Account account, ShipmentConfirmation shipment) {
    Call call{.operation = Operation::confirm_shipment,
              .point = "command.confirm",
              .effect = Effect::write,
              .method = "POST",
              .path = "/orders/v0/orders/" + percent_encode(shipment.order.str()) + "/shipmentConfirmation",
              .body = json::serialize(confirmation_body(shipment))};
    const auto response = CO_TRY(co_await send(std::move(account), std::move(call)));
    // Any other success is not Amazon's word for it: whether it happened is not known.
    if (response.status != 204)
        co_return wire::undecodable(
            "", "Amazon answered confirmShipment with HTTP " + std::to_string(response.status) + ", not 204");
    co_return Status{};
}

Task<Result<std::vector<Participation>>> Client::marketplace_participations(Account account) {
    const auto response =
        CO_TRY(co_await send(std::move(account), {.operation = Operation::get_marketplace_participations,
                                                  .point = "account.verify",
                                                  .path = participations_path()}));
    const json::Value body = CO_TRY(read_json(response));
    co_return wire::explain(read_participations(body));
}

Task<Result<std::vector<Participation>>> Client::verify_credentials(Account account) {
    const Token token = CO_TRY(co_await tokens_->fresh_token(account));
    const Call call{.operation = Operation::get_marketplace_participations,
                    .point = "account.verify",
                    .path = participations_path()};
    const auto response = CO_TRY(co_await send_once(std::move(account), call, token));
    const json::Value body = CO_TRY(read_json(response));
    co_return wire::explain(read_participations(body));
}

void Client::forget_token(AccountId account) { tokens_->forget(account); }

Task<Result<net::Response>> Client::send(Account account, Call call) {
    const Token token = CO_TRY(co_await token_for(account));
    auto response = co_await send_once(account, call, token);
    const bool refused = !response && (response.error().kind == ErrorKind::forbidden ||
                                       response.error().kind == ErrorKind::unauthorized);
    if (!refused) co_return response;
    // Whatever the reason, a new token may be told something else.
    tokens_->drop(account.id, token);
    if (!says_token_expired(response.error().message)) co_return response;
    const Token renewed = CO_TRY(co_await token_for(account));
    co_return co_await send_once(std::move(account), std::move(call), renewed);
}

Task<Result<net::Response>> Client::send_once(Account account, Call call, Token token) {
    CO_TRY(take_quota(account, call.operation));
    net::ClientRequest request{.method = call.method, .url = account.spapi_url + call.path};
    request.headers.add("x-amz-access-token", token.reveal());
    request.headers.add("Accept", "application/json");
    if (!call.body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = call.body;
    const UtcTime started = clock_.now();
    crash_point(call.point.before);
    auto response = co_await http_.send(std::move(request));
    crash_point(call.point.after);
    log_call(account, call, started, response);
    CallFailure failure{.operation = facts_of(call.operation).name};
    if (response) {
        failure.status = response->status;
        if (const std::string* id = find_request_id(*response)) failure.request_id = *id;
        response = judge(account, call, token, *std::move(response));
    }
    if (response) {
        tell_success(account, failure.operation);
        co_return response;
    }
    failure.error = response.error();
    tell(account, failure);
    co_return response;
}

Task<Result<Token>> Client::token_for(Account account) {
    auto token = co_await tokens_->token(account);
    if (token) tell_success(account, kTokenOperation);
    else tell(account, {.operation = kTokenOperation, .error = token.error()});
    co_return token;
}

void Client::tell(const Account& account, const CallFailure& failure) {
    if (calls_ != nullptr && account.id != AccountId{}) calls_->failed(account.id, failure, clock_.now());
}

void Client::tell_success(const Account& account, std::string_view operation) {
    if (calls_ != nullptr && account.id != AccountId{})
        calls_->succeeded(account.id, operation, clock_.now());
}

// Whatever was not taken for its length leaves only the reason behind. Other errors pass.
std::unexpected<Error> Client::keep_aside(const Account& account, std::optional<AmazonOrderId> order,
                                          const Result<net::Response>& response, Error error) {
    const bool of_answer = error.kind == ErrorKind::corrupt || error.kind == ErrorKind::too_large;
    if (of_answer && account.id != AccountId{})
        quarantine_.keep(account.id,
                         {std::move(order), Pii(response ? response->body : error.message), error},
                         clock_.now());
    return std::unexpected(std::move(error));
}

Status Client::take_quota(const Account& account, Operation operation) {
    if (account.id == AccountId{}) return {};
    return ledger_.take(account.id, operation, clock_.now());
}

Result<net::Response> Client::judge(const Account& account, const Call& call, const Token& token,
                                    net::Response response) {
    const bool stored = account.id != AccountId{};
    if (const std::string* header = response.headers.find("x-amzn-RateLimit-Limit");
        header != nullptr && stored)
        if (const auto rate = parse_rate(*header)) ledger_.observed_rate(account.id, call.operation, *rate);
    const int status = response.status;
    if (status >= 200 && status < 300) return response;

    const OperationFacts& facts = facts_of(call.operation);
    const std::string words = amazon_words(response, account, token);
    const std::string refused = "Amazon refused " + std::string(facts.name) + ": " + words;
    if (status == 429) {
        if (stored) ledger_.exhausted(account.id, call.operation, clock_.now());
        Error error{ErrorKind::throttled, "quota_exhausted", refused};
        error.retry_after = Duration{(1'000'000'000'000 + facts.rate_micro - 1) / facts.rate_micro};
        return std::unexpected(std::move(error));
    }
    if (status == 401) return fail(ErrorKind::unauthorized, "amazon_unauthorized", refused);
    if (status == 403) return fail(ErrorKind::forbidden, "amazon_forbidden", refused);
    if (status == 404 && call.effect == Effect::read)
        return fail(ErrorKind::not_found, "amazon_not_found", refused);
    if (status == 408 || status >= 500)
        return fail(ErrorKind::unavailable, "amazon_unavailable",
                    "Amazon could not answer " + std::string(facts.name) + ": " + words);
    // The words alone: they stand beside the command, for people.
    if (status >= 400) return fail(ErrorKind::invalid, "amazon_refused", words);
    return wire::undecodable(
        "", "Amazon answered " + std::string(facts.name) + " with HTTP " + std::to_string(status));
}

void Client::log_call(const Account& account, const Call& call, UtcTime started,
                      const Result<net::Response>& response) {
    const auto took = std::chrono::duration_cast<milliseconds>(clock_.now() - started);
    const std::string* request_id = response ? find_request_id(*response) : nullptr;
    const std::initializer_list<LogField> fields{{"operation", facts_of(call.operation).name},
                                                 {"account", account.id.str()},
                                                 {"status", response ? response->status : 0},
                                                 {"code", response ? std::string() : response.error().code},
                                                 {"request_id", request_id != nullptr ? *request_id : ""},
                                                 {"ms", took.count()}};
    if (response && response->status < 400) log_.debug("amazon.call", fields);
    else log_.info("amazon.call", fields);
}

}  // namespace fairway::amazon
