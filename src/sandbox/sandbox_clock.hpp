#pragma once
// The sandbox's time: starts somewhere, runs `speed` times as fast as a real clock (0 stands still), and can
// be moved forward. Thread-safe.
#include <mutex>

#include "base/clock.hpp"

namespace fairway::sandbox {

class SandboxClock final : public Clock {
public:
    SandboxClock(const Clock& real, UtcTime start, double speed)
        : real_(real), start_(start), real_start_(real.now()), speed_(speed) {}
    UtcTime now() const override;
    double speed() const;
    void advance(Duration by);
    void set_speed(double speed);

private:
    const Clock& real_;
    mutable std::mutex mutex_;
    UtcTime start_;
    UtcTime real_start_;
    double speed_;
};

}  // namespace fairway::sandbox
