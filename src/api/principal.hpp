#pragma once
// Who asks: a program with a bearer token, or a person's browser with the cookie of a session.
#include <optional>
#include <string>

#include "api/call.hpp"

namespace fairway::api {

// The session's cookie. HttpOnly: no script can read it; SameSite=Lax: other sites' forms do not carry it.
// Over https its name begins with __Host-: then no neighbour under the same domain can set it.
std::string session_cookie_name(const Services& services);
// The cookie's value, or nullopt: also where there are several, of which one may be a neighbour's.
std::optional<std::string> session_cookie(const Services& services, const net::Request& request);

// forbidden "other_site": a browser asks for a page of somebody else.
Status require_own_page(const Services& services, const net::Request& request);

// What a mutation of a browser must bring in X-CSRF-Token: only a page of ours can have read it. Derived from
// the session's secret, which no page knows.
std::string csrf_token(std::string_view session);

// unauthorized "token_missing", "token_unknown", "session_ended"; forbidden "csrf_token_wrong". Notes that
// the credential was used.
Result<Principal> authenticate(const Services& services, const net::Request& request, UtcTime now);

}  // namespace fairway::api
