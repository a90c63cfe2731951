#pragma once
// The REST interface: sign-in by bearer token or session, roles, idempotency keys, routes, errors as
// problem+json. handle() may be called from several threads at once.
#include <string>
#include <vector>

#include "api/call.hpp"
#include "api/events.hpp"
#include "api/exports.hpp"
#include "api/once.hpp"
#include "api/sign_in.hpp"
#include "net/router.hpp"

namespace fairway::api {

// Of the server that calls handle(): enough for those who wait for a password's hash and some more.
inline constexpr int kHandlerThreads = 12;

class Api {
public:
    explicit Api(Services services);
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    net::Response handle(net::Request request);
    // What the server refuses without asking: with what every answer tells a browser.
    net::Response refuse(int status, const std::string& text) const;
    // The same for the command line of this machine: no token, all rights, "cli" in the audit trail.
    enum class PersonalData { hidden, shown };
    net::Response handle_local(net::Request request, PersonalData personal_data);
    // "GET /api/v1/stores", …: compared with api/openapi.yaml by a test.
    std::vector<std::string> routes() const { return router_.routes(); }
    // How long the body of the request may be, as far as its head says: bodies are read before anybody is
    // known.
    std::size_t body_max(const net::Request& head) const;

private:
    net::Response serve(const net::Request& request, Handler handler, store::Role least);
    net::Response metrics(const net::Request& request);
    net::Response events(const net::Request& request);
    net::Response export_list(const net::Request& request);
    net::Response answer(const net::Request& request, Handler handler, const Principal& principal,
                         UtcTime now);
    net::Response serve_once(Call& call, Handler handler);
    net::Response dispatch_with_memory(net::Request request);
    net::Response for_browsers(net::Response response) const;

    void add_sign_in();

    Services services_;
    Exports exports_;
    OpenStreams open_streams_;
    SignIn sign_in_;
    RunningKeys running_keys_;
    KeyBudget key_budget_;
    net::Router router_;
    std::function<net::Response(net::Request)> dispatch_;
};

}  // namespace fairway::api
