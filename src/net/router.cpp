#include "net/router.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace fairway::net {

namespace {

bool is_param(std::string_view part) { return part.starts_with('{'); }

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    for (const std::string_view part : split(path.substr(1), '/')) parts.emplace_back(part);
    return parts;
}

// The decoded parts of a path; nullopt if one does not decode to text.
std::optional<std::vector<std::string>> decoded_parts(std::string_view path) {
    auto parts = parts_of(path);
    for (std::string& part : parts) {
        auto decoded = percent_decode(part);
        if (!decoded || !is_valid_utf8(*decoded)) return std::nullopt;
        part = *std::move(decoded);
    }
    return parts;
}

bool same_shape(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::equal(
        a, b, [](const auto& x, const auto& y) { return x == y || (is_param(x) && is_param(y)); });
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& parts) {
    return std::ranges::equal(pattern, parts, [](const auto& want, const auto& got) {
        return is_param(want) ? !got.empty() : want == got;
    });
}

// Of two patterns that fit the same path: true if a is exact where b first has a {name} and a has none.
bool more_exact(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::lexicographical_compare(a, b, {}, is_param, is_param);
}

}  // namespace

void Router::add(std::string method, std::string pattern, Handler handler, std::size_t body_max) {
    CHECK(pattern.starts_with('/'), "a route is a path");
    auto parts = parts_of(pattern);
    for (const Route& route : routes_)
        CHECK(route.method != method || !same_shape(route.parts, parts), "a route is added once");
    routes_.push_back(
        {std::move(method), std::move(pattern), std::move(parts), std::move(handler), body_max});
}

const Router::Route* Router::best_route(const std::vector<std::string>& parts) const {
    const Route* best = nullptr;
    for (const Route& route : routes_)
        if (fits(route.parts, parts) && (!best || more_exact(route.parts, best->parts))) best = &route;
    return best;
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
    Match match;
    if (!path.starts_with('/')) return match;
    const auto parts = decoded_parts(path);
    if (!parts) {
        match.status = 400;
        return match;
    }
    const Route* best = best_route(*parts);
    if (!best) return match;
    const Route* found = nullptr;
    for (const Route& route : routes_) {
        if (!same_shape(route.parts, best->parts)) continue;
        match.allowed.push_back(route.method);
        if (route.method == method || (method == "HEAD" && route.method == "GET" && !found)) found = &route;
    }
    const auto allows = [&match](const char* name) { return std::ranges::count(match.allowed, name) > 0; };
    if (allows("GET") && !allows("HEAD")) match.allowed.emplace_back("HEAD");
    std::ranges::sort(match.allowed);
    match.status = found ? 200 : 405;
    if (!found) return match;
    match.handler = &found->handler;
    match.pattern = found->pattern;
    match.body_max = found->body_max;
    for (std::size_t i = 0; i < parts->size(); ++i)
        if (is_param(found->parts[i])) match.params.push_back((*parts)[i]);
    return match;
}

std::vector<std::string> Router::routes() const {
    std::vector<std::string> lines;
    for (const Route& route : routes_) lines.push_back(route.method + " " + route.pattern);
    std::ranges::sort(lines);
    return lines;
}

std::function<Response(Request)> dispatch(const Router& router, Refusal refuse) {
    return [&router, refuse = std::move(refuse)](Request request) {
        Router::Match match = router.match(request.method, request.path);
        if (!match.handler) {
            Response response = refuse(match.status, match);
            if (match.status == 405 && !response.headers.find("Allow")) {
                std::string allow;
                for (const std::string& method : match.allowed) allow += (allow.empty() ? "" : ", ") + method;
                response.headers.add("Allow", std::move(allow));
            }
            return response;
        }
        if (request.body.size() > match.body_max) return refuse(413, match);
        request.params = std::move(match.params);
        request.route = std::move(match.pattern);
        return (*match.handler)(request);
    };
}

}  // namespace fairway::net
