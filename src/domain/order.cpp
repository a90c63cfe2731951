#include "domain/order.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "base/fault_point.hpp"

namespace fairway::domain {

namespace {

// Programs whose label is bought at Amazon.
constexpr std::array<std::string_view, 3> kConfirmedByAmazon{"PRIME", "FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"};

// The part of `amount` that units (before, before + quantity] of `of` carry. Cumulative rounding: whatever
// the steps, the parts of all units add up to the amount.
Money share(Money amount, std::int64_t before, std::int64_t quantity, std::int64_t of) {
    const auto upto = [&](std::int64_t units) {
        const __int128 product = static_cast<__int128>(amount.minor) * units;
        return static_cast<std::int64_t>(product / of);
    };
    return {upto(before + quantity) - upto(before), amount.currency};
}

bool has_live_units(const AmazonOrder& order, const OrderLine& line) {
    return line.quantity_ordered > cancelled_units(order, line);
}

}  // namespace

Parts Parts::zero(Currency currency) {
    const Money none = domain::zero(currency);
    return {none, none, none, none, none, none};
}

Parts operator+(const Parts& a, const Parts& b) {
    return {a.item + b.item,           a.tax + b.tax,    a.shipping + b.shipping, a.discount + b.discount,
            a.gift_wrap + b.gift_wrap, a.other + b.other};
}

Parts operator-(const Parts& a, const Parts& b) {
    return {a.item - b.item,           a.tax - b.tax,    a.shipping - b.shipping, a.discount - b.discount,
            a.gift_wrap - b.gift_wrap, a.other - b.other};
}

Parts share_of_units(const Parts& line, std::int64_t before, std::int64_t quantity, std::int64_t of) {
    CHECK(before >= 0 && quantity >= 0 && before + quantity <= of && of > 0,
          "a share is of units the line has");
    const auto part = [&](Money amount) { return share(amount, before, quantity, of); };
    return {part(line.item),     part(line.tax),       part(line.shipping),
            part(line.discount), part(line.gift_wrap), part(line.other)};
}

const OrderLine* AmazonOrder::find_line(const OrderItemId& item) const {
    const auto found = std::ranges::find(lines, item, &OrderLine::order_item_id);
    return found == lines.end() ? nullptr : &*found;
}

std::int64_t cancelled_units(const AmazonOrder& order, const OrderLine& line) {
    const std::int64_t still_expected =
        order.status == AmazonStatus::canceled ? 0 : line.quantity_unfulfilled;
    return std::max<std::int64_t>(0, line.quantity_ordered - line.quantity_fulfilled - still_expected);
}

std::vector<std::string> missing_fields(const Address& address) {
    // A company or a pick-up point may stand for a person. Japan's addresses may name no city, many countries
    // have no postal codes and some places no streets: each of these is asked for in no more than one way.
    const bool has_place = !address.city.empty() || !address.district.empty() || !address.postal_code.empty();
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const bool has_country = address.country.size() == 2 && std::ranges::all_of(address.country, is_letter);
    std::vector<std::string> missing;
    if (address.name.empty() && address.company.empty()) missing.emplace_back("name");
    if (address.line1.empty() && address.line2.empty() && address.line3.empty())
        missing.emplace_back("line1");
    if (!has_place) missing.emplace_back("city");
    if (!has_country) missing.emplace_back("country");
    return missing;
}

bool may_be_confirmed(const AmazonOrder& order) {
    if (order.fulfilled_by != FulfilledBy::merchant) return false;
    return std::ranges::none_of(order.programs, [](const std::string& program) {
        return std::ranges::find(kConfirmedByAmazon, program) != kConfirmedByAmazon.end();
    });
}

Parts charged_parts(const AmazonOrder& order, const OrderLine& line, Currency currency) {
    Parts parts = line.proceeds.value_or(Parts::zero(currency));
    if (mutant("money_of_another_part")) std::swap(parts.tax, parts.shipping);
    if (has_live_units(order, line)) return parts;
    std::int64_t all_minor = order.order_other.value_or(zero(currency)).minor;
    for (const OrderLine& each : order.lines)
        if (each.proceeds) all_minor += each.proceeds->total().minor;
    const bool total_has_it = order.total && order.total->minor == all_minor;
    return total_has_it ? parts : Parts::zero(currency);
}

std::optional<MoneyMismatch> find_money_mismatch(const AmazonOrder& order) {
    std::optional<Money> live = order.order_other;
    std::optional<Money> all = order.order_other;
    for (const OrderLine& line : order.lines) {
        const bool is_live = has_live_units(order, line);
        if (!line.proceeds) {
            // An order with a total but a line without money cannot be right; without a total nothing is
            // known yet, and a line that is wholly cancelled has none.
            if (is_live && order.total && order.total->minor != 0)
                return MoneyMismatch{zero(order.total->currency), *order.total, line.line};
            continue;
        }
        const Money parts = line.proceeds->total();
        if (line.proceeds_total && *line.proceeds_total != parts)
            return MoneyMismatch{parts, *line.proceeds_total, line.line};
        if (all && all->currency != parts.currency) return MoneyMismatch{parts, *all, line.line};
        all = all ? *all + parts : parts;
        if (is_live) live = live ? *live + parts : parts;
    }
    // Amazon's total is without the lines that are wholly cancelled; while they show their money it may be
    // with them.
    if (!order.total || !all || *all == *order.total || live == *order.total) return std::nullopt;
    return MoneyMismatch{*all, *order.total, 0};
}

AmazonOrder merge(const AmazonOrder& known, AmazonOrder read) {
    std::vector<OrderLine> lines = known.lines;
    for (OrderLine& incoming : read.lines) {
        const auto found = std::ranges::find(lines, incoming.order_item_id, &OrderLine::order_item_id);
        if (found == lines.end()) {
            incoming.line = static_cast<int>(lines.size()) + 1;
            lines.push_back(std::move(incoming));
            continue;
        }
        incoming.line = found->line;
        incoming.quantity_ordered = std::max(incoming.quantity_ordered, found->quantity_ordered);
        // Money once shown stays: Amazon blanks it on cancelled lines, and what was sold does not change by
        // that.
        if (!incoming.proceeds) {
            incoming.proceeds = found->proceeds;
            incoming.proceeds_total = found->proceeds_total;
        }
        *found = std::move(incoming);
    }
    read.lines = std::move(lines);
    if (!read.total) read.total = known.total;
    return read;
}

}  // namespace fairway::domain
