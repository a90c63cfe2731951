#include "sandbox/orders.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fairway::sandbox {

namespace {

using domain::Money;

json::Object render(Money money) {
    return {{"amount", domain::format_amount(money)}, {"currencyCode", money.currency.str()}};
}

// Of a replacement only that it costs nothing.
bool money_is_shown(const Order& order) {
    return order.paid && !is_pending(order) && (order.replaces.empty() || order.total().minor == 0);
}

void add_part(json::Array& parts, std::string_view type, Money amount, json::Array details = {}) {
    if (amount.minor == 0 && type != "ITEM") return;
    json::Object part{{"type", type}, {"subtotal", render(amount)}};
    if (!details.empty()) part["detailedBreakdowns"] = std::move(details);
    parts.push_back(std::move(part));
}

json::Object detail(std::string_view subtype, Money amount) {
    return {{"subtype", subtype}, {"value", render(amount)}};
}

// What of the line's tax lies on the goods, on shipping and on the wrap, in proportion to their amounts.
json::Array tax_details(const Line& line) {
    const std::array<std::int64_t, 3> bases{(line.item() - line.discount).minor,
                                            (line.shipping - line.shipping_discount).minor,
                                            line.gift_wrap.minor};
    const bool can_share = std::ranges::all_of(bases, [](auto each) { return each >= 0; }) &&
                           std::ranges::any_of(bases, [](auto each) { return each > 0; });
    if (!can_share) return {detail("ITEM", line.tax)};
    constexpr std::array<std::string_view, 3> kSubtypes{"ITEM", "SHIPPING", "GIFT_WRAP"};
    const auto shares = domain::allocate(line.tax, {bases.begin(), bases.end()});
    json::Array details;
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (shares[i].minor != 0) details.push_back(detail(kSubtypes[i], shares[i]));
    return details;
}

// Amazon details only TAX and DISCOUNT.
json::Object render_line_proceeds(const Line& line) {
    json::Array parts;
    add_part(parts, "ITEM", line.item());
    add_part(parts, "SHIPPING", line.shipping);
    add_part(parts, "GIFT_WRAP", line.gift_wrap);
    add_part(parts, "TAX", line.tax, tax_details(line));
    json::Array discounts;
    if (line.discount.minor != 0) discounts.push_back(detail("ITEM", line.discount));
    if (line.shipping_discount.minor != 0) discounts.push_back(detail("SHIPPING", line.shipping_discount));
    add_part(parts, "DISCOUNT", line.all_discount(), std::move(discounts));
    return {{"proceedsTotal", render(line.total())}, {"breakdowns", std::move(parts)}};
}

// The message is personal, the wrap is not.
json::Object render_line_fulfillment(const Line& line, bool personal_shown) {
    json::Object fulfillment{{"quantityFulfilled", line.fulfilled}, {"quantityUnfulfilled", line.open()}};
    json::Object gift;
    if (!line.gift_message.empty() && personal_shown) gift["giftMessage"] = line.gift_message;
    if (line.gift_wrap.minor != 0) gift["giftWrapLevel"] = "STANDARD";
    if (!gift.empty()) fulfillment["packing"] = json::Object{{"giftOption", std::move(gift)}};
    return fulfillment;
}

json::Object render_cancellation(const Line& line) {
    json::Object cancellation;
    if (!line.cancel_request.empty())
        cancellation["cancellationRequest"] =
            json::Object{{"requester", "BUYER"}, {"cancelReason", line.cancel_request}};
    if (!line.cancelled_by.empty())
        cancellation["cancellationExecution"] =
            json::Object{{"cancelledBy", line.cancelled_by}, {"cancelReason", "NO_INVENTORY"}};
    return cancellation;
}

// Delivery data is released for seller-fulfilled orders only, and only to applications that have the role.
bool delivery_is_shown(const Order& order, const Viewer& viewer) {
    const bool granted = viewer.may_ship && order.fulfilled_by == "MERCHANT" && !order.withhold_recipient;
    return viewer.is_amazon || granted;
}

bool is_past_payment(const Order& order) {
    return order.status == "UNSHIPPED" || order.status == "PARTIALLY_SHIPPED" || order.status == "SHIPPED";
}

json::Object render_price(const Order& order, const Line& line) {
    json::Object price{{"unitPrice", render(line.unit_price)}};
    if (has_program(order, "AMAZON_BUSINESS")) price["priceDesignation"] = "BUSINESS_PRICE";
    return price;
}

// Points that Japanese buyers earn, a hundredth of the price.
json::Object render_points(const Line& line) {
    const Money points{line.item().minor / 100, line.item().currency};
    return {{"pointsCost",
             json::Object{{"pointsGranted", json::Object{{"pointsNumber", points.minor},
                                                         {"pointsMonetaryValue", render(points)}}}}}};
}

// Sales tax that Amazon keeps and remits.
json::Object render_facilitator_tax() {
    return {{"taxCollections", json::Array{json::Object{{"model", "MARKETPLACE_FACILITATOR"},
                                                        {"responsibleParty", "Amazon Services, Inc."}}}}};
}

json::Object render_line(const Order& order, const Line& line, const DataSets& included,
                         const Viewer& viewer) {
    json::Object product{{"asin", line.asin},
                         {"title", line.title},
                         {"sellerSku", line.seller_sku},
                         {"condition", json::Object{{"conditionType", "NEW"}, {"conditionSubtype", "NEW"}}}};
    if (money_is_shown(order)) product["price"] = render_price(order, line);
    json::Object item{{"orderItemId", line.order_item_id},
                      {"quantityOrdered", line.ordered},
                      {"product", std::move(product)}};
    if (included.contains("PROCEEDS") && money_is_shown(order)) item["proceeds"] = render_line_proceeds(line);
    const std::string_view country = order.marketplace->country;
    if (included.contains("EXPENSE") && money_is_shown(order) && country == "JP")
        item["expense"] = render_points(line);
    if (included.contains("TAX") && money_is_shown(order) && country == "US" && line.tax.minor != 0)
        item["tax"] = render_facilitator_tax();
    if (included.contains("PROMOTION") && money_is_shown(order) && line.all_discount().minor != 0)
        item["promotion"] =
            json::Object{{"breakdowns", json::Array{json::Object{{"promotionId", "SANDBOX-PROMOTION"}}}}};
    if (included.contains("FULFILLMENT"))
        item["fulfillment"] = render_line_fulfillment(line, delivery_is_shown(order, viewer));
    if (included.contains("CANCELLATION"))
        if (json::Object cancellation = render_cancellation(line); !cancellation.empty())
            item["cancellation"] = std::move(cancellation);
    return item;
}

json::Object render_proceeds(const Order& order) {
    const domain::Currency currency = domain::Currency::of(order.marketplace->currency);
    Money item = domain::zero(currency), tax = item, shipping = item, discount = item, wrap = item;
    for (const Line& line : order.lines) {
        item = item + line.item();
        tax = tax + line.tax;
        shipping = shipping + line.shipping;
        discount = discount + line.all_discount();
        wrap = wrap + line.gift_wrap;
    }
    json::Array parts;
    add_part(parts, "ITEM", item);
    add_part(parts, "SHIPPING", shipping);
    add_part(parts, "GIFT_WRAP", wrap);
    add_part(parts, "TAX", tax);
    add_part(parts, "DISCOUNT", discount);
    return {{"grandTotal", render(order.stated_total.value_or(order.total()))},
            {"breakdowns", std::move(parts)}};
}

json::Object render_address(const domain::Address& address) {
    json::Object out;
    const auto add = [&](std::string_view name, const std::string& text) {
        if (!text.empty()) out[name] = text;
    };
    add("name", address.name);
    add("companyName", address.company);
    add("addressLine1", address.line1);
    add("addressLine2", address.line2);
    add("addressLine3", address.line3);
    add("city", address.city);
    add("districtOrCounty", address.district);
    add("stateOrRegion", address.region);
    add("postalCode", address.postal_code);
    add("countryCode", address.country);
    add("phone", address.phone);
    add("addressType", address.address_type);
    return out;
}

// Without the role Amazon leaves what is not personal.
domain::Address withheld(const domain::Address& address) {
    domain::Address left;
    left.city = address.city;
    left.district = address.district;
    left.region = address.region;
    left.country = address.country;
    return left;
}

// Once the parcel should have arrived, nobody need call the recipient any more.
bool phone_is_shown(const Order& order, const Viewer& viewer) {
    return viewer.is_amazon || order.status != "SHIPPED" || viewer.now <= order.deliver_by();
}

domain::Address shown_address(const Order& order, const Viewer& viewer) {
    if (!delivery_is_shown(order, viewer)) {
        domain::Address left = withheld(order.recipient);
        if (viewer.may_tax && !order.withhold_recipient) left.postal_code = order.recipient.postal_code;
        return left;
    }
    domain::Address address = order.recipient;
    if (!phone_is_shown(order, viewer)) address.phone.clear();
    return address;
}

json::Object render_buyer(const Order& order, const Viewer& viewer) {
    const domain::Buyer& buyer = order.buyer;
    const bool delivery = delivery_is_shown(order, viewer);
    const bool named = delivery || (viewer.may_tax && !order.withhold_recipient);
    json::Object out;
    if (named && !buyer.name.empty()) out["buyerName"] = buyer.name;
    if (delivery && !buyer.email.empty() && (is_past_payment(order) || viewer.is_amazon))
        out["buyerEmail"] = buyer.email;
    if (!buyer.company.empty()) out["buyerCompanyName"] = buyer.company;
    if (!buyer.purchase_order_number.empty()) out["buyerPurchaseOrderNumber"] = buyer.purchase_order_number;
    return out;
}

json::Object render_tax(const Order& order) {
    return {{"taxRegistrations",
             json::Array{json::Object{{"entityType", "BUYER"},
                                      {"legalName", order.buyer.company},
                                      {"taxRegistrationType", "VAT"},
                                      {"taxRegistrationNumber", order.recipient.country + "00000000000"}}}}};
}

json::Object render_payment(const Order& order) {
    return {{"paymentExecutions", json::Array{json::Object{{"paymentMethod", "CreditCard"},
                                                           {"paymentAmount", render(order.total())}}}}};
}

json::Object render_package(const Package& package) {
    json::Array items;
    for (const auto& [item, quantity] : package.items)
        items.push_back(json::Object{{"orderItemId", item}, {"quantity", quantity}});
    return {{"packageReferenceId", package.reference_id},
            {"createdTime", format_rfc3339(package.created_at)},
            {"packageStatus", json::Object{{"status", "SHIPPED"}}},
            {"carrier", package.carrier_name.empty() ? package.carrier_code : package.carrier_name},
            {"shipTime", format_rfc3339(package.shipped_at)},
            {"shippingService", package.shipping_method},
            {"trackingNumber", package.tracking},
            {"packageItems", std::move(items)}};
}

json::Object render_fulfillment(const Order& order, const DataSets& included) {
    json::Object fulfillment{{"fulfillmentStatus", order.status},
                             {"fulfilledBy", order.fulfilled_by},
                             {"fulfillmentServiceLevel", "STANDARD"}};
    if (!included.contains("FULFILLMENT")) return fulfillment;
    fulfillment["shipByWindow"] = json::Object{{"earliestDateTime", format_rfc3339(order.ship_from)},
                                               {"latestDateTime", format_rfc3339(order.ship_by)}};
    if (!is_pending(order) && order.status != "CANCELLED" && order.fulfilled_by == "MERCHANT")
        fulfillment["deliverByWindow"] =
            json::Object{{"earliestDateTime", format_rfc3339(order.ship_from + days(2))},
                         {"latestDateTime", format_rfc3339(order.deliver_by())}};
    return fulfillment;
}

struct Step {
    std::string_view from, to;
};
constexpr std::array kSteps{
    Step{"PENDING_AVAILABILITY", "PENDING"},
    Step{"PENDING_AVAILABILITY", "CANCELLED"},
    Step{"PENDING", "UNSHIPPED"},
    Step{"PENDING", "CANCELLED"},
    Step{"UNSHIPPED", "PARTIALLY_SHIPPED"},
    Step{"UNSHIPPED", "SHIPPED"},
    Step{"UNSHIPPED", "CANCELLED"},
    Step{"UNSHIPPED", "PENDING"},
    Step{"PARTIALLY_SHIPPED", "SHIPPED"},
    Step{"PARTIALLY_SHIPPED", "CANCELLED"},
};

}  // namespace

Money Order::total() const {
    Money sum = domain::zero(domain::Currency::of(marketplace->currency));
    for (const Line& line : lines) sum = sum + line.total();
    return sum;
}

const Line* Order::find_line(const std::string& order_item_id) const {
    const auto found = std::ranges::find(lines, order_item_id, &Line::order_item_id);
    return found == lines.end() ? nullptr : &*found;
}

Line* Order::find_line(const std::string& order_item_id) {
    return const_cast<Line*>(std::as_const(*this).find_line(order_item_id));
}

const DataSets& all_data_sets() {
    static const DataSets sets{"BUYER",     "RECIPIENT",    "PROCEEDS",          "EXPENSE",
                               "PROMOTION", "CANCELLATION", "FULFILLMENT",       "PACKAGES",
                               "TAX",       "PAYMENT",      "FULFILLMENT_ORDERS"};
    return sets;
}

bool is_pending(const Order& order) {
    return order.status == "PENDING" || order.status == "PENDING_AVAILABILITY";
}

bool has_program(const Order& order, std::string_view program) {
    return std::ranges::find(order.programs, program) != order.programs.end();
}

json::Value render_order(const Order& order, const DataSets& included, const Viewer& viewer) {
    json::Array items;
    for (const Line& line : order.lines) items.push_back(render_line(order, line, included, viewer));
    json::Array programs;
    for (const std::string& program : order.programs) programs.emplace_back(program);
    json::Object out{{"orderId", order.id},
                     {"createdTime", format_rfc3339(order.created_at)},
                     {"lastUpdatedTime", format_rfc3339(order.updated_at)},
                     {"programs", std::move(programs)},
                     {"salesChannel", json::Object{{"channelName", "AMAZON"},
                                                   {"marketplaceId", order.marketplace->id},
                                                   {"marketplaceName", order.marketplace->name}}},
                     {"fulfillment", render_fulfillment(order, included)},
                     {"orderItems", std::move(items)}};
    if (!order.replaces.empty())
        out["associatedOrders"] = json::Array{
            json::Object{{"orderId", order.replaces}, {"associationType", "REPLACEMENT_ORIGINAL_ID"}}};
    const bool paid = order.paid && !is_pending(order);
    if (included.contains("BUYER") && paid)
        if (json::Object buyer = render_buyer(order, viewer); !buyer.empty()) out["buyer"] = std::move(buyer);
    if (included.contains("RECIPIENT") && paid && (is_past_payment(order) || viewer.is_amazon))
        out["recipient"] = json::Object{{"deliveryAddress", render_address(shown_address(order, viewer))}};
    if (included.contains("TAX") && paid && !order.buyer.company.empty() &&
        (viewer.may_tax || viewer.is_amazon))
        out["tax"] = render_tax(order);
    if (included.contains("PAYMENT") && money_is_shown(order)) out["payment"] = render_payment(order);
    if (included.contains("FULFILLMENT_ORDERS") && has_program(order, "AMAZON_EASY_SHIP"))
        out["fulfillmentOrders"] = json::Array{json::Object{{"fulfillmentOrderId", "E" + order.id}}};
    if (included.contains("PROCEEDS") && money_is_shown(order)) out["proceeds"] = render_proceeds(order);
    if (included.contains("PACKAGES") && order.fulfilled_by == "MERCHANT" && !order.packages.empty()) {
        json::Array packages;
        for (const Package& package : order.packages) packages.push_back(render_package(package));
        out["packages"] = std::move(packages);
    }
    return out;
}

Status status_of_quantities(const Order& order) {
    std::int64_t open = 0;
    std::int64_t fulfilled = 0;
    for (const Line& line : order.lines) {
        open += line.open();
        fulfilled += line.fulfilled;
    }
    if (open > 0) return fulfilled > 0 ? "PARTIALLY_SHIPPED" : "UNSHIPPED";
    return fulfilled > 0 ? "SHIPPED" : "CANCELLED";
}

bool may_follow(const Status& from, const Status& to) {
    return std::ranges::any_of(kSteps, [&](const Step& step) { return step.from == from && step.to == to; });
}

}  // namespace fairway::sandbox
