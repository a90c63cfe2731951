#pragma once
// For the tests of plan(): facts that read like a sentence, questions to a plan, and a model of what carrying
// a plan out does to the facts.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "domain/plan.hpp"

namespace fairway::domain {

inline constexpr UtcTime kConnected = from_micros(1'790'000'000'000'000);
inline constexpr UtcTime kPlaced = kConnected + days(1);
inline constexpr UtcTime kNow = kConnected + days(2);
inline constexpr UtcTime kTickStarted = kNow - minutes(1);

inline Money eur(std::int64_t cents) { return {cents, Currency::of("EUR")}; }
inline OrderItemId item_id(int line) { return OrderItemId("item-" + std::to_string(line)); }
inline SellerSku seller_sku(int line) { return SellerSku("SELLER-" + std::to_string(line)); }
inline ProductSku product_sku(int line) { return ProductSku("PRODUCT-" + std::to_string(line)); }

// An order of no lines yet, Unshipped, placed after the store was connected, import on.
class FactsBuilder {
public:
    FactsBuilder() {
        facts_.order.id = AmazonOrderId("402-1234567-1234567");
        facts_.order.status = AmazonStatus::unshipped;
        facts_.order.purchased_at = kPlaced;
        facts_.order.updated_at = kPlaced;
        facts_.order.ship_by = kPlaced + days(2);
        facts_.import_from = kConnected;
        facts_.import_switches = {{kConnected, true}};
        facts_.now = kNow;
        facts_.tick_started = kTickStarted;
    }

    // A line of so many units at 10.00 EUR, with a product of which plenty is there.
    FactsBuilder& line(std::int64_t ordered) {
        const int number = static_cast<int>(facts_.order.lines.size()) + 1;
        Parts parts = Parts::zero(Currency::of("EUR"));
        parts.item = eur(1000) * ordered;
        facts_.order.lines.push_back({.line = number,
                                      .order_item_id = item_id(number),
                                      .seller_sku = seller_sku(number),
                                      .quantity_ordered = ordered,
                                      .quantity_unfulfilled = ordered,
                                      .proceeds = parts,
                                      .proceeds_total = parts.total()});
        facts_.order.total = facts_.order.total.value_or(eur(0)) + parts.total();
        facts_.resolved.push_back({.line = number, .product_sku = product_sku(number), .salable = 1000});
        return *this;
    }
    FactsBuilder& status(AmazonStatus status) {
        facts_.order.status = status;
        return *this;
    }
    // Units of a line that Amazon counts as shipped.
    FactsBuilder& fulfilled(int line, std::int64_t quantity) {
        amazon_line(line).quantity_fulfilled += quantity;
        amazon_line(line).quantity_unfulfilled -= quantity;
        return *this;
    }
    // Units of a line that Amazon has cancelled.
    FactsBuilder& cancelled(int line, std::int64_t quantity) {
        amazon_line(line).quantity_unfulfilled -= quantity;
        return *this;
    }
    // A package that Amazon shows.
    FactsBuilder& amazon_package(const std::string& reference, int line, std::int64_t quantity) {
        facts_.order.packages.push_back({.reference_id = reference,
                                         .carrier = "DHL",
                                         .tracking = "T" + reference,
                                         .shipped_at = kPlaced + hours(3),
                                         .items = {{item_id(line), quantity}}});
        return *this;
    }
    FactsBuilder& stock(int line, std::int64_t salable) {
        resolved(line).salable = salable;
        return *this;
    }
    FactsBuilder& multipack(int line, std::int64_t units) {
        resolved(line).units = units;
        return *this;
    }
    FactsBuilder& no_product(int line) {
        resolved(line).product_sku.reset();
        return *this;
    }
    FactsBuilder& disabled_product(int line) {
        resolved(line).enabled = false;
        return *this;
    }
    FactsBuilder& reserved(int line, std::int64_t quantity) {
        facts_.reservations.push_back({line, seller_sku(line), product_sku(line), quantity});
        return *this;
    }

    // The commerce order as it is made of the order's lines as they are now.
    FactsBuilder& imported() {
        facts_.commerce = CommerceOrder{.id = {7}, .status = CommerceStatus::processing, .invoiced = true};
        for (const OrderLine& each : facts_.order.lines)
            facts_.commerce->lines.push_back({.line = each.line,
                                              .product_sku = product_sku(each.line),
                                              .quantity_ordered = each.quantity_ordered,
                                              .quantity_cancelled = cancelled_units(facts_.order, each)});
        facts_.resolved.clear();
        facts_.import_state = ImportState::imported;
        facts_.intents.push_back({"create_order", "create"});
        return *this;
    }
    // A shipment of one package saved in the back end; its row is `package_id`.
    FactsBuilder& shipped(std::int64_t package_id, int line, std::int64_t quantity,
                          Origin origin = Origin::operator_) {
        commerce_line(line).quantity_shipped += quantity;
        facts_.commerce->shipments.push_back(
            {.id = {package_id},
             .origin = origin,
             .packages = {{.id = package_id, .carrier = "DHL", .items = {{line, quantity}}}}});
        if (!facts_.commerce->has_open_units()) facts_.commerce->status = CommerceStatus::shipped;
        return *this;
    }
    FactsBuilder& command(std::int64_t package_id, CommandState state, const std::string& cause = "1001") {
        CommandFacts command{.id = {package_id}, .state = state, .cause = cause, .package_id = package_id};
        if (state == CommandState::accepted) command.accepted_at = kTickStarted - seconds(1);
        facts_.commands.push_back(command);
        return *this;
    }

    OrderLine& amazon_line(int line) { return facts_.order.lines.at(static_cast<std::size_t>(line) - 1); }
    ResolvedLine& resolved(int line) { return facts_.resolved.at(static_cast<std::size_t>(line) - 1); }
    CommerceLine& commerce_line(int line) {
        return facts_.commerce->lines.at(static_cast<std::size_t>(line) - 1);
    }
    OrderFacts* operator->() { return &facts_; }
    const OrderFacts& facts() const { return facts_; }
    Plan plan() const { return domain::plan(facts_); }

private:
    OrderFacts facts_;
};

template <class E>
std::vector<E> all_of(const Plan& plan) {
    std::vector<E> effects;
    for (const Effect& effect : plan.effects)
        if (const E* found = std::get_if<E>(&effect)) effects.push_back(*found);
    return effects;
}
template <class E>
bool has(const Plan& plan) {
    return !all_of<E>(plan).empty();
}
// The plan's one effect of that kind; the test fails if there is none or another one.
template <class E>
E the(const Plan& plan) {
    const std::vector<E> effects = all_of<E>(plan);
    EXPECT_EQ(effects.size(), 1u) << "effects of the kind that was asked for";
    return effects.empty() ? E{} : effects.front();
}
inline std::vector<std::string> notes_of(const Plan& plan) {
    std::vector<std::string> codes;
    for (const WriteNote& each : all_of<WriteNote>(plan)) codes.push_back(each.note.code);
    return codes;
}
template <class E>
std::size_t position_of(const Plan& plan) {
    const auto found = std::ranges::find_if(
        plan.effects, [](const Effect& effect) { return std::holds_alternative<E>(effect); });
    return static_cast<std::size_t>(found - plan.effects.begin());
}

}  // namespace fairway::domain
