#include "base/text.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace fairway {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::string text_of(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// The bits of a code point, in the given number of bytes; says nothing about whether that is well-formed.
std::string spread(std::uint32_t code_point, int length) {
    if (length == 1) return {static_cast<char>(code_point)};
    std::string text;
    for (int i = length - 1; i > 0; --i)
        text.insert(text.begin(), static_cast<char>(0x80 | (code_point >> (6 * (length - 1 - i)) & 0x3F)));
    const std::uint32_t mark = 0xFF00U >> length & 0xFF;
    text.insert(text.begin(), static_cast<char>(mark | code_point >> (6 * (length - 1))));
    return text;
}

int shortest(std::uint32_t code_point) {
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

TEST(Utf8, exactly_the_shortest_form_of_every_scalar_value_is_well_formed) {
    for (std::uint32_t point = 0; point < 0x200000; ++point)
        for (int length = shortest(std::min(point, 0x10FFFFU)); length <= 4; ++length) {
            const bool scalar = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
            const bool wanted = scalar && length == shortest(point);
            ASSERT_EQ(is_valid_utf8(spread(point, length)), wanted) << point << " in " << length << " bytes";
        }
}

TEST(Utf8, a_sequence_that_is_cut_is_not_well_formed) {
    const std::string text = "\xF0\x9F\x98\x80";
    ASSERT_TRUE(is_valid_utf8(text));
    for (std::size_t length = 1; length < text.size(); ++length)
        EXPECT_FALSE(is_valid_utf8(text.substr(0, length))) << length;
}

TEST(Utf8, a_wrong_byte_is_found_wherever_it_stands_in_ascii) {
    for (std::size_t at = 0; at < 30; ++at) {
        std::string text(30, 'a');
        ASSERT_TRUE(is_valid_utf8(text));
        text[at] = '\xA8';
        EXPECT_FALSE(is_valid_utf8(text)) << at;
    }
}

TEST(Utf8, a_continuation_byte_alone_is_not_well_formed) {
    EXPECT_FALSE(is_valid_utf8("a\x80"));
    EXPECT_FALSE(is_valid_utf8("\xC3\xA8\xA8"));
}

TEST(Utf8, each_byte_of_a_sequence_is_looked_at) {
    const std::string good = "x\xF0\x9F\x98\x80y";
    for (std::size_t i = 1; i < 5; ++i)
        for (const char wrong : {'a', '\xC0', '\xFF'}) {
            std::string text = good;
            text[i] = wrong;
            EXPECT_FALSE(is_valid_utf8(text)) << i;
        }
}

TEST(Utf8, length_counts_code_points) {
    EXPECT_EQ(utf8_length(""), 0U);
    EXPECT_EQ(utf8_length("abc"), 3U);
    EXPECT_EQ(utf8_length("caff\xC3\xA8"), 5U);
    EXPECT_EQ(utf8_length("\xF0\x9F\x98\x80\xE2\x82\xAC"), 2U);
}

TEST(Text, trim_takes_white_space_from_both_ends_only) {
    EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
    EXPECT_EQ(trim("a"), "a");
    EXPECT_EQ(trim(" \n"), "");
    EXPECT_EQ(trim(""), "");
}

TEST(Text, lower_case_touches_ascii_letters_only) {
    EXPECT_EQ(to_lower_ascii("AZ@[az09\xC3\x88"), "az@[az09\xC3\x88");
}

TEST(Text, split_keeps_empty_parts) {
    using Parts = std::vector<std::string_view>;
    EXPECT_EQ(split("", ','), (Parts{""}));
    EXPECT_EQ(split("a", ','), (Parts{"a"}));
    EXPECT_EQ(split(",a,,b,", ','), (Parts{"", "a", "", "b", ""}));
}

RC_GTEST_PROP(Text, split_parts_joined_again_are_the_text, (const std::string& text)) {
    std::string joined;
    for (const std::string_view part : split(text, 'a')) joined += std::string(part) + "a";
    joined.pop_back();
    RC_ASSERT(joined == text);
}

TEST(ParseInt, takes_the_whole_text_or_nothing) {
    for (const char* text :
         {"", "+1", " 1", "1 ", "1x", "x1", "0x10", "1.0", "1e2", "-", "--1", "- 1", "1,000"})
        EXPECT_EQ(parse_int(text), std::nullopt) << text;
}

TEST(ParseInt, refuses_what_does_not_fit) {
    EXPECT_EQ(parse_int("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(parse_int("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(parse_int("9223372036854775808"), std::nullopt);
    EXPECT_EQ(parse_int("-9223372036854775809"), std::nullopt);
    EXPECT_EQ(parse_int("99999999999999999999999"), std::nullopt);
}

RC_GTEST_PROP(ParseInt, reads_every_integer_back, (std::int64_t number)) {
    RC_ASSERT(parse_int(std::to_string(number)) == number);
}

TEST(Percent, only_unreserved_characters_stay) {
    EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encode("a/b c+d"), "a%2Fb%20c%2Bd");
    EXPECT_EQ(percent_encode("\xC3\xA8&=?#%"), "%C3%A8%26%3D%3F%23%25");
    EXPECT_EQ(percent_encode(std::string_view("\0\xFF", 2)), "%00%FF");
}

TEST(Percent, a_broken_escape_is_refused) {
    for (const char* text : {"%", "a%", "%4", "a%2", "%zz", "%4g", "%g4", "%%41", "% 41"})
        EXPECT_EQ(percent_decode(text), std::nullopt) << text;
}

TEST(Percent, escapes_are_read_in_both_cases_at_any_place) {
    EXPECT_EQ(percent_decode("%2f%2F"), "//");
    EXPECT_EQ(percent_decode("%41"), "A");
    EXPECT_EQ(percent_decode("a%2541"), "a%41");
}

TEST(Percent, a_plus_is_a_space_only_where_asked) {
    EXPECT_EQ(percent_decode("a+b"), "a+b");
    EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
}

RC_GTEST_PROP(Percent, what_is_encoded_decodes_to_itself, (const Bytes& bytes)) {
    const std::string text = text_of(bytes);
    RC_ASSERT(percent_decode(percent_encode(text)) == text);
    RC_ASSERT(percent_decode(percent_encode(text), true) == text);
}

TEST(Query, pairs_are_read_in_order) {
    EXPECT_EQ(parse_query("b=1&a=%2C&b=2"), (QueryPairs{{"b", "1"}, {"a", ","}, {"b", "2"}}));
}

TEST(Query, values_may_be_missing_and_may_hold_an_equals_sign) {
    EXPECT_EQ(parse_query("a&b=&c=d=e"), (QueryPairs{{"a", ""}, {"b", ""}, {"c", "d=e"}}));
}

TEST(Query, empty_parts_do_not_count) {
    EXPECT_EQ(parse_query(""), QueryPairs{});
    EXPECT_EQ(parse_query("&a=1&&"), (QueryPairs{{"a", "1"}}));
}

TEST(Query, a_broken_escape_spoils_the_whole_query) {
    EXPECT_EQ(parse_query("a=1&b=%"), std::nullopt);
    EXPECT_EQ(parse_query("%=1&b=2"), std::nullopt);
}

RC_GTEST_PROP(Query, what_is_formatted_reads_back, (const std::vector<std::pair<Bytes, Bytes>>& drawn)) {
    QueryPairs pairs;
    for (const auto& [name, value] : drawn) pairs.emplace_back(text_of(name), text_of(value));
    RC_ASSERT(parse_query(format_query(pairs)) == pairs);
    RC_ASSERT(parse_query(format_query(pairs), true) == pairs);
}

TEST(Hex, each_byte_is_two_small_digits) {
    EXPECT_EQ(hex_encode(Bytes{}), "");
    EXPECT_EQ(hex_encode(Bytes{0x00, 0x0F, 0xA0, 0xFF}), "000fa0ff");
}

// RFC 4648, section 10.
TEST(Base64, gives_the_published_texts) {
    const std::vector<std::pair<std::string_view, std::string_view>> published{{"", ""},
                                                                               {"f", "Zg=="},
                                                                               {"fo", "Zm8="},
                                                                               {"foo", "Zm9v"},
                                                                               {"foob", "Zm9vYg=="},
                                                                               {"fooba", "Zm9vYmE="},
                                                                               {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : published) {
        EXPECT_EQ(base64_encode(as_bytes(plain)), encoded);
        EXPECT_EQ(base64_decode(encoded), Bytes(plain.begin(), plain.end()));
    }
}

TEST(Base64, the_two_alphabets_differ_in_two_characters) {
    const Bytes bytes{0xFB, 0xFF, 0xBF, 0xFF};
    EXPECT_EQ(base64_encode(bytes), "+/+//w==");
    EXPECT_EQ(base64url_encode(bytes), "-_-__w");
    EXPECT_EQ(base64_decode("-_-__w=="), std::nullopt);
    EXPECT_EQ(base64url_decode("+/+//w"), std::nullopt);
}

TEST(Base64, padding_must_be_complete_and_at_the_end) {
    for (const char* text :
         {"Zg", "Zg=", "Zg===", "Z===", "=", "==", "====", "Zm9v=", "Zm9v====", "Zg==Zg==", "=Zg="})
        EXPECT_EQ(base64_decode(text), std::nullopt) << text;
    for (const char* text : {"Zg==", "Zm8=", "Z", "Zm9vY"})
        EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
}

TEST(Base64, each_value_has_one_text) {
    EXPECT_EQ(base64_decode("Zh=="), std::nullopt);
    EXPECT_EQ(base64_decode("Zm9="), std::nullopt);
    EXPECT_EQ(base64url_decode("Zh"), std::nullopt);
}

TEST(Base64, white_space_and_other_characters_are_refused) {
    for (const char* text : {"Zm 9", "Zm9\n", "Zm.9", "Zm9\xC3"})
        EXPECT_EQ(base64_decode(text), std::nullopt) << text;
}

RC_GTEST_PROP(Base64, what_is_encoded_decodes_to_itself, (const Bytes& bytes)) {
    RC_ASSERT(base64_decode(base64_encode(bytes)) == bytes);
    RC_ASSERT(base64url_decode(base64url_encode(bytes)) == bytes);
}

}  // namespace
}  // namespace fairway
