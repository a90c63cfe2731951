#pragma once
// What fails once: the n-th call to a database, or the n-th call of Amazon. Everything else passes through to
// the real thing.
#include <atomic>
#include <cstdint>
#include <string_view>

#include "net/http.hpp"
#include "runner/program.hpp"

namespace fairway::crash {

// Counts calls while it is armed; thread-safe.
class Mishap {
public:
    // The nth call from now on fails, from 1.
    void arm(std::int64_t nth) {
        calls_ = 0;
        nth_ = nth;
    }
    // Before the process has begun: the first statement that begins like this fails, and no other.
    void arm_at(std::string_view statement) { statement_ = statement; }
    void disarm() { nth_ = 0; }
    bool strikes(std::string_view place = {}) {
        if (!statement_.empty()) return place.starts_with(statement_) && !struck_.exchange(true);
        const bool now = nth_ > 0 && ++calls_ == nth_;
        if (now) struck_ = true;
        return now;
    }
    bool struck() const { return struck_; }
    std::int64_t nth() const { return nth_; }

private:
    std::atomic<std::int64_t> nth_{0};
    std::atomic<std::int64_t> calls_{0};
    std::atomic<bool> struck_{false};
    std::string_view statement_{};
};

// Each beginning, statement and commit is a call; a commit is two, of which the first fails without effect
// and the second after it. Busy, full disk and lost connection take turns.
scenarios::Surroundings::Wrap failing_databases(Mishap& mishap);

enum class HttpTrouble {
    unreachable,  // nothing was sent
    failed,       // 500, without effect
    throttled,    // 429, without effect
    lost,         // the effect happened, the connection ended before the answer
    timed_out,    // the effect happened, no answer in time
    truncated,    // half of the answer, with status 200
};
std::string_view to_text(HttpTrouble trouble);

class FailingClient final : public net::HttpClient {
public:
    FailingClient(net::HttpClient& inner, HttpTrouble trouble, Mishap& mishap)
        : inner_(inner), trouble_(trouble), mishap_(mishap) {}
    Task<Result<net::Response>> send(net::ClientRequest request) override;

private:
    net::HttpClient& inner_;
    HttpTrouble trouble_;
    Mishap& mishap_;
};

}  // namespace fairway::crash
