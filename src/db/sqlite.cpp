#include "db/sqlite.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <functional>
#include <mutex>
#include <unordered_map>

#include "base/text.hpp"
#include "db/nesting.hpp"
#include "db/sqlite_copy.hpp"

namespace fairway::db {

namespace {

constexpr int kBusyTimeoutMs = 30'000;  // how long a writer waits for another process
constexpr std::size_t kIdleReadersMax = 8;
// Beyond this a connection's statements are forgotten and prepared anew. Ours are fewer, but whoever combines
// filters makes more of them.
constexpr std::size_t kStatementsMax = 500;

Failure::Kind kind_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Failure::Kind::busy;
        case SQLITE_CONSTRAINT: return Failure::Kind::constraint;
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY: return Failure::Kind::disk;
        default: return Failure::Kind::statement;
    }
}

// SQLite counts the memory it uses, and takes a lock for it at every allocation; nobody asks for the count.
// Refused once SQLite is in use: then it goes on counting.
void count_no_memory() {
    [[maybe_unused]] static const int said = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// The beginning of the statement names the place; bound values may be personal data and are never told.
[[noreturn]] void raise(sqlite3* connection, int code, std::string_view sql) {
    throw Failure(kind_of(code),
                  std::string(sqlite3_errmsg(connection)) + " in: " + std::string(sql.substr(0, 80)));
}

// SQLite numbers $1, $2 … by first appearance: where each is bound is looked up by its name, once.
struct Prepared {
    sqlite3_stmt* statement = nullptr;
    std::vector<int> index_of;  // of $1, $2 …
};

std::vector<int> find_indexes(sqlite3_stmt* statement) {
    std::vector<int> index_of;
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
        const std::string name = "$" + std::to_string(i);
        index_of.push_back(sqlite3_bind_parameter_index(statement, name.c_str()));
        CHECK(index_of.back() > 0, "every value has its placeholder");
    }
    return index_of;
}

// So that a statement is looked for by a view of its text. Length and end tell statements apart well enough;
// all of a long text would have to be read at every use.
struct StatementHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const {
        constexpr std::size_t kEnd = 16;
        const std::string_view end = sql.substr(sql.size() - std::min(sql.size(), kEnd));
        return std::hash<std::string_view>{}(end) + sql.size();
    }
};

// A prepared statement in use; reset and unbound when it leaves, whatever happened.
class Running {
public:
    explicit Running(sqlite3_stmt* statement) : statement_(statement) {}
    ~Running() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    sqlite3_stmt* get() const { return statement_; }

private:
    sqlite3_stmt* statement_;
};

// A null pointer would bind null, not an empty text or no bytes.
template <class View>
const char* start_of(const View& view) {
    return view.empty() ? "" : reinterpret_cast<const char*>(view.data());
}

void bind_arguments(const Prepared& prepared, std::span<const Argument> arguments) {
    CHECK(prepared.index_of.size() == arguments.size(), "every placeholder has its value");
    sqlite3_stmt* statement = prepared.statement;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const int index = prepared.index_of[i];
        const Argument& argument = arguments[i];
        if (const auto* number = std::get_if<std::int64_t>(&argument))
            sqlite3_bind_int64(statement, index, *number);
        else if (const auto* text = std::get_if<std::string_view>(&argument))
            sqlite3_bind_text64(statement, index, start_of(*text), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        else if (const auto* bytes = std::get_if<std::span<const std::uint8_t>>(&argument))
            sqlite3_bind_blob64(statement, index, start_of(*bytes), bytes->size(), SQLITE_STATIC);
    }
}

// The connection belongs to one thread: its values need no protection.
void append_column(sqlite3_stmt* statement, int column, std::vector<Value>& columns) {
    sqlite3_value* value = sqlite3_column_value(statement, column);
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            columns.emplace_back(std::in_place_type<std::int64_t>, sqlite3_value_int64(value));
            break;
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
            columns.emplace_back(std::in_place_type<std::string>, text,
                                 static_cast<std::size_t>(sqlite3_value_bytes(value)));
            break;
        }
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_value_blob(value));
            columns.emplace_back(std::in_place_type<Blob>, bytes, bytes + sqlite3_value_bytes(value));
            break;
        }
        case SQLITE_FLOAT: CHECK(false, "the schema has no floating-point column");
        default: columns.emplace_back();
    }
}

// One connection with its prepared statements; used by one thread at a time.
class Connection {
public:
    explicit Connection(sqlite3* handle) : handle_(handle) {}
    ~Connection() {
        forget_statements();
        sqlite3_close(handle_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void script(const char* sql) {
        const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) raise(handle_, code, sql);
    }

    std::vector<Row> run(std::string_view sql, std::span<const Argument> arguments) {
        const Prepared& prepared = prepare(sql);
        const Running statement(prepared.statement);
        bind_arguments(prepared, arguments);
        std::vector<Row> rows;
        while (true) {
            const int code = sqlite3_step(statement.get());
            if (code == SQLITE_DONE) return rows;
            if (code != SQLITE_ROW) raise(handle_, code, sql);
            std::vector<Value> columns;
            const int count = sqlite3_column_count(statement.get());
            columns.reserve(static_cast<std::size_t>(count));
            for (int i = 0; i < count; ++i) append_column(statement.get(), i, columns);
            rows.emplace_back(std::move(columns));
        }
    }

    std::int64_t change(std::string_view sql, std::span<const Argument> arguments) {
        const Prepared& prepared = prepare(sql);
        const Running statement(prepared.statement);
        bind_arguments(prepared, arguments);
        const int code = sqlite3_step(statement.get());
        if (code != SQLITE_DONE) {
            CHECK(code != SQLITE_ROW, "execute() is for statements without rows");
            raise(handle_, code, sql);
        }
        return sqlite3_changes64(handle_);
    }

    // RETURNING would have SQLite build a table for the one number that it knows anyway.
    std::int64_t insert_row(std::string_view sql, std::span<const Argument> arguments) {
        const std::int64_t rows = change(sql, arguments);
        CHECK(rows == 1, "an INSERT of one row gives its id");
        return sqlite3_last_insert_rowid(handle_);
    }

    bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

private:
    void forget_statements() {
        for (const auto& [sql, prepared] : statements_) sqlite3_finalize(prepared.statement);
        statements_.clear();
    }

    // Only between statements, none of which runs while another is prepared.
    const Prepared& prepare(std::string_view sql) {
        if (const auto known = statements_.find(sql); known != statements_.end()) return known->second;
        if (statements_.size() >= kStatementsMax) forget_statements();
        sqlite3_stmt* statement = nullptr;
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, &rest);
        if (code != SQLITE_OK) raise(handle_, code, sql);
        CHECK(statement != nullptr, "a statement has words");
        CHECK(trim(sql.substr(static_cast<std::size_t>(rest - sql.data()))).empty(),
              "one text is one statement");
        return statements_.emplace(std::string(sql), Prepared{statement, find_indexes(statement)})
            .first->second;
    }

    sqlite3* handle_;
    std::unordered_map<std::string, Prepared, StatementHash, std::equal_to<>> statements_;
};

class SqliteReader final : public Reader {
public:
    explicit SqliteReader(Connection& connection) : connection_(connection) {}
    std::vector<Row> run(std::string_view sql, std::span<const Argument> arguments) override {
        return connection_.run(sql, arguments);
    }

private:
    Connection& connection_;
};

class SqliteTransaction final : public Transaction {
public:
    explicit SqliteTransaction(Connection& connection) : connection_(connection) {}
    std::vector<Row> run(std::string_view sql, std::span<const Argument> arguments) override {
        return spoiling([&] { return connection_.run(sql, arguments); });
    }
    std::int64_t change(std::string_view sql, std::span<const Argument> arguments) override {
        return spoiling([&] { return connection_.change(sql, arguments); });
    }
    std::int64_t insert_row(std::string_view sql, std::span<const Argument> arguments) override {
        return spoiling([&] { return connection_.insert_row(sql, arguments); });
    }
    void script(const std::string& sql) override {
        spoiling([&] { connection_.script(sql.c_str()); });
    }
    bool spoiled() const { return spoiled_; }
    void after_commit(std::function<void()> action) override { actions_.push_back(std::move(action)); }
    std::vector<std::function<void()>> take_actions() { return std::move(actions_); }

private:
    template <class Function>
    std::invoke_result_t<Function> spoiling(Function function) {
        try {
            return function();
        } catch (...) {
            spoiled_ = true;
            throw;
        }
    }

    Connection& connection_;
    bool spoiled_ = false;
    std::vector<std::function<void()>> actions_;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::string path, std::unique_ptr<Connection> writer)
        : path_(std::move(path)), writer_(std::move(writer)) {}

    static std::unique_ptr<Connection> connect(const std::string& path, bool writing);
    Engine engine() const override { return Engine::sqlite; }

protected:
    void do_read(const std::function<void(Reader&)>& function) override;
    void do_write(const std::function<bool(Transaction&)>& function) override;

private:
    std::unique_ptr<Connection> take_reader();
    void give_back(std::unique_ptr<Connection> reader);

    std::string path_;
    std::mutex writer_mutex_;
    std::unique_ptr<Connection> writer_;  // guarded by writer_mutex_
    std::mutex readers_mutex_;
    std::vector<std::unique_ptr<Connection>> idle_readers_;  // guarded by readers_mutex_
};

std::unique_ptr<Connection> SqliteDatabase::connect(const std::string& path, bool writing) {
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    auto connection = std::make_unique<Connection>(handle);
    if (code != SQLITE_OK) raise(handle, code, "open");
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    connection->script("PRAGMA foreign_keys = ON");
    connection->script("PRAGMA synchronous = FULL");
    if (writing) {
        // The answer tells the mode in force: a file system without shared memory has no WAL.
        const std::string mode = connection->run("PRAGMA journal_mode = WAL", {}).at(0).get<std::string>(0);
        if (mode != "wal") throw Failure(Failure::Kind::disk, "the file system does not allow WAL mode");
        connection->script("PRAGMA wal_autocheckpoint = 20000");
    } else {
        connection->script("PRAGMA query_only = ON");
    }
    return connection;
}

std::unique_ptr<Connection> SqliteDatabase::take_reader() {
    {
        const std::lock_guard lock(readers_mutex_);
        if (!idle_readers_.empty()) {
            auto reader = std::move(idle_readers_.back());
            idle_readers_.pop_back();
            return reader;
        }
    }
    return connect(path_, false);
}

void SqliteDatabase::give_back(std::unique_ptr<Connection> reader) {
    const std::lock_guard lock(readers_mutex_);
    if (idle_readers_.size() < kIdleReadersMax) idle_readers_.push_back(std::move(reader));
}

void SqliteDatabase::do_read(const std::function<void(Reader&)>& function) {
    const NestingGuard guard(this);
    auto connection = take_reader();
    // A connection whose transaction failed is closed, not given back.
    connection->script("BEGIN");
    SqliteReader reader(*connection);
    function(reader);
    connection->script("COMMIT");
    give_back(std::move(connection));
}

void SqliteDatabase::do_write(const std::function<bool(Transaction&)>& function) {
    std::vector<std::function<void()>> actions;
    {
        const NestingGuard guard(this);
        const std::lock_guard lock(writer_mutex_);
        CHECK(writer_ != nullptr, "what is opened to be read is not written");
        writer_->script("BEGIN IMMEDIATE");
        SqliteTransaction transaction(*writer_);
        try {
            if (!function(transaction)) {
                writer_->script("ROLLBACK");
                return;
            }
            // SQLite would keep what went before the failure; PostgreSQL would not.
            if (transaction.spoiled())
                throw Failure(Failure::Kind::statement,
                              "a statement of this transaction failed: nothing of it is kept");
            writer_->script("COMMIT");
        } catch (...) {
            // A full disk has rolled back by itself.
            if (writer_->in_transaction()) writer_->script("ROLLBACK");
            throw;
        }
        actions = transaction.take_actions();
    }
    for (const auto& action : actions) action();
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path folder = fs::absolute(path, error).parent_path();
    if (path.empty() || path == ":memory:" || !fs::is_directory(folder, error))
        return fail(ErrorKind::not_found, "database_folder_missing",
                    "cannot open database \"" + path + "\": " + folder.string() +
                        " is not a directory; create it first");
    // Created here, so that nobody else can read it for a moment.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return fail(ErrorKind::forbidden, "database_unreadable",
                    "cannot open database " + path + ": " + std::strerror(errno));
    ::close(file);
    count_no_memory();
    try {
        return std::make_unique<SqliteDatabase>(path, SqliteDatabase::connect(path, true));
    } catch (const Failure& failure) {
        return fail(ErrorKind::corrupt, "database_unreadable",
                    "cannot open database " + path + ": " + failure.what());
    }
}

Result<std::unique_ptr<Database>> open_to_read(const std::string& file) {
    if (::access(file.c_str(), R_OK) != 0)
        return fail(ErrorKind::not_found, "database_missing",
                    "cannot read " + file + ": " + std::strerror(errno));
    auto database = std::make_unique<SqliteDatabase>(file, nullptr);
    try {
        database->read([](Reader& tx) { tx.query("SELECT name FROM sqlite_master LIMIT 1"); });
    } catch (const Failure& failure) {
        return fail(ErrorKind::corrupt, "database_unreadable", "cannot read " + file + ": " + failure.what());
    }
    return std::unique_ptr<Database>(std::move(database));
}

}  // namespace fairway::db
