#pragma once
// Small, strict text functions that every module needs.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway {

bool is_valid_utf8(std::string_view text);
// Code points, not bytes; text must be valid UTF-8.
std::size_t utf8_length(std::string_view text);
std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

// The whole text as a decimal integer, nothing else ("" , "+1", " 1", "1x" are not).
std::optional<std::int64_t> parse_int(std::string_view text);

// RFC 3986: everything but unreserved characters becomes %XX, "/" and space included. One call encodes one
// path part or one query value.
std::string percent_encode(std::string_view text);
// nullopt for a broken escape. plus_is_space for form and query text as browsers send it.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

using QueryPairs = std::vector<std::pair<std::string, std::string>>;
// "a=1&b=%2C" in order, decoded; nullopt for a broken escape.
std::optional<QueryPairs> parse_query(std::string_view text, bool plus_is_space = false);
std::string format_query(const QueryPairs& pairs);

std::string hex_encode(std::span<const std::uint8_t> bytes);
std::string base64_encode(std::span<const std::uint8_t> bytes);
std::optional<std::vector<std::uint8_t>> base64_decode(std::string_view text);
// Without padding, with - and _: fit for URLs and tokens.
std::string base64url_encode(std::span<const std::uint8_t> bytes);
std::optional<std::vector<std::uint8_t>> base64url_decode(std::string_view text);

inline std::span<const std::uint8_t> as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace fairway
