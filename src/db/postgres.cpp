#include "db/postgres.hpp"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <tuple>

#include "db/nesting.hpp"
#include "db/postgres_connection.hpp"

namespace fairway::db {

namespace {

constexpr std::size_t kConnectionsMax = 16;
constexpr std::chrono::seconds kConnectionWait{30};
constexpr int kOldestServer = 150'000;  // 15.0

// Of the schema, since two schemas of one database are as good as two databases. The first number is any, as
// long as no other program takes the same lock.
constexpr const char* kBeginWriting =
    "BEGIN; SELECT pg_advisory_xact_lock(1179404114, hashtext(current_schema()))";
constexpr const char* kBeginReading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

// Connections are made when they are needed and kept. Thread-safe.
class Pool {
public:
    Pool(std::string url, std::unique_ptr<PostgresConnection> first) : url_(std::move(url)) {
        idle_.push_back(std::move(first));
    }

    // A connection on which this script has been run. An idle one may have died since (a restart of the
    // server ends all of them): since nothing was done on it, that is no failure and another one is taken.
    std::unique_ptr<PostgresConnection> take(const char* begin);
    void give_back(std::unique_ptr<PostgresConnection> connection);

private:
    std::unique_ptr<PostgresConnection> wait_for_one();
    void leave();

    std::string url_;
    // After a fork both processes hold the same sockets: the child must not speak on its parent's.
    pid_t process_ = getpid();
    std::mutex mutex_{};
    std::condition_variable left_{};
    std::size_t in_use_ = 0;                                   // guarded by mutex_
    std::vector<std::unique_ptr<PostgresConnection>> idle_{};  // guarded by mutex_
};

// An idle connection, or a null pointer: there is room for a new one.
std::unique_ptr<PostgresConnection> Pool::wait_for_one() {
    std::unique_lock lock(mutex_);
    if (!left_.wait_for(lock, kConnectionWait, [this] { return in_use_ < kConnectionsMax; }))
        throw Failure(Failure::Kind::busy, "all connections to the database are in use");
    ++in_use_;
    if (process_ != getpid()) {
        for (auto& each : idle_) std::ignore = each.release();
        idle_.clear();
        process_ = getpid();
    }
    if (idle_.empty()) return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
}

void Pool::leave() {
    {
        const std::lock_guard lock(mutex_);
        --in_use_;
    }
    left_.notify_one();
}

std::unique_ptr<PostgresConnection> Pool::take(const char* begin) {
    while (true) {
        auto connection = wait_for_one();
        const bool is_new = connection == nullptr;
        try {
            if (is_new) connection = std::make_unique<PostgresConnection>(url_);
            connection->script(begin);
            return connection;
        } catch (const Failure& failure) {
            leave();
            if (is_new || failure.kind() != Failure::Kind::connection) throw;
        }
    }
}

// One whose transaction is open or whose server is gone is closed instead.
void Pool::give_back(std::unique_ptr<PostgresConnection> connection) {
    if (connection->is_idle()) {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(connection));
    }
    leave();
}

// A connection with its begun transaction; back in the pool at the end, whatever happens.
class Lease {
public:
    Lease(Pool& pool, const char* begin) : pool_(pool), connection_(pool.take(begin)) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    PostgresConnection& operator*() { return *connection_; }
    PostgresConnection* operator->() { return connection_.get(); }

private:
    Pool& pool_;
    std::unique_ptr<PostgresConnection> connection_;
};

class PostgresReader final : public Reader {
public:
    explicit PostgresReader(PostgresConnection& connection) : connection_(connection) {}
    std::vector<Row> run(std::string_view sql, std::span<const Argument> arguments) override {
        return connection_.run(sql, arguments);
    }

private:
    PostgresConnection& connection_;
};

class PostgresTransaction final : public Transaction {
public:
    explicit PostgresTransaction(PostgresConnection& connection) : connection_(connection) {}
    std::vector<Row> run(std::string_view sql, std::span<const Argument> arguments) override {
        return spoiling([&] { return connection_.run(sql, arguments); });
    }
    std::int64_t change(std::string_view sql, std::span<const Argument> arguments) override {
        return spoiling([&] { return connection_.change(sql, arguments); });
    }
    void change_later(std::string_view sql, std::span<const Argument> arguments) override {
        spoiling([&] { connection_.queue(sql, arguments); });
    }
    void script(const std::string& sql) override {
        // A migration of many rows takes as long as it takes.
        spoiling([&] {
            connection_.script("SET LOCAL statement_timeout = 0");
            connection_.script(sql);
        });
    }
    void after_commit(std::function<void()> action) override { actions_.push_back(std::move(action)); }
    bool spoiled() const { return spoiled_; }
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

    PostgresConnection& connection_;
    bool spoiled_ = false;
    std::vector<std::function<void()>> actions_{};
};

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(const std::string& url, std::unique_ptr<PostgresConnection> first)
        : pool_(url, std::move(first)) {}
    Engine engine() const override { return Engine::postgresql; }

protected:
    void do_read(const std::function<void(Reader&)>& function) override;
    void do_write(const std::function<bool(Transaction&)>& function) override;

private:
    Pool pool_;
    // Writers of this process wait here, not with a connection each at the server's lock.
    std::mutex writer_mutex_{};
};

void PostgresDatabase::do_read(const std::function<void(Reader&)>& function) {
    const NestingGuard guard(this);
    // A connection whose transaction failed is closed, not given back.
    Lease connection(pool_, kBeginReading);
    PostgresReader reader(*connection);
    function(reader);
    connection->commit();
}

// The lease and the writers' mutex end before the actions run, which may read.
void PostgresDatabase::do_write(const std::function<bool(Transaction&)>& function) {
    std::vector<std::function<void()>> actions;
    {
        const NestingGuard guard(this);
        const std::lock_guard lock(writer_mutex_);
        Lease connection(pool_, kBeginWriting);
        PostgresTransaction transaction(*connection);
        // What throws leaves its transaction open: closing the connection rolls it back.
        if (!function(transaction)) {
            connection->roll_back();
            return;
        }
        if (transaction.spoiled())
            throw Failure(Failure::Kind::statement,
                          "a statement of this transaction failed: nothing of it is kept");
        connection->commit();
        actions = transaction.take_actions();
    }
    for (const auto& action : actions) action();
}

}  // namespace

Result<std::unique_ptr<Database>> open_postgres(const std::string& url) {
    if (!is_postgres_url(url))
        return fail(ErrorKind::invalid, "database_url_invalid",
                    "the database url is not understood; it looks like "
                    "postgresql://USER:PASSWORD@HOST:5432/NAME, with special characters percent-encoded");
    try {
        auto first = std::make_unique<PostgresConnection>(url);
        if (first->server_version() < kOldestServer)
            return fail(ErrorKind::conflict, "database_unsuited",
                        "the database server is older than PostgreSQL 15; use a newer one");
        if (first->server_encoding() != "UTF8")
            return fail(ErrorKind::conflict, "database_unsuited",
                        "the database keeps its texts as " + first->server_encoding() +
                            "; create it with ENCODING 'UTF8'");
        return std::make_unique<PostgresDatabase>(url, std::move(first));
    } catch (const Failure& failure) {
        return fail(ErrorKind::unavailable, "database_unreachable",
                    std::string("cannot open the database: ") + failure.what());
    }
}

}  // namespace fairway::db
