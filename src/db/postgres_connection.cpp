#include "db/postgres_connection.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/text.hpp"
#include "db/postgres_values.hpp"

namespace fairway::db {

namespace {

// What a statement may take; a migration may take longer. A lock is waited for as long as SQLite waits for
// another process. Whoever stops inside a transaction (a frozen process) loses it and the writers' lock.
constexpr const char* kSession =
    "SET statement_timeout = '60s'; SET lock_timeout = '30s'; "
    "SET idle_in_transaction_session_timeout = '30s'";
// Beyond this the statements are forgotten and prepared anew.
constexpr std::size_t kStatementsMax = 1000;
// So many answers are small enough to wait in the buffers of both sides.
constexpr std::size_t kPendingMax = 256;

using ConnectOptions = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

ConnectOptions parse_url(const std::string& url) {
    char* problem = nullptr;
    ConnectOptions options(PQconninfoParse(url.c_str(), &problem), &PQconninfoFree);
    PQfreemem(problem);  // may quote the password
    return options;
}

std::string option_of(const ConnectOptions& options, std::string_view name) {
    for (const PQconninfoOption* each = options.get(); each != nullptr && each->keyword != nullptr; ++each)
        if (each->keyword == name) return each->val == nullptr ? "" : each->val;
    return "";
}

std::string without(std::string text, const std::string& secret) {
    if (secret.empty()) return text;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
        text.replace(at, secret.size(), "…");
    return text;
}

Failure::Kind kind_of(std::string_view state) {
    const std::string_view group = state.substr(0, 2);
    if (group == "23") return Failure::Kind::constraint;
    // Serialisation, deadlock, lock_timeout, statement_timeout.
    if (state == "40001" || state == "40P01" || state == "55P03" || state == "57014")
        return Failure::Kind::busy;
    // Connection, no room for another one, shutdown, timeout of an idle transaction.
    if (group == "08" || state == "53300" || group == "57" || state == "25P03")
        return Failure::Kind::connection;
    // Out of disk or memory, I/O, corrupt.
    if (group == "53" || group == "58" || group == "XX") return Failure::Kind::disk;
    return Failure::Kind::statement;
}

std::string field_of(const PGresult* result, int field) {
    const char* text = PQresultErrorField(result, field);
    return text == nullptr ? "" : text;
}

// The beginning of the statement names the place. Values may be personal data and are never told: the
// server's details have them, and its message about a wrong value as well.
Failure failure_of(const PGresult* result, std::string_view sql) {
    const std::string state = field_of(result, PG_DIAG_SQLSTATE);
    std::string what = state.starts_with("22") ? "a value does not fit (SQLSTATE " + state + ")"
                                               : field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    const Failure::Kind kind = kind_of(state);
    if (kind == Failure::Kind::constraint)
        what = "constraint failed: " + field_of(result, PG_DIAG_TABLE_NAME) + " " +
               field_of(result, PG_DIAG_CONSTRAINT_NAME) + field_of(result, PG_DIAG_COLUMN_NAME);
    return {kind, what + " in: " + std::string(sql.substr(0, 80))};
}

// The numbers behind $ in a statement; its texts in quotes have none.
std::set<std::size_t> placeholders(std::string_view sql) {
    std::set<std::size_t> numbers;
    bool quoted = false;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\'') quoted = !quoted;
        if (quoted || sql[i] != '$') continue;
        std::size_t number = 0;
        while (i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9')
            number = number * 10 + static_cast<std::size_t>(sql[++i] - '0');
        numbers.insert(number);
    }
    return numbers;
}

// The same that SQLite checks: one text is one statement, and it asks for the values that are there.
void check_statement(std::string_view sql, std::size_t values) {
    const std::size_t end = sql.rfind(';');
    CHECK(end == std::string_view::npos || trim(sql.substr(end + 1)).empty(), "one text is one statement");
    const std::set<std::size_t> numbers = placeholders(sql);
    CHECK(numbers.size() == values, "every placeholder has its value");
    CHECK(numbers.empty() || (*numbers.begin() == 1 && *numbers.rbegin() == values),
          "every value has its placeholder");
}

std::vector<Row> read_rows(const PGresult* result) {
    std::vector<Row> rows;
    const int columns = PQnfields(result);
    rows.reserve(static_cast<std::size_t>(PQntuples(result)));
    for (int row = 0; row < PQntuples(result); ++row) {
        std::vector<Value> values;
        values.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            if (PQgetisnull(result, row, column) != 0) {
                values.emplace_back();
                continue;
            }
            const auto size = static_cast<std::size_t>(PQgetlength(result, row, column));
            values.push_back(
                decode_postgres(PQftype(result, column), {PQgetvalue(result, row, column), size}));
        }
        rows.emplace_back(std::move(values));
    }
    return rows;
}

}  // namespace

bool is_postgres_url(const std::string& url) {
    const ConnectOptions options = parse_url(url);
    return options && option_of(options, "host").find('@') == std::string::npos;
}

void PostgresConnection::CloseConnection::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresConnection::FreeResult::operator()(pg_result* result) const { PQclear(result); }

PostgresConnection::PostgresConnection(const std::string& url)
    : password_(option_of(parse_url(url), "password")) {
    // What stands before the address is a default, what stands behind it is not for it to decide. A peer that
    // is gone without a word is noticed after half a minute.
    constexpr int kExpandAddress = 1;
    const std::array names{"fallback_application_name",
                           "connect_timeout",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "tcp_user_timeout",
                           "dbname",
                           "client_encoding",
                           static_cast<const char*>(nullptr)};
    const std::array values{
        "fairway", "10", "10", "5", "3", "30000", url.c_str(), "UTF8", static_cast<const char*>(nullptr)};
    connection_.reset(PQconnectdbParams(names.data(), values.data(), kExpandAddress));
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw Failure(Failure::Kind::connection,
                      std::string(trim(without(PQerrorMessage(connection_.get()), password_))));
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
    script(kSession);
}

PostgresConnection::~PostgresConnection() = default;

void PostgresConnection::raise_lost(std::string_view sql) const {
    throw Failure(Failure::Kind::connection,
                  std::string(trim(without(PQerrorMessage(connection_.get()), password_))) +
                      " in: " + std::string(sql.substr(0, 80)));
}

void PostgresConnection::script(const std::string& sql) {
    flush();
    const Answer answer(PQexec(connection_.get(), sql.c_str()));
    if (PQstatus(connection_.get()) != CONNECTION_OK) raise_lost(sql);
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        throw failure_of(answer.get(), sql);
}

const std::string& PostgresConnection::prepare(std::string_view sql, std::span<const Argument> arguments) {
    std::vector<PostgresType> types;
    std::string signature;
    for (const Argument& argument : arguments) {
        types.push_back(postgres_type(argument));
        signature += std::to_string(types.back()) + " ";
    }
    const auto [found, is_new] = statements_.try_emplace({std::string(sql), std::move(signature)});
    if (!is_new) return found->second;
    check_statement(sql, arguments.size());
    found->second = "s" + std::to_string(++statements_made_);
    pending_.push_back({std::string(sql.substr(0, 80)), &found->first});
    if (PQsendPrepare(connection_.get(), found->second.c_str(), found->first.first.c_str(),
                      static_cast<int>(types.size()), types.data()) == 0)
        raise_lost(sql);
    return found->second;
}

void PostgresConnection::send(std::string_view sql, std::span<const Argument> arguments) {
    if (pending_.empty()) {
        if (statements_.size() >= kStatementsMax) {
            script("DEALLOCATE ALL");
            statements_.clear();
        }
        CHECK(PQenterPipelineMode(connection_.get()) == 1, "nothing else is under way");
    }
    const std::string& name = prepare(sql, arguments);
    const PostgresParameters parameters(arguments);
    constexpr int kBinary = 1;
    pending_.push_back({std::string(sql.substr(0, 80))});
    if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(arguments.size()),
                            parameters.pointers(), parameters.lengths(), parameters.formats(), kBinary) == 0)
        raise_lost(sql);
}

// The answer to one thing that was sent; a null pointer follows it.
PostgresConnection::Answer PostgresConnection::next_answer() {
    Answer answer(PQgetResult(connection_.get()));
    const Answer end(PQgetResult(connection_.get()));
    if (PQstatus(connection_.get()) != CONNECTION_OK || !answer || end) raise_lost("an answer");
    return answer;
}

// Everything that was sent is answered; the first failure is thrown, and what came after it was not done.
PostgresConnection::Answer PostgresConnection::collect() {
    if (PQpipelineSync(connection_.get()) == 0) raise_lost("a query");
    const std::vector<Pending> sent = std::exchange(pending_, {});
    Answer last;
    std::optional<Failure> failure;
    for (const Pending& each : sent) {
        Answer answer = next_answer();
        const ExecStatusType status = PQresultStatus(answer.get());
        const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (!done && each.prepares != nullptr) statements_.erase(*each.prepares);
        if (!done && !failure) failure = failure_of(answer.get(), each.sql);
        last = std::move(answer);
    }
    const Answer end(PQgetResult(connection_.get()));
    if (PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(connection_.get()) == 0)
        raise_lost("an answer");
    if (failure) throw *failure;
    return last;
}

std::vector<Row> PostgresConnection::run(std::string_view sql, std::span<const Argument> arguments) {
    send(sql, arguments);
    const Answer answer = collect();
    return read_rows(answer.get());
}

std::int64_t PostgresConnection::change(std::string_view sql, std::span<const Argument> arguments) {
    send(sql, arguments);
    const Answer answer = collect();
    CHECK(PQresultStatus(answer.get()) == PGRES_COMMAND_OK, "execute() is for statements without rows");
    return parse_int(PQcmdTuples(answer.get())).value_or(0);
}

void PostgresConnection::queue(std::string_view sql, std::span<const Argument> arguments) {
    send(sql, arguments);
    if (pending_.size() >= kPendingMax) flush();
}

void PostgresConnection::flush() {
    if (!pending_.empty()) std::ignore = collect();
}

void PostgresConnection::commit() {
    send("COMMIT", {});
    std::ignore = collect();
}

void PostgresConnection::roll_back() {
    try {
        flush();
    } catch (const Failure&) {  // as lost as everything else of this transaction
    }
    script("ROLLBACK");
}

bool PostgresConnection::is_idle() const {
    return pending_.empty() && PQstatus(connection_.get()) == CONNECTION_OK &&
           PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF &&
           PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

int PostgresConnection::server_version() const { return PQserverVersion(connection_.get()); }

std::string PostgresConnection::server_encoding() const {
    const char* name = PQparameterStatus(connection_.get(), "server_encoding");
    return name == nullptr ? "" : name;
}

}  // namespace fairway::db
