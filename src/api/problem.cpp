#include "api/problem.hpp"

#include <string_view>

#include "json/json.hpp"

namespace fairway::api {

namespace {

std::string_view title(int status) {
    switch (status) {
        case 400: return "Bad request";
        case 401: return "Not signed in";
        case 403: return "Not allowed";
        case 404: return "Not found";
        case 405: return "Method not allowed";
        case 409: return "Conflict";
        case 413: return "Too large";
        case 422: return "Value not acceptable";
        case 429: return "Too many requests";
        case 502: return "Amazon could not be asked";
        case 503: return "Unavailable";
        case 504: return "No answer in time";
        default: return "Internal error";
    }
}

}  // namespace

int http_status(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed: return 400;
        case ErrorKind::invalid: return 422;
        case ErrorKind::unauthorized: return 401;
        case ErrorKind::forbidden: return 403;
        case ErrorKind::not_found: return 404;
        case ErrorKind::conflict: return 409;
        case ErrorKind::too_large: return 413;
        case ErrorKind::throttled: return 429;
        case ErrorKind::timeout: return 504;
        case ErrorKind::unavailable: return 503;
        case ErrorKind::corrupt:
        case ErrorKind::internal: return 500;
    }
    return 500;
}

net::Response json_response(int status, const std::string& body) {
    net::Response response;
    response.status = status;
    response.headers.set("Content-Type", status >= 400 ? "application/problem+json" : "application/json");
    response.headers.set("Cache-Control", "no-store");
    response.body = body;
    return response;
}

net::Response problem(const Error& error) {
    const int status = http_status(error.kind);
    json::Object body;
    body["type"] = "about:blank";
    body["title"] = title(status);
    body["status"] = status;
    body["code"] = error.code;
    body["field"] = error.field.empty() ? json::Value(nullptr) : json::Value(error.field);
    body["detail"] = error.message;
    net::Response response = json_response(status, json::serialize(body));
    if (error.retry_after) {
        const auto wait = std::chrono::ceil<seconds>(*error.retry_after).count();
        response.headers.set("Retry-After", std::to_string(wait));
    }
    if (status == 401) response.headers.set("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace fairway::api
