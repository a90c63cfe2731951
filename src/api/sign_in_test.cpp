// Signing in: sessions, lockout, invitations, and what a browser must bring to change something.
#include "api/api_fixture.hpp"
#include "api/principal.hpp"
#include "store/users.hpp"

namespace fairway::api {
namespace {

constexpr std::string_view kPassword = "correct horse battery";

class SignInTest : public ApiTest {
protected:
    SignInTest() { add_user("anna", store::Role::operator_); }

    UserId add_user(const std::string& name, store::Role role, bool with_password = true) {
        const UserId id = store::must(write(
            [&](db::Transaction& tx) { return store::add_user(tx, {.name = name, .role = role}, kNow); }));
        if (with_password)
            write([&](db::Transaction& tx) {
                store::set_password(tx, id, crypto::hash_password(kPassword, rng, kCheapPassword), {}, kNow);
                return 0;
            });
        return id;
    }
    Asked sign_in(const std::string& name, std::string_view password) {
        return ask(With{.token = ""}, "POST", "/api/v1/session",
                   json::serialize(json::Object{{"name", name}, {"password", password}}));
    }
    // The cookie's value as a browser keeps it.
    static std::string cookie_of(const Asked& asked) {
        const std::string* header = asked.headers.find("Set-Cookie");
        EXPECT_NE(header, nullptr);
        if (header == nullptr) return "";
        return header->substr(0, header->find(';'));
    }
    With browser(const Asked& signed_in) {
        return {.token = "", .cookie = cookie_of(signed_in), .csrf = signed_in.text("csrf_token")};
    }
    std::string audit() { return get("/api/v1/audit").each("action"); }
};

TEST_F(SignInTest, a_session_opens_what_its_person_may) {
    const Asked signed_in = sign_in("anna", kPassword);
    ASSERT_EQ(signed_in.status, 201);
    EXPECT_EQ(signed_in.text("name"), "anna");
    EXPECT_EQ(signed_in.text("role"), "operator");
    const With anna = browser(signed_in);
    EXPECT_EQ(ask(anna, "GET", "/api/v1/stores").status, 200);
    EXPECT_EQ(ask(anna, "GET", "/api/v1/users").code(), "role_too_low");
    EXPECT_EQ(ask(anna, "GET", "/api/v1/session").text("csrf_token"), signed_in.text("csrf_token"));
}

TEST_F(SignInTest, the_cookie_is_out_of_reach_for_scripts_and_other_sites) {
    const Asked signed_in = sign_in("anna", kPassword);
    const std::string& cookie = *signed_in.headers.find("Set-Cookie");
    EXPECT_TRUE(cookie.contains("; HttpOnly")) << cookie;
    EXPECT_TRUE(cookie.contains("; SameSite=Lax")) << cookie;
    EXPECT_TRUE(cookie.contains("; Path=/")) << cookie;
    EXPECT_FALSE(cookie.contains("Secure")) << "the fixture's address is plain http on loopback";
}

TEST_F(SignInTest, names_are_typed_in_any_case) { EXPECT_EQ(sign_in(" Anna ", kPassword).status, 201); }

TEST_F(SignInTest, a_wrong_password_and_an_unknown_name_read_the_same) {
    const Asked wrong = sign_in("anna", "wrong password");
    const Asked unknown = sign_in("nobody", "wrong password");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.code(), "sign_in_refused");
    EXPECT_EQ(json::serialize(wrong.body), json::serialize(unknown.body));
    EXPECT_EQ(audit(), "refuse sign in refuse sign in");
}

TEST_F(SignInTest, ten_wrong_passwords_lock_the_name_whether_it_exists_or_not) {
    for (const std::string name : {"anna", "nobody"}) {
        for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in(name, "wrong password").status, 401) << i;
        const Asked locked = sign_in(name, kPassword);
        EXPECT_EQ(locked.status, 429);
        EXPECT_EQ(locked.code(), "sign_in_locked");
        EXPECT_EQ(*locked.headers.find("Retry-After"), "900");
    }
    clock.advance(minutes(15));
    EXPECT_EQ(sign_in("anna", kPassword).status, 201);
}

TEST_F(SignInTest, nine_wrong_passwords_and_a_right_one_begin_anew) {
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 9; ++i) sign_in("anna", "wrong password");
        EXPECT_EQ(sign_in("anna", kPassword).status, 201);
    }
}

TEST_F(SignInTest, an_administrator_unlocks) {
    for (int i = 0; i < 10; ++i) sign_in("anna", "wrong password");
    EXPECT_NE(get("/api/v1/users").text("items[0].locked_until"), "null");
    EXPECT_EQ(ask("POST", "/api/v1/users/anna/unlock").status, 200);
    EXPECT_EQ(sign_in("anna", kPassword).status, 201);
}

TEST_F(SignInTest, a_change_needs_the_token_of_the_page) {
    With anna = browser(sign_in("anna", kPassword));
    const std::string body = R"({"sku":"X-1","name":"Cup"})";
    With without = anna;
    without.csrf.clear();
    EXPECT_EQ(ask(without, "POST", "/api/v1/products", body).code(), "csrf_token_wrong");
    With other = anna;
    other.csrf = csrf_token("fws_another");
    EXPECT_EQ(ask(other, "POST", "/api/v1/products", body).code(), "csrf_token_wrong");
    EXPECT_EQ(ask(anna, "POST", "/api/v1/products", body).status, 201);
}

TEST_F(SignInTest, a_session_is_no_bearer_token_and_a_token_no_session) {
    const std::string session = cookie_of(sign_in("anna", kPassword));
    const std::string secret = session.substr(session.find('=') + 1);
    EXPECT_EQ(ask(With{.token = secret}, "GET", "/api/v1/stores").code(), "token_unknown");
    const With cookie{.token = "", .cookie = "fairway_session=" + tokens.at("administrator")};
    EXPECT_EQ(ask(cookie, "GET", "/api/v1/stores").code(), "session_ended");
}

TEST_F(SignInTest, a_session_ends_by_itself_by_signing_out_and_with_the_rights) {
    const With old = browser(sign_in("anna", kPassword));
    clock.advance(hours(24 * 7));
    EXPECT_EQ(ask(old, "GET", "/api/v1/stores").code(), "session_ended");

    const With out = browser(sign_in("anna", kPassword));
    EXPECT_EQ(ask(out, "DELETE", "/api/v1/session").status, 200);
    EXPECT_EQ(ask(out, "GET", "/api/v1/stores").code(), "session_ended");

    const With changed = browser(sign_in("anna", kPassword));
    EXPECT_EQ(ask("PATCH", "/api/v1/users/anna", R"({"role":"viewer"})").status, 200);
    EXPECT_EQ(ask(changed, "GET", "/api/v1/stores").code(), "session_ended");
}

TEST_F(SignInTest, a_disabled_person_does_not_come_in) {
    const With anna = browser(sign_in("anna", kPassword));
    EXPECT_EQ(ask("PATCH", "/api/v1/users/anna", R"({"disabled":true})").status, 200);
    EXPECT_EQ(ask(anna, "GET", "/api/v1/stores").code(), "session_ended");
    EXPECT_EQ(sign_in("anna", kPassword).code(), "sign_in_refused");
}

TEST_F(SignInTest, the_last_administrator_stays_one) {
    add_user("berta", store::Role::administrator);
    EXPECT_EQ(ask("PATCH", "/api/v1/users/berta", R"({"role":"viewer"})").code(), "last_administrator");
    EXPECT_EQ(ask("PATCH", "/api/v1/users/berta", R"({"disabled":true})").code(), "last_administrator");
    add_user("carla", store::Role::administrator);
    EXPECT_EQ(ask("PATCH", "/api/v1/users/berta", R"({"role":"viewer"})").status, 200);
}

TEST_F(SignInTest, an_invitation_lets_choose_a_password_once) {
    const Asked invited = ask("POST", "/api/v1/users", R"({"name":"dora","role":"viewer"})");
    ASSERT_EQ(invited.status, 201);
    const std::string link = invited.text("link");
    const std::string invitation = link.substr(link.find('#') + 1);
    const std::string look = json::serialize(json::Object{{"invitation", invitation}});
    EXPECT_EQ(ask(With{.token = ""}, "POST", "/api/v1/invitations/look", look).text("name"), "dora");
    EXPECT_EQ(sign_in("dora", kPassword).status, 401);

    const auto accept = [&](std::string_view password) {
        return ask(With{.token = ""}, "POST", "/api/v1/invitations/accept",
                   json::serialize(json::Object{{"invitation", invitation}, {"password", password}}));
    };
    EXPECT_EQ(accept("short").code(), "password_too_short");
    const Asked accepted = accept(kPassword);
    ASSERT_EQ(accepted.status, 201);
    EXPECT_EQ(ask(browser(accepted), "GET", "/api/v1/stores").status, 200);
    EXPECT_EQ(accept(kPassword).code(), "invitation_ended");
    EXPECT_EQ(sign_in("dora", kPassword).status, 201);
}

TEST_F(SignInTest, an_invitation_ends_after_three_days_and_with_the_next_one) {
    const auto link = [](const Asked& asked) {
        const std::string text = asked.text("link");
        return json::serialize(json::Object{{"invitation", text.substr(text.find('#') + 1)}});
    };
    const std::string first = link(ask("POST", "/api/v1/users", R"({"name":"dora","role":"viewer"})"));
    const std::string second = link(ask("POST", "/api/v1/users/dora/invitation"));
    const With nobody{.token = ""};
    EXPECT_EQ(ask(nobody, "POST", "/api/v1/invitations/look", first).code(), "invitation_ended");
    EXPECT_EQ(ask(nobody, "POST", "/api/v1/invitations/look", second).status, 200);
    clock.advance(hours(72));
    EXPECT_EQ(ask(nobody, "POST", "/api/v1/invitations/look", second).code(), "invitation_ended");
}

TEST_F(SignInTest, a_new_password_needs_the_present_one_and_ends_the_other_sessions) {
    const With here = browser(sign_in("anna", kPassword));
    const With there = browser(sign_in("anna", kPassword));
    const auto change = [&](std::string_view current) {
        return ask(here, "POST", "/api/v1/session/password",
                   json::serialize(json::Object{{"current", current}, {"password", "staple staple staple"}}));
    };
    EXPECT_EQ(change("wrong password").code(), "password_wrong");
    EXPECT_EQ(change(kPassword).status, 200);
    EXPECT_EQ(ask(here, "GET", "/api/v1/stores").status, 200);
    EXPECT_EQ(ask(there, "GET", "/api/v1/stores").code(), "session_ended");
    EXPECT_EQ(sign_in("anna", "staple staple staple").status, 201);
}

TEST_F(SignInTest, a_person_sees_and_ends_the_own_sessions_only) {
    const With here = browser(sign_in("anna", kPassword));
    const With there = browser(sign_in("anna", kPassword));
    add_user("berta", store::Role::operator_);
    const With berta = browser(sign_in("berta", kPassword));
    const Asked sessions = ask(here, "GET", "/api/v1/sessions");
    ASSERT_EQ(sessions.count(), 2u);
    const std::string other = sessions.text("items[0].current") == "true" ? sessions.text("items[1].id")
                                                                          : sessions.text("items[0].id");
    EXPECT_EQ(ask(berta, "DELETE", "/api/v1/sessions/" + other).code(), "session_missing");
    EXPECT_EQ(ask(here, "DELETE", "/api/v1/sessions/" + other).status, 200);
    EXPECT_EQ(ask(there, "GET", "/api/v1/stores").code(), "session_ended");
    EXPECT_EQ(ask(here, "GET", "/api/v1/stores").status, 200);
}

TEST_F(SignInTest, a_secret_is_told_once_even_under_an_idempotency_key) {
    const std::string body = R"({"name":"laptop","role":"viewer"})";
    const With once{.key = "k1"};
    const Asked first = ask(once, "POST", "/api/v1/tokens", body);
    EXPECT_TRUE(first.text("token").starts_with("fw_"));
    const Asked again = ask(once, "POST", "/api/v1/tokens", body);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.text("token"), "");
    EXPECT_EQ(again.text("id"), first.text("id"));
}

int sessions_in(db::Reader& tx) {
    return tx.one("SELECT COUNT(*) FROM api_tokens WHERE user_id IS NOT NULL")->get<int>(0);
}

// The process dies before or after the commit: there is a session or none, never half of one.
TEST_F(SignInTest, killed_while_signing_in) {
    if (!kHasFaultPoints || db->engine() != db::Engine::sqlite)
        GTEST_SKIP() << "forks, and needs crash points";
    int sessions = 0;
    for (const char* point : {"session.begin.before_commit", "session.begin.after_commit"}) {
        const auto die = [&] {
            std::ignore = arm_crash_point(point);
            sign_in("anna", kPassword);
        };
        EXPECT_EXIT(die(), testing::ExitedWithCode(kCrashExitCode), "");
        sessions += std::string_view(point).ends_with("after_commit") ? 1 : 0;
        EXPECT_EQ(read(sessions_in), sessions) << point;
    }
    EXPECT_EQ(sign_in("anna", kPassword).status, 201);
}

TEST_F(SignInTest, killed_while_refusing) {
    if (!kHasFaultPoints || db->engine() != db::Engine::sqlite)
        GTEST_SKIP() << "forks, and needs crash points";
    for (const char* point : {"sign_in.refuse.before_commit", "sign_in.refuse.after_commit"}) {
        const auto die = [&] {
            std::ignore = arm_crash_point(point);
            sign_in("anna", "wrong password");
        };
        EXPECT_EXIT(die(), testing::ExitedWithCode(kCrashExitCode), "");
    }
    EXPECT_EQ(audit(), "refuse sign in") << "what was committed was counted, and only that";
}

TEST_F(SignInTest, killed_while_rights_change) {
    if (!kHasFaultPoints || db->engine() != db::Engine::sqlite)
        GTEST_SKIP() << "forks, and needs crash points";
    for (const char* point : {"access.change.before_commit", "access.change.after_commit"}) {
        const With anna = browser(sign_in("anna", kPassword));
        const auto die = [&] {
            std::ignore = arm_crash_point(point);
            ask("PATCH", "/api/v1/users/anna", R"({"role":"viewer"})");
        };
        EXPECT_EXIT(die(), testing::ExitedWithCode(kCrashExitCode), "");
        const bool changed = std::string_view(point).ends_with("after_commit");
        EXPECT_EQ(ask(anna, "GET", "/api/v1/stores").status, changed ? 401 : 200) << point;
        EXPECT_EQ(get("/api/v1/users").text("items[0].role"), changed ? "viewer" : "operator") << point;
    }
}

TEST_F(SignInTest, preferences_belong_to_the_person) {
    const With anna = browser(sign_in("anna", kPassword));
    EXPECT_EQ(ask(anna, "PUT", "/api/v1/preferences", R"({"columns":["buyer"]})").status, 200);
    EXPECT_EQ(json::serialize(ask(browser(sign_in("anna", kPassword)), "GET", "/api/v1/preferences").body),
              R"({"columns":["buyer"]})");
    EXPECT_EQ(ask("PUT", "/api/v1/preferences", "{}").code(), "no_session");
}

}  // namespace
}  // namespace fairway::api
