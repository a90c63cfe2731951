#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "json/json.hpp"

namespace fairway::json {
namespace {

Error error_of(std::string_view text, ParseLimits limits = {}) {
    const auto parsed = parse(text, limits);
    return parsed ? Error{ErrorKind::internal, "none", "it was read"} : parsed.error();
}

std::string nested(int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
}

TEST(JsonParse, reads_each_kind_of_value) {
    const auto value = parse(R"( {"a":[1,-2,true,false,null,"x\u00e8\n"],"b":{}} )");
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(serialize(*value), "{\"a\":[1,-2,true,false,null,\"x\xC3\xA8\\n\"],\"b\":{}}");
}

TEST(JsonParse, keys_keep_their_order) {
    EXPECT_EQ(serialize(parse(R"({"z":1,"a":2,"m":3})").value()), R"({"z":1,"a":2,"m":3})");
}

TEST(JsonParse, what_is_not_strict_json_is_malformed) {
    for (const char* text :
         {"",         " ",     "{",   "[1,]",     R"({"a":1,})", "{a:1}",     "'a'",      "01",      "+1",
          ".5",       "1.",    "NaN", "Infinity", "nul",         "// x\n1",   "/* x */1", R"("\x")", R"("a)",
          "\"a\nb\"", "{} {}", "1 2", "[1] x",    R"({"a"})",    R"({"a":})", "]"}) {
        const Error error = error_of(text);
        EXPECT_EQ(error.kind, ErrorKind::malformed) << text;
        EXPECT_EQ(error.code, "json_malformed") << text;
    }
}

TEST(JsonParse, the_place_of_the_error_is_told) {
    EXPECT_NE(error_of("{\n  \"a\": x}").message.find("line 2, column 8"), std::string::npos)
        << error_of("{\n  \"a\": x}").message;
    EXPECT_NE(error_of("x").message.find("line 1, column 1"), std::string::npos) << error_of("x").message;
}

TEST(JsonParse, text_that_is_not_utf8_is_malformed) {
    for (const char* text : {"\"\xFF\"", "\"\xC3\"", "\"\xED\xA0\x80\"", "{\"\x80\":1}"})
        EXPECT_EQ(error_of(text).kind, ErrorKind::malformed) << text;
}

TEST(JsonParse, a_zero_byte_becomes_the_sign_for_an_unreadable_character) {
    EXPECT_EQ(serialize(parse(R"({"a\u0000":["x\u0000\u0000y"]})").value()),
              "{\"a\xEF\xBF\xBD\":[\"x\xEF\xBF\xBD\xEF\xBF\xBDy\"]}");
    EXPECT_EQ(serialize(parse(R"(["\\u0000\\\u0000"])").value()), "[\"\\\\u0000\\\\\xEF\xBF\xBD\"]");
    EXPECT_EQ(error_of(R"("\u000)").kind, ErrorKind::malformed);
}

TEST(JsonParse, half_a_surrogate_pair_is_malformed) {
    EXPECT_EQ(serialize(parse(R"("\ud83d\ude00")").value()), "\"\xF0\x9F\x98\x80\"");
    for (const char* text : {R"("\ud83d")", R"("\ude00")", R"("\ud83dx")", R"("\ud83d\u0041")"})
        EXPECT_EQ(error_of(text).kind, ErrorKind::malformed) << text;
}

TEST(JsonParse, a_key_stands_once_in_an_object) {
    for (const char* text : {R"({"a":1,"a":2})", R"({"a":1,"b":2,"\u0061":3})", R"([{"x":{"a":1,"a":1}}])"}) {
        EXPECT_EQ(error_of(text).kind, ErrorKind::malformed) << text;
        EXPECT_NE(error_of(text).message.find("a key stands twice in one object"), std::string::npos) << text;
    }
}

TEST(JsonParse, the_same_key_may_stand_in_different_objects) {
    EXPECT_TRUE(parse(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})").has_value());
}

// A key longer than the parser's own buffer arrives in pieces.
TEST(JsonParse, long_keys_are_compared_whole) {
    const std::string key(5000, 'k');
    EXPECT_TRUE(parse("{\"" + key + "a\":1,\"" + key + "b\":2}").has_value());
    EXPECT_FALSE(parse("{\"" + key + "a\":1,\"" + key + "a\":2}").has_value());
}

TEST(JsonParse, depth_is_limited) {
    EXPECT_TRUE(parse(nested(32)).has_value());
    EXPECT_EQ(error_of(nested(33)).kind, ErrorKind::malformed);
    EXPECT_TRUE(parse(nested(5), {.depth_max = 5}).has_value());
    EXPECT_FALSE(parse(nested(6), {.depth_max = 5}).has_value());
    EXPECT_FALSE(parse(std::string(1'000'000, '[')).has_value());
}

TEST(JsonParse, a_number_that_no_double_can_hold_is_malformed) {
    EXPECT_TRUE(parse("[1e308]").has_value());
    EXPECT_EQ(error_of("[1e400]").kind, ErrorKind::malformed);
    EXPECT_EQ(error_of("[-1e400]").kind, ErrorKind::malformed);
}

TEST(JsonParse, length_is_limited) {
    EXPECT_TRUE(parse("12345", {.bytes_max = 5}).has_value());
    const Error error = error_of("123456", {.bytes_max = 5});
    EXPECT_EQ(error.kind, ErrorKind::too_large);
    EXPECT_EQ(error.code, "json_too_large");
}

RC_GTEST_PROP(JsonParse, no_text_is_more_than_refused, (const std::vector<std::uint8_t>& bytes)) {
    const auto parsed = parse(std::string(bytes.begin(), bytes.end()));
    if (parsed) RC_ASSERT(parse(serialize(*parsed)).value() == *parsed);
}

RC_GTEST_PROP(JsonParse, texts_that_look_like_json_are_read_or_refused, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-1", "true", "null", "\"", "\\u00e8", " "));
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    const auto parsed = parse(text);
    if (parsed) RC_ASSERT(parse(serialize(*parsed)).value() == *parsed);
}

class JsonFind : public testing::Test {
protected:
    const Value value =
        parse(R"({"orders":[{"id":1},{"id":2,"total":{"amount":"9.90"}}],"last":null})").value();
};

TEST_F(JsonFind, follows_members_and_indexes) {
    ASSERT_NE(find(value, "orders[1].total.amount"), nullptr);
    EXPECT_EQ(*find(value, "orders[1].total.amount"), Value("9.90"));
    EXPECT_EQ(*find(value, "orders[0].id"), Value(1));
    EXPECT_EQ(*find(value, "last"), Value(nullptr));
    EXPECT_EQ(find(value, ""), &value);
}

TEST_F(JsonFind, gives_nothing_for_what_is_not_there) {
    for (const char* path : {"none", "orders[2]", "orders[-1]", "orders[x]", "orders[0", "orders.id", "[0]",
                             "last.x", "orders[0].id.x", "orders[0]none", ".orders"})
        EXPECT_EQ(find(value, path), nullptr) << path;
}

}  // namespace
}  // namespace fairway::json
