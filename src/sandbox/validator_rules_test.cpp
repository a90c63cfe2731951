// The validator and what holds answers against it: what they overlooked, no test of the sandbox would see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/answer_check_test.hpp"
#include "sandbox/model_validator_test.hpp"
#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
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

// The two operations that "GET /orders/…" may be, and paths of none.
TEST_F(Validator, knows_an_operation_by_its_path) {
    const Model model(*json::parse(R"({"paths":{
        "/orders":{"get":{"operationId":"search"},"parameters":[]},
        "/orders/{id}":{"get":{"operationId":"get"}},
        "/orders/{id}/confirmation":{"post":{"operationId":"confirm"}}}})"));
    EXPECT_EQ(model.operation_at("GET", "/orders"), "search");
    EXPECT_EQ(model.operation_at("GET", "/orders/402-1"), "get");
    EXPECT_EQ(model.operation_at("POST", "/orders/402-1/confirmation"), "confirm");
    for (const char* path : {"/orders/", "/orders/402-1/items", "/sandbox/orders", "/"})
        EXPECT_EQ(model.operation_at("GET", path), std::nullopt) << path;
    EXPECT_EQ(model.operation_at("POST", "/orders"), std::nullopt);
}

// A change that looks at nothing must not pass.
TEST(AnswerCheck, looks_at_each_answer_of_amazons_operations_once) {
    const ManualClock real{kStart};
    SandboxClock clock{real, kStart, 0};
    World world({.seed = 77}, clock);
    std::vector<std::string> problems;
    const std::int64_t before = answers_checked();
    for (int i = 0; i < 2; ++i) {
        handle_checked(world, {.method = "GET", .path = "/orders/2026-01-01/orders/402-7777777-7777777"},
                       problems);
        handle_checked(world, {.method = "GET", .path = "/sandbox/sellers"}, problems);
    }
    EXPECT_EQ(answers_checked() - before, facts_folder() ? 1 : 0);
    EXPECT_THAT(problems, IsEmpty());
}

}  // namespace
}  // namespace fairway::sandbox
