#include "domain/mismatch.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace fairway::domain {

namespace {

bool is_live(const AmazonOrder& order, const OrderLine& line) {
    return line.quantity_ordered > cancelled_units(order, line);
}

// A commerce order without money would be a gift; only a replacement is one.
bool lacks_money(const AmazonOrder& order, const OrderLine& line) {
    return !line.proceeds && is_live(order, line) && !order.replacement;
}

// nullopt when amounts are in several currencies, or when there are none.
std::optional<Currency> only_currency(const AmazonOrder& order) {
    std::vector<Currency> all;
    if (order.total) all.push_back(order.total->currency);
    if (order.order_other) all.push_back(order.order_other->currency);
    for (const OrderLine& line : order.lines)
        if (line.proceeds) all.push_back(line.proceeds->item.currency);
    const bool same = std::ranges::all_of(all, [&](Currency each) { return each == all.front(); });
    return same && !all.empty() ? std::optional(all.front()) : std::nullopt;
}

std::string text_of(const std::optional<Money>& money) {
    return money ? format_amount(*money) + " " + money->currency.str() : "-";
}

std::string text_of(const Parts& parts) {
    std::string text;
    for (const Money& part :
         {parts.item, parts.tax, parts.shipping, parts.discount, parts.gift_wrap, parts.other})
        text += (text.empty() ? "" : ", ") + text_of(part);
    return text;
}

}  // namespace

std::optional<Block> find_money_block(const AmazonOrder& order) {
    if (const auto mismatch = find_money_mismatch(order))
        return Block{BlockReason::money_mismatch,
                     mismatch->line,
                     {},
                     {},
                     {{"parts", format_amount(mismatch->parts)},
                      {"stated", format_amount(mismatch->stated)},
                      {"currency", mismatch->stated.currency.str()}}};
    for (const OrderLine& line : order.lines)
        if (lacks_money(order, line))
            return Block{BlockReason::money_mismatch,
                         line.line,
                         {},
                         {},
                         {{"parts", "-"},
                          {"stated", order.total ? format_amount(*order.total) : "-"},
                          {"currency", order.total ? order.total->currency.str() : ""}}};
    return std::nullopt;
}

std::string amounts_of(const AmazonOrder& order) {
    std::string text;
    for (const OrderLine& line : order.lines)
        text += "line " + std::to_string(line.line) + ": " + (line.proceeds ? text_of(*line.proceeds) : "-") +
                " = " + text_of(line.proceeds_total) + "; ";
    return text + "other: " + text_of(order.order_other) + "; total: " + text_of(order.total);
}

bool can_be_charged(const AmazonOrder& order) {
    if (!only_currency(order)) return false;
    const bool all_known =
        std::ranges::none_of(order.lines, [&](const OrderLine& line) { return lacks_money(order, line); });
    return all_known || order.total == charged_total(order);
}

Money charged_total(const AmazonOrder& order) {
    const auto currency = only_currency(order);
    CHECK(currency.has_value(), "amounts of one currency are added up");
    Money total = order.order_other.value_or(zero(*currency));
    for (const OrderLine& line : order.lines) total = total + charged_parts(order, line, *currency).total();
    return total;
}

}  // namespace fairway::domain
