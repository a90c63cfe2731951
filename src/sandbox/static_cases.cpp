#include "sandbox/static_cases.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.hpp"

namespace fairway::sandbox {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kMethods{"get", "post", "put", "patch", "delete"};

const json::Object* object_at(const json::Object& object, std::string_view name) {
    const json::Value* member = object.if_contains(name);
    return member == nullptr ? nullptr : member->if_object();
}

// "a,b" and repeated parameters are the same list.
json::Array list_of(const net::Request& request, std::string_view name) {
    json::Array values;
    for (const auto& [key, value] : request.query)
        if (key == name)
            for (const std::string_view part : split(value, ',')) values.emplace_back(part);
    return values;
}

std::string text_of(const json::Value& value) {
    return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

// The value of the path's {name}, or nullptr.
const std::string* path_value(const net::Request& request, std::string_view path, std::string_view name) {
    std::size_t number = 0;
    for (const std::string_view part : split(path, '/')) {
        if (!part.starts_with('{')) continue;
        if (part.substr(1, part.size() - 2) == name)
            return number < request.params.size() ? &request.params[number] : nullptr;
        ++number;
    }
    return nullptr;
}

bool has_value(const net::Request& request, std::string_view path, const std::string& name,
               const json::Value& wanted) {
    if (name == "body") {
        const auto body = json::parse(request.body);
        return body && *body == wanted;
    }
    if (const std::string* value = path_value(request, path, name)) return *value == text_of(wanted);
    if (wanted.is_array()) return list_of(request, name) == wanted.as_array();
    const std::string* value = request.query_value(name);
    return value != nullptr && *value == text_of(wanted);
}

StaticCase read_case(int status, const json::Object& listed) {
    StaticCase read{.status = status};
    const json::Object* request = object_at(listed, "request");
    const json::Object* parameters = request == nullptr ? nullptr : object_at(*request, "parameters");
    if (parameters != nullptr)
        for (const auto& [name, parameter] : *parameters)
            if (const json::Value* value = json::find(parameter, "value"))
                read.parameters.emplace_back(std::string(name), *value);
    const json::Value* response = listed.if_contains("response");
    const bool is_empty = response == nullptr || (response->is_object() && response->as_object().empty());
    if (!is_empty) read.body = json::serialize(*response);
    else if (status >= 400) read.body = "{}";
    return read;
}

std::vector<StaticCase> read_cases(const json::Object& operation) {
    std::vector<StaticCase> cases;
    const json::Object* responses = object_at(operation, "responses");
    if (responses == nullptr) return cases;
    for (const auto& [status, response] : *responses) {
        const json::Value* listed = json::find(response, "x-amzn-api-sandbox.static");
        const auto number = parse_int(std::string(status));
        if (listed == nullptr || !listed->is_array() || !number) continue;
        for (const json::Value& each : listed->as_array())
            if (each.is_object()) cases.push_back(read_case(static_cast<int>(*number), each.as_object()));
    }
    return cases;
}

Result<json::Value> read_file(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    auto value = json::parse(text.str());
    if (!value)
        return fail(ErrorKind::malformed, "model_unreadable",
                    path.string() + " is no JSON: " + value.error().message);
    return value;
}

}  // namespace

const StaticCase* StaticOperation::find(const net::Request& request) const {
    const StaticCase* best = nullptr;
    for (const StaticCase& each : cases) {
        const bool fits = std::ranges::all_of(each.parameters, [&](const auto& parameter) {
            return has_value(request, path, parameter.first, parameter.second);
        });
        if (fits && (best == nullptr || each.parameters.size() > best->parameters.size())) best = &each;
    }
    return best;
}

std::vector<StaticOperation> read_static_operations(const json::Value& model) {
    std::vector<StaticOperation> operations;
    const json::Object* root = model.if_object();
    const json::Object* paths = root == nullptr ? nullptr : object_at(*root, "paths");
    if (paths == nullptr) return operations;
    for (const auto& [path, item] : *paths) {
        if (!item.is_object()) continue;
        for (const std::string_view method : kMethods) {
            const json::Object* operation = object_at(item.as_object(), method);
            const json::Value* name = operation == nullptr ? nullptr : operation->if_contains("operationId");
            if (name == nullptr || !name->is_string()) continue;
            StaticOperation read{
                .name = text_of(*name), .path = std::string(path), .cases = read_cases(*operation)};
            for (const char c : method) read.method += static_cast<char>(c - 'a' + 'A');
            if (!read.cases.empty()) operations.push_back(std::move(read));
        }
    }
    return operations;
}

Result<std::vector<StaticOperation>> load_static_operations(const std::string& folder) {
    std::error_code problem;
    if (!fs::is_directory(folder, problem))
        return fail(ErrorKind::invalid, "no_models",
                    folder + " is no folder; name one with Amazon's models below it");
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<StaticOperation> all;
    std::set<std::pair<std::string, std::string>> seen;
    for (const fs::path& file : files) {
        const json::Value model = TRY(read_file(file));
        for (StaticOperation& each : read_static_operations(model))
            if (seen.emplace(each.method, each.path).second) all.push_back(std::move(each));
    }
    if (all.empty())
        return fail(ErrorKind::invalid, "no_models",
                    "no model below " + folder + " lists a request of Amazon's sandbox");
    return all;
}

}  // namespace fairway::sandbox
