#pragma once
// The database: one SQL text for both engines ($1, $2 … as placeholders), rows read in order, transactions as
// plain functions so that none can be held across an await.
//
//   auto name = database.read([&](db::Reader& tx) {
//       auto row = tx.one("SELECT name FROM stores WHERE id = $1", store_id);
//       return row ? row->get<std::string>(0) : "";
//   });
//   Status done = database.write([&](db::Transaction& tx) -> Status { tx.execute("UPDATE …", …); return {};
//   });
//
// Shared SQL may use INSERT … ON CONFLICT … DO UPDATE … WHERE … RETURNING, CTEs, window functions and
// row-value comparison; it may not use now(), JSON operators, arrays, LIKE, ILIKE, IS between values,
// implicit casts, texts with a zero byte, or ORDER BY a column that may be null without NULLS FIRST or LAST.
// Times are microseconds (UtcTime binds as such), money is minor units, booleans are 0 and 1, texts compare
// byte by byte. One text is one statement; a statement that failed spoils its transaction, which then never
// commits.
//
// A lost connection, a full disk, a violated constraint or a wrong statement throws db::Failure: callers that
// expect a conflict say ON CONFLICT.
#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/check.hpp"
#include "base/fault_point.hpp"
#include "base/result.hpp"
#include "base/strong.hpp"
#include "base/time.hpp"

namespace fairway::db {

class Failure : public std::runtime_error {
public:
    enum class Kind { busy, disk, constraint, statement, connection };
    Failure(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    Kind kind() const { return kind_; }

private:
    Kind kind_;
};

using Blob = std::vector<std::uint8_t>;
using Value = std::variant<std::monostate, std::int64_t, std::string, Blob>;

// What is bound to a placeholder: a view, good for the call that takes it.
using Argument = std::variant<std::monostate, std::int64_t, std::string_view, std::span<const std::uint8_t>>;

// How a C++ value is bound: integers, bool, enums never (they are stored as text through their own
// functions), text, StrongText, Id, UtcTime, Blob, and optional of these (null).
inline Argument argument(std::monostate none) { return none; }
inline Argument argument(std::int64_t value) { return value; }
inline Argument argument(int value) { return static_cast<std::int64_t>(value); }
// Exactly bool: a pointer would turn into one without a word.
template <std::same_as<bool> Bool>
Argument argument(Bool value) {
    return static_cast<std::int64_t>(value);
}
inline Argument argument(std::string_view value) { return value; }
inline Argument argument(const std::string& value) { return std::string_view(value); }
inline Argument argument(const char* value) { return std::string_view(value); }
inline Argument argument(std::span<const std::uint8_t> value) { return value; }
inline Argument argument(const Blob& value) { return std::span<const std::uint8_t>(value); }
inline Argument argument(UtcTime value) { return to_micros(value); }
template <class Tag>
Argument argument(const StrongText<Tag>& value) {
    return std::string_view(value.str());
}
template <class Tag>
Argument argument(Id<Tag> value) {
    return value.value;
}
template <class T>
Argument argument(const std::optional<T>& value) {
    return value ? argument(*value) : argument(std::monostate{});
}

template <class T>
concept Bindable = requires(const T& value) { argument(value); };

// The same with a text of its own, for lists that are made at run time (the filters of a list).
Value own(const Argument& argument);
template <Bindable T>
Value bind(const T& value) {
    return own(argument(value));
}

// One row of a result; columns count from 0. get<T> for T = std::int64_t, int, bool, std::string, Blob,
// UtcTime, StrongText, Id, and std::optional of these. A null read into a plain type, or a wrong type, is a
// CHECK.
class Row {
public:
    explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
    bool is_null(std::size_t column) const {
        return std::holds_alternative<std::monostate>(values_.at(column));
    }
    template <class T>
    T get(std::size_t column) const;

private:
    std::vector<Value> values_;
};

// Reading inside one transaction: everything comes from one snapshot.
class Reader {
public:
    virtual ~Reader() = default;

    template <class... Args>
    std::vector<Row> query(std::string_view sql, const Args&... args) {
        return run(sql, std::array<Argument, sizeof...(Args)>{argument(args)...});
    }
    // At most one row; more than one is a CHECK.
    template <class... Args>
    std::optional<Row> one(std::string_view sql, const Args&... args) {
        return single(run(sql, std::array<Argument, sizeof...(Args)>{argument(args)...}));
    }
    std::vector<Row> run(std::string_view sql, const std::vector<Value>& values);  // a list made at run time
    virtual std::vector<Row> run(std::string_view sql, std::span<const Argument> arguments) = 0;

private:
    static std::optional<Row> single(std::vector<Row> rows);
};

// Reading and writing; committed as a whole when its function returns a value, rolled back when it returns an
// error or throws.
class Transaction : public Reader {
public:
    // The number of rows changed.
    template <class... Args>
    std::int64_t execute(std::string_view sql, const Args&... args) {
        return change(sql, std::array<Argument, sizeof...(Args)>{argument(args)...});
    }
    // Of an INSERT of one row, without RETURNING: the id that the row was given.
    template <class... Args>
    std::int64_t insert(std::string_view sql, const Args&... args) {
        return insert_row(sql, std::array<Argument, sizeof...(Args)>{argument(args)...});
    }
    // A change whose count nobody needs. PostgreSQL gets it together with what follows, in one round trip,
    // and its failure is thrown by the next statement that answers or by the commit; SQLite runs it at once.
    template <class... Args>
    void queue(std::string_view sql, const Args&... args) {
        change_later(sql, std::array<Argument, sizeof...(Args)>{argument(args)...});
    }
    virtual std::int64_t change(std::string_view sql, std::span<const Argument> arguments) = 0;
    virtual std::int64_t insert_row(std::string_view sql, std::span<const Argument> arguments);
    virtual void change_later(std::string_view sql, std::span<const Argument> arguments) {
        std::ignore = change(sql, arguments);
    }
    // Several statements without values, for migrations.
    virtual void script(const std::string& sql) = 0;
    // Runs after a successful commit, in order; never after a rollback. For waking workers.
    virtual void after_commit(std::function<void()> action) = 0;
};

// Whether a write that ends with this value is committed: all but an error.
template <class T>
bool commits(const T& value) {
    if constexpr (requires {
                      value.has_value();
                      value.error();
                  })
        return value.has_value();
    else return true;
}

// Which SQL the migrations are written in; all other SQL is the same text for both.
enum class Engine { sqlite, postgresql };

// Thread-safe. One writer at a time (writers queue, those of other processes too), several readers.
class Database {
public:
    virtual ~Database() = default;
    virtual Engine engine() const = 0;

    // function(Reader&) -> T. Never nested in another read or write of the same thread.
    template <class Function>
    auto read(Function&& function) {
        using T = std::invoke_result_t<Function, Reader&>;
        if constexpr (std::is_void_v<T>) {
            do_read([&](Reader& tx) { function(tx); });
        } else {
            std::optional<T> out;
            do_read([&](Reader& tx) { out.emplace(function(tx)); });
            return std::move(*out);
        }
    }

    // function(Transaction&) -> Result<T> or T or void. An error value rolls back.
    template <class Function>
    auto write(Function&& function) {
        using T = std::invoke_result_t<Function, Transaction&>;
        if constexpr (std::is_void_v<T>) {
            do_write([&](Transaction& tx) {
                function(tx);
                return true;
            });
        } else {
            std::optional<T> out;
            do_write([&](Transaction& tx) {
                out.emplace(function(tx));
                return commits(*out);
            });
            return std::move(*out);
        }
    }

    // The same with its name, as all writes of the product have: a test can end the process on either side of
    // the commit.
    template <class Function>
    auto write(CommitPoint point, Function&& function) {
        using T = std::invoke_result_t<Function, Transaction&>;
        if constexpr (std::is_void_v<T>) {
            write([&](Transaction& tx) {
                function(tx);
                crash_point(point.before);
            });
            crash_point(point.after);
        } else {
            T out = write([&](Transaction& tx) -> T {
                T done = function(tx);
                if (commits(done)) crash_point(point.before);
                return done;
            });
            if (commits(out)) crash_point(point.after);
            return out;
        }
    }

protected:
    virtual void do_read(const std::function<void(Reader&)>& function) = 0;
    virtual void do_write(const std::function<bool(Transaction&)>& function) = 0;  // true: commit
};

// "sqlite:PATH" (":memory:" is not offered: readers need a file; creates the file, not its directory) or
// "postgresql://USER:PASSWORD@HOST:PORT/NAME" (creates nothing).
Result<std::unique_ptr<Database>> open(const std::string& url);

struct Migration {
    int number;             // 1, 2, 3 … without gaps
    std::string_view name;  // "0001_first"
    std::string_view sql;   // several statements
};

// Brings the schema up to date, each migration in its own transaction; forward only. Refuses
// (ErrorKind::conflict) a database that is newer than the list or whose applied migrations have another
// checksum. Returns how many were run.
Result<int> migrate(Database& database, std::span<const Migration> migrations, UtcTime now);

// The number of the newest migration that the database has; refuses as migrate() does, and changes nothing.
Result<int> read_schema(Reader& tx, std::span<const Migration> migrations);

// ---- Row::get

namespace detail {
template <class T>
struct Get;  // static T from(const Value&)
template <>
struct Get<std::int64_t> {
    static std::int64_t from(const Value& value);
};
template <>
struct Get<int> {
    static int from(const Value& value);
};
template <>
struct Get<bool> {
    static bool from(const Value& value) { return Get<std::int64_t>::from(value) != 0; }
};
template <>
struct Get<std::string> {
    static std::string from(const Value& value);
};
template <>
struct Get<Blob> {
    static Blob from(const Value& value);
};
template <>
struct Get<UtcTime> {
    static UtcTime from(const Value& value) { return from_micros(Get<std::int64_t>::from(value)); }
};
template <class Tag>
struct Get<StrongText<Tag>> {
    static StrongText<Tag> from(const Value& value) { return StrongText<Tag>(Get<std::string>::from(value)); }
};
template <class Tag>
struct Get<Id<Tag>> {
    static Id<Tag> from(const Value& value) { return {Get<std::int64_t>::from(value)}; }
};
template <class T>
struct Get<std::optional<T>> {
    static std::optional<T> from(const Value& value) {
        if (std::holds_alternative<std::monostate>(value)) return std::nullopt;
        return Get<T>::from(value);
    }
};
}  // namespace detail

template <class T>
T Row::get(std::size_t column) const {
    return detail::Get<T>::from(values_.at(column));
}

}  // namespace fairway::db
