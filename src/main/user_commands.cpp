#include <cstdio>

#include "api/sign_in.hpp"
#include "main/commands.hpp"
#include "store/users.hpp"

namespace fairway {

namespace {

// With a password at once, for whoever sets a machine up without a browser.
Result<std::string> hash_of_file(const std::string& path, const std::string& name, Rng& rng) {
    const std::string password = TRY(read_text_file(path));
    TRY(api::check_new_password(password, name));
    return crypto::hash_password(password, rng);
}

}  // namespace

void CommandLine::add_user_commands(Command app) {
    Command user = app.add_family("user", "people who sign in");
    add_user_add(user);
    add_user_set(user);
    Command invite =
        user.add("invite", "a link by which the person chooses a password, once and within 3 days");
    invite.option("name", value("invited user"), "a name or an id").required();
    on(invite, [this](Local& local) {
        const auto answer = local.ask("POST", "/users/" + part(value("invited user")) + "/invitation");
        if (!answer) return print_error(answer.error());
        std::printf("%s\n", answer->at("link").as_string().c_str());
        return 0;
    });
    Command unlock = user.add("unlock", "forget wrong passwords: the person may try again at once");
    unlock.option("name", value("unlocked user"), "a name or an id").required();
    on(unlock, [this](Local& local) {
        return done(local.ask("POST", "/users/" + part(value("unlocked user")) + "/unlock"));
    });
    add_list(user, "list", "list people", "/users",
             {{"ID", "id"},
              {"NAME", "name"},
              {"ROLE", "role"},
              {"BUYER DATA", "buyer_data"},
              {"LAST SEEN", "last_seen_at"},
              {"DISABLED", "disabled_at"}});
}

void CommandLine::add_user_add(Command user) {
    Command add = user.add("add", "a person; fairway user invite gives the link for a password");
    add.option("--name", value("user name"), "what is typed to sign in").required();
    value("user role") = "operator";
    add.option("--role", value("user role")).one_of({"viewer", "operator", "administrator"}).shows_default();
    add.flag("--buyer-data", flag("user buyer data"), "may see names and addresses");
    add.option("--password-file", value("password file"), "a file with the password: no link is needed");
    on_program(add, [this](Program& program) {
        std::optional<std::string> hash;
        if (const std::string& path = value("password file"); !path.empty()) {
            auto made = hash_of_file(path, value("user name"), program.rng);
            if (!made) return print_error(made.error());
            hash = *std::move(made);
        }
        const UtcTime now = program.clock->now();
        const auto id = program.database->write("access.change", [&](db::Transaction& tx) -> Result<UserId> {
            const store::NewUser wanted{.name = value("user name"),
                                        .role = *store::parse_role(value("user role")),
                                        .buyer_data = flag("user buyer data")};
            const UserId added = TRY(store::add_user(tx, wanted, now));
            if (hash) store::set_password(tx, added, *hash, now);
            store::write_audit(tx, "cli",
                               "create user: " + store::describe_rights(wanted.role, wanted.buyer_data),
                               "users/" + added.str(), now);
            return added;
        });
        if (!id) return print_error(id.error());
        std::printf("%s\n", id->str().c_str());
        return 0;
    });
}

void CommandLine::add_user_set(Command user) {
    Command set = user.add("set", "change a person's rights; ends the sessions");
    set.option("name", value("changed user"), "a name or an id").required();
    set.option("--role", value("new role")).one_of({"viewer", "operator", "administrator"});
    set.option("--buyer-data", value("new buyer data")).one_of({"yes", "no"});
    set.option("--disabled", value("disabled"), "a disabled person cannot sign in").one_of({"yes", "no"});
    on(set, [this](Local& local) {
        json::Object change;
        if (!value("new role").empty()) change["role"] = value("new role");
        if (!value("new buyer data").empty()) change["buyer_data"] = value("new buyer data") == "yes";
        if (!value("disabled").empty()) change["disabled"] = value("disabled") == "yes";
        if (change.empty()) return usage("say what to change: --role, --buyer-data or --disabled");
        return done(local.ask("PATCH", "/users/" + part(value("changed user")), {}, change));
    });
}

}  // namespace fairway
