#include "commerce/builtin/rules.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "store/products.hpp"

namespace fairway::commerce {

namespace {

using domain::CommerceLine;
using domain::CommerceStatus;
using domain::Money;
using domain::Parts;
using store::CommerceLineRecord;
using store::CommerceOrderRecord;

constexpr std::size_t kCarrierMax = 80;
constexpr std::size_t kTrackingMax = 100;
constexpr std::size_t kPackagesMax = 50;

std::string path(std::size_t package, std::string_view member) {
    return "packages[" + std::to_string(package) + "]." + std::string(member);
}

Status check_length(const std::string& text, std::size_t length_max, const std::string& field) {
    if (!is_valid_utf8(text))
        return fail(ErrorKind::invalid, "text_invalid", field + " is not valid UTF-8", field);
    if (utf8_length(text) <= length_max) return {};
    return fail(ErrorKind::invalid, "too_long",
                field + " has more than " + std::to_string(length_max) + " characters", field);
}

const CommerceLineRecord* find_line(const CommerceOrderRecord& order, int line) {
    const auto found = std::ranges::find_if(
        order.lines, [&](const CommerceLineRecord& each) { return each.quantities.line == line; });
    return found == order.lines.end() ? nullptr : &*found;
}

std::unexpected<Error> exceeds_open(const CommerceOrderRecord& order, const CommerceLine& line,
                                    std::int64_t asked, std::string field) {
    return fail(ErrorKind::invalid, "quantity_exceeds_open",
                "line " + std::to_string(line.line) + " of order " + order.number + " has " +
                    std::to_string(line.open()) + " units left to ship, not " + std::to_string(asked),
                std::move(field));
}

// One entry per line, whatever the request repeats; everything that is open when it names nothing. No package
// holds more of a line than was ordered, which also keeps the sums small; what is open is looked at later,
// since a package that is there already is called a repetition.
Result<std::vector<domain::LineQuantity>> collect_items(const CommerceOrderRecord& order,
                                                        const ShipPackage& package, std::size_t index) {
    std::map<int, std::int64_t> units;
    for (std::size_t i = 0; i < package.items.size(); ++i) {
        const ShipItem& item = package.items[i];
        const std::string field = path(index, "items[" + std::to_string(i) + "]");
        const CommerceLineRecord* line = find_line(order, item.line);
        if (line == nullptr)
            return fail(ErrorKind::invalid, "unknown_line",
                        "order " + order.number + " has no line " + std::to_string(item.line),
                        field + ".line");
        if (item.quantity <= 0)
            return fail(ErrorKind::invalid, "quantity_not_positive", "a quantity to ship is at least 1",
                        field + ".quantity");
        if (item.quantity > line->quantities.quantity_ordered - units[item.line])
            return exceeds_open(order, line->quantities, item.quantity, field + ".quantity");
        units[item.line] += item.quantity;
    }
    if (package.items.empty())
        for (const CommerceLineRecord& line : order.lines)
            if (line.quantities.open() > 0) units[line.quantities.line] = line.quantities.open();
    std::vector<domain::LineQuantity> items;
    for (const auto& [line, quantity] : units) items.push_back({line, quantity});
    return items;
}

// The same tracking and lines again. A package of "everything that is open" that finds nothing open repeats
// the one with its tracking.
bool is_repeated(const std::vector<domain::CommercePackage>& packages,
                 const domain::CommercePackage& package) {
    return std::ranges::any_of(packages, [&](const domain::CommercePackage& known) {
        return known.tracking == package.tracking && (known.items == package.items || package.items.empty());
    });
}

std::vector<domain::CommercePackage> packages_of(const CommerceOrderRecord& order) {
    std::vector<domain::CommercePackage> packages;
    for (const store::ShipmentRecord& each : order.shipments)
        packages.insert(packages.end(), each.shipment.packages.begin(), each.shipment.packages.end());
    return packages;
}

Status check_package_texts(const ShipPackage& package, std::size_t index) {
    if (trim(package.carrier).empty())
        return fail(ErrorKind::invalid, "carrier_missing", "a package needs a carrier",
                    path(index, "carrier"));
    if (trim(package.tracking).empty())
        return fail(ErrorKind::invalid, "tracking_missing", "a package needs a tracking number",
                    path(index, "tracking"));
    TRY(check_length(package.carrier, kCarrierMax, path(index, "carrier")));
    TRY(check_length(package.service, kCarrierMax, path(index, "service")));
    return check_length(package.tracking, kTrackingMax, path(index, "tracking"));
}

// Amazon refuses ship dates in the future and before the purchase.
Status check_shipped_at(const ShipPackage& package, std::size_t index, UtcTime purchased_at, UtcTime now) {
    if (!package.shipped_at || (*package.shipped_at <= now && *package.shipped_at >= purchased_at)) return {};
    return fail(ErrorKind::invalid, "shipped_at_invalid",
                "shipped_at lies before the purchase (" + format_rfc3339(purchased_at) + ") or in the future",
                path(index, "shipped_at"));
}

void return_units(db::Transaction& tx, const CommerceOrderRecord& order, const CommerceLine& line,
                  std::int64_t quantity, std::string_view reason, UtcTime now) {
    store::return_stock(tx, order.id, line.line, quantity * line.units, reason, now);
}

// Units of a line whose money was charged.
std::int64_t charged_units(const CommerceLine& line) {
    return line.quantity_ordered - line.quantity_cancelled;
}

Parts credit_share(const CommerceLineRecord& line, std::int64_t quantity) {
    return domain::share_of_units(line.parts, line.quantities.quantity_refunded, quantity,
                                  charged_units(line.quantities));
}

Money credited_total(const CommerceOrderRecord& order) {
    Money total = domain::zero(order.currency);
    for (const store::CreditMemoRecord& memo : order.credit_memos) total = total + memo.total();
    return total;
}

Money credited_shipping(const CommerceOrderRecord& order) {
    Money total = domain::zero(order.currency);
    for (const store::CreditMemoRecord& memo : order.credit_memos) total = total + memo.parts.shipping;
    return total;
}

// What the units carry: their share of each line and, with the order's last unit, what was charged on the
// order as a whole. Shipping that was credited beforehand is not credited again.
Parts parts_of_units(const CommerceOrderRecord& order, const std::map<int, std::int64_t>& units) {
    Parts parts = Parts::zero(order.currency);
    if (units.empty()) return parts;
    bool nothing_left = true;
    for (const CommerceLineRecord& line : order.lines) {
        const auto found = units.find(line.quantities.line);
        const std::int64_t quantity = found == units.end() ? 0 : found->second;
        if (quantity > 0) parts = parts + credit_share(line, quantity);
        nothing_left =
            nothing_left && line.quantities.quantity_refunded + quantity >= charged_units(line.quantities);
    }
    if (nothing_left) parts.other = parts.other + order.other;
    const Money shipping_left = order.totals().shipping - credited_shipping(order);
    parts.shipping.minor = std::min(parts.shipping.minor, shipping_left.minor);
    return parts;
}

// What keeps the credits within the order's total when amounts beyond the lines were credited beforehand:
// zero, or negative.
Money fit_into_total(const CommerceOrderRecord& order, const Parts& parts) {
    const Money left = order.totals().total() - credited_total(order);
    return {std::min<std::int64_t>(0, left.minor - parts.total().minor), order.currency};
}

// The units of a credit request, line by line.
Result<std::map<int, std::int64_t>> check_credit_lines(const CommerceOrderRecord& order,
                                                       const CreditRequest& request) {
    std::map<int, std::int64_t> units;
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const ShipItem& item = request.lines[i];
        const std::string field = "lines[" + std::to_string(i) + "]";
        const CommerceLineRecord* line = find_line(order, item.line);
        if (line == nullptr)
            return fail(ErrorKind::invalid, "unknown_line",
                        "order " + order.number + " has no line " + std::to_string(item.line),
                        field + ".line");
        if (item.quantity <= 0)
            return fail(ErrorKind::invalid, "quantity_not_positive", "a quantity to credit is at least 1",
                        field + ".quantity");
        const std::int64_t creditable = charged_units(line->quantities) - line->quantities.quantity_refunded;
        if (item.quantity > creditable - units[item.line])
            return fail(ErrorKind::invalid, "quantity_exceeds_creditable",
                        "line " + std::to_string(item.line) + " of order " + order.number + " has " +
                            std::to_string(creditable) + " units left to credit",
                        field + ".quantity");
        units[item.line] += item.quantity;
    }
    return units;
}

Status check_credit_amounts(const CommerceOrderRecord& order, const CreditRequest& request) {
    for (const auto& [amount, field] :
         {std::pair{request.shipping, "shipping"}, {request.adjustment, "adjustment"}})
        if (amount && (amount->currency != order.currency || amount->minor < 0))
            return fail(ErrorKind::invalid, "amount_invalid",
                        std::string(field) + " must not be negative and be in " + order.currency.str(),
                        field);
    return {};
}

// All packages together ship no more of a line than is open.
Status check_open_units(const CommerceOrderRecord& order, const domain::CommerceShipment& shipment) {
    std::map<int, std::int64_t> asked;
    for (const domain::CommercePackage& package : shipment.packages)
        for (const domain::LineQuantity& item : package.items) asked[item.line] += item.quantity;
    if (asked.empty())
        return fail(ErrorKind::conflict, "nothing_open",
                    "order " + order.number + " has no unit left to ship");
    for (const auto& [line, quantity] : asked) {
        const CommerceLine& quantities = find_line(order, line)->quantities;
        if (quantity > quantities.open()) return exceeds_open(order, quantities, quantity, "packages");
    }
    return {};
}

Result<store::CreditMemoRecord> check_credit(const CommerceOrderRecord& order, const CreditRequest& request,
                                             domain::Origin origin) {
    TRY(check_credit_amounts(order, request));
    store::CreditMemoRecord memo{.number = {},
                                 .origin = origin,
                                 .lines = {},
                                 .parts = Parts::zero(order.currency),
                                 .adjustment = request.adjustment.value_or(domain::zero(order.currency)),
                                 .return_to_stock = request.return_to_stock};
    const std::map<int, std::int64_t> units = TRY(check_credit_lines(order, request));
    for (const auto& [line, quantity] : units) memo.lines.push_back({line, quantity});
    memo.parts = parts_of_units(order, units);
    if (request.shipping) memo.parts.shipping = *request.shipping;
    else if (!request.adjustment) memo.adjustment = fit_into_total(order, memo.parts);
    if ((credited_shipping(order) + memo.parts.shipping).minor > order.totals().shipping.minor)
        return fail(ErrorKind::invalid, "amount_exceeds_creditable",
                    "more shipping than order " + order.number + " has", "shipping");
    if (memo.lines.empty() && memo.total().minor == 0)
        return fail(ErrorKind::invalid, "nothing_to_credit", "name lines, shipping or an adjustment",
                    "lines");
    if ((credited_total(order) + memo.total()).minor > order.totals().total().minor)
        return fail(ErrorKind::invalid, "amount_exceeds_creditable",
                    "credits would exceed the total of order " + order.number, "adjustment");
    return memo;
}

void announce_memo(db::Transaction& tx, const CommerceOrderRecord& order, CreditMemoId id, Money total,
                   UtcTime now) {
    const auto fresh = store::find_commerce_order(tx, order.id);
    const auto memo = std::ranges::find(fresh->credit_memos, id, &store::CreditMemoRecord::id);
    say(tx, order.id,
        {"commerce.credited",
         {{"number", memo->number},
          {"amount", domain::format_amount(total)},
          {"currency", order.currency.str()}}},
        now);
}

}  // namespace

bool is_closed(const CommerceOrderRecord& order) {
    return order.status == CommerceStatus::closed || order.status == CommerceStatus::canceled ||
           order.status == CommerceStatus::complete;
}

std::unexpected<Error> order_closed(const CommerceOrderRecord& order) {
    return fail(
        ErrorKind::conflict, "order_closed",
        "order " + order.number + " is " + std::string(domain::to_text(order.status)) + " and cannot change");
}

void say(db::Transaction& tx, CommerceOrderId id, domain::Note note, UtcTime now) {
    store::insert_comment(tx, id, {.author = "fairway", .note = std::move(note), .text = {}}, now);
}

void refresh_status(db::Transaction& tx, CommerceOrderId id, UtcTime now) {
    const auto order = store::find_commerce_order(tx, id);
    const domain::CommerceOrder facts = order->facts();
    if (order->status == CommerceStatus::canceled) return;
    const bool all_credited = std::ranges::all_of(
        facts.lines, [](const CommerceLine& line) { return line.quantity_refunded >= charged_units(line); });
    const bool is_settled =
        order->status == CommerceStatus::on_hold || order->status == CommerceStatus::complete;
    std::optional<CommerceStatus> status;
    if (all_credited && order->invoiced) status = CommerceStatus::closed;
    else if (!facts.has_open_units() && !facts.has_shipped_units()) status = CommerceStatus::canceled;
    else if (!facts.has_open_units() && !is_settled) status = CommerceStatus::shipped;
    if (status && *status != order->status) store::set_commerce_status(tx, id, *status, std::nullopt, now);
}

InvoiceId invoice_order(db::Transaction& tx, const CommerceOrderRecord& order, UtcTime now) {
    const store::InvoiceRecord invoice = store::insert_invoice(tx, order.id, order.totals(), now);
    say(tx, order.id,
        {"commerce.invoiced",
         {{"number", invoice.number},
          {"amount", domain::format_amount(order.totals().total())},
          {"currency", order.currency.str()}}},
        now);
    return invoice.id;
}

Result<domain::CommerceShipment> check_shipment(db::Reader& tx, const CommerceOrderRecord& order,
                                                const ShipRequest& request, domain::Origin origin,
                                                UtcTime now) {
    if (request.packages.empty() || request.packages.size() > kPackagesMax)
        return fail(ErrorKind::invalid, "packages_missing", "a shipment has 1 to 50 packages", "packages");
    const auto record = store::find_order(tx, order.order_id);
    CHECK(record.has_value(), "a commerce order belongs to a mirrored order");

    domain::CommerceShipment shipment{.origin = origin};
    std::vector<domain::CommercePackage> known = packages_of(order);
    for (std::size_t i = 0; i < request.packages.size(); ++i) {
        const ShipPackage& package = request.packages[i];
        TRY(check_package_texts(package, i));
        TRY(check_shipped_at(package, i, record->order.purchased_at, now));
        if (package.items.empty() && request.packages.size() > 1)
            return fail(ErrorKind::invalid, "items_missing", "each of several packages names its items",
                        path(i, "items"));
        domain::CommercePackage checked{.carrier = std::string(trim(package.carrier)),
                                        .service = std::string(trim(package.service)),
                                        .tracking = std::string(trim(package.tracking)),
                                        .shipped_at = package.shipped_at.value_or(now),
                                        .items = TRY(collect_items(order, package, i))};
        if (is_repeated(known, checked))
            return fail(ErrorKind::conflict, "duplicate_shipment",
                        "order " + order.number + " has a package with tracking " + checked.tracking +
                            " and the same lines already");
        known.push_back(checked);
        shipment.packages.push_back(std::move(checked));
    }
    if (is_closed(order)) return order_closed(order);
    TRY(check_open_units(order, shipment));
    return shipment;
}

ShipmentId save_shipment(db::Transaction& tx, const CommerceOrderRecord& order,
                         const domain::CommerceShipment& shipment, UtcTime now) {
    const ShipmentId id = store::insert_shipment(tx, order.id, shipment, now);
    std::map<int, std::int64_t> shipped;
    std::string tracking;
    for (const domain::CommercePackage& package : shipment.packages) {
        for (const domain::LineQuantity& item : package.items) shipped[item.line] += item.quantity;
        if (!package.tracking.empty()) tracking += (tracking.empty() ? "" : ", ") + package.tracking;
    }
    for (const auto& [line, quantity] : shipped) {
        CommerceLine quantities = find_line(order, line)->quantities;
        quantities.quantity_shipped += quantity;
        store::update_quantities(tx, order.id, quantities, now);
    }
    say(tx, order.id, {"commerce.shipped", {{"tracking", tracking.empty() ? "-" : tracking}}}, now);
    refresh_status(tx, order.id, now);
    return id;
}

void withdraw_by_memo(db::Transaction& tx, const CommerceOrderRecord& order,
                      const std::vector<domain::LineQuantity>& lines, UtcTime now) {
    std::map<int, std::int64_t> units;
    for (const domain::LineQuantity& each : lines) units[each.line] = each.quantity;
    store::CreditMemoRecord memo{.number = {},
                                 .origin = domain::Origin::amazon,
                                 .lines = lines,
                                 .parts = parts_of_units(order, units),
                                 .adjustment = domain::zero(order.currency)};
    memo.adjustment = fit_into_total(order, memo.parts);
    const CreditMemoId id = store::insert_credit_memo(tx, order.id, memo, now);
    for (const domain::LineQuantity& each : lines) {
        CommerceLine quantities = find_line(order, each.line)->quantities;
        quantities.quantity_refunded += each.quantity;
        quantities.quantity_withdrawn += each.quantity;
        store::update_quantities(tx, order.id, quantities, now);
        return_units(tx, order, quantities, each.quantity, "credit_memo", now);
    }
    announce_memo(tx, order, id, memo.total(), now);
    refresh_status(tx, order.id, now);
}

void withdraw_by_cancel(db::Transaction& tx, const CommerceOrderRecord& order,
                        const std::vector<domain::LineQuantity>& lines, UtcTime now) {
    for (const domain::LineQuantity& each : lines) {
        CommerceLine quantities = find_line(order, each.line)->quantities;
        quantities.quantity_cancelled += each.quantity;
        store::update_quantities(tx, order.id, quantities, now);
        return_units(tx, order, quantities, each.quantity, "cancel", now);
    }
    refresh_status(tx, order.id, now);
}

Result<CreditMemoId> save_credit(db::Transaction& tx, const CommerceOrderRecord& order,
                                 const CreditRequest& request, domain::Origin origin, UtcTime now) {
    const store::CreditMemoRecord memo = TRY(check_credit(order, request, origin));
    const CreditMemoId id = store::insert_credit_memo(tx, order.id, memo, now);
    for (const domain::LineQuantity& each : memo.lines) {
        CommerceLine quantities = find_line(order, each.line)->quantities;
        // What was shipped is credited first; the rest will not be shipped any more.
        const std::int64_t shipped_left =
            quantities.quantity_shipped - (quantities.quantity_refunded - quantities.quantity_withdrawn);
        const std::int64_t from_shipped = std::min(each.quantity, std::max<std::int64_t>(0, shipped_left));
        quantities.quantity_refunded += each.quantity;
        quantities.quantity_withdrawn += each.quantity - from_shipped;
        store::update_quantities(tx, order.id, quantities, now);
        if (request.return_to_stock) return_units(tx, order, quantities, each.quantity, "credit_memo", now);
    }
    announce_memo(tx, order, id, memo.total(), now);
    refresh_status(tx, order.id, now);
    return id;
}

}  // namespace fairway::commerce
