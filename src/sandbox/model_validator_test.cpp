#include "sandbox/model_validator_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/check.hpp"
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

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The validator is itself held to a small model: what it overlooked, no test of the sandbox would see.
class Validator : public testing::Test {
protected:
    static std::vector<std::string> check(const json::Value& value) {
        return model().problems_of("Order", value);
    }
    static const Model& model() {
        static const Model small(*json::parse(R"({"definitions":{
            "Money":{"type":"object","required":["amount"],"properties":{"amount":{"type":"string"}}},
            "Order":{"type":"object","required":["id","total"],"properties":{
                "id":{"type":"string"},"count":{"type":"integer"},"open":{"type":"boolean"},
                "time":{"type":"string","format":"date-time"},
                "status":{"type":"string","enum":["A","B"]},
                "total":{"$ref":"#/definitions/Money"},
                "lines":{"type":"array","items":{"$ref":"#/definitions/Money"}}}}}})"));
        return small;
    }
    static json::Object good() {
        return {{"id", "1"},
                {"count", 2},
                {"open", true},
                {"time", "2026-11-23T08:00:00Z"},
                {"status", "A"},
                {"total", json::Object{{"amount", "1.00"}}},
                {"lines", json::Array{json::Object{{"amount", "1.00"}}}}};
    }
    static std::vector<std::string> check_with(const char* name, const json::Value& value) {
        json::Object changed = good();
        changed[name] = value;
        return check(changed);
    }
};

TEST_F(Validator, has_nothing_against_what_fits) { EXPECT_THAT(check(good()), IsEmpty()); }

TEST_F(Validator, names_what_is_missing) {
    EXPECT_THAT(check(json::Object{{"id", "1"}}), ElementsAre("total: is missing"));
    EXPECT_THAT(check_with("total", json::Object{}), ElementsAre("total.amount: is missing"));
}

TEST_F(Validator, names_what_the_model_lacks) {
    EXPECT_THAT(check_with("more", 1), ElementsAre("more: is not in the model"));
}

TEST_F(Validator, looks_into_references_and_lists) {
    EXPECT_THAT(check_with("lines", json::Array{json::Object{{"amount", 1}}}),
                ElementsAre("lines[0].amount: is no text"));
    EXPECT_THAT(check_with("lines", json::Object{}), ElementsAre("lines: is no array"));
}

TEST_F(Validator, knows_every_type) {
    EXPECT_THAT(check_with("id", 1), ElementsAre("id: is no text"));
    EXPECT_THAT(check_with("id", nullptr), ElementsAre("id: is no text"));
    EXPECT_THAT(check_with("count", "2"), ElementsAre("count: is no whole number"));
    EXPECT_THAT(check_with("count", 2.5), ElementsAre("count: is no whole number"));
    EXPECT_THAT(check_with("open", "true"), ElementsAre("open: is no boolean"));
    EXPECT_THAT(check_with("time", "yesterday"), ElementsAre("time: is no time"));
    EXPECT_THAT(check_with("status", "C"), ElementsAre("status: is none of the enum's values"));
    EXPECT_THAT(check_with("total", "1.00"), ElementsAre("total.: is no object"));
}

}  // namespace
}  // namespace fairway::sandbox
