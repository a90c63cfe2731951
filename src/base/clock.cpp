#include "base/clock.hpp"

namespace fairway {

UtcTime SystemClock::now() const {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

}  // namespace fairway
