#include "api/sign_in.hpp"

#include "api/access_shapes.hpp"
#include "api/principal.hpp"
#include "api/problem.hpp"
#include "base/text.hpp"
#include "store/users.hpp"

namespace fairway::api {

namespace {

// A working week; the same browser signs in again on Monday.
constexpr Duration kSessionLife = hours(24 * 7);
// Hashing takes a good part of a second, one at a time: who comes when so many wait is sent away, so that
// guessing does not keep the other requests waiting.
constexpr int kVerifyingMax = 3;

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
    if (agent == nullptr || !is_valid_utf8(*agent)) return "";
    return agent->substr(0, kLengthMax);
}

std::unexpected<Error> refused() {
    return fail(ErrorKind::unauthorized, "sign_in_refused", "the name or the password is wrong");
}

// Counts those who wait for a hash.
class Turn {
public:
    explicit Turn(std::atomic<int>& waiting)
        : waiting_(waiting), granted_(waiting.fetch_add(1) < kVerifyingMax) {}
    ~Turn() { waiting_.fetch_sub(1); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Status granted() const {
        if (granted_) return {};
        return std::unexpected(Error{ErrorKind::throttled, "sign_in_busy",
                                     "too many people are signing in at this moment; try again", "",
                                     seconds(2)});
    }

private:
    std::atomic<int>& waiting_;
    bool granted_;
};

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

net::Response SignIn::sign_in(const net::Request& request) { return answered(try_sign_in(request)); }
net::Response SignIn::sign_out(const net::Request& request) { return answered(try_sign_out(request)); }
net::Response SignIn::get_session(const net::Request& request) { return answered(try_session(request)); }
net::Response SignIn::change_password(const net::Request& request) {
    return answered(try_change_password(request));
}
net::Response SignIn::look_at_invitation(const net::Request& request) { return answered(try_look(request)); }
net::Response SignIn::accept_invitation(const net::Request& request) { return answered(try_accept(request)); }

// Every wrong attempt costs the same and reads the same, whether there is such a user or not.
Status SignIn::check_password(const std::string& name, const std::string& password, UtcTime now) {
    db::Database& db = services_.sync.db;
    std::optional<std::string> hash;
    const auto locked = db.read([&](db::Reader& tx) {
        const auto user = store::find_user(tx, name);
        if (user && !user->disabled_at) hash = store::find_password(tx, user->id);
        return store::find_lock(tx, name, now);
    });
    if (locked)
        return std::unexpected(
            Error{ErrorKind::throttled, "sign_in_locked",
                  "too many wrong passwords: this name is locked until " + format_rfc3339(*locked), "",
                  *locked - now});
    const bool right = hash ? crypto::verify_password(password, *hash)
                            : crypto::verify_nobody(password, services_.password_cost);
    if (right) return {};
    db.write("sign_in.refuse", [&](db::Transaction& tx) {
        const auto user = store::find_user(tx, name);
        const bool is_locked = store::note_failure(tx, name, now);
        // What was typed may be a password: a name that nobody has is not written down.
        const std::string object = user ? "users/" + user->id.str() : "users";
        store::write_audit(tx, "fairway", is_locked ? "lock sign in" : "refuse sign in", object, now);
    });
    return refused();
}

std::string SignIn::cookie(std::string_view session, Duration life) const {
    const auto age = std::chrono::duration_cast<seconds>(life).count();
    std::string text = std::string(kSessionCookie) + "=" + std::string(session) +
                       "; Path=/; Max-Age=" + std::to_string(age) + "; HttpOnly; SameSite=Lax";
    if (services_.public_url.starts_with("https://")) text += "; Secure";
    return text;
}

net::Response SignIn::begin_session(UserId user, const net::Request& request, UtcTime now) {
    Session shape;
    const std::string session = services_.sync.db.write("session.begin", [&](db::Transaction& tx) {
        const auto record = store::find_user(tx, user);
        store::forget_failures(tx, record->name);
        std::string text =
            store::add_session(tx, services_.rng, *record, browser_of(request), now + kSessionLife, now);
        store::write_audit(tx, "user:" + user.str() + " (" + record->name + ")", "sign in",
                           "users/" + user.str(), now);
        shape = shape_of(*record, text);
        return text;
    });
    net::Response response = json_response(201, json::serialize(json::encode(shape)));
    response.headers.set("Set-Cookie", cookie(session, kSessionLife));
    return response;
}

Result<net::Response> SignIn::try_sign_in(const net::Request& request) {
    const UtcTime now = services_.sync.clock.now();
    const Credentials given = TRY(read_form<Credentials>(request));
    const Turn turn(verifying_);
    TRY(turn.granted());
    TRY(check_password(given.name, given.password, now));
    const auto user =
        services_.sync.db.read([&](db::Reader& tx) { return store::find_user(tx, given.name); });
    if (!user || user->disabled_at) return refused();
    return begin_session(user->id, request, now);
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
    const auto session = session_cookie(request);
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
    const Turn turn(verifying_);
    TRY(turn.granted());
    const Status right = check_password(user->name, given.current, now);
    // 401 would say that the session has ended.
    if (!right && right.error().code == "sign_in_refused")
        return fail(ErrorKind::invalid, "password_wrong", "this is not the present password", "current");
    TRY(right);
    const std::string hash = crypto::hash_password(given.password, services_.rng, services_.password_cost);
    services_.sync.db.write("access.change", [&](db::Transaction& tx) {
        store::set_password(tx, user->id, hash, principal.token, now);
        store::forget_failures(tx, user->name);
        store::write_audit(tx, principal.actor, "change password", "users/" + user->id.str(), now);
    });
    return json_response(200, "{}");
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
    const Turn turn(verifying_);
    TRY(turn.granted());
    const std::string hash = crypto::hash_password(given.password, services_.rng, services_.password_cost);
    const bool taken = db.write("access.change", [&](db::Transaction& tx) {
        // Once: of two that hash at the same time one finds it gone.
        if (!store::find_invited(tx, given.invitation, now)) return false;
        store::set_password(tx, user->id, hash, std::nullopt, now);
        store::write_audit(tx, "user:" + user->id.str() + " (" + user->name + ")", "choose password",
                           "users/" + user->id.str(), now);
        return true;
    });
    if (!taken) return ended();
    return begin_session(user->id, request, now);
}

}  // namespace fairway::api
