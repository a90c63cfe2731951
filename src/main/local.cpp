#include "main/local.hpp"

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"

namespace fairway {

namespace {

constexpr int kPagesMax = 100'000;

Error to_error(const net::Response& response) {
    const auto body = json::parse(response.body);
    const auto text = [&](std::string_view member) -> std::string {
        if (!body || !body->is_object()) return {};
        const json::Value* value = body->as_object().if_contains(member);
        return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    const std::string field = text("field");
    std::string message = text("detail");
    // Most texts name their field themselves.
    if (!field.empty() && !message.contains(field)) message = field + ": " + message;
    return {ErrorKind::invalid, text("code"), message.empty() ? "the request failed" : message, field};
}

std::string cell(const json::Value& row, std::string_view path) {
    const json::Value* value = &row;
    for (const std::string_view part : split(path, '.')) {
        if (!value->is_object()) return "-";
        value = value->as_object().if_contains(part);
        if (value == nullptr) return "-";
    }
    if (value->is_null()) return "-";
    if (value->is_string()) return std::string(value->as_string());
    if (value->is_bool()) return value->as_bool() ? "yes" : "no";
    if (value->is_object() && value->as_object().contains("amount"))
        return cell(*value, "amount") + " " + cell(*value, "currency");
    return json::serialize(*value);
}

}  // namespace

Local::Local(Program& program)
    : api_({.sync = *program.context,
            // A running daemon plans by itself; without one the next `sync --once` does.
            .ask_for_tick = [](SyncRunId, std::optional<StoreId>) {},
            .public_url = program.config.public_url,
            .rng = program.rng,
            .process = facts_of(program)}) {}

Result<json::Value> Local::ask_for(PersonalData personal_data, const std::string& method,
                                   const std::string& path, const QueryPairs& query,
                                   const json::Value& body) {
    net::Request request{.method = method, .path = "/api/v1" + path, .query = query};
    if (!body.is_null()) request.body = json::serialize(body);
    const net::Response response = api_.handle_local(std::move(request), personal_data);
    if (response.status >= 300) return std::unexpected(to_error(response));
    return json::parse(response.body);
}

Result<json::Array> Local::list(const std::string& path, const QueryPairs& query,
                                PersonalData personal_data) {
    json::Array rows;
    std::string after;
    for (int page = 0; page < kPagesMax; ++page) {
        QueryPairs page_query = query;
        page_query.emplace_back("limit", "200");
        if (!after.empty()) page_query.emplace_back("after", after);
        const json::Value answer = TRY(ask_for(personal_data, "GET", path, page_query, nullptr));
        for (const json::Value& row : answer.at("items").as_array()) rows.push_back(row);
        if (answer.at("next").is_null()) return rows;
        after = std::string(answer.at("next").as_string());
    }
    return fail(ErrorKind::internal, "list_too_long", "the list does not end");
}

void print_table(const json::Array& rows, const Columns& columns) {
    std::vector<std::vector<std::string>> lines;
    std::vector<std::string> head;
    for (const auto& [heading, path] : columns) head.emplace_back(heading);
    lines.push_back(head);
    for (const json::Value& row : rows) {
        std::vector<std::string> line;
        for (const auto& [heading, path] : columns) line.push_back(cell(row, path));
        lines.push_back(std::move(line));
    }
    std::vector<std::size_t> widths(columns.size(), 0);
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], utf8_length(line[i]));
    for (const auto& line : lines) {
        std::string text;
        for (std::size_t i = 0; i < line.size(); ++i) {
            text += line[i];
            if (i + 1 < line.size()) text.append(widths[i] - utf8_length(line[i]) + 2, ' ');
        }
        std::printf("%s\n", text.c_str());
    }
}

void print_json(const json::Value& value) { std::printf("%s\n", json::serialize(value).c_str()); }

int print_error(const Error& error) {
    std::fprintf(stderr, "fairway: %s\n", error.message.c_str());
    return 1;
}

}  // namespace fairway
