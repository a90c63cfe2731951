#pragma once
// For the tests of the REST interface: the contract as it is served, and whether an answer is what it
// promises. Understands the part of JSON Schema that api/openapi.yaml uses.
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "net/router.hpp"
#include "openapi/openapi.hpp"

namespace fairway::api {

struct Operation {
    std::string method{};   // "GET"
    std::string pattern{};  // "/api/v1/stores/{store}"
    const json::Object* facts = nullptr;

    std::string_view role() const {
        const json::Value* role = facts->if_contains("x-role");
        return role == nullptr ? std::string_view() : std::string_view(role->as_string());
    }
    const json::Object& responses() const { return facts->at("responses").as_object(); }
};

class Contract {
public:
    Contract() {
        auto parsed = json::parse(openapi_json());
        CHECK(parsed.has_value(), "the contract is JSON");
        document_ = *std::move(parsed);
        for (const auto& [pattern, item] : document_.at("paths").as_object())
            for (const auto& [method, facts] : item.as_object()) {
                std::string upper(method);
                for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
                operations_.push_back({upper, std::string(pattern), &facts.as_object()});
                router_.add(upper, std::string(pattern), [](const net::Request&) { return net::Response{}; });
            }
    }

    const json::Value& document() const { return document_; }
    const json::Object& schemas() const { return document_.at("components").at("schemas").as_object(); }
    const std::vector<Operation>& operations() const { return operations_; }

    const Operation* find_operation(std::string_view method, std::string_view path) const {
        const net::Router::Match match = router_.match(method, path);
        for (const Operation& each : operations_)
            if (match.handler != nullptr && each.method == method && each.pattern == match.pattern)
                return &each;
        return nullptr;
    }

    const json::Value& resolve(const json::Value& value) const {
        const json::Value* ref = value.is_object() ? value.as_object().if_contains("$ref") : nullptr;
        if (ref == nullptr) return value;
        const json::Value* at = &document_;
        for (const std::string_view part : split(std::string_view(ref->as_string()).substr(2), '/'))
            at = &at->as_object().at(part);
        return resolve(*at);
    }

    // What is wrong with the answer; empty when it keeps the contract.
    std::vector<std::string> check_answer(const Operation& operation, int status,
                                          const json::Value& body) const {
        const json::Value* response = operation.responses().if_contains(std::to_string(status));
        if (response == nullptr) return {"status " + std::to_string(status) + " is not in the contract"};
        const json::Object& content = resolve(*response).at("content").as_object();
        std::vector<std::string> wrong;
        check(body, content.begin()->value().at("schema"), "", wrong);
        if (status >= 400 && wrong.empty()) check_code(operation, body, wrong);
        return wrong;
    }

    void check(const json::Value& value, const json::Value& schema, const std::string& path,
               std::vector<std::string>& wrong) const {
        const json::Object& facts = resolve(schema).as_object();
        if (const json::Value* choices = facts.if_contains("oneOf"))
            return check_one_of(value, choices->as_array(), path, wrong);
        const json::Value* type = facts.if_contains("type");
        if (type != nullptr && !has_type(value, *type))
            return wrong.push_back(path + ": has another type than " + json::serialize(*type));
        const json::Value* words = facts.if_contains("enum");
        if (words != nullptr && !value.is_null() && !contains(words->as_array(), value))
            wrong.push_back(path + ": " + json::serialize(value) + " is none of the values");
        if (value.is_array())
            for (std::size_t i = 0; i < value.as_array().size(); ++i)
                check(value.as_array()[i], facts.at("items"), path + "[" + std::to_string(i) + "]", wrong);
        if (value.is_object()) check_object(value.as_object(), facts, path, wrong);
    }

    static bool contains(const json::Array& array, const json::Value& value) {
        for (const json::Value& each : array)
            if (each == value) return true;
        return false;
    }

private:
    void check_code(const Operation& operation, const json::Value& body,
                    std::vector<std::string>& wrong) const {
        const json::Value& code = body.at("code");
        const json::Value* own = operation.facts->if_contains("x-problems");
        if (own != nullptr && contains(own->as_array(), code)) return;
        if (contains(document_.at("x-common-problems").as_array(), code)) return;
        wrong.push_back("code " + json::serialize(code) + " is not in the contract");
    }

    void check_one_of(const json::Value& value, const json::Array& choices, const std::string& path,
                      std::vector<std::string>& wrong) const {
        std::vector<std::string> all;
        for (const json::Value& choice : choices) {
            std::vector<std::string> here;
            check(value, choice, path, here);
            if (here.empty()) return;
            all.insert(all.end(), here.begin(), here.end());
        }
        wrong.insert(wrong.end(), all.begin(), all.end());
    }

    void check_object(const json::Object& object, const json::Object& facts, const std::string& path,
                      std::vector<std::string>& wrong) const {
        if (const json::Value* required = facts.if_contains("required"))
            for (const json::Value& name : required->as_array())
                if (!object.contains(name.as_string()))
                    wrong.push_back(path + "." + std::string(name.as_string()) + ": is missing");
        const json::Value* properties = facts.if_contains("properties");
        const json::Value* others = facts.if_contains("additionalProperties");
        for (const auto& [name, member] : object) {
            const std::string member_path = path + "." + std::string(name);
            const json::Value* known =
                properties == nullptr ? nullptr : properties->as_object().if_contains(name);
            if (known != nullptr) check(member, *known, member_path, wrong);
            else if (others != nullptr && others->is_object()) check(member, *others, member_path, wrong);
            else if (properties != nullptr) wrong.push_back(member_path + ": is not in the contract");
        }
    }

    static bool has_type(const json::Value& value, const json::Value& type) {
        if (type.is_array()) {
            for (const json::Value& each : type.as_array())
                if (has_type(value, each)) return true;
            return false;
        }
        const std::string_view name = type.as_string();
        if (name == "string") return value.is_string();
        if (name == "integer") return value.is_int64();
        if (name == "boolean") return value.is_bool();
        if (name == "array") return value.is_array();
        if (name == "object") return value.is_object();
        return name == "null" && value.is_null();
    }

    json::Value document_;
    std::vector<Operation> operations_;
    net::Router router_;
};

inline const Contract& contract() {
    static const Contract the_contract;
    return the_contract;
}

}  // namespace fairway::api
