#pragma once
// Every id and every name has its own type, so that a seller SKU cannot be passed where a product SKU is
// meant.
#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fairway {

// A text with a meaning. Tag is an empty struct that names it.
template <class Tag>
class StrongText {
public:
    StrongText() = default;
    explicit StrongText(std::string text) : text_(std::move(text)) {}
    explicit StrongText(std::string_view text) : text_(text) {}
    explicit StrongText(const char* text) : text_(text) {}

    const std::string& str() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const StrongText&) const = default;

private:
    std::string text_;
};

// The key of a row. Outside it is the tag's prefix and the number, "st_1"; inside it is the number.
template <class Tag>
struct Id {
    std::int64_t value = 0;

    std::string str() const { return std::string(Tag::kPrefix) + "_" + std::to_string(value); }
    static std::optional<Id> parse(std::string_view text) {
        const std::string_view prefix = Tag::kPrefix;
        if (text.size() <= prefix.size() + 1 || text.substr(0, prefix.size()) != prefix ||
            text[prefix.size()] != '_')
            return std::nullopt;
        const std::string_view digits = text.substr(prefix.size() + 1);
        Id id;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
        if (error != std::errc{} || end != digits.data() + digits.size() || id.value <= 0 || digits[0] == '0')
            return std::nullopt;
        return id;
    }
    auto operator<=>(const Id&) const = default;
};

}  // namespace fairway

template <class Tag>
struct std::hash<fairway::StrongText<Tag>> {
    std::size_t operator()(const fairway::StrongText<Tag>& text) const noexcept {
        return std::hash<std::string>{}(text.str());
    }
};
template <class Tag>
struct std::hash<fairway::Id<Tag>> {
    std::size_t operator()(const fairway::Id<Tag>& id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
