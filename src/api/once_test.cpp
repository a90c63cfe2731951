// Idempotency-Key: one effect, one answer.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

class OnceTest : public ApiTest {
protected:
    Asked comment(const std::string& key, const std::string& text, const std::string& token = "seer") {
        return ask(With{.token = token, .key = key}, "POST", "/api/v1/commerce-orders/co_1/comments",
                   R"({"text":")" + text + R"("})");
    }
    // Comments of people with that text.
    std::int64_t count(const std::string& text) {
        return read([&](db::Reader& tx) {
            return tx.one("SELECT COUNT(*) FROM comments WHERE text = $1", text)->get<std::int64_t>(0);
        });
    }
};

TEST_F(OnceTest, the_same_request_again_gets_the_first_answer_and_has_no_effect) {
    import("402-0000000-0000001");
    const Asked first = comment("k1", "hello");
    const Asked again = comment("k1", "hello");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(count("hello"), 1);
}

TEST_F(OnceTest, a_repeated_answer_says_that_it_is_one) {
    import("402-0000000-0000001");
    EXPECT_EQ(comment("k1", "hello").headers.find("Idempotency-Replayed"), nullptr);
    EXPECT_NE(comment("k1", "hello").headers.find("Idempotency-Replayed"), nullptr);
}

TEST_F(OnceTest, another_body_under_the_same_key_is_refused) {
    import("402-0000000-0000001");
    comment("k1", "hello");
    const Asked asked = comment("k1", "goodbye");
    EXPECT_EQ(asked.status, 422);
    EXPECT_EQ(asked.code(), "idempotency_key_reused");
    EXPECT_EQ(asked.field(), "Idempotency-Key");
    EXPECT_EQ(count("goodbye"), 0);
}

TEST_F(OnceTest, another_address_under_the_same_key_is_refused) {
    add_product("A", 1);
    ask(With{.key = "k1"}, "PATCH", "/api/v1/products/A", "{}");
    EXPECT_EQ(ask(With{.key = "k1"}, "PATCH", "/api/v1/products/B", "{}").code(), "idempotency_key_reused");
}

TEST_F(OnceTest, a_refusal_is_kept_as_well) {
    const Asked first = ask(With{.key = "k1"}, "POST", "/api/v1/products", R"({"sku":"","name":"A"})");
    const Asked again = ask(With{.key = "k1"}, "POST", "/api/v1/products", R"({"sku":"","name":"A"})");
    EXPECT_EQ(first.status, 422);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.status, 422);
    EXPECT_EQ(*again.headers.find("Content-Type"), "application/problem+json");
}

TEST_F(OnceTest, keys_of_two_tokens_are_independent) {
    import("402-0000000-0000001");
    EXPECT_EQ(comment("k1", "hello", "operator").status, 201);
    EXPECT_EQ(comment("k1", "goodbye", "administrator").status, 201);
}

TEST_F(OnceTest, requests_without_a_key_have_their_effect_each_time) {
    import("402-0000000-0000001");
    comment("", "hello");
    comment("", "hello");
    EXPECT_EQ(count("hello"), 2);
}

TEST_F(OnceTest, a_key_does_not_stand_in_for_a_token) {
    import("402-0000000-0000001");
    comment("k1", "hello");
    EXPECT_EQ(comment("k1", "hello", "").status, 401);
    EXPECT_EQ(comment("k1", "hello", "viewer").status, 403);
}

TEST_F(OnceTest, a_key_on_a_reading_means_nothing) {
    EXPECT_EQ(ask(With{.key = "k1"}, "GET", "/api/v1/stores").status, 200);
    EXPECT_EQ(ask(With{.key = "k1"}, "GET", "/api/v1/products").status, 200);
    EXPECT_EQ(rows_in("idempotency_keys"), 0);
}

TEST_F(OnceTest, a_day_has_so_many_new_keys_for_each) {
    Api sparing{{.sync = context, .ask_for_tick = {}, .public_url = "", .rng = rng, .keys_per_day = 2}};
    const auto patch = [&](const std::string& token, const std::string& key) {
        net::Request request{.method = "PATCH", .path = "/api/v1/products/A", .body = "{}"};
        request.headers.set("Authorization", "Bearer " + tokens.at(token));
        if (!key.empty()) request.headers.set("Idempotency-Key", key);
        return sparing.handle(std::move(request));
    };
    add_product("A", 1);
    for (const char* key : {"k1", "k1", "k2", "k1"}) EXPECT_EQ(patch("operator", key).status, 200) << key;
    const net::Response refused = patch("operator", "k3");
    EXPECT_EQ(refused.status, 429);
    EXPECT_TRUE(refused.body.contains("idempotency_keys_used_up")) << refused.body;
    EXPECT_NE(refused.headers.find("Retry-After"), nullptr);
    EXPECT_EQ(patch("operator", "").status, 200) << "without a key nothing is kept";
    EXPECT_EQ(patch("administrator", "k3").status, 200);
    EXPECT_EQ(rows_in("idempotency_keys"), 3);
    clock.advance(days(1));
    EXPECT_EQ(patch("operator", "k3").status, 200);
}

TEST_F(OnceTest, a_key_has_1_to_200_characters) {
    EXPECT_EQ(ask(With{.key = std::string(200, 'k')}, "POST", "/api/v1/sync-runs").status, 202);
    const Asked asked = ask(With{.key = std::string(201, 'k')}, "POST", "/api/v1/sync-runs");
    EXPECT_EQ(asked.status, 400);
    EXPECT_EQ(asked.code(), "idempotency_key_invalid");
}

TEST_F(OnceTest, while_a_request_is_being_handled_its_key_is_taken) {
    Asked meanwhile;
    on_tick = [&] { meanwhile = ask(With{.key = "k1"}, "POST", "/api/v1/sync-runs"); };
    EXPECT_EQ(ask(With{.key = "k1"}, "POST", "/api/v1/sync-runs").status, 202);
    EXPECT_EQ(meanwhile.status, 409);
    EXPECT_EQ(meanwhile.code(), "request_running");
    EXPECT_EQ(rows_in("sync_runs"), 1);
}

TEST_F(OnceTest, a_sync_is_asked_for_once) {
    ask(With{.key = "k1"}, "POST", "/api/v1/sync-runs");
    ask(With{.key = "k1"}, "POST", "/api/v1/sync-runs");
    EXPECT_EQ(ticks, std::vector<std::string>{"sy_1"});
}

// The process dies at every write of a request in turn, before or after the commit. Whoever repeats the
// request under its key finds its effect done once, and an answer.
TEST_F(OnceTest, a_request_cut_short_at_any_write_and_repeated_has_its_effect_once) {
    import("402-0000000-0000001");
    comment("", "first use of the token");
    int deaths = 0;
    for (const auto death : {MortalDatabase::Death::before_commit, MortalDatabase::Death::after_commit})
        for (int write = 1; write <= 4; ++write) {
            const std::string name = (death == MortalDatabase::Death::before_commit ? "before " : "after ") +
                                     std::to_string(write);
            mortal.die_at(write, death);
            bool died = false;
            try {
                comment(name, name);
            } catch (const db::Failure&) {
                died = true;
            }
            mortal.live();
            deaths += died ? 1 : 0;
            EXPECT_EQ(comment(name, name).status, 201) << name;
            EXPECT_EQ(count(name), 1) << name;
        }
    // The effect with its answer, before and after: no other write can be cut short.
    EXPECT_EQ(deaths, 2);
}

// Amazon is asked before an account is stored, so effect and answer are two commits; the account itself
// exists once.
TEST_F(OnceTest, an_account_connected_before_a_crash_is_not_connected_twice) {
    amazon_says = [](const net::Request& request) -> Result<net::Response> {
        const bool token = request.path.ends_with("/token");
        return net::Response{.body = token ? R"({"access_token":"t","token_type":"bearer","expires_in":3600})"
                                           : R"({"payload":[]})"};
    };
    const auto connect = [&] {
        return ask(With{.key = "k1"}, "POST", "/api/v1/accounts",
                   R"({"name":"Second","region":"eu","seller_id":"A2","client_id":"c",)"
                   R"("client_secret":"s","refresh_token":"r"})");
    };
    std::vector<int> answers;
    for (int write = 1; write <= 8; ++write) {
        mortal.die_at(write, MortalDatabase::Death::after_commit);
        try {
            answers.push_back(connect().status);
        } catch (const db::Failure&) {
            answers.push_back(0);
        }
        mortal.live();
    }
    EXPECT_EQ(rows_in("accounts"), 2);
    EXPECT_TRUE(answers.back() == 201 || answers.back() == 409) << answers.back();
}

TEST_F(OnceTest, personal_data_does_not_come_to_lie_beside_a_key) {
    import("402-0000000-0000001");
    ASSERT_EQ(get("/api/v1/commerce-orders/co_1").text("recipient.name"), "Ada Rossi");
    EXPECT_EQ(comment("k1", "hello").text("recipient.name"), "null");
    EXPECT_EQ(ask(With{.key = "k2"}, "POST", path_of("402-0000000-0000001") + "/retry").text("buyer.name"),
              "null");
    const auto kept = read([](db::Reader& tx) { return tx.query("SELECT body FROM idempotency_keys"); });
    ASSERT_EQ(kept.size(), 2U);
    for (const db::Row& row : kept) EXPECT_FALSE(row.get<std::string>(0).contains("Rossi"));
}

}  // namespace
}  // namespace fairway::api
