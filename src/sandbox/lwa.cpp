// Login with Amazon: the token service, on the same port.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

namespace {

constexpr Duration kTokenLife = hours(1);

// Amazon takes the parameters as a form or as JSON.
std::map<std::string, std::string> read_parameters(const net::Request& request) {
    std::map<std::string, std::string> parameters;
    const std::string* type = request.headers.find("Content-Type");
    if (type != nullptr && type->starts_with("application/json")) {
        const auto body = json::parse(request.body);
        if (!body || !body->is_object()) return parameters;
        for (const auto& [name, value] : body->as_object())
            if (value.is_string()) parameters[std::string(name)] = std::string(value.as_string());
        return parameters;
    }
    if (const auto pairs = parse_query(request.body, true))
        for (const auto& [name, value] : *pairs) parameters[name] = value;
    return parameters;
}

net::Response answer(int status, const json::Object& body) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json;charset=UTF-8"},
                        {"Cache-Control", "no-store"},
                        {"Pragma", "no-cache"}},
            .body = json::serialize(body)};
}

net::Response refuse(int status, std::string_view error, std::string_view description) {
    return answer(status, {{"error_description", description}, {"error", error}});
}

bool accepts_secret(const Seller& seller, const std::string& secret, UtcTime now) {
    return secret == seller.client_secret || std::ranges::any_of(seller.old_secrets, [&](const auto& old) {
               return old.secret == secret && now < old.good_until;
           });
}

bool accepts_refresh_token(const Seller& seller, const std::string& token) {
    return token == seller.refresh_token || std::ranges::count(seller.old_refresh_tokens, token) > 0;
}

// Grantless operations have one of these.
bool is_scope(std::string_view scope) {
    constexpr std::array<std::string_view, 3> kScopes{"sellingpartnerapi::notifications",
                                                      "sellingpartnerapi::client_credential:rotation",
                                                      "sellingpartnerapi::shipments:track"};
    return std::ranges::find(kScopes, scope) != kScopes.end();
}

}  // namespace

net::Response World::token(const net::Request& request) {
    ++calls_["token"];
    if (auto failed = fail_before("token")) return *std::move(failed);
    net::Response response = grant_token(request);
    spoil(response);
    return response;
}

net::Response World::grant_token(const net::Request& request) {
    const auto parameters = read_parameters(request);
    const auto get = [&](const std::string& name) {
        const auto found = parameters.find(name);
        return found == parameters.end() ? std::string() : found->second;
    };
    const std::string grant = get("grant_type");
    if (grant.empty())
        return refuse(400, "invalid_request", "The request is missing a required parameter: grant_type");
    constexpr std::array<std::string_view, 3> kGrants{"refresh_token", "client_credentials",
                                                      "authorization_code"};
    if (std::ranges::find(kGrants, grant) == kGrants.end())
        return refuse(400, "unsupported_grant_type", "The authorization grant type is not supported");
    const auto seller = std::ranges::find(sellers_, get("client_id"), &Seller::client_id);
    if (seller == sellers_.end() || !accepts_secret(*seller, get("client_secret"), now_))
        return refuse(401, "invalid_client", "Client authentication failed");
    if (grant == "client_credentials" && !is_scope(get("scope")))
        return refuse(400, "invalid_scope", "The requested scope is invalid or unknown");
    // Codes are given by pages that the sandbox does not have.
    const std::string secret_name = grant == "authorization_code" ? "code" : "refresh_token";
    const std::string given = get(secret_name);
    const bool of_seller = grant == "refresh_token";
    if (grant != "client_credentials" && given.empty())
        return refuse(400, "invalid_request", "The request is missing a required parameter: " + secret_name);
    if (grant == "authorization_code")
        return refuse(400, "invalid_grant", "The request has an invalid grant parameter : code");
    if (of_seller && !accepts_refresh_token(*seller, given))
        return refuse(400, "invalid_grant",
                      "The request has an invalid grant parameter : refresh_token. User may have revoked or "
                      "didn't grant the permission.");

    const std::string token = "Atza|" + random_text();
    std::erase_if(access_tokens_,
                  [&](const auto& each) { return each.second.expires_at <= now_ - hours(1); });
    access_tokens_[token] = {of_seller ? seller->seller_id : "", given, now_ + kTokenLife};
    json::Object body{{"access_token", token}, {"token_type", "bearer"}, {"expires_in", 3600}};
    if (of_seller) body["refresh_token"] = given;
    return answer(200, body);
}

}  // namespace fairway::sandbox
