#pragma once
// Items of a list as rows of a CSV file: UTF-8 without a byte order mark, RFC 4180, CRLF.
#include <span>
#include <string>
#include <string_view>

#include "json/json.hpp"

namespace fairway::api {

// Where a cell comes from: "total.amount", or "items[].seller_sku" for all of them, joined by "; ". A
// column's name stays as it is, whatever becomes of the member. decimal: text that is a number.
struct Column {
    std::string_view name;
    std::string_view path;
    enum class Kind { text, decimal } kind = Kind::text;
};

std::string csv_header(std::span<const Column> columns);
// What a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers.
std::string csv_row(std::span<const Column> columns, const json::Value& item);

}  // namespace fairway::api
