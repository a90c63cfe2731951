#include "runner/amazon.hpp"

#include <boost/json.hpp>
#include <cstdlib>

#include "runner/script.hpp"
#include "sandbox/answer_check_test.hpp"
#include "sandbox/model_validator_test.hpp"

namespace fairway::scenarios {

namespace {

std::string operation_of(const net::Request& request) {
    if (request.path == "/auth/o2/token") return "token";
    if (request.path == "/orders/2026-01-01/orders") return "searchOrders";
    if (request.path.starts_with("/orders/2026-01-01/orders/")) return "getOrder";
    if (request.path.ends_with("/shipmentConfirmation")) return "confirmShipment";
    return request.path;
}

net::Response refuse(int status, const std::string& code, const std::string& words) {
    const json::Object body{
        {"errors", json::Array{json::Object{{"code", code}, {"message", words}, {"details", ""}}}}};
    return {
        .status = status, .headers = {{"Content-Type", "application/json"}}, .body = json::serialize(body)};
}

// Stands where something is to come that is no JSON.
constexpr const char* kNoJson = "not a number";

// Amazon's published models, where they are to be had.
bool find_models() {
    const char* folder = std::getenv("FAIRWAY_FACTS");
    if (folder != nullptr && *folder != '\0') sandbox::facts_folder() = folder;
    return sandbox::facts_folder().has_value();
}

std::unexpected<Error> lost(const std::string& code) {
    return fail(ErrorKind::unavailable, code, "the connection failed");
}

}  // namespace

const sandbox::Seller& Amazon::seller(std::int64_t number) const {
    if (number < 1 || number > static_cast<std::int64_t>(world_.sellers().size()))
        throw Wrong("there is no seller " + std::to_string(number));
    return world_.sellers()[static_cast<std::size_t>(number) - 1];
}

json::Value Amazon::control(const std::string& method, const std::string& path, const json::Value& body) {
    net::Request request{.method = method, .path = "/sandbox/" + path};
    if (!body.is_null()) request.body = json::serialize(body);
    const net::Response response = world_.handle(std::move(request));
    if (response.status >= 300) throw Wrong("the sandbox refuses: " + response.body);
    return *json::parse(response.body);
}

json::Value Amazon::order(const std::string& order_id) {
    return control("GET", "orders/" + order_id, nullptr).at("order");
}

void Amazon::end_faults() { world_.handle({.method = "DELETE", .path = "/sandbox/faults"}); }

void Amazon::state_total(const std::string& order_id, const std::string& amount) {
    if (amount.empty()) stated_totals_.erase(order_id);
    else stated_totals_[order_id] = amount;
}

std::map<std::string, std::int64_t> Amazon::calls() {
    std::map<std::string, std::int64_t> counts;
    const json::Value ledger = control("GET", "ledger", nullptr);
    for (const auto& [operation, count] : ledger.at("calls").as_object())
        counts[std::string(operation)] = count.to_number<std::int64_t>();
    return counts;
}

// The mood that this call meets, if it meets one.
std::optional<Mood> Amazon::mood_of(const std::string& operation) {
    const auto found = moods_.find(operation);
    if (found == moods_.end()) return std::nullopt;
    Mood& mood = found->second;
    if (mood.after-- > 0) return std::nullopt;
    if (mood.times && (*mood.times)-- <= 0) return std::nullopt;
    return mood;
}

net::Response Amazon::ask(const net::Request& request) {
    static const bool models = find_models();
    std::vector<std::string> problems;
    net::Response response =
        models ? sandbox::handle_checked(world_, request, problems) : world_.handle(request);
    if (!problems.empty()) throw Wrong("the sandbox contradicts Amazon's models: " + problems.front());
    return response;
}

net::Response Amazon::spoil(const net::Request& request, Mood::Kind kind) {
    net::Response response = ask(request);
    response.status = 200;
    if (kind == Mood::Kind::half) response.body.resize(response.body.size() / 2);
    else response.body = kind == Mood::Kind::empty ? "" : "<html><body>Sorry!</body></html>";
    return response;
}

net::Response Amazon::repeat_page(const net::Request& request) {
    net::Response response = ask(request);
    auto body = json::parse(response.body);
    for (const auto& [name, value] : request.query)
        if (name == "paginationToken" && body && body->is_object())
            body->as_object()["pagination"] = json::Object{{"nextToken", value}};
    if (body) response.body = json::serialize(*body);
    return response;
}

Result<net::Response> Amazon::answer(const net::Request& request) {
    if (const auto mood = mood_of(operation_of(request))) {
        switch (mood->kind) {
            case Mood::Kind::refused: return refuse(400, "InvalidInput", mood->words);
            case Mood::Kind::throttled: return refuse(429, "QuotaExceeded", "You exceeded your quota.");
            case Mood::Kind::unavailable: return refuse(503, "ServiceUnavailable", "Try again later.");
            case Mood::Kind::forbidden: return refuse(403, "Unauthorized", "Access is denied.");
            case Mood::Kind::answer_lost: ask(request); return lost("connection_lost");
            case Mood::Kind::answer_too_large:
                ask(request);
                return fail(ErrorKind::too_large, "answer_too_large", "the answer is too large");
            case Mood::Kind::unreachable: return lost("connect_failed");
            case Mood::Kind::page_repeated: return repeat_page(request);
            case Mood::Kind::not_json:
            case Mood::Kind::half:
            case Mood::Kind::empty: return spoil(request, mood->kind);
        }
    }
    net::Response response = ask(request);
    const bool all_true = stated_totals_.empty() && recipients_.empty() && hidden_.empty() &&
                          garbled_.empty() && broken_.empty() && without_marketplace_.empty();
    if (!all_true && response.status == 200) falsify(response);
    return response;
}

void Amazon::falsify(json::Value& order) const {
    const std::string id(order.at("orderId").as_string());
    const auto stated = stated_totals_.find(id);
    json::Value* proceeds = order.as_object().if_contains("proceeds");
    if (stated != stated_totals_.end() && proceeds != nullptr)
        proceeds->at("grandTotal").at("amount") = stated->second;
    if (const auto shown = recipients_.find(id); shown != recipients_.end())
        order.as_object()["recipient"] = json::Object{{"deliveryAddress", shown->second}};
    if (garbled_.contains(id)) order.at("orderItems") = "unreadable";
    if (broken_.contains(id)) order.at("orderItems") = kNoJson;
    if (without_marketplace_.contains(id)) order.at("salesChannel").as_object().erase("marketplaceId");
}

void Amazon::falsify(net::Response& response) const {
    auto body = json::parse(response.body);
    if (!body || !body->is_object()) return;
    if (json::Value* orders = body->as_object().if_contains("orders")) {
        json::Array shown;
        for (json::Value& order : orders->as_array())
            if (!hidden_.contains(std::string(order.at("orderId").as_string()))) shown.push_back(order);
        *orders = std::move(shown);
        for (json::Value& order : orders->as_array()) falsify(order);
    }
    if (json::Value* order = body->as_object().if_contains("order")) falsify(*order);
    response.body = json::serialize(*body);
    const std::string quoted = json::serialize(json::Value(kNoJson));
    for (std::size_t at = response.body.find(quoted); at != std::string::npos;
         at = response.body.find(quoted))
        response.body.replace(at, quoted.size(), "NaN");
}

}  // namespace fairway::scenarios
