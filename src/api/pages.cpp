#include "api/pages.hpp"

#include <algorithm>
#include <set>

#include "api/problem.hpp"
#include "base/text.hpp"

namespace fairway::api {

namespace {

std::unexpected<Error> bad_cursor() {
    return fail(ErrorKind::invalid, "cursor_invalid",
                "after is not what a page gave as next; begin without it", "after");
}

}  // namespace

Result<PageRequest> read_page(const Call& call) {
    constexpr int kLimitMax = 200;
    PageRequest page;
    if (const std::string* limit = call.request.query_value("limit")) {
        const auto number = parse_int(*limit);
        if (!number || *number < 1 || *number > kLimitMax)
            return fail(ErrorKind::invalid, "limit_invalid", "limit is between 1 and 200", "limit");
        page.limit = static_cast<int>(*number);
    }
    if (const std::string* after = call.request.query_value("after")) {
        const auto bytes = base64url_decode(*after);
        if (!bytes) return bad_cursor();
        page.after.assign(bytes->begin(), bytes->end());
        if (!is_valid_utf8(page.after) || page.after.contains('\0')) return bad_cursor();
    }
    return page;
}

std::string encode_cursor(std::string_view keys) { return base64url_encode(as_bytes(keys)); }

Result<std::optional<std::int64_t>> read_id_cursor(const PageRequest& page) {
    if (page.after.empty()) return std::nullopt;
    const auto id = parse_int(page.after);
    if (!id) return bad_cursor();
    return id;
}

std::unexpected<Error> bad_filter(std::string_view name, std::string_view why) {
    return fail(ErrorKind::invalid, "filter_invalid", std::string(name) + ": " + std::string(why),
                std::string(name));
}

Result<std::optional<UtcTime>> read_time(const Call& call, std::string_view name) {
    const std::string* text = call.request.query_value(name);
    if (text == nullptr) return std::nullopt;
    const auto time = parse_rfc3339(*text);
    if (!time) return bad_filter(name, "not an RFC 3339 time with offset, such as 2026-11-23T08:00:00Z");
    return time;
}

Result<std::optional<bool>> read_flag(const Call& call, std::string_view name) {
    const std::string* text = call.request.query_value(name);
    if (text == nullptr) return std::nullopt;
    if (*text != "true" && *text != "false") return bad_filter(name, "true or false");
    return *text == "true";
}

Result<std::optional<std::string>> read_search(const Call& call) {
    constexpr std::size_t kLengthMax = 200;
    const std::string* text = call.request.query_value("q");
    if (text == nullptr) return std::nullopt;
    if (text->size() > kLengthMax) return bad_filter("q", "longer than 200 characters");
    return *text;
}

Status read_personal_data(Call& call) {
    const auto wanted = TRY(read_flag(call, "personal_data"));
    if (wanted == false) call.principal.buyer_data = false;
    return {};
}

Status check_query(const Call& call, std::span<const std::string_view> known) {
    std::set<std::string_view> seen;
    for (const auto& [name, value] : call.request.query) {
        const bool is_known =
            name == "limit" || name == "after" || std::ranges::find(known, name) != known.end();
        if (!is_known)
            return fail(ErrorKind::invalid, "filter_unknown", "there is no filter " + quoted(name) + " here",
                        name);
        if (!seen.insert(name).second)
            return fail(ErrorKind::invalid, "filter_repeated", quoted(name) + " is given more than once",
                        name);
    }
    return {};
}

}  // namespace fairway::api
