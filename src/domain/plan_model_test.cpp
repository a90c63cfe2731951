#include <gtest/gtest.h>

#include <algorithm>

#include "domain/plan_fixture.hpp"
#include "domain/plan_model.hpp"
#include "domain/texts.hpp"

namespace fairway::domain {

void PlanModel::must(bool condition, const std::string& fault) {
    if (!condition) faults.push_back(fault);
}

void PlanModel::ask(const std::string& kind, const std::string& cause) {
    const bool repeated = std::ranges::any_of(facts.intents, [&](const IntentFacts& intent) {
        return intent.kind == kind && intent.cause == cause;
    });
    must(!repeated, "asked twice for " + kind + " " + cause);
    facts.intents.push_back({kind, cause});
}

CommerceLine* PlanModel::commerce_line(int line) {
    if (!facts.commerce) return nullptr;
    const auto found = std::ranges::find(facts.commerce->lines, line, &CommerceLine::line);
    return found == facts.commerce->lines.end() ? nullptr : &*found;
}

void PlanModel::refresh_status() {
    CommerceOrder& order = *facts.commerce;
    if (order.status == CommerceStatus::canceled) return;
    const bool all_credited = std::ranges::all_of(order.lines, [](const CommerceLine& line) {
        return line.quantity_refunded >= line.quantity_ordered - line.quantity_cancelled;
    });
    if (all_credited && order.invoiced) order.status = CommerceStatus::closed;
    else if (!order.has_open_units() && !order.has_shipped_units()) order.status = CommerceStatus::canceled;
    else if (!order.has_open_units() && order.status != CommerceStatus::complete)
        order.status = CommerceStatus::shipped;
}

bool PlanModel::settle() {
    constexpr int kStepsMax = 12;
    for (int step = 0; step < kStepsMax; ++step) {
        const Plan plan = domain::plan(facts);
        if (plan.empty()) return true;
        for (const Effect& effect : plan.effects) std::visit(*this, effect);
    }
    return false;
}

void PlanModel::ship(int line, std::int64_t quantity, Origin origin) {
    CommerceLine* ours = commerce_line(line);
    if (ours == nullptr || quantity <= 0 || quantity > ours->open()) return;
    ours->quantity_shipped += quantity;
    const std::int64_t id = next_package_++;
    facts.commerce->shipments.push_back(
        {.id = {id},
         .origin = origin,
         .packages = {{.id = id, .carrier = "DHL", .items = {{line, quantity}}}}});
    refresh_status();
}

void PlanModel::withdraw_here(int line, std::int64_t quantity) {
    CommerceLine* ours = commerce_line(line);
    if (ours == nullptr || quantity <= 0 || quantity > ours->open()) return;
    if (facts.commerce->invoiced) {
        ours->quantity_refunded += quantity;
        ours->quantity_withdrawn += quantity;
    } else {
        ours->quantity_cancelled += quantity;
    }
    refresh_status();
}

void PlanModel::operator()(const ReserveStock& effect) {
    const Reservation& wanted = effect.reservation;
    must(std::ranges::find(facts.reservations, wanted.line, &Reservation::line) == facts.reservations.end(),
         "a line reserves twice");
    std::int64_t reserved = wanted.quantity;
    for (const Reservation& has : facts.reservations)
        if (has.product_sku == wanted.product_sku) reserved += has.quantity;
    for (const ResolvedLine& target : facts.resolved)
        if (target.product_sku == wanted.product_sku)
            must(reserved <= target.salable, "more is reserved than there is");
    must(facts.order.fulfilled_by == FulfilledBy::merchant, "an order fulfilled by Amazon touches stock");
    must(!facts.commerce, "an order with a commerce order reserves stock");
    facts.reservations.push_back(wanted);
}

void PlanModel::operator()(const ReleaseStock& effect) {
    const auto erased =
        std::erase_if(facts.reservations, [&](const Reservation& each) { return each.line == effect.line; });
    must(erased == 1, "releases what is not reserved");
}

void PlanModel::operator()(const SetImportState& effect) {
    must(facts.import_state != effect.state, "sets the import state that is set");
    facts.import_state = effect.state;
}

void PlanModel::operator()(const SetBlock& effect) {
    must(facts.block != effect.block, "sets the block that is set");
    facts.block = effect.block;
}

void PlanModel::operator()(const ClearBlock&) {
    must(facts.block.has_value(), "clears no block");
    facts.block.reset();
}

void PlanModel::operator()(const SetLookAgain& effect) {
    must(facts.look_again != effect.look_again, "sets look_again as it is");
    facts.look_again = effect.look_again;
}

void PlanModel::operator()(const WriteNote& effect) {
    for (const Language language : {Language::en, Language::it}) {
        const std::string text = render(effect.note, language);
        must(text != effect.note.code, "no text for " + effect.note.code);
        must(text.find('?') == std::string::npos, "a parameter is missing: " + text);
    }
    notes.push_back(effect.note);
    facts.note = effect.note.code;
}

void PlanModel::operator()(const OpenAttention& effect) {
    const AttentionFacts item{effect.kind, effect.cause};
    must(!effect.cause.empty(), "brings up " + effect.kind + " without a cause");
    must(std::ranges::find(facts.attention, item) == facts.attention.end(),
         "brings up again " + effect.kind + " " + effect.cause);
    must(render("attention." + effect.kind, effect.params, Language::en) != "attention." + effect.kind,
         "no text for " + effect.kind);
    facts.attention.push_back(item);
}

void PlanModel::operator()(const CreateOrder& effect) {
    ask("create_order", effect.cause);
    must(!facts.commerce, "creates a second commerce order");
    must(facts.reservations.empty(), "creates while its own reservation holds the stock");
    CommerceOrder order{
        .id = {7}, .status = CommerceStatus::processing, .invoiced = !facts.order.replacement};
    std::map<ProductSku, std::int64_t> owed;
    for (const NewCommerceLine& line : effect.lines) {
        must(line.stock_may_be_short <= line.stock_to_take, "more may be short than is taken");
        owed[line.product_sku] += line.stock_to_take - line.stock_may_be_short;
        order.lines.push_back({.line = line.line,
                               .product_sku = line.product_sku,
                               .units = line.units,
                               .quantity_ordered = line.quantity,
                               .quantity_cancelled = line.cancelled});
    }
    for (const ResolvedLine& target : facts.resolved)
        if (target.product_sku && owed[*target.product_sku] > 0)
            must(owed[*target.product_sku] <= target.salable, "takes stock that is not there");
    facts.commerce = std::move(order);
    facts.resolved.clear();
}

void PlanModel::operator()(const RecordShipment& effect) {
    ask("record_shipment", effect.cause);
    for (const ShippedPackage& package : effect.packages) {
        must(!package.items.empty(), "records an empty package");
        const std::int64_t id = next_package_++;
        for (const LineQuantity& item : package.items) {
            CommerceLine* ours = commerce_line(item.line);
            must(ours != nullptr && item.quantity > 0 && item.quantity <= ours->open(),
                 "records more units than are open");
            if (ours != nullptr) ours->quantity_shipped += item.quantity;
        }
        facts.commerce->shipments.push_back({.id = {id},
                                             .origin = Origin::amazon,
                                             .packages = {{.id = id,
                                                           .carrier = package.carrier,
                                                           .tracking = package.tracking,
                                                           .items = package.items,
                                                           .amazon_reference = package.amazon_reference}}});
    }
    refresh_status();
}

void PlanModel::operator()(const WithdrawUnits& effect) {
    ask("withdraw_units", effect.cause);
    must(effect.credit == facts.commerce->invoiced, "credits what was never invoiced, or cancels what was");
    for (const LineQuantity& item : effect.lines) {
        CommerceLine* ours = commerce_line(item.line);
        must(ours != nullptr && item.quantity > 0 && item.quantity <= ours->open(),
             "withdraws more units than are open");
        if (ours == nullptr) continue;
        if (effect.credit) {
            ours->quantity_refunded += item.quantity;
            ours->quantity_withdrawn += item.quantity;
        } else {
            ours->quantity_cancelled += item.quantity;
        }
    }
    refresh_status();
}

void PlanModel::operator()(const CompleteOrder& effect) {
    ask("complete_order", effect.cause);
    must(!facts.commerce->has_open_units(), "completes an order with open units");
    must(facts.commerce->status == CommerceStatus::shipped, "completes an order that is not shipped");
    facts.commerce->status = CommerceStatus::complete;
}

void PlanModel::must_be_free(const std::string& reference) {
    must(std::ranges::find(facts.commands, reference, &CommandFacts::cause) == facts.commands.end(),
         "a package reference is used twice");
    must(std::ranges::find(facts.order.packages, reference, &AmazonPackage::reference_id) ==
             facts.order.packages.end(),
         "a package reference of Amazon's is used");
}

void PlanModel::operator()(const QueueConfirmation& effect) {
    ++confirmations;
    must(facts.order.fulfilled_by == FulfilledBy::merchant, "confirms an order fulfilled by Amazon");
    for (const std::string& program : facts.order.programs)
        must(program != "PRIME" && program != "FBM_SHIP_PLUS" && program != "AMAZON_EASY_SHIP",
             "confirms by hand a " + program + " order");
    must_be_free(effect.reference_id);
    must(std::ranges::find(facts.commands, effect.package_id, &CommandFacts::package_id) ==
             facts.commands.end(),
         "a package is confirmed twice");
    bool found = false;
    for (const CommerceShipment& shipment : facts.commerce->shipments)
        for (const CommercePackage& package : shipment.packages) {
            if (package.id != effect.package_id) continue;
            found = true;
            must(shipment.origin == Origin::operator_ || shipment.origin == Origin::backend,
                 "confirms a shipment that came from Amazon");
        }
    must(found, "confirms a package that is not there");
    bool beyond = false;
    for (const LineQuantity& item : effect.items)
        for (const OrderLine& theirs : facts.order.lines)
            beyond = beyond || (theirs.line == item.line && commerce_line(item.line) != nullptr &&
                                commerce_line(item.line)->quantity_shipped > theirs.quantity_fulfilled);
    must(beyond, "confirms units that Amazon knows");
    facts.commands.push_back({.id = {effect.package_id},
                              .cause = effect.reference_id,
                              .package_id = effect.package_id,
                              .items = effect.items});
}

void PlanModel::end_command(CommandId id, CommandState state) {
    const auto found = std::ranges::find(facts.commands, id, &CommandFacts::id);
    must(found != facts.commands.end(), "speaks of a command that is not there");
    if (found == facts.commands.end()) return;
    must(found->state != CommandState::sending, "decides over a command that is under way");
    must(found->state != state, "ends a command that has ended");
    found->state = state;
}

void PlanModel::operator()(const RenumberCommand& effect) {
    must_be_free(effect.reference_id);
    (*this)(WriteNote{{"command.renumbered", {{"cause", effect.reference_id}, {"number", "1001"}}}});
    const auto found = std::ranges::find(facts.commands, effect.id, &CommandFacts::id);
    must(found != facts.commands.end(), "renumbers a command that is not there");
    if (found == facts.commands.end()) return;
    must(!found->accepted_at, "renumbers a command that Amazon accepted");
    found->cause = effect.reference_id;
    found->state = CommandState::queued;
}

void PlanModel::operator()(const RejectCommand& effect) {
    (*this)(WriteNote{{"command.rejected." + effect.code, {{"cause", "1001"}}}});
    end_command(effect.id, CommandState::rejected);
}

void PlanModel::operator()(const VerifyCommand& effect) {
    (*this)(WriteNote{{effect.code, {{"cause", "1001"}}}});
    end_command(effect.id, CommandState::verified);
}

namespace {

TEST(PlanModel, an_order_is_created_and_then_left_alone) {
    PlanModel model(FactsBuilder().line(2).facts());
    EXPECT_TRUE(model.settle());
    EXPECT_EQ(model.faults, std::vector<std::string>{});
    ASSERT_TRUE(model.facts.commerce);
    EXPECT_EQ(model.facts.import_state, ImportState::imported);
    EXPECT_TRUE(domain::plan(model.facts).empty());
}

TEST(PlanModel, what_is_asked_twice_is_a_fault) {
    PlanModel model(FactsBuilder().line(1).imported().shipped(1, 1, 1).facts());
    model(CompleteOrder{"complete"});
    EXPECT_TRUE(model.faults.empty());
    model(CompleteOrder{"complete"});
    EXPECT_FALSE(model.faults.empty());
}

}  // namespace
}  // namespace fairway::domain
