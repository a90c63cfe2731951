#include "store/users.hpp"

#include "store/sign_in_attempts.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

constexpr std::string_view kHash = "a hash";

class UsersTest : public StoreTest {
protected:
    UserId add(const std::string& name, Role role = Role::operator_) {
        return must(
            write([&](db::Transaction& tx) { return add_user(tx, {.name = name, .role = role}, kNow); }));
    }
    void give_password(UserId id) {
        write([&](db::Transaction& tx) {
            set_password(tx, id, std::string(kHash), kNow);
            return 0;
        });
    }
    Status disable(UserId id) {
        return write([&](db::Transaction& tx) { return change_user(tx, id, {.disabled = true}, kNow); });
    }
    Result<std::optional<FirstInvitation>> invite_first() {
        return write(
            [&](db::Transaction& tx) { return invite_first_administrator(tx, rng, kNow + hours(24), kNow); });
    }
    std::optional<UserRecord> invited(const std::string& text) {
        return read([&](db::Reader& tx) { return find_invited(tx, text, kNow); });
    }
    UserRecord find(UserId id) {
        return must(read([&](db::Reader& tx) { return find_user(tx, id); }));
    }
    std::string sign_in(UserId id, UtcTime now) {
        return write([&](db::Transaction& tx) {
            return add_session(tx, rng, *find_user(tx, id), "browser", now + hours(1), now);
        });
    }
    // Made by that person.
    std::string make_token(UserId maker, const std::string& name, Role role, bool buyer_data) {
        return must(write([&](db::Transaction& tx) {
            return add_token(
                tx, rng, {.name = name, .role = role, .buyer_data = buyer_data, .created_by = maker}, kNow);
        }));
    }
    std::string live_tokens() {
        std::string names;
        for (const TokenRecord& each : read([](db::Reader& tx) { return list_tokens(tx); }))
            if (!each.revoked_at) names += (names.empty() ? "" : " ") + each.name;
        return names;
    }
    std::string audit() {
        std::string text;
        for (const AuditRecord& each :
             read([](db::Reader& tx) { return list_audit(tx, {}, std::nullopt, 9); }))
            text += each.actor + ": " + each.action + " " + each.object + "\n";
        return text;
    }
};

TEST_F(UsersTest, the_first_administrator_is_made_and_every_invitation_noted) {
    const auto first = must(must(invite_first()));
    EXPECT_EQ(first.user.name, "administrator");
    EXPECT_EQ(first.user.role, Role::administrator);
    EXPECT_EQ(must(invited(must(first.text))).id, first.user.id);
    EXPECT_EQ(audit(),
              "fairway: invite user users/us_1\n"
              "fairway: create user: administrator, buyer data users/us_1\n");
    const auto second = must(must(invite_first()));
    EXPECT_EQ(second.user.id, first.user.id);
    EXPECT_FALSE(invited(*first.text).has_value());
    EXPECT_TRUE(audit().starts_with("fairway: invite user users/us_1\nfairway: invite user users/us_1\n"));
}

TEST_F(UsersTest, an_administrator_who_has_no_password_yet_is_the_first_one) {
    const UserId anna = add("anna", Role::administrator);
    EXPECT_EQ(must(must(invite_first())).user.id, anna);
    EXPECT_EQ(rows_in("users"), 1);
}

TEST_F(UsersTest, nobody_is_invited_where_somebody_can_administer) {
    give_password(add("anna", Role::administrator));
    EXPECT_FALSE(must(invite_first()).has_value());
    EXPECT_EQ(audit(), "");
}

TEST_F(UsersTest, the_name_of_the_first_administrator_gives_nobody_more_rights) {
    const UserId id = add("administrator", Role::viewer);
    EXPECT_EQ(invite_first().error().code, "administrator_unfit");
    ASSERT_TRUE(write([&](db::Transaction& tx) {
        return change_user(tx, id, {.role = Role::administrator, .disabled = true}, kNow);
    }));
    EXPECT_EQ(invite_first().error().code, "administrator_unfit");
    EXPECT_EQ(rows_in("invitations"), 0);
    EXPECT_EQ(audit(), "");
}

TEST_F(UsersTest, the_link_of_a_start_ends_as_soon_as_somebody_can_administer) {
    const auto first = must(must(invite_first()));
    const UserId anna = add("anna", Role::administrator);
    const std::string other = write([&](db::Transaction& tx) {
        return add_invitation(tx, rng, anna, Invitation::by_administrator, kNow + hours(24));
    });
    EXPECT_TRUE(invited(must(first.text)).has_value());
    give_password(add("berta", Role::administrator));
    EXPECT_FALSE(invited(*first.text).has_value());
    EXPECT_TRUE(invited(other).has_value()) << "an administrator sent it";
}

TEST_F(UsersTest, a_start_leaves_a_link_that_was_sent_as_it_is) {
    const UserId anna = add("anna", Role::administrator);
    const auto send = [&](UtcTime expires_at) {
        return write([&](db::Transaction& tx) {
            return add_invitation(tx, rng, anna, Invitation::by_administrator, expires_at);
        });
    };
    const std::string sent = send(kNow + seconds(1));
    const auto kept = must(must(invite_first()));
    EXPECT_EQ(kept.user.id, anna);
    EXPECT_FALSE(kept.text.has_value());
    EXPECT_TRUE(invited(sent).has_value());
    EXPECT_EQ(audit(), "");
    send(kNow);
    EXPECT_TRUE(must(must(invite_first())).text.has_value()) << "the one that was sent is over";
}

TEST_F(UsersTest, who_loses_rights_loses_the_tokens_that_may_more) {
    give_password(add("berta", Role::administrator));
    const UserId anna = add("anna", Role::administrator);
    const auto change = [&](const UserChange& wanted) {
        EXPECT_TRUE(write([&](db::Transaction& tx) { return change_user(tx, anna, wanted, kNow); }));
        return live_tokens();
    };
    const std::string all = "administrator operator seer viewer";
    make_token(anna, "administrator", Role::administrator, false);
    make_token(anna, "operator", Role::operator_, false);
    make_token(anna, "seer", Role::viewer, true);
    make_token(anna, "viewer", Role::viewer, false);
    EXPECT_EQ(change({.disabled = false}), all) << "nothing is taken";
    EXPECT_EQ(change({.buyer_data = true}), all) << "something is given";
    EXPECT_EQ(change({.role = Role::operator_}), "operator seer viewer");
    EXPECT_EQ(change({.buyer_data = false}), "operator viewer");
    make_token(UserId{1}, "of berta", Role::administrator, true);
    EXPECT_EQ(change({.disabled = true}), "of berta");
}

TEST_F(UsersTest, a_person_was_seen_when_the_newest_session_was_used) {
    const UserId anna = add("anna");
    EXPECT_FALSE(find(anna).last_seen_at.has_value());
    const std::string session = sign_in(anna, kNow);
    EXPECT_EQ(find(anna).last_seen_at, kNow);
    write([&](db::Transaction& tx) {
        touch_token(tx, must(find_token(tx, session, kNow)).id, kNow + minutes(5));
        return 0;
    });
    EXPECT_EQ(find(anna).last_seen_at, kNow + minutes(5));
}

TEST_F(UsersTest, of_more_than_twenty_sessions_the_oldest_end) {
    const UserId anna = add("anna");
    const UserId berta = add("berta");
    const std::string of_berta = sign_in(berta, kNow);
    const std::string first = sign_in(anna, kNow);
    const std::string second = sign_in(anna, kNow);
    for (int i = 0; i < 19; ++i) sign_in(anna, kNow);
    read([&](db::Reader& tx) {
        EXPECT_EQ(list_sessions(tx, anna, kNow).size(), 20u);
        EXPECT_FALSE(find_token(tx, first, kNow).has_value());
        EXPECT_TRUE(find_token(tx, second, kNow).has_value());
        EXPECT_TRUE(find_token(tx, of_berta, kNow).has_value());
    });
}

TEST_F(UsersTest, ended_sessions_are_forgotten_and_nothing_else) {
    const UserId anna = add("anna");
    sign_in(anna, kNow - hours(3));               // ended by itself
    sign_in(anna, kNow - hours(1) + minutes(1));  // lives
    const std::string kept = sign_in(anna, kNow - hours(3));
    write([&](db::Transaction& tx) {
        const TokenId session = must(find_token(tx, kept, kNow - hours(3))).id;
        claim_idempotency_key(tx, {session, anna}, "k", crypto::sha256("r"), kNow);
        const std::string token = must(add_token(tx, rng, {.name = "laptop"}, kNow - hours(3)));
        return revoke_token(tx, must(find_token(tx, token, kNow)).id, kNow - hours(3));
    });
    write([](db::Transaction& tx) {
        drop_sessions_ended_before(tx, kNow);
        return 0;
    });
    EXPECT_EQ(rows_in("api_tokens"), 3) << "the live one, the one whose answer is kept, the program's";
    write([](db::Transaction& tx) {
        drop_idempotency_keys_before(tx, kNow + hours(1));
        drop_sessions_ended_before(tx, kNow);
        return 0;
    });
    EXPECT_EQ(rows_in("api_tokens"), 2);
    EXPECT_EQ(find(anna).last_seen_at, kNow - hours(3)) << "forgetting does not change it";
}

// Several passwords of one place can be looked at while the tenth failure locks the name.
TEST_F(UsersTest, failures_that_were_under_way_do_not_end_the_lock) {
    const Attempt here{blind_name(vault, "anna"), "here"};
    const auto fail_at = [&](UtcTime now) {
        return write([&](db::Transaction& tx) { return note_failure(tx, here, now); });
    };
    for (int i = 0; i < 10; ++i) fail_at(kNow);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(fail_at(kNow + seconds(1))) << i;
    read([&](db::Reader& tx) { EXPECT_EQ(find_lock(tx, here, kNow), kNow + minutes(15)); });
    EXPECT_FALSE(fail_at(kNow + minutes(15))) << "the lock is over, and this the first one of the next";
}

TEST_F(UsersTest, failures_are_counted_by_name_and_place) {
    const auto attempt = [&](const std::string& name, const std::string& place) {
        return Attempt{blind_name(vault, name), place};
    };
    const auto fail_at = [&](const Attempt& where, UtcTime now) {
        return write([&](db::Transaction& tx) { return note_failure(tx, where, now); });
    };
    const Attempt here = attempt("anna", "here");
    for (int i = 0; i < 9; ++i) EXPECT_FALSE(fail_at(here, kNow)) << i;
    EXPECT_FALSE(fail_at(attempt("anna", "there"), kNow));
    EXPECT_FALSE(fail_at(attempt("berta", "here"), kNow));
    EXPECT_TRUE(fail_at(attempt(" ANNA ", "here"), kNow)) << "as typed by people";
    read([&](db::Reader& tx) {
        EXPECT_EQ(find_lock(tx, here, kNow), kNow + minutes(15));
        EXPECT_FALSE(find_lock(tx, here, kNow + minutes(15)).has_value());
        EXPECT_FALSE(find_lock(tx, attempt("anna", "there"), kNow).has_value());
        EXPECT_EQ(find_last_lock(tx, here.name, kNow), kNow + minutes(15));
        EXPECT_FALSE(find_last_lock(tx, attempt("berta", "").name, kNow).has_value());
    });
    const Attempt session = attempt("berta", "session tk_1");
    for (int i = 0; i < 10; ++i) fail_at(session, kNow);
    read([&](db::Reader& tx) {
        EXPECT_TRUE(find_lock(tx, session, kNow).has_value());
        EXPECT_FALSE(find_last_lock(tx, session.name, kNow).has_value()) << "berta can still sign in";
    });
    write([&](db::Transaction& tx) {
        forget_failures(tx, session);
        return 0;
    });
    write([&](db::Transaction& tx) {
        forget_failures(tx, attempt("anna", "there"));
        return 0;
    });
    EXPECT_EQ(rows_in("sign_in_attempts"), 2);
    write([&](db::Transaction& tx) {
        forget_failures(tx, here.name);
        return 0;
    });
    EXPECT_EQ(rows_in("sign_in_attempts"), 1);
}

}  // namespace
}  // namespace fairway::store
