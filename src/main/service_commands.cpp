#include "main/commands.hpp"

#include <cstdio>
#include <filesystem>

#include "base/fault_point.hpp"
#include "base/text.hpp"
#include "crypto/crypto.hpp"
#include "main/serve.hpp"
#include "net/pacer.hpp"
#include "net/run_blocking.hpp"
#include "sync/tick.hpp"

namespace fairway {

namespace {

std::string describe(const sync::TickReport& report) {
    return "read " + std::to_string(report.intake.orders_read) + " orders (" +
           std::to_string(report.intake.orders_changed) + " new or changed), created " +
           std::to_string(report.reconcile.created) + " commerce orders, blocked " +
           std::to_string(report.reconcile.blocked) + ", confirmed " +
           std::to_string(report.commands.accepted) + " shipments, " +
           std::to_string(report.commands.rejected) + " refused";
}

int report_tick(const Program& program, const sync::TickReport& report) {
    std::printf("%s\n", describe(report).c_str());
    if (report.intake.kept_aside > 0)
        std::printf("%lld orders could not be read and are kept aside\n",
                    static_cast<long long>(report.intake.kept_aside));
    for (const sync::AccountProblem& problem : report.problems) {
        std::string text = "account " + problem.account_name + ": " + problem.error.message;
        if (problem.error.retry_after)
            text +=
                "; next call allowed at " + format_rfc3339(program.clock->now() + *problem.error.retry_after);
        std::fprintf(stderr, "fairway: %s\n", text.c_str());
    }
    return report.problems.empty() && report.reconcile.failed == 0 ? 0 : 1;
}

// Waits for a quota on the program's clock, at most so many real seconds in all.
sync::Waiter patient(const Program& program, std::int64_t real_seconds_max) {
    auto pacer = std::make_shared<net::Pacer>(seconds(real_seconds_max));
    return [&program, pacer](UtcTime until) { return pacer->wait_until(*program.clock, until); };
}

int sync_once(Program& program, const std::string& store, std::int64_t wait_s) {
    const sync::Waiter patience = patient(program, wait_s);
    sync::TickOptions options{.wait_for_quota = patience, .wait_for_sweep = patience};
    if (!store.empty()) {
        const auto record = program.database->read(
            [&](db::Reader& tx) { return store::find_store(tx, std::string_view(store)); });
        if (!record)
            return print_error({ErrorKind::not_found, "store_missing", "there is no store " + store});
        if (!record->active)
            return print_error(
                {ErrorKind::conflict, "store_inactive",
                 "store " + record->name + " is not active; fairway store activate changes that"});
        options.store = record->id;
    }
    return report_tick(program, net::run_blocking(sync::run_tick(*program.context, options)));
}

int print_crash_points() {
    if (!kHasFaultPoints)
        return print_error({ErrorKind::not_found, "fault_points_missing",
                            "this build has no crash points; they are compiled in with "
                            "-DFAIRWAY_FAULT_POINTS=ON, as the tests do"});
    for (const std::string_view name : kCrashPoints)
        std::printf("%.*s\n", static_cast<int>(name.size()), name.data());
    return 0;
}

// Whether something is sealed there already; looking must not create a file.
Result<bool> is_in_use(const std::string& database_url) {
    constexpr std::string_view kSqlite = "sqlite:";
    std::error_code ignored;
    if (database_url.starts_with(kSqlite))
        return std::filesystem::exists(database_url.substr(kSqlite.size()), ignored);
    const auto database = TRY(db::open(database_url));
    try {
        return database->read(
            [](db::Reader& tx) { return !tx.query("SELECT key_id FROM key_check").empty(); });
    } catch (const db::Failure& failure) {
        if (failure.kind() != db::Failure::Kind::statement) throw;
        return false;  // no such table
    }
}

}  // namespace

void CommandLine::add_doctor(Command app) {
    Command doctor = app.add("doctor", "check configuration, key, database and clock");
    doctor.flag("--new-key", flag("new-key"), "create the master key file");
    doctor.flag("--crash-points", flag("crash-points"),
                "list the places at which a test can end the program");
    doctor.when_chosen([this] {
        chosen_ = [this] {
            if (flag("crash-points")) return print_crash_points();
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            if (flag("new-key")) {
                const auto in_use = is_in_use(config->database_url);
                if (!in_use) return print_error(in_use.error());
                if (*in_use)
                    return print_error({ErrorKind::conflict, "database_exists",
                                        "there is a database already, and a new key would not open it; put "
                                        "the copy of its key back as " +
                                            config->master_key_file});
                SystemRng rng;
                const Status written = crypto::write_new_key_file(config->master_key_file, rng);
                if (!written) return print_error(written.error());
                std::printf("%s created; keep a copy of it apart from the database's backups\n",
                            config->master_key_file.c_str());
                return 0;
            }
            const auto program = open_program(*config);
            if (!program) return print_error(program.error());
            std::printf("configuration, key, database and key store are in order; the clock says %s\n",
                        format_rfc3339((*program)->clock->now()).c_str());
            if (const auto mode = (*program)->database->read(store::find_read_only))
                std::printf("read-only mode since %s: %s\n", format_rfc3339(mode->since).c_str(),
                            std::string(store::to_text(mode->reason)).c_str());
            return 0;
        };
    });
}

void CommandLine::add_service_commands(Command app) {
    on_program(app.add("serve", "run the service until it is told to stop"), serve);
    on_program(app.add("migrate", "bring the database up to date"), [](Program& program) {
        std::printf("%d migrations run\n", program.migrations_run);
        return 0;
    });
    Command check = app.add("check-config", "read the configuration and say whether it is sound");
    check.when_chosen([this] {
        chosen_ = [this] {
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            const auto key = crypto::read_key_file(config->master_key_file);
            if (!key) return print_error(key.error());
            std::printf("%s is sound\n", config_path_.c_str());
            return 0;
        };
    });
    add_doctor(app);
    Command sync = app.add("sync", "read from Amazon, reconcile, write back");
    sync.flag("--once", flag("once"), "one tick in the foreground").required();
    sync.option("--store", value("sync store"), "only this store");
    value("sync wait") = "300";
    sync.option("--wait", value("sync wait"), "real seconds to wait for Amazon's quota").range(0, 86'400);
    on_program(sync, [this](Program& program) {
        const auto wait_s = parse_int(value("sync wait"));
        if (!wait_s) return usage("--wait " + value("sync wait") + " is not a number of seconds");
        return sync_once(program, value("sync store"), *wait_s);
    });
}

}  // namespace fairway
