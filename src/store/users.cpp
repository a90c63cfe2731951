#include "store/users.hpp"

#include <array>

#include "base/check.hpp"
#include "base/text.hpp"
#include "crypto/crypto.hpp"

namespace fairway::store {

namespace {

constexpr std::size_t kSecretBytes = 32;
// Of one person at once: who signs in and never out does not fill the table.
constexpr int kSessionsMax = 20;

constexpr std::string_view kSelectUsers =
    "SELECT u.id, u.name, u.role, u.buyer_data, CASE WHEN u.password IS NULL THEN 0 ELSE 1 END, "
    "u.created_at, u.disabled_at, u.last_seen_at FROM users AS u ";

UserRecord read_user(const db::Row& row) {
    const auto role = parse_role(row.get<std::string>(2));
    CHECK(role.has_value(), "a user's role is one of ours");
    return {.id = row.get<UserId>(0),
            .name = row.get<std::string>(1),
            .role = *role,
            .buyer_data = row.get<bool>(3),
            .has_password = row.get<bool>(4),
            .created_at = row.get<UtcTime>(5),
            .disabled_at = row.get<std::optional<UtcTime>>(6),
            .last_seen_at = row.get<std::optional<UtcTime>>(7)};
}

std::optional<UserRecord> read_one(const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    return read_user(*row);
}

std::string secret(Rng& rng, std::string_view prefix) {
    std::array<std::uint8_t, kSecretBytes> bytes{};
    rng.fill(bytes);
    return std::string(prefix) + base64url_encode(bytes);
}

std::span<const std::uint8_t> as_span(const crypto::Digest& digest) { return digest; }

// As typed by people: the same name in another case is the same name.
std::string folded(std::string_view name) { return to_lower_ascii(trim(name)); }

// A token that somebody made is not to bring back what is taken from its maker.
void revoke_tokens_beyond(db::Transaction& tx, const UserRecord& before, const UserRecord& after,
                          UtcTime now) {
    const bool loses = after.role < before.role || (before.buyer_data && !after.buyer_data);
    for (const TokenRecord& token : list_tokens(tx)) {
        const bool may_more = token.role > after.role || (token.buyer_data && !after.buyer_data);
        if (token.created_by == after.id && (after.disabled_at || (loses && may_more)))
            tx.queue("UPDATE api_tokens SET revoked_at = COALESCE(revoked_at, $1) WHERE id = $2", now,
                     token.id);
    }
}

// Whether a link that an administrator sent is still good.
bool is_invited(db::Reader& tx, UserId user, UtcTime now) {
    // Few: read from end to end.
    return tx
        .one(
            "SELECT hash FROM invitations WHERE user_id = $1 AND first_start = $2 AND expires_at > $3 LIMIT "
            "1",
            user, false, now)
        .has_value();
}

}  // namespace

Result<UserId> add_user(db::Transaction& tx, const NewUser& user, UtcTime now) {
    constexpr std::size_t kNameMax = 80;
    const std::string name = folded(user.name);
    if (name.empty() || !is_valid_utf8(name) || utf8_length(name) > kNameMax)
        return fail(ErrorKind::invalid, "name_invalid", "a name has 1 to 80 characters", "name");
    if (find_user(tx, name))
        return fail(ErrorKind::conflict, "user_exists", "there is already a user \"" + name + "\"", "name");
    const auto row = tx.one(
        "INSERT INTO users (name, role, buyer_data, preferences, created_at) VALUES ($1, $2, $3, '{}', $4) "
        "RETURNING id",
        name, to_text(user.role), user.buyer_data, now);
    return row->get<UserId>(0);
}

std::optional<UserRecord> find_user(db::Reader& tx, UserId id) {
    return read_one(tx.one(std::string(kSelectUsers) + "WHERE u.id = $1", id));
}

std::optional<UserRecord> find_user(db::Reader& tx, std::string_view name) {
    return read_one(tx.one(std::string(kSelectUsers) + "WHERE u.name = $1", folded(name)));
}

std::vector<UserRecord> list_users(db::Reader& tx) {
    std::vector<UserRecord> users;
    for (const db::Row& row : tx.query(std::string(kSelectUsers) + "ORDER BY u.name"))
        users.push_back(read_user(row));
    return users;
}

bool has_administrator(db::Reader& tx) {
    // Users are few: read from end to end.
    return tx
        .one(
            "SELECT id FROM users WHERE role = 'administrator' AND password IS NOT NULL "
            "AND disabled_at IS NULL LIMIT 1")
        .has_value();
}

Status change_user(db::Transaction& tx, UserId id, const UserChange& change, UtcTime now) {
    const auto user = find_user(tx, id);
    if (!user) return fail(ErrorKind::not_found, "user_missing", "there is no user " + id.str());
    const bool could_administer = has_administrator(tx);
    const bool disabled = change.disabled.value_or(user->disabled_at.has_value());
    tx.execute("UPDATE users SET role = $1, buyer_data = $2, disabled_at = $3 WHERE id = $4",
               to_text(change.role.value_or(user->role)), change.buyer_data.value_or(user->buyer_data),
               disabled ? std::optional(user->disabled_at.value_or(now)) : std::nullopt, id);
    if (could_administer && !has_administrator(tx))
        return fail(ErrorKind::conflict, "last_administrator",
                    user->name + " is the last administrator: make somebody else one first");
    end_sessions(tx, id, now);
    if (disabled) drop_invitations(tx, id);
    revoke_tokens_beyond(tx, *user, *find_user(tx, id), now);
    return {};
}

std::optional<std::string> find_password(db::Reader& tx, UserId id) {
    const auto row = tx.one("SELECT password FROM users WHERE id = $1", id);
    if (!row) return std::nullopt;
    return row->get<std::optional<std::string>>(0);
}

void set_password(db::Transaction& tx, UserId id, const std::string& hash, UtcTime now) {
    tx.queue("UPDATE users SET password = $1 WHERE id = $2", hash, id);
    drop_invitations(tx, id);
    end_sessions(tx, id, now);
}

std::string find_preferences(db::Reader& tx, UserId id) {
    const auto row = tx.one("SELECT preferences FROM users WHERE id = $1", id);
    return row ? row->get<std::string>(0) : "{}";
}

void set_preferences(db::Transaction& tx, UserId id, const std::string& json) {
    tx.queue("UPDATE users SET preferences = $1 WHERE id = $2", json, id);
}

std::string add_invitation(db::Transaction& tx, Rng& rng, UserId user, Invitation kind, UtcTime expires_at) {
    drop_invitations(tx, user);
    std::string text = secret(rng, "fwi_");
    const crypto::Digest hash = crypto::sha256(text);
    tx.queue("INSERT INTO invitations (hash, user_id, first_start, expires_at) VALUES ($1, $2, $3, $4)",
             as_span(hash), user, kind == Invitation::first_start, expires_at);
    return text;
}

Result<std::optional<FirstInvitation>> invite_first_administrator(db::Transaction& tx, Rng& rng,
                                                                  UtcTime expires_at, UtcTime now) {
    constexpr std::string_view kName = "administrator";
    if (has_administrator(tx)) return std::nullopt;
    // Users are few: read from end to end.
    auto user = read_one(tx.one(std::string(kSelectUsers) +
                                "WHERE u.role = 'administrator' AND u.disabled_at IS NULL ORDER BY u.id "
                                "LIMIT 1"));
    if (!user) {
        const auto id =
            add_user(tx, {.name = std::string(kName), .role = Role::administrator, .buyer_data = true}, now);
        if (!id)
            return fail(ErrorKind::conflict, "administrator_unfit",
                        "nobody can administer, and the user \"administrator\" is disabled or has another "
                        "role; fairway user set administrator --role administrator --disabled no, and start "
                        "again");
        write_audit(tx, "fairway", "create user: " + describe_rights(Role::administrator, true),
                    "users/" + id->str(), now);
        user = find_user(tx, *id);
    }
    if (is_invited(tx, user->id, now)) return FirstInvitation{*std::move(user), std::nullopt};
    write_audit(tx, "fairway", "invite user", "users/" + user->id.str(), now);
    std::string text = add_invitation(tx, rng, user->id, Invitation::first_start, expires_at);
    return FirstInvitation{*std::move(user), std::move(text)};
}

std::optional<UserRecord> find_invited(db::Reader& tx, std::string_view invitation, UtcTime now) {
    const crypto::Digest hash = crypto::sha256(invitation);
    const auto row =
        tx.one("SELECT user_id, first_start FROM invitations WHERE hash = $1 AND expires_at > $2",
               as_span(hash), now);
    if (!row) return std::nullopt;
    // What a start printed may lie in many logs.
    if (row->get<bool>(1) && has_administrator(tx)) return std::nullopt;
    auto user = find_user(tx, row->get<UserId>(0));
    if (user && user->disabled_at) return std::nullopt;
    return user;
}

void drop_invitations(db::Transaction& tx, UserId user) {
    // Few: read from end to end.
    tx.queue("DELETE FROM invitations WHERE user_id = $1", user);
}

std::string add_session(db::Transaction& tx, Rng& rng, const UserRecord& user, const std::string& browser,
                        UtcTime expires_at, UtcTime now) {
    std::string text = secret(rng, "fws_");
    const crypto::Digest hash = crypto::sha256(text);
    tx.queue(
        "INSERT INTO api_tokens (name, role, buyer_data, hash, created_at, user_id, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        browser, to_text(user.role), user.buyer_data, as_span(hash), now, user.id, expires_at);
    tx.queue("UPDATE users SET last_seen_at = $1 WHERE id = $2", now, user.id);
    // Index api_tokens_by_user. The oldest ones end.
    tx.queue(
        "UPDATE api_tokens SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL AND id < "
        "COALESCE((SELECT id FROM api_tokens WHERE user_id = $2 AND revoked_at IS NULL AND expires_at > $1 "
        "ORDER BY id DESC LIMIT 1 OFFSET $3), 0)",
        now, user.id, kSessionsMax - 1);
    return text;
}

std::vector<Session> list_sessions(db::Reader& tx, UserId user, UtcTime now) {
    // Index api_tokens_by_user.
    std::vector<Session> sessions;
    for (const db::Row& row :
         tx.query("SELECT id, name, created_at, last_used_at, expires_at FROM api_tokens "
                  "WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY id DESC",
                  user, now))
        sessions.push_back({.id = row.get<TokenId>(0),
                            .browser = row.get<std::string>(1),
                            .created_at = row.get<UtcTime>(2),
                            .last_used_at = row.get<std::optional<UtcTime>>(3),
                            .expires_at = row.get<UtcTime>(4)});
    return sessions;
}

void end_sessions(db::Transaction& tx, UserId user, UtcTime now) {
    tx.queue("UPDATE api_tokens SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL", now, user);
}

void drop_sessions_ended_before(db::Transaction& tx, UtcTime before) {
    // Read from end to end, once an hour. What a session asked for may be kept a little longer than itself.
    tx.queue(
        "DELETE FROM api_tokens WHERE user_id IS NOT NULL AND COALESCE(revoked_at, expires_at) < $1 "
        "AND id NOT IN (SELECT token_id FROM idempotency_keys)",
        before);
}

}  // namespace fairway::store
