#pragma once
// The command line's way to Fairway: the same REST handlers, asked in this process. What a command prints is
// what the interface answers, as a table for people or as JSON.
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "api/api.hpp"
#include "json/json.hpp"
#include "main/program.hpp"

namespace fairway {

class Local {
public:
    using PersonalData = api::Api::PersonalData;

    explicit Local(Program& program);

    // The body of a 2xx answer, else its problem as an Error (message with the field, if any).
    Result<json::Value> ask(const std::string& method, const std::string& path, const QueryPairs& query = {},
                            const json::Value& body = nullptr) {
        return ask_for(PersonalData::shown, method, path, query, body);
    }
    // All pages of a list. Without personal data, unless what is printed is to show it: a look at names is
    // written down.
    Result<json::Array> list(const std::string& path, const QueryPairs& query = {},
                             PersonalData personal_data = PersonalData::hidden);

private:
    Result<json::Value> ask_for(PersonalData personal_data, const std::string& method,
                                const std::string& path, const QueryPairs& query, const json::Value& body);

    api::Api api_;
};

// Where a table's cell comes from: a member path such as "commerce_order.number".
using Columns = std::vector<std::pair<std::string_view, std::string_view>>;  // heading, path
void print_table(const json::Array& rows, const Columns& columns);
void print_json(const json::Value& value);

// Prints the problem to standard error; the exit code.
int print_error(const Error& error);

}  // namespace fairway
