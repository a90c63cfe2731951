#pragma once
// Sync: one tick reads from Amazon, reconciles and writes back. `fairway sync --once` runs it in the
// foreground; the scheduler of the daemon runs it per account when its interval is over.
#include <functional>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/task.hpp"
#include "sync/commands.hpp"
#include "sync/context.hpp"
#include "sync/intake.hpp"
#include "sync/reconcile.hpp"

namespace fairway::sync {

// Waits until the clock has reached a time and says true, or gives up and says false.
using Waiter = std::function<Task<bool>(UtcTime)>;

struct TickOptions {
    std::optional<SyncRunId> run{};     // a run that was asked for and is on record already
    std::optional<StoreId> store{};     // only this store
    std::vector<AccountId> accounts{};  // only these accounts; empty: all
    Waiter wait_for_quota{};            // empty: never waits
    // For another process that is sweeping the account. Empty: what it reads is as good, and no problem.
    Waiter wait_for_sweep{};
    int accounts_at_once = 8;
};

struct AccountProblem {
    AccountId account{};
    std::string account_name{};
    Error error{};
    bool of_sweep = false;  // reading did not finish; otherwise the commands
};

struct TickReport {
    SyncRunId run{};
    IntakeReport intake{};
    ReconcileReport reconcile{};
    CommandsReport commands{};
    std::vector<AccountProblem> problems{};  // accounts whose sweep or commands did not finish
    std::vector<AccountId> swept_elsewhere{};  // another process was reading them
};

// Active stores of accounts that are not paused; a paused account is a problem of the report. The run is
// recorded with what it read; a failure of one account stops no other.
Task<TickReport> run_tick(Context& context, TickOptions options);

}  // namespace fairway::sync
