#pragma once
// An HttpClient without sockets: calls go straight to a handler (the sandbox, a fake, a recording). Scenarios
// and the simulation run on it. As thread-safe as its handler.
#include <functional>

#include "net/http.hpp"

namespace fairway::net {

class MemoryClient final : public HttpClient {
public:
    using Handler = std::function<Result<Response>(const ClientRequest&, const Request&)>;
    // The handler is given the call as sent and as a server would see it.
    explicit MemoryClient(Handler handler) : handler_(std::move(handler)) {}
    Task<Result<Response>> send(ClientRequest request) override;

private:
    Handler handler_;
};

}  // namespace fairway::net
