#include "sync/tick.hpp"

#include <algorithm>

#include "net/run_all.hpp"
#include "store/access.hpp"
#include "store/orders.hpp"

namespace fairway::sync {

namespace {

struct Work {
    store::AccountRecord account{};
    std::vector<store::StoreRecord> stores{};
};

std::vector<Work> find_work(Context& context, const TickOptions& options) {
    return context.db.read([&](db::Reader& tx) {
        std::vector<Work> work;
        for (const store::AccountRecord& account : store::list_accounts(tx)) {
            if (!options.accounts.empty() &&
                std::ranges::find(options.accounts, account.id) == options.accounts.end())
                continue;
            Work each{account, {}};
            for (const store::StoreRecord& store : store::list_stores(tx)) {
                const bool wanted = store.active && store.account_id == account.id &&
                                    (!options.store || *options.store == store.id);
                if (wanted) each.stores.push_back(store);
            }
            if (!each.stores.empty()) work.push_back(std::move(each));
        }
        return work;
    });
}

void add_problem(TickReport& report, const store::AccountRecord& account, const Error& error, bool of_sweep) {
    report.problems.push_back({account.id, account.name, error, of_sweep});
}

bool is_swept_elsewhere(const Status& done) {
    return !done && (done.error().code == kSweepRunning || done.error().code == "lease_lost");
}

// Runs a step again after each empty quota and each sweep of another process, as long as the waiter for it is
// willing.
template <class Step>
Task<Status> with_patience(const TickOptions& options, const Clock& clock, Step step) {
    while (true) {
        Status done = co_await step();
        const bool throttled = !done && done.error().kind == ErrorKind::throttled && done.error().retry_after;
        const bool elsewhere = is_swept_elsewhere(done);
        const Waiter& waiter = elsewhere ? options.wait_for_sweep : options.wait_for_quota;
        if (!(throttled || elsewhere) || !waiter) co_return done;
        const bool waited = co_await waiter(clock.now() + *done.error().retry_after);
        if (!waited) co_return done;
    }
}

struct SweepStep {
    Context& context;
    const Work& work;
    IntakeReport& report;
    Task<Status> operator()() const {
        // Watermarks move between attempts: read the stores as they are now.
        std::vector<store::StoreRecord> stores;
        context.db.read([&](db::Reader& tx) {
            for (const store::StoreRecord& each : work.stores)
                if (auto record = store::find_store(tx, each.id)) stores.push_back(std::move(*record));
        });
        return sweep_account(context, work.account, std::move(stores), report);
    }
};

struct CommandsStep {
    Context& context;
    const Work& work;
    CommandsReport& report;
    Task<Status> operator()() const { return send_commands(context, work.account, report); }
};

Task<void> sweep(Context& context, const TickOptions& options, const Work& work, TickReport& report) {
    if (work.account.paused_code) {
        add_problem(
            report, work.account,
            {ErrorKind::unauthorized, *work.account.paused_code, work.account.paused_text.value_or("")},
            true);
        co_return;
    }
    const SweepStep step{context, work, report.intake};
    const Status done = co_await with_patience(options, context.clock, step);
    if (is_swept_elsewhere(done) && !options.wait_for_sweep) {
        report.swept_elsewhere.push_back(work.account.id);
        co_return;
    }
    if (!done) add_problem(report, work.account, done.error(), true);
}

Task<void> write_back(Context& context, const TickOptions& options, const Work& work, TickReport& report) {
    const auto account =
        context.db.read([&](db::Reader& tx) { return store::find_account(tx, work.account.id); });
    if (!account || account->paused_code) co_return;
    const CommandsStep step{context, work, report.commands};
    const Status done = co_await with_patience(options, context.clock, step);
    if (!done) add_problem(report, work.account, done.error(), false);
}

// A database that was restored while the process ran is found out before anything is sent. Reading goes on
// without the file; sending does not.
void advance_instance(Context& context) {
    if (context.instance == nullptr) return;
    const auto advanced = context.instance->advance([](db::Transaction&) { return true; });
    if (!advanced)
        context.log.error("instance.file",
                          {{"code", advanced.error().code}, {"text", advanced.error().message}});
}

}  // namespace

Task<TickReport> run_tick(Context& context, TickOptions options) {
    TickReport report;
    advance_instance(context);
    report.run = context.db.write("tick.start", [&](db::Transaction& tx) {
        store::mark_look_again_dirty(tx, options.store);
        return options.run ? *options.run : store::start_run(tx, options.store, context.clock.now());
    });
    const std::vector<Work> work = find_work(context, options);

    std::vector<Task<void>> sweeps;
    for (const Work& each : work) sweeps.push_back(sweep(context, options, each, report));
    co_await net::run_all(std::move(sweeps), options.accounts_at_once);

    report.reconcile = reconcile(context, options.store);

    std::vector<Task<void>> write_backs;
    for (const Work& each : work) write_backs.push_back(write_back(context, options, each, report));
    co_await net::run_all(std::move(write_backs), options.accounts_at_once);

    // What Amazon accepted is known to the orders before the tick ends.
    const ReconcileReport after = reconcile(context, options.store);
    report.reconcile.created += after.created;
    report.reconcile.failed += after.failed;

    context.db.write("tick.finish", [&](db::Transaction& tx) {
        store::count_run(tx, report.run, report.intake.orders_read, report.intake.orders_changed);
        store::finish_run(
            tx, report.run,
            report.problems.empty() ? std::nullopt : std::optional(report.problems.front().error),
            context.clock.now());
    });
    co_return report;
}

}  // namespace fairway::sync
