#pragma once
// Reading typed members out of JSON objects that Amazon sent. A failure carries the path from the object at
// hand in Error::field and never a value; in_member and in_element put the outer part in front on the way up.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "domain/money.hpp"
#include "json/json.hpp"

namespace fairway::amazon::wire {

// ErrorKind::corrupt, "amazon_answer_undecodable".
std::unexpected<Error> undecodable(std::string_view field, std::string_view what);

// Absent and null are the same: nullptr.
const json::Value* find(const json::Object& object, std::string_view name);

// Optional members: nullptr, "" or nullopt when absent; another type is an error.
Result<const json::Object*> object(const json::Object& parent, std::string_view name);
Result<const json::Array*> array(const json::Object& parent, std::string_view name);
Result<std::string> text(const json::Object& parent, std::string_view name);
Result<std::optional<std::int64_t>> quantity(const json::Object& parent, std::string_view name);
Result<std::optional<UtcTime>> time(const json::Object& parent, std::string_view name);
// {"amount": decimal text (or a number of at most 15 digits), "currencyCode"}.
Result<std::optional<domain::Money>> money(const json::Object& parent, std::string_view name);
Result<std::optional<bool>> flag(const json::Object& parent, std::string_view name);

Result<const json::Object*> as_object(const json::Value& value);

// The same member, but it has to be there: required(text(order, "orderId"), "orderId"). An empty text counts
// as absent.
template <class T>
Result<T> required(Result<std::optional<T>> member, std::string_view name) {
    if (!member) return std::unexpected(std::move(member).error());
    if (!*member) return undecodable(name, "is missing");
    return **std::move(member);
}
template <class T>
Result<const T*> required(Result<const T*> member, std::string_view name) {
    if (member && *member == nullptr) return undecodable(name, "is missing");
    return member;
}
Result<std::string> required(Result<std::string> member, std::string_view name);

std::string join_path(std::string_view outer, std::string_view inner);

// What was read inside of a member, or of an element of a member.
template <class T>
Result<T> in_member(std::string_view name, Result<T> inner) {
    if (!inner) inner.error().field = join_path(name, inner.error().field);
    return inner;
}
template <class T>
Result<T> in_element(std::string_view name, std::size_t index, Result<T> inner) {
    if (!inner)
        inner.error().field =
            join_path(std::string(name) + "[" + std::to_string(index) + "]", inner.error().field);
    return inner;
}

// At the outermost: the path belongs in the message too, because that is what people read.
template <class T>
Result<T> explain(Result<T> read) {
    if (!read) {
        Error& error = read.error();
        error.message =
            "Amazon's answer: " + (error.field.empty() ? "it" : error.field) + " " + error.message;
    }
    return read;
}

}  // namespace fairway::amazon::wire
