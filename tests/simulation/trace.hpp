#pragma once
// What happened in a run, line by line: a digest of all of it, the last lines for whoever must understand a
// failure, and all of them on standard error if somebody wants to see them. One thread.
#include <cstdint>
#include <deque>
#include <string>

#include "base/time.hpp"

namespace fairway::simulation {

class Trace {
public:
    enum class Loud { no, yes };
    explicit Trace(Loud loud) : loud_(loud) {}

    void note(UtcTime at, const std::string& line);
    // Equal for equal runs: sixteen hexadecimal digits.
    std::string digest() const;
    const std::deque<std::string>& last() const { return last_; }

private:
    Loud loud_;
    std::uint64_t hash_ = 14'695'981'039'346'656'037U;  // FNV-1a
    std::deque<std::string> last_{};
};

}  // namespace fairway::simulation
