#include "fuzz.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fairway::fuzz {

std::string_view take_part(std::string_view& rest, std::string_view separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + separator.size());
    return part;
}

void check_error(const Error& error) {
    const auto is_snake = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    CHECK(!error.code.empty() && std::ranges::all_of(error.code, is_snake), "an error has a code");
    CHECK(!trim(error.message).empty(), "an error says what happened");
    CHECK(is_valid_utf8(error.message) && is_valid_utf8(error.field), "what an error says is text");
    CHECK(error.message.size() < 20'000, "an error does not repeat all of its input");
}

}  // namespace fairway::fuzz
