#include "store/access.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/check.hpp"
#include "base/text.hpp"

namespace fairway::store {

namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr Duration kTouchEvery = minutes(1);
constexpr std::string_view kLives = "t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)";

constexpr std::string_view kSelectTokens =
    "SELECT t.id, t.name, t.role, t.buyer_data, t.user_id, t.created_at, t.last_used_at, t.revoked_at, "
    "t.expires_at, t.created_by, COALESCE(u.name, '') "
    "FROM api_tokens AS t LEFT JOIN users AS u ON u.id = t.created_by ";
constexpr std::string_view kSelectRuns =
    "SELECT id, store_id, state, orders_read, orders_changed, error_code, error_text, started_at, "
    "finished_at "
    "FROM sync_runs ";

TokenRecord read_token(const db::Row& row) {
    const auto role = parse_role(row.get<std::string>(2));
    CHECK(role.has_value(), "a token's role is one of ours");
    return {.id = row.get<TokenId>(0),
            .name = row.get<std::string>(1),
            .role = *role,
            .buyer_data = row.get<bool>(3),
            .user = row.get<std::optional<UserId>>(4),
            .created_at = row.get<UtcTime>(5),
            .last_used_at = row.get<std::optional<UtcTime>>(6),
            .revoked_at = row.get<std::optional<UtcTime>>(7),
            .expires_at = row.get<std::optional<UtcTime>>(8),
            .created_by = row.get<std::optional<UserId>>(9),
            .created_by_name = row.get<std::string>(10)};
}

RunState parse_run_state(std::string_view text) {
    for (const RunState state : {RunState::running, RunState::done, RunState::failed})
        if (to_text(state) == text) return state;
    CHECK(false, "a run's state is one of ours");
    return RunState::failed;
}

SyncRunRecord read_run(const db::Row& row) {
    return {.id = row.get<SyncRunId>(0),
            .store_id = row.get<std::optional<StoreId>>(1),
            .state = parse_run_state(row.get<std::string>(2)),
            .orders_read = row.get<std::int64_t>(3),
            .orders_changed = row.get<std::int64_t>(4),
            .error_code = row.get<std::optional<std::string>>(5),
            .error_text = row.get<std::optional<std::string>>(6),
            .started_at = row.get<UtcTime>(7),
            .finished_at = row.get<std::optional<UtcTime>>(8)};
}

std::span<const std::uint8_t> as_span(const crypto::Digest& digest) { return digest; }

enum class Words { bare, with_details };

// The entries whose action is what is asked for, or those that say more after it.
std::vector<AuditRecord> select_audit(db::Reader& tx, const AuditFilter& filter, Words words,
                                      std::optional<std::int64_t> before, int limit) {
    std::vector<db::Value> values;
    std::string where;
    const auto add = [&](std::string_view condition, db::Value value) {
        values.push_back(std::move(value));
        where += (where.empty() ? "WHERE " : "AND ") + std::string(condition) + " $" +
                 std::to_string(values.size()) + " ";
    };
    // Indexes audit_by_object, audit_by_actor, audit_by_action.
    if (filter.object) add("object =", db::bind(*filter.object));
    if (filter.actor) add("actor =", db::bind(*filter.actor));
    if (filter.action && words == Words::bare) add("action =", db::bind(*filter.action));
    if (filter.action && words == Words::with_details) {
        add("action >=", db::bind(*filter.action + ": "));
        add("action <", db::bind(*filter.action + ":!"));  // the next character after the space
    }
    // Actions with details are few: found by their index, not by reading the trail backwards.
    if (before) add(words == Words::bare ? "id <" : "id + 0 <", db::bind(*before));
    values.push_back(db::bind(limit));
    std::vector<AuditRecord> records;
    for (const db::Row& row : tx.run("SELECT id, at, actor, action, object FROM audit " + where +
                                         "ORDER BY id DESC LIMIT $" + std::to_string(values.size()),
                                     values))
        records.push_back({.id = row.get<std::int64_t>(0),
                           .at = row.get<UtcTime>(1),
                           .actor = row.get<std::string>(2),
                           .action = row.get<std::string>(3),
                           .object = row.get<std::string>(4)});
    return records;
}

}  // namespace

std::string_view to_text(Role role) {
    switch (role) {
        case Role::viewer: return "viewer";
        case Role::operator_: return "operator";
        case Role::administrator: return "administrator";
    }
    return "";
}

std::optional<Role> parse_role(std::string_view text) {
    for (const Role role : {Role::viewer, Role::operator_, Role::administrator})
        if (to_text(role) == text) return role;
    return std::nullopt;
}

std::string describe_rights(Role role, bool buyer_data) {
    return std::string(to_text(role)) + (buyer_data ? ", buyer data" : "");
}

Result<std::string> add_token(db::Transaction& tx, Rng& rng, const NewToken& token, UtcTime now) {
    constexpr std::size_t kNameMax = 80;
    const bool good = !token.name.empty() && trim(token.name).size() == token.name.size() &&
                      is_valid_utf8(token.name) && utf8_length(token.name) <= kNameMax;
    if (!good)
        return fail(ErrorKind::invalid, "name_invalid",
                    "a name has 1 to 80 characters and no space at its beginning or end", "name");
    if (token.expires_at && *token.expires_at <= now)
        return fail(ErrorKind::invalid, "expiry_past", "a token cannot end before it begins", "expires_at");
    // Tokens are few: read from end to end.
    if (tx.one("SELECT t.id FROM api_tokens AS t WHERE t.name = $1 AND t.user_id IS NULL AND " +
                   std::string(kLives),
               token.name, now))
        return fail(ErrorKind::conflict, "token_exists",
                    "there is already a token with the name \"" + token.name + "\"; revoke it first", "name");
    std::array<std::uint8_t, kTokenBytes> secret{};
    rng.fill(secret);
    std::string text = "fw_" + base64url_encode(secret);
    const crypto::Digest hash = crypto::sha256(text);
    tx.queue(
        "INSERT INTO api_tokens (name, role, buyer_data, hash, created_at, created_by, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        token.name, to_text(token.role), token.buyer_data, as_span(hash), now, token.created_by,
        token.expires_at);
    return text;
}

std::optional<TokenRecord> find_token(db::Reader& tx, std::string_view token, UtcTime now) {
    // Index: the unique one over the hash. The hash of a 256-bit secret cannot be guessed step by step.
    const crypto::Digest hash = crypto::sha256(token);
    const auto row = tx.one(std::string(kSelectTokens) + "WHERE t.hash = $1 AND " + std::string(kLives),
                            as_span(hash), now);
    if (!row) return std::nullopt;
    return read_token(*row);
}

void touch_token(db::Transaction& tx, TokenId id, UtcTime now) {
    tx.queue(
        "UPDATE api_tokens SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at <= "
        "$3)",
        now, id, now - kTouchEvery);
    tx.queue("UPDATE users SET last_seen_at = $1 WHERE id = (SELECT user_id FROM api_tokens WHERE id = $2)",
             now, id);
}

bool is_live(db::Reader& tx, TokenId id, UtcTime now) {
    return tx.one("SELECT t.id FROM api_tokens AS t WHERE t.id = $1 AND " + std::string(kLives), id, now)
        .has_value();
}

std::vector<TokenRecord> list_tokens(db::Reader& tx) {
    std::vector<TokenRecord> tokens;
    for (const db::Row& row : tx.query(std::string(kSelectTokens) + "WHERE t.user_id IS NULL ORDER BY t.id"))
        tokens.push_back(read_token(row));
    return tokens;
}

Status revoke_token(db::Transaction& tx, TokenId id, UtcTime now) {
    // Revoked again: the first time stays.
    const std::int64_t changed =
        tx.execute("UPDATE api_tokens SET revoked_at = COALESCE(revoked_at, $1) WHERE id = $2", now, id);
    if (changed == 0) return fail(ErrorKind::not_found, "token_missing", "there is no token " + id.str());
    return {};
}

ClaimResult claim_idempotency_key(db::Transaction& tx, const KeyOwner& owner, const std::string& key,
                                  const crypto::Digest& request_hash, UtcTime now) {
    // Another session of the person may have it. There is one writer at a time, so nobody takes it meanwhile.
    if (owner.user) {
        ClaimResult known = find_idempotency_key(tx, owner, key, request_hash);
        if (known.claim != Claim::fresh) return known;
    }
    const std::int64_t claimed = tx.execute(
        "INSERT INTO idempotency_keys (token_id, key, request_hash, status, body, created_at) "
        "VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT (token_id, key) DO NOTHING",
        owner.token, key, as_span(request_hash), now);
    return claimed == 1 ? ClaimResult{} : find_idempotency_key(tx, owner, key, request_hash);
}

ClaimResult find_idempotency_key(db::Reader& tx, const KeyOwner& owner, const std::string& key,
                                 const crypto::Digest& request_hash) {
    constexpr std::string_view kSelect = "SELECT request_hash, status, body FROM idempotency_keys ";
    // Of a person: index api_tokens_by_user, and the primary key for each session. Once a key was a session's
    // own: two of them may have it.
    const auto row =
        owner.user
            ? tx.one(std::string(kSelect) +
                         "WHERE token_id IN (SELECT id FROM api_tokens WHERE user_id = $1) AND key = $2 "
                         "ORDER BY created_at DESC, token_id DESC LIMIT 1",
                     *owner.user, key)
            : tx.one(std::string(kSelect) + "WHERE token_id = $1 AND key = $2", owner.token, key);
    if (!row) return {.claim = Claim::fresh};
    if (!crypto::equal_in_constant_time(row->get<db::Blob>(0), request_hash))
        return {.claim = Claim::other_request};
    const int status = row->get<int>(1);
    if (status == 0) return {.claim = Claim::running};
    return {.claim = Claim::answered, .answer = {status, row->get<std::string>(2)}};
}

void store_answer(db::Transaction& tx, TokenId token, const std::string& key, const StoredAnswer& answer) {
    tx.queue("UPDATE idempotency_keys SET status = $1, body = $2 WHERE token_id = $3 AND key = $4",
             answer.status, answer.body, token, key);
}

void drop_idempotency_keys_before(db::Transaction& tx, UtcTime before) {
    // Index idempotency_keys_by_age.
    tx.queue("DELETE FROM idempotency_keys WHERE created_at < $1", before);
}

void write_audit(db::Transaction& tx, std::string_view actor, std::string_view action,
                 std::string_view object, UtcTime now) {
    tx.queue("INSERT INTO audit (at, actor, action, object) VALUES ($1, $2, $3, $4)", now, actor, action,
             object);
}

void write_audit_once(db::Transaction& tx, std::string_view actor, std::string_view action,
                      std::string_view object, UtcTime since, UtcTime now) {
    // Index audit_by_time for the last entry before; of those behind it any index that begins with what is
    // asked for, and ends with the id.
    const auto same = tx.one(
        "SELECT id FROM audit WHERE actor = $1 AND action = $2 AND object = $3 AND id > COALESCE("
        "(SELECT id FROM audit WHERE at <= $4 ORDER BY at DESC, id DESC LIMIT 1), 0) LIMIT 1",
        actor, action, object, since);
    if (!same) write_audit(tx, actor, action, object, now);
}

std::vector<AuditRecord> list_audit(db::Reader& tx, const AuditFilter& filter,
                                    std::optional<std::int64_t> before, int limit) {
    std::vector<AuditRecord> records = select_audit(tx, filter, Words::bare, before, limit);
    if (!filter.action) return records;
    std::ranges::move(select_audit(tx, filter, Words::with_details, before, limit),
                      std::back_inserter(records));
    std::ranges::sort(records, std::greater{}, &AuditRecord::id);
    if (records.size() > static_cast<std::size_t>(limit)) records.resize(static_cast<std::size_t>(limit));
    return records;
}

std::string_view to_text(RunState state) {
    switch (state) {
        case RunState::running: return "running";
        case RunState::done: return "done";
        case RunState::failed: return "failed";
    }
    return "";
}

SyncRunId start_run(db::Transaction& tx, std::optional<StoreId> store, UtcTime now) {
    return {tx.insert("INSERT INTO sync_runs (store_id, state, started_at) VALUES ($1, $2, $3)", store,
                      to_text(RunState::running), now)};
}

void count_run(db::Transaction& tx, SyncRunId id, std::int64_t orders_read, std::int64_t orders_changed) {
    tx.queue(
        "UPDATE sync_runs SET orders_read = orders_read + $1, orders_changed = orders_changed + $2 "
        "WHERE id = $3",
        orders_read, orders_changed, id);
}

void finish_run(db::Transaction& tx, SyncRunId id, const std::optional<Error>& error, UtcTime now) {
    const auto code = error ? std::optional(error->code) : std::nullopt;
    const auto text = error ? std::optional(error->message) : std::nullopt;
    tx.queue(
        "UPDATE sync_runs SET state = $1, error_code = $2, error_text = $3, finished_at = $4 WHERE id = $5",
        to_text(error ? RunState::failed : RunState::done), code, text, now, id);
}

std::optional<SyncRunRecord> find_run(db::Reader& tx, SyncRunId id) {
    const auto row = tx.one(std::string(kSelectRuns) + "WHERE id = $1", id);
    if (!row) return std::nullopt;
    return read_run(*row);
}

std::vector<SyncRunRecord> list_runs(db::Reader& tx, std::optional<SyncRunId> before, int limit) {
    const std::string select(kSelectRuns);
    std::vector<SyncRunRecord> runs;
    for (const db::Row& row :
         before ? tx.query(select + "WHERE id < $1 ORDER BY id DESC LIMIT $2", *before, limit)
                : tx.query(select + "ORDER BY id DESC LIMIT $1", limit))
        runs.push_back(read_run(row));
    return runs;
}

std::optional<SyncRunRecord> find_last_run(db::Reader& tx, StoreId store, UtcTime since) {
    // The primary key backwards: most runs are of all stores, so the first few rows hold one.
    const auto row = tx.one(std::string(kSelectRuns) +
                                "WHERE state <> 'running' AND (store_id IS NULL OR store_id = $1) "
                                "AND started_at >= $2 ORDER BY id DESC LIMIT 1",
                            store, since);
    if (!row) return std::nullopt;
    return read_run(*row);
}

UtcTime last_tick_started(db::Reader& tx) {
    // Index sync_runs_by_start.
    const auto started = tx.one("SELECT MAX(started_at) FROM sync_runs")->get<std::optional<UtcTime>>(0);
    return started.value_or(UtcTime{});
}

void drop_runs_before(db::Transaction& tx, UtcTime before) {
    // Index sync_runs_by_start.
    tx.queue("DELETE FROM sync_runs WHERE started_at < $1 AND state <> 'running'", before);
}

void fail_abandoned_runs(db::Transaction& tx, UtcTime started_before, UtcTime now) {
    tx.queue(
        "UPDATE sync_runs SET state = $1, error_code = 'abandoned', "
        "error_text = 'the process that ran it ended', finished_at = $2 WHERE state = $3 AND started_at < $4",
        to_text(RunState::failed), now, to_text(RunState::running), started_before);
}

}  // namespace fairway::store
