// What operators and administrators do, through REST: rightly, wrongly, twice, and while Fairway dies.
#include <algorithm>
#include <boost/json.hpp>

#include "base/text.hpp"
#include "runner/script.hpp"
#include "simulation.hpp"
#include "store/access.hpp"

namespace fairway::simulation {

namespace {

std::string store_name(const std::string& account, const std::string& country) {
    return "Amazon " + country + " of " + account;
}

}  // namespace

// What people see is no step of Fairway's that others could overtake.
std::vector<db::Row> Simulation::query(const std::string& sql) {
    return rival_->db().read([&](db::Reader& tx) { return tx.query(sql); });
}

// The first one from any place on, so that of many rows few are read; behind the last one from the beginning.
std::optional<std::int64_t> Simulation::any_id(const std::string& table, const std::string& condition) {
    const auto last = query("SELECT id FROM " + table + " ORDER BY id DESC LIMIT 1");
    if (last.empty()) return std::nullopt;
    for (const std::int64_t from : {between(1, last.front().get<std::int64_t>(0)), std::int64_t{1}}) {
        const auto rows = query("SELECT id FROM " + table + " WHERE id >= " + std::to_string(from) + " AND " +
                                condition + " ORDER BY id LIMIT 1");
        if (!rows.empty()) return rows.front().get<std::int64_t>(0);
    }
    return std::nullopt;
}

// Asks as a client would: some requests carry a key, some come twice, and after a death the client asks
// again.
net::Response Simulation::ask(const std::string& method, const std::string& path, const json::Value& body) {
    net::Request request{.method = method, .path = "/api/v1" + path};
    if (!body.is_null()) request.body = json::serialize(body);
    const bool keyed = chance(0.4);
    if (keyed) request.headers.set("Idempotency-Key", "key-" + std::to_string(++keys_));
    const int times = chance(0.15) ? 2 : 1;
    std::optional<net::Response> first;
    for (int time = 0; time < times || !first; ++time) {
        if (time == 5) throw Wrong{"requests_are_answered", method + " " + path + " finds Fairway dead"};
        net::Response response;
        if (!survives([&] { response = program_->ask_as(token_, request); })) {
            if (is_waiting_) return {.status = 503};  // dead, and opened anew only later
            continue;
        }
        note("people: " + method + " " + path + " " + request.body + (keyed ? " with a key" : "") + ": " +
             std::to_string(response.status));
        ++figures_["answers " + std::to_string(response.status)];
        // Amazon is away, or does not answer in time: that is told as it is.
        if (response.status >= 500 && response.status != 503 && response.status != 504)
            throw Wrong{"no_internal_errors", method + " " + path + " is answered " + response.body};
        const bool kept = first && first->status < 500 && first->status != 429;
        const bool same = kept && first->status == response.status && first->body == response.body;
        if (keyed && kept && !same)
            throw Wrong{"a_key_gets_one_answer",
                        method + " " + path + " was answered " + first->body + " and then " + response.body};
        if (!first) first = std::move(response);
    }
    return *std::move(first);
}

void Simulation::connect_accounts() {
    SeededRng rng(shape_.seed);
    token_ = *program_->db().write([&](db::Transaction& tx) {
        return store::add_token(
            tx, rng, {.name = "simulation", .role = store::Role::administrator, .buyer_data = true},
            clock_.now());
    });
    for (int i = 0; i < shape_.accounts; ++i) {
        const std::string region = region_of(shape_, i);
        Account account{.name = "Seller " + std::to_string(i + 1),
                        .seller = &amazon_.seller(i + 1),
                        .region = region,
                        .countries = countries_of(region)};
        account.countries.resize(static_cast<std::size_t>(shape_.stores_per_account));
        const net::Response response = ask("POST", "/accounts",
                                           json::Object{{"name", account.name},
                                                        {"region", region},
                                                        {"seller_id", account.seller->seller_id},
                                                        {"client_id", account.seller->client_id},
                                                        {"client_secret", account.seller->client_secret},
                                                        {"refresh_token", account.seller->refresh_token},
                                                        {"spapi_url", "http://127.0.0.1:9400"},
                                                        {"lwa_url", "http://127.0.0.1:9400"}});
        if (response.status != 201) throw Wrong{"accounts_connect", response.body};
        add_store(account);
        accounts_.push_back(std::move(account));
    }
    // The other products come later, and their orders are blocked until then.
    for (std::size_t i = 0; i < seller_skus().size(); i += 2)
        ask("POST", "/products",
            json::Object{{"sku", seller_skus()[i]}, {"name", "Product"}, {"quantity", between(0, 60)}});
}

void Simulation::add_store(Account& account) {
    const std::string& country = account.countries[account.connected];
    const std::string name = store_name(account.name, country);
    const net::Response response = ask(
        "POST", "/stores", json::Object{{"account", account.name}, {"marketplace", country}, {"name", name}});
    // After a death the first request may have been carried out and its answer lost.
    if (response.status != 201 && response.status != 409) throw Wrong{"stores_are_added", response.body};
    ++account.connected;
    stores_.push_back(name);
}

void Simulation::people_act() {
    const std::size_t what = pick(20);
    if (what < 11) return work_commerce_order();
    if (what < 15) return work_product();
    if (what < 17) return work_listing();
    if (what < 19) return work_store();
    work_command();
}

void Simulation::work_commerce_order() {
    const auto id = any_id("commerce_orders", "TRUE");
    if (!id) return;
    const std::string path = "/commerce-orders/co_" + std::to_string(*id);
    switch (pick(20)) {
        case 0: return credit(*id);
        case 1: ask("POST", path + "/cancel", nullptr); return;
        case 2: ask("POST", path + "/hold", nullptr); return;
        case 3:
        case 4: ask("POST", path + "/unhold", nullptr); return;
        case 5: ask("POST", path + "/invoices", nullptr); return;
        case 6: ask("POST", path + "/comments", json::Object{{"text", "Handle with care."}}); return;
        default: break;
    }
    // Rather one that can be shipped.
    const auto open =
        any_id("commerce_orders",
               "EXISTS (SELECT 1 FROM commerce_lines AS l WHERE l.commerce_order_id = commerce_orders.id AND "
               "l.quantity_shipped + l.quantity_withdrawn + l.quantity_cancelled < l.quantity_ordered)");
    ship(open.value_or(*id));
}

// Whole, in part, in several packages; sometimes more than there is.
void Simulation::ship(std::int64_t commerce_order) {
    static const std::vector<std::string> kCarriers{"DHL", "brt", "Poste Italiane", "Züri-Kurier", "UPS"};
    const auto lines = query(
        "SELECT line, quantity_ordered - quantity_shipped - quantity_withdrawn - "
        "quantity_cancelled FROM commerce_lines WHERE commerce_order_id = " +
        std::to_string(commerce_order) + " ORDER BY line");
    const auto package = [&] {
        return json::Object{{"carrier", kCarriers[pick(kCarriers.size())]},
                            {"tracking", "JD" + std::to_string(++trackings_)}};
    };
    json::Array packages;
    if (chance(0.5)) packages.push_back(package());  // all that is open
    else
        for (std::int64_t left = between(1, 3); left > 0; --left) {
            json::Array items;
            for (const db::Row& line : lines) {
                const std::int64_t open = line.get<std::int64_t>(1);
                if (open > 0 && chance(0.6))
                    items.push_back(json::Object{{"line", line.get<std::int64_t>(0)},
                                                 {"quantity", chance(0.95) ? between(1, open) : open + 1}});
            }
            if (items.empty()) continue;
            json::Object each = package();
            each["items"] = std::move(items);
            packages.push_back(std::move(each));
        }
    if (packages.empty()) return;
    ask("POST", "/commerce-orders/co_" + std::to_string(commerce_order) + "/shipments",
        json::Object{{"packages", std::move(packages)}});
}

void Simulation::credit(std::int64_t commerce_order) {
    const auto lines = query("SELECT line, quantity_ordered FROM commerce_lines WHERE commerce_order_id = " +
                             std::to_string(commerce_order) + " ORDER BY line");
    json::Array units;
    for (const db::Row& line : lines)
        if (chance(0.5))
            units.push_back(json::Object{{"line", line.get<std::int64_t>(0)},
                                         {"quantity", between(1, line.get<std::int64_t>(1))}});
    json::Object body{{"lines", std::move(units)}};
    if (chance(0.5)) body["return_to_stock"] = chance(0.5);
    ask("POST", "/commerce-orders/co_" + std::to_string(commerce_order) + "/credit-memos", body);
}

void Simulation::work_product() {
    const std::string sku = chance(0.8) ? seller_skus()[pick(seller_skus().size())] : "BOX-1";
    const std::string address = "/products/" + percent_encode(sku);
    const auto known = program_->db().read([&](db::Reader& tx) {
        return tx.one("SELECT reserved FROM products WHERE sku = $1", std::string_view(sku));
    });
    if (!known) {
        json::Object body{{"sku", sku}, {"name", "Product " + sku}, {"quantity", between(0, 30)}};
        if (chance(0.1)) body["enabled"] = false;
        ask("POST", "/products", body);
    } else if (chance(0.25)) {
        ask("PATCH", address, json::Object{{"enabled", chance(0.7)}});
    } else {
        set_stock(sku, known->get<std::int64_t>(0) + between(0, 30));
    }
}

// Never below what is reserved: what happens then is a scenario of its own. Where the other process has
// reserved more since somebody looked, somebody looks again.
void Simulation::set_stock(const std::string& sku, std::int64_t quantity) {
    constexpr int kLooksMax = 5;
    for (int look = 0; look < kLooksMax; ++look) {
        ask("PUT", "/stock/" + percent_encode(sku), json::Object{{"quantity", quantity}});
        const std::int64_t reserved = rival_->db().read([&](db::Reader& tx) {
            return tx.one("SELECT reserved FROM products WHERE sku = $1", std::string_view(sku))
                ->get<std::int64_t>(0);
        });
        if (reserved <= quantity) return;
        quantity = reserved;
    }
}

void Simulation::work_listing() {
    const std::string& store = stores_[pick(stores_.size())];
    const std::string& sku = seller_skus()[pick(seller_skus().size())];
    json::Object body{{"product_sku", nullptr}};
    if (chance(0.7)) {
        body["product_sku"] = chance(0.5) ? "BOX-1" : seller_skus()[pick(seller_skus().size())];
        body["units"] = between(1, 3);
    }
    ask("PUT", "/listings/" + percent_encode(store) + "/" + percent_encode(sku), body);
}

void Simulation::work_store() {
    Account& account = accounts_[pick(accounts_.size())];
    if (account.connected < account.countries.size() && chance(0.5)) return add_store(account);
    const std::string store = "/stores/" + percent_encode(stores_[pick(stores_.size())]);
    switch (pick(6)) {
        case 0: ask("POST", store + (chance(0.3) ? "/deactivate" : "/activate"), nullptr); return;
        case 1:
            ask("PATCH", store + "/settings",
                json::Object{{"pending_orders", chance(0.5) ? "reserve" : "ignore"}});
            return;
        case 2:
        case 3: ask("PATCH", store + "/settings", json::Object{{"import_orders", chance(0.7)}}); return;
        case 4: ask("POST", "/sync-runs", json::Object{{"store", stores_[pick(stores_.size())]}}); return;
        default: ask("POST", "/sync-runs", json::Object{{"store", nullptr}}); return;
    }
}

void Simulation::work_command() {
    if (const auto id = any_id("commands", "state = 'rejected'"); id && chance(0.5)) {
        ask("POST", "/commands/cm_" + std::to_string(*id) + "/replay", nullptr);
        return;
    }
    const auto order = any_id("amazon_orders", "TRUE");
    if (!order) return;
    const db::Row row =
        query("SELECT store_id, amazon_order_id FROM amazon_orders WHERE id = " + std::to_string(*order))
            .front();
    ask("POST",
        "/amazon-orders/st_" + std::to_string(row.get<std::int64_t>(0)) + "/" + row.get<std::string>(1) +
            "/retry",
        nullptr);
}

// An account that Amazon refused is asked again with what the seller has.
void Simulation::renew_paused_accounts() {
    for (const db::Row& row : query("SELECT name FROM accounts WHERE paused_code IS NOT NULL ORDER BY id")) {
        const std::string name = row.get<std::string>(0);
        const auto account = std::ranges::find(accounts_, name, &Account::name);
        ++figures_["accounts renewed"];
        ask("PATCH", "/accounts/" + percent_encode(name),
            json::Object{{"refresh_token", account->seller->refresh_token}});
    }
}

void Simulation::mend_everything() {
    for (Account& account : accounts_)
        while (account.connected < account.countries.size()) add_store(account);
    for (const std::string& store : stores_) {
        ask("POST", "/stores/" + percent_encode(store) + "/activate", nullptr);
        ask("PATCH", "/stores/" + percent_encode(store) + "/settings", json::Object{{"import_orders", true}});
    }
    std::vector<std::string> skus = seller_skus();
    skus.emplace_back("BOX-1");
    for (const std::string& sku : skus) {
        ask("POST", "/products", json::Object{{"sku", sku}, {"name", "Product " + sku}});
        ask("PATCH", "/products/" + percent_encode(sku), json::Object{{"enabled", true}});
        ask("PUT", "/stock/" + percent_encode(sku), json::Object{{"quantity", 1'000'000}});
    }
    for (const db::Row& row : query("SELECT id FROM commerce_orders WHERE status = 'On Hold' ORDER BY id"))
        ask("POST", "/commerce-orders/co_" + std::to_string(row.get<std::int64_t>(0)) + "/unhold", nullptr);
}

}  // namespace fairway::simulation
