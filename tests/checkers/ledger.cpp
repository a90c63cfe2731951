#include "checkers/ledger.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "domain/money.hpp"

namespace fairway::checkers {

namespace {

std::string text(const json::Value& value) { return std::string(value.as_string()); }

UtcTime time(const json::Value& value) {
    const auto time = parse_rfc3339(value.as_string());
    if (!time) throw std::runtime_error("the ledger holds no time: " + text(value));
    return *time;
}

std::int64_t minor_of(const json::Value* money) {
    if (money == nullptr) return 0;
    const auto currency = domain::Currency::parse(text(money->at("currencyCode")));
    const auto amount = currency ? domain::parse_money(text(money->at("amount")), *currency)
                                 : Result<domain::Money>(std::unexpected(currency.error()));
    if (!amount) throw std::runtime_error("the ledger holds no money: " + json::serialize(*money));
    return amount->minor;
}

LedgerLine read_line(const json::Value& item) {
    const json::Value& fulfillment = item.at("fulfillment");
    LedgerLine line{.order_item_id = text(item.at("orderItemId")),
                    .ordered = item.at("quantityOrdered").to_number<std::int64_t>(),
                    .fulfilled = fulfillment.at("quantityFulfilled").to_number<std::int64_t>(),
                    .unfulfilled = fulfillment.at("quantityUnfulfilled").to_number<std::int64_t>()};
    const json::Value* proceeds = item.as_object().if_contains("proceeds");
    if (proceeds == nullptr) return line;
    line.has_money = true;
    line.total_minor = minor_of(proceeds->as_object().if_contains("proceedsTotal"));
    for (const json::Value& part : proceeds->at("breakdowns").as_array())
        line.parts[text(part.at("type"))] += minor_of(part.as_object().if_contains("subtotal"));
    return line;
}

LedgerPackage read_confirmation(const json::Value& confirmation) {
    const json::Value& detail = confirmation.at("packageDetail");
    LedgerPackage package{.reference = text(detail.at("packageReferenceId")),
                          .tracking = text(detail.at("trackingNumber"))};
    for (const json::Value& item : detail.at("orderItems").as_array())
        package.units[text(item.at("orderItemId"))] += item.at("quantity").to_number<std::int64_t>();
    return package;
}

// Texts so short that they occur by chance say nothing.
void add_person(std::vector<std::string>& persons, const json::Object& object, std::string_view name) {
    constexpr std::size_t kShortest = 6;
    const json::Value* value = object.if_contains(name);
    if (value != nullptr && value->as_string().size() >= kShortest) persons.push_back(text(*value));
}

std::vector<std::string> read_persons(const json::Object& order) {
    std::vector<std::string> persons;
    if (const json::Value* recipient = order.if_contains("recipient"))
        for (const char* name : {"name", "addressLine1", "addressLine2", "addressLine3", "phone"})
            add_person(persons, recipient->at("deliveryAddress").as_object(), name);
    if (const json::Value* buyer = order.if_contains("buyer"))
        for (const char* name : {"buyerName", "buyerEmail"}) add_person(persons, buyer->as_object(), name);
    return persons;
}

LedgerOrder read_order(const json::Value& entry) {
    const json::Value& in = entry.at("order");
    const json::Value& fulfillment = in.at("fulfillment");
    LedgerOrder order{.id = text(in.at("orderId")),
                      .seller_id = text(entry.at("seller_id")),
                      .marketplace = text(in.at("salesChannel").at("marketplaceId")),
                      .status = text(fulfillment.at("fulfillmentStatus")),
                      .by_merchant = fulfillment.at("fulfilledBy").as_string() == "MERCHANT",
                      .replacement = in.as_object().contains("associatedOrders"),
                      .created_at = time(in.at("createdTime")),
                      .updated_at = time(in.at("lastUpdatedTime")),
                      .persons = read_persons(in.as_object())};
    for (const json::Value& program : in.at("programs").as_array()) order.programs.push_back(text(program));
    if (const json::Value* proceeds = in.as_object().if_contains("proceeds"))
        order.total_minor = minor_of(proceeds->as_object().if_contains("grandTotal"));
    for (const json::Value& item : in.at("orderItems").as_array()) order.lines.push_back(read_line(item));
    for (const json::Value& confirmation : entry.at("confirmations").as_array())
        order.confirmations.push_back(read_confirmation(confirmation));
    return order;
}

}  // namespace

Ledger read_ledger(const json::Value& ledger) {
    Ledger out;
    for (const json::Value& entry : ledger.at("orders").as_array()) out.orders.push_back(read_order(entry));
    for (const json::Value& bucket : ledger.at("buckets").as_array())
        out.buckets.push_back({text(bucket.at("seller_id")), text(bucket.at("operation")),
                               bucket.at("tokens_micro").to_number<std::int64_t>(),
                               bucket.at("refused").to_number<std::int64_t>()});
    for (const auto& [operation, count] : ledger.at("calls").as_object())
        out.calls[std::string(operation)] = count.to_number<std::int64_t>();
    return out;
}

}  // namespace fairway::checkers
