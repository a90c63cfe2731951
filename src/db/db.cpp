#include "db/db.hpp"

#include <utility>

#include "db/postgres.hpp"
#include "db/sqlite.hpp"

namespace fairway::db {

namespace {

Argument view(const Value& value) {
    return std::visit([](const auto& each) { return argument(each); }, value);
}

struct Owner {
    Value operator()(std::monostate none) const { return none; }
    Value operator()(std::int64_t number) const { return number; }
    Value operator()(std::string_view text) const { return std::string(text); }
    Value operator()(std::span<const std::uint8_t> bytes) const { return Blob(bytes.begin(), bytes.end()); }
};

}  // namespace

Value own(const Argument& argument) { return std::visit(Owner{}, argument); }

std::vector<Row> Reader::run(std::string_view sql, const std::vector<Value>& values) {
    std::vector<Argument> arguments;
    arguments.reserve(values.size());
    for (const Value& value : values) arguments.push_back(view(value));
    return run(sql, std::span<const Argument>(arguments));
}

std::optional<Row> Reader::single(std::vector<Row> rows) {
    CHECK(rows.size() <= 1, "this statement finds one row at most");
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::int64_t Transaction::insert_row(std::string_view sql, std::span<const Argument> arguments) {
    const std::vector<Row> rows = run(std::string(sql) + " RETURNING id", arguments);
    CHECK(rows.size() == 1, "an INSERT of one row gives its id");
    return rows.front().get<std::int64_t>(0);
}

namespace detail {

std::int64_t Get<std::int64_t>::from(const Value& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    CHECK(number != nullptr, "the column holds an integer");
    return *number;
}

int Get<int>::from(const Value& value) {
    const std::int64_t number = Get<std::int64_t>::from(value);
    CHECK(std::in_range<int>(number), "the column holds a small integer");
    return static_cast<int>(number);
}

std::string Get<std::string>::from(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    CHECK(text != nullptr, "the column holds a text");
    return *text;
}

Blob Get<Blob>::from(const Value& value) {
    const auto* blob = std::get_if<Blob>(&value);
    CHECK(blob != nullptr, "the column holds bytes");
    return *blob;
}

}  // namespace detail

Result<std::unique_ptr<Database>> open(const std::string& url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (url.starts_with(kSqlite)) return open_sqlite(url.substr(kSqlite.size()));
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return open_postgres(url);
    return fail(ErrorKind::invalid, "database_url_invalid",
                "database url \"" + url.substr(0, url.find(':') + 1) +
                    "…\" is not understood; use sqlite:PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME");
}

}  // namespace fairway::db
