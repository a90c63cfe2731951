// What happens on Amazon's side: orders placed, paid, cancelled, shipped in Seller Central; and how Amazon
// answers.
#include <boost/json.hpp>

#include "base/text.hpp"
#include "runner/scenario.hpp"

namespace fairway::scenarios {

namespace {

// "Partially-shipped" on a line of a scenario is PARTIALLY_SHIPPED at Amazon.
std::string amazon_status(std::string_view word) {
    std::string text;
    for (const char c : word)
        text += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return text;
}

bool is_status(std::string_view word) {
    for (const std::string_view known : {"pending-availability", "pending", "unshipped", "partially-shipped",
                                         "shipped", "cancelled", "unfulfillable"})
        if (word == known) return true;
    return false;
}

// Such as 2x.
bool is_quantity(const std::string& word) {
    return word.ends_with("x") && parse_int(word.substr(0, word.size() - 1)).has_value();
}

json::Object read_line(Words& words) {
    const std::string what = words.next("a quantity and SKU such as 2x");
    if (!is_quantity(what)) throw Wrong("\"" + what + "\" is no quantity such as 2x");
    json::Object line{{"quantity", *parse_int(what.substr(0, what.size() - 1))},
                      {"sku", words.next("a seller SKU")}};
    words.expect("at");
    line["unit_price"] = words.next("a price");
    while (true) {
        if (words.accept("tax")) line["tax"] = words.next("an amount");
        else if (words.accept("shipping")) line["shipping"] = words.next("an amount");
        else if (words.accept("discount")) line["discount"] = words.next("an amount");
        else if (words.accept("wrap")) line["gift_wrap"] = words.next("an amount");
        else return line;
    }
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

}  // namespace

void Scenario::amazon(Words& words) {
    if (words.accept("order")) return amazon_order(words);
    if (words.accept("orders")) return amazon_orders(words);
    if (words.accept("cancel")) return amazon_cancel(words);
    if (words.accept("cancel-units")) return amazon_cancel_units(words);
    if (words.accept("ship")) return amazon_ship(words);
    if (words.accept("answers")) return amazon_answers(words);
    if (words.accept("seller")) return amazon_seller(words);
    const std::string alias = words.next("an order");
    if (words.accept("states")) return amazon_states(alias, words);
    if (words.accept("shows")) return amazon_shows(alias, words);
    if (words.accept("hidden")) return words.finish(), amazon_.hide(id_of(alias));
    if (words.accept("shown")) return words.finish(), amazon_.show(id_of(alias));
    if (words.accept("unreadable")) return words.finish(), amazon_.garble(id_of(alias));
    if (words.accept("no-json")) return words.finish(), amazon_.break_json(id_of(alias));
    if (words.accept("readable")) return words.finish(), amazon_.mend(id_of(alias));
    if (words.accept("without-marketplace")) return words.finish(), amazon_.forget_marketplace(id_of(alias));
    const std::string status = words.next("a status");
    if (!is_status(status)) throw Wrong("\"" + status + "\" is no status");
    words.finish();
    amazon_.control("POST", "orders/" + id_of(alias) + "/status",
                    json::Object{{"status", amazon_status(status)}});
}

json::Object Scenario::read_order(Words& words) {
    json::Object order{{"seller_id", amazon_.seller(1).seller_id}, {"marketplace", "IT"}};
    if (words.peek() != nullptr && is_status(*words.peek()))
        order["status"] = amazon_status(words.next("a status"));
    const bool has_flavour = words.accept("flavour");
    if (has_flavour) order["flavour"] = words.next("a flavour");
    // A flavour brings lines of its own.
    if (!has_flavour || (words.peek() != nullptr && is_quantity(*words.peek()))) {
        json::Array lines;
        do lines.push_back(read_line(words));
        while (words.accept("and"));
        order["lines"] = std::move(lines);
    }
    json::Array programs;
    while (!words.at_end()) {
        if (words.accept("in")) order["marketplace"] = words.next("a country");
        else if (words.accept("seller"))
            order["seller_id"] = amazon_.seller(words.number("a seller")).seller_id;
        else if (words.accept("fba")) order["fulfilled_by"] = "AMAZON";
        else if (words.accept("program")) programs.emplace_back(words.next("a program"));
        else if (words.accept("replaces")) order["replaces"] = id_of(words.next("an order"));
        else if (words.accept("withheld")) order["withhold_recipient"] = true;
        else if (words.accept("to")) order["recipient"] = read_address(words);
        else if (words.accept("placed")) {
            order["created_at"] = format_rfc3339(clock_.now() - words.duration());
            words.expect("ago");
        } else words.finish();
    }
    if (!programs.empty()) order["programs"] = std::move(programs);
    return order;
}

void Scenario::amazon_order(Words& words) {
    const std::string alias = words.next("a name for the order");
    if (ids_.contains(alias)) throw Wrong("there is an order " + alias + " already");
    const json::Value order = amazon_.control("POST", "orders", read_order(words));
    ids_[alias] = std::string(order.at("orderId").as_string());
}

// `amazon orders P 150 …` makes P1 to P150.
void Scenario::amazon_orders(Words& words) {
    const std::string alias = words.next("a name for the orders");
    const std::int64_t count = words.number("how many");
    const json::Object body = read_order(words);
    for (std::int64_t i = 1; i <= count; ++i) {
        const json::Value order = amazon_.control("POST", "orders", body);
        ids_[alias + std::to_string(i)] = std::string(order.at("orderId").as_string());
    }
}

void Scenario::amazon_cancel(Words& words) {
    const std::string alias = words.next("an order");
    words.finish();
    amazon_.control("POST", "orders/" + id_of(alias) + "/status", json::Object{{"status", "CANCELLED"}});
}

void Scenario::amazon_cancel_units(Words& words) {
    const std::string alias = words.next("an order");
    json::Array units = read_units(words);
    words.finish();
    amazon_.control("POST", "orders/" + id_of(alias) + "/status",
                    json::Object{{"cancel_lines", std::move(units)}});
}

// In Seller Central: all open units, or those of the lines named; several packages joined by `and`.
void Scenario::amazon_ship(Words& words) {
    const std::string alias = words.next("an order");
    json::Array packages;
    do {
        json::Object package;
        while (true) {
            if (words.accept("carrier")) package["carrier"] = words.next("a carrier");
            else if (words.accept("tracking")) package["tracking"] = words.next("a tracking number");
            else if (words.accept("reference")) package["reference_id"] = words.next("a reference");
            else break;
        }
        if (json::Array units = read_units(words); !units.empty()) package["items"] = std::move(units);
        packages.push_back(std::move(package));
    } while (words.accept("and"));
    words.finish();
    amazon_.control("POST", "orders/" + id_of(alias) + "/status",
                    json::Object{{"status", "SHIPPED"}, {"packages", std::move(packages)}});
}

void Scenario::amazon_answers(Words& words) {
    using Kind = Mood::Kind;
    static const std::map<std::string, Kind, std::less<>> kinds{
        {"refused", Kind::refused},         {"throttled", Kind::throttled},
        {"unavailable", Kind::unavailable}, {"forbidden", Kind::forbidden},
        {"answer-lost", Kind::answer_lost}, {"answer-too-large", Kind::answer_too_large},
        {"unreachable", Kind::unreachable}, {"page-repeated", Kind::page_repeated},
        {"as-html", Kind::not_json},        {"cut-in-half", Kind::half},
        {"with-nothing", Kind::empty}};
    const std::string operation = words.next("an operation");
    if (words.accept("normally")) {
        words.finish();
        amazon_.clear_mood(operation);
        return;
    }
    const std::string word = words.next("how Amazon answers");
    const auto kind = kinds.find(word);
    if (kind == kinds.end()) throw Wrong("\"" + word + "\" is no way in which Amazon answers");
    Mood mood{.kind = kind->second};
    if (mood.kind == Kind::refused) mood.words = words.next("Amazon's words");
    if (words.accept("after")) mood.after = words.number("how many calls are answered first");
    if (words.accept("times")) mood.times = words.number("how many calls are answered so");
    words.finish();
    amazon_.set_mood(operation, std::move(mood));
}

// How the application's access to the seller changes: amazon seller 1 rotates|revokes|authorises, amazon
// seller 1 roles ROLE … [else forbidden].
void Scenario::amazon_seller(Words& words) {
    const std::string path = "sellers/" + amazon_.seller(words.number("a seller")).seller_id + "/";
    json::Object body;
    if (words.accept("roles")) {
        json::Array roles;
        while (!words.at_end() && *words.peek() != "else") roles.emplace_back(words.next("a role"));
        body["roles"] = std::move(roles);
        if (words.accept("else")) {
            words.expect("forbidden");
            body["without_role"] = "403";
        }
        words.finish();
        amazon_.control("POST", path + "roles", body);
        return;
    }
    if (words.accept("rotates")) {
        if (words.accept("overlap")) body["overlap_s"] = words.duration() / seconds(1);
        words.finish();
        amazon_.control("POST", path + "client-secret", body);
        return;
    }
    const bool revokes = words.accept("revokes");
    if (!revokes) words.expect("authorises");
    words.finish();
    amazon_.control("POST", path + (revokes ? "revoke" : "refresh-token"), body);
}

void Scenario::amazon_states(const std::string& alias, Words& words) {
    words.expect("total");
    const std::string amount = words.next("an amount, or right");
    words.finish();
    amazon_.state_total(id_of(alias), amount == "right" ? "" : amount);
}

}  // namespace fairway::scenarios
