// What buyers and Amazon do: orders of every flavour, and what becomes of them.
#include <algorithm>
#include <boost/json.hpp>

#include "domain/money.hpp"
#include "runner/script.hpp"
#include "simulation.hpp"

namespace fairway::simulation {

const std::vector<std::string>& seller_skus() {
    static const std::vector<std::string> skus{"MOKA-3T",      "PASTA/TRAFILA 3", "GRATTUGIA-100%INOX",
                                               "CAFFÈ ☕ 1KG", "KARTON-12",       "TEE-1L",
                                               "SALE&PEPE",    "bottle-750"};
    return skus;
}

// Whether the sandbox took it; it refuses what cannot be, such as shipping what is not open.
bool Simulation::on_amazon(const std::string& path, const json::Value& body) {
    try {
        amazon_.control("POST", path, body);
    } catch (const scenarios::Wrong&) {
        return false;
    }
    note("amazon: " + path + " " + json::serialize(body));
    return true;
}

json::Object Simulation::draw_line(domain::Currency currency) {
    const auto amount = [&](std::int64_t minor) { return domain::format_amount({minor, currency}); };
    const std::int64_t quantity = chance(0.6) ? 1 : between(2, 5);
    const std::int64_t price = between(99, 9'999);
    json::Object line{{"sku", seller_skus()[pick(seller_skus().size())]},
                      {"quantity", quantity},
                      {"unit_price", amount(price)}};
    if (chance(0.8)) line["tax"] = amount(price * quantity * between(4, 25) / 100);
    if (chance(0.4)) line["shipping"] = amount(between(1, 999));
    if (chance(0.2)) line["discount"] = amount(between(1, price));
    if (chance(0.1)) {
        line["gift_wrap"] = amount(between(1, 499));
        line["gift_message"] = "Tanti auguri! 🎁";
    }
    return line;
}

json::Object Simulation::draw_order(const Account& account, const std::string& country) {
    static const std::vector<std::string> kStatuses{
        "PENDING",   "PENDING", "PENDING",   "UNSHIPPED",         "UNSHIPPED",
        "UNSHIPPED", "SHIPPED", "CANCELLED", "PARTIALLY_SHIPPED", "PENDING_AVAILABILITY"};
    const auto currency = domain::Currency::of(domain::find_marketplace_by_country(country)->currency);
    json::Array lines;
    const std::int64_t count = chance(0.6) ? 1 : chance(0.97) ? between(2, 4) : between(20, 40);
    for (std::int64_t i = 0; i < count; ++i) lines.push_back(draw_line(currency));
    // The same SKU on two lines.
    if (chance(0.1)) lines.push_back(json::Value(lines.front()));
    json::Object order{{"seller_id", account.seller->seller_id},
                       {"marketplace", country},
                       {"status", kStatuses[pick(kStatuses.size())]}};
    if (order["status"] == "PARTIALLY_SHIPPED") lines.front().as_object()["quantity"] = between(2, 4);
    if (chance(0.02))
        order["stated_total"] = domain::format_amount({between(1'000'000, 2'000'000), currency});
    order["lines"] = std::move(lines);
    if (chance(0.1)) order["fulfilled_by"] = "AMAZON";
    if (chance(0.15)) order["withhold_recipient"] = true;
    if (chance(0.05)) order["created_at"] = format_rfc3339(clock_.now() - hours(between(1, 72)));
    if (chance(0.05) && !order_ids_.empty()) order["replaces"] = order_ids_[pick(order_ids_.size())];
    static const std::vector<std::string> kPrograms{"PRIME",           "FBM_SHIP_PLUS", "AMAZON_EASY_SHIP",
                                                    "AMAZON_BUSINESS", "PREMIUM",       "AMAZON_HAUL"};
    if (chance(0.2)) order["programs"] = json::Array{json::Value(kPrograms[pick(kPrograms.size())])};
    return order;
}

void Simulation::place_order() {
    const Account& account = accounts_[pick(accounts_.size())];
    const std::string& country = account.countries[pick(account.countries.size())];
    const json::Object body = draw_order(account, country);
    try {
        const json::Value order = amazon_.control("POST", "orders", body);
        order_ids_.emplace_back(order.at("orderId").as_string());
        note("amazon: " + order_ids_.back() + " is placed in " + country + ": " + json::serialize(body));
    } catch (const scenarios::Wrong&) {
        // A single unit cannot be shipped in part: nobody ordered anything.
    }
}

// Some units of a line are cancelled or shipped; all that is drawn is a wish.
void Simulation::change_units(const json::Value& order, const std::string& id) {
    json::Array units;
    const auto& items = order.at("orderItems").as_array();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto open = items[i].at("fulfillment").at("quantityUnfulfilled").to_number<std::int64_t>();
        if (open > 0 && chance(0.5))
            units.push_back(
                json::Object{{"line", static_cast<std::int64_t>(i) + 1}, {"quantity", between(1, open)}});
    }
    if (units.empty()) return;
    if (chance(0.5)) {
        on_amazon("orders/" + id + "/status", json::Object{{"cancel_lines", std::move(units)}});
        return;
    }
    json::Object package{{"carrier", "BRT"}, {"items", std::move(units)}};
    // Other tools count from 1, or as Fairway does: the same numbers, before ours have reached Amazon.
    if (chance(0.3)) package["reference_id"] = std::to_string(between(1, 3) + (chance(0.5) ? 1000 : 0));
    on_amazon("orders/" + id + "/status",
              json::Object{{"status", "SHIPPED"}, {"packages", json::Array{std::move(package)}}});
}

void Simulation::order_lives() {
    const std::string id = order_ids_[pick(order_ids_.size())];
    const json::Value order = amazon_.order(id);
    const std::string status(order.at("fulfillment").at("fulfillmentStatus").as_string());
    const auto becomes = [&](const char* next) {
        on_amazon("orders/" + id + "/status", json::Object{{"status", next}});
    };
    if (status == "PENDING_AVAILABILITY") return becomes(chance(0.8) ? "PENDING" : "CANCELLED");
    if (status == "PENDING") return becomes(chance(0.85) ? "UNSHIPPED" : "CANCELLED");
    if (status != "UNSHIPPED" && status != "PARTIALLY_SHIPPED") return;
    switch (pick(10)) {
        case 0: return becomes("CANCELLED");
        case 1: return becomes("SHIPPED");
        case 2:
        case 3:
        case 4: return change_units(order, id);
        case 5: on_amazon("orders/" + id + "/cancel-request", json::Object{{"line", 1}}); return;
        case 6: return chance(0.2) ? becomes("PENDING") : void();
        default: return;  // most orders wait for somebody to ship them
    }
}

// No payment stays open for ever.
void Simulation::end_pending_orders() {
    for (const std::string& id : order_ids_)
        for (const char* next : {"PENDING", chance(0.7) ? "UNSHIPPED" : "CANCELLED"}) {
            const std::string status(amazon_.order(id).at("fulfillment").at("fulfillmentStatus").as_string());
            if (status.starts_with("PENDING"))
                on_amazon("orders/" + id + "/status", json::Object{{"status", next}});
        }
}

}  // namespace fairway::simulation
