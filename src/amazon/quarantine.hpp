#pragma once
// Where the client puts answers that it cannot decode, so that a person can see them and nobody is stopped by
// them.
#include <mutex>
#include <vector>

#include "amazon/orders.hpp"

namespace fairway::amazon {

// Called between the beats: no transaction is open. Thread-safe. An answer may come again and again.
class Quarantine {
public:
    virtual ~Quarantine() = default;
    virtual void keep(AccountId account, const Undecodable& answer, UtcTime now) = 0;
};

// Forgets everything at its end: for tests and for tools that make a handful of calls.
class MemoryQuarantine final : public Quarantine {
public:
    void keep(AccountId, const Undecodable& answer, UtcTime) override {
        const std::lock_guard lock(mutex_);
        kept_.push_back(answer);
    }
    std::vector<Undecodable> kept() const {
        const std::lock_guard lock(mutex_);
        return kept_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<Undecodable> kept_;  // guarded by mutex_
};

}  // namespace fairway::amazon
