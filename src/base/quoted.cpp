#include "base/quoted.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fairway {

std::string quoted(std::string_view text) {
    constexpr std::size_t kBytesMax = 80;
    const auto continues = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    const bool valid = is_valid_utf8(text);
    std::size_t end = std::min(text.size(), kBytesMax);
    while (end > 0 && end < text.size() && continues(end)) --end;
    std::string shown(text.substr(0, end));
    std::ranges::replace_if(
        shown, [valid](unsigned char c) { return c < 0x20 || c == 0x7F || (!valid && c >= 0x80); }, '?');
    return '"' + shown + (end < text.size() ? "…\"" : "\"");
}

}  // namespace fairway
