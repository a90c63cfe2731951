#pragma once
// The HttpClient over libcurl: one thread drives all transfers, answers are resumed on the executor of the
// coroutine that asked. TLS 1.2 or newer with certificate checks, no redirects, connections kept and reused.
// A request is never sent twice, not even when a reused connection turns out to be dead. Destroying the
// client ends what is in flight with an error; it must happen before the loops whose tasks use it are
// destroyed.
#include <memory>
#include <string>

#include "net/http.hpp"

namespace fairway::net {

struct CurlOptions {
    std::string user_agent =
        "Fairway/0 (Language=C++/23)";  // Amazon asks for App/Version (Language=…), 500 at most
    Duration connect_timeout = seconds(5);
    std::size_t body_bytes_max = 10 * 1024 * 1024;
    int connections_per_host_max = 8;
    std::string ca_file{};  // empty: the system's
    std::string proxy{};    // "http://proxy:3128"; empty: none, whatever the environment says
};

std::unique_ptr<HttpClient> make_curl_client(CurlOptions options);

}  // namespace fairway::net
