// What people do, through the REST interface.
#include <boost/json.hpp>

#include "base/text.hpp"
#include "runner/scenario.hpp"

namespace fairway::scenarios {

namespace {

// true, false, null and whole numbers are themselves; anything else is a text.
json::Value to_json(const std::string& text) {
    if (text == "true") return true;
    if (text == "false") return false;
    if (text == "null") return nullptr;
    if (const auto number = parse_int(text)) return *number;
    return json::Value(text);
}

json::Array read_units(Words& words) {
    json::Array units;
    while (words.accept("line")) {
        json::Object unit{{"line", words.number("a line")}};
        words.expect("quantity");
        unit["quantity"] = words.number("a quantity");
        units.push_back(std::move(unit));
    }
    return units;
}

std::string part(const std::string& text) { return percent_encode(text); }

}  // namespace

void Scenario::operate(const std::string& method, const std::string& path, const json::Value& body) {
    const Dump before = dump(program_->db());
    net::Request request{.method = method, .path = "/api/v1" + path};
    if (!body.is_null()) request.body = json::serialize(body);
    net::Response response = program_->ask(std::move(request));
    if (response.status >= 500) throw Wrong("an internal error: " + response.body);
    if (response.status >= 300) refused_ = std::move(response);
    after_operator_step(before);
}

std::string Scenario::first_store() const {
    if (stores_.empty()) throw Wrong("there is no store yet");
    return stores_.front();
}

void Scenario::connect_account(const std::string& name, std::int64_t seller, const std::string& region) {
    const sandbox::Seller& who = amazon_.seller(seller);
    operate("POST", "/accounts",
            json::Object{{"name", name},
                         {"region", region},
                         {"seller_id", who.seller_id},
                         {"client_id", who.client_id},
                         {"client_secret", who.client_secret},
                         {"refresh_token", who.refresh_token},
                         {"spapi_url", "http://127.0.0.1:9400"},
                         {"lwa_url", "http://127.0.0.1:9400"}});
    has_account_ = true;
}

// account add Tokyo seller 1 region fe | account renew Tokyo seller 1
void Scenario::account(Words& words) {
    const bool add = words.accept("add");
    if (!add) words.expect("renew");
    const std::string name = words.next("a name");
    words.expect("seller");
    const std::int64_t seller = words.number("a seller");
    if (!add) {
        words.finish();
        operate("PATCH", "/accounts/" + part(name),
                json::Object{{"client_secret", amazon_.seller(seller).client_secret},
                             {"refresh_token", amazon_.seller(seller).refresh_token}});
        return;
    }
    const std::string region = words.accept("region") ? words.next("a region") : "eu";
    words.finish();
    connect_account(name, seller, region);
}

void Scenario::store(Words& words) {
    if (words.accept("add")) return store_add(words);
    if (words.accept("set")) return store_set(words);
    const std::string verb = words.next("add, set, activate or deactivate");
    if (verb != "activate" && verb != "deactivate") throw Wrong("\"" + verb + "\" is nothing a store can do");
    const std::string name = words.next("a store");
    words.finish();
    operate("POST", "/stores/" + part(name) + "/" + verb, nullptr);
}

void Scenario::store_add(Words& words) {
    const std::string marketplace = words.next("a marketplace");
    const std::string name = words.next("a name");
    const std::string account = words.accept("account") ? words.next("an account") : "Main";
    words.finish();
    if (account == "Main" && !has_account_) connect_account("Main", 1, "eu");
    operate("POST", "/stores",
            json::Object{{"account", account}, {"marketplace", marketplace}, {"name", name}});
    stores_.push_back(name);
}

// store set "Amazon.it" pending_orders=ignore quantity.buffer=2
void Scenario::store_set(Words& words) {
    const std::string name = words.next("a store");
    json::Object patch;
    do {
        const std::string setting = words.next("key=value");
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) throw Wrong("\"" + setting + "\" is not key=value");
        const std::string key = setting.substr(0, equals);
        const std::size_t dot = key.find('.');
        const json::Value value = to_json(setting.substr(equals + 1));
        if (dot == std::string::npos) patch[key] = value;
        else patch[key.substr(0, dot)] = json::Object{{key.substr(dot + 1), value}};
    } while (!words.at_end());
    operate("PATCH", "/stores/" + part(name) + "/settings", patch);
}

// import off | import on "Amazon.de"
void Scenario::import(Words& words) {
    const bool on = words.accept("on");
    if (!on) words.expect("off");
    const std::string name = words.at_end() ? first_store() : words.next("a store");
    words.finish();
    operate("PATCH", "/stores/" + part(name) + "/settings", json::Object{{"import_orders", on}});
}

void Scenario::product(Words& words) {
    const std::string verb = words.next("add, enable or disable");
    const std::string sku = words.next("a SKU");
    if (verb == "add") {
        json::Object body{{"sku", sku}, {"name", "Product " + sku}};
        if (words.accept("stock")) body["quantity"] = words.number("a quantity");
        if (words.accept("disabled")) body["enabled"] = false;
        words.finish();
        return operate("POST", "/products", body);
    }
    words.finish();
    if (verb != "enable" && verb != "disable") throw Wrong("\"" + verb + "\" is nothing a product can do");
    operate("PATCH", "/products/" + part(sku), json::Object{{"enabled", verb == "enable"}});
}

void Scenario::stock(Words& words) {
    const std::string sku = words.next("a SKU");
    json::Object body{{"quantity", words.number("a quantity")}};
    if (words.accept("source")) body["source"] = words.next("a source");
    words.finish();
    operate("PUT", "/stock/" + part(sku), body);
}

// listing match X -> SKU-1 units 2 [store "Amazon.it"] | listing unmatch X
void Scenario::listing(Words& words) {
    const bool match = words.accept("match");
    if (!match) words.expect("unmatch");
    const std::string seller_sku = words.next("a seller SKU");
    json::Object body{{"product_sku", nullptr}};
    if (match) {
        words.expect("->");
        body["product_sku"] = words.next("a product SKU");
        if (words.accept("units")) body["units"] = words.number("units");
    }
    const std::string store = words.accept("store") ? words.next("a store") : first_store();
    words.finish();
    operate("PUT", "/listings/" + part(store) + "/" + part(seller_sku), body);
}

// ship A1 carrier DHL tracking JD1 [line 1 quantity 1 …] [and carrier … tracking … line …]
void Scenario::ship(Words& words) {
    const std::string alias = words.next("an order");
    json::Array packages;
    do {
        json::Object package;
        if (words.accept("carrier")) package["carrier"] = words.next("a carrier");
        else package["carrier"] = "DHL";
        words.expect("tracking");
        package["tracking"] = words.next("a tracking number");
        if (json::Array units = read_units(words); !units.empty()) package["items"] = std::move(units);
        packages.push_back(std::move(package));
    } while (words.accept("and"));
    words.finish();
    operate("POST",
            "/commerce-orders/" + std::string(commerce_shape(alias).at("id").as_string()) + "/shipments",
            json::Object{{"packages", std::move(packages)}});
}

// credit A1 line 1 quantity 1 [shipping 4.90] [adjustment 1.00] [keep-stock]
void Scenario::credit(Words& words) {
    const std::string alias = words.next("an order");
    const json::Value order = commerce_shape(alias);
    const auto money = [&](const std::string& amount) {
        return json::Object{{"amount", amount},
                            {"currency", order.at("totals").at("item").at("currency").as_string()}};
    };
    json::Object body{{"lines", read_units(words)}};
    if (words.accept("shipping")) body["shipping"] = money(words.next("an amount"));
    if (words.accept("adjustment")) body["adjustment"] = money(words.next("an amount"));
    if (words.accept("keep-stock")) body["return_to_stock"] = false;
    words.finish();
    operate("POST", "/commerce-orders/" + std::string(order.at("id").as_string()) + "/credit-memos", body);
}

void Scenario::cancel(Words& words) {
    const std::string alias = words.next("an order");
    words.finish();
    operate("POST", "/commerce-orders/" + std::string(commerce_shape(alias).at("id").as_string()) + "/cancel",
            nullptr);
}

void Scenario::hold(Words& words) {
    const std::string alias = words.next("an order");
    words.finish();
    operate("POST", "/commerce-orders/" + std::string(commerce_shape(alias).at("id").as_string()) + "/hold",
            nullptr);
}

void Scenario::unhold(Words& words) {
    const std::string alias = words.next("an order");
    words.finish();
    operate("POST", "/commerce-orders/" + std::string(commerce_shape(alias).at("id").as_string()) + "/unhold",
            nullptr);
}

void Scenario::invoice(Words& words) {
    const std::string alias = words.next("an order");
    words.finish();
    operate("POST",
            "/commerce-orders/" + std::string(commerce_shape(alias).at("id").as_string()) + "/invoices",
            nullptr);
}

void Scenario::retry(Words& words) {
    const std::string alias = words.next("an order");
    words.finish();
    operate("POST", order_path(alias) + "/retry", nullptr);
}

// The order's last command is sent again.
void Scenario::replay(Words& words) {
    const std::string alias = words.next("an order");
    words.finish();
    const json::Value order = order_shape(alias);
    const json::Array& commands = order.at("commands").as_array();
    if (commands.empty()) throw Wrong("order " + alias + " has no command");
    operate("POST", "/commands/" + std::string(commands.back().as_string()) + "/replay", nullptr);
}

}  // namespace fairway::scenarios
