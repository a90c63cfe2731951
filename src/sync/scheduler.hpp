#pragma once
// The daemon's heart: looks ten times a second at what is due and does it. All due times are on the Clock, so
// an accelerated clock makes everything faster; only the pace of looking is real time. Two loops run side by
// side, so that a shipment is confirmed at once while a long sweep is still reading.
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/task.hpp"
#include "sync/context.hpp"
#include "sync/tick.hpp"

namespace fairway::sync {

class Scheduler {
public:
    using Sleep = std::function<Task<void>(Duration)>;  // real time

    Scheduler(Context& context, Sleep sleep) : context_(context), sleep_(std::move(sleep)) {}

    // Until stop(). Due are: ticks that were asked for, a tick for each account whose shortest sync interval
    // is over (all at start), dirty orders, commands, and once an hour what has become too old to keep. An
    // exception that no failing database explains ends both loops and leaves here.
    Task<void> run();
    void stop() { stopping_ = true; }
    bool is_stopping() const { return stopping_; }

    // Thread-safe: the next look starts this tick, whatever the intervals say.
    void ask_for_tick(SyncRunId run, std::optional<StoreId> store);

private:
    struct Asked {
        SyncRunId run{};
        std::optional<StoreId> store{};
    };

    // An account whose quota is empty or whose side is down: nothing is tried between these times.
    struct Pause {
        UtcTime since{};
        UtcTime until{};
    };
    using Pauses = std::map<AccountId, Pause>;

    enum class Look { sweeps, write_back };

    Task<void> repeat(Look what);
    Task<void> look_at_sweeps();
    Task<void> look_at_write_back();
    Task<void> tick(TickOptions options);
    // At most so many looks; then, or when the service stops, it gives up.
    Task<bool> wait_until(UtcTime until, std::shared_ptr<int> looks_left);
    Task<void> send_due_commands();
    Task<void> send_commands_of(store::AccountRecord account);
    void forget_what_is_old(UtcTime now);
    void reconcile_if_willing();
    std::vector<AccountId> accounts_due(UtcTime now);
    void pause(Pauses& pauses, AccountId account, const Error& error);
    static bool is_paused(const Pauses& pauses, AccountId account, UtcTime now);

    Context& context_;
    Sleep sleep_;
    // Everything below but the two that say so is touched by the loop's thread alone.
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::vector<Asked> asked_;  // guarded by mutex_
    // When each account's last tick began that it could read in, here or in another process; empty after a
    // start.
    std::map<AccountId, UtcTime> swept_at_;
    UtcTime forgot_at_{};    // when old rows were last deleted
    int looks_to_skip_ = 0;  // before dirty orders are planned again
    // Apart, since each has quotas of its own: reading does not wait for confirmations, nor they for it.
    Pauses sweep_pauses_;
    Pauses command_pauses_;
};

}  // namespace fairway::sync
