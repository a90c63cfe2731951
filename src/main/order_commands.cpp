#include "main/commands.hpp"

#include <cstdio>

#include "base/ids.hpp"
#include "base/text.hpp"

namespace fairway {

namespace {

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

std::string path_of(const json::Value& order) {
    return "/amazon-orders/" + std::string(order.at("store").as_string()) + "/" +
           part(std::string(order.at("amazon_order_id").as_string()));
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
        // The interface says why an order that is only looked at cannot be shipped.
        const std::string state(row.at("import_state").as_string());
        if (is_this && (state == "view_only" || state == "excluded")) return text;
        if (is_this)
            return fail(ErrorKind::conflict, "no_commerce_order",
                        "order " + text + " has no commerce order: it is " + state +
                            (row.at("note").is_null() ? "" : "; " + std::string(row.at("note").as_string())));
    }
    return fail(ErrorKind::not_found, "order_missing", "there is no order " + text);
}

}  // namespace

void CommandLine::add_order_ship(Command order) {
    Command ship = order.add("ship", "save a shipment: all open units, or those of --line");
    ship.option("order", value("order"), "Amazon order id, commerce order number or co_…").required();
    ship.option("--carrier", value("carrier")).required();
    ship.option("--tracking", value("tracking")).required();
    ship.option("--service", value("service"));
    ship.option("--line", list("lines"), "LINE=QUANTITY; may be given again");
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
}

// What a person asks of an Amazon order; prints what has become of it.
void CommandLine::add_order_step(Command order, const std::string& name, const std::string& help) {
    Command step = order.add(name, help);
    step.option("order", value("order")).required();
    on(step, [this, name](Local& local) {
        const auto found = find_amazon_order(local, value("order"));
        if (!found) return print_error(found.error());
        const auto answer = local.ask("POST", path_of(*found) + "/" + name);
        if (!answer) return print_error(answer.error());
        std::printf("%s\n", answer->at("import_state").as_string().c_str());
        return 0;
    });
}

void CommandLine::add_order_commands(Command app) {
    Command order = app.add_family("order", "Amazon orders and their commerce orders");
    add_list(order, "list", "list Amazon orders", "/amazon-orders",
             {{"AMAZON ORDER", "amazon_order_id"},
              {"STORE", "store_name"},
              {"STATUS", "status"},
              {"IMPORT", "import_state"},
              {"COMMERCE ORDER", "commerce_order.number"},
              {"TOTAL", "total"},
              {"NOTE", "note"}},
             {"store", "status", "import_state", "fulfilled_by", "q", "buyer", "purchased_from",
              "purchased_to", "total_min", "total_max", "sort"});
    Command show = order.add("show", "show an Amazon order, as JSON");
    show.option("order", value("order")).required();
    show.flag("--json", flag("show json"), "JSON, which is the default");
    on(show, [this](Local& local) {
        const auto found = find_amazon_order(local, value("order"));
        if (!found) return print_error(found.error());
        const auto order = local.ask("GET", path_of(*found));
        if (!order) return print_error(order.error());
        print_json(*order);
        return 0;
    });
    add_order_step(order, "retry", "plan an order again now");
    add_order_step(order, "import-anyway",
                   "import an order with Amazon's parts although its total is another");
    add_order_ship(order);

    Command command = app.add_family("command", "what Fairway asks Amazon to do");
    add_list(command, "list", "list commands", "/commands",
             {{"ID", "id"},
              {"KIND", "kind"},
              {"STATE", "state"},
              {"AMAZON ORDER", "amazon_order_id"},
              {"CAUSE", "cause"},
              {"AMAZON SAYS", "amazon_says"}},
             {"amazon_order_id", "state"});
    Command replay = command.add("replay", "send a rejected command again");
    replay.option("id", value("command id")).required();
    on(replay, [this](Local& local) {
        return done(local.ask("POST", "/commands/" + part(value("command id")) + "/replay"));
    });
}

}  // namespace fairway
