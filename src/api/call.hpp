#pragma once
// One REST call on its way through Fairway: who asks, in which language, with what body; and what it is
// answered.
#include <functional>
#include <optional>
#include <string>

#include "domain/texts.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "net/http.hpp"
#include "store/access.hpp"
#include "sync/context.hpp"

namespace fairway::api {

// What the REST interface works with; owned by the program.
struct Services {
    sync::Context& sync;
    std::function<void(SyncRunId, std::optional<StoreId>)>
        ask_for_tick;        // wakes the scheduler, for one store or for all
    std::string public_url;  // "http://127.0.0.1:8400", without a slash at the end
    Rng& rng;
};

struct Principal {
    TokenId token{};
    std::string actor{};  // "token:NAME"
    store::Role role = store::Role::viewer;
    bool buyer_data = false;
};

struct Call {
    const net::Request& request;
    Services& services;
    Principal principal{};
    domain::Language language = domain::Language::en;
    UtcTime now{};

    // A path parameter, in the order of the pattern.
    const std::string& param(std::size_t index) const { return request.params.at(index); }
    db::Database& db() const { return services.sync.db; }
};

struct Answer {
    int status = 200;
    json::Value body{};
};

using Handler = Result<Answer> (*)(Call&);

// The body as a described struct; unknown members, wrong types and over-long texts are refused with their
// path.
template <class T>
Result<T> read_body(const Call& call) {
    const json::Value value = TRY(json::parse(call.request.body));
    return json::decode<T>(value, {.unknown = json::Unknown::reject, .text_length_max = 4'096});
}

// An empty body counts as {}.
template <class T>
Result<T> read_optional_body(const Call& call) {
    if (trim(call.request.body).empty()) return json::decode<T>(json::Object{});
    return read_body<T>(call);
}

template <class T>
Answer ok(const T& body) {
    return {200, json::encode(body)};
}

template <class T>
Answer created(const T& body) {
    return {201, json::encode(body)};
}

}  // namespace fairway::api
