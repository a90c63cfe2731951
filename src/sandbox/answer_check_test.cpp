#include "sandbox/answer_check_test.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <set>

#include "base/text.hpp"
#include "sandbox/model_validator_test.hpp"

namespace fairway::sandbox {

namespace {

std::atomic<std::int64_t> checked{0};

const std::vector<Model>& models() {
    static const std::vector<Model> all = [] {
        std::vector<Model> read;
        if (facts_folder())
            for (const char* file : {"orders_2026-01-01.json", "ordersV0.json", "sellers.json"})
                read.push_back(read_model(file));
        return read;
    }();
    return all;
}

std::mutex mutex;

// Answers come again and again: each is looked at once. Under the mutex.
bool is_new(const net::Request& request, const net::Response& response) {
    static std::set<std::size_t> seen;
    return seen
        .insert(std::hash<std::string>()(request.method + request.path + std::to_string(response.status) +
                                         response.body))
        .second;
}

bool answers_are_spoilt(World& world) {
    constexpr std::array<std::string_view, 4> kSpoiling{"truncate", "not_json", "unknown_values",
                                                        "undecodable_rows"};
    const net::Response faults = world.handle({.method = "GET", .path = "/sandbox/faults"});
    const auto list = json::parse(faults.body);
    return list && std::ranges::any_of(list->as_array(), [&](const json::Value& fault) {
               return std::ranges::count(kSpoiling, std::string_view(fault.at("kind").as_string())) > 0;
           });
}

}  // namespace

net::Response handle_checked(World& world, net::Request request, std::vector<std::string>& problems) {
    const net::Request asked = request;
    net::Response response = world.handle(std::move(request));
    // What is no HTTP as Amazon wants it never reaches an operation: the model does not know that answer.
    const std::string* type = response.headers.find("Content-Type");
    const bool of_gate = response.status == 400 && type != nullptr && *type == "text/html";
    if (response.delivery != net::Delivery::whole || of_gate) return response;
    const std::lock_guard lock(mutex);
    for (const Model& model : models()) {
        const auto operation = model.operation_at(asked.method, asked.path);
        if (!operation || !is_new(asked, response) || answers_are_spoilt(world)) continue;
        ++checked;
        const auto body =
            response.body.empty() ? Result<json::Value>(json::Value()) : json::parse(response.body);
        if (!body) problems.push_back(*operation + ": the answer is no JSON");
        else
            for (const std::string& each : model.problems(*operation, response.status, *body))
                problems.push_back(*operation + " answers " + std::to_string(response.status) + ": " + each);
    }
    return response;
}

std::int64_t answers_checked() { return checked; }

}  // namespace fairway::sandbox
