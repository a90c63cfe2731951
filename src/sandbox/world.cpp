#include "sandbox/world.hpp"

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"

namespace fairway::sandbox {

namespace {

// Amazon's gateway answers these with a page of HTML. An empty access token is told apart further in.
bool breaks_rfc_7230(const net::Request& request) {
    const bool get_with_body =
        request.method == "GET" && (!request.body.empty() || request.headers.find("Content-Length") ||
                                    request.headers.find("Transfer-Encoding"));
    const bool empty_value = std::ranges::any_of(request.headers, [](const auto& header) {
        return header.second.empty() && to_lower_ascii(header.first) != "x-amz-access-token";
    });
    return get_with_body || empty_value || request.headers.count("Host") > 1;
}

constexpr std::size_t kUserAgentMax = 500;

// One port plays all of Amazon's hosts; what comes under none of their names is held to nothing.
bool is_host(const net::Request& request, std::string_view name) {
    const std::string* host = request.headers.find("Host");
    return host != nullptr && host->contains(name);
}

// A request that comes under the name of a region's endpoint is held to its region.
std::optional<domain::Region> region_of_host(const net::Request& request) {
    for (const domain::Region region : {domain::Region::na, domain::Region::eu, domain::Region::fe})
        if (is_host(request, "sellingpartnerapi-" + std::string(domain::to_text(region)) + ".amazon.com"))
            return region;
    return std::nullopt;
}

}  // namespace

World::World(Options options, SandboxClock& clock)
    : options_(std::move(options)),
      clock_(clock),
      rng_(options_.seed),
      call_rng_(options_.seed ^ 0x5bd1e995),
      now_(clock.now()) {
    make_sellers();
    if (options_.orders_per_minute > 0) next_order_at_ = now_ + next_gap();
    add_routes();
    dispatch_ = net::dispatch(router_, [this](int status, const net::Router::Match&) {
        return respond(error(status, status == 404 ? "NotFound" : "InvalidInput",
                             status == 404 ? "There is no such operation." : "The request is not valid."));
    });
}

net::Response World::handle(net::Request request) {
    const std::lock_guard lock(mutex_);
    now_ = std::max(now_, clock_.now());
    advance();
    blow_.reset();
    auto refused = refuse_host(request);
    net::Response response = refused ? *std::move(refused) : dispatch_(std::move(request));
    const Duration skew = blow_ && blow_->fault == Fault::clock_skew ? blow_->skew : Duration::zero();
    response.headers.set("Date", format_http_date(now_ + skew));
    return response;
}

void World::add_gate(const std::string& method, const std::string& pattern, Gate gate) {
    router_.add(method, pattern,
                [this, kept = std::move(gate)](const net::Request& request) { return call(request, kept); });
}

void World::add_operations() {
    const auto add = [&](const std::string& method, const std::string& pattern, std::string_view name,
                         Answer (World::*operation)(const net::Request&, const Seller&)) {
        add_gate(
            method, pattern,
            {name, find_rate(name), [this, operation](const net::Request& request, const Seller& seller) {
                 return (this->*operation)(request, seller);
             }});
    };
    add("GET", "/orders/2026-01-01/orders", "searchOrders", &World::search_orders);
    add("GET", "/orders/2026-01-01/orders/{orderId}", "getOrder", &World::get_order);
    add("GET", "/sellers/v1/marketplaceParticipations", "getMarketplaceParticipations",
        &World::marketplace_participations);
    add("POST", "/orders/v0/orders/{orderId}/shipmentConfirmation", "confirmShipment",
        &World::confirm_shipment);
}

// All share one limit.
void World::add_static_operations() {
    for (const StaticOperation& each : *options_.static_operations)
        add_gate(each.method, each.path,
                 {each.name, find_rate("static"), [&each](const net::Request& request, const Seller&) {
                      const StaticCase* found = each.find(request);
                      if (found == nullptr)
                          return error(400, "InvalidInput", "Could not match input arguments");
                      return Answer{.status = found->status, .body = found->body};
                  }});
}

void World::add_routes() {
    if (options_.static_operations) add_static_operations();
    else add_operations();
    const auto control = [this](std::string method, std::string pattern,
                                net::Response (World::*handler)(const net::Request&)) {
        router_.add(std::move(method), std::move(pattern),
                    [this, handler](const net::Request& request) { return (this->*handler)(request); });
    };
    control("POST", "/auth/o2/token", &World::token);
    control("GET", "/sandbox/sellers", &World::get_sellers);
    control("POST", "/sandbox/sellers/{id}/client-secret", &World::post_client_secret);
    control("POST", "/sandbox/sellers/{id}/refresh-token", &World::post_refresh_token);
    control("POST", "/sandbox/sellers/{id}/revoke", &World::post_revoke);
    control("POST", "/sandbox/sellers/{id}/roles", &World::post_roles);
    control("GET", "/sandbox/clock", &World::get_clock);
    control("POST", "/sandbox/clock", &World::post_clock);
    control("POST", "/sandbox/orders", &World::post_order);
    control("GET", "/sandbox/orders/{id}", &World::get_entry);
    control("POST", "/sandbox/orders/{id}/status", &World::post_status);
    control("POST", "/sandbox/orders/{id}/cancel-request", &World::post_cancel_request);
    control("GET", "/sandbox/ledger", &World::get_ledger);
    control("GET", "/sandbox/faults", &World::get_faults);
    control("POST", "/sandbox/faults", &World::post_fault);
    control("DELETE", "/sandbox/faults", &World::delete_faults);
}

net::Response World::respond(const Answer& answer) {
    net::Response response{
        .status = answer.status, .headers = {{"Content-Type", answer.content_type}}, .body = answer.body};
    char id[40];
    std::snprintf(id, sizeof id, "%08llx-sandbox-%08lld", static_cast<unsigned long long>(options_.seed),
                  static_cast<long long>(++requests_));
    response.headers.set("x-amzn-RequestId", id);
    if (!answer.error_type.empty()) response.headers.set("x-amzn-ErrorType", answer.error_type);
    return response;
}

// Each of Amazon's hosts has its own paths: tokens are at the one, operations at the others.
std::optional<net::Response> World::refuse_host(const net::Request& request) {
    const bool is_token = request.path == "/auth/o2/token";
    if (is_host(request, "api.amazon.com") && !is_token)
        return respond(error(404, "NotFound", "There is no such operation."));
    if (!region_of_host(request) || (!is_token && !request.path.starts_with("/sandbox/")))
        return std::nullopt;
    Answer answer = error(403, "MissingAuthenticationToken", "Access to requested resource is denied.");
    return respond(answer);
}

// The answer of a call that a fault keeps from happening.
std::optional<net::Response> World::fail_before(std::string_view name) {
    blow_ = faults_.strike(name);
    if (!blow_) return std::nullopt;
    switch (blow_->fault) {
        case Fault::refused:
            return respond(error(400, "InvalidInput",
                                 "Request has missing or invalid parameters and cannot be parsed."));
        case Fault::quota:
            return respond(
                error(429, "QuotaExceeded", "You exceeded your quota for the requested resource."));
        case Fault::failed:
            return respond(error(500, "InternalFailure", "We encountered an internal error. Try again."));
        case Fault::unavailable:
            return respond(error(503, "ServiceUnavailable", "Service is temporarily unavailable."));
        case Fault::cut_before: return net::Response{.delivery = net::Delivery::cut};
        case Fault::time_before: return net::Response{.delivery = net::Delivery::held};
        default: return std::nullopt;
    }
}

// What the caller learns of a call that happened.
void World::spoil(net::Response& response) const {
    if (!blow_) return;
    switch (blow_->fault) {
        case Fault::cut_after: response.delivery = net::Delivery::cut; break;
        case Fault::time_after: response.delivery = net::Delivery::held; break;
        // An answer without a body is cut instead: there is no half of it.
        case Fault::truncate:
            response.delivery = response.body.empty() ? net::Delivery::cut : net::Delivery::truncated;
            break;
        case Fault::not_json:
            response.status = 200;
            response.headers.set("Content-Type", "text/html");
            response.body = "<html><body>The page you asked for is on its way.</body></html>";
            break;
        case Fault::slow: response.delay = blow_->delay; break;
        default: break;
    }
}

// The gate in front of every operation: RFC 7230, access, quota, then the operation; the headers as Amazon
// sets them.
net::Response World::call(const net::Request& request, const Gate& gate) {
    ++calls_[std::string(gate.name)];
    if (auto failed = fail_before(gate.name)) return *std::move(failed);
    if (breaks_rfc_7230(request))
        return respond({.status = 400,
                        .body = "<html><head><title>400 Bad Request</title></head>"
                                "<body><h1>400 Bad Request</h1></body></html>",
                        .content_type = "text/html"});
    const std::string* user_agent = request.headers.find("User-Agent");
    const Seller* seller = nullptr;
    Answer answer;
    if (user_agent != nullptr && user_agent->size() > kUserAgentMax)
        answer = error(400, "InvalidInput", "Invalid Input", "The user-agent has more than 500 characters.");
    else if (auto refused = refuse_access(request, seller)) answer = std::move(*refused);
    else if (options_.quotas && !quotas_.take(seller->seller_id, gate.rate->operation, now_))
        answer = error(429, "QuotaExceeded", "You exceeded your quota for the requested resource.");
    else answer = gate.operation(request, *seller);

    net::Response response = respond(answer);
    // The rate is told on 20x, 400 and 404 only.
    if (answer.status < 300 || answer.status == 400 || answer.status == 404) {
        char rate[32];
        std::snprintf(rate, sizeof rate, "%g", gate.rate->per_second);
        response.headers.set("x-amzn-RateLimit-Limit", rate);
    }
    spoil(response);
    return response;
}

std::optional<World::Answer> World::refuse_access(const net::Request& request, const Seller*& seller) {
    const std::string* token = request.headers.find("x-amz-access-token");
    if (token == nullptr || token->empty()) return denied("Access token is missing in the request header.");
    const auto known = access_tokens_.find(*token);
    if (known == access_tokens_.end())
        return denied("The access token you provided is revoked, malformed or invalid.");
    if (blow_ && blow_->fault == Fault::token_dies) known->second.expires_at = now_;
    if (known->second.expires_at <= now_) return denied("The access token you provided has expired.");
    seller = find_seller(known->second.seller_id);
    if (seller == nullptr) return denied("The access token is of no selling partner.");
    const auto region = region_of_host(request);
    if (region && *region != seller->region)
        return denied("The selling partner does not belong to this region.");
    return std::nullopt;
}

World::Answer World::denied(const std::string& details) {
    Answer answer = error(403, "Unauthorized", "Access to requested resource is denied.", details);
    answer.error_type = "AccessDeniedException";
    return answer;
}

std::string World::random_text() {
    std::string bytes(24, '\0');
    call_rng_.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    return base64url_encode(as_bytes(bytes));
}

World::Answer World::error(int status, const std::string& code, const std::string& message,
                           const std::string& details) {
    const json::Object body{
        {"errors", json::Array{json::Object{{"code", code}, {"message", message}, {"details", details}}}}};
    return {.status = status,
            .body = json::serialize(body),
            .error_type = status >= 400 && status < 500 ? code + "Exception" : ""};
}

Viewer World::viewer_for(const Seller& seller) const {
    return {.may_ship = seller.roles.shipping, .may_tax = seller.roles.tax, .now = now_};
}

json::Value World::show(const Order& order) {
    return render_order(order, all_data_sets(), viewer_for(*find_seller(order.seller_id)));
}

// Orders of the last two years; in Japan, Australia and Singapore all since 2016.
bool World::is_shown(const Order& order, const Seller& seller) const {
    const std::string_view country = order.marketplace->country;
    const bool kept_long = country == "JP" || country == "AU" || country == "SG";
    return order.seller_id == seller.seller_id && (kept_long || order.created_at >= now_ - days(2 * 365));
}

Seller* World::find_seller(const std::string& id) {
    const auto found = std::ranges::find(sellers_, id, &Seller::seller_id);
    return found == sellers_.end() ? nullptr : &*found;
}

void World::change_status(Order& order, const Status& status, UtcTime at) {
    order.status = status;
    if (status == "UNSHIPPED") order.paid = true;
    order.updated_at = at;
    if (status != "CANCELLED") return;
    for (Line& line : order.lines) {
        if (line.open() > 0) line.cancelled_by = line.cancel_request.empty() ? "AMAZON" : "BUYER";
        line.cancelled = line.ordered - line.fulfilled;
    }
}

}  // namespace fairway::sandbox
