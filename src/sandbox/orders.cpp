#include "sandbox/orders.hpp"

#include <algorithm>
#include <array>

namespace fairway::sandbox {

namespace {

using domain::Money;

json::Object render(Money money) {
    return {{"amount", domain::format_amount(money)}, {"currencyCode", money.currency.str()}};
}

bool money_is_shown(const Order& order) {
    return order.status != "PENDING" && order.status != "PENDING_AVAILABILITY" && order.replaces.empty();
}

void add_part(json::Array& parts, std::string_view type, Money amount) {
    if (amount.minor == 0 && type != "ITEM") return;
    json::Object part{{"type", type}, {"subtotal", render(amount)}};
    // Amazon details only TAX and DISCOUNT.
    if (type == "TAX" || type == "DISCOUNT")
        part["detailedBreakdowns"] =
            json::Array{json::Object{{"subtype", "ITEM"}, {"value", render(amount)}}};
    parts.push_back(std::move(part));
}

json::Object render_line_proceeds(const Line& line) {
    json::Array parts;
    add_part(parts, "ITEM", line.item());
    add_part(parts, "SHIPPING", line.shipping);
    add_part(parts, "GIFT_WRAP", line.gift_wrap);
    add_part(parts, "TAX", line.tax);
    add_part(parts, "DISCOUNT", line.discount);
    return {{"proceedsTotal", render(line.total())}, {"breakdowns", std::move(parts)}};
}

json::Object render_line_fulfillment(const Line& line) {
    json::Object fulfillment{{"quantityFulfilled", line.fulfilled}, {"quantityUnfulfilled", line.open()}};
    if (!line.gift_message.empty())
        fulfillment["packing"] = json::Object{
            {"giftOption", json::Object{{"giftMessage", line.gift_message}, {"giftWrapLevel", "STANDARD"}}}};
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

json::Object render_line(const Order& order, const Line& line, const DataSets& included) {
    json::Object product{{"asin", line.asin},
                         {"title", line.title},
                         {"sellerSku", line.seller_sku},
                         {"condition", json::Object{{"conditionType", "NEW"}, {"conditionSubtype", "NEW"}}}};
    if (money_is_shown(order)) product["price"] = json::Object{{"unitPrice", render(line.unit_price)}};
    json::Object item{{"orderItemId", line.order_item_id},
                      {"quantityOrdered", line.ordered},
                      {"product", std::move(product)}};
    if (included.contains("PROCEEDS") && money_is_shown(order)) item["proceeds"] = render_line_proceeds(line);
    if (included.contains("FULFILLMENT")) item["fulfillment"] = render_line_fulfillment(line);
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
        discount = discount + line.discount;
        wrap = wrap + line.gift_wrap;
    }
    json::Array parts;
    add_part(parts, "ITEM", item);
    add_part(parts, "SHIPPING", shipping);
    add_part(parts, "GIFT_WRAP", wrap);
    add_part(parts, "TAX", tax);
    add_part(parts, "DISCOUNT", discount);
    for (json::Value& part : parts) part.as_object().erase("detailedBreakdowns");
    return {{"grandTotal", render(order.total())}, {"breakdowns", std::move(parts)}};
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
    left.region = address.region;
    left.country = address.country;
    return left;
}

json::Object render_buyer(const domain::Buyer& buyer) {
    json::Object out;
    if (!buyer.name.empty()) out["buyerName"] = buyer.name;
    if (!buyer.email.empty()) out["buyerEmail"] = buyer.email;
    if (!buyer.company.empty()) out["buyerCompanyName"] = buyer.company;
    if (!buyer.purchase_order_number.empty()) out["buyerPurchaseOrderNumber"] = buyer.purchase_order_number;
    return out;
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
    if (order.status != "PENDING" && order.status != "CANCELLED")
        fulfillment["deliverByWindow"] =
            json::Object{{"earliestDateTime", format_rfc3339(order.ship_from + days(2))},
                         {"latestDateTime", format_rfc3339(order.ship_by + days(4))}};
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

Line* Order::find_line(const std::string& order_item_id) {
    const auto found = std::ranges::find(lines, order_item_id, &Line::order_item_id);
    return found == lines.end() ? nullptr : &*found;
}

const DataSets& all_data_sets() {
    static const DataSets sets{"BUYER",     "RECIPIENT",    "PROCEEDS",          "EXPENSE",
                               "PROMOTION", "CANCELLATION", "FULFILLMENT",       "PACKAGES",
                               "TAX",       "PAYMENT",      "FULFILLMENT_ORDERS"};
    return sets;
}

json::Value render_order(const Order& order, const DataSets& included) {
    json::Array items;
    for (const Line& line : order.lines) items.push_back(render_line(order, line, included));
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
    const bool placed = order.status != "PENDING" && order.status != "PENDING_AVAILABILITY";
    if (included.contains("BUYER") && placed && !order.withhold_recipient)
        out["buyer"] = render_buyer(order.buyer);
    if (included.contains("RECIPIENT") && placed)
        out["recipient"] = json::Object{
            {"deliveryAddress",
             render_address(order.withhold_recipient ? withheld(order.recipient) : order.recipient)}};
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
