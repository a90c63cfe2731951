#include "net/http.hpp"

#include <gtest/gtest.h>

namespace fairway::net {
namespace {

Request target(std::string_view text) {
    Request request;
    EXPECT_TRUE(set_target(request, text)) << text;
    return request;
}

bool refused(std::string_view text) {
    Request request;
    return !set_target(request, text);
}

TEST(Headers, are_found_in_any_case) {
    const Headers headers{{"Content-Type", "text/plain"}};
    ASSERT_NE(headers.find("content-TYPE"), nullptr);
    EXPECT_EQ(*headers.find("content-TYPE"), "text/plain");
    EXPECT_EQ(headers.find("content"), nullptr);
}

TEST(Headers, set_replaces_every_value_and_keeps_the_place) {
    Headers headers{{"a", "1"}, {"b", "2"}, {"A", "3"}, {"c", "4"}};
    headers.set("A", "5");
    const Headers::Pairs expected{{"a", "5"}, {"b", "2"}, {"c", "4"}};
    EXPECT_EQ(Headers::Pairs(headers.begin(), headers.end()), expected);
    headers.set("d", "6");
    EXPECT_EQ(*headers.find("d"), "6");
}

TEST(Headers, may_repeat) {
    Headers headers{{"Set-Cookie", "a"}};
    headers.add("set-cookie", "b");
    EXPECT_EQ(headers.count("SET-COOKIE"), 2u);
    EXPECT_EQ(*headers.find("set-cookie"), "a");
}

TEST(Target, keeps_the_path_encoded_and_decodes_the_query) {
    const Request request = target("/orders/a%2Fb?status=Part+shipped&q=%C3%A8&empty=");
    EXPECT_EQ(request.path, "/orders/a%2Fb");
    EXPECT_EQ(*request.query_value("status"), "Part shipped");
    EXPECT_EQ(*request.query_value("q"), "è");
    EXPECT_EQ(*request.query_value("empty"), "");
    EXPECT_EQ(request.query_value("absent"), nullptr);
}

TEST(Target, may_have_scheme_and_host_in_front) {
    EXPECT_EQ(target("http://shop.test:80/a?b=1").path, "/a");
    EXPECT_EQ(target("https://shop.test").path, "/");
    const Request bare = target("https://shop.test?b=1");
    EXPECT_EQ(bare.path, "/");
    EXPECT_EQ(*bare.query_value("b"), "1");
}

TEST(Target, must_be_a_path) {
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused("orders"));
    EXPECT_TRUE(refused("*"));
    EXPECT_TRUE(refused("ftp://shop.test/a"));
    EXPECT_TRUE(refused("/a#b"));
}

TEST(Target, has_no_control_characters_in_the_path) {
    EXPECT_TRUE(refused("/a%00b"));
    EXPECT_TRUE(refused("/a%0Ab"));
    EXPECT_TRUE(refused("/a%7fb"));
    EXPECT_TRUE(refused("/a\tb"));
    EXPECT_FALSE(refused("/a%20b"));
}

TEST(Target, has_a_query_that_decodes_to_text) {
    EXPECT_TRUE(refused("/?a=%zz"));
    EXPECT_TRUE(refused("/?a=%00"));
    EXPECT_TRUE(refused("/?a=%ff"));
    EXPECT_FALSE(refused("/?a=%0A"));
}

}  // namespace
}  // namespace fairway::net
