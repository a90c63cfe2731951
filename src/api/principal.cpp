#include "api/principal.hpp"

#include "base/text.hpp"
#include "crypto/crypto.hpp"
#include "store/users.hpp"

namespace fairway::api {

namespace {

std::optional<std::string_view> bearer_token(const net::Request& request) {
    const std::string* header = request.headers.find("Authorization");
    if (header == nullptr || header->size() < 8 || to_lower_ascii(header->substr(0, 7)) != "bearer ")
        return std::nullopt;
    return trim(std::string_view(*header).substr(7));
}

bool is_mutation(const std::string& method) { return method != "GET" && method != "HEAD"; }

// A page of another site can make a browser ask, and the browser brings the session's cookie. Who asks by
// reading changes nothing, but is recorded as having seen what it asked for.
bool is_of_another_site(const net::Request& request) {
    const std::string* site = request.headers.find("Sec-Fetch-Site");
    return site != nullptr && *site != "same-origin" && *site != "none";
}

void touch(const Services& services, const store::TokenRecord& record, UtcTime now) {
    if (record.last_used_at && now - *record.last_used_at <= minutes(1)) return;
    services.sync.db.write("token.touch",
                           [&](db::Transaction& tx) { store::touch_token(tx, record.id, now); });
}

Result<Principal> by_token(const Services& services, std::string_view token, UtcTime now) {
    const auto record =
        services.sync.db.read([&](db::Reader& tx) { return store::find_token(tx, token, now); });
    // A session's secret is for the cookie alone: there it comes with its protection.
    if (!record || record->user)
        return fail(ErrorKind::unauthorized, "token_unknown", "this token is not known or was revoked");
    touch(services, *record, now);
    // Names may be used again once their token is revoked; ids are not.
    return Principal{.token = record->id,
                     .actor = "token:" + record->id.str() + " (" + record->name + ")",
                     .role = record->role,
                     .buyer_data = record->buyer_data};
}

Result<Principal> by_session(const Services& services, const net::Request& request,
                             const std::string& session, UtcTime now) {
    if (is_of_another_site(request))
        return fail(ErrorKind::forbidden, "other_site", "a page of another site asked for this");
    std::optional<store::UserRecord> user;
    const auto record = services.sync.db.read([&](db::Reader& tx) {
        auto found = store::find_token(tx, session, now);
        if (found && found->user) user = store::find_user(tx, *found->user);
        return found;
    });
    if (!record || !user || user->disabled_at)
        return fail(ErrorKind::unauthorized, "session_ended", "the session has ended; sign in again");
    if (is_mutation(request.method)) {
        const std::string* given = request.headers.find("X-CSRF-Token");
        const std::string wanted = csrf_token(session);
        if (given == nullptr || !crypto::equal_in_constant_time(as_bytes(*given), as_bytes(wanted)))
            return fail(ErrorKind::forbidden, "csrf_token_wrong",
                        "a change asked for by a browser needs the X-CSRF-Token of its session");
    }
    touch(services, *record, now);
    return Principal{.token = record->id,
                     .user = user->id,
                     .actor = "user:" + user->id.str() + " (" + user->name + ")",
                     .role = user->role,
                     .buyer_data = user->buyer_data};
}

}  // namespace

std::optional<std::string> session_cookie(const net::Request& request) {
    const std::string* header = request.headers.find("Cookie");
    if (header == nullptr) return std::nullopt;
    for (const std::string_view part : split(*header, ';')) {
        const std::string_view pair = trim(part);
        if (pair.starts_with(kSessionCookie) && pair.substr(kSessionCookie.size()).starts_with('='))
            return std::string(pair.substr(kSessionCookie.size() + 1));
    }
    return std::nullopt;
}

std::string csrf_token(std::string_view session) {
    return base64url_encode(crypto::hmac_sha256(as_bytes(session), "csrf"));
}

Result<Principal> authenticate(const Services& services, const net::Request& request, UtcTime now) {
    if (const auto token = bearer_token(request)) return by_token(services, *token, now);
    if (const auto session = session_cookie(request)) return by_session(services, request, *session, now);
    return fail(ErrorKind::unauthorized, "token_missing",
                "send \"Authorization: Bearer TOKEN\"; fairway token create makes one");
}

}  // namespace fairway::api
