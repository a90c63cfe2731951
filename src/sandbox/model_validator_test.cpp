#include "sandbox/model_validator_test.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/check.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace fairway::sandbox {

std::optional<std::string>& facts_folder() {
    static std::optional<std::string> folder;
    return folder;
}

json::Value read_swagger(const std::string& file_name) {
    CHECK(facts_folder().has_value(), "tests of the models are skipped without their folder");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*facts_folder())) {
        if (entry.path().filename() != file_name) continue;
        std::ostringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        auto value = json::parse(text.str());
        CHECK(value.has_value(), "Amazon's models are JSON");
        return *std::move(value);
    }
    CHECK(false, "FAIRWAY_FACTS names a folder with Amazon's models below it");
}

Model read_model(const std::string& file_name) { return Model(read_swagger(file_name)); }

namespace {

// "/orders/v0/orders/{orderId}/shipmentConfirmation": what stands for a parameter is any part.
bool matches(std::string_view pattern, std::string_view path) {
    const auto wanted = split(pattern, '/');
    const auto parts = split(path, '/');
    return std::ranges::equal(wanted, parts, [](std::string_view want, std::string_view part) {
        return want == part || (want.starts_with('{') && !part.empty());
    });
}

}  // namespace

std::optional<std::string> Model::operation_at(std::string_view method, std::string_view path) const {
    for (const auto& each : swagger_.at("paths").as_object()) {
        if (!matches(each.key(), path)) continue;
        const json::Value* operation = each.value().as_object().if_contains(to_lower_ascii(method));
        if (operation != nullptr) return std::string(operation->at("operationId").as_string());
    }
    return std::nullopt;
}

std::vector<std::string> Model::problems(const std::string& operation, int status,
                                         const json::Value& body) const {
    problems_.clear();
    bool known = false;
    for (const auto& path : swagger_.at("paths").as_object())
        for (const auto& member : path.value().as_object()) {
            const json::Object* each = member.value().if_object();
            if (each == nullptr || !each->contains("operationId") ||
                each->at("operationId").as_string() != operation)
                continue;
            known = true;
            const json::Value* response =
                each->at("responses").as_object().if_contains(std::to_string(status));
            if (response == nullptr) {
                problems_.push_back(operation + " never answers " + std::to_string(status));
                continue;
            }
            const json::Value* schema = response->as_object().if_contains("schema");
            if (schema != nullptr) check(body, schema->as_object(), "");
            else if (!body.is_null()) problems_.push_back("there is a body");
        }
    if (!known) problems_.push_back("there is no operation " + operation);
    return problems_;
}

std::vector<std::string> Model::problems_of(const std::string& definition, const json::Value& value) const {
    problems_.clear();
    check(value, swagger_.at("definitions").at(definition).as_object(), "");
    return problems_;
}

const json::Object& Model::resolve(const json::Object& schema) const {
    const json::Value* reference = schema.if_contains("$ref");
    if (reference == nullptr) return schema;
    // "#/definitions/Order"
    const std::string name(reference->as_string());
    return resolve(swagger_.at("definitions").at(name.substr(name.rfind('/') + 1)).as_object());
}

void Model::check(const json::Value& value, const json::Object& unresolved, const std::string& path) const {
    const json::Object& schema = resolve(unresolved);
    const auto problem = [&](const std::string& what) { problems_.push_back(path + ": " + what); };
    if (const json::Value* values = schema.if_contains("enum"))
        if (std::ranges::count(values->as_array(), value) == 0) problem("is none of the enum's values");
    const json::Value* type = schema.if_contains("type");
    if (type == nullptr || *type == "object") return check_object(value, schema, path);
    if (*type == "array") {
        if (!value.is_array()) return problem("is no array");
        for (std::size_t i = 0; i < value.as_array().size(); ++i)
            check(value.as_array()[i], schema.at("items").as_object(), path + "[" + std::to_string(i) + "]");
        return;
    }
    if (*type == "string" && !value.is_string()) problem("is no text");
    if (*type == "integer" && !value.is_int64() && !value.is_uint64()) problem("is no whole number");
    if (*type == "number" && !value.is_number()) problem("is no number");
    if (*type == "boolean" && !value.is_bool()) problem("is no boolean");
    const json::Value* format = schema.if_contains("format");
    if (format != nullptr && *format == "date-time" && value.is_string() &&
        !parse_rfc3339(std::string(value.as_string())))
        problem("is no time");
}

void Model::check_object(const json::Value& value, const json::Object& schema,
                         const std::string& path) const {
    const auto problem = [&](const std::string& where, const std::string& what) {
        problems_.push_back((path.empty() ? "" : path + ".") + where + ": " + what);
    };
    if (!value.is_object()) return problem("", "is no object");
    if (const json::Value* required = schema.if_contains("required"))
        for (const json::Value& name : required->as_array())
            if (!value.as_object().contains(name.as_string()))
                problem(std::string(name.as_string()), "is missing");
    static const json::Object kNone;
    const json::Value* properties = schema.if_contains("properties");
    const json::Object& known = properties == nullptr ? kNone : properties->as_object();
    for (const auto& [name, member] : value.as_object()) {
        const json::Value* property = known.if_contains(name);
        if (property == nullptr) problem(std::string(name), "is not in the model");
        else check(member, property->as_object(), (path.empty() ? "" : path + ".") + std::string(name));
    }
}

}  // namespace fairway::sandbox
