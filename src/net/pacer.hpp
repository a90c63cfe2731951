#pragma once
// Waiting for a time on a Clock that runs at its own speed, within a budget of real time.
#include "base/clock.hpp"
#include "base/task.hpp"

namespace fairway::net {

class Pacer {
public:
    explicit Pacer(Duration real_time_max) : left_(real_time_max) {}
    // Looks at the clock ten times a real second until it has reached `until` (true) or the budget is used up
    // (false).
    Task<bool> wait_until(const Clock& clock, UtcTime until);

private:
    Duration left_;
};

}  // namespace fairway::net
