#include "main/commands.hpp"

#include "base/text.hpp"
#include "store/stores.hpp"

namespace fairway {

namespace {

// Members of two objects side by side; anything else is replaced.
void merge(json::Value& into, const json::Value& from) {
    if (!into.is_object() || !from.is_object()) into = from;
    else
        for (const auto& member : from.as_object()) into.as_object()[member.key()] = member.value();
}

}  // namespace

void CommandLine::add_account_connect(Command account) {
    Command connect = account.add("connect", "connect an account; verified at Amazon before it is stored");
    for (const char* name :
         {"name", "region", "seller-id", "client-id", "client-secret-file", "refresh-token-file"})
        connect.option(std::string("--") + name, value(name)).required();
    connect.option("--spapi-url", value("spapi-url"), "base of the Selling Partner API");
    connect.option("--lwa-url", value("lwa-url"), "base of the token service");
    on(connect, [this](Local& local) {
        const auto secret = read_text_file(value("client-secret-file"));
        if (!secret) return print_error(secret.error());
        const auto token = read_text_file(value("refresh-token-file"));
        if (!token) return print_error(token.error());
        json::Object body{{"name", value("name")},           {"region", value("region")},
                          {"seller_id", value("seller-id")}, {"client_id", value("client-id")},
                          {"client_secret", *secret},        {"refresh_token", *token}};
        if (!value("spapi-url").empty()) body["spapi_url"] = value("spapi-url");
        if (!value("lwa-url").empty()) body["lwa_url"] = value("lwa-url");
        return print_id(local.ask("POST", "/accounts", {}, body));
    });
}

void CommandLine::add_account_update(Command account) {
    Command update = account.add("update", "replace credentials; ends a pause");
    update.option("account", value("update account")).required();
    update.option("--client-secret-file", value("new secret file"));
    update.option("--refresh-token-file", value("new token file"));
    on(update, [this](Local& local) {
        json::Object body;
        for (const auto& [option, member] :
             {std::pair{"new secret file", "client_secret"}, {"new token file", "refresh_token"}}) {
            if (value(option).empty()) continue;
            const auto text = read_text_file(value(option));
            if (!text) return print_error(text.error());
            body[member] = *text;
        }
        if (body.empty()) return usage("give --client-secret-file, --refresh-token-file or both");
        return done(local.ask("PATCH", "/accounts/" + part(value("update account")), {}, body));
    });
}

void CommandLine::add_store_add(Command store) {
    Command add = store.add("add", "add a store; active at once");
    add.option("--account", value("store account")).required();
    add.option("--marketplace", value("marketplace")).required();
    add.option("--name", value("store name")).required();
    add.option("--back-end", value("back end")).required();
    on(add, [this](Local& local) {
        return print_id(local.ask("POST", "/stores", {},
                                  json::Object{{"account", value("store account")},
                                               {"marketplace", value("marketplace")},
                                               {"name", value("store name")},
                                               {"back_end", value("back end")}}));
    });
}

void CommandLine::add_store_set(Command store) {
    Command set = store.add("set", "change settings: key=value …, quantity.buffer=2");
    set.option("store", value("store to set")).required();
    set.option("settings", list("settings")).required();
    on(set, [this](Local& local) {
        json::Object patch;
        for (const std::string& setting : list("settings")) {
            const std::size_t equals = setting.find('=');
            if (equals == std::string::npos) return usage("\"" + setting + "\" is not key=value");
            for (auto& member : store::settings_patch(setting.substr(0, equals), setting.substr(equals + 1)))
                merge(patch[member.key()], member.value());
        }
        return done(local.ask("PATCH", "/stores/" + part(value("store to set")) + "/settings", {}, patch));
    });
}

void CommandLine::add_account_commands(Command app) {
    Command account = app.add_family("account", "Amazon seller accounts");
    add_account_connect(account);
    add_account_update(account);
    add_list(account, "list", "list accounts", "/accounts",
             {{"ID", "id"},
              {"NAME", "name"},
              {"REGION", "region"},
              {"SELLER", "seller_id"},
              {"PAUSED", "paused"}});

    Command store = app.add_family("store", "stores: one account on one marketplace");
    add_store_add(store);
    add_store_set(store);
    add_list(store, "list", "list stores", "/stores",
             {{"ID", "id"},
              {"NAME", "name"},
              {"MARKETPLACE", "marketplace"},
              {"ACTIVE", "active"},
              {"READ UP TO", "watermark"}});
    Command rename = store.add("rename", "give a store another name");
    rename.option("store", value("store to rename")).required();
    rename.option("name", value("new store name")).required();
    on(rename, [this](Local& local) {
        return done(local.ask("PATCH", "/stores/" + part(value("store to rename")), {},
                              json::Object{{"name", value("new store name")}}));
    });
    Command remove = store.add("delete", "delete an inactive store; its orders stay");
    remove.option("store", value("store to delete")).required();
    on(remove, [this](Local& local) {
        return done(local.ask("DELETE", "/stores/" + part(value("store to delete"))));
    });
    for (const char* verb : {"activate", "deactivate"}) {
        Command command = store.add(verb, std::string(verb) + " a store");
        command.option("store", value("store to switch")).required();
        on(command, [this, verb = std::string(verb)](Local& local) {
            return done(local.ask("POST", "/stores/" + part(value("store to switch")) + "/" + verb));
        });
    }
}

}  // namespace fairway
