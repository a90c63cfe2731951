#include "json/encode.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/ids.hpp"
#include "json/decode.hpp"

namespace fairway::json {
namespace {

BOOST_DEFINE_ENUM_CLASS(Colour, red, green, blue)

struct Leaf {
    std::int64_t number = 0;
    std::optional<std::string> text{};
    bool operator==(const Leaf&) const = default;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (number, text))

struct Tree {
    bool flag = false;
    std::int8_t small = 0;
    std::string text{};
    Colour colour = Colour::red;
    UtcTime at{};
    OrderId order{};
    SellerSku sku{};
    std::optional<Leaf> leaf{};
    std::vector<Leaf> leaves{};
    std::map<std::string, std::vector<int>> map{};
    bool operator==(const Tree&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (flag, small, text, colour, at, order, sku, leaf, leaves, map))

// Personal data has no encoding, alone or inside a struct that does.
template <class T>
concept Encodable = requires(const T& value) { json_encode(value); };
static_assert(Encodable<std::string> && Encodable<Leaf> && Encodable<Colour>);
static_assert(!Encodable<Pii<std::string>>);
static_assert(!Encodable<double>, "there are no doubles in our contracts");

rc::Gen<std::string> any_text() {
    // Words of one to four bytes per character, and what JSON must escape.
    const auto piece = rc::gen::element<std::string>("a", "\"", "\\", "\n", "\x01", "\x1f", "/", "\xC3\xA8",
                                                     "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\x7f", " ");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& pieces) {
        std::string text;
        for (const std::string& each : pieces) text += each;
        return text;
    });
}

rc::Gen<Leaf> any_leaf() {
    return rc::gen::build<Leaf>(
        rc::gen::set(&Leaf::number, rc::gen::arbitrary<std::int64_t>()),
        rc::gen::set(&Leaf::text,
                     rc::gen::map(rc::gen::maybe(any_text()), [](const rc::Maybe<std::string>& text) {
                         return text ? std::optional(*text) : std::nullopt;
                     })));
}

rc::Gen<Tree> any_tree() {
    return rc::gen::exec([] {
        Tree tree;
        tree.flag = *rc::gen::arbitrary<bool>();
        tree.small = *rc::gen::arbitrary<std::int8_t>();
        tree.text = *any_text();
        tree.colour = *rc::gen::element(Colour::red, Colour::green, Colour::blue);
        tree.at = UtcTime(milliseconds(*rc::gen::inRange<std::int64_t>(0, 253'402'300'800'000)));
        tree.order = OrderId{*rc::gen::inRange<std::int64_t>(1, INT64_MAX)};
        tree.sku = SellerSku(*any_text());
        if (*rc::gen::arbitrary<bool>()) tree.leaf = *any_leaf();
        tree.leaves = *rc::gen::container<std::vector<Leaf>>(any_leaf());
        for (const std::string& key : *rc::gen::container<std::vector<std::string>>(any_text()))
            tree.map[key] = *rc::gen::arbitrary<std::vector<int>>();
        return tree;
    });
}

TEST(JsonEncode, members_stand_in_the_order_of_their_declaration) {
    Tree tree{.flag = true,
              .small = -3,
              .text = "x",
              .colour = Colour::blue,
              .at = from_micros(1'795'420'800'000'000)};
    tree.order = OrderId{5};
    tree.sku = SellerSku("S");
    tree.leaves = {Leaf{1, "t"}};
    tree.map = {{"b", {2}}, {"a", {}}};
    EXPECT_EQ(serialize(encode(tree)),
              R"({"flag":true,"small":-3,"text":"x","colour":"blue","at":"2026-11-23T08:00:00.000Z",)"
              R"("order":"ao_5",)"
              R"("sku":"S","leaf":null,"leaves":[{"number":1,"text":"t"}],"map":{"a":[],"b":[2]}})");
}

TEST(JsonEncode, a_value_is_itself) {
    const Value value = parse(R"({"a":[1,null]})").value();
    EXPECT_EQ(encode(value), value);
}

RC_GTEST_PROP(JsonEncode, what_is_written_reads_back, ()) {
    const Tree tree = *any_tree();
    const std::string text = serialize(encode(tree));
    const auto value = parse(text);
    RC_ASSERT(value.has_value());
    const auto decoded = decode<Tree>(*value);
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == tree);
}

// However long a value is, what is written is one line of valid JSON in UTF-8.
RC_GTEST_PROP(JsonEncode, writes_one_line, ()) {
    const std::string text = serialize(encode(*any_tree()));
    RC_ASSERT(text.find('\n') == std::string::npos);
    RC_ASSERT(is_valid_utf8(text));
}

}  // namespace
}  // namespace fairway::json
