// What a browser is told, and what it may ask for on behalf of whom.
#include "api/api_fixture.hpp"
#include "api/principal.hpp"
#include "api/problem.hpp"
#include "store/users.hpp"

namespace fairway::api {
namespace {

class BrowserTest : public ApiTest {
protected:
    BrowserTest() {
        must(write([&](db::Transaction& tx) {
            return store::add_user(tx, {.name = "anna", .role = store::Role::operator_}, kNow);
        }));
        sign_in();
    }
    void sign_in() {
        session = write([&](db::Transaction& tx) {
            return store::add_session(tx, rng, *store::find_user(tx, UserId{1}), "", kNow + hours(1), kNow);
        });
    }
    With anna(const std::string& site = {}) const {
        return {
            .token = "", .cookie = "fairway_session=" + session, .csrf = csrf_token(session), .site = site};
    }
    std::string session{};
};

TEST_F(BrowserTest, a_page_of_another_site_reads_nothing_in_a_persons_name) {
    for (const char* site : {"cross-site", "same-site"}) {
        const Asked asked = ask(anna(site), "GET", "/api/v1/stores");
        EXPECT_EQ(asked.status, 403) << site;
        EXPECT_EQ(asked.code(), "other_site") << site;
    }
    // Of older browsers, of the screens, and typed by the person.
    for (const char* site : {"", "same-origin", "none"})
        EXPECT_EQ(ask(anna(site), "GET", "/api/v1/stores").status, 200) << site;
    EXPECT_EQ(ask(With{.site = "cross-site"}, "GET", "/api/v1/stores").status, 200)
        << "no browser brings a token by itself";
}

TEST_F(BrowserTest, what_was_done_before_the_session_ended_is_not_done_again_after_it) {
    import("402-0000000-0000001");
    const auto comment = [&] {
        With with = anna();
        with.key = "k1";
        return ask(with, "POST", "/api/v1/commerce-orders/co_1/comments", R"({"text":"hello"})");
    };
    const std::int64_t before = rows_in("comments");
    EXPECT_EQ(comment().status, 201);
    sign_in();
    const Asked again = comment();
    EXPECT_EQ(again.status, 201);
    EXPECT_NE(again.headers.find("Idempotency-Replayed"), nullptr);
    EXPECT_EQ(rows_in("comments"), before + 1);
}

TEST_F(BrowserTest, preferences_keep_no_name_of_a_buyer) {
    const auto put = [&](const std::string& body) { return ask(anna(), "PUT", "/api/v1/preferences", body); };
    const Asked refused = put(R"({"amazon_orders":{"views":[{"search":{"buyer":"rossi"}}]}})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.code(), "preferences_personal");
    EXPECT_FALSE(refused.text("detail").contains("rossi"));
    EXPECT_EQ(put(R"({"widths":{"orders":{"buyer":140}},"columns":["buyer"]})").status, 200)
        << "a column has that name";
    // Of a version that kept them.
    write([](db::Transaction& tx) {
        store::set_preferences(tx, UserId{1}, R"({"views":[{"search":{"buyer":"rossi","q":"402"}}]})");
    });
    EXPECT_EQ(json::serialize(ask(anna(), "GET", "/api/v1/preferences").body),
              R"({"views":[{"search":{"q":"402"}}]})");
}

TEST_F(BrowserTest, preferences_are_kept_once) {
    With once = anna();
    once.key = "k1";
    ask(once, "PUT", "/api/v1/preferences", R"({"columns":["total"]})");
    EXPECT_EQ(ask(once, "PUT", "/api/v1/preferences", R"({"columns":["total"]})").status, 200);
    EXPECT_EQ(
        read([](db::Reader& tx) { return tx.one("SELECT body FROM idempotency_keys")->get<std::string>(0); }),
        "{}");
}

TEST_F(BrowserTest, every_answer_of_the_interface_is_data) {
    const auto protection = [](const net::Headers& headers) {
        std::string all;
        for (const char* name :
             {"X-Content-Type-Options", "Content-Security-Policy", "Cross-Origin-Resource-Policy"}) {
            const std::string* value = headers.find(name);
            all += (value == nullptr ? "no " + std::string(name) : *value) + "\n";
        }
        return all;
    };
    const std::string all = "nosniff\ndefault-src 'none'; frame-ancestors 'none'\nsame-origin\n";
    for (const char* path : {"/api/v1/stores", "/api/v1/nothing", "/api/v1/exports/stores", "/api/v1/events",
                             "/healthz", "/metrics", "/openapi.json"}) {
        net::Request request{.method = "GET", .path = path};
        request.headers.set("Authorization", "Bearer " + tokens.at("seer"));
        EXPECT_EQ(protection(api.handle(std::move(request)).headers), all) << path;
    }
    EXPECT_EQ(protection(ask(With{.token = ""}, "GET", "/api/v1/stores").headers), all);
    EXPECT_EQ(protection(server_problem(500, "The request failed.").headers), all);
}

TEST_F(BrowserTest, a_whole_host_of_https_is_asked_for_by_https_alone) {
    const auto told = [&](const std::string& public_url) {
        Api other{{.sync = context, .ask_for_tick = {}, .public_url = public_url, .rng = rng}};
        const auto tells = [](const net::Response& response) {
            return response.headers.find("Strict-Transport-Security") != nullptr;
        };
        const bool is_told = tells(other.handle({.method = "GET", .path = "/healthz"}));
        EXPECT_EQ(tells(other.refuse(413, "The body is too long.")), is_told) << public_url;
        return is_told;
    };
    EXPECT_TRUE(told("https://fairway.example.com"));
    EXPECT_FALSE(told("https://example.com:8400")) << "the host has other ports, whose owner did not ask";
    EXPECT_FALSE(told("http://127.0.0.1:8400"));
}

}  // namespace
}  // namespace fairway::api
