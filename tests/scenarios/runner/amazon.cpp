#include "runner/amazon.hpp"

#include <boost/json.hpp>

#include "runner/script.hpp"

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

void Amazon::state_total(const std::string& order_id, const std::string& amount) {
    if (amount.empty()) stated_totals_.erase(order_id);
    else stated_totals_[order_id] = amount;
}

Result<net::Response> Amazon::answer(const net::Request& request) {
    const auto found = moods_.find(operation_of(request));
    const bool normal = found == moods_.end() || found->second.after-- > 0;
    if (!normal) {
        const Mood& mood = found->second;
        switch (mood.kind) {
            case Mood::Kind::refused: return refuse(400, "InvalidInput", mood.words);
            case Mood::Kind::throttled: return refuse(429, "QuotaExceeded", "You exceeded your quota.");
            case Mood::Kind::unavailable: return refuse(503, "ServiceUnavailable", "Try again later.");
            case Mood::Kind::forbidden: return refuse(403, "Unauthorized", "Access is denied.");
            case Mood::Kind::answer_lost: world_.handle(request); return lost("connection_lost");
            case Mood::Kind::unreachable: return lost("connect_failed");
        }
    }
    net::Response response = world_.handle(request);
    const bool all_true = stated_totals_.empty() && hidden_.empty();
    if (!all_true && response.status == 200) falsify(response);
    return response;
}

void Amazon::falsify(net::Response& response) const {
    auto body = json::parse(response.body);
    if (!body || !body->is_object()) return;
    const auto change = [&](json::Value& order) {
        const auto stated = stated_totals_.find(std::string(order.at("orderId").as_string()));
        json::Value* proceeds = order.as_object().if_contains("proceeds");
        if (stated != stated_totals_.end() && proceeds != nullptr)
            proceeds->at("grandTotal").at("amount") = stated->second;
    };
    if (json::Value* orders = body->as_object().if_contains("orders")) {
        json::Array shown;
        for (json::Value& order : orders->as_array())
            if (!hidden_.contains(std::string(order.at("orderId").as_string()))) shown.push_back(order);
        *orders = std::move(shown);
        for (json::Value& order : orders->as_array()) change(order);
    }
    if (json::Value* order = body->as_object().if_contains("order")) change(*order);
    response.body = json::serialize(*body);
}

}  // namespace fairway::scenarios
