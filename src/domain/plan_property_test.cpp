// The rules that hold whatever happens: a plan that was carried out leaves nothing to plan, nothing is asked
// for twice, and Amazon hears only of what it must be told.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "domain/mismatch.hpp"
#include "domain/plan_fixture.hpp"
#include "domain/plan_model.hpp"

namespace fairway::domain {
namespace {

std::int64_t upto(std::int64_t most) { return *rc::gen::inRange<std::int64_t>(0, most + 1); }
bool coin() { return *rc::gen::arbitrary<bool>(); }
template <class Enum>
Enum any() {
    const auto index = *rc::gen::inRange<std::size_t>(0, kTexts<Enum>.size());
    return kTexts<Enum>[index].first;
}

std::vector<std::string> any_programs() {
    const std::vector<std::string> known{"PRIME", "FBM_SHIP_PLUS", "AMAZON_EASY_SHIP", "AMAZON_BUSINESS"};
    if (coin()) return {};
    return {known[static_cast<std::size_t>(upto(3))]};
}

void any_settings(FactsBuilder& facts) {
    facts->settings.import_orders = upto(4) > 0;
    facts->settings.pending_orders = coin() ? PendingOrders::reserve : PendingOrders::ignore;
    facts->settings.look_back_days = static_cast<int>(upto(3));
    facts->import_switches = {{kConnected, coin()}, {kConnected + hours(20), coin()}};
    facts->order.purchased_at = kConnected + hours(upto(60)) - hours(30);
}

// Lines as Amazon may show them: shipped, cancelled and open units in any mixture.
FactsBuilder any_order() {
    FactsBuilder facts;
    const std::int64_t lines = 1 + upto(2);
    for (int line = 1; line <= lines; ++line) {
        const std::int64_t ordered = upto(4);
        facts.line(ordered);
        const std::int64_t fulfilled = upto(ordered);
        facts.fulfilled(line, fulfilled);
        facts.cancelled(line, upto(ordered - fulfilled));
    }
    facts.status(any<AmazonStatus>());
    facts->order.fulfilled_by = upto(4) > 0 ? FulfilledBy::merchant : FulfilledBy::amazon;
    facts->order.programs = any_programs();
    facts->order.replacement = upto(5) == 0;
    return facts;
}

// Products, stock and reservations, two lines of one product among them.
void any_products(FactsBuilder& facts) {
    for (const OrderLine& each : facts.facts().order.lines) {
        ResolvedLine& target = facts.resolved(each.line);
        target.product_sku = product_sku(1 + static_cast<int>(upto(1)));
        target.units = 1 + upto(1);
        target.enabled = upto(5) > 0;
        if (upto(3) == 0) facts.reserved(each.line, 1 + upto(3));
    }
    const std::int64_t salable[] = {upto(12), upto(12)};
    for (ResolvedLine& target : facts->resolved) {
        target.salable = salable[*target.product_sku == product_sku(1) ? 0 : 1];
        if (upto(6) == 0) target.product_sku.reset();
    }
    if (upto(3) == 0) facts->block = Block{BlockReason::refused, 1, seller_sku(1), product_sku(1), {}};
    if (upto(6) == 0) facts.amazon_line(1).proceeds.reset();
    if (upto(5) == 0) facts->address_missing = {"city"};
    if (upto(5) == 0) facts->order.total = eur(upto(20) * 500);
    if (coin()) facts->decisions = {{std::string(kImportAnyway), amounts_of(facts->order)}};
}

// A commerce order of which some units are shipped, credited and cancelled, with commands in any state.
void any_commerce(FactsBuilder& facts) {
    facts.imported();
    facts->commerce->invoiced = coin();
    std::int64_t package = 1;
    for (CommerceLine& line : facts->commerce->lines) {
        line.quantity_cancelled = upto(line.quantity_ordered);
        line.quantity_withdrawn = facts->commerce->invoiced ? upto(line.open()) : 0;
        line.quantity_refunded = line.quantity_withdrawn;
        while (line.open() > 0 && coin()) {
            const Origin origin = any<Origin>();
            facts.shipped(package, line.line, 1 + upto(line.open() - 1), origin);
            if (origin != Origin::amazon && coin())
                facts.command(package, any<CommandState>(), std::to_string(1000 + package));
            ++package;
        }
    }
    facts->commerce->status = any<CommerceStatus>();
    if (coin()) facts.amazon_package(std::to_string(1000 + upto(4)), 1, 1);
}

PlanModel any_facts() {
    FactsBuilder facts = any_order();
    any_settings(facts);
    if (coin()) any_commerce(facts);
    else any_products(facts);
    facts->import_state = any<ImportState>();
    facts->look_again = coin();
    return PlanModel(facts.facts());
}

RC_GTEST_PROP(PlanProperty, a_plan_that_was_carried_out_leaves_nothing_to_plan, ()) {
    PlanModel model = any_facts();
    RC_ASSERT(model.settle());
    RC_ASSERT(model.faults == std::vector<std::string>{});
}

RC_GTEST_PROP(PlanProperty, the_same_facts_give_the_same_plan, ()) {
    PlanModel first = any_facts();
    PlanModel second(first.facts);
    first.settle();
    second.settle();
    RC_ASSERT(first.notes == second.notes);
    RC_ASSERT(first.facts.import_state == second.facts.import_state);
}

// A number as another tool chooses it: its own, or as Fairway counts, one that a command holds which Amazon
// has not accepted among them.
std::string any_foreign_number(const OrderFacts& facts) {
    const std::string own = "SC" + std::to_string(facts.order.packages.size());
    const std::string number = std::to_string(1001 + upto(3));
    if (coin()) return own;
    const bool shown = std::ranges::find(facts.order.packages, number, &AmazonPackage::reference_id) !=
                       facts.order.packages.end();
    const bool accepted = std::ranges::any_of(facts.commands, [&](const CommandFacts& command) {
        return command.cause == number && command.accepted_at;
    });
    return shown || accepted ? own : number;
}

// What may happen to an order between two plans.
void amazon_ships(PlanModel& model, OrderLine& line) {
    const std::int64_t quantity = upto(line.quantity_unfulfilled);
    if (quantity == 0) return;
    line.quantity_fulfilled += quantity;
    line.quantity_unfulfilled -= quantity;
    if (!coin()) return;
    model.facts.order.packages.push_back({.reference_id = any_foreign_number(model.facts),
                                          .carrier = "UPS",
                                          .tracking = coin() ? "THEIRS" : "",
                                          .items = {{line.order_item_id, quantity}}});
}

void amazon_answers(PlanModel& model) {
    for (CommandFacts& command : model.facts.commands) {
        if (command.state == CommandState::verified) continue;
        command.state = any<CommandState>();
        if (command.state == CommandState::verified) command.state = CommandState::queued;
        if (command.state == CommandState::accepted) command.accepted_at = model.facts.now;
    }
}

// Of the confirmations that were accepted, Amazon shows what it counts.
void amazon_shows(PlanModel& model) {
    for (const CommandFacts& command : model.facts.commands) {
        if (command.state != CommandState::accepted) continue;
        const bool shown =
            std::ranges::find(model.facts.order.packages, command.cause, &AmazonPackage::reference_id) !=
            model.facts.order.packages.end();
        if (shown) continue;
        AmazonPackage package{.reference_id = command.cause};
        for (const LineQuantity& item : command.items) {
            OrderLine& line = model.facts.order.lines.at(static_cast<std::size_t>(item.line) - 1);
            const std::int64_t quantity = std::min(item.quantity, line.quantity_unfulfilled);
            line.quantity_fulfilled += quantity;
            line.quantity_unfulfilled -= quantity;
            package.items.push_back({line.order_item_id, quantity});
        }
        model.facts.order.packages.push_back(std::move(package));
    }
}

void set_amazon_status(AmazonOrder& order) {
    std::int64_t open = 0;
    std::int64_t fulfilled = 0;
    for (const OrderLine& line : order.lines) {
        open += line.quantity_unfulfilled;
        fulfilled += line.quantity_fulfilled;
    }
    if (open > 0) order.status = fulfilled > 0 ? AmazonStatus::partially_shipped : AmazonStatus::unshipped;
    else order.status = fulfilled > 0 ? AmazonStatus::shipped : AmazonStatus::canceled;
}

void happen(PlanModel& model) {
    AmazonOrder& order = model.facts.order;
    OrderLine& line = order.lines.at(static_cast<std::size_t>(upto(std::ssize(order.lines) - 1)));
    switch (upto(8)) {
        case 0: amazon_ships(model, line); break;
        case 1: line.quantity_unfulfilled -= upto(line.quantity_unfulfilled); break;
        case 2: amazon_answers(model); break;
        case 3: amazon_shows(model); break;
        case 4: model.ship(line.line, upto(line.quantity_ordered), Origin::operator_); break;
        case 5: model.ship(line.line, upto(line.quantity_ordered), Origin::backend); break;
        case 6: model.withdraw_here(line.line, upto(line.quantity_ordered)); break;
        case 7: model.facts.settings.import_orders = coin(); break;
        case 8:
            model.facts.now += hours(1);
            model.facts.tick_started = model.facts.now;
            break;
        default: break;
    }
    set_amazon_status(order);
}

PlanModel any_new_order() {
    FactsBuilder facts;
    const std::int64_t lines = 1 + upto(2);
    for (int line = 1; line <= lines; ++line) facts.line(1 + upto(3));
    facts->order.programs = any_programs();
    return PlanModel(facts.facts());
}

RC_GTEST_PROP(PlanProperty, nothing_is_asked_for_twice_in_a_whole_life, ()) {
    PlanModel model = any_new_order();
    RC_ASSERT(model.settle());
    for (std::int64_t left = upto(20); left > 0; --left) {
        happen(model);
        RC_ASSERT(model.settle());
        RC_ASSERT(model.faults == std::vector<std::string>{});
    }
}

RC_GTEST_PROP(PlanProperty, both_sides_agree_once_amazon_has_ended_the_order, ()) {
    PlanModel model = any_new_order();
    RC_ASSERT(model.settle());
    for (std::int64_t left = upto(12); left > 0; --left) {
        happen(model);
        RC_ASSERT(model.settle());
    }
    if (!model.facts.commerce) return;
    for (OrderLine& line : model.facts.order.lines) amazon_ships(model, line);
    for (OrderLine& line : model.facts.order.lines) line.quantity_unfulfilled = 0;
    set_amazon_status(model.facts.order);
    RC_ASSERT(model.settle());
    for (const OrderLine& line : model.facts.order.lines) {
        const CommerceLine& ours = *model.facts.commerce->find_line(line.line);
        // No unit is owed here that Amazon does not expect.
        RC_ASSERT(ours.open() == 0);
        // What only one side has shipped or cancelled is with a person.
        if (ours.quantity_shipped > line.quantity_fulfilled)
            RC_ASSERT(std::ranges::count(model.facts.attention, "cancelled_after_shipping",
                                         &AttentionFacts::kind) > 0);
        if (ours.quantity_shipped < line.quantity_fulfilled)
            RC_ASSERT(
                std::ranges::count(model.facts.attention, "shipped_after_cancel", &AttentionFacts::kind) > 0);
    }
    for (const CommandFacts& command : model.facts.commands)
        RC_ASSERT(command.state != CommandState::queued && command.state != CommandState::unknown);
}

}  // namespace
}  // namespace fairway::domain
