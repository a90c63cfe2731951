#pragma once
// One connection to PostgreSQL with its prepared statements; used by one thread at a time. Owned by the pool
// of postgres.cpp. Values go in binary: nothing is quoted, nothing is parsed twice.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/db.hpp"

struct pg_conn;
struct pg_result;

namespace fairway::db {

class PostgresConnection {
public:
    // Throws Failure (connection) with libpq's words but without the password.
    explicit PostgresConnection(const std::string& url);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    // One statement and its rows, after everything that was queued.
    std::vector<Row> run(std::string_view sql, std::span<const Argument> arguments);
    // The number of rows it changed.
    std::int64_t change(std::string_view sql, std::span<const Argument> arguments);
    // Sent with what follows; its failure is thrown by the next run, change or flush.
    void queue(std::string_view sql, std::span<const Argument> arguments);
    // Waits for what was queued.
    void flush();
    // Several statements without values.
    void script(const std::string& sql);

    // With everything that was queued, in one round trip.
    void commit();
    // What was queued may fail.
    void roll_back();

    // Answers, and outside any transaction: it may be used again.
    bool is_idle() const;
    int server_version() const;
    std::string server_encoding() const;

private:
    struct CloseConnection {
        void operator()(pg_conn* connection) const;
    };
    struct FreeResult {
        void operator()(pg_result* result) const;
    };
    using Answer = std::unique_ptr<pg_result, FreeResult>;

    // A statement is prepared once for each combination of its values' types: a null has none.
    using StatementKey = std::pair<std::string, std::string>;  // SQL, types
    struct Pending {
        std::string sql;                         // its beginning, for an error
        const StatementKey* prepares = nullptr;  // what is known only when this has succeeded
    };

    void send(std::string_view sql, std::span<const Argument> arguments);
    const std::string& prepare(std::string_view sql, std::span<const Argument> arguments);
    Answer collect();
    Answer next_answer();
    [[noreturn]] void raise_lost(std::string_view sql) const;

    std::string password_;  // never told
    std::unique_ptr<pg_conn, CloseConnection> connection_;
    std::map<StatementKey, std::string> statements_;  // -> the name on the server
    std::vector<Pending> pending_;
    int statements_made_ = 0;
};

// Whether libpq understands the address, and no part of a password would be taken for a host.
bool is_postgres_url(const std::string& url);

}  // namespace fairway::db
