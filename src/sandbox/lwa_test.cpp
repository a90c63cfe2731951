#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

class Lwa : public SandboxTest {
protected:
    // The credentials with one parameter changed; "" leaves it out.
    net::Response ask_with(const std::string& name, const std::string& value) {
        QueryPairs parameters;
        for (auto& [key, known] : credentials())
            if (key != name) parameters.emplace_back(key, known);
        if (!value.empty()) parameters.emplace_back(name, value);
        return ask_token(parameters);
    }
};

TEST_F(Lwa, gives_a_bearer_token_of_an_hour_for_a_form) {
    const net::Response response = ask_token(credentials());
    ASSERT_EQ(response.status, 200) << response.body;
    const json::Value body = body_of(response);
    EXPECT_THAT(text_at(body, "access_token"), testing::StartsWith("Atza|"));
    EXPECT_EQ(text_at(body, "token_type"), "bearer");
    EXPECT_EQ(body.at("expires_in"), 3600);
    EXPECT_EQ(text_at(body, "refresh_token"), seller().refresh_token);
}

TEST_F(Lwa, answers_are_not_to_be_stored) {
    for (const auto& response : {ask_token(credentials()), ask_with("client_secret", "wrong")}) {
        EXPECT_EQ(header(response, "Cache-Control"), "no-store");
        EXPECT_EQ(header(response, "Pragma"), "no-cache");
    }
}

TEST_F(Lwa, gives_a_token_for_a_json_body) {
    json::Object body;
    for (const auto& [name, value] : credentials()) body[name] = value;
    net::Request asked = request("POST", "/auth/o2/token", json::serialize(body));
    asked.headers.add("content-type", "application/json");
    const net::Response response = send(std::move(asked));
    EXPECT_EQ(response.status, 200) << response.body;
}

TEST_F(Lwa, takes_a_refresh_token_with_an_unescaped_bar) {
    const std::string body = "grant_type=refresh_token&refresh_token=" + seller().refresh_token +
                             "&client_id=" + seller().client_id + "&client_secret=" + seller().client_secret;
    ASSERT_THAT(body, testing::HasSubstr("Atzr|"));
    EXPECT_EQ(send(request("POST", "/auth/o2/token", body)).status, 200);
}

struct Refusal {
    std::string name, parameter, value;
    int status;
    std::string error;
};

class LwaRefusal : public Lwa, public testing::WithParamInterface<Refusal> {};

TEST_P(LwaRefusal, is_what_rfc_6749_says) {
    const net::Response response = ask_with(GetParam().parameter, GetParam().value);
    EXPECT_EQ(response.status, GetParam().status);
    const json::Value body = body_of(response);
    EXPECT_EQ(text_at(body, "error"), GetParam().error);
    EXPECT_NE(text_at(body, "error_description"), "");
    EXPECT_EQ(body.as_object().size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(
    Every, LwaRefusal,
    testing::Values(Refusal{"wrong_secret", "client_secret", "amzn1.oa2-cs.v1.WRONG", 401, "invalid_client"},
                    Refusal{"no_secret", "client_secret", "", 401, "invalid_client"},
                    Refusal{"unknown_client", "client_id", "amzn1.application-oa2-client.X", 401,
                            "invalid_client"},
                    Refusal{"wrong_refresh_token", "refresh_token", "Atzr|WRONG", 400, "invalid_grant"},
                    Refusal{"no_refresh_token", "refresh_token", "", 400, "invalid_request"},
                    Refusal{"wrong_grant_type", "grant_type", "password", 400, "unsupported_grant_type"},
                    Refusal{"no_grant_type", "grant_type", "", 400, "invalid_request"},
                    Refusal{"no_code", "grant_type", "authorization_code", 400, "invalid_request"},
                    Refusal{"no_scope", "grant_type", "client_credentials", 400, "invalid_scope"}),
    [](const auto& info) { return info.param.name; });

TEST_F(Lwa, a_body_that_is_no_json_is_a_request_without_parameters) {
    net::Request asked = request("POST", "/auth/o2/token", "{");
    asked.headers.add("Content-Type", "application/json");
    EXPECT_EQ(text_at(body_of(send(std::move(asked))), "error"), "invalid_request");
}

TEST_F(Lwa, an_authorisation_code_is_never_good) {
    const QueryPairs parameters{{"grant_type", "authorization_code"},
                                {"code", "ANabc"},
                                {"client_id", seller().client_id},
                                {"client_secret", seller().client_secret}};
    EXPECT_EQ(text_at(body_of(ask_token(parameters)), "error"), "invalid_grant");
}

TEST_F(Lwa, the_refresh_token_of_another_seller_is_refused) {
    EXPECT_EQ(text_at(body_of(ask_with("refresh_token", seller(2).refresh_token)), "error"), "invalid_grant");
}

TEST_F(Lwa, a_token_lives_for_an_hour_of_the_sandbox) {
    const std::string token = new_token();
    advance(hours(1) - Duration(1));
    EXPECT_EQ(call_with(token, "GET", kParticipations).status, 200);
    advance(Duration(1));
    EXPECT_THAT(call_with(token, "GET", kParticipations),
                Refuses(403, "Unauthorized", "The access token you provided has expired."));
}

TEST_F(Lwa, a_new_token_does_not_end_the_earlier_ones) {
    const std::string first = new_token();
    const std::string second = new_token();
    EXPECT_NE(first, second);
    EXPECT_EQ(call_with(first, "GET", kParticipations).status, 200);
}

TEST_F(Lwa, a_token_of_the_application_alone_opens_no_sellers_data) {
    QueryPairs parameters{{"grant_type", "client_credentials"},
                          {"scope", "sellingpartnerapi::notifications"},
                          {"client_id", seller().client_id},
                          {"client_secret", seller().client_secret}};
    const json::Value body = body_of(ask_token(parameters));
    EXPECT_FALSE(body.as_object().contains("refresh_token"));
    EXPECT_EQ(call_with(text_at(body, "access_token"), "GET", kParticipations).status, 403);
}

}  // namespace
}  // namespace fairway::sandbox
