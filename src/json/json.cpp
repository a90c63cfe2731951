#include "json/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <set>

#include "base/text.hpp"

namespace fairway::json {

namespace {

// Looks at a text before it becomes a value: Boost.JSON keeps the last of repeated keys without a word.
class KeyChecker {
public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    using Code = boost::json::error_code;
    using Piece = boost::json::string_view;

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t, Code&) { return true; }
    bool on_object_begin(Code&) {
        keys_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, Code&) {
        keys_.pop_back();
        return true;
    }
    bool on_string_part(Piece, std::size_t, Code&) { return true; }
    bool on_string(Piece, std::size_t, Code&) { return true; }
    bool on_key_part(Piece piece, std::size_t, Code&) {
        key_ += piece;
        return true;
    }
    bool on_key(Piece piece, std::size_t, Code& code) {
        key_ += piece;
        const bool fresh = keys_.back().insert(key_).second;
        if (!fresh) {
            repeated_ = key_;
            code = boost::json::error::syntax;
        }
        key_.clear();
        return fresh;
    }
    bool on_number_part(Piece, Code&) { return true; }
    bool on_int64(std::int64_t, Piece, Code&) { return true; }
    bool on_uint64(std::uint64_t, Piece, Code&) { return true; }
    bool on_double(double, Piece, Code&) { return true; }
    bool on_bool(bool, Code&) { return true; }
    bool on_null(Code&) { return true; }
    bool on_comment_part(Piece, Code&) { return true; }
    bool on_comment(Piece, Code&) { return true; }

    const std::string& repeated() const { return repeated_; }

private:
    std::vector<std::set<std::string>> keys_;
    std::string key_;
    std::string repeated_;
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

Status check_keys(std::string_view text, const boost::json::parse_options& options) {
    boost::json::basic_parser<KeyChecker> checker(options);
    boost::json::error_code code;
    const std::size_t at = checker.write_some(false, text.data(), text.size(), code);
    if (!checker.handler().repeated().empty())
        return malformed("a key stands twice in one object, " + place(text, at));
    if (code) return malformed(code.message() + ", " + place(text, at));
    return {};
}

}  // namespace

Result<Value> parse(std::string_view text, ParseLimits limits) {
    if (text.size() > limits.bytes_max)
        return fail(ErrorKind::too_large, "json_too_large",
                    "the document is longer than " + std::to_string(limits.bytes_max) + " bytes");
    if (!is_valid_utf8(text)) return malformed("the text is not UTF-8");
    boost::json::parse_options options;
    options.max_depth = static_cast<std::size_t>(limits.depth_max);
    TRY(check_keys(text, options));
    boost::json::error_code code;
    Value value = boost::json::parse(boost::json::string_view(text.data(), text.size()), code, {}, options);
    if (code) return malformed(code.message());
    return value;
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
