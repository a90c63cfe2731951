#include "store/access.hpp"

#include "store/store_fixture.hpp"
#include "store/users.hpp"

namespace fairway::store {
namespace {

class AccessTest : public StoreTest {
protected:
    std::string create(const std::string& name = "laptop", Role role = Role::operator_,
                       bool buyer_data = false) {
        return must(write([&](db::Transaction& tx) {
            return add_token(tx, rng, {.name = name, .role = role, .buyer_data = buyer_data}, kNow);
        }));
    }
    std::optional<TokenRecord> find(const std::string& token) {
        return read([&](db::Reader& tx) { return find_token(tx, token, kNow); });
    }
    ClaimResult claim(const std::string& key, const std::string& request = "r",
                      const KeyOwner& owner = {.token = TokenId{1}}) {
        return write([&](db::Transaction& tx) {
            return claim_idempotency_key(tx, owner, key, crypto::sha256(request), kNow);
        });
    }
    std::vector<SyncRunRecord> runs() {
        return read([](db::Reader& tx) { return list_runs(tx, std::nullopt, 9); });
    }
};

TEST_F(AccessTest, a_token_opens_what_its_record_says) {
    const std::string token = create("laptop", Role::administrator, true);
    EXPECT_TRUE(token.starts_with("fw_"));
    EXPECT_EQ(token.size(), 46u);
    const TokenRecord record = must(find(token));
    EXPECT_EQ(record.name, "laptop");
    EXPECT_EQ(record.role, Role::administrator);
    EXPECT_TRUE(record.buyer_data);
    EXPECT_EQ(record.created_at, kNow);
    EXPECT_FALSE(record.last_used_at || record.revoked_at);
}

TEST_F(AccessTest, a_live_token_has_its_name_for_itself) {
    const auto add = [&](const std::string& name) {
        return write([&](db::Transaction& tx) { return add_token(tx, rng, {.name = name}, kNow); });
    };
    EXPECT_TRUE(must(add("laptop")).starts_with("fw_"));
    const auto again = add("laptop");
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().kind, ErrorKind::conflict);
    EXPECT_EQ(again.error().code, "token_exists");
    EXPECT_EQ(rows_in("api_tokens"), 1);
    ASSERT_TRUE(write([](db::Transaction& tx) { return revoke_token(tx, TokenId{1}, kNow); }));
    EXPECT_TRUE(add("laptop").has_value());
}

TEST_F(AccessTest, a_token_has_a_name_like_everything_else) {
    for (const std::string& name :
         {std::string(), std::string(" "), std::string("a "), std::string(" a"), std::string(81, 'x')}) {
        const auto added =
            write([&](db::Transaction& tx) { return add_token(tx, rng, {.name = name}, kNow); });
        ASSERT_FALSE(added.has_value()) << name;
        EXPECT_EQ(added.error().code, "name_invalid");
        EXPECT_EQ(added.error().field, "name");
    }
    EXPECT_EQ(rows_in("api_tokens"), 0);
    EXPECT_TRUE(write([&](db::Transaction& tx) {
                    return add_token(tx, rng, {.name = std::string(80, 'x')}, kNow);
                }).has_value());
}

TEST_F(AccessTest, tokens_differ_and_nearly_right_is_wrong) {
    const std::string token = create();
    EXPECT_NE(token, create("desk"));
    EXPECT_FALSE(find(token.substr(0, token.size() - 1)).has_value());
    EXPECT_FALSE(find("").has_value());
}

TEST_F(AccessTest, a_token_is_kept_as_its_hash_only) {
    const std::string token = create();
    const auto hash =
        read([](db::Reader& tx) { return tx.one("SELECT hash FROM api_tokens")->get<db::Blob>(0); });
    const crypto::Digest expected = crypto::sha256(token);
    EXPECT_TRUE(std::equal(hash.begin(), hash.end(), expected.begin(), expected.end()));
}

TEST_F(AccessTest, a_revoked_token_is_not_found_and_stays_listed) {
    const std::string token = create();
    for (const UtcTime at : {kNow, kNow + hours(1)})
        ASSERT_TRUE(write([&](db::Transaction& tx) { return revoke_token(tx, TokenId{1}, at); }));
    EXPECT_FALSE(find(token).has_value());
    const auto tokens = read([](db::Reader& tx) { return list_tokens(tx); });
    ASSERT_EQ(tokens.size(), 1u);
    EXPECT_EQ(tokens[0].revoked_at, kNow);
    const Status missing = write([](db::Transaction& tx) { return revoke_token(tx, TokenId{99}, kNow); });
    EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
}

TEST_F(AccessTest, the_use_of_a_token_is_written_once_a_minute) {
    const std::string token = create();
    const auto used = [&](UtcTime at) {
        write([&](db::Transaction& tx) { touch_token(tx, TokenId{1}, at); });
        return must(find(token)).last_used_at;
    };
    EXPECT_EQ(used(kNow), kNow);
    EXPECT_EQ(used(kNow + seconds(59)), kNow);
    EXPECT_EQ(used(kNow + seconds(60)), kNow + seconds(60));
}

TEST_F(AccessTest, roles_are_read_as_they_are_written) {
    for (const Role role : {Role::viewer, Role::operator_, Role::administrator})
        EXPECT_EQ(parse_role(to_text(role)), role);
    EXPECT_FALSE(parse_role("root").has_value());
}

TEST_F(AccessTest, the_first_request_with_a_key_does_the_work) {
    create();
    EXPECT_EQ(claim("k").claim, Claim::fresh);
    EXPECT_EQ(claim("k").claim, Claim::running);
    EXPECT_EQ(claim("other").claim, Claim::fresh);
}

TEST_F(AccessTest, the_same_request_again_gets_the_same_answer) {
    create();
    claim("k");
    write([](db::Transaction& tx) { store_answer(tx, TokenId{1}, "k", {201, "{\"id\":1}"}); });
    const ClaimResult again = claim("k");
    EXPECT_EQ(again.claim, Claim::answered);
    EXPECT_EQ(again.answer.status, 201);
    EXPECT_EQ(again.answer.body, "{\"id\":1}");
}

TEST_F(AccessTest, another_request_under_the_same_key_is_told_so) {
    create();
    claim("k", "a");
    EXPECT_EQ(claim("k", "b").claim, Claim::other_request);
    write([](db::Transaction& tx) { store_answer(tx, TokenId{1}, "k", {201, ""}); });
    EXPECT_EQ(claim("k", "b").claim, Claim::other_request);
}

TEST_F(AccessTest, keys_of_two_tokens_do_not_meet) {
    create();
    create("desk");
    claim("k", "a", {.token = TokenId{1}});
    EXPECT_EQ(claim("k", "b", {.token = TokenId{2}}).claim, Claim::fresh);
}

TEST_F(AccessTest, a_key_is_one_for_all_sessions_of_a_person_and_nobody_elses) {
    const auto sign_in = [&](const std::string& name) {
        return write([&](db::Transaction& tx) {
            auto user = find_user(tx, name);
            if (!user) user = find_user(tx, must(add_user(tx, {.name = name}, kNow)));
            const std::string session = add_session(tx, rng, *user, "", kNow + hours(1), kNow);
            return KeyOwner{must(find_token(tx, session, kNow)).id, user->id};
        });
    };
    const KeyOwner first = sign_in("anna");
    const KeyOwner second = sign_in("anna");
    EXPECT_EQ(claim("k", "a", first).claim, Claim::fresh);
    write([&](db::Transaction& tx) { store_answer(tx, first.token, "k", {201, "{}"}); });
    EXPECT_EQ(claim("k", "a", second).claim, Claim::answered);
    EXPECT_EQ(claim("k", "b", second).claim, Claim::other_request);
    EXPECT_EQ(claim("k", "b", sign_in("berta")).claim, Claim::fresh);
}

TEST_F(AccessTest, of_two_answers_that_sessions_kept_the_newest_counts) {
    write([&](db::Transaction& tx) {
        const UserId anna = must(add_user(tx, {.name = "anna"}, kNow));
        for (int i = 0; i < 3; ++i) add_session(tx, rng, *find_user(tx, anna), "", kNow + hours(1), kNow);
        const crypto::Digest request = crypto::sha256("r");
        const std::span<const std::uint8_t> hash = request;
        for (const auto& [token, status, at] :
             {std::tuple(1, 201, kNow + seconds(1)), std::tuple(2, 202, kNow + seconds(0))})
            tx.execute(
                "INSERT INTO idempotency_keys (token_id, key, request_hash, status, body, created_at) "
                "VALUES ($1, 'k', $2, $3, '', $4)",
                TokenId{token}, hash, status, at);
    });
    const ClaimResult known = claim("k", "r", {TokenId{3}, UserId{1}});
    EXPECT_EQ(known.claim, Claim::answered);
    EXPECT_EQ(known.answer.status, 201);
}

TEST_F(AccessTest, old_keys_are_dropped_and_young_ones_stay) {
    create();
    claim("k");
    write([](db::Transaction& tx) { drop_idempotency_keys_before(tx, kNow); });
    EXPECT_EQ(rows_in("idempotency_keys"), 1);
    write([](db::Transaction& tx) { drop_idempotency_keys_before(tx, kNow + seconds(1)); });
    EXPECT_EQ(rows_in("idempotency_keys"), 0);
}

TEST_F(AccessTest, the_audit_trail_is_read_newest_first_in_pages) {
    write([](db::Transaction& tx) {
        write_audit(tx, "cli", "store.add", "stores/st_1", kNow);
        write_audit(tx, "token:laptop", "order.view", "402-1", kNow + seconds(1));
    });
    const auto list = [&](std::optional<std::int64_t> before, int limit) {
        return read([&](db::Reader& tx) { return list_audit(tx, {}, before, limit); });
    };
    const auto first = list(std::nullopt, 1);
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].actor, "token:laptop");
    EXPECT_EQ(first[0].action, "order.view");
    EXPECT_EQ(first[0].object, "402-1");
    const auto second = list(first[0].id, 9);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].action, "store.add");
}

TEST_F(AccessTest, the_audit_trail_is_filtered_by_who_what_and_which) {
    write([](db::Transaction& tx) {
        write_audit(tx, "cli", "view", "402-1", kNow);
        write_audit(tx, "cli", "view", "402-2", kNow);
        write_audit(tx, "token", "view", "402-1", kNow);
        write_audit(tx, "token", "retry", "402-1", kNow);
    });
    const auto ids = [&](const AuditFilter& filter, std::optional<std::int64_t> before = {}) {
        std::vector<std::int64_t> out;
        for (const AuditRecord& each :
             read([&](db::Reader& tx) { return list_audit(tx, filter, before, 9); }))
            out.push_back(each.id);
        return out;
    };
    using Ids = std::vector<std::int64_t>;
    EXPECT_EQ(ids({.actor = "cli"}), (Ids{2, 1}));
    EXPECT_EQ(ids({.action = "retry"}), (Ids{4}));
    EXPECT_EQ(ids({.object = "402-1"}), (Ids{4, 3, 1}));
    EXPECT_EQ(ids({.object = "402-1"}, 4), (Ids{3, 1}));
    EXPECT_EQ(ids({.actor = "token", .action = "view", .object = "402-1"}), (Ids{3}));
    EXPECT_EQ(ids({.actor = "CLI"}), Ids{});
}

TEST_F(AccessTest, an_action_is_found_with_what_it_says_after_the_colon) {
    write([](db::Transaction& tx) {
        for (const char* action : {"view", "view: a", "view :b", "views", "view:c", "view: a", "vie"})
            write_audit(tx, "cli", action, "402-1", kNow);
    });
    const auto ids = [&](const std::string& action, std::optional<std::int64_t> before, int limit) {
        std::vector<std::int64_t> out;
        for (const AuditRecord& each :
             read([&](db::Reader& tx) { return list_audit(tx, {.action = action}, before, limit); }))
            out.push_back(each.id);
        return out;
    };
    using Ids = std::vector<std::int64_t>;
    EXPECT_EQ(ids("view", {}, 9), (Ids{6, 2, 1}));
    EXPECT_EQ(ids("view", {}, 2), (Ids{6, 2}));
    EXPECT_EQ(ids("view", 6, 1), (Ids{2}));
    EXPECT_EQ(ids("view: a", {}, 9), (Ids{6, 2}));
}

TEST_F(AccessTest, the_same_is_written_once_in_its_time) {
    const auto note = [&](UtcTime now, const std::string& actor = "a", const std::string& action = "refuse",
                          const std::string& object = "o") {
        write([&](db::Transaction& tx) { write_audit_once(tx, actor, action, object, now - hours(1), now); });
        return rows_in("audit");
    };
    EXPECT_EQ(note(kNow), 1);
    EXPECT_EQ(note(kNow + minutes(59)), 1);
    EXPECT_EQ(note(kNow + minutes(59), "b"), 2);
    EXPECT_EQ(note(kNow + minutes(59), "a", "lock"), 3);
    EXPECT_EQ(note(kNow + minutes(59), "a", "refuse", "p"), 4);
    EXPECT_EQ(note(kNow + hours(1)), 5) << "what was written then is not of the hour that follows";
}

TEST_F(AccessTest, a_run_counts_what_it_read_and_ends) {
    const SyncRunId id = write([&](db::Transaction& tx) { return start_run(tx, store, kNow); });
    for (int page = 0; page < 2; ++page) write([&](db::Transaction& tx) { count_run(tx, id, 100, 7); });
    EXPECT_EQ(runs()[0].state, RunState::running);
    write([&](db::Transaction& tx) { finish_run(tx, id, std::nullopt, kNow + minutes(1)); });
    const SyncRunRecord run = must(read([&](db::Reader& tx) { return find_run(tx, id); }));
    EXPECT_EQ(run.state, RunState::done);
    EXPECT_EQ(run.store_id, store);
    EXPECT_EQ(run.orders_read, 200);
    EXPECT_EQ(run.orders_changed, 14);
    EXPECT_EQ(run.started_at, kNow);
    EXPECT_EQ(run.finished_at, kNow + minutes(1));
    EXPECT_FALSE(run.error_code.has_value());
}

TEST_F(AccessTest, a_failed_run_says_why) {
    const SyncRunId id = write([](db::Transaction& tx) { return start_run(tx, std::nullopt, kNow); });
    const Error error{ErrorKind::throttled, "quota", "no quota", {}, {}};
    write([&](db::Transaction& tx) { finish_run(tx, id, error, kNow); });
    EXPECT_EQ(runs()[0].state, RunState::failed);
    EXPECT_EQ(runs()[0].error_code, "quota");
    EXPECT_EQ(runs()[0].error_text, "no quota");
    EXPECT_FALSE(runs()[0].store_id.has_value());
}

TEST_F(AccessTest, runs_are_listed_newest_first_in_pages) {
    write([](db::Transaction& tx) {
        for (int i = 0; i < 3; ++i) start_run(tx, std::nullopt, kNow + seconds(i));
    });
    const auto page = read([](db::Reader& tx) { return list_runs(tx, SyncRunId{3}, 1); });
    ASSERT_EQ(page.size(), 1u);
    EXPECT_EQ(page[0].id, SyncRunId{2});
}

TEST_F(AccessTest, the_last_tick_is_the_newest_run) {
    const auto last = [&] { return read([](db::Reader& tx) { return last_tick_started(tx); }); };
    EXPECT_EQ(last(), UtcTime{});
    write([](db::Transaction& tx) {
        start_run(tx, std::nullopt, kNow + hours(1));
        start_run(tx, std::nullopt, kNow);
    });
    EXPECT_EQ(last(), kNow + hours(1));
}

TEST_F(AccessTest, runs_of_a_dead_process_fail_and_others_stay) {
    write([](db::Transaction& tx) {
        start_run(tx, std::nullopt, kNow);
        finish_run(tx, start_run(tx, std::nullopt, kNow), std::nullopt, kNow);
        start_run(tx, std::nullopt, kNow + hours(1));
        fail_abandoned_runs(tx, kNow + hours(1), kNow + hours(2));
    });
    const auto all = runs();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[2].state, RunState::failed);
    EXPECT_EQ(all[2].error_code, "abandoned");
    EXPECT_EQ(all[1].state, RunState::done);
    EXPECT_EQ(all[0].state, RunState::running);
}

}  // namespace
}  // namespace fairway::store
