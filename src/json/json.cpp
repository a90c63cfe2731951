#include "json/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>

#include "base/text.hpp"

namespace fairway::json {

namespace {

// The keys of the objects that are not at their end yet, those of the innermost last; their characters lie
// one after the other, since a key of its own would be an allocation.
class OpenKeys {
public:
    void add(std::string_view piece) { text_ += piece; }
    void end() { ends_.push_back(text_.size()); }

    // The innermost object has ended; true if one of its keys, so many, stands in it twice.
    bool close(std::size_t count) {
        const std::size_t first = ends_.size() - count;
        const std::size_t begin = first == 0 ? 0 : ends_[first - 1];
        sorted_.clear();
        for (std::size_t i = first, at = begin; i < ends_.size(); at = ends_[i++])
            sorted_.push_back(std::string_view(text_).substr(at, ends_[i] - at));
        std::ranges::sort(sorted_);
        const bool repeats = std::ranges::adjacent_find(sorted_) != sorted_.end();
        ends_.resize(first);
        text_.resize(begin);
        return repeats;
    }

private:
    std::string text_{};
    std::vector<std::size_t> ends_{};
    std::vector<std::string_view> sorted_{};  // of the object that ends; kept for its memory
};

// Builds the value while the text is read, and looks at each object's keys: Boost.JSON keeps the last of
// repeated ones without a word.
class Builder {
public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    using Code = boost::json::error_code;
    using Piece = boost::json::string_view;

    // One block after the other, given back with the value: a document lives and dies as a whole.
    Builder() { stack_.reset(boost::json::make_shared_resource<boost::json::monotonic_resource>()); }

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t count, Code&) {
        stack_.push_array(count);
        return true;
    }
    bool on_object_begin(Code&) { return true; }
    bool on_object_end(std::size_t count, Code& code) {
        stack_.push_object(count);
        key_repeats_ = keys_.close(count);
        if (key_repeats_) code = boost::json::error::syntax;
        return !key_repeats_;
    }
    bool on_string_part(Piece piece, std::size_t, Code&) { return add(piece); }
    bool on_string(Piece piece, std::size_t, Code&) {
        stack_.push_string(piece);
        return true;
    }
    bool on_key_part(Piece piece, std::size_t, Code&) {
        keys_.add(piece);
        return add(piece);
    }
    bool on_key(Piece piece, std::size_t, Code&) {
        stack_.push_key(piece);
        keys_.add(piece);
        keys_.end();
        return true;
    }
    bool on_number_part(Piece, Code&) { return true; }
    bool on_int64(std::int64_t number, Piece, Code&) {
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, Piece, Code&) {
        stack_.push_uint64(number);
        return true;
    }
    // A number beyond all doubles would be read as infinite, which no text can say.
    bool on_double(double number, Piece, Code& code) {
        stack_.push_double(number);
        if (!std::isfinite(number)) code = boost::json::error::exponent_overflow;
        return !code;
    }
    bool on_bool(bool truth, Code&) {
        stack_.push_bool(truth);
        return true;
    }
    bool on_null(Code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(Piece, Code&) { return true; }
    bool on_comment(Piece, Code&) { return true; }

    Value release() { return stack_.release(); }
    bool key_repeats() const { return key_repeats_; }

private:
    bool add(Piece piece) {
        stack_.push_chars(piece);
        return true;
    }

    boost::json::value_stack stack_;
    OpenKeys keys_;
    bool key_repeats_ = false;
};

std::string place(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, std::min(at, text.size()));
    const auto line = std::ranges::count(before, '\n') + 1;
    const std::size_t last_break = before.rfind('\n');
    const std::size_t column =
        last_break == std::string_view::npos ? before.size() + 1 : before.size() - last_break;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

std::unexpected<Error> malformed(const std::string& what) {
    return fail(ErrorKind::malformed, "json_malformed", "not valid JSON: " + what);
}

// A zero byte has no meaning in any text of ours, and PostgreSQL keeps none: one such title must not stop the
// page that it stands on. It can only come from this escape, and becomes the sign for an unreadable
// character.
constexpr std::string_view kZeroByte = "\\u0000";
std::string replace_zero_bytes(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const bool is_zero = text.substr(at, kZeroByte.size()) == kZeroByte;
        // A backslash takes the next character with it: what follows "\\\\" is no escape.
        const std::size_t length = is_zero ? kZeroByte.size() : text[at] == '\\' ? 2 : 1;
        out += is_zero ? std::string_view("\\ufffd") : text.substr(at, length);
        at += length;
    }
    return out;
}

}  // namespace

Result<Value> parse(std::string_view text, ParseLimits limits) {
    if (text.size() > limits.bytes_max)
        return fail(ErrorKind::too_large, "json_too_large",
                    "the document is longer than " + std::to_string(limits.bytes_max) + " bytes");
    if (!is_valid_utf8(text)) return malformed("the text is not UTF-8");
    std::string replaced;
    if (text.find(kZeroByte) != std::string_view::npos) text = replaced = replace_zero_bytes(text);
    boost::json::parse_options options;
    options.max_depth = static_cast<std::size_t>(limits.depth_max);
    boost::json::basic_parser<Builder> parser(options);
    boost::json::error_code code;
    const std::size_t at = parser.write_some(false, text.data(), text.size(), code);
    if (!code && at < text.size()) code = boost::json::error::extra_data;
    if (parser.handler().key_repeats())
        return malformed("a key stands twice in one object, which ends at " + place(text, at));
    if (code) return malformed(code.message() + ", " + place(text, at));
    return parser.handler().release();
}

std::string serialize(const Value& value) { return boost::json::serialize(value); }

const Value* find(const Value& value, std::string_view path) {
    const Value* at = &value;
    while (!path.empty()) {
        if (path.front() == '[') {
            const std::size_t close = path.find(']');
            if (close == std::string_view::npos || !at->is_array()) return nullptr;
            const auto index = parse_int(path.substr(1, close - 1));
            if (!index || *index < 0 || static_cast<std::size_t>(*index) >= at->as_array().size())
                return nullptr;
            at = &at->as_array()[static_cast<std::size_t>(*index)];
            path.remove_prefix(close + 1);
        } else {
            const std::size_t end = path.find_first_of(".[");
            const std::string_view name = path.substr(0, end);
            if (!at->is_object()) return nullptr;
            at = at->as_object().if_contains(boost::json::string_view(name.data(), name.size()));
            if (at == nullptr) return nullptr;
            path.remove_prefix(name.size());
        }
        if (path.starts_with('.')) path.remove_prefix(1);
    }
    return at;
}

}  // namespace fairway::json
