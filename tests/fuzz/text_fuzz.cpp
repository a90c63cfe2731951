// Text as it comes from addresses, headers, tokens and people: encodings, UTF-8, queries, numbers, ids,
// names.
#include <algorithm>
#include <array>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "fuzz.hpp"
#include "store/changes.hpp"
#include "store/name_index.hpp"

namespace fairway::fuzz {

namespace {

// Another way to say what is_valid_utf8 says: by the code points, not by the bytes that may follow each
// other.
bool decodes(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80             ? 1
                                   : (lead >> 5U) == 0x6U  ? 2
                                   : (lead >> 4U) == 0xEU  ? 3
                                   : (lead >> 3U) == 0x1EU ? 4
                                                           : 0;
        if (length == 0 || i + length > text.size()) return false;
        char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if ((byte >> 6U) != 2) return false;
            point = point << 6U | (byte & 0x3FU);
        }
        constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
        if (point < kLeast[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
        i += length;
    }
    return true;
}

void check_encodings(std::string_view input) {
    const auto is_plain = [](char c) { return c > ' ' && c < 0x7F; };
    const std::string percent = percent_encode(input);
    CHECK(std::ranges::all_of(percent, is_plain), "an address has no spaces and nothing beyond ASCII");
    CHECK(percent_decode(percent) == input, "what is percent-encoded decodes to itself");
    if (const auto decoded = percent_decode(input))
        CHECK(percent_decode(percent_encode(*decoded)) == *decoded, "what was decoded can be encoded");

    const auto bytes = as_bytes(input);
    const std::vector<std::uint8_t> same(bytes.begin(), bytes.end());
    CHECK(base64_decode(base64_encode(bytes)) == same, "base64 comes back");
    CHECK(base64url_decode(base64url_encode(bytes)) == same, "base64url comes back");
    CHECK(hex_encode(bytes).size() == 2 * bytes.size(), "two digits for each byte");
    // Each value has one text: a token cannot be spelled in two ways.
    if (const auto decoded = base64_decode(input)) CHECK(base64_encode(*decoded) == input, "one text");
    if (const auto decoded = base64url_decode(input)) CHECK(base64url_encode(*decoded) == input, "one text");
}

void check_queries(std::string_view input) {
    for (const bool plus_is_space : {false, true}) {
        const auto pairs = parse_query(input, plus_is_space);
        if (!pairs) continue;
        CHECK(parse_query(format_query(*pairs), plus_is_space) == pairs, "a query can be written again");
    }
}

void check_pieces(std::string_view input) {
    const bool valid = is_valid_utf8(input);
    CHECK(valid == decodes(input), "text is what decodes to code points");
    CHECK(utf8_length(input) <= input.size(), "a code point has at least one byte");
    CHECK(trim(trim(input)) == trim(input), "nothing is left to trim");
    CHECK(to_lower_ascii(to_lower_ascii(input)) == to_lower_ascii(input), "lower is lower");
    std::string joined;
    for (const std::string_view part : split(input, '/')) {
        joined += part;
        joined += '/';
    }
    CHECK(joined == std::string(input) + "/", "the parts are the whole");
}

void check_numbers(std::string_view input) {
    if (const auto number = parse_int(input)) {
        CHECK(parse_int(std::to_string(*number)) == number, "a number can be written again");
        CHECK(trim(input) == input && !input.starts_with('+'), "a number is digits and nothing else");
    }
    if (const auto id = StoreId::parse(input)) CHECK(id->str() == input, "an id has one text");
    if (const auto place = store::ChangePlace::parse(input)) {
        CHECK(place->history >= 0 && place->comment >= 0, "a place is not before the beginning");
        CHECK(store::ChangePlace::parse(place->str()) == place, "a place can be written again");
    }
}

void check_names(std::string_view input) {
    constexpr std::size_t kWordsMax = 16;
    const auto words = store::name_words(input);
    CHECK(words.size() <= kWordsMax, "the index of a name is bounded");
    for (const std::string& word : words) {
        CHECK(is_valid_utf8(word), "a word is text");
        CHECK(store::name_words(word) == std::vector{word}, "a word is found by itself");
    }
}

}  // namespace

void fuzz_one(std::string_view input) {
    check_encodings(input);
    check_queries(input);
    check_pieces(input);
    check_numbers(input);
    check_names(input);
}

}  // namespace fairway::fuzz
