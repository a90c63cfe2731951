// confirmShipment of Orders API v0: the one write that has no successor.
#include <algorithm>

#include "base/text.hpp"
#include "json/decode.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

namespace {

struct Item {
    std::string orderItemId{};
    std::int64_t quantity = 0;
    std::optional<std::vector<std::string>> transparencyCodes{};
};
BOOST_DESCRIBE_STRUCT(Item, (), (orderItemId, quantity, transparencyCodes))

struct Detail {
    std::string packageReferenceId{};
    std::string carrierCode{};
    std::optional<std::string> carrierName{};
    std::optional<std::string> shippingMethod{};
    std::string trackingNumber{};
    UtcTime shipDate{};
    std::optional<std::string> shipFromSupplySourceId{};
    std::vector<Item> orderItems{};
};
BOOST_DESCRIBE_STRUCT(Detail, (),
                      (packageReferenceId, carrierCode, carrierName, shippingMethod, trackingNumber, shipDate,
                       shipFromSupplySourceId, orderItems))

struct Confirmation {
    std::string marketplaceId{};
    std::optional<std::string> codCollectionMethod{};
    Detail packageDetail{};
};
BOOST_DESCRIBE_STRUCT(Confirmation, (), (marketplaceId, codCollectionMethod, packageDetail))

// Members beyond the model's are overlooked: nothing that Amazon publishes says that they are refused.
Result<Confirmation> read_confirmation(const json::Value& value) {
    auto read = TRY(json::decode_collecting<Confirmation>(value));
    if (read.value.codCollectionMethod && *read.value.codCollectionMethod != "DirectPayment") {
        return fail(ErrorKind::malformed, "unknown_value", "is not a collection method",
                    "codCollectionMethod");
    }
    return std::move(read.value);
}

// Why Amazon refuses, or nothing.
std::optional<std::string> refuse_detail(const Confirmation& body, const Order& order) {
    const Detail& detail = body.packageDetail;
    if (body.codCollectionMethod && order.marketplace->country != "JP")
        return "CodCollectionMethod is only supported in the JP marketplace.";
    if (body.marketplaceId != order.marketplace->id)
        return "MarketplaceId: " + body.marketplaceId + " does not belong to the order.";
    const auto number = parse_int(detail.packageReferenceId);
    if (!number || *number <= 0)
        return "PackageReferenceId: " + detail.packageReferenceId +
               " is invalid, must be a positive numeric value.";
    if (detail.carrierCode.empty()) return "CarrierCode is required.";
    if (detail.carrierCode == "Other" && detail.carrierName.value_or("").empty())
        return "CarrierName is required when CarrierCode is Other.";
    if (detail.trackingNumber.empty()) return "TrackingNumber is required.";
    if (detail.orderItems.empty()) return "OrderItems must not be empty.";
    return std::nullopt;
}

std::optional<std::string> refuse_order(const Order& order) {
    if (order.fulfilled_by == "AMAZON")
        return "Order " + order.id + " is fulfilled by Amazon and cannot be confirmed.";
    if (has_program(order, "FBM_SHIP_PLUS"))
        return "Order " + order.id + " is a Ship+ order; its shipment is confirmed when the label is bought.";
    if (has_program(order, "AMAZON_EASY_SHIP"))
        return "Order " + order.id + " is an Easy Ship order; its shipment is confirmed at the pick-up.";
    if (is_pending(order)) return "Order " + order.id + " is pending and cannot be confirmed.";
    if (order.status == "CANCELLED") return "Order " + order.id + " is cancelled.";
    return std::nullopt;
}

std::optional<std::string> refuse_date(const Detail& detail, const Order& order, UtcTime now) {
    if (detail.shipDate <= now && detail.shipDate >= order.created_at) return std::nullopt;
    return "ShipDate must not be in the future or before the purchase date.";
}

std::optional<std::string> refuse_items(const Detail& detail, const Order& order) {
    std::map<std::string, std::int64_t> asked;
    for (const Item& item : detail.orderItems) {
        if (order.find_line(item.orderItemId) == nullptr)
            return "OrderItemId " + item.orderItemId +
                   " is invalid, please obtain the value through the getOrderItems API or Manage Orders page";
        if (item.quantity <= 0) return "Quantity must be positive.";
        std::int64_t& quantity = asked[item.orderItemId];
        // Compared before they are added: the sum of any two numbers may be none.
        if (item.quantity > order.find_line(item.orderItemId)->open() - quantity)
            return "Quantity " + std::to_string(item.quantity) + " for OrderItemId " + item.orderItemId +
                   " exceeds the unshipped quantity.";
        quantity += item.quantity;
    }
    return std::nullopt;
}

Package to_package(const Detail& detail, UtcTime now) {
    Package package{.reference_id = detail.packageReferenceId,
                    .carrier_code = detail.carrierCode,
                    .carrier_name = detail.carrierName.value_or(""),
                    .shipping_method = detail.shippingMethod.value_or(""),
                    .tracking = detail.trackingNumber,
                    .shipped_at = detail.shipDate,
                    .created_at = now,
                    .items = {}};
    for (const Item& item : detail.orderItems) package.items.emplace_back(item.orderItemId, item.quantity);
    return package;
}

// A new package takes its units from what is open; the same package again edits its carrier, method, tracking
// and date, and what is in it stays. Why Amazon refuses, or nothing: then the package is in the order.
std::optional<std::string> take_package(const Detail& detail, Order& order, UtcTime now) {
    Package package = to_package(detail, now);
    const auto known = std::ranges::find(order.packages, detail.packageReferenceId, &Package::reference_id);
    if (known != order.packages.end()) {
        package.items = known->items;
        package.created_at = known->created_at;
        *known = std::move(package);
        return std::nullopt;
    }
    if (order.status == "SHIPPED")
        return "Failed to create package due to not finding a matching package or order already fulfilled. "
               "ErrorMessage(errorCode=GeneralError, errorDescription=Unable to find package to update for "
               "order (), errorMetric=PackageToUpdateNotFound, packageIndex=null)";
    if (auto why = refuse_items(detail, order)) return why;
    for (const Item& item : detail.orderItems) order.find_line(item.orderItemId)->fulfilled += item.quantity;
    order.packages.push_back(std::move(package));
    return std::nullopt;
}

}  // namespace

World::Answer World::confirm_shipment(const net::Request& request, const Seller& seller) {
    const auto refuse = [](const std::string& message) { return error(400, "InvalidInput", message); };
    const auto parsed = json::parse(request.body);
    if (!parsed) return refuse("The request body is not valid JSON.");
    const auto body = read_confirmation(*parsed);
    if (!body && body.error().code == "wrong_time") return error(400, "Invalid Input", "Invalid Input");
    if (!body)
        return refuse(
            "The input you have submitted is not valid. Please check the fields with invalid type [" +
            body.error().field + "].");
    const std::string& id = request.params.at(0);
    if (auto refused = refuse_order_id(id)) return *std::move(refused);
    const Order* known = orders_.find(id);
    if (known == nullptr || !is_shown(*known, seller))
        return error(404, "NotFound", "Order " + id + " was not found.");
    if (domain::find_marketplace(MarketplaceId(body->marketplaceId)) == nullptr)
        return error(400, "InvalidInput", "Marketplace ID is not defined", "1001");
    if (const auto why = refuse_detail(*body, *known)) return refuse(*why);
    if (const auto why = refuse_order(*known)) return refuse(*why);
    if (const auto why = refuse_date(body->packageDetail, *known, now_)) return refuse(*why);
    const OrderBook::Change order = orders_.change(id);
    if (const auto why = take_package(body->packageDetail, *order, now_)) return refuse(*why);
    order->confirmations.push_back(*parsed);
    order->status = status_of_quantities(*order);
    order->updated_at = now_;
    return {.status = 204};
}

}  // namespace fairway::sandbox
