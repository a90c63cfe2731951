// POST /sandbox/orders: an order of any flavour that Amazon documents, as a test or a person asks for it.
#include <algorithm>
#include <array>

#include "sandbox/control.hpp"
#include "sandbox/flavour.hpp"

namespace fairway::sandbox {

using control::answer;
using control::read;
using control::refuse;

namespace {

struct NewLine {
    std::string sku{};
    std::optional<std::int64_t> quantity{};
    std::string unit_price{};
    std::optional<std::string> tax{}, shipping{}, discount{}, shipping_discount{}, gift_wrap{};
    std::optional<std::string> gift_message{};
};
BOOST_DESCRIBE_STRUCT(NewLine, (),
                      (sku, quantity, unit_price, tax, shipping, discount, shipping_discount, gift_wrap,
                       gift_message))

struct NewRecipient {
    std::optional<std::string> name{}, company{}, line1{}, line2{}, line3{}, city{}, district{}, region{},
        postal_code{}, country{}, phone{}, address_type{};
};
BOOST_DESCRIBE_STRUCT(NewRecipient, (),
                      (name, company, line1, line2, line3, city, district, region, postal_code, country,
                       phone, address_type))

struct NewBuyer {
    std::optional<std::string> name{}, email{}, company{}, purchase_order_number{};
};
BOOST_DESCRIBE_STRUCT(NewBuyer, (), (name, email, company, purchase_order_number))

struct NewOrder {
    std::string seller_id{};
    std::string marketplace{};
    std::optional<std::string> flavour{};
    std::optional<std::string> status{};
    std::optional<std::string> fulfilled_by{};
    std::optional<std::vector<NewLine>> lines{};
    std::optional<std::string> order_id{};
    std::optional<UtcTime> created_at{};
    std::optional<std::vector<std::string>> programs{};
    std::optional<std::string> replaces{};
    std::optional<bool> withhold_recipient{};
    std::optional<NewRecipient> recipient{};
    std::optional<NewBuyer> buyer{};
    std::optional<std::string> stated_total{};
};
BOOST_DESCRIBE_STRUCT(NewOrder, (),
                      (seller_id, marketplace, flavour, status, fulfilled_by, lines, order_id, created_at,
                       programs, replaces, withhold_recipient, recipient, buyer, stated_total))

constexpr std::array<std::string_view, 11> kPrograms{
    "AMAZON_BAZAAR", "AMAZON_BUSINESS",   "AMAZON_EASY_SHIP", "AMAZON_HAUL", "DELIVERY_BY_AMAZON",
    "FBM_SHIP_PLUS", "INVOICE_BY_AMAZON", "IN_STORE_PICK_UP", "PREMIUM",     "PREORDER",
    "PRIME"};
constexpr std::array<std::string_view, 7> kStatuses{"PENDING_AVAILABILITY", "PENDING", "UNSHIPPED",
                                                    "PARTIALLY_SHIPPED",    "SHIPPED", "CANCELLED",
                                                    "UNFULFILLABLE"};

Result<domain::Money> read_money(const std::optional<std::string>& text, domain::Currency currency) {
    if (!text) return domain::zero(currency);
    return domain::parse_money(*text, currency);
}

domain::Address to_address(const NewRecipient& in) {
    return {.name = in.name.value_or(""),
            .company = in.company.value_or(""),
            .line1 = in.line1.value_or(""),
            .line2 = in.line2.value_or(""),
            .line3 = in.line3.value_or(""),
            .city = in.city.value_or(""),
            .district = in.district.value_or(""),
            .region = in.region.value_or(""),
            .postal_code = in.postal_code.value_or(""),
            .country = in.country.value_or(""),
            .phone = in.phone.value_or(""),
            .address_type = in.address_type.value_or("")};
}

domain::Buyer to_buyer(const NewBuyer& in) {
    return {.name = in.name.value_or(""),
            .email = in.email.value_or(""),
            .company = in.company.value_or(""),
            .purchase_order_number = in.purchase_order_number.value_or("")};
}

// Why there cannot be such an order, or nothing.
std::optional<std::string> refuse_order(const NewOrder& body, UtcTime now) {
    if (body.lines ? body.lines->empty() : !body.flavour)
        return "lines: an order has lines, or a flavour that brings them";
    if (body.flavour && !find_flavour(*body.flavour)) return "flavour: there is no " + *body.flavour;
    const std::string fulfilled_by = body.fulfilled_by.value_or("MERCHANT");
    if (fulfilled_by != "MERCHANT" && fulfilled_by != "AMAZON") return "fulfilled_by: MERCHANT or AMAZON";
    const std::string status = body.status.value_or("UNSHIPPED");
    if (std::ranges::count(kStatuses, status) == 0) return "status: there is no " + status;
    if (status == "UNFULFILLABLE" && fulfilled_by != "AMAZON")
        return "status: only what Amazon fulfils can be UNFULFILLABLE";
    for (const std::string& program : body.programs.value_or(std::vector<std::string>{}))
        if (std::ranges::count(kPrograms, program) == 0) return "programs: there is no " + program;
    if (body.created_at.value_or(now) > now) return "created_at: is still to come";
    return std::nullopt;
}

Result<Line> read_line(const NewLine& in, const Product* product, domain::Currency currency) {
    const std::int64_t quantity = in.quantity.value_or(1);
    if (quantity < 1) return fail(ErrorKind::invalid, "bad_quantity", "a quantity is at least 1");
    return Line{.seller_sku = in.sku,
                .asin = product == nullptr ? "B0SANDBOX1" : product->asin,
                .title = product == nullptr ? in.sku : product->title,
                .ordered = quantity,
                .unit_price = TRY(domain::parse_money(in.unit_price, currency)),
                .tax = TRY(read_money(in.tax, currency)),
                .shipping = TRY(read_money(in.shipping, currency)),
                .discount = TRY(read_money(in.discount, currency)),
                .shipping_discount = TRY(read_money(in.shipping_discount, currency)),
                .gift_wrap = TRY(read_money(in.gift_wrap, currency)),
                .gift_message = in.gift_message.value_or("")};
}

// Brings the fresh order's quantities to its status.
std::optional<std::string> fulfil(Order& order, UtcTime now) {
    const Status status = order.status;
    if (status == "SHIPPED") return ship_elsewhere(order, {NewPackage{}}, now);
    if (status != "PARTIALLY_SHIPPED") return std::nullopt;
    NewPackage first{};
    first.items = {PackageItem{.line = 1, .quantity = 1}};
    if (const auto why = ship_elsewhere(order, {first}, now)) return why;
    if (order.status != status) return "status: a single unit cannot be PARTIALLY_SHIPPED";
    return std::nullopt;
}

// The lines that were asked for, or one that the seller has.
Result<std::vector<Line>> read_lines(const NewOrder& body, const Seller& seller,
                                     const domain::Marketplace& marketplace, Rng& rng) {
    std::vector<Line> lines;
    if (!body.lines) {
        lines.push_back(make_line(seller.products[rng.below(seller.products.size())], marketplace));
        return lines;
    }
    const domain::Currency currency = domain::Currency::of(marketplace.currency);
    for (const NewLine& in : *body.lines) {
        const auto product = std::ranges::find(seller.products, in.sku, &Product::sku);
        lines.push_back(TRY(read_line(in, product == seller.products.end() ? nullptr : &*product, currency)));
    }
    return lines;
}

Order to_order(const NewOrder& body, const Seller& seller, const domain::Marketplace& marketplace,
               Flavour flavour, UtcTime now) {
    return {.seller_id = seller.seller_id,
            .marketplace = &marketplace,
            .status = body.status.value_or(final_status(flavour)),
            .fulfilled_by = body.fulfilled_by.value_or("MERCHANT"),
            .programs = body.programs.value_or(std::vector<std::string>{}),
            .replaces = body.replaces.value_or(""),
            .created_at = body.created_at.value_or(now),
            .updated_at = now,
            .withhold_recipient = body.withhold_recipient.value_or(false)};
}

}  // namespace

net::Response World::post_order(const net::Request& request) {
    const auto body = read<NewOrder>(request);
    if (!body) return refuse(422, body.error().message);
    Seller* seller = find_seller(body->seller_id);
    const domain::Marketplace* marketplace = domain::find_marketplace_by_country(body->marketplace);
    if (seller == nullptr) return refuse(422, "seller_id: no such seller");
    if (marketplace == nullptr) return refuse(422, "marketplace: no such marketplace");
    if (const auto why = refuse_order(*body, now_)) return refuse(422, *why);
    const Flavour flavour = body->flavour ? *find_flavour(*body->flavour) : Flavour::plain;
    Order order = to_order(*body, *seller, *marketplace, flavour, now_);
    order.id = body->order_id.value_or(new_order_id(*marketplace, call_rng_));
    if (orders_.contains(order.id)) return refuse(409, "order_id: exists already");
    auto lines = read_lines(*body, *seller, *marketplace, call_rng_);
    if (!lines) return refuse(422, "lines: " + lines.error().message);
    order.lines = *std::move(lines);
    if (body->stated_total) {
        const auto stated =
            domain::parse_money(*body->stated_total, domain::Currency::of(marketplace->currency));
        if (!stated) return refuse(422, "stated_total: " + stated.error().message);
        order.stated_total = *stated;
    }
    add_flavour(order, flavour, *seller, call_rng_);
    if (!body->lines) add_taxes(order, flavour);
    if (body->recipient) order.recipient = to_address(*body->recipient);
    if (body->buyer) order.buyer = to_buyer(*body->buyer);
    complete(order, call_rng_);
    order.paid = !is_pending(order) && flavour != Flavour::cancelled_early;
    if (const auto why = fulfil(order, now_)) return refuse(422, *why);
    if (order.status == "CANCELLED") change_status(order, "CANCELLED", now_);
    if (std::ranges::count(seller->marketplaces, marketplace) == 0)
        seller->marketplaces.push_back(marketplace);
    const json::Value shown = show(order);
    orders_.add(std::move(order));
    return answer(201, shown);
}

}  // namespace fairway::sandbox
