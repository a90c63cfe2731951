#pragma once
// What the handlers of /sandbox/ share: their bodies' types and how they answer.
#include <optional>
#include <string>
#include <vector>

#include "json/decode.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

struct PackageItem {
    int line = 0;
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(PackageItem, (), (line, quantity))

struct NewPackage {
    std::optional<std::string> reference_id{}, carrier{}, tracking{};
    std::optional<std::vector<PackageItem>> items{};
};
BOOST_DESCRIBE_STRUCT(NewPackage, (), (reference_id, carrier, tracking, items))

// Ships units as Seller Central or another tool would; says why it cannot. A package without items takes all
// that is open.
std::optional<std::string> ship_elsewhere(Order& order, const std::vector<NewPackage>& packages, UtcTime now);

namespace control {

inline net::Response answer(int status, const json::Value& body) {
    return {
        .status = status, .headers = {{"Content-Type", "application/json"}}, .body = json::serialize(body)};
}

inline net::Response refuse(int status, const std::string& message) {
    return answer(status, json::Object{{"error", message}});
}

// With all secrets.
json::Object render(const Seller& seller);

template <class T>
Result<T> read(const net::Request& request) {
    return json::decode<T>(TRY(json::parse(request.body)));
}

}  // namespace control

}  // namespace fairway::sandbox
