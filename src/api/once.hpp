#pragma once
// Idempotency-Key: the same request again gets the first answer, another request under the same key is
// refused.
//
// What was done and what was answered are one commit (Call::write), so a key is never taken without an
// answer: there is no state that a crash could leave behind. That a request is being handled right now is
// known in memory only and forgotten with the process. Connecting an account and adding a store commit their
// effect before their answer; a crash between the two cannot double it, since such a thing exists only once
// and the repeated request is told so.
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "api/call.hpp"

namespace fairway::api {

// The keys whose requests are being handled. Thread-safe.
class RunningKeys {
public:
    // Holds a key while it lives.
    class Hold {
    public:
        // owner: who asks, as the audit names them.
        Hold(RunningKeys& keys, const std::string& owner, const std::string& key);
        ~Hold();
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
        // false: another request has it.
        bool held() const { return held_; }

    private:
        RunningKeys& keys_;
        std::pair<std::string, std::string> key_;
        bool held_ = false;
    };

private:
    std::mutex mutex_;
    std::set<std::pair<std::string, std::string>> keys_;  // guarded by mutex_
};

// How many new keys each may use in a day, since what was answered is kept for a week. Counted in memory: a
// restart begins anew. Thread-safe.
class KeyBudget {
public:
    explicit KeyBudget(int per_day) : per_day_(per_day) {}
    // throttled "idempotency_keys_used_up" until the next day.
    Status take(const std::string& owner, UtcTime now);

private:
    const int per_day_;
    std::mutex mutex_;
    std::chrono::sys_days day_{};        // guarded by mutex_
    std::map<std::string, int> used_{};  // guarded by mutex_
};

// What the second of two requests with one key is told while the first is being handled.
Error running_error();

crypto::Digest digest_of(const net::Request& request);

// What the key was answered before, or nothing when it is new. invalid "idempotency_key_reused" when it
// belongs to another request.
Result<std::optional<store::StoredAnswer>> find_answer(const Call& call);

// A refused request had no effect; its answer is kept all the same, but not where asking again makes sense.
void keep_refusal(Call& call, const net::Response& response);

}  // namespace fairway::api
