#pragma once
// What goes wrong on the way to Amazon and inside it: POST /sandbox/faults adds a rule, and from then on the
// calls of its operation fail in its way, each with its probability. A rule draws from its own seed, so the
// same calls fail in the same way each time.
//
// What the rows of a search leave out, repeat late or show in an older version is bound by one promise:
// within kSettles after a change can be seen at all, searches show it as it is. Amazon keeps its index in
// that way, and nobody could mirror a seller's orders without it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.hpp"
#include "base/time.hpp"

namespace fairway::sandbox {

// How long searches may show an order wrongly, from the moment at which its change lies within their bounds.
constexpr Duration kSettles = seconds(100);

enum class Fault {
    // Nothing happens, and the caller is told so.
    refused,      // 400
    quota,        // 429
    failed,       // 500
    unavailable,  // 503
    // Nothing happens, and the caller is told nothing.
    cut_before,   // the connection is closed
    time_before,  // no answer ever comes
    // It happens, and the caller does not learn of it.
    cut_after,
    time_after,
    truncate,  // half of the answer
    not_json,  // a page of HTML with status 200
    // It happens, and the answer is late or its clock is wrong.
    slow,
    clock_skew,
    // The access token is no longer good, before its time.
    token_dies,
    // The rows of an answer.
    repeat_rows,
    hide_rows,
    reorder_rows,
    stale_rows,      // an older version, with its older time
    equal_times,     // an older content, with the time of the newer one
    unknown_values,  // members and values nobody has heard of
    undecodable_rows,
};

// "429", "cut_before", "hide_rows" …
std::optional<Fault> find_fault(std::string_view text);
std::string_view to_text(Fault fault);

struct FaultRule {
    std::string kind{};       // as find_fault reads it
    std::string operation{};  // "searchOrders", "token", or "*" for all
    double rate = 0;          // 0 … 1
    std::uint64_t seed = 1;
    std::optional<std::int64_t> count{};  // at most so often; absent: without end
    std::int64_t delay_ms = 2'000;        // slow: how long the answer takes, in real time
    std::int64_t skew_s = 300;            // clock_skew: how far the Date header is off
};

class Faults {
public:
    struct Entry {
        FaultRule rule{};
        Fault fault{};
        SeededRng rng{1};
        std::int64_t calls = 0;
        std::int64_t hits = 0;
    };
    // What befalls one call.
    struct Blow {
        Fault fault{};
        Duration delay{};
        Duration skew{};
        std::uint64_t seed = 0;  // for what the fault must choose: which rows, in which order
    };

    // Why the rule cannot be, or nothing.
    std::optional<std::string> add(const FaultRule& rule);
    void clear() { entries_.clear(); }
    const std::vector<Entry>& entries() const { return entries_; }

    // Draws for one call; the first rule that hits decides.
    std::optional<Blow> strike(std::string_view operation);

private:
    std::vector<Entry> entries_{};
};

// Whether a fault of this kind concerns the orders in an answer.
bool is_row_fault(Fault fault);

}  // namespace fairway::sandbox
