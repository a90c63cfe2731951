#pragma once
// One REST call on its way through Fairway: who asks, in which language, with what body; and what it is
// answered.
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/fault_point.hpp"
#include "crypto/password.hpp"
#include "domain/texts.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "net/client_network.hpp"
#include "net/http.hpp"
#include "store/access.hpp"
#include "sync/context.hpp"

namespace fairway::api {

class Exports;

// What is true of the process from its start on.
struct ProcessFacts {
    UtcTime started_at{};
    std::string clock = "system";  // or the address of a sandbox's clock
    db::Engine key_store = db::Engine::sqlite;
};

// What the REST interface works with; owned by the program.
struct Services {
    sync::Context& sync;
    std::function<void(SyncRunId, std::optional<StoreId>)>
        ask_for_tick;        // wakes the scheduler, for one store or for all
    std::string public_url;  // "http://127.0.0.1:8400", without a slash at the end
    Rng& rng;
    net::Proxy proxy = net::Proxy::none;
    crypto::PasswordCost password_cost{};
    ProcessFacts process{};
    Exports* exports = nullptr;  // the interface's own
    int keys_per_day = 50'000;   // new Idempotency-Keys of one token or person
};

inline bool is_over_https(const Services& services) { return services.public_url.starts_with("https://"); }

struct Principal {
    TokenId token{};               // or session
    std::optional<UserId> user{};  // of a session
    std::string actor{};           // "token:tk_3 (NAME)", "user:us_1 (NAME)"
    store::Role role = store::Role::viewer;
    bool buyer_data = false;
    std::optional<UserId> maker{};  // of the tokens that are made: the person, or whoever made this token
};

struct Answer {
    int status = 200;
    json::Value body{};
    // Where the body shows a secret once: what is kept under the Idempotency-Key in its place.
    std::optional<json::Value> kept{};
};

// A mutation that came with an Idempotency-Key.
struct Once {
    std::string key{};
    crypto::Digest request{};  // of everything that makes two requests the same
};

struct Call {
    const net::Request& request;
    Services& services;
    Principal principal{};
    domain::Language language = domain::Language::en;
    UtcTime now{};
    std::optional<Once> once{};
    bool answer_kept = false;  // under the Idempotency-Key
    // Orders whose personal data the answer shows, and whether it was searched: both are recorded.
    std::set<AmazonOrderId> persons_shown{};
    bool persons_searched = false;
    // Whether names may be searched; of a mutation, too, whose answer never shows any.
    bool may_search_persons = false;
    // The list that is taken away as a whole, for the audit; else empty.
    std::string exported{};

    // A path parameter, in the order of the pattern.
    const std::string& param(std::size_t index) const { return request.params.at(index); }
    db::Database& db() const { return services.sync.db; }

    // function(db::Transaction&) -> Result<Answer>. The effect, its trace in the audit and the answer kept
    // under the Idempotency-Key are one commit: no crash can leave one without the others.
    template <class Function>
    Result<Answer> write(CommitPoint point, Function&& function);
};

// Takes the key; conflict "request_running" if another request has it.
Status claim_key(db::Transaction& tx, const Call& call);
void keep_answer(db::Transaction& tx, const Call& call, const Answer& answer);

template <class Function>
Result<Answer> Call::write(CommitPoint point, Function&& function) {
    Result<Answer> answer = db().write(point, [&](db::Transaction& tx) -> Result<Answer> {
        if (once) TRY(claim_key(tx, *this));
        Answer done = TRY(function(tx));
        if (once) keep_answer(tx, *this, done);
        return done;
    });
    answer_kept = once.has_value() && answer.has_value();
    return answer;
}

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

// For what takes no body: whoever sends members believes that they mean something.
struct NoBody {};
BOOST_DESCRIBE_STRUCT(NoBody, (), ())
inline Status require_no_body(const Call& call) {
    TRY(read_optional_body<NoBody>(call));
    return {};
}

template <class T>
Answer ok(const T& body) {
    return {200, json::encode(body)};
}

template <class T>
Answer created(const T& body) {
    return {201, json::encode(body)};
}

// The secret is in this answer and nowhere else: the same request again is answered without it.
template <class T>
Answer created_once(T body, std::string T::* secret) {
    Answer answer = created(body);
    (body.*secret).clear();
    answer.kept = json::encode(body);
    return answer;
}

}  // namespace fairway::api
