#include "main/commands.hpp"

#include <cstdio>

#include "store/access.hpp"

namespace fairway {

void CommandLine::add_access_commands(Command app) {
    Command token = app.add_family("token", "API tokens");
    Command create = token.add("create", "create a token; it is printed once and kept nowhere");
    create.option("--name", value("token name")).required();
    value("role") = "administrator";
    create.option("--role", value("role")).one_of({"viewer", "operator", "administrator"});
    create.flag("--buyer-data", flag("buyer data"), "may see names and addresses");
    create.option("--expires", value("token expires"), "when it ends, such as 2027-01-01T00:00:00Z");
    on_program(create, [this](Program& program) {
        const UtcTime now = program.clock->now();
        const std::string& expires = value("token expires");
        const auto expires_at = parse_rfc3339(expires);
        if (!expires.empty() && !expires_at)
            return usage("--expires takes a time such as 2027-01-01T00:00:00Z, not \"" + expires + "\"");
        const auto text =
            program.database->write("token.create", [&](db::Transaction& tx) -> Result<std::string> {
                const store::NewToken wanted{.name = value("token name"),
                                             .role = *store::parse_role(value("role")),
                                             .buyer_data = flag("buyer data"),
                                             .expires_at = expires_at};
                std::string added = TRY(store::add_token(tx, program.rng, wanted, now));
                store::write_audit(tx, "cli",
                                   "create token: " + store::describe_rights(wanted.role, wanted.buyer_data),
                                   "tokens/" + store::find_token(tx, added, now)->id.str(), now);
                return added;
            });
        if (!text) return print_error(text.error());
        std::printf("%s\n", text->c_str());
        return 0;
    });
    Command revoke = token.add("revoke", "refuse a token from now on");
    revoke.option("id", value("token id"), "as token list shows it").required();
    on_program(revoke, [this](Program& program) {
        const auto id = TokenId::parse(value("token id"));
        if (!id) return usage("\"" + value("token id") + "\" is not the id of a token, such as tk_1");
        const Status revoked = program.database->write("token.revoke", [&](db::Transaction& tx) -> Status {
            store::write_audit(tx, "cli", "revoke token", "tokens/" + id->str(), program.clock->now());
            return store::revoke_token(tx, *id, program.clock->now());
        });
        return revoked ? 0 : print_error(revoked.error());
    });
    add_list(token, "list", "list tokens", "/tokens",
             {{"ID", "id"},
              {"NAME", "name"},
              {"ROLE", "role"},
              {"BUYER DATA", "buyer_data"},
              {"LAST USED", "last_used_at"},
              {"EXPIRES", "expires_at"},
              {"CREATED BY", "created_by"}});
    add_list(app, "audit", "who did and saw what", "/audit",
             {{"AT", "at"}, {"WHO", "actor"}, {"WHAT", "action"}, {"OBJECT", "object"}},
             {"actor", "action", "object"});
}

void CommandLine::add_watch_commands(Command app) {
    add_list(app.add_family("message", "what stands at the top of every page"), "list", "list messages",
             "/messages", {{"CODE", "code"}, {"TEXT", "text"}});
    Command attention = app.add_family("attention", "what a person must decide");
    Command close = attention.add("close", "it is dealt with; it is not brought up again");
    close.option("id", value("attention id"), "as attention list shows it").required();
    on(close, [this](Local& local) {
        return done(local.ask("POST", "/attention/" + part(value("attention id")) + "/close"));
    });
    add_list(attention, "list", "list open items", "/attention",
             {{"ID", "id"},
              {"AMAZON ORDER", "amazon_order_id"},
              {"STORE", "store"},
              {"SINCE", "opened_at"},
              {"TEXT", "text"}});
    add_list(app.add_family("quarantine", "answers of Amazon that could not be understood"), "list",
             "list what is kept aside", "/quarantine",
             {{"AMAZON ORDER", "amazon_order_id"},
              {"FIELD", "field"},
              {"ERROR", "error"},
              {"TIMES", "times_seen"}});
}

}  // namespace fairway
