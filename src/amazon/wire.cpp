#include "amazon/wire.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace fairway::amazon::wire {

namespace {

// Far more than anything costs, and so little that the sums of a whole order cannot overflow.
constexpr std::int64_t kMinorMax = 1'000'000'000'000;
constexpr std::int64_t kQuantityMax = 1'000'000'000;
// Far more than anybody writes into one member; what is longer would only be carried about.
constexpr std::size_t kTextMax = 100'000;
// Nothing that Amazon tells of lies beyond; a time that does would outlast every later one.
const UtcTime kTimeEnd = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);
// As many as a double keeps: with more the text that was sent cannot be known.
constexpr std::ptrdiff_t kDigitsMax = 15;

// A JSON number as the shortest decimal text that reads back as it; nullopt where that may not be what was
// written.
std::optional<std::string> decimal_text(const json::Value& value) {
    char buffer[400];
    std::to_chars_result written{};
    if (const auto* whole = value.if_int64())
        written = std::to_chars(std::begin(buffer), std::end(buffer), *whole);
    else if (const auto* real = value.if_double(); real != nullptr && std::isfinite(*real))
        written = std::to_chars(std::begin(buffer), std::end(buffer), *real, std::chars_format::fixed);
    else return std::nullopt;
    if (written.ec != std::errc{}) return std::nullopt;
    const std::string text(std::begin(buffer), written.ptr);
    if (std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) > kDigitsMax)
        return std::nullopt;
    return text;
}

Result<domain::Money> read_money(const json::Object& object) {
    const json::Value* amount = find(object, "amount");
    if (amount == nullptr) return undecodable("amount", "is missing");
    std::optional<std::string> written;
    if (const auto* text = amount->if_string()) written = std::string(std::string_view(*text));
    else written = decimal_text(*amount);
    if (!written) return undecodable("amount", "is not a decimal text");
    const auto currency =
        domain::Currency::parse(TRY(required(text(object, "currencyCode"), "currencyCode")));
    if (!currency) return undecodable("currencyCode", "is not a currency code");
    const auto parsed = domain::parse_money(*written, *currency);
    if (!parsed) return undecodable("amount", "is not an amount in its currency");
    if (parsed->minor > kMinorMax || parsed->minor < -kMinorMax)
        return undecodable("amount", "is beyond all bounds");
    return *parsed;
}

}  // namespace

std::unexpected<Error> undecodable(std::string_view field, std::string_view what) {
    return fail(ErrorKind::corrupt, "amazon_answer_undecodable", std::string(what), std::string(field));
}

const json::Value* find(const json::Object& object, std::string_view name) {
    const json::Value* value = object.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

Result<const json::Object*> object(const json::Object& parent, std::string_view name) {
    const json::Value* value = find(parent, name);
    if (value == nullptr) return nullptr;
    if (!value->is_object()) return undecodable(name, "is not an object");
    return value->if_object();
}

Result<const json::Array*> array(const json::Object& parent, std::string_view name) {
    const json::Value* value = find(parent, name);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) return undecodable(name, "is not a list");
    return value->if_array();
}

Result<std::string> text(const json::Object& parent, std::string_view name) {
    const json::Value* value = find(parent, name);
    if (value == nullptr) return std::string();
    const auto* text = value->if_string();
    if (text == nullptr) return undecodable(name, "is not a text");
    if (text->size() > kTextMax) return undecodable(name, "is too long");
    return std::string(std::string_view(*text));
}

Result<std::optional<std::int64_t>> quantity(const json::Object& parent, std::string_view name) {
    const json::Value* value = find(parent, name);
    if (value == nullptr) return std::nullopt;
    const auto* number = value->if_int64();
    if (number == nullptr) return undecodable(name, "is not a whole number");
    if (*number < 0 || *number > kQuantityMax) return undecodable(name, "is not a quantity");
    return *number;
}

Result<std::optional<UtcTime>> time(const json::Object& parent, std::string_view name) {
    const std::string written = TRY(text(parent, name));
    if (written.empty()) return std::nullopt;
    auto parsed = parse_rfc3339(written);
    // Some of Amazon's answers leave the offset out; all its times are UTC.
    if (!parsed) parsed = parse_rfc3339(written + "Z");
    if (!parsed) return undecodable(name, "is not a time");
    if (*parsed >= kTimeEnd) return undecodable(name, "is beyond all bounds");
    return *parsed;
}

Result<std::optional<domain::Money>> money(const json::Object& parent, std::string_view name) {
    const json::Object* value = TRY(object(parent, name));
    if (value == nullptr) return std::nullopt;
    return TRY(in_member(name, read_money(*value)));
}

Result<std::optional<bool>> flag(const json::Object& parent, std::string_view name) {
    const json::Value* value = find(parent, name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_bool()) return undecodable(name, "is neither true nor false");
    return value->get_bool();
}

Result<const json::Object*> as_object(const json::Value& value) {
    if (!value.is_object()) return undecodable("", "is not an object");
    return value.if_object();
}

Result<std::string> required(Result<std::string> member, std::string_view name) {
    if (member && member->empty()) return undecodable(name, "is missing");
    return member;
}

std::string join_path(std::string_view outer, std::string_view inner) {
    if (inner.empty()) return std::string(outer);
    return std::string(outer) + (inner.front() == '[' ? "" : ".") + std::string(inner);
}

}  // namespace fairway::amazon::wire
