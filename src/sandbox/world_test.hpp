#pragma once
// A sandbox driven directly, without sockets, on a clock that stands still.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

inline const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");
inline constexpr std::string_view kItaly = "APJ6JRA9NG5V4";
inline constexpr std::string_view kGermany = "A1PA6795UKMFR9";
inline constexpr std::string_view kSearch = "/orders/2026-01-01/orders";
inline constexpr std::string_view kParticipations = "/sellers/v1/marketplaceParticipations";

// The text at "errors[0].message", or "" if there is none.
inline std::string text_at(const json::Value& value, std::string_view path) {
    const json::Value* found = json::find(value, path);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
}

class SandboxTest : public testing::Test {
protected:
    SandboxTest() { use({.seed = 7, .sellers = 3}); }

    // A world of its own with these options; the clock is where it was.
    void use(Options options) {
        world_ = std::make_unique<World>(options, clock_);
        token_.clear();
    }

    const Seller& seller(std::size_t number = 1) const { return world_->sellers().at(number - 1); }
    UtcTime now() const { return clock_.now(); }
    void advance(Duration by) { clock_.advance(by); }

    net::Response send(net::Request request) { return world_->handle(std::move(request)); }
    // As it comes from the wire: the query still encoded.
    static net::Request request(std::string method, std::string_view target, std::string body = "") {
        net::Request made{.method = std::move(method), .path = {}, .body = std::move(body)};
        EXPECT_TRUE(net::set_target(made, target)) << target;
        return made;
    }

    net::Response ask_token(const QueryPairs& parameters) {
        net::Request asked = request("POST", "/auth/o2/token", format_query(parameters));
        asked.headers.add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
        return send(std::move(asked));
    }
    QueryPairs credentials(std::size_t number = 1) const {
        return {{"grant_type", "refresh_token"},
                {"refresh_token", seller(number).refresh_token},
                {"client_id", seller(number).client_id},
                {"client_secret", seller(number).client_secret}};
    }
    std::string new_token(std::size_t number = 1) {
        return text_at(body_of(ask_token(credentials(number))), "access_token");
    }

    // A call of the first seller's application.
    net::Response call(std::string method, std::string_view target, std::string body = "") {
        if (token_.empty()) token_ = new_token();
        return call_with(token_, std::move(method), target, std::move(body));
    }
    net::Response call_with(const std::string& token, std::string method, std::string_view target,
                            std::string body = "") {
        net::Request made = request(std::move(method), target, std::move(body));
        made.headers.add("x-amz-access-token", token);
        return send(std::move(made));
    }
    net::Response search(const std::string& query) { return call("GET", std::string(kSearch) + "?" + query); }
    // The ids of the orders that were found; a refused search fails the test.
    std::vector<std::string> found(const std::string& query) {
        const net::Response response = search(query);
        EXPECT_EQ(response.status, 200) << response.body;
        return ids_of(body_of(response));
    }
    json::Value shown(const std::string& order, const std::string& query = "") {
        const net::Response response = call("GET", std::string(kSearch) + "/" + order + "?" + query);
        EXPECT_EQ(response.status, 200) << response.body;
        return body_of(response).at("order");
    }

    net::Response control(std::string method, const std::string& path, const json::Value& body = nullptr) {
        return send(request(std::move(method), "/sandbox/" + path,
                            body.is_null() ? std::string() : json::serialize(body)));
    }
    // What POST /sandbox/orders wants: two pieces of one product, completed or changed by `changes`.
    json::Object wanted_order(const json::Object& changes = {}) const {
        json::Object order{
            {"seller_id", seller().seller_id},
            {"marketplace", "IT"},
            {"lines", json::Array{json::Object{
                          {"sku", "MOKA-3T"}, {"quantity", 2}, {"unit_price", "10.00"}, {"tax", "4.40"}}}}};
        for (const auto& [name, value] : changes) order[name] = value;
        return order;
    }
    json::Value place(const json::Object& changes = {}) {
        const net::Response response = control("POST", "orders", wanted_order(changes));
        EXPECT_EQ(response.status, 201) << response.body;
        return body_of(response);
    }
    std::string place_id(const json::Object& changes = {}) { return text_at(place(changes), "orderId"); }

    static json::Value body_of(const net::Response& response) {
        const auto body = json::parse(response.body);
        EXPECT_TRUE(body) << response.body;
        return body ? *body : json::Value();
    }
    static std::vector<std::string> ids_of(const json::Value& page) {
        std::vector<std::string> ids;
        for (const json::Value& order : page.at("orders").as_array())
            ids.push_back(text_at(order, "orderId"));
        return ids;
    }
    static std::string header(const net::Response& response, std::string_view name) {
        const std::string* value = response.headers.find(name);
        return value == nullptr ? "(none)" : *value;
    }

    const ManualClock real_{kStart};
    SandboxClock clock_{real_, kStart, 0};
    std::unique_ptr<World> world_{};
    std::string token_{};
};

// An answer in Amazon's envelope with this status, code and details.
MATCHER_P3(Refuses, status, code, details, "") {
    const auto body = json::parse(arg.body);
    *result_listener << arg.status << " " << arg.body;
    return arg.status == status && body && text_at(*body, "errors[0].code") == code &&
           text_at(*body, "errors[0].details") == details;
}
// A 400 InvalidInput whose message is this.
MATCHER_P(RefusesSaying, message, "") {
    const auto body = json::parse(arg.body);
    *result_listener << arg.status << " " << arg.body;
    return arg.status == 400 && body && text_at(*body, "errors[0].code") == "InvalidInput" &&
           text_at(*body, "errors[0].message") == message;
}

}  // namespace fairway::sandbox
