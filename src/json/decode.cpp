#include "json/decode.hpp"

namespace fairway::json {

void Decoder::fail(std::string what, std::string code) {
    if (error_) return;
    const std::string message = path_.empty() ? what : path_ + ": " + what;
    error_ = Error{ErrorKind::invalid, std::move(code), message, path_, std::nullopt};
}

Result<void> Decoder::status() const {
    if (error_) return std::unexpected(*error_);
    return {};
}

Decoder::At::At(Decoder& decoder, std::string_view member)
    : decoder_(decoder), path_length_(decoder.path_.size()), shape_length_(decoder.shape_.size()) {
    for (std::string* path : {&decoder_.path_, &decoder_.shape_}) {
        if (!path->empty()) *path += '.';
        *path += member;
    }
}

Decoder::At::At(Decoder& decoder, std::size_t index)
    : decoder_(decoder), path_length_(decoder.path_.size()), shape_length_(decoder.shape_.size()) {
    decoder_.path_ += "[" + std::to_string(index) + "]";
    decoder_.shape_ += "[]";
}

Decoder::At::~At() {
    decoder_.path_.resize(path_length_);
    decoder_.shape_.resize(shape_length_);
}

void Decoder::unknown_member(std::string_view name) {
    // Cut between characters: the name is told in answers and stored.
    std::size_t length = std::min<std::size_t>(name.size(), 100);
    while (!is_valid_utf8(name.substr(0, length))) --length;
    // A member may have no name at all.
    const At at(*this, name.empty() ? R"("")" : name.substr(0, length));
    if (options_.unknown == Unknown::reject) return fail("is not a member known here", "unknown_member");
    unknown_.insert(shape_);
}

bool Decoder::fits(std::string_view text) {
    if (utf8_length(text) <= options_.text_length_max) return true;
    fail("has more than " + std::to_string(options_.text_length_max) + " characters", "too_long");
    return false;
}

void json_decode(Decoder& in, const Value& value, bool& out) {
    if (!value.is_bool()) return in.fail("expected true or false");
    out = value.as_bool();
}

void json_decode(Decoder& in, const Value& value, std::string& out) {
    if (!value.is_string()) return in.fail("expected a text");
    const auto& text = value.as_string();
    if (!in.fits(std::string_view(text.data(), text.size()))) return;
    out.assign(text.data(), text.size());
}

void json_decode(Decoder& in, const Value& value, UtcTime& out) {
    std::string text;
    json_decode(in, value, text);
    if (in.failed()) return;
    const auto time = parse_rfc3339(text);
    if (!time) return in.fail("expected a time such as 2026-11-23T08:00:00Z", "wrong_time");
    out = *time;
}

std::optional<std::int64_t> decode_integer(Decoder& in, const Value& value) {
    if (value.is_int64()) return value.as_int64();
    if (value.is_uint64()) in.fail("number out of range", "out_of_range");
    else in.fail("expected a whole number");
    return std::nullopt;
}

}  // namespace fairway::json
