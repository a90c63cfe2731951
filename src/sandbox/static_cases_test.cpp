#include "sandbox/static_cases.hpp"

#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

// Two operations in the form of Amazon's models.
json::Value small_model() {
    return *json::parse(R"({"swagger":"2.0","paths":{
      "/things":{"get":{"operationId":"listThings","responses":{
        "200":{"x-amzn-api-sandbox":{"static":[
          {"request":{"parameters":{"ids":{"value":["B","A"]},"after":{"value":"2024-01-01T00:00:00Z"}}},
           "response":{"things":[1]}},
          {"request":{"parameters":{"ids":{"value":["B","A"]},"after":{"value":"2024-01-01T00:00:00Z"},
                                    "token":{"value":"T1"}}},
           "response":{"things":[2]}}]}},
        "400":{"x-amzn-api-sandbox":{"static":[
          {"request":{"parameters":{"after":{"value":"TEST_CASE_400"}}},
           "response":{"errors":[{"code":"InvalidInput","message":"Invalid Input"}]}}]}},
        "500":{"description":"has no case"}}},
        "x-other":{"operationId":"none"}},
      "/things/{thingId}/sent":{"post":{"operationId":"sendThing","responses":{
        "204":{"x-amzn-api-sandbox":{"static":[{"request":{"parameters":{}},"response":{}}]}},
        "400":{"x-amzn-api-sandbox":{"static":[
          {"request":{"parameters":{"thingId":{"value":"7"},"body":{"value":{"a":{"b":1}}}}},
           "response":{}}]}}}}},
      "/nothing":{"get":{"operationId":"nothing","responses":{"200":{}}}}}})");
}

class StaticSandbox : public SandboxTest {
protected:
    StaticSandbox() { use_operations(read_static_operations(small_model())); }

    void use_operations(std::vector<StaticOperation> operations) {
        use({.seed = 7,
             .static_operations =
                 std::make_shared<const std::vector<StaticOperation>>(std::move(operations))});
    }
    std::string body_for(const std::string& query) { return call("GET", "/things?" + query).body; }
};

const std::string kAfter = "after=2024-01-01T00%3A00%3A00Z";

TEST_F(StaticSandbox, answers_the_case_whose_parameters_are_the_calls) {
    EXPECT_EQ(body_for(kAfter + "&ids=B%2CA"), R"({"things":[1]})");
    EXPECT_EQ(body_for("ids=B&ids=A&" + kAfter), R"({"things":[1]})");
    const net::Response refused = call("GET", "/things?after=TEST_CASE_400");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.body, R"({"errors":[{"code":"InvalidInput","message":"Invalid Input"}]})");
}

TEST_F(StaticSandbox, of_several_cases_the_one_with_the_most_parameters_is_meant) {
    EXPECT_EQ(body_for(kAfter + "&ids=B%2CA&token=T1"), R"({"things":[2]})");
    EXPECT_EQ(body_for(kAfter + "&ids=B%2CA&token=T2"), R"({"things":[1]})");
}

TEST_F(StaticSandbox, values_must_be_equal_and_lists_in_the_same_order) {
    for (const std::string& query : {kAfter + "&ids=A%2CB", kAfter + "&ids=B", kAfter, std::string("ids=B,A"),
                                     std::string("ids=B,A&after=2024-01-01T00%3A00%3A00.000Z")}) {
        const net::Response response = call("GET", "/things?" + query);
        EXPECT_THAT(response, RefusesSaying("Could not match input arguments")) << query;
        EXPECT_EQ(response.status, 400);
    }
}

TEST_F(StaticSandbox, a_body_must_be_equal_as_a_whole) {
    const auto send = [&](const char* id, const char* body) {
        return call("POST", "/things/" + std::string(id) + "/sent", body);
    };
    EXPECT_EQ(send("7", R"({"a":{"b":1}})").status, 400);
    EXPECT_EQ(send("7", R"({"a":{"b":1}})").body, "{}");
    EXPECT_EQ(send("8", R"({"a":{"b":1}})").status, 204);
    EXPECT_EQ(send("7", R"({"a":{"b":1},"c":2})").status, 204);
    EXPECT_EQ(send("7", "").body, "");
}

TEST_F(StaticSandbox, has_a_gate_and_one_limit_for_all_operations) {
    EXPECT_EQ(send(request("GET", "/things?after=TEST_CASE_400")).status, 403);
    EXPECT_EQ(header(call("GET", "/things?after=TEST_CASE_400"), "x-amzn-RateLimit-Limit"), "5");
    for (int i = 0; i < 14; ++i) ASSERT_EQ(call("POST", "/things/8/sent", "{}").status, 204);
    EXPECT_EQ(call("GET", "/things?after=TEST_CASE_400").status, 429);
}

TEST_F(StaticSandbox, knows_no_operation_without_a_case) {
    EXPECT_EQ(call("GET", "/nothing").status, 404);
    EXPECT_EQ(call("GET", std::string(kSearch) + "?lastUpdatedAfter=2026-11-01T00:00:00Z").status, 404);
}

TEST(StaticModels, a_folder_without_models_is_refused) {
    EXPECT_EQ(load_static_operations("/nowhere").error().code, "no_models");
}

}  // namespace
}  // namespace fairway::sandbox
