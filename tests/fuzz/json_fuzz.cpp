// JSON: parsing with limits, writing, finding, and reading into described structs. The first line of the
// input may be "small": the limits are small ones then, as nobody reads a document of megabytes here.
#include <boost/json.hpp>

#include "amazon/orders.hpp"
#include "base/ids.hpp"
#include "base/pii.hpp"
#include "fuzz.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"

namespace fairway::fuzz {

namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Inner {
    std::string text{};
    std::optional<UtcTime> at{};
};
BOOST_DESCRIBE_STRUCT(Inner, (), (text, at))

// A member of every kind that can be read and written.
struct Sample {
    bool flag = false;
    int small = 0;
    std::int64_t large = 0;
    std::uint16_t port = 0;
    std::string text{};
    SellerSku sku{};
    std::optional<StoreId> store{};
    std::optional<Colour> colour{};
    std::vector<Inner> list{};
    std::map<std::string, std::int64_t> counts{};
    std::optional<json::Value> any{};
};
BOOST_DESCRIBE_STRUCT(Sample, (), (flag, small, large, port, text, sku, store, colour, list, counts, any))

constexpr std::size_t kTextMax = 24;
constexpr std::size_t kArrayMax = 6;

int depth_of(const json::Value& value) {
    int deepest = 0;
    if (const auto* array = value.if_array())
        for (const json::Value& each : *array) deepest = std::max(deepest, depth_of(each));
    else if (const auto* object = value.if_object())
        for (const auto& member : *object) deepest = std::max(deepest, depth_of(member.value()));
    return value.is_structured() ? deepest + 1 : 0;
}

// Numbers with a fraction are not part of any contract and are read with an error in the last place.
bool has_doubles(const json::Value& value) {
    if (const auto* array = value.if_array()) return std::ranges::any_of(*array, has_doubles);
    if (const auto* object = value.if_object())
        return std::ranges::any_of(*object, [](const auto& member) { return has_doubles(member.value()); });
    return value.is_double();
}

// Every member whose name can stand in a path is found by it.
void check_paths(const json::Value& root, const json::Value& value, const std::string& path) {
    CHECK(json::find(root, path) == &value, "a path leads to its value");
    if (const auto* array = value.if_array())
        for (std::size_t i = 0; i < std::min<std::size_t>(array->size(), 20); ++i)
            check_paths(root, (*array)[i], path + "[" + std::to_string(i) + "]");
    const auto* object = value.if_object();
    if (object == nullptr || object->size() > 20) return;
    for (const auto& member : *object) {
        const std::string name(member.key());
        if (name.empty() || name.find_first_of(".[]") != std::string::npos) continue;
        check_paths(root, member.value(), path.empty() ? name : path + "." + name);
    }
}

void check_limits(const Sample& sample) {
    CHECK(utf8_length(sample.text) <= kTextMax && utf8_length(sample.sku.str()) <= kTextMax, "texts");
    CHECK(sample.list.size() <= kArrayMax, "lists");
    for (const Inner& each : sample.list) CHECK(utf8_length(each.text) <= kTextMax, "texts in lists");
    for (const auto& [name, count] : sample.counts) CHECK(utf8_length(name) <= kTextMax, "names");
}

void check_decoding(const json::Value& value) {
    const json::DecodeOptions strict{
        .unknown = json::Unknown::reject, .text_length_max = kTextMax, .array_length_max = kArrayMax};
    const auto read = json::decode<Sample>(value, strict);
    const auto collected = json::decode_collecting<Sample>(value);
    if (collected)
        for (const std::string& path : collected->unknown_paths)
            CHECK(is_valid_utf8(path) && !path.empty(), "an unknown member has a path");
    if (const Sample* sample = good(read)) {
        check_limits(*sample);
        CHECK(collected && collected->unknown_paths.empty(), "nothing is unknown where all is known");
        const json::Value written = json::encode(*sample);
        const auto again = json::decode<Sample>(written, strict);
        CHECK(again && json::encode(*again) == written, "what was read can be written and read again");
        return;
    }
    CHECK(read.error().kind == ErrorKind::invalid, "what is JSON and does not fit is invalid");
    if (read.error().code == "unknown_member")
        CHECK(!collected || !collected->unknown_paths.empty(), "what is refused is collected");
    CHECK(read.error().message.starts_with(read.error().field), "the message begins with the place");
}

}  // namespace

void fuzz_one(std::string_view input) {
    json::ParseLimits limits;
    if (input.starts_with("small\n")) {
        input.remove_prefix(6);
        limits = {.bytes_max = 200, .depth_max = 4};
    }
    const auto parsed = json::parse(input, limits);
    const json::Value* value = good(parsed);
    if (value == nullptr) {
        CHECK(parsed.error().kind == ErrorKind::malformed || parsed.error().kind == ErrorKind::too_large,
              "a text is malformed or too large");
        return;
    }
    CHECK(input.size() <= limits.bytes_max && is_valid_utf8(input), "the limits hold");
    CHECK(depth_of(*value) <= limits.depth_max, "what is too deep is refused");
    const std::string text = json::serialize(*value);
    CHECK(is_valid_utf8(text), "JSON is text");
    const auto again = json::parse(text, {.depth_max = limits.depth_max});
    CHECK(again.has_value(), "what was written can be read");
    if (!has_doubles(*value)) CHECK(*again == *value, "what was written is what was read");
    const std::string canonical = amazon::canonical_text(*value);
    const auto sorted = json::parse(canonical);
    CHECK(sorted.has_value(), "the canonical text is JSON");
    if (!has_doubles(*value))
        CHECK(*sorted == *value && amazon::canonical_text(*sorted) == canonical, "one text for one value");
    check_paths(*value, *value, "");
    check_decoding(*value);
}

}  // namespace fairway::fuzz
