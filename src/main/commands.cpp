#include "main/commands.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "main/serve.hpp"
#include "net/pacer.hpp"
#include "net/run_blocking.hpp"
#include "store/access.hpp"
#include "sync/tick.hpp"

namespace fairway {

namespace {

// A small file's text without the line end that editors add.
Result<std::string> read_text_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf()))
        return fail(ErrorKind::not_found, "file_unreadable", "cannot read " + path);
    std::string content = text.str();
    while (content.ends_with('\n') || content.ends_with('\r')) content.pop_back();
    return content;
}

// true, false, null and integers are themselves; anything else is a text.
json::Value to_json(const std::string& text) {
    if (text == "true") return true;
    if (text == "false") return false;
    if (text == "null") return nullptr;
    if (const auto number = parse_int(text)) return *number;
    return json::Value(text);
}

int print_id(const Result<json::Value>& answer) {
    if (!answer) return print_error(answer.error());
    std::printf("%s\n", answer->at("id").as_string().c_str());
    return 0;
}

int done(const Result<json::Value>& answer) { return answer ? 0 : print_error(answer.error()); }

int usage(const std::string& message) {
    std::fprintf(stderr, "fairway: %s\n", message.c_str());
    return 2;
}

std::string part(const std::string& text) { return percent_encode(text); }

// "1=2" as line and quantity.
std::optional<std::pair<int, std::int64_t>> parse_line(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) return std::nullopt;
    const auto line = parse_int(std::string_view(text).substr(0, equals));
    const auto quantity = parse_int(std::string_view(text).substr(equals + 1));
    if (!line || !quantity || *line < 1 || *line > 100'000) return std::nullopt;
    return std::pair{static_cast<int>(*line), *quantity};
}

// The one Amazon order of that id, whichever store it is in.
Result<json::Value> find_amazon_order(Local& local, const std::string& id) {
    const json::Array rows = TRY(local.list("/amazon-orders", {{"q", id}}));
    for (const json::Value& row : rows)
        if (row.at("amazon_order_id").as_string() == id) return row;
    return fail(ErrorKind::not_found, "order_missing", "there is no Amazon order " + id);
}

// "co_7", a commerce order's number, or the Amazon order's id.
Result<std::string> find_commerce_order_id(Local& local, const std::string& text) {
    if (CommerceOrderId::parse(text)) return text;
    const json::Array rows = TRY(local.list("/amazon-orders", {{"q", text}}));
    for (const json::Value& row : rows) {
        const json::Value& commerce = row.at("commerce_order");
        const bool is_this = row.at("amazon_order_id").as_string() == text ||
                             (commerce.is_object() && commerce.at("number").as_string() == text);
        if (is_this && commerce.is_object()) return std::string(commerce.at("id").as_string());
        if (is_this)
            return fail(ErrorKind::conflict, "no_commerce_order",
                        "order " + text + " has no commerce order yet");
    }
    return fail(ErrorKind::not_found, "order_missing", "there is no order " + text);
}

std::string describe(const sync::TickReport& report) {
    return "read " + std::to_string(report.intake.orders_read) + " orders (" +
           std::to_string(report.intake.orders_changed) + " new or changed), created " +
           std::to_string(report.reconcile.created) + " commerce orders, blocked " +
           std::to_string(report.reconcile.blocked) + ", confirmed " +
           std::to_string(report.commands.accepted) + " shipments, " +
           std::to_string(report.commands.rejected) + " refused";
}

int report_tick(const Program& program, const sync::TickReport& report) {
    std::printf("%s\n", describe(report).c_str());
    if (report.intake.kept_aside > 0)
        std::printf("%lld orders could not be read and are kept aside\n",
                    static_cast<long long>(report.intake.kept_aside));
    for (const sync::AccountProblem& problem : report.problems) {
        std::string text = "account " + problem.account_name + ": " + problem.error.message;
        if (problem.error.retry_after)
            text +=
                "; next call allowed at " + format_rfc3339(program.clock->now() + *problem.error.retry_after);
        std::fprintf(stderr, "fairway: %s\n", text.c_str());
    }
    return report.problems.empty() && report.reconcile.failed == 0 ? 0 : 1;
}

// Waits for a quota on the program's clock, at most so many real seconds in all.
sync::Waiter patient(const Program& program, std::int64_t real_seconds_max) {
    auto pacer = std::make_shared<net::Pacer>(seconds(real_seconds_max));
    return [&program, pacer](UtcTime until) { return pacer->wait_until(*program.clock, until); };
}

int sync_once(Program& program, const std::string& store, std::int64_t wait_s) {
    sync::TickOptions options{.wait_for_quota = patient(program, wait_s)};
    if (!store.empty()) {
        const auto record = program.database->read(
            [&](db::Reader& tx) { return store::find_store(tx, std::string_view(store)); });
        if (!record)
            return print_error({ErrorKind::not_found, "store_missing", "there is no store " + store});
        options.store = record->id;
    }
    return report_tick(program, net::run_blocking(sync::run_tick(*program.context, options)));
}

}  // namespace

void CommandLine::on_program(CLI::App* command, std::function<int(Program&)> work) {
    command->callback([this, work = std::move(work)] {
        chosen_ = [this, work] {
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            const auto program = open_program(*config);
            if (!program) return print_error(program.error());
            return work(**program);
        };
    });
}

void CommandLine::on(CLI::App* command, std::function<int(Local&)> work) {
    on_program(command, [work = std::move(work)](Program& program) {
        Local local(program);
        return work(local);
    });
}

void CommandLine::add_list(CLI::App& parent, const std::string& name, const std::string& what,
                           const std::string& path,
                           std::vector<std::pair<std::string_view, std::string_view>> columns) {
    CLI::App* command = parent.add_subcommand(name, what);
    command->add_flag("--json", flag(path + " json"), "print JSON in the shapes of the REST interface");
    on(command, [this, path, columns = std::move(columns)](Local& local) {
        const auto rows = local.list(path);
        if (!rows) return print_error(rows.error());
        if (flag(path + " json")) print_json(*rows);
        else print_table(*rows, columns);
        return 0;
    });
}

void CommandLine::add_service_commands(CLI::App& app) {
    on_program(app.add_subcommand("serve", "run the service until it is told to stop"), serve);
    on_program(app.add_subcommand("migrate", "bring the database up to date"), [](Program& program) {
        std::printf("%d migrations run\n", program.migrations_run);
        return 0;
    });
    CLI::App* check =
        app.add_subcommand("check-config", "read the configuration and say whether it is sound");
    check->callback([this] {
        chosen_ = [this] {
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            const auto key = crypto::read_key_file(config->master_key_file);
            if (!key) return print_error(key.error());
            std::printf("%s is sound\n", config_path_.c_str());
            return 0;
        };
    });
    CLI::App* doctor = app.add_subcommand("doctor", "check configuration, key, database and clock");
    doctor->add_flag("--new-key", flag("new-key"), "create the master key file");
    doctor->callback([this] {
        chosen_ = [this] {
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            if (flag("new-key")) {
                SystemRng rng;
                const Status written = crypto::write_new_key_file(config->master_key_file, rng);
                if (!written) return print_error(written.error());
                std::printf("%s created; keep a copy of it apart from the database's backups\n",
                            config->master_key_file.c_str());
                return 0;
            }
            const auto program = open_program(*config);
            if (!program) return print_error(program.error());
            std::printf("configuration, key, database and key store are in order; the clock says %s\n",
                        format_rfc3339((*program)->clock->now()).c_str());
            return 0;
        };
    });
    CLI::App* sync = app.add_subcommand("sync", "read from Amazon, reconcile, write back");
    sync->add_flag("--once", flag("once"), "one tick in the foreground")->required();
    sync->add_option("--store", value("sync store"), "only this store");
    value("sync wait") = "300";
    sync->add_option("--wait", value("sync wait"), "real seconds to wait for Amazon's quota")
        ->check(CLI::Range(0, 86'400));
    on_program(sync, [this](Program& program) {
        return sync_once(program, value("sync store"), *parse_int(value("sync wait")));
    });
}

void CommandLine::add_account_commands(CLI::App& app) {
    CLI::App* account = app.add_subcommand("account", "Amazon seller accounts")->require_subcommand(1);
    CLI::App* connect =
        account->add_subcommand("connect", "connect an account; verified at Amazon before it is stored");
    for (const char* name :
         {"name", "region", "seller-id", "client-id", "client-secret-file", "refresh-token-file"})
        connect->add_option(std::string("--") + name, value(name))->required();
    connect->add_option("--spapi-url", value("spapi-url"), "base of the Selling Partner API");
    connect->add_option("--lwa-url", value("lwa-url"), "base of the token service");
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
    CLI::App* update = account->add_subcommand("update", "replace credentials; ends a pause");
    update->add_option("account", value("update account"))->required();
    update->add_option("--client-secret-file", value("new secret file"));
    update->add_option("--refresh-token-file", value("new token file"));
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
    add_list(*account, "list", "list accounts", "/accounts",
             {{"ID", "id"},
              {"NAME", "name"},
              {"REGION", "region"},
              {"SELLER", "seller_id"},
              {"PAUSED", "paused"}});

    CLI::App* store =
        app.add_subcommand("store", "stores: one account on one marketplace")->require_subcommand(1);
    CLI::App* add = store->add_subcommand("add", "add a store; active at once");
    add->add_option("--account", value("store account"))->required();
    add->add_option("--marketplace", value("marketplace"))->required();
    add->add_option("--name", value("store name"))->required();
    add->add_option("--back-end", value("back end"))->required();
    on(add, [this](Local& local) {
        return print_id(local.ask("POST", "/stores", {},
                                  json::Object{{"account", value("store account")},
                                               {"marketplace", value("marketplace")},
                                               {"name", value("store name")},
                                               {"back_end", value("back end")}}));
    });
    add_list(*store, "list", "list stores", "/stores",
             {{"ID", "id"},
              {"NAME", "name"},
              {"MARKETPLACE", "marketplace"},
              {"ACTIVE", "active"},
              {"READ UP TO", "watermark"}});
    for (const char* verb : {"activate", "deactivate"}) {
        CLI::App* command = store->add_subcommand(verb, std::string(verb) + " a store");
        command->add_option("store", value("store to switch"))->required();
        on(command, [this, verb = std::string(verb)](Local& local) {
            return done(local.ask("POST", "/stores/" + part(value("store to switch")) + "/" + verb));
        });
    }
    CLI::App* set = store->add_subcommand("set", "change settings: key=value …, quantity.buffer=2");
    set->add_option("store", value("store to set"))->required();
    set->add_option("settings", list("settings"))->required();
    on(set, [this](Local& local) {
        json::Object patch;
        for (const std::string& setting : list("settings")) {
            const std::size_t equals = setting.find('=');
            if (equals == std::string::npos) return usage("\"" + setting + "\" is not key=value");
            const std::string key = setting.substr(0, equals);
            const std::size_t dot = key.find('.');
            const json::Value typed = to_json(setting.substr(equals + 1));
            if (dot == std::string::npos) patch[key] = typed;
            else {
                json::Value& section = patch[key.substr(0, dot)];
                if (!section.is_object()) section = json::Object{};
                section.as_object()[key.substr(dot + 1)] = typed;
            }
        }
        return done(local.ask("PATCH", "/stores/" + part(value("store to set")) + "/settings", {}, patch));
    });
}

void CommandLine::add_catalog_commands(CLI::App& app) {
    CLI::App* product =
        app.add_subcommand("product", "products of the built-in back end")->require_subcommand(1);
    CLI::App* add = product->add_subcommand("add", "add a product");
    add->add_option("--sku", value("sku"))->required();
    add->add_option("--name", value("product name"))->required();
    add->add_option("--quantity", value("quantity"))->check(CLI::NonNegativeNumber);
    add->add_flag("--disabled", flag("disabled"));
    on(add, [this](Local& local) {
        json::Object body{
            {"sku", value("sku")}, {"name", value("product name")}, {"enabled", !flag("disabled")}};
        if (!value("quantity").empty()) body["quantity"] = to_json(value("quantity"));
        const auto answer = local.ask("POST", "/products", {}, body);
        if (!answer) return print_error(answer.error());
        std::printf("%s\n", answer->at("sku").as_string().c_str());
        return 0;
    });
    for (const bool enable : {true, false}) {
        CLI::App* command =
            product->add_subcommand(enable ? "enable" : "disable", "let orders take it, or not");
        command->add_option("sku", value("sku to switch"))->required();
        on(command, [this, enable](Local& local) {
            return done(local.ask("PATCH", "/products/" + part(value("sku to switch")), {},
                                  json::Object{{"enabled", enable}}));
        });
    }
    add_list(*product, "list", "list products", "/products",
             {{"SKU", "sku"},
              {"NAME", "name"},
              {"ENABLED", "enabled"},
              {"QUANTITY", "quantity"},
              {"RESERVED", "reserved"}});

    CLI::App* stock = app.add_subcommand("stock", "stock of the built-in back end")->require_subcommand(1);
    CLI::App* set = stock->add_subcommand("set", "set the quantity on hand");
    set->add_option("sku", value("stock sku"))->required();
    set->add_option("quantity", value("stock quantity"))->required()->check(CLI::NonNegativeNumber);
    set->add_option("--source", value("source"), "stock source");
    on(set, [this](Local& local) {
        json::Object body{{"quantity", to_json(value("stock quantity"))}};
        if (!value("source").empty()) body["source"] = value("source");
        return done(local.ask("PUT", "/stock/" + part(value("stock sku")), {}, body));
    });

    CLI::App* listing = app.add_subcommand("listing", "what is offered on Amazon")->require_subcommand(1);
    CLI::App* match = listing->add_subcommand("match", "match a seller SKU to a product");
    match->add_option("--store", value("match store"))->required();
    match->add_option("--seller-sku", value("seller sku"))->required();
    match->add_option("--product", value("match product"))->required();
    value("units") = "1";
    match->add_option("--units", value("units"), "product units in one unit on Amazon")
        ->check(CLI::PositiveNumber);
    on(match, [this](Local& local) {
        return done(local.ask(
            "PUT", "/listings/" + part(value("match store")) + "/" + part(value("seller sku")), {},
            json::Object{{"product_sku", value("match product")}, {"units", to_json(value("units"))}}));
    });
    add_list(*listing, "list", "list listings", "/listings",
             {{"STORE", "store"},
              {"SELLER SKU", "seller_sku"},
              {"PRODUCT", "product_sku"},
              {"UNITS", "units"},
              {"TITLE", "title"}});
}

void CommandLine::add_order_commands(CLI::App& app) {
    CLI::App* order =
        app.add_subcommand("order", "Amazon orders and their commerce orders")->require_subcommand(1);
    add_list(*order, "list", "list Amazon orders", "/amazon-orders",
             {{"AMAZON ORDER", "amazon_order_id"},
              {"STORE", "store_name"},
              {"STATUS", "status"},
              {"IMPORT", "import_state"},
              {"COMMERCE ORDER", "commerce_order.number"},
              {"TOTAL", "total"},
              {"NOTE", "note"}});
    CLI::App* show = order->add_subcommand("show", "show an Amazon order, as JSON");
    show->add_option("order", value("order"))->required();
    show->add_flag("--json", flag("show json"), "JSON, which is the default");
    on(show, [this](Local& local) {
        const auto found = find_amazon_order(local, value("order"));
        if (!found) return print_error(found.error());
        print_json(*found);
        return 0;
    });
    CLI::App* retry = order->add_subcommand("retry", "plan an order again now");
    retry->add_option("order", value("order"))->required();
    on(retry, [this](Local& local) {
        const auto found = find_amazon_order(local, value("order"));
        if (!found) return print_error(found.error());
        const auto answer =
            local.ask("POST", "/amazon-orders/" + std::string(found->at("store").as_string()) + "/" +
                                  part(value("order")) + "/retry");
        if (!answer) return print_error(answer.error());
        std::printf("%s\n", answer->at("import_state").as_string().c_str());
        return 0;
    });
    CLI::App* ship = order->add_subcommand("ship", "save a shipment: all open units, or those of --line");
    ship->add_option("order", value("order"), "Amazon order id, commerce order number or co_…")->required();
    ship->add_option("--carrier", value("carrier"))->required();
    ship->add_option("--tracking", value("tracking"))->required();
    ship->add_option("--service", value("service"));
    ship->add_option("--line", list("lines"), "LINE=QUANTITY; may be given again");
    on(ship, [this](Local& local) {
        json::Array items;
        for (const std::string& text : list("lines")) {
            const auto line = parse_line(text);
            if (!line) return usage("--line " + text + " is not LINE=QUANTITY");
            items.push_back(json::Object{{"line", line->first}, {"quantity", line->second}});
        }
        const auto id = find_commerce_order_id(local, value("order"));
        if (!id) return print_error(id.error());
        json::Object package{
            {"carrier", value("carrier")}, {"service", value("service")}, {"tracking", value("tracking")}};
        if (!items.empty()) package["items"] = std::move(items);
        const auto answer = local.ask("POST", "/commerce-orders/" + *id + "/shipments", {},
                                      json::Object{{"packages", json::Array{std::move(package)}}});
        if (!answer) return print_error(answer.error());
        std::printf("%s\n", answer->at("shipments").as_array().back().at("id").as_string().c_str());
        return 0;
    });

    CLI::App* command =
        app.add_subcommand("command", "what Fairway asks Amazon to do")->require_subcommand(1);
    add_list(*command, "list", "list commands", "/commands",
             {{"ID", "id"},
              {"KIND", "kind"},
              {"STATE", "state"},
              {"AMAZON ORDER", "amazon_order_id"},
              {"CAUSE", "cause"},
              {"AMAZON SAYS", "amazon_says"}});
    CLI::App* replay = command->add_subcommand("replay", "send a rejected command again");
    replay->add_option("id", value("command id"))->required();
    on(replay, [this](Local& local) {
        return done(local.ask("POST", "/commands/" + part(value("command id")) + "/replay"));
    });
}

void CommandLine::add_access_commands(CLI::App& app) {
    CLI::App* token = app.add_subcommand("token", "API tokens")->require_subcommand(1);
    CLI::App* create = token->add_subcommand("create", "create a token; it is printed once and kept nowhere");
    create->add_option("--name", value("token name"))->required();
    value("role") = "administrator";
    create->add_option("--role", value("role"))
        ->check(CLI::IsMember({"viewer", "operator", "administrator"}));
    create->add_flag("--buyer-data", flag("buyer data"), "may see names and addresses");
    on_program(create, [this](Program& program) {
        const std::string text = program.database->write([&](db::Transaction& tx) {
            const UtcTime now = program.clock->now();
            store::write_audit(tx, "cli", "create token", value("token name"), now);
            return store::create_token(tx, program.rng, value("token name"),
                                       *store::parse_role(value("role")), flag("buyer data"), now);
        });
        std::printf("%s\n", text.c_str());
        return 0;
    });
    add_list(*token, "list", "list tokens", "/tokens",
             {{"ID", "id"},
              {"NAME", "name"},
              {"ROLE", "role"},
              {"BUYER DATA", "buyer_data"},
              {"LAST USED", "last_used_at"}});
    add_list(app, "audit", "who did and saw what", "/audit",
             {{"AT", "at"}, {"WHO", "actor"}, {"WHAT", "action"}, {"OBJECT", "object"}});
}

}  // namespace fairway
