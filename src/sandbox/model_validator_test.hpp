#pragma once
// Holds a JSON value against a definition of one of Amazon's Swagger 2 models. The subset that the models
// use: $ref, type, required, properties, items, enum, format date-time. Members that a definition does not
// have are problems.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"

namespace fairway::sandbox {

// A folder with Amazon's models somewhere below; nullopt: not given.
std::optional<std::string>& facts_folder();

class Model {
public:
    explicit Model(json::Value swagger) : swagger_(std::move(swagger)) {}

    // The operation that such a call is of, "getOrder"; nullopt: none of this model.
    std::optional<std::string> operation_at(std::string_view method, std::string_view path) const;
    // What is wrong with the answer of an operation: "orders[0].orderId: is missing".
    std::vector<std::string> problems(const std::string& operation, int status,
                                      const json::Value& body) const;
    // The same for a value and a definition by name.
    std::vector<std::string> problems_of(const std::string& definition, const json::Value& value) const;

private:
    void check(const json::Value& value, const json::Object& schema, const std::string& path) const;
    void check_object(const json::Value& value, const json::Object& schema, const std::string& path) const;
    const json::Object& resolve(const json::Object& schema) const;

    json::Value swagger_;
    mutable std::vector<std::string> problems_;
};

// The model in this file, found below the folder.
json::Value read_swagger(const std::string& file_name);
Model read_model(const std::string& file_name);

}  // namespace fairway::sandbox
