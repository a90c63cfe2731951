#include "net/http.hpp"

#include <algorithm>

namespace fairway::net {

namespace {

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_text(std::string_view value) { return is_valid_utf8(value) && !value.contains('\0'); }

// "http://host/path?query" to "/path?query"; anything else as it is.
std::string_view without_authority(std::string_view target) {
    if (!target.starts_with("http://") && !target.starts_with("https://")) return target;
    const std::size_t host = target.find("//") + 2;
    const std::size_t end = target.find_first_of("/?", host);
    return end == std::string_view::npos ? "/" : target.substr(end);
}

}  // namespace

void Headers::set(std::string_view name, std::string value) {
    const auto named = [name](const auto& pair) { return same_name(pair.first, name); };
    const auto first = std::ranges::find_if(pairs_, named);
    if (first == pairs_.end()) {
        pairs_.emplace_back(name, std::move(value));
        return;
    }
    first->second = std::move(value);
    pairs_.erase(std::remove_if(first + 1, pairs_.end(), named), pairs_.end());
}

const std::string* Headers::find(std::string_view name) const {
    const auto found =
        std::ranges::find_if(pairs_, [name](const auto& pair) { return same_name(pair.first, name); });
    return found == pairs_.end() ? nullptr : &found->second;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(pairs_, [name](const auto& pair) { return same_name(pair.first, name); }));
}

const std::string* Request::query_value(std::string_view name) const {
    const auto found = std::ranges::find(query, name, &QueryPairs::value_type::first);
    return found == query.end() ? nullptr : &found->second;
}

Status set_target(Request& request, std::string_view target) {
    const auto refuse = [](const char* why) { return fail(ErrorKind::malformed, "bad_target", why); };
    target = without_authority(target);
    const std::size_t mark = target.find('?');
    const std::string_view path = target.substr(0, mark);
    const std::string_view query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
    if (!path.starts_with('/') && !(path.empty() && mark == 0))
        return refuse("the request target is not a path");
    if (target.contains('#')) return refuse("the request target has a fragment");
    // A path with a broken escape is the router's to refuse: it alone knows how its owner words errors.
    if (has_control_character(path) || has_control_character(percent_decode(path).value_or("")))
        return refuse("the path has a control character");
    auto pairs = parse_query(query, true);
    if (!pairs) return refuse("the query has a broken escape");
    if (!std::ranges::all_of(*pairs,
                             [](const auto& pair) { return is_text(pair.first) && is_text(pair.second); }))
        return refuse("the query is not text");
    request.path = path.empty() ? "/" : std::string(path);
    request.query = *std::move(pairs);
    return {};
}

}  // namespace fairway::net
