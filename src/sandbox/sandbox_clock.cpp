#include "sandbox/sandbox_clock.hpp"

namespace fairway::sandbox {

namespace {

UtcTime moved(UtcTime start, Duration real_elapsed, double speed) {
    return start + Duration(static_cast<std::int64_t>(static_cast<double>(real_elapsed.count()) * speed));
}

}  // namespace

UtcTime SandboxClock::now() const {
    const std::lock_guard lock(mutex_);
    return moved(start_, real_.now() - real_start_, speed_);
}

double SandboxClock::speed() const {
    const std::lock_guard lock(mutex_);
    return speed_;
}

void SandboxClock::advance(Duration by) {
    const std::lock_guard lock(mutex_);
    start_ += by;
}

void SandboxClock::set_speed(double speed) {
    const std::lock_guard lock(mutex_);
    const UtcTime real = real_.now();
    start_ = moved(start_, real - real_start_, speed_);
    real_start_ = real;
    speed_ = speed;
}

}  // namespace fairway::sandbox
