#pragma once
// Lists as keyset pages: {"items":[…],"next":"…"|null}. The cursor is opaque to clients: the keys of the last
// row.
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "api/call.hpp"

namespace fairway::api {

struct PageRequest {
    int limit = 50;
    std::string after{};  // what the previous page gave as next, decoded; empty for the first
};
// limit 1 to 200. invalid: limit_invalid, cursor_invalid.
Result<PageRequest> read_page(const Call& call);
std::string encode_cursor(std::string_view keys);

// A cursor of one integer key.
Result<std::optional<std::int64_t>> read_id_cursor(const PageRequest& page);

// rows holds up to limit + 1 records; the extra one only says that there is a next page.
template <class Record, class Render, class Key>
Answer page_of(std::vector<Record> rows, int limit, Render render, Key key) {
    json::Object body;
    const bool more = static_cast<int>(rows.size()) > limit;
    if (more) rows.resize(static_cast<std::size_t>(limit));
    json::Array items;
    for (const Record& row : rows) items.push_back(json::encode(render(row)));
    body["items"] = std::move(items);
    body["next"] = more ? json::Value(encode_cursor(key(rows.back()))) : json::Value(nullptr);
    return {200, std::move(body)};
}

// A list short enough to be read whole, in pages all the same: the cursor is the place in it. Rows are only
// ever added behind the others.
template <class Record, class Render>
Result<Answer> page_of_all(const Call& call, std::vector<Record> rows, Render render) {
    const PageRequest page = TRY(read_page(call));
    const auto after = TRY(read_id_cursor(page));
    const auto count = static_cast<std::int64_t>(rows.size());
    const std::int64_t begin = std::clamp<std::int64_t>(after.value_or(0), 0, count);
    const std::int64_t end = std::min(count, begin + page.limit);
    json::Array items;
    for (std::int64_t i = begin; i < end; ++i)
        items.push_back(json::encode(render(rows[static_cast<std::size_t>(i)])));
    json::Object body;
    body["items"] = std::move(items);
    body["next"] = end < count ? json::Value(encode_cursor(std::to_string(end))) : json::Value(nullptr);
    return Answer{200, std::move(body)};
}

// Every query name must be one of these (and limit, after, which lists understand), once: a misspelt filter
// that shows everything would be a lie.
Status check_query(const Call& call, std::span<const std::string_view> known);
inline Status check_query(const Call& call, std::initializer_list<std::string_view> known) {
    return check_query(call, std::span<const std::string_view>(known.begin(), known.size()));
}

std::unexpected<Error> bad_filter(std::string_view name, std::string_view why);
// Filters that several lists have; nothing when the query does not name them. invalid filter_invalid.
Result<std::optional<UtcTime>> read_time(const Call& call, std::string_view name);
Result<std::optional<bool>> read_flag(const Call& call, std::string_view name);
Result<std::optional<std::string>> read_search(const Call& call);  // q
// personal_data=false: the answer shows none, and so leaves no trace in the audit.
Status read_personal_data(Call& call);

}  // namespace fairway::api
