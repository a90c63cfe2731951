#pragma once
// People who sign in: their roles, their passwords and where they are signed in. A session is a token of a
// person (store/access.hpp): it is found, touched and revoked like one.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/access.hpp"

namespace fairway::store {

struct UserRecord {
    UserId id{};
    std::string name{};
    Role role = Role::viewer;
    bool buyer_data = false;  // may see personal data
    bool has_password = false;
    UtcTime created_at{};
    std::optional<UtcTime> disabled_at{};
    std::optional<UtcTime> last_seen_at{};  // in the newest session
};

struct NewUser {
    std::string name{};
    Role role = Role::viewer;
    bool buyer_data = false;
};
// Nobody can sign in as the new user before a password is chosen. Names are kept in lower case. invalid
// "name_invalid"; conflict "user_exists", also for a disabled one: what a person did stays that person's.
Result<UserId> add_user(db::Transaction& tx, const NewUser& user, UtcTime now);
std::optional<UserRecord> find_user(db::Reader& tx, UserId id);
std::optional<UserRecord> find_user(db::Reader& tx, std::string_view name);
std::vector<UserRecord> list_users(db::Reader& tx);
// Whether anybody can sign in and administer: has a password and is not disabled.
bool has_administrator(db::Reader& tx);

struct UserChange {
    std::optional<Role> role{};
    std::optional<bool> buyer_data{};
    std::optional<bool> disabled{};
};
// Ends the person's sessions, so that nobody works on with rights that were taken. Of the tokens that the
// person made those end that may more than what is left; who is disabled loses them all, and the link for a
// password. not_found "user_missing"; conflict "last_administrator" if nobody would be left to administer.
Status change_user(db::Transaction& tx, UserId id, const UserChange& change, UtcTime now);

// A hash of crypto/password.hpp; nullopt where none was chosen yet.
std::optional<std::string> find_password(db::Reader& tx, UserId id);
// Ends all sessions: whoever stole one is out, too.
void set_password(db::Transaction& tx, UserId id, const std::string& hash, UtcTime now);

// What the screens keep for a person, as JSON.
std::string find_preferences(db::Reader& tx, UserId id);
void set_preferences(db::Transaction& tx, UserId id, const std::string& json);

// ---- Invitations: a text that lets its bearer choose the user's password, once and for a time.

enum class Invitation {
    by_administrator,
    first_start,  // good only as long as nobody can administer
};
// Earlier ones of the user end.
std::string add_invitation(db::Transaction& tx, Rng& rng, UserId user, Invitation kind, UtcTime expires_at);

struct FirstInvitation {
    UserRecord user{};
    std::optional<std::string> text{};  // none: the link that an administrator sent is good still
};
// For the administrator who has no password yet, who is made if there is none. nullopt: somebody can
// administer already. conflict "administrator_unfit": the name is taken by somebody who may not.
Result<std::optional<FirstInvitation>> invite_first_administrator(db::Transaction& tx, Rng& rng,
                                                                  UtcTime expires_at, UtcTime now);
std::optional<UserRecord> find_invited(db::Reader& tx, std::string_view invitation, UtcTime now);
void drop_invitations(db::Transaction& tx, UserId user);

// ---- Sessions

struct Session {
    TokenId id{};
    std::string browser{};
    UtcTime created_at{};
    std::optional<UtcTime> last_used_at{};
    UtcTime expires_at{};
};
// The text for the cookie; only its hash is kept. The oldest of more than twenty end.
std::string add_session(db::Transaction& tx, Rng& rng, const UserRecord& user, const std::string& browser,
                        UtcTime expires_at, UtcTime now);
std::vector<Session> list_sessions(db::Reader& tx, UserId user, UtcTime now);
void end_sessions(db::Transaction& tx, UserId user, UtcTime now);
// Those whose Idempotency-Keys are forgotten.
void drop_sessions_ended_before(db::Transaction& tx, UtcTime before);

}  // namespace fairway::store
