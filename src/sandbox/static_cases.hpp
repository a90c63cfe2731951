#pragma once
// Amazon's own sandbox: it keeps no state and answers only the requests that its models list, each with the
// answer that is listed beside it (x-amzn-api-sandbox). Read once, then constant.
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "json/json.hpp"
#include "net/http.hpp"

namespace fairway::sandbox {

// One listed request. All of its parameters must be in the call, each with exactly this value; "body" is the
// whole body.
struct StaticCase {
    std::vector<std::pair<std::string, json::Value>> parameters{};
    int status = 200;
    std::string body{};  // "" of answers without one
};

struct StaticOperation {
    std::string name{};    // "searchOrders"
    std::string method{};  // "GET"
    std::string path{};    // "/orders/2026-01-01/orders/{orderId}"
    std::vector<StaticCase> cases{};

    // The case that a call meets; of several the one with the most parameters. nullptr: no case is like it.
    const StaticCase* find(const net::Request& request) const;
};

// Of one model.
std::vector<StaticOperation> read_static_operations(const json::Value& model);

// Of all models below a folder. invalid: no such folder, or no case in it; malformed: a file that is not
// JSON.
Result<std::vector<StaticOperation>> load_static_operations(const std::string& folder);

}  // namespace fairway::sandbox
