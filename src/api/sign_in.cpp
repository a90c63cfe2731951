#include "api/sign_in.hpp"

#include <algorithm>

#include "api/access_shapes.hpp"
#include "api/principal.hpp"
#include "api/problem.hpp"
#include "base/text.hpp"
#include "store/sign_in_attempts.hpp"
#include "store/users.hpp"

namespace fairway::api {

namespace {

// A working week; the same browser signs in again on Monday.
constexpr Duration kSessionLife = hours(24 * 7);
// Of the same refusals from one place the audit has one in this time.
constexpr Duration kRefusalsNoted = hours(1);

template <class T>
Result<T> read_form(const net::Request& request) {
    const json::Value value = TRY(json::parse(request.body));
    return json::decode<T>(value, {.unknown = json::Unknown::reject, .text_length_max = 1'024});
}

Session shape_of(const store::UserRecord& user, std::string_view session) {
    return {.user = user.id.str(),
            .name = user.name,
            .role = std::string(store::to_text(user.role)),
            .buyer_data = user.buyer_data,
            .csrf_token = csrf_token(session)};
}

std::string browser_of(const net::Request& request) {
    constexpr std::size_t kLengthMax = 200;
    const std::string* agent = request.headers.find("User-Agent");
    if (agent == nullptr) return "";
    std::size_t length = std::min(agent->size(), kLengthMax);
    // Not inside of a character.
    const auto continues = [&](std::size_t at) {
        return at < agent->size() && (static_cast<unsigned char>((*agent)[at]) & 0xC0) == 0x80;
    };
    while (length > 0 && continues(length)) --length;
    std::string text = agent->substr(0, length);
    return is_valid_utf8(text) ? text : "";
}

std::string session_actor(const store::UserRecord& user) {
    return "user:" + user.id.str() + " (" + user.name + ")";
}

// A form of another site cannot send JSON, and a browser tells whose page asks: nobody is signed in, or has a
// password chosen, by following a link.
std::optional<net::Response> refuse_form(const Services& services, const net::Request& request) {
    constexpr int kUnsupportedMediaType = 415;
    if (const Status own = require_own_page(services, request); !own) return problem(own.error());
    const std::string* type = request.headers.find("Content-Type");
    if (type == nullptr || trim(to_lower_ascii(split(*type, ';').front())) != "application/json")
        return problem({ErrorKind::malformed, "media_type_unknown",
                        "send JSON, with \"Content-Type: application/json\""},
                       kUnsupportedMediaType);
    return std::nullopt;
}

std::unexpected<Error> refused() {
    return fail(ErrorKind::unauthorized, "sign_in_refused", "the name or the password is wrong");
}

net::Response answered(Result<net::Response> response) {
    return response ? *std::move(response) : problem(response.error());
}

}  // namespace

Status check_new_password(std::string_view password, std::string_view name) {
    constexpr std::size_t kLengthMin = 12;
    constexpr std::size_t kLengthMax = 200;
    if (!is_valid_utf8(password) || utf8_length(password) < kLengthMin)
        return fail(ErrorKind::invalid, "password_too_short", "a password has at least 12 characters",
                    "password");
    if (utf8_length(password) > kLengthMax)
        return fail(ErrorKind::invalid, "password_too_long", "a password has at most 200 characters",
                    "password");
    if (to_lower_ascii(password) == name)
        return fail(ErrorKind::invalid, "password_is_name", "the password must not be the name", "password");
    return {};
}

net::Response SignIn::sign_in(const net::Request& request) {
    if (auto refusal = refuse_form(services_, request)) return *std::move(refusal);
    return answered(try_sign_in(request));
}
net::Response SignIn::sign_out(const net::Request& request) { return answered(try_sign_out(request)); }
net::Response SignIn::get_session(const net::Request& request) { return answered(try_session(request)); }
net::Response SignIn::change_password(const net::Request& request) {
    if (auto refusal = refuse_form(services_, request)) return *std::move(refusal);
    return answered(try_change_password(request));
}
net::Response SignIn::look_at_invitation(const net::Request& request) {
    if (auto refusal = refuse_form(services_, request)) return *std::move(refusal);
    return answered(try_look(request));
}
net::Response SignIn::accept_invitation(const net::Request& request) {
    if (auto refusal = refuse_form(services_, request)) return *std::move(refusal);
    return answered(try_accept(request));
}

// Every wrong attempt costs the same and reads the same, whether there is such a user or not.
Result<SignIn::Verified> SignIn::verify(const Guess& guess, UtcTime now) {
    db::Database& db = services_.sync.db;
    const store::Attempt attempt{store::blind_name(services_.sync.vault, guess.name), guess.place};
    std::optional<Verified> known;
    const auto locked = db.read([&](db::Reader& tx) {
        const auto user = store::find_user(tx, guess.name);
        if (user && !user->disabled_at && user->has_password)
            known = Verified{user->id, *store::find_password(tx, user->id)};
        return std::max(store::find_lock(tx, attempt, now),
                        store::find_lock(tx, {.place = guess.block}, now));
    });
    if (locked)
        return std::unexpected(Error{ErrorKind::throttled, "sign_in_locked",
                                     "too many wrong passwords: locked here until " + format_rfc3339(*locked),
                                     "", *locked - now});
    const bool right = known ? crypto::verify_password(guess.password, known->hash)
                             : crypto::verify_nobody(guess.password, services_.password_cost);
    if (right) return *std::move(known);
    db.write("sign_in.refuse", [&](db::Transaction& tx) {
        const auto user = store::find_user(tx, guess.name);
        bool is_locked = store::note_failure(tx, attempt, now);
        if (!guess.block.empty()) is_locked |= store::note_failure(tx, guess.block, now);
        // What was typed may be a password: a name that nobody has is not written down.
        const std::string object = user ? "users/" + user->id.str() : "users";
        const std::string action = (is_locked ? "lock " : "refuse ") + std::string(guess.purpose);
        store::write_audit_once(tx, guess.actor, action, object, now - kRefusalsNoted, now);
    });
    return refused();
}

bool SignIn::still_holds(db::Reader& tx, const Verified& verified) {
    const auto user = store::find_user(tx, verified.user);
    return user && !user->disabled_at && store::find_password(tx, verified.user) == verified.hash;
}

std::string SignIn::cookie(std::string_view session, Duration life) const {
    const auto age = std::chrono::duration_cast<seconds>(life).count();
    std::string text = session_cookie_name(services_) + "=" + std::string(session) +
                       "; Path=/; Max-Age=" + std::to_string(age) + "; HttpOnly; SameSite=Lax";
    if (is_over_https(services_)) text += "; Secure";
    return text;
}

// Behind a proxy that tells no address everybody is at one place, and anybody locks everybody's name there.
std::string SignIn::place_of(const net::Request& request, net::Network network) {
    if (auto place = net::client_network(request, services_.proxy, network)) return *std::move(place);
    if (!no_address_told_.test_and_set()) services_.sync.log.warning("sign_in.no_client_address");
    return *net::client_network(request, net::Proxy::none, network);
}

Result<net::Response> SignIn::begin_session(const Verified& verified, const net::Request& request,
                                            UtcTime now) {
    const std::string place = place_of(request);
    Session shape;
    const auto session =
        services_.sync.db.write("session.begin", [&](db::Transaction& tx) -> Result<std::string> {
            // The password may have been changed, and the person disabled, since it was looked at.
            if (!still_holds(tx, verified)) return refused();
            const auto user = store::find_user(tx, verified.user);
            store::forget_failures(tx, {store::blind_name(services_.sync.vault, user->name), place});
            std::string text =
                store::add_session(tx, services_.rng, *user, browser_of(request), now + kSessionLife, now);
            store::write_audit(tx, session_actor(*user), "sign in: from " + place, "users/" + user->id.str(),
                               now);
            shape = shape_of(*user, text);
            return text;
        });
    if (!session) return std::unexpected(session.error());
    net::Response response = json_response(201, json::serialize(json::encode(shape)));
    response.headers.set("Set-Cookie", cookie(*session, kSessionLife));
    return response;
}

Result<net::Response> SignIn::try_sign_in(const net::Request& request) {
    const UtcTime now = services_.sync.clock.now();
    const Credentials given = TRY(read_form<Credentials>(request));
    const std::string place = place_of(request);
    const std::string block = place_of(request, net::Network::block);
    const Turns::Turn turn = TRY(turns_.take(Asker::stranger, block));
    const Verified verified = TRY(verify({.name = given.name,
                                          .password = given.password,
                                          .place = place,
                                          .block = block,
                                          .actor = "address:" + place,
                                          .purpose = "sign in"},
                                         now));
    return begin_session(verified, request, now);
}

Result<net::Response> SignIn::try_sign_out(const net::Request& request) {
    const UtcTime now = services_.sync.clock.now();
    const Principal principal = TRY(authenticate(services_, request, now));
    if (!principal.user)
        return fail(ErrorKind::conflict, "no_session", "a token has no session; revoke it instead");
    services_.sync.db.write("access.change", [&](db::Transaction& tx) -> Status {
        store::write_audit(tx, principal.actor, "sign out", "users/" + principal.user->str(), now);
        return store::revoke_token(tx, principal.token, now);
    });
    net::Response response = json_response(200, "{}");
    response.headers.set("Set-Cookie", cookie("", {}));
    return response;
}

Result<net::Response> SignIn::try_session(const net::Request& request) {
    const Principal principal = TRY(authenticate(services_, request, services_.sync.clock.now()));
    const auto session = session_cookie(services_, request);
    if (!principal.user || !session)
        return fail(ErrorKind::not_found, "no_session", "a token has no session");
    const auto user =
        services_.sync.db.read([&](db::Reader& tx) { return store::find_user(tx, *principal.user); });
    return json_response(200, json::serialize(json::encode(shape_of(*user, *session))));
}

Result<net::Response> SignIn::try_change_password(const net::Request& request) {
    const UtcTime now = services_.sync.clock.now();
    const Principal principal = TRY(authenticate(services_, request, now));
    if (!principal.user) return fail(ErrorKind::conflict, "no_session", "a token has no password");
    const PasswordChange given = TRY(read_form<PasswordChange>(request));
    const auto user =
        services_.sync.db.read([&](db::Reader& tx) { return store::find_user(tx, *principal.user); });
    TRY(check_new_password(given.password, user->name));
    const std::string place = "session " + principal.token.str();
    const Turns::Turn turn = TRY(turns_.take(Asker::known, place));
    const auto verified = verify({.name = user->name,
                                  .password = given.current,
                                  .place = place,
                                  .actor = principal.actor,
                                  .purpose = "password change"},
                                 now);
    // 401 would say that the session has ended.
    if (!verified && verified.error().code == "sign_in_refused")
        return fail(ErrorKind::invalid, "password_wrong", "this is not the present password", "current");
    if (!verified) return std::unexpected(verified.error());
    const std::string hash = crypto::hash_password(given.password, services_.rng, services_.password_cost);
    const auto session =
        services_.sync.db.write("access.change", [&](db::Transaction& tx) -> Result<std::string> {
            // Who was signed out meanwhile has no say any more.
            if (!store::is_live(tx, principal.token, now) || !still_holds(tx, *verified))
                return fail(ErrorKind::unauthorized, "session_ended", "the session has ended; sign in again");
            store::set_password(tx, user->id, hash, now);
            store::write_audit(tx, principal.actor, "change password", "users/" + user->id.str(), now);
            return store::add_session(tx, services_.rng, *user, browser_of(request), now + kSessionLife, now);
        });
    if (!session) return std::unexpected(session.error());
    net::Response response = json_response(200, json::serialize(json::encode(shape_of(*user, *session))));
    response.headers.set("Set-Cookie", cookie(*session, kSessionLife));
    return response;
}

Result<net::Response> SignIn::try_look(const net::Request& request) {
    const InvitationLook given = TRY(read_form<InvitationLook>(request));
    const auto user = services_.sync.db.read([&](db::Reader& tx) {
        return store::find_invited(tx, given.invitation, services_.sync.clock.now());
    });
    if (!user)
        return fail(ErrorKind::not_found, "invitation_ended",
                    "this link was used or is too old; ask an administrator for a new one", "invitation");
    return json_response(
        200, json::serialize(json::encode(Invited{user->name, std::string(store::to_text(user->role))})));
}

Result<net::Response> SignIn::try_accept(const net::Request& request) {
    const UtcTime now = services_.sync.clock.now();
    const InvitationAccept given = TRY(read_form<InvitationAccept>(request));
    const auto ended = [] {
        return fail(ErrorKind::not_found, "invitation_ended",
                    "this link was used or is too old; ask an administrator for a new one", "invitation");
    };
    db::Database& db = services_.sync.db;
    const auto user = db.read([&](db::Reader& tx) { return store::find_invited(tx, given.invitation, now); });
    if (!user) return ended();
    TRY(check_new_password(given.password, user->name));
    const Turns::Turn turn = TRY(turns_.take(Asker::known, "invitation " + user->id.str()));
    const std::string hash = crypto::hash_password(given.password, services_.rng, services_.password_cost);
    const bool taken = db.write("access.change", [&](db::Transaction& tx) {
        // Once: of two that hash at the same time one finds it gone.
        if (!store::find_invited(tx, given.invitation, now)) return false;
        store::set_password(tx, user->id, hash, now);
        store::write_audit(tx, session_actor(*user), "choose password", "users/" + user->id.str(), now);
        return true;
    });
    if (!taken) return ended();
    return begin_session({user->id, hash}, request, now);
}

}  // namespace fairway::api
