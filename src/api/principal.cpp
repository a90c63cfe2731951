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
                     .buyer_data = record->buyer_data,
                     .maker = record->created_by};
}

Result<Principal> by_session(const Services& services, const net::Request& request,
                             const std::string& session, UtcTime now) {
    // A page of another site can make a browser ask, and the browser brings the session's cookie. Reading
    // changes nothing, but is recorded as this person having seen it.
    TRY(require_own_page(services, request));
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
                     .buyer_data = user->buyer_data,
                     .maker = user->id};
}

}  // namespace

std::string session_cookie_name(const Services& services) {
    return is_over_https(services) ? "__Host-fairway_session" : "fairway_session";
}

std::optional<std::string> session_cookie(const Services& services, const net::Request& request) {
    const std::string wanted = session_cookie_name(services) + "=";
    std::optional<std::string> found;
    for (const auto& [name, value] : request.headers) {
        if (to_lower_ascii(name) != "cookie") continue;
        for (const std::string_view part : split(value, ';')) {
            const std::string_view pair = trim(part);
            if (!pair.starts_with(wanted)) continue;
            if (found) return std::nullopt;
            found = pair.substr(wanted.size());
        }
    }
    return found;
}

Status require_own_page(const Services& services, const net::Request& request) {
    const auto foreign = [] {
        return fail(ErrorKind::forbidden, "other_site", "a page of another site asked for this");
    };
    // What the browser itself says of the page that asks; "none" is the person's own doing.
    if (const std::string* site = request.headers.find("Sec-Fetch-Site")) {
        if (*site != "same-origin" && *site != "none") return foreign();
        return {};
    }
    // Older browsers say this much, and programs nothing.
    const std::string* origin = request.headers.find("Origin");
    if (origin != nullptr && *origin != services.public_url) return foreign();
    return {};
}

std::string csrf_token(std::string_view session) {
    return base64url_encode(crypto::hmac_sha256(as_bytes(session), "csrf"));
}

Result<Principal> authenticate(const Services& services, const net::Request& request, UtcTime now) {
    if (const auto token = bearer_token(request)) return by_token(services, *token, now);
    if (const auto session = session_cookie(services, request))
        return by_session(services, request, *session, now);
    return fail(ErrorKind::unauthorized, "token_missing",
                "send \"Authorization: Bearer TOKEN\"; fairway token create makes one");
}

}  // namespace fairway::api
