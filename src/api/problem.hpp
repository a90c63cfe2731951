#pragma once
// Errors as RFC 9457 problem+json: {"type","title","status","code","field","detail"}.
#include <string>
#include <string_view>

#include "base/quoted.hpp"
#include "base/result.hpp"
#include "net/http.hpp"

namespace fairway::api {

int http_status(ErrorKind kind);
net::Response problem(const Error& error);
// With a status that no kind of error stands for, such as 405.
net::Response problem(const Error& error, int status);
// What the HTTP server itself refuses, as data: a request that it cannot read, or one whose handler failed
// (500).
net::Response server_problem(int status, const std::string& text);

// "there is no store "X"", with the field named.
std::unexpected<Error> no_such(std::string_view what, std::string_view given, std::string code,
                               std::string field);
net::Response json_response(int status, const std::string& body);

// Tells browsers that an answer of the interface is data: not to be guessed at, shown as a page, framed, or
// loaded by another site.
net::Response as_data(net::Response response);

}  // namespace fairway::api
