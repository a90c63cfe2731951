// Request targets, headers and routes, without sockets: a method, a space and a target in the first line,
// then header fields.
#include <algorithm>

#include "fuzz.hpp"
#include "net/router.hpp"

namespace fairway::fuzz {

namespace {

net::Router make_router() {
    net::Router router;
    const auto handler = [](const net::Request&) { return net::Response{}; };
    for (const char* pattern : {"/", "/stores", "/stores/{store}", "/stores/{store}/settings",
                                "/stores/new/{what}", "/listings/{store}/{seller_sku}", "/{any}/{thing}/x"})
        for (const char* method : {"GET", "PUT"}) router.add(method, pattern, handler, 100);
    router.add("POST", "/stores", handler, 100);
    return router;
}

// The pattern with its {names} filled in again.
std::string fill(std::string_view pattern, const std::vector<std::string>& params) {
    std::string path;
    std::size_t next = 0;
    for (const std::string_view part : split(pattern.substr(1), '/'))
        path += "/" + (part.starts_with('{') ? percent_encode(params.at(next++)) : std::string(part));
    CHECK(next == params.size(), "every name has its value");
    return path;
}

void check_match(std::string_view method, const std::string& path) {
    static const net::Router kRouter = make_router();
    const net::Router::Match match = kRouter.match(method, path);
    if (match.handler == nullptr) {
        CHECK(match.status == 400 || match.status == 404 || match.status == 405, "why there is no handler");
        CHECK((match.status == 405) == !match.allowed.empty(), "405 says what is allowed");
        return;
    }
    CHECK(match.body_max == 100, "a route has its limit");
    for (const std::string& param : match.params)
        CHECK(!param.empty() && is_valid_utf8(param), "a parameter is text");
    const net::Router::Match again = kRouter.match(method, fill(match.pattern, match.params));
    CHECK(again.pattern == match.pattern && again.params == match.params, "a path can be written again");
}

void check_target(std::string_view method, std::string_view target) {
    net::Request request{.method = std::string(method), .path = {}};
    const Status read = net::set_target(request, target);
    if (!read) {
        check_error(read.error());
        CHECK(read.error().kind == ErrorKind::malformed, "a bad target is malformed");
        return;
    }
    CHECK(request.path.starts_with('/'), "a path begins with a slash");
    CHECK(!request.path.contains('?') && !request.path.contains('#'), "a path is without query and fragment");
    for (const auto& [name, value] : request.query) {
        CHECK(is_valid_utf8(name) && is_valid_utf8(value), "a query is text");
        CHECK(request.query_value(name) != nullptr, "what is there is found");
    }
    net::Request same{.method = request.method, .path = {}};
    const std::string written = request.path + "?" + format_query(request.query);
    CHECK(net::set_target(same, written).has_value(), "a target can be written again");
    CHECK(same.path == request.path && same.query == request.query, "and is the same one");
    check_match(method, request.path);
}

void check_headers(std::string_view text) {
    net::Headers headers;
    std::size_t count = 0;
    while (!text.empty() && count < 30) {
        const std::string_view line = take_part(text);
        headers.add(std::string(line.substr(0, line.find(':'))), "value");
        ++count;
    }
    const net::Headers all = headers;
    for (const auto& [name, value] : all) {
        CHECK(headers.find(name) != nullptr && headers.find(to_lower_ascii(name)) != nullptr, "any case");
        CHECK(all.count(name) >= 1 && all.count(name) <= count, "each is counted");
        headers.set(name, "new");
        CHECK(headers.count(name) == 1 && *headers.find(name) == "new", "set leaves one");
    }
}

}  // namespace

void fuzz_one(std::string_view input) {
    std::string_view first = take_part(input);
    const std::string_view method = take_part(first, " ");
    check_target(method, first);
    check_headers(input);
}

}  // namespace fairway::fuzz
