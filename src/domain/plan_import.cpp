#include "domain/plan_import.hpp"

#include <algorithm>
#include <map>

#include "base/check.hpp"
#include "base/fault_point.hpp"
#include "domain/mismatch.hpp"

namespace fairway::domain {

namespace {

const ResolvedLine& resolved(const OrderFacts& facts, int line) {
    const auto found = std::ranges::find(facts.resolved, line, &ResolvedLine::line);
    CHECK(found != facts.resolved.end(), "facts resolve every line of an order without a commerce order");
    return *found;
}

// Units of a line that are owed or already delivered.
std::int64_t live_units(const OrderFacts& facts, const OrderLine& line) {
    return line.quantity_ordered - cancelled_units(facts.order, line);
}

void set_state(const OrderFacts& facts, ImportState state, Plan& plan) {
    if (facts.import_state != state) plan.effects.emplace_back(SetImportState{state});
}

void look_again(const OrderFacts& facts, bool wanted, Plan& plan) {
    if (facts.look_again != wanted) plan.effects.emplace_back(SetLookAgain{wanted});
}

void clear_block(const OrderFacts& facts, Plan& plan) {
    if (facts.block) plan.effects.emplace_back(ClearBlock{});
}

void release_all(const OrderFacts& facts, Plan& plan) {
    if (mutant("reservation_kept")) return;
    for (const Reservation& reservation : facts.reservations)
        plan.effects.emplace_back(ReleaseStock{reservation.line});
}

// Product units that this order may still reserve, by product, once what it keeps is counted.
using Left = std::map<ProductSku, std::int64_t>;

Left left_after_kept(const OrderFacts& facts, const std::vector<Reservation>& kept) {
    Left left;
    for (const ResolvedLine& target : facts.resolved)
        if (target.product_sku) left.try_emplace(*target.product_sku, target.salable);
    for (const Reservation& reservation : kept) left[reservation.product_sku] -= reservation.quantity;
    return left;
}

// Stock is reserved whole or not at all; what does not fit now is tried again at every sync. Returns whether
// all wanted reservations are there.
bool plan_reservations(const OrderFacts& facts, const std::vector<Reservation>& wanted, Plan& plan) {
    const auto is_wanted = [&](const Reservation& each) {
        return std::ranges::find(wanted, each) != wanted.end();
    };
    std::vector<Reservation> kept;
    for (const Reservation& has : facts.reservations) {
        if (is_wanted(has)) kept.push_back(has);
        else plan.effects.emplace_back(ReleaseStock{has.line});
    }
    Left left = left_after_kept(facts, kept);
    bool reserved_now = false;
    bool complete = true;
    for (const Reservation& wants : wanted) {
        if (std::ranges::find(kept, wants) != kept.end()) continue;
        std::int64_t& free = left[wants.product_sku];
        if (free < wants.quantity) {
            complete = false;
            continue;
        }
        free -= wants.quantity;
        plan.effects.emplace_back(ReserveStock{wants});
        reserved_now = true;
    }
    if (reserved_now) plan.effects.emplace_back(WriteNote{{"note.stock_reserved", {}}});
    return complete;
}

// What the lines of a Pending order ought to have reserved.
std::vector<Reservation> wanted_while_pending(const OrderFacts& facts) {
    std::vector<Reservation> wanted;
    if (facts.settings.pending_orders != PendingOrders::reserve) return wanted;
    if (facts.order.status != AmazonStatus::pending || facts.order.fulfilled_by != FulfilledBy::merchant)
        return wanted;
    for (const OrderLine& line : facts.order.lines) {
        const ResolvedLine& target = resolved(facts, line.line);
        const std::int64_t quantity = live_units(facts, line) * target.units;
        if (target.product_sku && quantity > 0)
            wanted.push_back({line.line, line.seller_sku, *target.product_sku, quantity});
    }
    return wanted;
}

// A blocked order keeps what it reserved while it was Pending; a re-matched listing takes its reservation
// along.
std::vector<Reservation> wanted_while_blocked(const OrderFacts& facts) {
    std::vector<Reservation> wanted;
    for (const Reservation& has : facts.reservations) {
        const auto line = std::ranges::find(facts.order.lines, has.line, &OrderLine::line);
        const ResolvedLine& target = resolved(facts, has.line);
        const std::int64_t quantity = live_units(facts, *line) * target.units;
        if (target.product_sku && quantity > 0)
            wanted.push_back({has.line, has.seller_sku, *target.product_sku, quantity});
    }
    return wanted;
}

std::optional<Block> find_product_block(const OrderFacts& facts) {
    for (const BlockReason reason : {BlockReason::product_missing, BlockReason::product_disabled})
        for (const OrderLine& line : facts.order.lines) {
            if (live_units(facts, line) == 0) continue;
            const ResolvedLine& target = resolved(facts, line.line);
            const bool missing = !target.product_sku;
            if (reason == BlockReason::product_missing && missing)
                return Block{reason, line.line, line.seller_sku, {}, {{"seller_sku", line.seller_sku.str()}}};
            if (reason == BlockReason::product_disabled && !missing && !target.enabled)
                return Block{reason,
                             line.line,
                             line.seller_sku,
                             *target.product_sku,
                             {{"product_sku", target.product_sku->str()}}};
        }
    return std::nullopt;
}

// Only units that are still open must be there: what has left the house cannot be refused any more.
std::optional<Block> find_stock_block(const OrderFacts& facts) {
    std::map<ProductSku, std::int64_t> needed;
    for (const OrderLine& line : facts.order.lines) {
        const ResolvedLine& target = resolved(facts, line.line);
        const std::int64_t open = live_units(facts, line) - line.quantity_fulfilled;
        if (open <= 0) continue;
        std::int64_t& need = needed[*target.product_sku];
        need += open * target.units;
        if (need > target.salable)
            return Block{BlockReason::out_of_stock,
                         line.line,
                         line.seller_sku,
                         *target.product_sku,
                         {{"product_sku", target.product_sku->str()},
                          {"needed", std::to_string(need)},
                          {"available", std::to_string(std::max<std::int64_t>(0, target.salable))}}};
    }
    return std::nullopt;
}

// Only where a parcel is still to be addressed here: what has left the house is on its way, and a label that
// is bought at Amazon bears Amazon's address.
std::optional<Block> find_address_block(const OrderFacts& facts) {
    const bool is_open = std::ranges::any_of(facts.order.lines, [&](const OrderLine& line) {
        return live_units(facts, line) > line.quantity_fulfilled;
    });
    if (facts.address_missing.empty() || !is_open || !may_be_confirmed(facts.order)) return std::nullopt;
    std::string fields;
    for (const std::string& field : facts.address_missing) fields += (fields.empty() ? "" : ",") + field;
    return Block{BlockReason::address_invalid, 0, {}, {}, {{"fields", fields}}};
}

// A person has seen these very amounts and wants the order all the same.
bool is_accepted(const OrderFacts& facts) {
    const DecisionFacts wanted{std::string(kImportAnyway), amounts_of(facts.order)};
    return can_be_charged(facts.order) && std::ranges::find(facts.decisions, wanted) != facts.decisions.end();
}

std::optional<Block> find_block(const OrderFacts& facts) {
    if (auto block = find_product_block(facts)) return block;
    if (auto block = find_stock_block(facts)) return block;
    if (auto block = find_money_block(facts.order); block && !is_accepted(facts)) return block;
    return find_address_block(facts);
}

// Which of two contradicting amounts was taken is said with the creation.
Note imported_note(const OrderFacts& facts) {
    const std::optional<Block> accepted = find_money_block(facts.order);
    if (!accepted) return {"note.imported", {}};
    const Money charged = charged_total(facts.order);
    return {"note.imported_anyway",
            {{"amount", format_amount(charged)},
             {"stated", accepted->params.at("stated")},
             {"currency", charged.currency.str()}}};
}

CreateOrder creation(const OrderFacts& facts) {
    CreateOrder create{"create", facts.settings.imported_status, {}};
    for (const OrderLine& line : facts.order.lines) {
        const ResolvedLine& target = resolved(facts, line.line);
        const std::int64_t live = live_units(facts, line);
        create.lines.push_back(
            {.line = line.line,
             .product_sku = target.product_sku.value_or(ProductSku(line.seller_sku.str())),
             .units = target.units,
             .quantity = line.quantity_ordered,
             .cancelled = line.quantity_ordered - live,
             .stock_to_take = live * target.units,
             .stock_may_be_short = std::min(live, line.quantity_fulfilled) * target.units});
    }
    return create;
}

}  // namespace

Plan plan_set_aside(const OrderFacts& facts, ImportState state) {
    Plan plan;
    release_all(facts, plan);
    clear_block(facts, plan);
    if (facts.import_state != state) {
        set_state(facts, state, plan);
        plan.effects.emplace_back(WriteNote{{"note." + std::string(to_text(state)), {}}});
    }
    look_again(facts, false, plan);
    return plan;
}

Plan plan_waiting(const OrderFacts& facts, std::string_view reason) {
    Plan plan;
    clear_block(facts, plan);
    set_state(facts, ImportState::waiting, plan);
    look_again(facts, !plan_reservations(facts, wanted_while_pending(facts), plan), plan);
    if (!reason.empty() && facts.note != reason)
        plan.effects.emplace_back(WriteNote{{std::string(reason), {}}});
    return plan;
}

Plan plan_import(const OrderFacts& facts) {
    Plan plan;
    const std::optional<Block> block = find_block(facts);
    if (!block) {
        clear_block(facts, plan);
        release_all(facts, plan);
        plan.effects.emplace_back(creation(facts));
        set_state(facts, ImportState::imported, plan);
        look_again(facts, false, plan);
        plan.effects.emplace_back(WriteNote{imported_note(facts)});
        return plan;
    }
    plan_reservations(facts, wanted_while_blocked(facts), plan);
    if (facts.block != *block) {
        plan.effects.emplace_back(SetBlock{*block});
        plan.effects.emplace_back(
            WriteNote{{"note.blocked." + std::string(to_text(block->reason)), block->params}});
    }
    set_state(facts, ImportState::blocked, plan);
    look_again(facts, true, plan);
    return plan;
}

}  // namespace fairway::domain
