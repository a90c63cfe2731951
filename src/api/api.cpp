#include "api/api.hpp"

#include <algorithm>
#include <array>
#include <new>

#include "api/handlers.hpp"
#include "api/metrics.hpp"
#include "api/principal.hpp"
#include "api/problem.hpp"
#include "api/screens.hpp"
#include "api/shapes.hpp"
#include "api/views.hpp"
#include "base/text.hpp"
#include "openapi/openapi.hpp"

namespace fairway::api {

namespace {

using store::Role;

constexpr std::string_view kPrefix = "/api/v1";
// A name and a password; and what takes no body says which member it does not know.
constexpr std::size_t kShortBody = 4UL * 1024;
constexpr std::size_t kBody = 64UL * 1024;
// Many lines, or preferences.
constexpr std::size_t kLongBody = 1024UL * 1024;

struct RouteFacts {
    std::string_view method;
    std::string_view pattern;  // below /api/v1
    Role least;                // who may at least
    Handler handler;
    std::size_t body_max = kBody;
};

constexpr std::array kRoutes{
    RouteFacts{"GET", "/amazon-orders", Role::viewer, list_amazon_orders},
    RouteFacts{"GET", "/amazon-orders/summary", Role::viewer, summarize_amazon_orders},
    RouteFacts{"POST", "/amazon-orders/retry", Role::operator_, retry_amazon_orders, kShortBody},
    RouteFacts{"GET", "/amazon-orders/{store}/{amazon_order_id}", Role::viewer, get_amazon_order},
    RouteFacts{"GET", "/amazon-orders/{store}/{amazon_order_id}/history", Role::viewer,
               get_amazon_order_history},
    RouteFacts{"POST", "/amazon-orders/{store}/{amazon_order_id}/retry", Role::operator_, retry_amazon_order,
               kShortBody},
    RouteFacts{"PATCH", "/amazon-orders/{store}/{amazon_order_id}/shipping-address", Role::operator_,
               repair_shipping_address},
    RouteFacts{"POST", "/amazon-orders/{store}/{amazon_order_id}/import-anyway", Role::operator_,
               import_anyway},
    RouteFacts{"GET", "/commerce-orders", Role::viewer, list_commerce_orders},
    RouteFacts{"GET", "/commerce-orders/{id}", Role::viewer, get_commerce_order},
    RouteFacts{"POST", "/commerce-orders/{id}/shipments", Role::operator_, create_shipment, kLongBody},
    RouteFacts{"POST", "/commerce-orders/{id}/invoices", Role::operator_, create_invoice, kShortBody},
    RouteFacts{"POST", "/commerce-orders/{id}/credit-memos", Role::operator_, create_credit_memo, kLongBody},
    RouteFacts{"POST", "/commerce-orders/{id}/cancel", Role::operator_, cancel_commerce_order, kShortBody},
    RouteFacts{"POST", "/commerce-orders/{id}/hold", Role::operator_, hold_commerce_order, kShortBody},
    RouteFacts{"POST", "/commerce-orders/{id}/unhold", Role::operator_, unhold_commerce_order, kShortBody},
    RouteFacts{"POST", "/commerce-orders/{id}/comments", Role::operator_, create_comment},
    RouteFacts{"GET", "/products", Role::viewer, list_products},
    RouteFacts{"POST", "/products", Role::operator_, create_product},
    RouteFacts{"GET", "/products/{sku}", Role::viewer, get_product},
    RouteFacts{"PATCH", "/products/{sku}", Role::operator_, update_product},
    RouteFacts{"GET", "/stock/{sku}", Role::viewer, get_stock},
    RouteFacts{"PUT", "/stock/{sku}", Role::operator_, put_stock},
    RouteFacts{"GET", "/listings", Role::viewer, list_listings},
    RouteFacts{"PUT", "/listings/{store}/{seller_sku}", Role::operator_, put_listing},
    RouteFacts{"GET", "/marketplaces", Role::viewer, list_marketplaces},
    RouteFacts{"GET", "/accounts", Role::viewer, list_accounts},
    RouteFacts{"POST", "/accounts", Role::administrator, create_account},
    RouteFacts{"PATCH", "/accounts/{account}", Role::administrator, update_account},
    RouteFacts{"GET", "/stores", Role::viewer, list_stores},
    RouteFacts{"POST", "/stores", Role::administrator, create_store},
    RouteFacts{"GET", "/stores/{store}", Role::viewer, get_store},
    RouteFacts{"PATCH", "/stores/{store}", Role::administrator, rename_store},
    RouteFacts{"DELETE", "/stores/{store}", Role::administrator, delete_store, kShortBody},
    RouteFacts{"GET", "/stores/{store}/dashboard", Role::viewer, get_dashboard},
    RouteFacts{"PATCH", "/stores/{store}/settings", Role::administrator, patch_settings},
    RouteFacts{"POST", "/stores/{store}/activate", Role::administrator, activate_store, kShortBody},
    RouteFacts{"POST", "/stores/{store}/deactivate", Role::administrator, deactivate_store, kShortBody},
    RouteFacts{"GET", "/commands", Role::viewer, list_commands},
    RouteFacts{"GET", "/commands/{id}", Role::viewer, get_command},
    RouteFacts{"POST", "/commands/{id}/replay", Role::operator_, replay_command, kShortBody},
    RouteFacts{"GET", "/sync-runs", Role::viewer, list_sync_runs},
    RouteFacts{"POST", "/sync-runs", Role::operator_, start_sync},
    RouteFacts{"GET", "/sync-runs/{id}", Role::viewer, get_sync_run},
    RouteFacts{"GET", "/messages", Role::viewer, list_messages},
    RouteFacts{"GET", "/attention", Role::viewer, list_attention},
    RouteFacts{"POST", "/attention/{id}/close", Role::operator_, close_attention, kShortBody},
    RouteFacts{"GET", "/quarantine", Role::viewer, list_quarantine},
    RouteFacts{"POST", "/quarantine/{id}/retry", Role::operator_, retry_quarantined, kShortBody},
    RouteFacts{"GET", "/communication-errors", Role::viewer, list_communication_errors},
    RouteFacts{"GET", "/exports", Role::viewer, list_exports},
    RouteFacts{"GET", "/system", Role::viewer, get_system},
    RouteFacts{"POST", "/system/read-only", Role::administrator, set_read_only},
    RouteFacts{"GET", "/audit", Role::administrator, list_audit},
    RouteFacts{"GET", "/users", Role::administrator, list_users},
    RouteFacts{"POST", "/users", Role::administrator, create_user},
    RouteFacts{"PATCH", "/users/{user}", Role::administrator, update_user},
    RouteFacts{"POST", "/users/{user}/invitation", Role::administrator, invite_user, kShortBody},
    RouteFacts{"POST", "/users/{user}/unlock", Role::administrator, unlock_user, kShortBody},
    RouteFacts{"DELETE", "/users/{user}/sessions", Role::administrator, end_sessions_of_user, kShortBody},
    RouteFacts{"GET", "/sessions", Role::viewer, list_own_sessions},
    RouteFacts{"DELETE", "/sessions/{id}", Role::viewer, end_own_session, kShortBody},
    RouteFacts{"GET", "/preferences", Role::viewer, get_preferences},
    RouteFacts{"PUT", "/preferences", Role::viewer, put_preferences, kLongBody},
    RouteFacts{"GET", "/tokens", Role::administrator, list_tokens},
    RouteFacts{"POST", "/tokens", Role::administrator, create_token},
    RouteFacts{"DELETE", "/tokens/{id}", Role::administrator, revoke_token, kShortBody},
};

bool is_mutation(const std::string& method) { return method != "GET" && method != "HEAD"; }

net::Response refuse_unrouted(int status, const net::Router::Match& match) {
    switch (status) {
        case 400:
            return problem({ErrorKind::malformed, "path_invalid", "the path holds a broken percent escape"});
        case 405: {
            std::string allowed;
            for (const std::string& method : match.allowed) allowed += (allowed.empty() ? "" : ", ") + method;
            return problem(
                {ErrorKind::malformed, "method_not_allowed", "this address understands " + allowed + " only"},
                status);
        }
        case 413:
            return problem(
                {ErrorKind::too_large, "body_too_large", "the body is longer than this address takes"});
        default: return problem({ErrorKind::not_found, "path_unknown", "there is nothing at this address"});
    }
}

net::Response run(Call& call, Handler handler) {
    const Result<Answer> answer = handler(call);
    if (!answer) return problem(answer.error());
    record_views(call);
    return json_response(answer->status, json::serialize(answer->body));
}

Status check_role(const Principal& principal, Role least) {
    if (principal.role >= least) return {};
    return fail(ErrorKind::forbidden, "role_too_low",
                "this needs the role " + std::string(store::to_text(least)) + "; you have " +
                    std::string(store::to_text(principal.role)));
}

net::Response health(std::string status) {
    return json_response(200, json::serialize(json::encode(Health{std::move(status)})));
}

// Browsers hold all ports of a host to HTTPS: with a port in it, the address is not the host's only service.
bool is_whole_host(std::string_view public_url) {
    constexpr std::string_view kScheme = "https://";
    return public_url.starts_with(kScheme) && !public_url.substr(kScheme.size()).contains(':');
}

}  // namespace

Api::Api(Services services)
    : services_(std::move(services)), sign_in_(services_), key_budget_(services_.keys_per_day) {
    services_.exports = &exports_;
    for (const RouteFacts& route : kRoutes)
        router_.add(
            std::string(route.method), std::string(kPrefix) + std::string(route.pattern),
            [this, handler = route.handler, least = route.least](const net::Request& request) {
                return serve(request, handler, least);
            },
            route.body_max);
    add_sign_in();
    router_.add("GET", "/healthz", [](const net::Request&) { return health("ok"); });
    router_.add("GET", "/readyz", [this](const net::Request&) {
        try {
            services_.sync.db.read([](db::Reader& tx) { tx.query("SELECT 1"); });
        } catch (const db::Failure&) {
            // The answer that this address is there for, and not a failure of the request.
            return problem({ErrorKind::unavailable, "database_unavailable", "the database does not answer"});
        }
        return health("ready");
    });
    router_.add("GET", std::string(kPrefix) + "/events",
                [this](const net::Request& request) { return events(request); });
    router_.add("GET", std::string(kPrefix) + "/exports/{list}",
                [this](const net::Request& request) { return export_list(request); });
    router_.add("GET", "/metrics", [this](const net::Request& request) { return metrics(request); });
    router_.add("GET", "/openapi.json",
                [](const net::Request&) { return json_response(200, std::string(openapi_json())); });
    dispatch_ = net::dispatch(router_, refuse_unrouted);
}

void Api::add_sign_in() {
    const auto add = [this](std::string method, std::string_view pattern, auto what) {
        router_.add(
            std::move(method), std::string(kPrefix) + std::string(pattern),
            [this, what](const net::Request& request) { return (sign_in_.*what)(request); }, kShortBody);
    };
    add("POST", "/session", &SignIn::sign_in);
    add("GET", "/session", &SignIn::get_session);
    add("DELETE", "/session", &SignIn::sign_out);
    add("POST", "/session/password", &SignIn::change_password);
    add("POST", "/invitations/look", &SignIn::look_at_invitation);
    add("POST", "/invitations/accept", &SignIn::accept_invitation);
}

std::size_t Api::body_max(const net::Request& head) const {
    // What is read has none.
    if (!is_mutation(head.method)) return 0;
    const net::Router::Match match = router_.match(head.method, head.path);
    return match.handler == nullptr ? kShortBody : match.body_max;
}

// A password's hash needs a good deal of memory: without it, nothing is wrong with the password.
net::Response Api::dispatch_with_memory(net::Request request) {
    try {
        return dispatch_(std::move(request));
    } catch (const std::bad_alloc&) {
        services_.sync.log.error("api.out_of_memory");
    }
    return problem(
        {ErrorKind::unavailable, "out_of_memory", "there is no memory for this; try again", "", seconds(5)});
}

net::Response Api::handle(net::Request request) {
    auto screen = find_screen(request);
    return for_browsers(screen ? *std::move(screen) : as_data(dispatch_with_memory(std::move(request))));
}

net::Response Api::refuse(int status, const std::string& text) const {
    return for_browsers(server_problem(status, text));
}

net::Response Api::for_browsers(net::Response response) const {
    if (is_whole_host(services_.public_url))
        response.headers.set("Strict-Transport-Security", "max-age=31536000");
    return response;
}

net::Response Api::handle_local(net::Request request, PersonalData personal_data) {
    const net::Router::Match match = router_.match(request.method, request.path);
    if (match.handler == nullptr) return refuse_unrouted(match.status, match);
    request.params = match.params;
    request.route = match.pattern;
    const std::string_view pattern = std::string_view(match.pattern).substr(kPrefix.size());
    const auto route = std::ranges::find_if(kRoutes, [&](const RouteFacts& each) {
        return each.pattern == pattern && each.method == request.method;
    });
    CHECK(route != kRoutes.end(), "the command line asks for routes of the API");
    return answer(
        request, route->handler,
        {.actor = "cli", .role = Role::administrator, .buyer_data = personal_data == PersonalData::shown},
        services_.sync.clock.now());
}

net::Response Api::serve(const net::Request& request, Handler handler, Role least) {
    const UtcTime now = services_.sync.clock.now();
    const Result<Principal> principal = authenticate(services_, request, now);
    if (!principal) return problem(principal.error());
    if (const Status may = check_role(*principal, least); !may) return problem(may.error());
    return answer(request, handler, *principal, now);
}

net::Response Api::metrics(const net::Request& request) {
    const UtcTime now = services_.sync.clock.now();
    const Result<Principal> principal = authenticate(services_, request, now);
    if (!principal) return problem(principal.error());
    std::string text = services_.sync.db.read([&](db::Reader& tx) { return render_metrics(tx, now); });
    return {.status = 200,
            .headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
            .body = std::move(text)};
}

net::Response Api::events(const net::Request& request) {
    const Result<Principal> principal = authenticate(services_, request, services_.sync.clock.now());
    if (!principal) return problem(principal.error());
    const std::string* last = request.headers.find("Last-Event-ID");
    return {.status = 200,
            .headers = {{"Content-Type", "text/event-stream"},
                        {"Cache-Control", "no-store"},
                        {"X-Accel-Buffering", "no"}},  // nginx would collect events before it hands them on
            .stream = std::make_shared<EventStream>(services_.sync.db, services_.sync.clock, principal->token,
                                                    last == nullptr ? "" : *last,
                                                    open_streams_.take(principal->actor))};
}

net::Response Api::export_list(const net::Request& request) {
    const UtcTime now = services_.sync.clock.now();
    const Result<Principal> principal = authenticate(services_, request, now);
    if (!principal) return problem(principal.error());
    const ExportedList* list = find_exported_list(request.params.at(0));
    if (list == nullptr)
        return problem(no_such("list", request.params.at(0), "list_unknown", "list").error());
    const auto route = std::ranges::find(kRoutes, list->handler, &RouteFacts::handler);
    if (const Status may = check_role(*principal, route->least); !may) return problem(may.error());
    auto file = begin_export(services_, *list, request, *principal, now);
    if (!file) return problem(file.error());
    const std::string name = std::string(list->name) + "-" + format_rfc3339(now).substr(0, 10) + ".csv";
    return {.status = 200,
            .headers = {{"Content-Type", "text/csv; charset=utf-8; header=present"},
                        {"Content-Disposition", "attachment; filename=\"" + name + "\""},
                        {"Cache-Control", "no-store"},
                        {"X-Accel-Buffering", "no"}},
            .stream = *std::move(file)};
}

net::Response Api::answer(const net::Request& request, Handler handler, const Principal& principal,
                          UtcTime now) {
    Call call{request, services_, principal, domain::Language::en, now};
    call.may_search_persons = principal.buyer_data;
    if (const std::string* language = request.headers.find("Accept-Language"))
        call.language = domain::choose_language(*language);
    if (!is_mutation(request.method)) return run(call, handler);
    // The answer of a mutation may be kept under its Idempotency-Key, where personal data does not belong.
    call.principal.buyer_data = false;
    const std::string* key = request.headers.find("Idempotency-Key");
    if (key == nullptr) return run(call, handler);
    constexpr std::size_t kKeyMax = 200;
    if (key->empty() || key->size() > kKeyMax || !is_valid_utf8(*key))
        return problem({ErrorKind::malformed, "idempotency_key_invalid",
                        "an Idempotency-Key has 1 to 200 characters", "Idempotency-Key"});
    call.once = Once{*key, digest_of(request)};
    return serve_once(call, handler);
}

net::Response Api::serve_once(Call& call, Handler handler) {
    const RunningKeys::Hold hold(running_keys_, call.principal.actor, call.once->key);
    if (!hold.held()) return problem(running_error());
    const auto known = find_answer(call);
    if (!known) return problem(known.error());
    if (*known) {
        net::Response response = json_response((*known)->status, (*known)->body);
        response.headers.set("Idempotency-Replayed", "true");
        return response;
    }
    if (const Status may = key_budget_.take(call.principal.actor, call.now); !may)
        return problem(may.error());
    net::Response response = run(call, handler);
    keep_refusal(call, response);
    return response;
}

}  // namespace fairway::api
