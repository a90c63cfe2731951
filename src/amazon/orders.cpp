#include "amazon/orders.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "amazon/order_shape.hpp"
#include "amazon/wire.hpp"
#include "base/text.hpp"

namespace fairway::amazon {

namespace {

using domain::AmazonStatus;
using domain::Money;
using domain::Parts;

// More than Amazon has ever put in an order or on a line; with wire.cpp's bound on amounts no sum can
// overflow.
constexpr std::size_t kLinesMax = 1'000;
constexpr std::size_t kBreakdownsMax = 1'000;
constexpr std::size_t kPackagesMax = 10'000;

constexpr std::array kStatuses{
    std::pair{std::string_view("PENDING_AVAILABILITY"), AmazonStatus::pending_availability},
    std::pair{std::string_view("PENDING"), AmazonStatus::pending},
    std::pair{std::string_view("UNSHIPPED"), AmazonStatus::unshipped},
    std::pair{std::string_view("PARTIALLY_SHIPPED"), AmazonStatus::partially_shipped},
    std::pair{std::string_view("SHIPPED"), AmazonStatus::shipped},
    std::pair{std::string_view("CANCELLED"), AmazonStatus::canceled},
    std::pair{std::string_view("UNFULFILLABLE"), AmazonStatus::unfulfillable},
};

constexpr std::array kPartOfType{
    std::pair{std::string_view("ITEM"), &Parts::item},
    std::pair{std::string_view("TAX"), &Parts::tax},
    std::pair{std::string_view("SHIPPING"), &Parts::shipping},
    std::pair{std::string_view("GIFT_WRAP"), &Parts::gift_wrap},
    std::pair{std::string_view("DISCOUNT"), &Parts::discount},
    std::pair{std::string_view("COD_FEE"), &Parts::other},
    std::pair{std::string_view("OTHER"), &Parts::other},
};

// What the lines need to know of their order.
struct OrderFacts {
    AmazonStatus status = AmazonStatus::unknown;
    bool replacement = false;
    std::optional<domain::Currency> currency{};
};

AmazonStatus status_of(std::string_view text) {
    const auto known = std::ranges::find(kStatuses, text, &std::pair<std::string_view, AmazonStatus>::first);
    return known == kStatuses.end() ? AmazonStatus::unknown : known->second;
}

// Charges of a kind that this version does not know are money all the same: they go with the fees.
Money Parts::* part_of(std::string_view type) {
    for (const auto& [name, part] : kPartOfType)
        if (name == type) return part;
    return &Parts::other;
}

struct Breakdown {
    std::string type;
    Money subtotal;
};

Result<Breakdown> read_breakdown(const json::Value& value) {
    const json::Object* object = TRY(wire::as_object(value));
    Breakdown breakdown{.type = TRY(wire::required(wire::text(*object, "type"), "type")),
                        .subtotal = TRY(wire::required(wire::money(*object, "subtotal"), "subtotal"))};
    return breakdown;
}

Result<std::vector<Breakdown>> read_breakdowns(const json::Object& proceeds) {
    std::vector<Breakdown> breakdowns;
    const json::Array* list = TRY(wire::array(proceeds, "breakdowns"));
    if (list == nullptr) return breakdowns;
    if (list->size() > kBreakdownsMax) return wire::undecodable("breakdowns", "is too long");
    for (std::size_t i = 0; i < list->size(); ++i)
        breakdowns.push_back(TRY(wire::in_element("breakdowns", i, read_breakdown((*list)[i]))));
    return breakdowns;
}

Result<Parts> add_up(const std::vector<Breakdown>& breakdowns, domain::Currency currency) {
    Parts parts = Parts::zero(currency);
    for (const Breakdown& each : breakdowns) {
        if (each.subtotal.currency != currency) return wire::undecodable("breakdowns", "mixes currencies");
        Money& part = parts.*part_of(each.type);
        part = part + each.subtotal;
    }
    // Amazon does not say which sign discounts have; ours are positive.
    if (parts.discount.minor < 0) parts.discount = -parts.discount;
    for (const Money& charge : {parts.item, parts.tax, parts.shipping, parts.gift_wrap})
        if (charge.minor < 0) return wire::undecodable("breakdowns", "charges less than nothing");
    return parts;
}

Status read_line_proceeds(const json::Object& item, domain::OrderLine& line) {
    const json::Object* proceeds = TRY(wire::object(item, "proceeds"));
    if (proceeds == nullptr) return {};
    line.proceeds_total = TRY(wire::in_member("proceeds", wire::money(*proceeds, "proceedsTotal")));
    const auto breakdowns = TRY(wire::in_member("proceeds", read_breakdowns(*proceeds)));
    if (!breakdowns.empty()) {
        line.proceeds =
            TRY(wire::in_member("proceeds", add_up(breakdowns, breakdowns.front().subtotal.currency)));
    } else if (line.proceeds_total) {
        line.proceeds = Parts::zero(line.proceeds_total->currency);
        line.proceeds->item = *line.proceeds_total;
    }
    const bool mixed =
        line.proceeds && line.proceeds_total && line.proceeds->item.currency != line.proceeds_total->currency;
    if (mixed) return wire::undecodable("proceeds.proceedsTotal", "is in another currency than its parts");
    return {};
}

Result<std::optional<Money>> read_unit_price(const json::Object& product) {
    const json::Object* price = TRY(wire::object(product, "price"));
    if (price == nullptr) return std::nullopt;
    return TRY(wire::in_member("price", wire::money(*price, "unitPrice")));
}

// What Amazon does not say follows from the status.
void set_quantities(domain::OrderLine& line, AmazonStatus status, std::optional<std::int64_t> fulfilled,
                    std::optional<std::int64_t> unfulfilled) {
    const bool shipped = status == AmazonStatus::shipped;
    const bool canceled = status == AmazonStatus::canceled;
    const auto rest = [&](std::int64_t known) {
        return std::max<std::int64_t>(0, line.quantity_ordered - known);
    };
    if (!fulfilled)
        fulfilled = canceled ? 0 : unfulfilled ? rest(*unfulfilled) : shipped ? line.quantity_ordered : 0;
    if (!unfulfilled) unfulfilled = canceled ? 0 : rest(*fulfilled);
    line.quantity_fulfilled = *fulfilled;
    line.quantity_unfulfilled = *unfulfilled;
}

Result<std::string> read_line_fulfillment(const json::Object& item, AmazonStatus status,
                                          domain::OrderLine& line) {
    const json::Object* fulfillment = TRY(wire::object(item, "fulfillment"));
    if (fulfillment == nullptr) {
        set_quantities(line, status, std::nullopt, std::nullopt);
        return std::string();
    }
    set_quantities(line, status,
                   TRY(wire::in_member("fulfillment", wire::quantity(*fulfillment, "quantityFulfilled"))),
                   TRY(wire::in_member("fulfillment", wire::quantity(*fulfillment, "quantityUnfulfilled"))));
    const json::Object* packing = TRY(wire::in_member("fulfillment", wire::object(*fulfillment, "packing")));
    if (packing == nullptr) return std::string();
    const json::Object* gift =
        TRY(wire::in_member("fulfillment.packing", wire::object(*packing, "giftOption")));
    if (gift == nullptr) return std::string();
    return wire::in_member("fulfillment.packing.giftOption", wire::text(*gift, "giftMessage"));
}

struct Line {
    domain::OrderLine line{};
    std::string gift_message{};
};

Result<Line> read_line(const json::Value& value, int number, const OrderFacts& facts) {
    const json::Object* item = TRY(wire::as_object(value));
    Line read;
    domain::OrderLine& line = read.line;
    line.line = number;
    line.order_item_id = OrderItemId(TRY(wire::required(wire::text(*item, "orderItemId"), "orderItemId")));
    line.quantity_ordered = TRY(wire::required(wire::quantity(*item, "quantityOrdered"), "quantityOrdered"));
    const json::Object* product = TRY(wire::required(wire::object(*item, "product"), "product"));
    line.seller_sku = SellerSku(TRY(wire::in_member("product", wire::text(*product, "sellerSku"))));
    line.asin = Asin(TRY(wire::in_member("product", wire::text(*product, "asin"))));
    line.title = TRY(wire::in_member("product", wire::text(*product, "title")));
    const auto unit_price = TRY(wire::in_member("product", read_unit_price(*product)));
    TRY(read_line_proceeds(*item, line));
    if (!line.proceeds && facts.replacement) {
        if (facts.currency) line.proceeds = Parts::zero(*facts.currency);
        else if (unit_price) line.proceeds = Parts::zero(unit_price->currency);
    }
    read.gift_message = TRY(read_line_fulfillment(*item, facts.status, line));
    return read;
}

Status read_lines(const json::Object& object, const OrderFacts& facts, domain::AmazonOrder& order,
                  domain::PersonalData& personal) {
    const json::Array* items = TRY(wire::required(wire::array(object, "orderItems"), "orderItems"));
    if (items->size() > kLinesMax) return wire::undecodable("orderItems", "is too long");
    std::set<OrderItemId> seen;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        Line read = TRY(wire::in_element("orderItems", i, read_line((*items)[i], number, facts)));
        if (!seen.insert(read.line.order_item_id).second)
            return wire::undecodable("orderItems[" + std::to_string(i) + "].orderItemId", "is there twice");
        if (!read.gift_message.empty())
            personal.gift_messages.emplace_back(number, std::move(read.gift_message));
        order.lines.push_back(std::move(read.line));
    }
    return {};
}

Status read_fulfillment(const json::Object& object, domain::AmazonOrder& order) {
    const json::Object* fulfillment = TRY(wire::object(object, "fulfillment"));
    if (fulfillment == nullptr) return {};
    order.status_text = TRY(wire::in_member(
        "fulfillment", wire::required(wire::text(*fulfillment, "fulfillmentStatus"), "fulfillmentStatus")));
    order.status = status_of(order.status_text);
    const std::string fulfilled_by =
        TRY(wire::in_member("fulfillment", wire::text(*fulfillment, "fulfilledBy")));
    order.fulfilled_by =
        fulfilled_by == "AMAZON" ? domain::FulfilledBy::amazon : domain::FulfilledBy::merchant;
    const json::Object* window =
        TRY(wire::in_member("fulfillment", wire::object(*fulfillment, "shipByWindow")));
    if (window != nullptr)
        order.ship_by =
            TRY(wire::in_member("fulfillment.shipByWindow", wire::time(*window, "latestDateTime")));
    return {};
}

// The total, and the charges that are on no line. OTHER and the like at this level only repeat the lines'
// sums.
Status read_order_proceeds(const json::Object& object, domain::AmazonOrder& order) {
    const json::Object* proceeds = TRY(wire::object(object, "proceeds"));
    if (proceeds == nullptr) return {};
    order.total = TRY(wire::in_member("proceeds", wire::money(*proceeds, "grandTotal")));
    if (order.total && order.total->minor < 0)
        return wire::undecodable("proceeds.grandTotal", "is less than nothing");
    for (const Breakdown& each : TRY(wire::in_member("proceeds", read_breakdowns(*proceeds)))) {
        if (each.type != "DELIVERY_TIP") continue;
        if (order.order_other && order.order_other->currency != each.subtotal.currency)
            return wire::undecodable("proceeds.breakdowns", "mixes currencies");
        order.order_other = order.order_other ? *order.order_other + each.subtotal : each.subtotal;
    }
    if (order.total && order.order_other && order.total->currency != order.order_other->currency)
        return wire::undecodable("proceeds.breakdowns", "mixes currencies");
    return {};
}

Result<std::vector<std::string>> read_programs(const json::Object& object) {
    std::vector<std::string> programs;
    const json::Array* list = TRY(wire::array(object, "programs"));
    if (list == nullptr) return programs;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto* text = (*list)[i].if_string();
        if (text == nullptr) return wire::undecodable("programs[" + std::to_string(i) + "]", "is not a text");
        programs.emplace_back(std::string_view(*text));
    }
    return programs;
}

Result<bool> is_replacement(const json::Object& object) {
    const json::Array* list = TRY(wire::array(object, "associatedOrders"));
    if (list == nullptr) return false;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const json::Object* each = TRY(wire::in_element("associatedOrders", i, wire::as_object((*list)[i])));
        const std::string type =
            TRY(wire::in_element("associatedOrders", i, wire::text(*each, "associationType")));
        if (type == "REPLACEMENT_ORIGINAL_ID") return true;
    }
    return false;
}

Result<domain::PackageItem> read_package_item(const json::Value& value) {
    const json::Object* object = TRY(wire::as_object(value));
    domain::PackageItem item{
        .order_item_id = OrderItemId(TRY(wire::required(wire::text(*object, "orderItemId"), "orderItemId"))),
        .quantity = TRY(wire::required(wire::quantity(*object, "quantity"), "quantity"))};
    return item;
}

Result<domain::AmazonPackage> read_package(const json::Value& value) {
    const json::Object* object = TRY(wire::as_object(value));
    domain::AmazonPackage package;
    package.reference_id =
        TRY(wire::required(wire::text(*object, "packageReferenceId"), "packageReferenceId"));
    package.carrier = TRY(wire::text(*object, "carrier"));
    package.service = TRY(wire::text(*object, "shippingService"));
    package.tracking = TRY(wire::text(*object, "trackingNumber"));
    package.shipped_at = TRY(wire::time(*object, "shipTime"));
    if (const json::Object* status = TRY(wire::object(*object, "packageStatus")))
        package.status =
            TRY(wire::in_member("packageStatus", wire::required(wire::text(*status, "status"), "status")));
    const json::Array* items = TRY(wire::array(*object, "packageItems"));
    if (items == nullptr) return package;
    if (items->size() > kLinesMax) return wire::undecodable("packageItems", "is too long");
    for (std::size_t i = 0; i < items->size(); ++i)
        package.items.push_back(TRY(wire::in_element("packageItems", i, read_package_item((*items)[i]))));
    return package;
}

Status read_packages(const json::Object& object, domain::AmazonOrder& order) {
    const json::Array* packages = TRY(wire::array(object, "packages"));
    if (packages == nullptr) return {};
    if (packages->size() > kPackagesMax) return wire::undecodable("packages", "is too long");
    for (std::size_t i = 0; i < packages->size(); ++i)
        order.packages.push_back(TRY(wire::in_element("packages", i, read_package((*packages)[i]))));
    return {};
}

Result<std::string> read_street(const json::Object& parts) {
    std::string street = TRY(wire::text(parts, "streetName"));
    const std::string number = TRY(wire::text(parts, "streetNumber"));
    if (!street.empty() && !number.empty()) street += ", " + number;
    return street;
}

Result<domain::Address> read_address(const json::Object& object) {
    domain::Address address{.name = TRY(wire::text(object, "name")),
                            .company = TRY(wire::text(object, "companyName")),
                            .line1 = TRY(wire::text(object, "addressLine1")),
                            .line2 = TRY(wire::text(object, "addressLine2")),
                            .line3 = TRY(wire::text(object, "addressLine3")),
                            .city = TRY(wire::text(object, "city")),
                            .district = TRY(wire::text(object, "districtOrCounty")),
                            .region = TRY(wire::text(object, "stateOrRegion")),
                            .postal_code = TRY(wire::text(object, "postalCode")),
                            .country = TRY(wire::text(object, "countryCode")),
                            .phone = TRY(wire::text(object, "phone")),
                            .address_type = TRY(wire::text(object, "addressType"))};
    // Some countries' addresses name a municipality and no city.
    if (address.city.empty()) address.city = TRY(wire::text(object, "municipality"));
    // Brazil's addresses may have their street in parts alone.
    const json::Object* parts = TRY(wire::object(object, "extendedFields"));
    if (parts != nullptr && address.line1.empty())
        address.line1 = TRY(wire::in_member("extendedFields", read_street(*parts)));
    return address;
}

Status read_recipient(const json::Object& object, domain::AmazonOrder& order,
                      domain::PersonalData& personal) {
    const json::Object* recipient = TRY(wire::object(object, "recipient"));
    if (recipient == nullptr) return {};
    const json::Object* address =
        TRY(wire::in_member("recipient", wire::object(*recipient, "deliveryAddress")));
    if (address == nullptr) return {};
    personal.recipient = TRY(wire::in_member("recipient.deliveryAddress", read_address(*address)));
    const bool granted = !personal.recipient->name.empty() || !personal.recipient->line1.empty();
    order.recipient_state = granted ? domain::DataState::granted : domain::DataState::withheld;
    const json::Object* preference =
        TRY(wire::in_member("recipient", wire::object(*recipient, "deliveryPreference")));
    if (preference != nullptr)
        personal.recipient->instructions = TRY(
            wire::in_member("recipient.deliveryPreference", wire::text(*preference, "addressInstruction")));
    return {};
}

Status read_buyer(const json::Object& object, domain::AmazonOrder& order, domain::PersonalData& personal) {
    const json::Object* buyer = TRY(wire::object(object, "buyer"));
    if (buyer == nullptr) return {};
    personal.buyer =
        domain::Buyer{.name = TRY(wire::in_member("buyer", wire::text(*buyer, "buyerName"))),
                      .email = TRY(wire::in_member("buyer", wire::text(*buyer, "buyerEmail"))),
                      .company = TRY(wire::in_member("buyer", wire::text(*buyer, "buyerCompanyName"))),
                      .purchase_order_number =
                          TRY(wire::in_member("buyer", wire::text(*buyer, "buyerPurchaseOrderNumber")))};
    const bool granted = !personal.buyer->name.empty() || !personal.buyer->email.empty();
    order.buyer_state = granted ? domain::DataState::granted : domain::DataState::withheld;
    return {};
}

Result<ReadOrder> read_fields(const json::Value& value) {
    const json::Object* object = TRY(wire::as_object(value));
    ReadOrder read;
    domain::AmazonOrder& order = read.order;
    domain::PersonalData personal;
    order.id = AmazonOrderId(TRY(wire::required(wire::text(*object, "orderId"), "orderId")));
    order.purchased_at = TRY(wire::required(wire::time(*object, "createdTime"), "createdTime"));
    order.updated_at = TRY(wire::required(wire::time(*object, "lastUpdatedTime"), "lastUpdatedTime"));
    const json::Object* channel = TRY(wire::required(wire::object(*object, "salesChannel"), "salesChannel"));
    TRY(wire::in_member("salesChannel", wire::required(wire::text(*channel, "channelName"), "channelName")));
    order.marketplace =
        MarketplaceId(TRY(wire::in_member("salesChannel", wire::text(*channel, "marketplaceId"))));
    order.programs = TRY(read_programs(*object));
    order.replacement = TRY(is_replacement(*object));
    TRY(read_fulfillment(*object, order));
    TRY(read_order_proceeds(*object, order));
    const OrderFacts facts{order.status, order.replacement,
                           order.total ? std::optional(order.total->currency) : std::nullopt};
    TRY(read_lines(*object, facts, order, personal));
    TRY(read_packages(*object, order));
    TRY(read_recipient(*object, order, personal));
    TRY(read_buyer(*object, order, personal));
    read.personal = Pii(std::move(personal));
    return read;
}

// Whether a character stands for itself in a JSON text. A table: a document has thousands of them.
constexpr auto kIsPlain = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < plain.size(); ++byte) plain[byte] = byte != '"' && byte != '\\';
    return plain;
}();

void append_text(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    while (true) {
        const auto special =
            std::ranges::find_if_not(text, [](char c) { return kIsPlain[static_cast<unsigned char>(c)]; });
        const auto plain = static_cast<std::size_t>(special - text.begin());
        out += text.substr(0, plain);
        if (plain == text.size()) break;
        const auto byte = static_cast<unsigned char>(text[plain]);
        out += '\\';
        if (byte < 0x20) {
            out += "u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 0xFU];
        } else {
            out += text[plain];
        }
        text.remove_prefix(plain + 1);
    }
    out += '"';
}

// Writes values as canonical text.
class Canonical {
public:
    void append(const json::Value& value) {
        if (const json::Array* array = value.if_array()) append_array(*array);
        else if (const json::Object* object = value.if_object()) append_object(*object);
        else if (const auto* text = value.if_string()) append_text(out_, std::string_view(*text));
        else if (const std::int64_t* number = value.if_int64()) out_ += std::to_string(*number);
        else out_ += json::serialize(value);
    }
    std::string take() { return std::move(out_); }

private:
    void append_array(const json::Array& array) {
        out_ += '[';
        for (std::size_t i = 0; i < array.size(); ++i) {
            if (i > 0) out_ += ',';
            append(array[i]);
        }
        out_ += ']';
    }
    void append_object(const json::Object& object) {
        const std::size_t first = members_.size();
        for (const auto& member : object) members_.push_back(&member);
        std::ranges::sort(members_.begin() + static_cast<std::ptrdiff_t>(first), members_.end(), {},
                          [](const auto* member) { return std::string_view(member->key()); });
        out_ += '{';
        for (std::size_t i = 0; i < object.size(); ++i) {
            if (i > 0) out_ += ',';
            const auto& [key, value] = *members_[first + i];
            append_text(out_, key);
            out_ += ':';
            append(value);
        }
        out_ += '}';
        members_.resize(first);
    }

    std::string out_{};
    // Of the objects that are not at their end yet, those of the innermost last.
    std::vector<const json::Object::value_type*> members_{};
};

std::optional<AmazonOrderId> id_of(const json::Value& value) {
    const json::Object* object = value.if_object();
    if (object == nullptr) return std::nullopt;
    const auto id = wire::text(*object, "orderId");
    if (!id || id->empty()) return std::nullopt;
    return AmazonOrderId(*id);
}

Result<SearchPage> read_page(const json::Value& body) {
    const json::Object* object = TRY(wire::as_object(body));
    const json::Array* orders = TRY(wire::required(wire::array(*object, "orders"), "orders"));
    SearchPage page;
    page.last_updated_before = TRY(wire::time(*object, "lastUpdatedBefore"));
    if (const json::Object* pagination = TRY(wire::object(*object, "pagination"))) {
        std::string token = TRY(wire::in_member("pagination", wire::text(*pagination, "nextToken")));
        if (!token.empty()) page.next_token = std::move(token);
    }
    page.orders.reserve(orders->size());
    for (const json::Value& each : *orders) add_order(page, each);
    return page;
}

Result<const json::Value*> order_of(const json::Value& body) {
    const json::Object* object = TRY(wire::as_object(body));
    TRY(wire::required(wire::object(*object, "order"), "order"));
    return wire::find(*object, "order");
}

}  // namespace

Result<ReadOrder> read_order(const json::Value& value) {
    ReadOrder read = TRY(wire::explain(read_fields(value)));
    std::string document = canonical_text(value);
    read.content_hash = crypto::sha256(document);
    read.document = Pii(std::move(document));
    read.unknown_paths = find_unknown(value, order_shape(), "orders[]");
    return read;
}

void add_order(SearchPage& page, const json::Value& value) {
    auto read = read_order(value);
    if (read) page.orders.push_back(*std::move(read));
    else page.undecodable.push_back({id_of(value), Pii(canonical_text(value)), std::move(read).error()});
}

Result<SearchPage> read_search_page(const json::Value& body) { return wire::explain(read_page(body)); }

Result<ReadOrder> read_order_answer(const json::Value& body) {
    const json::Value* order = TRY(wire::explain(order_of(body)));
    return read_order(*order);
}

std::string canonical_text(const json::Value& value) {
    Canonical canonical;
    canonical.append(value);
    return canonical.take();
}

}  // namespace fairway::amazon
