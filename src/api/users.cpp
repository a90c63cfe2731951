// People, their roles and sessions, and the tokens of programs.
#include "store/users.hpp"
#include "api/access_shapes.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"
#include "store/sign_in_attempts.hpp"

namespace fairway::api {

namespace {

constexpr Duration kInvitationLife = hours(72);
constexpr std::size_t kPreferencesMax = 64UL * 1024;

Result<store::Role> read_role(const std::string& text) {
    const auto role = store::parse_role(text);
    if (!role)
        return fail(ErrorKind::invalid, "role_invalid",
                    "a role is viewer, operator or administrator, not " + quoted(text), "role");
    return *role;
}

// By id or by name.
Result<store::UserRecord> find_user(db::Reader& tx, const std::string& given) {
    const auto id = UserId::parse(given);
    auto user = id ? store::find_user(tx, *id) : store::find_user(tx, given);
    if (!user) return no_such("user", given, "user_missing", "user");
    return *std::move(user);
}

User render(const store::UserRecord& record, std::optional<UtcTime> locked_until) {
    return {.id = record.id.str(),
            .name = record.name,
            .role = std::string(store::to_text(record.role)),
            .buyer_data = record.buyer_data,
            .has_password = record.has_password,
            .created_at = record.created_at,
            .last_seen_at = record.last_seen_at,
            .disabled_at = record.disabled_at,
            .locked_until = locked_until};
}

User render(db::Reader& tx, const Call& call, const store::UserRecord& record) {
    const crypto::Digest name = store::blind_name(call.services.sync.vault, record.name);
    return render(record, store::find_last_lock(tx, name, call.now));
}

// In the part of the address that browsers keep to themselves: no log of a proxy has it.
Invitation invite(db::Transaction& tx, const Call& call, const store::UserRecord& user) {
    const UtcTime expires_at = call.now + kInvitationLife;
    const std::string text = store::add_invitation(tx, call.services.rng, user.id,
                                                   store::Invitation::by_administrator, expires_at);
    return {user.id.str(), call.services.public_url + "/welcome#" + text, expires_at};
}

// "role viewer to operator, buyer data on": what is other than before, for the audit.
std::string describe_change(const store::UserRecord& before, const store::UserRecord& after) {
    std::string text;
    const auto add = [&](const std::string& what) { text += (text.empty() ? ": " : ", ") + what; };
    if (before.role != after.role)
        add("role " + std::string(store::to_text(before.role)) + " to " +
            std::string(store::to_text(after.role)));
    if (before.buyer_data != after.buyer_data) add(after.buyer_data ? "buyer data on" : "buyer data off");
    if (before.disabled_at.has_value() != after.disabled_at.has_value())
        add(after.disabled_at ? "disabled" : "enabled");
    return text;
}

// Takes texts of that name out, however deep they lie; a column's width may have it too. Whether there was
// one.
bool take_out(json::Value& value, std::string_view name) {
    bool found = false;
    if (value.is_object()) {
        json::Object& object = value.as_object();
        const json::Value* member = object.if_contains(name);
        found = member != nullptr && member->is_string();
        if (found) object.erase(name);
        for (auto& each : object) found = take_out(each.value(), name) || found;
    } else if (value.is_array()) {
        for (json::Value& each : value.as_array()) found = take_out(each, name) || found;
    }
    return found;
}

// The filter of orders by their buyer's name: a view that kept it would keep the name, in the open.
constexpr std::string_view kPersonalFilter = "buyer";

}  // namespace

Result<Answer> list_users(Call& call) {
    TRY(check_query(call, {}));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of_all(call, store::list_users(tx),
                           [&](const store::UserRecord& record) { return render(tx, call, record); });
    });
}

Result<Answer> create_user(Call& call) {
    const NewUser body = TRY(read_body<NewUser>(call));
    const store::Role role = TRY(read_role(body.role));
    return call.write("access.change", [&](db::Transaction& tx) -> Result<Answer> {
        const UserId id =
            TRY(store::add_user(tx, {body.name, role, body.buyer_data.value_or(false)}, call.now));
        store::write_audit(tx, call.principal.actor,
                           "create user: " + store::describe_rights(role, body.buyer_data.value_or(false)),
                           "users/" + id.str(), call.now);
        return created_once(invite(tx, call, *store::find_user(tx, id)), &Invitation::link);
    });
}

Result<Answer> update_user(Call& call) {
    const UserPatch body = TRY(read_body<UserPatch>(call));
    store::UserChange change{.buyer_data = body.buyer_data, .disabled = body.disabled};
    if (body.role) change.role = TRY(read_role(*body.role));
    return call.write("access.change", [&](db::Transaction& tx) -> Result<Answer> {
        const store::UserRecord user = TRY(find_user(tx, call.param(0)));
        TRY(store::change_user(tx, user.id, change, call.now));
        const auto after = store::find_user(tx, user.id);
        store::write_audit(tx, call.principal.actor, "change user" + describe_change(user, *after),
                           "users/" + user.id.str(), call.now);
        return ok(render(tx, call, *after));
    });
}

Result<Answer> invite_user(Call& call) {
    TRY(require_no_body(call));
    return call.write("access.change", [&](db::Transaction& tx) -> Result<Answer> {
        const store::UserRecord user = TRY(find_user(tx, call.param(0)));
        if (user.disabled_at)
            return fail(ErrorKind::conflict, "user_disabled", user.name + " is disabled; enable first");
        store::write_audit(tx, call.principal.actor, "invite user", "users/" + user.id.str(), call.now);
        return created_once(invite(tx, call, user), &Invitation::link);
    });
}

Result<Answer> unlock_user(Call& call) {
    TRY(require_no_body(call));
    return call.write("access.change", [&](db::Transaction& tx) -> Result<Answer> {
        const store::UserRecord user = TRY(find_user(tx, call.param(0)));
        store::forget_failures(tx, store::blind_name(call.services.sync.vault, user.name));
        store::write_audit(tx, call.principal.actor, "unlock user", "users/" + user.id.str(), call.now);
        return ok(render(user, std::nullopt));
    });
}

Result<Answer> list_own_sessions(Call& call) {
    TRY(check_query(call, {}));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        std::vector<store::Session> sessions;
        if (call.principal.user) sessions = store::list_sessions(tx, *call.principal.user, call.now);
        return page_of_all(call, std::move(sessions), [&](const store::Session& session) {
            return SessionEntry{session.id.str(),   session.browser,      session.id == call.principal.token,
                                session.created_at, session.last_used_at, session.expires_at};
        });
    });
}

Result<Answer> end_own_session(Call& call) {
    TRY(require_no_body(call));
    const auto id = TokenId::parse(call.param(0));
    return call.write("access.change", [&](db::Transaction& tx) -> Result<Answer> {
        const auto own = call.principal.user ? store::list_sessions(tx, *call.principal.user, call.now)
                                             : std::vector<store::Session>{};
        if (!id || std::ranges::find(own, *id, &store::Session::id) == own.end())
            return no_such("session of yours", call.param(0), "session_missing", "id");
        TRY(store::revoke_token(tx, *id, call.now));
        store::write_audit(tx, call.principal.actor, "end session", "sessions/" + id->str(), call.now);
        return ok(Nothing{});
    });
}

Result<Answer> end_sessions_of_user(Call& call) {
    TRY(require_no_body(call));
    return call.write("access.change", [&](db::Transaction& tx) -> Result<Answer> {
        const store::UserRecord user = TRY(find_user(tx, call.param(0)));
        store::end_sessions(tx, user.id, call.now);
        // Whoever has the link would be back at once.
        store::drop_invitations(tx, user.id);
        store::write_audit(tx, call.principal.actor, "end sessions", "users/" + user.id.str(), call.now);
        return ok(Nothing{});
    });
}

Result<Answer> get_preferences(Call& call) {
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        const std::string text =
            call.principal.user ? store::find_preferences(tx, *call.principal.user) : "{}";
        json::Value value = TRY(json::parse(text));
        take_out(value, kPersonalFilter);  // as it was kept once
        return Answer{200, std::move(value)};
    });
}

Result<Answer> put_preferences(Call& call) {
    json::Value value = TRY(json::parse(call.request.body));
    if (!value.is_object())
        return fail(ErrorKind::invalid, "preferences_invalid", "preferences are a JSON object");
    if (take_out(value, kPersonalFilter))
        return fail(ErrorKind::invalid, "preferences_personal", "preferences hold no names of buyers",
                    std::string(kPersonalFilter));
    const std::string text = json::serialize(value);
    if (text.size() > kPreferencesMax)
        return fail(ErrorKind::invalid, "preferences_too_long", "preferences hold at most 64 KiB");
    if (!call.principal.user) return fail(ErrorKind::conflict, "no_session", "a token has no preferences");
    return call.write("access.change", [&](db::Transaction& tx) -> Result<Answer> {
        store::set_preferences(tx, *call.principal.user, text);
        // Whoever sends them again knows them: no need to keep them twice.
        return Answer{200, std::move(value), json::Object{}};
    });
}

Result<Answer> list_tokens(Call& call) {
    TRY(check_query(call, {}));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of_all(call, store::list_tokens(tx),
                           [](const store::TokenRecord& record) { return render(record); });
    });
}

Result<Answer> create_token(Call& call) {
    const NewTokenRequest body = TRY(read_body<NewTokenRequest>(call));
    const store::Role role = TRY(read_role(body.role));
    return call.write("token.create", [&](db::Transaction& tx) -> Result<Answer> {
        const std::string text = TRY(store::add_token(tx, call.services.rng,
                                                      {.name = body.name,
                                                       .role = role,
                                                       .buyer_data = body.buyer_data.value_or(false),
                                                       .created_by = call.principal.maker,
                                                       .expires_at = body.expires_at},
                                                      call.now));
        const auto record = store::find_token(tx, text, call.now);
        store::write_audit(tx, call.principal.actor,
                           "create token: " + store::describe_rights(record->role, record->buyer_data),
                           "tokens/" + record->id.str(), call.now);
        return created_once(NewToken{record->id.str(), record->name, text}, &NewToken::token);
    });
}

Result<Answer> revoke_token(Call& call) {
    TRY(require_no_body(call));
    const auto id = TokenId::parse(call.param(0));
    if (!id) return no_such("token", call.param(0), "token_missing", "id");
    return call.write("token.revoke", [&](db::Transaction& tx) -> Result<Answer> {
        TRY(store::revoke_token(tx, *id, call.now));
        store::write_audit(tx, call.principal.actor, "revoke token", "tokens/" + id->str(), call.now);
        return ok(Nothing{});
    });
}

}  // namespace fairway::api
