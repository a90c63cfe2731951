#include "sync/scheduler.hpp"

#include <algorithm>
#include <set>

#include "net/run_all.hpp"
#include "store/access.hpp"
#include "store/commands.hpp"
#include "store/sweep_leases.hpp"
#include "store/users.hpp"

namespace fairway::sync {

namespace {

constexpr Duration kLookEvery = milliseconds(100);
constexpr Duration kRetryAfterFailure = seconds(30);
constexpr Duration kRetryAfterFailureMax = minutes(10);
constexpr int kLooksAfterFailure = 50;
constexpr int kAccountsAtOnce = 8;
constexpr Duration kForgetEvery = hours(1);
// A person who asks for a sync waits for another process's sweep at most a minute.
constexpr int kLooksForAnotherSweep = 600;
constexpr Duration kRunsKept = days(30);
constexpr Duration kIdempotencyKeysKept = days(7);
// After their end.
constexpr Duration kSessionsKept = days(30);

}  // namespace

void Scheduler::ask_for_tick(SyncRunId run, std::optional<StoreId> store) {
    const std::lock_guard lock(mutex_);
    asked_.push_back({run, store});
}

void Scheduler::pause(Pauses& pauses, AccountId account, const Error& error) {
    const UtcTime now = context_.clock.now();
    Pause& last = pauses[account];
    // Each failure in a row waits twice as long as the one before: an outage must not use up the quota.
    const Duration longer =
        std::clamp<Duration>((last.until - last.since) * 2, kRetryAfterFailure, kRetryAfterFailureMax);
    last = {now, now + error.retry_after.value_or(longer)};
}

// A pause is over as well when the clock was set back behind its beginning.
bool Scheduler::is_paused(const Pauses& pauses, AccountId account, UtcTime now) {
    const auto found = pauses.find(account);
    return found != pauses.end() && now >= found->second.since && now < found->second.until;
}

std::vector<AccountId> Scheduler::accounts_due(UtcTime now) {
    std::map<AccountId, Duration> intervals;
    std::map<AccountId, UtcTime> swept_by_anyone;
    context_.db.read([&](db::Reader& tx) {
        swept_by_anyone = store::list_sweeps(tx);
        for (const store::StoreRecord& each : store::list_stores(tx)) {
            if (!each.active) continue;
            const Duration interval = seconds(each.settings.sync_interval_s);
            const auto [entry, fresh] = intervals.try_emplace(each.account_id, interval);
            if (!fresh) entry->second = std::min(entry->second, interval);
        }
    });
    std::vector<AccountId> due;
    for (const auto& [account, interval] : intervals) {
        const auto swept = swept_at_.find(account);
        // Of several processes the first one whose interval is over reads for all.
        if (swept != swept_at_.end()) swept->second = std::max(swept->second, swept_by_anyone[account]);
        // Before the last tick: the clock was set back.
        const bool over = swept == swept_at_.end() || now < swept->second || now - swept->second >= interval;
        if (over && !is_paused(sweep_pauses_, account, now)) due.push_back(account);
    }
    return due;
}

Task<void> Scheduler::tick(TickOptions options) {
    const UtcTime started = context_.clock.now();
    const TickReport report = co_await run_tick(context_, options);
    std::set<AccountId> failed;
    std::set<AccountId> unfinished;
    for (const AccountProblem& problem : report.problems) {
        pause(problem.of_sweep ? sweep_pauses_ : command_pauses_, problem.account, problem.error);
        // Refused credentials are not tried again before their time; anything else goes on after its pause.
        const bool refused =
            problem.error.kind == ErrorKind::unauthorized || problem.error.kind == ErrorKind::forbidden;
        if (problem.of_sweep) failed.insert(problem.account);
        if (problem.of_sweep && !refused) unfinished.insert(problem.account);
        context_.log.warning("tick.problem", {{"account", problem.account.str()},
                                              {"code", problem.error.code},
                                              {"text", problem.error.message}});
    }
    // If the other process dies, somebody has to take over soon.
    for (const AccountId account : report.swept_elsewhere) {
        sweep_pauses_[account] = {started, started + kRetryAfterFailure};
        failed.insert(account);
        unfinished.insert(account);
    }
    for (const AccountId account : options.accounts) {
        if (!failed.contains(account)) sweep_pauses_.erase(account);
        if (!unfinished.contains(account)) swept_at_[account] = started;
    }
    context_.db.write("sweep.note", [&](db::Transaction& tx) {
        for (const AccountId account : options.accounts)
            if (!failed.contains(account)) store::note_sweep(tx, account, started);
    });
    context_.log.info("tick.done", {{"run", report.run.str()},
                                    {"orders_read", report.intake.orders_read},
                                    {"orders_changed", report.intake.orders_changed},
                                    {"created", report.reconcile.created},
                                    {"confirmed", report.commands.accepted}});
}

Task<void> Scheduler::send_commands_of(store::AccountRecord account) {
    CommandsReport report;
    const Status done = co_await send_commands(context_, account, report);
    if (done) command_pauses_.erase(account.id);
    else pause(command_pauses_, account.id, done.error());
}

Task<void> Scheduler::send_due_commands() {
    const UtcTime now = context_.clock.now();
    const auto accounts = context_.db.read([&](db::Reader& tx) {
        std::vector<store::AccountRecord> due;
        for (const AccountId id : store::list_accounts_with_due_commands(tx, now))
            if (auto account = store::find_account(tx, id); account && !account->paused_code)
                due.push_back(std::move(*account));
        return due;
    });
    std::vector<Task<void>> sending;
    for (const store::AccountRecord& account : accounts)
        if (!is_paused(command_pauses_, account.id, now)) sending.push_back(send_commands_of(account));
    if (sending.empty()) co_return;
    co_await net::run_all(std::move(sending), kAccountsAtOnce);
    reconcile_if_willing();
}

// An order that cannot be planned stays dirty: it is tried again at a calmer pace.
void Scheduler::reconcile_if_willing() {
    if (looks_to_skip_ > 0) {
        --looks_to_skip_;
        return;
    }
    if (reconcile(context_, std::nullopt).failed > 0) looks_to_skip_ = kLooksAfterFailure;
}

void Scheduler::forget_what_is_old(UtcTime now) {
    if (now - forgot_at_ < kForgetEvery) return;
    forgot_at_ = now;
    context_.db.write("housekeeping.forget", [&](db::Transaction& tx) {
        store::drop_runs_before(tx, now - kRunsKept);
        store::drop_idempotency_keys_before(tx, now - kIdempotencyKeysKept);
        store::drop_sessions_ended_before(tx, now - kSessionsKept);
    });
}

Task<bool> Scheduler::wait_until(UtcTime until, std::shared_ptr<int> looks_left) {
    while (context_.clock.now() < until) {
        if (stopping_ || --*looks_left < 0) co_return false;
        co_await sleep_(kLookEvery);
    }
    co_return true;
}

Task<void> Scheduler::look_at_sweeps() {
    std::vector<Asked> asked;
    {
        const std::lock_guard lock(mutex_);
        asked.swap(asked_);
    }
    for (const Asked& each : asked) {
        auto looks_left = std::make_shared<int>(kLooksForAnotherSweep);
        co_await tick(
            {.run = each.run, .store = each.store, .wait_for_sweep = [this, looks_left](UtcTime until) {
                 return wait_until(until, looks_left);
             }});
    }
    const UtcTime now = context_.clock.now();
    if (auto due = accounts_due(now); !due.empty()) co_await tick({.accounts = std::move(due)});
    forget_what_is_old(now);
}

Task<void> Scheduler::look_at_write_back() {
    reconcile_if_willing();
    co_await send_due_commands();
}

Task<void> Scheduler::repeat(Look what) {
    while (!stopping_) {
        bool failed = false;
        try {
            switch (what) {
                case Look::sweeps: co_await look_at_sweeps(); break;
                case Look::write_back: co_await look_at_write_back(); break;
            }
        } catch (const db::Failure& failure) {
            context_.log.error("scheduler.database", {{"text", failure.what()}});
            failed = true;
        } catch (...) {
            // Half a scheduler would work on and nobody would notice: the other loop ends, too, and whoever
            // runs both learns why.
            stopping_ = true;
            throw;
        }
        co_await sleep_(failed ? Duration(seconds(1)) : kLookEvery);
    }
}

Task<void> Scheduler::run() {
    context_.db.write("service.start", [&](db::Transaction& tx) {
        const UtcTime now = context_.clock.now();
        store::fail_abandoned_runs(tx, now, now);
    });
    std::vector<Task<void>> loops;
    loops.push_back(repeat(Look::sweeps));
    loops.push_back(repeat(Look::write_back));
    co_await net::run_all(std::move(loops), 2);
}

}  // namespace fairway::sync
