#pragma once
// What fails once: the n-th call to a database, or the n-th call of Amazon. Everything else passes through to
// the real thing. One thread.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"
#include "runner/program.hpp"

namespace fairway::crash {

// A call that may fail.
struct Place {
    std::int64_t transaction = 0;  // the transaction that it is part of, or the call of Amazon; from 1
    std::string text{};            // a statement, a moment, or what is asked of Amazon
};

// Writes down the places of calls while it is armed.
class Mishap {
public:
    // The nth call from now on fails, from 1; 0: all go well.
    void arm(std::int64_t nth) {
        places_.clear();
        nth_ = nth;
        armed_ = true;
    }
    // Before the process has begun: the first statement that begins like this fails, and no other.
    void arm_at(std::string_view statement) { statement_ = statement; }
    void disarm() { armed_ = false; }
    // A transaction or a call of Amazon begins: its number.
    std::int64_t begin() { return ++begun_; }
    bool strikes(std::int64_t transaction, const std::string& place);
    bool struck() const { return struck_; }
    std::int64_t nth() const { return nth_; }
    // Of the calls since it was armed, in their order.
    const std::vector<Place>& places() const { return places_; }

private:
    bool armed_ = false;
    std::int64_t nth_ = 0;
    std::int64_t begun_ = 0;
    std::vector<Place> places_{};
    bool struck_ = false;
    std::string_view statement_{};
};

// Each statement and each commit is a call; a commit is two, of which the first fails without effect and the
// second after it. Busy, full disk and lost connection take turns.
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
