// Credentials that are rotated, given anew and withdrawn, and the roles of an application.
#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

class Credentials : public SandboxTest {
protected:
    net::Response change(const std::string& what, const json::Value& body = json::Object{}) {
        return control("POST", "sellers/" + seller().seller_id + "/" + what, body);
    }
    // The refusal of a token request, or "" if there is a token.
    std::string refusal(const std::string& name, const std::string& value) {
        QueryPairs parameters = credentials();
        for (auto& [key, known] : parameters)
            if (key == name) known = value;
        return text_at(body_of(ask_token(parameters)), "error");
    }
    std::string use_secret(const std::string& secret) { return refusal("client_secret", secret); }
    std::string use_refresh_token(const std::string& token) { return refusal("refresh_token", token); }
    void set_roles(json::Array roles, const char* without = "blank") {
        ASSERT_EQ(
            change("roles", json::Object{{"roles", std::move(roles)}, {"without_role", without}}).status,
            200);
    }
};

TEST_F(Credentials, a_rotated_secret_works_beside_the_new_one_for_a_week) {
    const std::string old = seller().client_secret;
    const json::Value shown = body_of(change("client-secret"));
    EXPECT_EQ(text_at(shown, "client_secret"), seller().client_secret);
    ASSERT_NE(seller().client_secret, old);
    EXPECT_EQ(use_secret(seller().client_secret), "");
    advance(days(7) - Duration(1));
    EXPECT_EQ(use_secret(old), "");
    advance(Duration(1));
    EXPECT_EQ(use_secret(old), "invalid_client");
    EXPECT_EQ(use_secret(seller().client_secret), "");
}

TEST_F(Credentials, the_overlap_of_secrets_can_be_shorter_or_none) {
    const std::string first = seller().client_secret;
    ASSERT_EQ(change("client-secret", json::Object{{"overlap_s", 60}}).status, 200);
    const std::string second = seller().client_secret;
    EXPECT_EQ(use_secret(first), "");
    ASSERT_EQ(change("client-secret", json::Object{{"overlap_s", 0}}).status, 200);
    EXPECT_EQ(use_secret(first), "invalid_client");
    EXPECT_EQ(use_secret(second), "invalid_client");
    EXPECT_EQ(use_secret(seller().client_secret), "");
    EXPECT_EQ(change("client-secret", json::Object{{"overlap_s", 604'801}}).status, 422);
    EXPECT_EQ(change("client-secret", json::Object{{"overlap_s", -1}}).status, 422);
}

TEST_F(Credentials, access_tokens_outlive_the_secret_they_were_got_with) {
    const std::string token = new_token();
    change("client-secret", json::Object{{"overlap_s", 0}});
    EXPECT_EQ(call_with(token, "GET", kParticipations).status, 200);
}

TEST_F(Credentials, a_new_refresh_token_does_not_end_the_earlier_ones) {
    const std::string old = seller().refresh_token;
    const std::string access = new_token();
    ASSERT_EQ(change("refresh-token").status, 200);
    ASSERT_NE(seller().refresh_token, old);
    QueryPairs with_old = credentials();
    with_old[1].second = old;
    EXPECT_EQ(text_at(body_of(ask_token(with_old)), "refresh_token"), old);
    EXPECT_EQ(use_refresh_token(seller().refresh_token), "");
    EXPECT_EQ(call_with(access, "GET", kParticipations).status, 200);
}

TEST_F(Credentials, earlier_refresh_tokens_end_when_they_are_revoked_with_what_was_got_with_them) {
    const std::string old = seller().refresh_token;
    const std::string access = new_token();
    ASSERT_EQ(change("refresh-token", json::Object{{"revoke_others", true}}).status, 200);
    EXPECT_EQ(use_refresh_token(old), "invalid_grant");
    EXPECT_THAT(
        call_with(access, "GET", kParticipations),
        Refuses(403, "Unauthorized", "The access token you provided is revoked, malformed or invalid."));
    EXPECT_EQ(call_with(new_token(), "GET", kParticipations).status, 200);
}

TEST_F(Credentials, a_seller_who_withdraws_is_read_no_more_until_he_authorises_again) {
    const std::string old = seller().refresh_token;
    const std::string access = new_token();
    ASSERT_EQ(change("revoke").status, 200);
    const json::Value refused = body_of(ask_token({{"grant_type", "refresh_token"},
                                                   {"refresh_token", old},
                                                   {"client_id", seller().client_id},
                                                   {"client_secret", seller().client_secret}}));
    EXPECT_EQ(json::serialize(refused),
              R"({"error_description":"The request has an invalid grant parameter : refresh_token. )"
              R"(User may have revoked or didn't grant the permission.","error":"invalid_grant"})");
    EXPECT_EQ(call_with(access, "GET", kParticipations).status, 403);
    EXPECT_NE(use_refresh_token(""), "");
    ASSERT_EQ(change("refresh-token").status, 200);
    EXPECT_EQ(use_refresh_token(old), "invalid_grant");
    EXPECT_EQ(call_with(new_token(), "GET", kParticipations).status, 200);
}

TEST_F(Credentials, without_the_shipping_role_personal_data_is_blank) {
    const std::string id = place_id();
    set_roles({});
    const json::Value order = shown(id, "includedData=BUYER,RECIPIENT");
    const json::Value& address = *json::find(order, "recipient.deliveryAddress");
    for (const char* hidden : {"name", "addressLine1", "postalCode", "phone"})
        EXPECT_FALSE(address.as_object().contains(hidden)) << hidden;
    EXPECT_NE(text_at(address, "city"), "");
    EXPECT_FALSE(order.as_object().contains("buyer"));
    set_roles({"shipping"});
    EXPECT_NE(text_at(shown(id, "includedData=RECIPIENT"), "recipient.deliveryAddress.name"), "");
}

TEST_F(Credentials, the_tax_role_releases_names_postal_codes_and_registrations) {
    const std::string id = place_id({{"programs", json::Array{"AMAZON_BUSINESS"}}});
    const std::string fba = place_id({{"fulfilled_by", "AMAZON"}});
    EXPECT_FALSE(shown(id, "includedData=TAX").as_object().contains("tax"));
    set_roles({"tax"});
    const json::Value order = shown(id, "includedData=BUYER,RECIPIENT,TAX");
    EXPECT_NE(text_at(order, "buyer.buyerName"), "");
    EXPECT_EQ(text_at(order, "buyer.buyerEmail"), "");
    EXPECT_NE(text_at(order, "recipient.deliveryAddress.postalCode"), "");
    EXPECT_EQ(text_at(order, "recipient.deliveryAddress.name"), "");
    EXPECT_EQ(text_at(order, "tax.taxRegistrations[0].entityType"), "BUYER");
    EXPECT_NE(text_at(shown(fba, "includedData=BUYER"), "buyer.buyerName"), "");
}

TEST_F(Credentials, some_sellers_without_the_role_are_refused_whatever_is_asked) {
    const std::string id = place_id();
    set_roles({}, "403");
    for (const auto& refused :
         {search("lastUpdatedAfter=2026-11-01T00:00:00Z"), call("GET", std::string(kSearch) + "/" + id)}) {
        EXPECT_THAT(refused, Refuses(403, "Unauthorized", ""));
        EXPECT_EQ(header(refused, "x-amzn-ErrorType"), "AccessDeniedException");
    }
    EXPECT_EQ(call("GET", kParticipations).status, 200);
    set_roles({"shipping"}, "403");
    EXPECT_EQ(call("GET", std::string(kSearch) + "/" + id).status, 200);
}

TEST_F(Credentials, what_cannot_be_is_refused) {
    EXPECT_EQ(change("roles", json::Object{{"roles", json::Array{"admin"}}}).status, 422);
    EXPECT_EQ(change("roles", json::Object{{"roles", json::Array{}}, {"without_role", "401"}}).status, 422);
    EXPECT_EQ(change("revoke", json::Object{{"overlap_s", 1}}).status, 422);
    for (const char* what : {"client-secret", "refresh-token", "revoke"})
        EXPECT_EQ(control("POST", "sellers/A0/" + std::string(what), json::Object{}).status, 404) << what;
    EXPECT_EQ(control("POST", "sellers/A0/roles", json::Object{{"roles", json::Array{}}}).status, 404);
}

}  // namespace
}  // namespace fairway::sandbox
