#include "api/csv.hpp"

#include <boost/json.hpp>

namespace fairway::api {

namespace {

constexpr std::string_view kEach = "[]";

struct Cell {
    std::string text{};
    bool is_text = false;  // in it, not a number or a flag
};

void add(Cell& cell, const json::Value& value) {
    if (value.is_null()) return;
    if (!cell.text.empty()) cell.text += "; ";
    cell.is_text = cell.is_text || value.is_string();
    cell.text += value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

// Adds what the path leads to from here; nothing where a member is null or an array is empty.
void collect(const json::Value& value, std::string_view path, Cell& into) {
    if (path.empty()) {
        if (!value.is_array()) return add(into, value);
        for (const json::Value& each : value.as_array()) add(into, each);
        return;
    }
    if (!value.is_object()) return;
    const std::size_t dot = path.find('.');
    std::string_view name = path.substr(0, dot);
    const std::string_view rest = dot == std::string_view::npos ? "" : path.substr(dot + 1);
    const bool each_of = name.ends_with(kEach);
    if (each_of) name.remove_suffix(kEach.size());
    const json::Value* member = value.as_object().if_contains(name);
    if (member == nullptr) return;
    if (!each_of) return collect(*member, rest, into);
    if (!member->is_array()) return;
    for (const json::Value& each : member->as_array()) collect(each, rest, into);
}

// A spreadsheet runs what a cell begins with = + - or @, unless a ' stands before it. Where a spreadsheet
// takes semicolons, tabs or line breaks for what separates, a text holds the beginnings of several cells;
// spaces and quotes before a formula do not keep it from being one.
std::string defused(const std::string& text) {
    constexpr std::string_view kSeparators = ";\t\r\n";
    std::string safe;
    if (!text.empty() && std::string_view("\t\r").contains(text.front())) safe += '\'';
    bool begins = true;
    for (const char c : text) {
        if (begins && std::string_view("=+-@").contains(c)) safe += '\'';
        begins = kSeparators.contains(c) || (begins && (c == ' ' || c == '"'));
        safe += c;
    }
    return safe;
}

std::string quoted_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

std::string csv_header(std::span<const Column> columns) {
    std::string row;
    for (const Column& column : columns) row += (row.empty() ? "" : ",") + std::string(column.name);
    return row + "\r\n";
}

std::string csv_row(std::span<const Column> columns, const json::Value& item) {
    std::string row;
    for (const Column& column : columns) {
        Cell cell;
        collect(item, column.path, cell);
        if (cell.is_text && column.kind == Column::Kind::text) cell.text = defused(cell.text);
        if (&column != &columns.front()) row += ',';
        row += quoted_cell(cell.text);
    }
    return row + "\r\n";
}

}  // namespace fairway::api
