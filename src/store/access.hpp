#pragma once
// Who may come in and what they did: API tokens, idempotency keys, the audit trail; and the runs of sync.
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/rng.hpp"
#include "crypto/crypto.hpp"
#include "db/db.hpp"

namespace fairway::store {

enum class Role { viewer, operator_, administrator };
std::string_view to_text(Role role);  // "viewer", "operator", "administrator"
std::optional<Role> parse_role(std::string_view text);
// "operator, buyer data": for the audit.
std::string describe_rights(Role role, bool buyer_data);

struct TokenRecord {
    TokenId id{};
    std::string name{};
    Role role = Role::viewer;
    bool buyer_data = false;       // may see personal data
    std::optional<UserId> user{};  // whose session it is; the others are of programs
    UtcTime created_at{};
    std::optional<UtcTime> last_used_at{};
    std::optional<UtcTime> revoked_at{};
    std::optional<UtcTime> expires_at{};
    std::optional<UserId> created_by{};  // by the command line if not
    std::string created_by_name{};
};

struct NewToken {
    std::string name{};
    Role role = Role::viewer;
    bool buyer_data = false;
    std::optional<UserId> created_by{};
    std::optional<UtcTime> expires_at{};
};
// The token itself ("fw_…", 256 random bits) is returned once and only its hash is kept. invalid
// "name_invalid", "expiry_past"; conflict "token_exists" while another token of that name lives.
Result<std::string> add_token(db::Transaction& tx, Rng& rng, const NewToken& token, UtcTime now);
// Compared by hash; revoked and expired tokens are not found.
std::optional<TokenRecord> find_token(db::Reader& tx, std::string_view token, UtcTime now);
// At most once a minute per token, so that reading does not cause writing all the time. Of a session it is
// its person who was seen.
void touch_token(db::Transaction& tx, TokenId id, UtcTime now);
// Whether the token exists, is not revoked and has not expired.
bool is_live(db::Reader& tx, TokenId id, UtcTime now);
// Those of programs.
std::vector<TokenRecord> list_tokens(db::Reader& tx);
Status revoke_token(db::Transaction& tx, TokenId id, UtcTime now);

// Idempotency-Key: the first request with a key does the work, the same request again gets the stored answer,
// another body under the same key is refused.
struct StoredAnswer {
    int status = 0;
    std::string body{};
};
// Whose a key is: a token's own. Of a person every session's: a request that was cut off is sent again after
// signing in anew.
struct KeyOwner {
    TokenId token{};
    std::optional<UserId> user{};
};
enum class Claim { fresh, running, other_request, answered };
struct ClaimResult {
    Claim claim = Claim::fresh;
    StoredAnswer answer{};
};
ClaimResult claim_idempotency_key(db::Transaction& tx, const KeyOwner& owner, const std::string& key,
                                  const crypto::Digest& request_hash, UtcTime now);
// What claiming would find; `fresh` if nobody has used the key.
ClaimResult find_idempotency_key(db::Reader& tx, const KeyOwner& owner, const std::string& key,
                                 const crypto::Digest& request_hash);
void store_answer(db::Transaction& tx, TokenId token, const std::string& key, const StoredAnswer& answer);
void drop_idempotency_keys_before(db::Transaction& tx, UtcTime before);

void write_audit(db::Transaction& tx, std::string_view actor, std::string_view action,
                 std::string_view object, UtcTime now);
// Unless the trail has had the same since then: who knocks without end does not fill it.
void write_audit_once(db::Transaction& tx, std::string_view actor, std::string_view action,
                      std::string_view object, UtcTime since, UtcTime now);
struct AuditRecord {
    std::int64_t id = 0;
    UtcTime at{};
    std::string actor{};
    std::string action{};
    std::string object{};
};
struct AuditFilter {
    std::optional<std::string> actor{};
    std::optional<std::string> action{};  // "change user" is also "change user: disabled"
    std::optional<std::string> object{};
};
// Newest first; before: the last id of the previous page, or none.
std::vector<AuditRecord> list_audit(db::Reader& tx, const AuditFilter& filter,
                                    std::optional<std::int64_t> before, int limit);

enum class RunState { running, done, failed };
std::string_view to_text(RunState state);
struct SyncRunRecord {
    SyncRunId id{};
    std::optional<StoreId> store_id{};
    RunState state = RunState::running;
    std::int64_t orders_read = 0;
    std::int64_t orders_changed = 0;
    std::optional<std::string> error_code{};
    std::optional<std::string> error_text{};
    UtcTime started_at{};
    std::optional<UtcTime> finished_at{};
};
SyncRunId start_run(db::Transaction& tx, std::optional<StoreId> store, UtcTime now);
void count_run(db::Transaction& tx, SyncRunId id, std::int64_t orders_read, std::int64_t orders_changed);
void finish_run(db::Transaction& tx, SyncRunId id, const std::optional<Error>& error, UtcTime now);
std::optional<SyncRunRecord> find_run(db::Reader& tx, SyncRunId id);
std::vector<SyncRunRecord> list_runs(db::Reader& tx, std::optional<SyncRunId> before, int limit);
// The newest run that has ended, of this store or of all, and that began at that time or later.
std::optional<SyncRunRecord> find_last_run(db::Reader& tx, StoreId store, UtcTime since);
// When the newest run began; the epoch if there was none. A plan completes orders whose confirmation was
// accepted before that moment.
UtcTime last_tick_started(db::Reader& tx);
// Finished ones only.
void drop_runs_before(db::Transaction& tx, UtcTime before);
// Runs that a dead process left behind.
void fail_abandoned_runs(db::Transaction& tx, UtcTime started_before, UtcTime now);

}  // namespace fairway::store
