#pragma once
// Where time comes from. Nothing in Fairway asks the operating system for the time except SystemClock;
// everything else is given a Clock, so that tests and the simulation run in virtual time.
#include <atomic>

#include "base/time.hpp"

namespace fairway {

class Clock {
public:
    virtual ~Clock() = default;
    // Thread-safe.
    virtual UtcTime now() const = 0;
};

class SystemClock final : public Clock {
public:
    UtcTime now() const override;
};

// Stands still until told otherwise. Thread-safe.
class ManualClock final : public Clock {
public:
    explicit ManualClock(UtcTime start) : micros_(to_micros(start)) {}
    UtcTime now() const override { return from_micros(micros_.load()); }
    void set(UtcTime time) { micros_.store(to_micros(time)); }
    void advance(Duration by) { micros_.fetch_add(by.count()); }

private:
    std::atomic<std::int64_t> micros_;
};

}  // namespace fairway
