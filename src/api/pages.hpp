#pragma once
// Lists as keyset pages: {"items":[…],"next":"…"|null}. The cursor is opaque to clients: the keys of the last
// row.
#include <charconv>
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

// Every query name must be one of these (and limit, after, which lists understand): a misspelt filter that
// shows everything would be a lie.
Status check_query(const Call& call, std::initializer_list<std::string_view> known);

}  // namespace fairway::api
