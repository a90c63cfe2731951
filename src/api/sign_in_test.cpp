// Signing in: sessions, lockout, invitations, and what a browser must bring to change something.
#include "api/api_fixture.hpp"
#include "api/principal.hpp"
#include "store/users.hpp"

namespace fairway::api {
namespace {

constexpr std::string_view kPassword = "correct horse battery";
constexpr std::string_view kOther = "staple staple staple";

int sessions_in(db::Reader& tx) {
    return tx.one("SELECT COUNT(*) FROM api_tokens WHERE user_id IS NOT NULL")->get<int>(0);
}

class SignInTest : public ApiTest {
protected:
    SignInTest() { add_user("anna", store::Role::operator_); }

    UserId add_user(const std::string& name, store::Role role, bool with_password = true) {
        const UserId id = store::must(write(
            [&](db::Transaction& tx) { return store::add_user(tx, {.name = name, .role = role}, kNow); }));
        if (with_password)
            write([&](db::Transaction& tx) {
                store::set_password(tx, id, crypto::hash_password(kPassword, rng, kCheapPassword), kNow);
                return 0;
            });
        return id;
    }
    Asked sign_in(const std::string& name, std::string_view password,
                  const std::string& address = "127.0.0.1") {
        return sign_in(With{.token = "", .address = address}, name, password);
    }
    Asked sign_in(const With& with, const std::string& name, std::string_view password) {
        return ask(with, "POST", "/api/v1/session",
                   json::serialize(json::Object{{"name", name}, {"password", password}}));
    }
    void lock(const std::string& name, const std::string& address) {
        for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in(name, "wrong password", address).status, 401) << i;
        EXPECT_EQ(sign_in(name, kPassword, address).code(), "sign_in_locked");
    }
    Asked change_password(const With& with, std::string_view current) {
        return ask(with, "POST", "/api/v1/session/password",
                   json::serialize(json::Object{{"current", current}, {"password", kOther}}));
    }
    // The secret in the link of an invitation, as a body.
    static std::string look_of(const std::string& link) {
        return json::serialize(json::Object{{"invitation", link.substr(link.find('#') + 1)}});
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

TEST_F(SignInTest, over_https_no_neighbour_can_set_the_cookie) {
    Api secure{{.sync = context,
                .ask_for_tick = {},
                .public_url = "https://shop.example",
                .rng = rng,
                .password_cost = kCheapPassword}};
    const net::Response signed_in =
        secure.handle({.method = "POST",
                       .path = "/api/v1/session",
                       .headers = {{"Content-Type", "application/json"}},
                       .body = json::serialize(json::Object{{"name", "anna"}, {"password", kPassword}})});
    const std::string& cookie = *signed_in.headers.find("Set-Cookie");
    ASSERT_TRUE(cookie.starts_with("__Host-fairway_session=fws_")) << cookie;
    EXPECT_TRUE(cookie.contains("; Path=/;") && cookie.ends_with("; Secure")) << cookie;
    const std::string pair = cookie.substr(0, cookie.find(';'));
    const auto get = [&](const std::string& cookies) {
        return secure.handle({.method = "GET", .path = "/api/v1/stores", .headers = {{"Cookie", cookies}}})
            .status;
    };
    EXPECT_EQ(get(pair), 200);
    EXPECT_EQ(get(pair.substr(std::string_view("__Host-").size())), 401);
}

TEST_F(SignInTest, of_two_cookies_none_is_taken) {
    const std::string cookie = cookie_of(sign_in("anna", kPassword));
    EXPECT_EQ(ask(With{.token = "", .cookie = "other=1; " + cookie}, "GET", "/api/v1/stores").status, 200);
    for (const std::string& both : {cookie + "; fairway_session=mine", "fairway_session=mine; " + cookie})
        EXPECT_EQ(ask(With{.token = "", .cookie = both}, "GET", "/api/v1/stores").status, 401) << both;
}

TEST_F(SignInTest, no_page_of_another_site_signs_anybody_in) {
    const auto from = [&](net::Headers headers) {
        return sign_in(With{.token = "", .headers = std::move(headers)}, "anna", kPassword);
    };
    for (const char* site : {"cross-site", "same-site"}) {
        const Asked refused = from({{"Sec-Fetch-Site", site}, {"Origin", "http://127.0.0.1:8400"}});
        EXPECT_EQ(refused.status, 403);
        EXPECT_EQ(refused.code(), "other_site") << site;
        EXPECT_EQ(refused.headers.find("Set-Cookie"), nullptr);
    }
    EXPECT_EQ(from({{"Origin", "http://elsewhere.example"}}).code(), "other_site");
    EXPECT_EQ(from({{"Origin", "null"}}).code(), "other_site");
    EXPECT_EQ(from({{"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://localhost:8400"}}).status, 201);
    EXPECT_EQ(from({{"Origin", "http://127.0.0.1:8400"}}).status, 201);
}

TEST_F(SignInTest, what_a_form_can_send_is_refused_before_it_is_read) {
    for (const char* path : {"/api/v1/session", "/api/v1/session/password", "/api/v1/invitations/look",
                             "/api/v1/invitations/accept"})
        for (const char* type : {"text/plain", "application/x-www-form-urlencoded", ""}) {
            const With form{.token = "", .headers = {{"Content-Type", type}}};
            const Asked refused = ask(form, "POST", path, "{");
            EXPECT_EQ(refused.status, 415) << path << " " << type;
            EXPECT_EQ(refused.code(), "media_type_unknown");
        }
    const With json{.token = "", .headers = {{"Content-Type", "Application/JSON; charset=utf-8"}}};
    EXPECT_EQ(sign_in(json, "anna", kPassword).status, 201);
}

TEST_F(SignInTest, a_browsers_name_is_cut_between_characters) {
    // Two bytes each: the 200th byte is the second one of a character that began at the 199th, or not.
    for (const std::string before : {"", "a"}) {
        std::string agent = before;
        for (int i = 0; i < 150; ++i) agent += "\u00E9";
        const With with{.token = "", .headers = {{"User-Agent", agent}}};
        const With anna = browser(sign_in(with, "anna", kPassword));
        const std::string shown = ask(anna, "GET", "/api/v1/sessions").text("items[0].browser");
        EXPECT_EQ(shown, agent.substr(0, before.empty() ? 200 : 199));
    }
    const With odd{.token = "", .headers = {{"User-Agent", "\xE9"}}};
    EXPECT_EQ(
        ask(browser(sign_in(odd, "anna", kPassword)), "GET", "/api/v1/sessions").text("items[0].browser"),
        "");
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

TEST_F(SignInTest, refusals_are_noted_with_their_address_and_once_an_hour) {
    for (int i = 0; i < 3; ++i) {
        sign_in("anna", "wrong password");
        sign_in("a password in the wrong field " + std::to_string(i), "wrong password");
    }
    Asked noted = get("/api/v1/audit");
    EXPECT_EQ(noted.each("object"), "users users/us_1");
    EXPECT_EQ(noted.each("actor"), "address:127.0.0.1 address:127.0.0.1");
    sign_in("anna", "wrong password", "203.0.113.4");
    EXPECT_EQ(get("/api/v1/audit?limit=1").each("actor"), "address:203.0.113.4");
    clock.advance(hours(1));
    sign_in("anna", "wrong password");
    EXPECT_EQ(get("/api/v1/audit").count(), 4u);
    EXPECT_EQ(sign_in("anna", kPassword, "203.0.113.4").status, 201);
    noted = get("/api/v1/audit?limit=1");
    EXPECT_EQ(noted.each("action"), "sign in: from 203.0.113.4");
    EXPECT_EQ(noted.each("actor"), "user:us_1 (anna)");
}

TEST_F(SignInTest, what_was_typed_in_vain_is_not_kept_readable) {
    sign_in("Hunter2 is my secret", "wrong password");
    read([](db::Reader& tx) {
        // The other row is that of the address, whatever the name.
        const db::Row row = *tx.one("SELECT name FROM sign_in_attempts ORDER BY name DESC LIMIT 1");
        const auto name = row.get<db::Blob>(0);
        EXPECT_EQ(name.size(), 32u);
        const crypto::Digest plain = crypto::sha256("hunter2 is my secret");
        EXPECT_FALSE(std::ranges::equal(name, plain)) << "who has the database could try words";
    });
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

TEST_F(SignInTest, a_lock_holds_where_the_wrong_passwords_came_from) {
    lock("anna", "203.0.113.4");
    EXPECT_EQ(sign_in("anna", kPassword, "203.0.113.5").status, 201);
    EXPECT_EQ(sign_in("anna", kPassword, "203.0.113.4").code(), "sign_in_locked")
        << "who guesses is not let in because the person came from elsewhere";
}

TEST_F(SignInTest, one_network_of_ipv6_is_one_place) {
    for (int i = 0; i < 10; ++i) sign_in("anna", "wrong password", "2001:db8:1:2::" + std::to_string(i));
    EXPECT_EQ(sign_in("anna", kPassword, "2001:db8:1:2:a:b:c:d").code(), "sign_in_locked");
    EXPECT_EQ(sign_in("anna", kPassword, "2001:db8:1:3::1").status, 201);
}

TEST_F(SignInTest, fifty_wrong_passwords_from_one_place_lock_it_whatever_the_names) {
    const auto guess_fifty = [&](const std::string& prefix) {
        for (int i = 0; i < 50; ++i)
            EXPECT_EQ(sign_in(prefix + std::to_string(i), "wrong password", "2001:db8:1:2::1").status, 401)
                << i;
    };
    guess_fifty("a");
    const Asked locked = sign_in("anna", kPassword, "2001:db8:1:ffff::1");
    EXPECT_EQ(locked.code(), "sign_in_locked") << "its whole /48 is one place";
    EXPECT_EQ(*locked.headers.find("Retry-After"), "900");
    EXPECT_EQ(get("/api/v1/audit?action=lock+sign+in").count(), 1u);
    EXPECT_EQ(sign_in("anna", kPassword, "2001:db8:2::1").status, 201);
    clock.advance(minutes(15));
    EXPECT_EQ(sign_in("anna", kPassword, "2001:db8:1:2::1").status, 201);
    guess_fifty("b");
}

TEST_F(SignInTest, wrong_passwords_of_another_quarter_of_an_hour_do_not_count_for_the_place) {
    for (int i = 0; i < 60; ++i) {
        if (i == 30) clock.advance(minutes(15));
        EXPECT_EQ(sign_in("a" + std::to_string(i), "wrong password").status, 401) << i;
    }
}

TEST_F(SignInTest, behind_a_proxy_the_clients_address_counts) {
    Api proxied{{.sync = context,
                 .ask_for_tick = {},
                 .public_url = "http://127.0.0.1:8400",
                 .rng = rng,
                 .proxy = net::Proxy::trusted,
                 .password_cost = kCheapPassword}};
    const auto try_from = [&](const std::string& address, std::string_view password) {
        net::Request request{.method = "POST",
                             .path = "/api/v1/session",
                             .headers = {{"Content-Type", "application/json"},
                                         {"X-Forwarded-For", "198.51.100.1, " + address}},
                             .body = json::serialize(json::Object{{"name", "anna"}, {"password", password}}),
                             .remote_address = "127.0.0.1"};
        return proxied.handle(std::move(request)).status;
    };
    for (int i = 0; i < 10; ++i) EXPECT_EQ(try_from("203.0.113.4", "wrong password"), 401);
    EXPECT_EQ(try_from("203.0.113.4", kPassword), 429);
    EXPECT_EQ(try_from("203.0.113.5", kPassword), 201);
}

TEST_F(SignInTest, wrong_passwords_of_strangers_do_not_keep_a_person_from_changing_it) {
    const With anna = browser(sign_in("anna", kPassword));
    lock("anna", "127.0.0.1");
    EXPECT_EQ(change_password(anna, kPassword).status, 200);
}

TEST_F(SignInTest, a_session_tries_the_present_password_ten_times) {
    const With anna = browser(sign_in("anna", kPassword));
    for (int i = 0; i < 10; ++i) EXPECT_EQ(change_password(anna, "wrong password").code(), "password_wrong");
    EXPECT_EQ(change_password(anna, kPassword).code(), "sign_in_locked");
    EXPECT_EQ(get("/api/v1/audit?action=refuse+password+change").each("actor"), "user:us_1 (anna)");
    const With elsewhere = browser(sign_in("anna", kPassword));
    EXPECT_EQ(change_password(elsewhere, kPassword).status, 200);
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

TEST_F(SignInTest, a_link_for_a_password_ends_with_the_sessions_and_with_disabling) {
    const With nobody{.token = ""};
    const auto look = [&](const std::string& body) {
        return ask(nobody, "POST", "/api/v1/invitations/look", body).status;
    };
    const std::string first = look_of(ask("POST", "/api/v1/users/anna/invitation").text("link"));
    EXPECT_EQ(look(first), 200);
    EXPECT_EQ(ask("DELETE", "/api/v1/users/anna/sessions").status, 200);
    EXPECT_EQ(look(first), 404);
    const std::string second = look_of(ask("POST", "/api/v1/users/anna/invitation").text("link"));
    for (const char* disabled : {"true", "false"})
        EXPECT_EQ(ask("PATCH", "/api/v1/users/anna", R"({"disabled":)" + std::string(disabled) + "}").status,
                  200);
    EXPECT_EQ(look(second), 404);
}

TEST_F(SignInTest, a_disabled_person_leaves_no_token_behind) {
    add_user("berta", store::Role::administrator);
    add_user("carla", store::Role::administrator);
    const With berta = browser(sign_in("berta", kPassword));
    const auto make = [&](const With& with, const std::string& name) {
        return ask(with, "POST", "/api/v1/tokens",
                   json::serialize(json::Object{{"name", name}, {"role", "administrator"}}))
            .text("token");
    };
    const With made{.token = make(berta, "laptop")};
    const With made_by_made{.token = make(made, "of the laptop")};
    const With of_another{.token = make(browser(sign_in("carla", kPassword)), "desk")};
    EXPECT_EQ(get("/api/v1/tokens").text("items[5].created_by"), "berta");
    EXPECT_EQ(get("/api/v1/tokens").text("items[0].created_by"), "null");
    EXPECT_EQ(ask("PATCH", "/api/v1/users/berta", R"({"disabled":true})").status, 200);
    EXPECT_EQ(ask(made, "GET", "/api/v1/stores").code(), "token_unknown");
    EXPECT_EQ(ask(made_by_made, "GET", "/api/v1/stores").code(), "token_unknown");
    EXPECT_EQ(ask(of_another, "GET", "/api/v1/stores").status, 200);
}

TEST_F(SignInTest, a_token_ends_when_it_says) {
    const Asked made = ask("POST", "/api/v1/tokens",
                           R"({"name":"laptop","role":"viewer","expires_at":"2026-11-23T09:00:00Z"})");
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(get("/api/v1/tokens").text("items[4].expires_at"), "2026-11-23T09:00:00.000Z");
    const With laptop{.token = made.text("token")};
    EXPECT_EQ(ask(laptop, "GET", "/api/v1/stores").status, 200);
    clock.advance(hours(1));
    EXPECT_EQ(ask(laptop, "GET", "/api/v1/stores").code(), "token_unknown");
    const std::string again = R"({"name":"laptop","role":"viewer","expires_at":"2026-11-23T09:00:00Z"})";
    EXPECT_EQ(ask("POST", "/api/v1/tokens", again).code(), "expiry_past");
    EXPECT_EQ(ask("POST", "/api/v1/tokens", R"({"name":"laptop","role":"viewer"})").status, 201);
}

TEST_F(SignInTest, an_invitation_lets_choose_a_password_once) {
    const Asked invited = ask("POST", "/api/v1/users", R"({"name":"dora","role":"viewer"})");
    ASSERT_EQ(invited.status, 201);
    const std::string link = invited.text("link");
    const std::string invitation = link.substr(link.find('#') + 1);
    const std::string look = look_of(link);
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
    const std::string first =
        look_of(ask("POST", "/api/v1/users", R"({"name":"dora","role":"viewer"})").text("link"));
    const std::string second = look_of(ask("POST", "/api/v1/users/dora/invitation").text("link"));
    const With nobody{.token = ""};
    EXPECT_EQ(ask(nobody, "POST", "/api/v1/invitations/look", first).code(), "invitation_ended");
    EXPECT_EQ(ask(nobody, "POST", "/api/v1/invitations/look", second).status, 200);
    clock.advance(hours(72));
    EXPECT_EQ(ask(nobody, "POST", "/api/v1/invitations/look", second).code(), "invitation_ended");
}

TEST_F(SignInTest, a_new_password_needs_the_present_one_and_ends_every_session) {
    const With here = browser(sign_in("anna", kPassword));
    const With there = browser(sign_in("anna", kPassword));
    EXPECT_EQ(change_password(here, "wrong password").code(), "password_wrong");
    const Asked changed = change_password(here, kPassword);
    ASSERT_EQ(changed.status, 200);
    for (const With& old : {here, there})
        EXPECT_EQ(ask(old, "GET", "/api/v1/stores").code(), "session_ended");
    const With fresh = browser(changed);
    EXPECT_EQ(ask(fresh, "GET", "/api/v1/stores").status, 200);
    EXPECT_EQ(ask(fresh, "POST", "/api/v1/products", R"({"sku":"X-1","name":"Cup"})").status, 201);
    EXPECT_EQ(sign_in("anna", kOther).status, 201);
}

TEST_F(SignInTest, a_password_that_was_changed_meanwhile_begins_nothing) {
    mortal.before_next_write([&] {
        write([&](db::Transaction& tx) {
            store::set_password(tx, UserId{1}, crypto::hash_password(kOther, rng, kCheapPassword), kNow);
            return 0;
        });
    });
    EXPECT_EQ(sign_in("anna", kPassword).code(), "sign_in_refused");
    EXPECT_EQ(read(sessions_in), 0);
    mortal.before_next_write([&] {
        write(
            [](db::Transaction& tx) { return store::change_user(tx, UserId{1}, {.disabled = true}, kNow); });
    });
    EXPECT_EQ(sign_in("anna", kOther).code(), "sign_in_refused");
    EXPECT_EQ(read(sessions_in), 0);
}

TEST_F(SignInTest, a_session_that_was_ended_meanwhile_changes_no_password) {
    const With anna = browser(sign_in("anna", kPassword));
    ask(anna, "GET", "/api/v1/stores");  // notes the session's use, which is a write
    mortal.before_next_write([&] {
        write([](db::Transaction& tx) {
            store::end_sessions(tx, UserId{1}, kNow);
            return 0;
        });
    });
    EXPECT_EQ(change_password(anna, kPassword).code(), "session_ended");
    EXPECT_EQ(sign_in("anna", kOther).status, 401);
    EXPECT_EQ(sign_in("anna", kPassword).status, 201);
}

TEST_F(SignInTest, killed_while_changing_a_password) {
    if (!kHasFaultPoints || db->engine() != db::Engine::sqlite)
        GTEST_SKIP() << "forks, and needs crash points";
    const With anna = browser(sign_in("anna", kPassword));
    for (const char* point : {"access.change.before_commit", "access.change.after_commit"}) {
        const auto die = [&] {
            std::ignore = arm_crash_point(point);
            change_password(anna, kPassword);
        };
        EXPECT_EXIT(die(), testing::ExitedWithCode(kCrashExitCode), "");
        const bool changed = std::string_view(point).ends_with("after_commit");
        EXPECT_EQ(ask(anna, "GET", "/api/v1/stores").status, changed ? 401 : 200) << point;
    }
    EXPECT_EQ(sign_in("anna", kOther).status, 201);
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
