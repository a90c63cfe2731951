// /sandbox/sellers/: how an application's access to a seller changes: secrets are rotated, authorisations
// given and withdrawn, roles granted.
#include <algorithm>

#include "sandbox/control.hpp"

namespace fairway::sandbox {

using control::answer;
using control::read;
using control::refuse;

namespace {

// Old and new secret work side by side for at most a week.
constexpr std::int64_t kOverlapMax_s = 7 * 24 * 3600;

struct NewSecret {
    std::optional<std::int64_t> overlap_s{};
};
BOOST_DESCRIBE_STRUCT(NewSecret, (), (overlap_s))

struct NewRefreshToken {
    std::optional<bool> revoke_others{};
};
BOOST_DESCRIBE_STRUCT(NewRefreshToken, (), (revoke_others))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct NewRoles {
    std::vector<std::string> roles{};
    std::optional<std::string> without_role{};
};
BOOST_DESCRIBE_STRUCT(NewRoles, (), (roles, without_role))

json::Array names_of(const Roles& roles) {
    json::Array names;
    if (roles.shipping) names.emplace_back("shipping");
    if (roles.tax) names.emplace_back("tax");
    return names;
}

// An empty body is an empty object.
template <class T>
Result<T> read_or_default(const net::Request& request) {
    if (request.body.empty()) return T{};
    return read<T>(request);
}

}  // namespace

namespace control {

json::Object render(const Seller& seller) {
    json::Array marketplaces;
    for (const domain::Marketplace* marketplace : seller.marketplaces)
        marketplaces.push_back(json::Value(marketplace->country));
    json::Array skus;
    for (const Product& product : seller.products)
        skus.push_back(json::Object{{"sku", product.sku}, {"asin", product.asin}, {"title", product.title}});
    return {{"seller_id", seller.seller_id},
            {"client_id", seller.client_id},
            {"client_secret", seller.client_secret},
            {"refresh_token", seller.refresh_token},
            {"region", domain::to_text(seller.region)},
            {"marketplaces", std::move(marketplaces)},
            {"skus", std::move(skus)},
            {"roles", names_of(seller.roles)},
            {"without_role", seller.roles.without == WithoutRole::blank ? "blank" : "403"}};
}

}  // namespace control

net::Response World::post_client_secret(const net::Request& request) {
    const auto body = read_or_default<NewSecret>(request);
    if (!body) return refuse(422, body.error().message);
    Seller* seller = find_seller(request.params.at(0));
    if (seller == nullptr) return refuse(404, "no such seller");
    const std::int64_t overlap_s = body->overlap_s.value_or(kOverlapMax_s);
    if (overlap_s < 0 || overlap_s > kOverlapMax_s) return refuse(422, "overlap_s: 0 to 604800, a week");
    // Amazon keeps two at a time.
    seller->old_secrets = {OldSecret{seller->client_secret, now_ + seconds(overlap_s)}};
    seller->client_secret = "amzn1.oa2-cs.v1." + random_text();
    return answer(200, control::render(*seller));
}

// What was got with the token is of no use any more.
void World::end_access(const std::string& refresh_token) {
    std::erase_if(access_tokens_,
                  [&](const auto& each) { return each.second.refresh_token == refresh_token; });
}

net::Response World::post_refresh_token(const net::Request& request) {
    const auto body = read_or_default<NewRefreshToken>(request);
    if (!body) return refuse(422, body.error().message);
    Seller* seller = find_seller(request.params.at(0));
    if (seller == nullptr) return refuse(404, "no such seller");
    if (!seller->refresh_token.empty()) seller->old_refresh_tokens.push_back(seller->refresh_token);
    if (body->revoke_others.value_or(false)) {
        for (const std::string& each : seller->old_refresh_tokens) end_access(each);
        seller->old_refresh_tokens.clear();
    }
    seller->refresh_token = "Atzr|" + random_text();
    return answer(200, control::render(*seller));
}

net::Response World::post_revoke(const net::Request& request) {
    if (const auto body = read_or_default<Nothing>(request); !body) return refuse(422, body.error().message);
    Seller* seller = find_seller(request.params.at(0));
    if (seller == nullptr) return refuse(404, "no such seller");
    end_access(seller->refresh_token);
    for (const std::string& each : seller->old_refresh_tokens) end_access(each);
    seller->refresh_token.clear();
    seller->old_refresh_tokens.clear();
    return answer(200, control::render(*seller));
}

net::Response World::post_roles(const net::Request& request) {
    const auto body = read<NewRoles>(request);
    if (!body) return refuse(422, body.error().message);
    Seller* seller = find_seller(request.params.at(0));
    if (seller == nullptr) return refuse(404, "no such seller");
    for (const std::string& role : body->roles)
        if (role != "shipping" && role != "tax") return refuse(422, "roles: shipping, tax");
    const std::string without = body->without_role.value_or("blank");
    if (without != "blank" && without != "403") return refuse(422, "without_role: blank or 403");
    seller->roles = {.shipping = std::ranges::count(body->roles, "shipping") > 0,
                     .tax = std::ranges::count(body->roles, "tax") > 0,
                     .without = without == "blank" ? WithoutRole::blank : WithoutRole::refuse};
    return answer(200, control::render(*seller));
}

}  // namespace fairway::sandbox
