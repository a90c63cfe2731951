#include "api/once.hpp"

#include "base/fault_point.hpp"

namespace fairway::api {

namespace {

store::KeyOwner owner_of(const Call& call) { return {call.principal.token, call.principal.user}; }

store::ClaimResult claim(db::Transaction& tx, const Call& call) {
    return store::claim_idempotency_key(tx, owner_of(call), call.once->key, call.once->request, call.now);
}

}  // namespace

Error running_error() {
    return {ErrorKind::conflict, "request_running", "a request with this Idempotency-Key is being handled",
            "Idempotency-Key", std::nullopt};
}

RunningKeys::Hold::Hold(RunningKeys& keys, const std::string& owner, const std::string& key)
    : keys_(keys), key_(owner, key) {
    const std::lock_guard lock(keys_.mutex_);
    held_ = keys_.keys_.insert(key_).second;
}

RunningKeys::Hold::~Hold() {
    if (!held_) return;
    const std::lock_guard lock(keys_.mutex_);
    keys_.keys_.erase(key_);
}

Status KeyBudget::take(const std::string& owner, UtcTime now) {
    const auto today = std::chrono::floor<days>(now);
    const std::lock_guard lock(mutex_);
    if (day_ != today) used_.clear();
    day_ = today;
    int& used = used_[owner];
    if (used >= per_day_)
        return std::unexpected(Error{ErrorKind::throttled, "idempotency_keys_used_up",
                                     "no more than " + std::to_string(per_day_) +
                                         " Idempotency-Keys are kept for one day; send fewer, or none",
                                     "Idempotency-Key", Duration(today + days(1) - now)});
    ++used;
    return {};
}

crypto::Digest digest_of(const net::Request& request) {
    return crypto::sha256(request.method + "\n" + request.path + "\n" + format_query(request.query) + "\n" +
                          request.body);
}

Result<std::optional<store::StoredAnswer>> find_answer(const Call& call) {
    if (mutant("idempotency_key_ignored")) return std::nullopt;
    // A new key is left alone here: the transaction of the effect takes it.
    store::ClaimResult known = call.db().read([&](db::Reader& tx) {
        return store::find_idempotency_key(tx, owner_of(call), call.once->key, call.once->request);
    });
    switch (known.claim) {
        case store::Claim::fresh: return std::nullopt;
        case store::Claim::answered: return std::move(known.answer);
        case store::Claim::running: return std::unexpected(running_error());
        case store::Claim::other_request:
            return fail(ErrorKind::invalid, "idempotency_key_reused",
                        "this Idempotency-Key was used with another request; use a new key",
                        "Idempotency-Key");
    }
    return std::unexpected(running_error());
}

Status claim_key(db::Transaction& tx, const Call& call) {
    // Another process may have answered it since it was looked up.
    if (claim(tx, call).claim != store::Claim::fresh) return std::unexpected(running_error());
    return {};
}

void keep_answer(db::Transaction& tx, const Call& call, const Answer& answer) {
    store::store_answer(tx, call.principal.token, call.once->key,
                        {answer.status, json::serialize(answer.kept ? *answer.kept : answer.body)});
}

void keep_refusal(Call& call, const net::Response& response) {
    constexpr int kTooManyRequests = 429;
    if (call.answer_kept || response.status >= 500 || response.status == kTooManyRequests) return;
    call.db().write("idempotency.refusal", [&](db::Transaction& tx) {
        if (claim(tx, call).claim == store::Claim::fresh)
            store::store_answer(tx, call.principal.token, call.once->key, {response.status, response.body});
    });
}

}  // namespace fairway::api
