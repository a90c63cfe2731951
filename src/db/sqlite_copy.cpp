#include "db/sqlite_copy.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/fault_point.hpp"
#include "base/file.hpp"

namespace fairway::db {

namespace {

constexpr int kBusyTimeoutMs = 30'000;
// In pieces, so that nothing depends on how long one call may take.
constexpr int kPagesAtOnce = 64;

std::unexpected<Error> failed(const std::string& file, const std::string& why) {
    return fail(ErrorKind::corrupt, "copy_failed", "cannot copy to " + file + ": " + why);
}

// One connection, closed when it leaves; an open transaction is rolled back then.
class Handle {
public:
    Handle(const std::string& path, int flags) {
        code_ = sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    }
    ~Handle() { sqlite3_close(handle_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    bool is_open() const { return code_ == SQLITE_OK; }
    sqlite3* get() const { return handle_; }
    std::string why() const { return sqlite3_errmsg(handle_); }
    bool run(const std::string& sql) {
        return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    // The first column of the first row; empty if there is none or the statement fails.
    std::string text(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return {};
        std::string found;
        if (sqlite3_step(statement) == SQLITE_ROW)
            if (const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)))
                found = text;
        sqlite3_finalize(statement);
        return found;
    }

private:
    sqlite3* handle_ = nullptr;
    int code_ = SQLITE_OK;
};

// Every page of one connection's database into another's; on failure the target is as it was.
bool copy_pages(Handle& from, Handle& to) {
    sqlite3_backup* copying = sqlite3_backup_init(to.get(), "main", from.get(), "main");
    if (copying == nullptr) return false;
    int code = SQLITE_OK;
    // Held by the source's transaction, so that all pieces are of one moment.
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(copying, kPagesAtOnce);
        crash_point("backup.copy.piece");
    }
    return sqlite3_backup_finish(copying) == SQLITE_OK && code == SQLITE_DONE;
}

bool create_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    return file.is_open();
}

bool sync_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return file.is_open() && ::fsync(file.get()) == 0;
}

Status copy_and_examine(const std::string& database, const std::string& file, const std::string& script) {
    Handle from(database, SQLITE_OPEN_READWRITE);
    if (!from.is_open()) return failed(file, database + " cannot be opened: " + from.why());
    sqlite3_busy_timeout(from.get(), kBusyTimeoutMs);
    // Reading keeps nobody from writing, and shows one moment until it ends.
    if (!from.run("PRAGMA query_only = ON; BEGIN") || from.text("SELECT COUNT(*) FROM sqlite_master").empty())
        return failed(file, database + " cannot be read: " + from.why());
    Handle to(file, SQLITE_OPEN_READWRITE);
    if (!to.is_open() || !copy_pages(from, to)) return failed(file, to.why());
    // One file, with nothing beside it.
    if (to.text("PRAGMA journal_mode = DELETE") != "delete" || !to.run(script)) return failed(file, to.why());
    const std::string found = to.text("PRAGMA integrity_check");
    if (found != "ok") return failed(file, "the copy is damaged (" + found + ")");
    return {};
}

bool is_busy(int code) { return (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED; }

std::unexpected<Error> kept_as_it_was(Handle& to, const std::string& database) {
    return failed(database, to.why() + "; what was there before is there still");
}

// Nobody else has the database open, and nobody will while this connection lives: leaving WAL mode and
// keeping the lock both need it for oneself.
Status take_alone(Handle& to, const std::string& database) {
    sqlite3_busy_timeout(to.get(), 0);
    to.run("PRAGMA locking_mode = EXCLUSIVE");
    const int code =
        sqlite3_wal_checkpoint_v2(to.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK && !is_busy(code)) return kept_as_it_was(to, database);
    const bool alone =
        to.text("PRAGMA journal_mode = DELETE") == "delete" && to.run("BEGIN EXCLUSIVE") && to.run("COMMIT");
    if (alone) return {};
    return fail(ErrorKind::conflict, "database_in_use",
                database + " is in use: stop Fairway and whatever else has it open, then try again");
}

}  // namespace

Status copy_out(const std::string& database, const std::string& file, const std::string& script) {
    if (!create_file(file)) {
        if (errno == EEXIST)
            return fail(ErrorKind::conflict, "file_exists",
                        file + " exists and is not overwritten; name another file");
        return failed(file, std::strerror(errno));
    }
    Status done = copy_and_examine(database, file, script);
    if (done && !sync_file(file)) done = failed(file, std::strerror(errno));
    if (!done) ::unlink(file.c_str());
    return done;
}

namespace {

Status replace_content(const std::string& file, const std::string& database, Overwrite overwrite) {
    Handle from(file, SQLITE_OPEN_READONLY);
    if (!from.is_open() || !from.run("BEGIN"))
        return failed(database, file + " cannot be read: " + from.why());
    Handle to(database, SQLITE_OPEN_READWRITE);
    if (!to.is_open()) return failed(database, to.why());
    TRY(take_alone(to, database));
    const bool empty = to.text("SELECT COUNT(*) FROM sqlite_master") == "0";
    if (!empty && overwrite == Overwrite::no)
        return fail(ErrorKind::conflict, "database_not_empty",
                    database +
                        " is not empty; --replace puts the backup in its place, and what is there now "
                        "is lost");
    if (!copy_pages(from, to)) return kept_as_it_was(to, database);
    return sync_folder_of(database);
}

}  // namespace

Status copy_in(const std::string& file, const std::string& database, Overwrite overwrite) {
    const bool created = create_file(database);
    if (!created && errno != EEXIST) return failed(database, std::strerror(errno));
    const Status done = replace_content(file, database, overwrite);
    if (!done && created) ::unlink(database.c_str());
    return done;
}

}  // namespace fairway::db
