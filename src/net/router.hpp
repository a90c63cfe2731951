#pragma once
// From a request to its handler: "GET /api/v1/stores/{store}" by exact path parts; a {name} takes one part,
// which may hold percent-encoded slashes.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"

namespace fairway::net {

using Handler = std::function<Response(const Request&)>;

class Router {
public:
    // body_max: bytes the route accepts; a longer body is answered 413 before the handler runs.
    void add(std::string method, std::string pattern, Handler handler, std::size_t body_max = 1024 * 1024);

    struct Match {
        const Handler* handler = nullptr;
        int status = 404;  // 404, 405 or 400 (an escape that does not decode) when there is no handler
        std::vector<std::string> params{};  // decoded
        std::string pattern{};
        std::size_t body_max = 0;
        std::vector<std::string> allowed{};  // methods the path has, for 405
    };
    // An exact part wins over a {name}, the first difference decides; the method is looked at last. HEAD is
    // answered by GET's handler (the server drops the body).
    Match match(std::string_view method, std::string_view path) const;

    // Every "METHOD /pattern", sorted: the contract test compares them with api/openapi.yaml.
    std::vector<std::string> routes() const;

private:
    struct Route {
        std::string method, pattern;
        std::vector<std::string> parts;
        Handler handler;
        std::size_t body_max;
    };
    const Route* best_route(const std::vector<std::string>& parts) const;

    std::vector<Route> routes_;
};

// Says how a request is answered that no handler gets: 400, 404, 405 (Allow is added) or 413.
using Refusal = std::function<Response(int status, const Router::Match& match)>;

// The one handler of a server: finds the route, fills params and route, holds to its body_max. Keeps a
// reference to the router, which must not change any more.
std::function<Response(Request)> dispatch(const Router& router, Refusal refuse);

}  // namespace fairway::net
