// /sandbox/: how a test or a person moves the world, and the ledger that says what really happened in it.
#include <algorithm>

#include "base/text.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

namespace {

struct NewLine {
    std::string sku{};
    std::int64_t quantity = 1;
    std::string unit_price{};
    std::optional<std::string> tax{}, shipping{}, discount{}, gift_wrap{};
    std::optional<std::string> gift_message{};
};
BOOST_DESCRIBE_STRUCT(NewLine, (),
                      (sku, quantity, unit_price, tax, shipping, discount, gift_wrap, gift_message))

struct NewRecipient {
    std::optional<std::string> name{}, company{}, line1{}, line2{}, city{}, region{}, postal_code{},
        country{}, phone{};
};
BOOST_DESCRIBE_STRUCT(NewRecipient, (),
                      (name, company, line1, line2, city, region, postal_code, country, phone))

struct NewOrder {
    std::string seller_id{};
    std::string marketplace{};
    std::optional<std::string> status{};
    std::optional<std::string> fulfilled_by{};
    std::vector<NewLine> lines{};
    std::optional<std::string> order_id{};
    std::optional<UtcTime> created_at{};
    std::optional<std::vector<std::string>> programs{};
    std::optional<std::string> replaces{};
    std::optional<bool> withhold_recipient{};
    std::optional<NewRecipient> recipient{};
};
BOOST_DESCRIBE_STRUCT(NewOrder, (),
                      (seller_id, marketplace, status, fulfilled_by, lines, order_id, created_at, programs,
                       replaces, withhold_recipient, recipient))

struct PackageItem {
    int line = 0;
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(PackageItem, (), (line, quantity))

struct NewPackage {
    std::optional<std::string> reference_id{}, carrier{}, tracking{};
    std::optional<std::vector<PackageItem>> items{};
};
BOOST_DESCRIBE_STRUCT(NewPackage, (), (reference_id, carrier, tracking, items))

struct NewStatus {
    std::optional<std::string> status{};
    std::optional<std::vector<NewPackage>> packages{};
    std::optional<std::vector<PackageItem>> cancel_lines{};
};
BOOST_DESCRIBE_STRUCT(NewStatus, (), (status, packages, cancel_lines))

struct NewCancelRequest {
    int line = 1;
    std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(NewCancelRequest, (), (line, reason))

struct NewClock {
    std::optional<std::int64_t> advance_s{};
};
BOOST_DESCRIBE_STRUCT(NewClock, (), (advance_s))

net::Response answer(int status, const json::Value& body) {
    return {
        .status = status, .headers = {{"Content-Type", "application/json"}}, .body = json::serialize(body)};
}

net::Response refuse(int status, const std::string& message) {
    return answer(status, json::Object{{"error", message}});
}

template <class T>
Result<T> read(const net::Request& request) {
    return json::decode<T>(TRY(json::parse(request.body)));
}

Result<domain::Money> read_money(const std::optional<std::string>& text, domain::Currency currency) {
    if (!text) return domain::zero(currency);
    return domain::parse_money(*text, currency);
}

domain::Address to_address(const NewRecipient& in) {
    domain::Address address;
    address.name = in.name.value_or("");
    address.company = in.company.value_or("");
    address.line1 = in.line1.value_or("");
    address.line2 = in.line2.value_or("");
    address.city = in.city.value_or("");
    address.region = in.region.value_or("");
    address.postal_code = in.postal_code.value_or("");
    address.country = in.country.value_or("");
    address.phone = in.phone.value_or("");
    return address;
}

// Ships units as Seller Central or another tool would.
std::optional<std::string> ship_elsewhere(Order& order, const std::vector<NewPackage>& packages,
                                          UtcTime now) {
    Order changed = order;
    for (const NewPackage& in : packages) {
        Package package{.reference_id = in.reference_id.value_or(std::to_string(changed.packages.size() + 1)),
                        .carrier_code = in.carrier.value_or("BRT"),
                        .shipping_method = "Standard",
                        .tracking = in.tracking.value_or("SC" + std::to_string(to_micros(now) / 1'000'000)),
                        .shipped_at = now,
                        .created_at = now};
        for (std::size_t i = 0; i < changed.lines.size(); ++i) {
            Line& line = changed.lines[i];
            std::int64_t quantity = in.items ? 0 : line.open();
            for (const PackageItem& item : in.items.value_or(std::vector<PackageItem>{}))
                if (item.line == static_cast<int>(i) + 1) quantity += item.quantity;
            if (quantity == 0) continue;
            if (quantity < 0 || quantity > line.open())
                return "more units than are open on line " + std::to_string(i + 1);
            line.fulfilled += quantity;
            package.items.emplace_back(line.order_item_id, quantity);
        }
        if (package.items.empty()) return "a package without units";
        changed.packages.push_back(std::move(package));
    }
    changed.status = status_of_quantities(changed);
    changed.updated_at = now;
    order = std::move(changed);
    return std::nullopt;
}

std::optional<std::string> cancel_units(Order& order, const std::vector<PackageItem>& units, UtcTime now) {
    Order changed = order;
    for (const PackageItem& each : units) {
        if (each.line < 1 || static_cast<std::size_t>(each.line) > changed.lines.size())
            return "no such line";
        Line& line = changed.lines[static_cast<std::size_t>(each.line) - 1];
        if (each.quantity < 1 || each.quantity > line.open()) return "more units than are open";
        line.cancelled += each.quantity;
        line.cancelled_by = "AMAZON";
    }
    if (changed.status != "PENDING") changed.status = status_of_quantities(changed);
    changed.updated_at = now;
    order = std::move(changed);
    return std::nullopt;
}

}  // namespace

net::Response World::get_sellers(const net::Request&) {
    json::Array sellers;
    for (const Seller& seller : sellers_) {
        json::Array marketplaces;
        for (const domain::Marketplace* marketplace : seller.marketplaces)
            marketplaces.push_back(json::Value(marketplace->country));
        json::Array skus;
        for (const Product& product : seller.products)
            skus.push_back(
                json::Object{{"sku", product.sku}, {"asin", product.asin}, {"title", product.title}});
        sellers.push_back(json::Object{{"seller_id", seller.seller_id},
                                       {"client_id", seller.client_id},
                                       {"client_secret", seller.client_secret},
                                       {"refresh_token", seller.refresh_token},
                                       {"region", domain::to_text(seller.region)},
                                       {"marketplaces", std::move(marketplaces)},
                                       {"skus", std::move(skus)}});
    }
    return answer(200, sellers);
}

net::Response World::get_clock(const net::Request&) {
    return answer(200, json::Object{{"now", format_rfc3339(now_)}, {"speed", clock_.speed()}});
}

net::Response World::post_clock(const net::Request& request) {
    const auto body = read<NewClock>(request);
    if (!body) return refuse(422, body.error().message);
    if (body->advance_s.value_or(0) < 0) return refuse(422, "advance_s: time does not go back");
    clock_.advance(seconds(body->advance_s.value_or(0)));
    now_ = std::max(now_, clock_.now());
    advance();
    return get_clock(request);
}

net::Response World::post_order(const net::Request& request) {
    const auto body = read<NewOrder>(request);
    if (!body) return refuse(422, body.error().message);
    const Seller* seller = find_seller(body->seller_id);
    const domain::Marketplace* marketplace = domain::find_marketplace_by_country(body->marketplace);
    if (seller == nullptr) return refuse(422, "seller_id: no such seller");
    if (marketplace == nullptr) return refuse(422, "marketplace: no such marketplace");
    if (body->lines.empty()) return refuse(422, "lines: an order has lines");
    Order order{.id = body->order_id.value_or(new_order_id(*marketplace)),
                .seller_id = seller->seller_id,
                .marketplace = marketplace,
                .status = body->status.value_or("UNSHIPPED"),
                .fulfilled_by = body->fulfilled_by.value_or("MERCHANT"),
                .programs = body->programs.value_or(std::vector<std::string>{}),
                .replaces = body->replaces.value_or(""),
                .created_at = body->created_at.value_or(now_),
                .updated_at = now_,
                .withhold_recipient = body->withhold_recipient.value_or(false)};
    if (orders_.contains(order.id)) return refuse(409, "order_id: exists already");
    const domain::Currency currency = domain::Currency::of(marketplace->currency);
    for (const NewLine& in : body->lines) {
        const Product* product = find_product(*seller, in.sku);
        const auto price = domain::parse_money(in.unit_price, currency);
        const auto tax = read_money(in.tax, currency);
        const auto shipping = read_money(in.shipping, currency);
        const auto discount = read_money(in.discount, currency);
        const auto wrap = read_money(in.gift_wrap, currency);
        for (const auto* each : {&price, &tax, &shipping, &discount, &wrap})
            if (!*each) return refuse(422, "lines: " + each->error().message);
        if (in.quantity < 1) return refuse(422, "lines: a quantity is at least 1");
        order.lines.push_back({.order_item_id = new_item_id(),
                               .seller_sku = in.sku,
                               .asin = product == nullptr ? "B0SANDBOX1" : product->asin,
                               .title = product == nullptr ? in.sku : product->title,
                               .ordered = in.quantity,
                               .unit_price = *price,
                               .tax = *tax,
                               .shipping = *shipping,
                               .discount = *discount,
                               .gift_wrap = *wrap,
                               .gift_message = in.gift_message.value_or("")});
    }
    if (body->recipient) order.recipient = to_address(*body->recipient);
    complete(order);
    if (order.status == "SHIPPED" && order.fulfilled_by == "AMAZON")
        for (Line& line : order.lines) line.fulfilled = line.ordered;
    else if (order.status == "SHIPPED") ship_elsewhere(order, {NewPackage{}}, now_);
    else if (order.status == "CANCELLED") change_status(order, "CANCELLED", now_);
    const json::Value shown = render_order(order, all_data_sets());
    orders_.emplace(order.id, std::move(order));
    return answer(201, shown);
}

net::Response World::post_status(const net::Request& request) {
    const auto body = read<NewStatus>(request);
    if (!body) return refuse(422, body.error().message);
    Order* order = find_order(request.params.at(0));
    if (order == nullptr) return refuse(404, "no such order");
    if (body->cancel_lines) {
        if (const auto why = cancel_units(*order, *body->cancel_lines, now_)) return refuse(409, *why);
        return answer(200, render_order(*order, all_data_sets()));
    }
    const Status status = body->status.value_or("");
    if (!may_follow(order->status, status)) return refuse(409, order->status + " cannot become " + status);
    if (status == "SHIPPED" || status == "PARTIALLY_SHIPPED") {
        const auto why = ship_elsewhere(*order, body->packages.value_or(std::vector{NewPackage{}}), now_);
        if (why) return refuse(409, *why);
    } else {
        change_status(*order, status, now_);
    }
    return answer(200, render_order(*order, all_data_sets()));
}

net::Response World::post_cancel_request(const net::Request& request) {
    const auto body = read<NewCancelRequest>(request);
    if (!body) return refuse(422, body.error().message);
    Order* order = find_order(request.params.at(0));
    if (order == nullptr) return refuse(404, "no such order");
    if (body->line < 1 || static_cast<std::size_t>(body->line) > order->lines.size())
        return refuse(422, "line: no such line");
    order->lines[static_cast<std::size_t>(body->line) - 1].cancel_request =
        body->reason.value_or("Ordered by mistake");
    order->updated_at = now_;
    return answer(200, render_order(*order, all_data_sets()));
}

net::Response World::get_ledger(const net::Request&) {
    json::Array orders;
    for (const auto& [id, order] : orders_) {
        Order whole = order;
        whole.withhold_recipient = false;
        orders.push_back(json::Object{{"order", render_order(whole, all_data_sets())},
                                      {"confirmations", order.confirmations},
                                      {"cancels", json::Array{}},
                                      {"refunds", json::Array{}}});
    }
    return answer(200, json::Object{{"orders", std::move(orders)},
                                    {"quantities", json::Object{}},
                                    {"calls", json::encode(calls_)}});
}

}  // namespace fairway::sandbox
