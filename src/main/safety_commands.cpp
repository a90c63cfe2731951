#include "main/commands.hpp"

#include <cstdio>

#include "api/version.hpp"
#include "migrations/migrations.hpp"
#include "store/access.hpp"
#include "store/backup.hpp"
#include "store/system.hpp"

namespace fairway {

namespace {

// Holds at once for a running service, which reads the mode before each command it sends.
int set_read_only(Program& program, bool on) {
    program.database->write("read_only.set", [&](db::Transaction& tx) {
        const UtcTime now = program.clock->now();
        store::set_read_only(tx, on, now);
        store::write_audit(tx, "cli", on ? "read-only on" : "read-only off", "", now);
    });
    std::printf("%s\n", on ? "Fairway reads Amazon and sends nothing until read-only off"
                           : "Fairway writes to Amazon again");
    return 0;
}

Result<std::string> sqlite_file(const std::string& url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (url.starts_with(kSqlite)) return url.substr(kSqlite.size());
    return fail(
        ErrorKind::invalid, "backup_of_postgresql",
        "this database is PostgreSQL's: back it up and restore it with pg_dump or pg_basebackup. What "
        "is restored starts in read-only mode");
}

Result<store::Installation> find_installation(const Config& config, Rng& rng) {
    std::string database = TRY(sqlite_file(config.database_url));
    std::string key_store = TRY(sqlite_file(config.key_store_url));
    const crypto::Key master = TRY(crypto::read_key_file(config.master_key_file));
    return store::Installation{.database = std::move(database),
                               .key_store = std::move(key_store),
                               .master = master,
                               .migrations = migrations_for(db::Engine::sqlite),
                               .version = std::string(api::kVersion),
                               .rng = rng};
}

int report(const std::string& what, const Result<store::Manifest>& manifest) {
    if (!manifest) return print_error(manifest.error());
    std::string rows;
    for (const auto& [table, count] : manifest->rows)
        rows += (rows.empty() ? "" : ", ") + table + " " + std::to_string(count);
    std::printf("%s: %s of %s, schema %d (%s)\n", what.c_str(), manifest->kind.c_str(),
                format_rfc3339(manifest->created_at).c_str(), manifest->schema, rows.c_str());
    return 0;
}

Result<store::Manifest> create_backup(Program& program, store::BackupKind kind, const std::string& file) {
    const store::Installation installation = TRY(find_installation(program.config, program.rng));
    const std::string instance = program.database->read(store::find_instance);
    const UtcTime now = program.clock->now();
    auto manifest = TRY(store::create_backup(installation, kind, instance, file, now));
    if (kind == store::BackupKind::database)
        program.database->write("backup.note", [&](db::Transaction& tx) { store::note_backup(tx, now); });
    return manifest;
}

Result<store::Manifest> verify_backup(const Config& config, store::BackupKind kind, const std::string& file) {
    SystemRng rng;
    const store::Installation installation = TRY(find_installation(config, rng));
    return store::verify_backup(installation, kind, file);
}

Result<store::Manifest> restore_backup(const Config& config, store::BackupKind kind, const std::string& file,
                                       db::Overwrite overwrite) {
    SystemRng rng;
    const store::Installation installation = TRY(find_installation(config, rng));
    return store::restore_backup(installation, kind, file, overwrite);
}

}  // namespace

void CommandLine::add_backup(Command app) {
    Command backup =
        app.add_family("backup", "copies of the database and, apart from them, of the key store");
    const auto add = [&](const std::string& name, const std::string& what) {
        Command command = backup.add(name, what);
        command.option("file", value("backup file"), "the backup; FILE.manifest lies beside it").required();
        command.flag("--key-store", flag("backup keys"), "of the key store instead of the database");
        return command;
    };
    const auto kind = [this] {
        return flag("backup keys") ? store::BackupKind::key_store : store::BackupKind::database;
    };
    on_program(add("create", "back up while Fairway runs"), [this, kind](Program& program) {
        return report("backed up", create_backup(program, kind(), value("backup file")));
    });
    add("verify", "whether a backup is whole and its keys fit").when_chosen([this, kind] {
        chosen_ = [this, kind] {
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            return report("sound", verify_backup(*config, kind(), value("backup file")));
        };
    });
    Command restore = add("restore", "put a backup in place while Fairway is stopped");
    restore.flag("--replace", flag("backup replace"), "although there is a database: what it holds is lost");
    restore.when_chosen([this, kind] {
        chosen_ = [this, kind] {
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            const auto overwrite = flag("backup replace") ? db::Overwrite::yes : db::Overwrite::no;
            const int done =
                report("restored", restore_backup(*config, kind(), value("backup file"), overwrite));
            if (done == 0 && kind() == store::BackupKind::database)
                std::printf(
                    "Fairway starts in read-only mode: it reads Amazon and sends nothing until "
                    "`fairway read-only off`\n");
            return done;
        };
    });
}

void CommandLine::add_safety_commands(Command app) {
    Command mode = app.add_family("read-only", "whether anything is sent to Amazon and to shops");
    on_program(mode.add("on", "read and plan, and send nothing"),
               [](Program& program) { return set_read_only(program, true); });
    on_program(
        mode.add("off", "send again; after a restore or in a copy only when you know that it is right"),
        [](Program& program) { return set_read_only(program, false); });
    add_backup(app);
}

}  // namespace fairway
