#pragma once
// From values to described structs; see json.hpp for what is offered.
#include <algorithm>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/pii.hpp"
#include "base/strong.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "json/json.hpp"

namespace fairway::json {

// Where decoding stands and what went wrong first. One per decode() call.
class Decoder {
public:
    explicit Decoder(DecodeOptions options) : options_(options) {}

    // The first problem wins; later ones are often only its consequence.
    void fail(std::string what, std::string code = "wrong_type");
    bool failed() const { return error_.has_value(); }
    Result<void> status() const;

    // Names the member or element being read while it lives.
    class At {
    public:
        At(Decoder& decoder, std::string_view member);
        At(Decoder& decoder, std::size_t index);
        ~At();
        At(const At&) = delete;
        At& operator=(const At&) = delete;

    private:
        Decoder& decoder_;
        std::size_t path_length_;
        std::size_t shape_length_;
    };

    void unknown_member(std::string_view name);
    // False and a failure when the text is longer than allowed.
    bool fits(std::string_view text);
    const DecodeOptions& options() const { return options_; }
    std::vector<std::string> unknown_paths() const { return {unknown_.begin(), unknown_.end()}; }

private:
    DecodeOptions options_;
    std::string path_;   // "packages[0].items"
    std::string shape_;  // "packages[].items"
    std::optional<Error> error_;
    std::set<std::string> unknown_;
};

void json_decode(Decoder& in, const Value& value, bool& out);
void json_decode(Decoder& in, const Value& value, std::string& out);
void json_decode(Decoder& in, const Value& value, UtcTime& out);
inline void json_decode(Decoder&, const Value& value, Value& out) { out = value; }

// nullopt and a failure when the value is no whole number.
std::optional<std::int64_t> decode_integer(Decoder& in, const Value& value);

template <std::integral Int>
    requires(!std::same_as<Int, bool>)
void json_decode(Decoder& in, const Value& value, Int& out) {
    const auto number = decode_integer(in, value);
    if (!number) return;
    if (!std::in_range<Int>(*number)) return in.fail("number out of range", "out_of_range");
    out = static_cast<Int>(*number);
}

template <class Tag>
void json_decode(Decoder& in, const Value& value, StrongText<Tag>& out) {
    std::string text;
    json_decode(in, value, text);
    out = StrongText<Tag>(std::move(text));
}

template <class Tag>
void json_decode(Decoder& in, const Value& value, Id<Tag>& out) {
    std::string text;
    json_decode(in, value, text);
    if (in.failed()) return;
    const auto id = Id<Tag>::parse(text);
    if (!id) return in.fail("expected an id such as " + std::string(Tag::kPrefix) + "_1", "wrong_id");
    out = *id;
}

// Declared before they are defined: they call each other for nested types.
template <class T>
void json_decode(Decoder& in, const Value& value, Pii<T>& out);
template <class T>
void json_decode(Decoder& in, const Value& value, std::optional<T>& out);
template <class T>
void json_decode(Decoder& in, const Value& value, std::vector<T>& out);
template <class T>
void json_decode(Decoder& in, const Value& value, std::map<std::string, T>& out);
template <class T>
    requires(boost::describe::has_describe_members<T>::value && !std::is_union_v<T>)
void json_decode(Decoder& in, const Value& value, T& out);
template <class T>
    requires boost::describe::has_describe_enumerators<T>::value
void json_decode(Decoder& in, const Value& value, T& out);

template <class T>
void json_decode(Decoder& in, const Value& value, Pii<T>& out) {
    T plain{};
    json_decode(in, value, plain);
    out = Pii<T>(std::move(plain));
}

template <class T>
void json_decode(Decoder& in, const Value& value, std::optional<T>& out) {
    if (value.is_null()) {
        out.reset();
        return;
    }
    json_decode(in, value, out.emplace());
}

template <class T>
void json_decode(Decoder& in, const Value& value, std::vector<T>& out) {
    if (!value.is_array()) return in.fail("expected a list");
    const Array& array = value.as_array();
    if (array.size() > in.options().array_length_max) return in.fail("too many elements", "too_long");
    out.clear();
    out.reserve(array.size());
    for (std::size_t i = 0; i < array.size() && !in.failed(); ++i) {
        const Decoder::At at(in, i);
        json_decode(in, array[i], out.emplace_back());
    }
}

template <class T>
void json_decode(Decoder& in, const Value& value, std::map<std::string, T>& out) {
    if (!value.is_object()) return in.fail("expected an object");
    out.clear();
    for (const auto& [name, member] : value.as_object()) {
        if (in.failed()) return;
        const std::string_view key(name.data(), name.size());
        if (!in.fits(key)) return;
        const Decoder::At at(in, key);
        json_decode(in, member, out[std::string(key)]);
    }
}

template <class T>
inline constexpr bool kMayBeAbsent = false;
template <class T>
inline constexpr bool kMayBeAbsent<std::optional<T>> = true;

template <class T>
    requires(boost::describe::has_describe_members<T>::value && !std::is_union_v<T>)
void json_decode(Decoder& in, const Value& value, T& out) {
    if (!value.is_object()) return in.fail("expected an object");
    const Object& object = value.as_object();
    std::size_t found = 0;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto descriptor) {
        if (in.failed()) return;
        const Decoder::At at(in, descriptor.name);
        auto& member = out.*descriptor.pointer;
        const Value* present = object.if_contains(descriptor.name);
        if (present != nullptr) {
            ++found;
            json_decode(in, *present, member);
        } else if constexpr (!kMayBeAbsent<std::remove_cvref_t<decltype(member)>>) {
            in.fail("is missing", "missing");
        }
    });
    if (in.failed() || found == object.size()) return;
    for (const auto& [name, member] : object) {
        bool known = false;
        boost::mp11::mp_for_each<Members>([&](auto descriptor) { known = known || name == descriptor.name; });
        if (!known) in.unknown_member(std::string_view(name.data(), name.size()));
    }
}

template <class T>
    requires boost::describe::has_describe_enumerators<T>::value
void json_decode(Decoder& in, const Value& value, T& out) {
    std::string text;
    json_decode(in, value, text);
    bool known = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto descriptor) {
        if (text != descriptor.name) return;
        out = descriptor.value;
        known = true;
    });
    if (!known) in.fail("is not one of the values known here", "unknown_value");
}

template <class T>
Result<T> decode(const Value& value, DecodeOptions options = {}) {
    Decoder in(options);
    T out{};
    json_decode(in, value, out);
    TRY(in.status());
    return out;
}

template <class T>
Result<Decoded<T>> decode_collecting(const Value& value,
                                     DecodeOptions options = {.unknown = Unknown::collect}) {
    options.unknown = Unknown::collect;
    Decoder in(options);
    Decoded<T> out{};
    json_decode(in, value, out.value);
    TRY(in.status());
    out.unknown_paths = in.unknown_paths();
    return out;
}

}  // namespace fairway::json
