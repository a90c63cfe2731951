#include "api/problem.hpp"

#include <algorithm>

#include "api/shapes.hpp"
#include "base/text.hpp"
#include "json/encode.hpp"

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
        case 415: return "Unsupported media type";
        case 417: return "Expectation failed";
        case 429: return "Too many requests";
        case 431: return "Header too large";
        case 501: return "Not implemented";
        case 503: return "Unavailable";
        case 504: return "No answer in time";
        case 505: return "HTTP version not supported";
        default: return "Internal error";
    }
}

// Of what the server refuses before, or after, a handler has its say.
std::string server_code(int status) {
    switch (status) {
        case 413: return "body_too_large";
        case 500: return "internal";
        case 503: return "too_many_streams";
        default: return "request_unreadable";
    }
}

// JSON is UTF-8: a message that quotes half a character must not break the answer.
std::string readable(std::string text) {
    if (!is_valid_utf8(text))
        std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    return text;
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

net::Response problem(const Error& error) { return problem(error, http_status(error.kind)); }

net::Response problem(const Error& error, int status) {
    Problem body{.type = "about:blank",
                 .title = std::string(title(status)),
                 .status = status,
                 .code = error.code,
                 .field = std::nullopt,
                 .detail = readable(error.message)};
    if (!error.field.empty()) body.field = readable(error.field);
    net::Response response = json_response(status, json::serialize(json::encode(body)));
    if (error.retry_after) {
        const auto wait = std::chrono::ceil<seconds>(*error.retry_after).count();
        response.headers.set("Retry-After", std::to_string(wait));
    }
    if (status == 401) response.headers.set("WWW-Authenticate", "Bearer");
    return response;
}

net::Response server_problem(int status, const std::string& text) {
    const Problem body{.type = "about:blank",
                       .title = std::string(title(status)),
                       .status = status,
                       .code = server_code(status),
                       .field = std::nullopt,
                       .detail = readable(text)};
    return as_data(json_response(status, json::serialize(json::encode(body))));
}

net::Response as_data(net::Response response) {
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
    return response;
}

std::unexpected<Error> no_such(std::string_view what, std::string_view given, std::string code,
                               std::string field) {
    return fail(ErrorKind::not_found, std::move(code),
                "there is no " + std::string(what) + " " + quoted(given), std::move(field));
}

}  // namespace fairway::api
