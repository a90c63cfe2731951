#include "net/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fairway::net {
namespace {

using testing::ElementsAre;

Handler says(std::string text) {
    return [text = std::move(text)](const Request&) { return Response{.body = text}; };
}

std::string answer(const Router::Match& match) { return match.handler ? (*match.handler)({}).body : ""; }

TEST(Router, finds_a_route_by_its_exact_parts) {
    Router router;
    router.add("GET", "/stores", says("list"));
    router.add("POST", "/stores", says("create"));
    EXPECT_EQ(answer(router.match("GET", "/stores")), "list");
    EXPECT_EQ(answer(router.match("POST", "/stores")), "create");
    EXPECT_EQ(router.match("GET", "/stores").pattern, "/stores");
    EXPECT_EQ(router.match("GET", "/stores/").status, 404);
    EXPECT_EQ(router.match("GET", "/Stores").status, 404);
    EXPECT_EQ(router.match("GET", "stores").status, 404);
    EXPECT_EQ(router.match("GET", "").status, 404);
}

TEST(Router, a_root_is_a_path_too) {
    Router router;
    router.add("GET", "/", says("root"));
    EXPECT_EQ(answer(router.match("GET", "/")), "root");
}

TEST(Router, params_are_decoded_once_and_may_hold_a_slash) {
    Router router;
    router.add("GET", "/listings/{store}/{seller_sku}", says(""));
    const auto match = router.match("GET", "/listings/st_1/A%2FB%2525");
    EXPECT_THAT(match.params, ElementsAre("st_1", "A/B%25"));
    EXPECT_EQ(match.pattern, "/listings/{store}/{seller_sku}");
}

TEST(Router, a_param_is_never_empty) {
    Router router;
    router.add("GET", "/stores/{store}", says(""));
    EXPECT_EQ(router.match("GET", "/stores/").status, 404);
}

TEST(Router, exact_parts_win_over_params_in_any_order_of_adding) {
    Router router;
    router.add("GET", "/{a}/b/{c}", says("param first"));
    router.add("GET", "/a/{b}/{c}", says("exact first"));
    router.add("GET", "/a/b/{c}", says("two exact"));
    EXPECT_EQ(answer(router.match("GET", "/a/b/x")), "two exact");
    EXPECT_EQ(answer(router.match("GET", "/a/x/x")), "exact first");
    EXPECT_EQ(answer(router.match("GET", "/x/b/x")), "param first");
}

TEST(Router, another_method_of_a_known_path_is_405_with_what_is_allowed) {
    Router router;
    router.add("PUT", "/stock/{sku}", says(""));
    router.add("GET", "/stock/{product}", says(""));
    const auto match = router.match("DELETE", "/stock/x");
    EXPECT_EQ(match.status, 405);
    EXPECT_EQ(match.handler, nullptr);
    EXPECT_THAT(match.allowed, ElementsAre("GET", "HEAD", "PUT"));
}

TEST(Router, head_is_answered_by_get_unless_it_has_its_own_handler) {
    Router router;
    router.add("GET", "/a", says("get"));
    router.add("HEAD", "/b", says("head"));
    router.add("GET", "/b", says("get"));
    EXPECT_EQ(answer(router.match("HEAD", "/a")), "get");
    EXPECT_EQ(answer(router.match("HEAD", "/b")), "head");
}

TEST(Router, a_part_that_does_not_decode_to_text_is_400) {
    Router router;
    router.add("GET", "/stores/{store}", says(""));
    EXPECT_EQ(router.match("GET", "/stores/%4").status, 400);
    EXPECT_EQ(router.match("GET", "/stores/%ff").status, 400);
    EXPECT_EQ(router.match("GET", "/elsewhere/%zz").status, 400);
}

TEST(Router, lists_its_routes_sorted) {
    Router router;
    router.add("POST", "/b", says(""));
    router.add("GET", "/b", says(""));
    router.add("GET", "/a/{x}", says(""));
    EXPECT_THAT(router.routes(), ElementsAre("GET /a/{x}", "GET /b", "POST /b"));
}

TEST(RouterDeathTest, a_route_is_added_once) {
    Router router;
    router.add("GET", "/a/{x}", says(""));
    EXPECT_DEATH(router.add("GET", "/a/{y}", says("")), "added once");
}

struct Dispatch : testing::Test {
    Dispatch() {
        router.add(
            "PUT", "/stock/{sku}",
            [](const Request& request) {
                return Response{.body = request.route + " " + request.params.at(0) + " " + request.body};
            },
            5);
    }
    Response ask(std::string method, std::string path, std::string body = "") {
        return dispatch(router, [](int status, const Router::Match&) { return Response{status}; })(
            {.method = std::move(method), .path = std::move(path), .body = std::move(body)});
    }
    Router router;
};

TEST_F(Dispatch, hands_the_handler_its_params_and_route) {
    EXPECT_EQ(ask("PUT", "/stock/A%20B", "12345").body, "/stock/{sku} A B 12345");
}

TEST_F(Dispatch, refuses_a_body_longer_than_the_route_takes) {
    EXPECT_EQ(ask("PUT", "/stock/x", "123456").status, 413);
}

TEST_F(Dispatch, leaves_refusals_to_the_caller) {
    EXPECT_EQ(ask("GET", "/elsewhere").status, 404);
    EXPECT_EQ(ask("GET", "/stock/%").status, 400);
}

TEST_F(Dispatch, adds_allow_to_405) {
    const Response response = ask("GET", "/stock/x");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(*response.headers.find("Allow"), "PUT");
}

}  // namespace
}  // namespace fairway::net
