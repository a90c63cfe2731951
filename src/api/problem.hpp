#pragma once
// Errors as RFC 9457 problem+json: {"type","title","status","code","field","detail"}.
#include "base/result.hpp"
#include "net/http.hpp"

namespace fairway::api {

int http_status(ErrorKind kind);
net::Response problem(const Error& error);
net::Response json_response(int status, const std::string& body);

}  // namespace fairway::api
