#include "json/decode.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "base/ids.hpp"

namespace fairway::json {
namespace {

struct Item {
    int line = 0;
    std::int64_t quantity = 0;
    std::optional<std::string> note{};
};
BOOST_DESCRIBE_STRUCT(Item, (), (line, quantity, note))

struct Package {
    std::string tracking{};
    std::vector<Item> items{};
};
BOOST_DESCRIBE_STRUCT(Package, (), (tracking, items))

struct Shipment {
    std::vector<Package> packages{};
    std::optional<Item> extra{};
};
BOOST_DESCRIBE_STRUCT(Shipment, (), (packages, extra))

BOOST_DEFINE_ENUM_CLASS(Speed, slow, fast)

struct Everything {
    bool flag = false;
    std::uint8_t small = 0;
    Speed speed = Speed::slow;
    UtcTime at{};
    StoreId store{};
    SellerSku sku{};
    Pii<std::string> name{};
    std::map<std::string, int> counts{};
    Value anything{};
};
BOOST_DESCRIBE_STRUCT(Everything, (), (flag, small, speed, at, store, sku, name, counts, anything))

Value value_of(std::string_view text) { return parse(text).value(); }

template <class T>
Error error_of(std::string_view text, DecodeOptions options = {}) {
    const auto decoded = decode<T>(value_of(text), options);
    return decoded ? Error{ErrorKind::internal, "none", "it was decoded"} : decoded.error();
}

constexpr std::string_view kEverything =
    R"({"flag":true,"small":255,"speed":"fast","at":"2026-11-23T09:00:00+01:00","store":"st_7","sku":"A-1",)"
    R"("name":"Ada","counts":{"x":1,"y":2},"anything":{"k":[1.5]}})";

// The document with one member's value replaced.
std::string everything_with(std::string_view member, std::string_view text) {
    Value value = value_of(kEverything);
    value.as_object()[boost::json::string_view(member.data(), member.size())] = value_of(text);
    return serialize(value);
}

TEST(JsonDecode, reads_every_supported_type) {
    const auto decoded = decode<Everything>(value_of(kEverything));
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    EXPECT_TRUE(decoded->flag);
    EXPECT_EQ(decoded->small, 255);
    EXPECT_EQ(decoded->speed, Speed::fast);
    EXPECT_EQ(decoded->at, from_micros(1'795'420'800'000'000));
    EXPECT_EQ(decoded->store, StoreId{7});
    EXPECT_EQ(decoded->sku, SellerSku("A-1"));
    EXPECT_EQ(decoded->name.reveal(), "Ada");
    EXPECT_EQ(decoded->counts, (std::map<std::string, int>{{"x", 1}, {"y", 2}}));
    EXPECT_EQ(serialize(decoded->anything), R"({"k":[1.5E0]})");
}

TEST(JsonDecode, a_value_of_the_wrong_type_is_refused_with_its_member) {
    const std::vector<std::pair<std::string_view, std::string_view>> wrong{
        {"flag", "1"},        {"flag", "\"true\""}, {"flag", "null"}, {"small", "\"1\""},
        {"small", "true"},    {"small", "null"},    {"small", "[]"},  {"speed", "1"},
        {"at", "1795420800"}, {"store", "7"},       {"sku", "7"},     {"sku", "null"},
        {"name", "{}"},       {"name", "null"},     {"counts", "[]"}, {"counts", "null"}};
    for (const auto& [member, text] : wrong) {
        const Error error = error_of<Everything>(everything_with(member, text));
        EXPECT_EQ(error.kind, ErrorKind::invalid) << member << text;
        EXPECT_EQ(error.code, "wrong_type") << member << text;
        EXPECT_EQ(error.field, member) << text;
        EXPECT_TRUE(error.message.starts_with(std::string(member) + ": expected ")) << error.message;
    }
}

TEST(JsonDecode, texts_with_a_form_are_held_to_it) {
    EXPECT_EQ(error_of<Everything>(everything_with("at", "\"2026-11-23\"")).code, "wrong_time");
    EXPECT_EQ(error_of<Everything>(everything_with("store", "\"ac_7\"")).code, "wrong_id");
    EXPECT_EQ(error_of<Everything>(everything_with("speed", "\"Fast\"")).code, "unknown_value");
    EXPECT_EQ(error_of<Everything>(everything_with("speed", "\"\"")).field, "speed");
}

TEST(JsonDecode, the_path_leads_to_the_value_that_is_wrong) {
    const Error error = error_of<Shipment>(
        R"({"packages":[{"tracking":"A","items":[{"line":1,"quantity":1},{"line":2,"quantity":"2"}]}]})");
    EXPECT_EQ(error.field, "packages[0].items[1].quantity");
    EXPECT_EQ(error.message, "packages[0].items[1].quantity: expected a whole number");
}

TEST(JsonDecode, the_path_forgets_what_was_read_before) {
    EXPECT_EQ(error_of<Shipment>(
                  R"({"packages":[{"tracking":"A","items":[{"line":1,"quantity":1}]},{"tracking":2}]})")
                  .field,
              "packages[1].tracking");
    EXPECT_EQ(error_of<Shipment>(R"({"packages":[],"extra":{"line":1}})").field, "extra.quantity");
}

TEST(JsonDecode, elements_of_a_map_are_named_by_their_key) {
    EXPECT_EQ(error_of<Everything>(everything_with("counts", R"({"x":1,"y":"2"})")).field, "counts.y");
}

TEST(JsonDecode, a_wrong_document_has_an_empty_path) {
    const Error error = error_of<Shipment>("[]");
    EXPECT_EQ(error.field, "");
    EXPECT_EQ(error.message, "expected an object");
}

TEST(JsonDecode, the_first_problem_is_told) {
    EXPECT_EQ(error_of<Item>(R"({"line":"x","quantity":"y"})").field, "line");
    EXPECT_EQ(error_of<Shipment>(R"({"packages":[{"tracking":1,"items":2}]})").field, "packages[0].tracking");
}

TEST(JsonDecode, a_member_that_is_not_optional_must_be_there) {
    const Error error = error_of<Item>(R"({"line":1})");
    EXPECT_EQ(error.code, "missing");
    EXPECT_EQ(error.field, "quantity");
    EXPECT_EQ(error_of<Item>(R"({"line":1,"quantity":null})").code, "wrong_type");
}

TEST(JsonDecode, an_optional_member_may_be_absent_or_null) {
    EXPECT_EQ(decode<Item>(value_of(R"({"line":1,"quantity":2})"))->note, std::nullopt);
    EXPECT_EQ(decode<Item>(value_of(R"({"line":1,"quantity":2,"note":null})"))->note, std::nullopt);
    EXPECT_EQ(decode<Item>(value_of(R"({"line":1,"quantity":2,"note":""})"))->note, "");
    EXPECT_EQ(error_of<Item>(R"({"line":1,"quantity":2,"note":3})").field, "note");
}

TEST(JsonDecode, integers_must_fit_their_type) {
    EXPECT_EQ(decode<Item>(value_of(R"({"line":2147483647,"quantity":9223372036854775807})"))->quantity,
              std::numeric_limits<std::int64_t>::max());
    for (const char* text :
         {"256", "-1", "9223372036854775807", "9223372036854775808", "18446744073709551615"}) {
        const Error error = error_of<Everything>(everything_with("small", text));
        EXPECT_EQ(error.code, "out_of_range") << text;
        EXPECT_EQ(error.field, "small") << text;
    }
    EXPECT_EQ(error_of<Item>(R"({"line":2147483648,"quantity":1})").code, "out_of_range");
    EXPECT_EQ(error_of<Item>(R"({"line":-2147483649,"quantity":1})").code, "out_of_range");
}

TEST(JsonDecode, doubles_are_refused) {
    for (const char* text : {"1.0", "1.5", "1e0", "1e2", "-0.0", "18446744073709551616", "1e300"}) {
        const Error error = error_of<Item>(R"({"line":1,"quantity":)" + std::string(text) + "}");
        EXPECT_EQ(error.code, "wrong_type") << text;
        EXPECT_EQ(error.field, "quantity") << text;
    }
}

TEST(JsonDecode, texts_are_limited_in_code_points) {
    const DecodeOptions four{.text_length_max = 4};
    EXPECT_TRUE(decode<std::string>(Value("\xC3\xA8\xC3\xA8\xC3\xA8\xC3\xA8"), four).has_value());
    const Error error = error_of<Package>(R"({"tracking":"12345","items":[]})", four);
    EXPECT_EQ(error.code, "too_long");
    EXPECT_EQ(error.field, "tracking");
}

TEST(JsonDecode, the_limit_of_texts_holds_for_everything_made_of_text) {
    const DecodeOptions two{.text_length_max = 2};
    EXPECT_EQ(decode<SellerSku>(Value("123"), two).error().code, "too_long");
    EXPECT_EQ(decode<Pii<std::string>>(Value("123"), two).error().code, "too_long");
    const auto keys = decode<std::map<std::string, int>>(value_of(R"({"123":1})"), two);
    ASSERT_FALSE(keys.has_value());
    EXPECT_EQ(keys.error().code, "too_long");
}

TEST(JsonDecode, lists_are_limited) {
    const DecodeOptions two{.array_length_max = 2};
    EXPECT_TRUE(decode<std::vector<int>>(value_of("[1,2]"), two).has_value());
    EXPECT_EQ(error_of<std::vector<int>>("[1,2,3]", two).code, "too_long");
}

TEST(JsonDecode, a_list_or_a_map_that_held_something_is_replaced) {
    Decoder in({});
    std::vector<int> list{9};
    std::map<std::string, int> map{{"old", 9}};
    json_decode(in, value_of("[1]"), list);
    json_decode(in, value_of(R"({"new":1})"), map);
    EXPECT_TRUE(in.status().has_value());
    EXPECT_EQ(list, std::vector<int>{1});
    EXPECT_EQ(map, (std::map<std::string, int>{{"new", 1}}));
}

TEST(JsonDecode, an_unknown_member_is_refused_by_name) {
    const Error error = error_of<Shipment>(
        R"({"packages":[{"tracking":"A","items":[{"line":1,"quantity":1,"quantiy":2}]}]})");
    EXPECT_EQ(error.code, "unknown_member");
    EXPECT_EQ(error.field, "packages[0].items[0].quantiy");
}

// The name of an unknown member is cut for the message, and the message must still be text.
TEST(JsonDecode, a_long_unknown_name_is_cut_between_characters) {
    std::string name = "x";
    for (int i = 0; i < 100; ++i) name += "\xC3\xA8";
    const Error error = error_of<Item>(R"({"line":1,"quantity":1,")" + name + R"(":2})");
    EXPECT_EQ(error.code, "unknown_member");
    EXPECT_LE(error.field.size(), 100U);
    EXPECT_TRUE(name.starts_with(error.field));
    EXPECT_TRUE(is_valid_utf8(error.field));
}

TEST(JsonDecode, collecting_keeps_the_shapes_of_unknown_members_each_once) {
    const auto decoded = decode_collecting<Shipment>(value_of(
        R"({"new":1,"packages":[{"tracking":"A","weight":{"g":1},"items":[{"line":1,"quantity":1,"u":1}]},)"
        R"({"tracking":"B","weight":2,"items":[{"line":1,"quantity":1},)"
        R"({"line":2,"quantity":1,"u":1,"v":1}]}]})"));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->unknown_paths,
              (std::vector<std::string>{"new", "packages[].items[].u", "packages[].items[].v",
                                        "packages[].weight"}));
    EXPECT_EQ(decoded->value.packages.at(1).items.size(), 2U);
}

TEST(JsonDecode, collecting_forgives_nothing_else) {
    EXPECT_EQ(decode_collecting<Item>(value_of(R"({"line":1,"new":2})")).error().code, "missing");
    EXPECT_EQ(decode_collecting<Item>(value_of(R"({"line":1,"quantity":1.5})")).error().code, "wrong_type");
}

TEST(JsonDecode, nothing_unknown_gives_no_paths) {
    EXPECT_TRUE(decode_collecting<Item>(value_of(R"({"line":1,"quantity":2})"))->unknown_paths.empty());
}

}  // namespace
}  // namespace fairway::json
