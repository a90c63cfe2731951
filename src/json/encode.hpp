#pragma once
// From described structs to values: members in the order of their declaration, an empty optional is null.
#include <concepts>
#include <map>
#include <optional>

#include "base/pii.hpp"
#include "base/strong.hpp"
#include "base/time.hpp"
#include "json/json.hpp"

namespace fairway::json {

// Exactly bool and Value: a double or a pointer would turn into either without a word.
template <std::same_as<bool> Bool>
Value json_encode(Bool value) {
    return value;
}
template <std::integral Int>
    requires(!std::same_as<Int, bool>)
Value json_encode(Int value) {
    return static_cast<std::int64_t>(value);
}
inline Value json_encode(const std::string& value) { return Value(value); }
inline Value json_encode(UtcTime value) { return Value(format_rfc3339(value)); }
template <std::same_as<Value> V>
Value json_encode(const V& value) {
    return value;
}
template <class Tag>
Value json_encode(const StrongText<Tag>& value) {
    return Value(value.str());
}
template <class Tag>
Value json_encode(const Id<Tag>& value) {
    return Value(value.str());
}
// Personal data is shown by those who may, member by member; never by accident.
template <class T>
Value json_encode(const Pii<T>& value) = delete;

template <class T>
Value json_encode(const std::optional<T>& value);
template <class T>
Value json_encode(const std::vector<T>& value);
template <class T>
Value json_encode(const std::map<std::string, T>& value);
template <class T>
    requires(boost::describe::has_describe_members<T>::value && !std::is_union_v<T>)
Value json_encode(const T& value);
template <class T>
    requires boost::describe::has_describe_enumerators<T>::value
Value json_encode(const T& value);

template <class T>
Value json_encode(const std::optional<T>& value) {
    return value ? json_encode(*value) : Value(nullptr);
}

template <class T>
Value json_encode(const std::vector<T>& value) {
    Array array;
    array.reserve(value.size());
    for (const T& element : value) array.push_back(json_encode(element));
    return array;
}

template <class T>
Value json_encode(const std::map<std::string, T>& value) {
    Object object;
    for (const auto& [name, member] : value) object[name] = json_encode(member);
    return object;
}

template <class T>
    requires(boost::describe::has_describe_members<T>::value && !std::is_union_v<T>)
Value json_encode(const T& value) {
    Object object;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto descriptor) { object[descriptor.name] = json_encode(value.*descriptor.pointer); });
    return object;
}

template <class T>
    requires boost::describe::has_describe_enumerators<T>::value
Value json_encode(const T& value) {
    return Value(boost::describe::enum_to_string(value, ""));
}

template <class T>
Value encode(const T& value) {
    return json_encode(value);
}

}  // namespace fairway::json
