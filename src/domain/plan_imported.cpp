#include "domain/plan_imported.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "base/check.hpp"
#include "base/fault_point.hpp"
#include "base/text.hpp"

namespace fairway::domain {

namespace {

const OrderLine* find_order_line(const AmazonOrder& order, int line) {
    const auto found = std::ranges::find(order.lines, line, &OrderLine::line);
    return found == order.lines.end() ? nullptr : &*found;
}

const CommandFacts* find_confirmation(const OrderFacts& facts, std::int64_t package_id) {
    const auto found = std::ranges::find_if(facts.commands, [&](const CommandFacts& command) {
        return command.kind == CommandKind::confirm_shipment && command.package_id == package_id;
    });
    return found == facts.commands.end() ? nullptr : &*found;
}

bool was_asked(const OrderFacts& facts, std::string_view kind, const std::string& cause) {
    return std::ranges::any_of(facts.intents, [&](const IntentFacts& intent) {
        return intent.kind == kind && intent.cause == cause;
    });
}

// Totals name a cause: the same units are never recorded or credited twice, later ones are another cause.
std::string cause_of(std::string_view what, const std::map<int, std::int64_t>& totals) {
    std::string cause(what);
    for (const auto& [line, total] : totals)
        cause += " " + std::to_string(line) + ":" + std::to_string(total);
    return cause;
}

// Brings the units before a person, once: the same ones are not brought up again, further ones are another
// cause. Returns whether they are new.
bool open_attention(const OrderFacts& facts, std::string_view kind, const std::map<int, std::int64_t>& totals,
                    Plan& plan) {
    AttentionFacts item{std::string(kind), cause_of("units", totals)};
    if (std::ranges::find(facts.attention, item) != facts.attention.end()) return false;
    plan.effects.emplace_back(OpenAttention{std::move(item.kind), std::move(item.cause), {}});
    return true;
}

std::vector<LineQuantity> as_quantities(const std::map<int, std::int64_t>& units) {
    std::vector<LineQuantity> quantities;
    for (const auto& [line, quantity] : units)
        if (quantity > 0) quantities.push_back({line, quantity});
    return quantities;
}

const CommercePackage* find_package(const CommerceOrder& order, std::int64_t package_id) {
    for (const CommerceShipment& shipment : order.shipments)
        for (const CommercePackage& package : shipment.packages)
            if (package.id == package_id) return &package;
    return nullptr;
}

// Carriers' numbers come back in other spellings: with spaces, in capitals.
std::string bare_tracking(std::string_view tracking) {
    std::string bare;
    for (const char c : tracking)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) bare += c;
    return to_lower_ascii(bare);
}

// Where either side shows no tracking, the units must tell.
bool is_same_parcel(const OrderFacts& facts, const AmazonPackage& theirs, const CommercePackage& ours) {
    const std::string tracking = bare_tracking(theirs.tracking);
    const std::string our_tracking = bare_tracking(ours.tracking);
    if (!tracking.empty() && !our_tracking.empty()) return tracking == our_tracking;
    std::map<int, std::int64_t> difference;
    for (const LineQuantity& item : ours.items) difference[item.line] += item.quantity;
    for (const PackageItem& item : theirs.items) {
        const OrderLine* line = facts.order.find_line(item.order_item_id);
        if (line == nullptr) return false;
        difference[line->line] -= item.quantity;
    }
    return std::ranges::all_of(difference, [](const auto& line) { return line.second == 0; });
}

// The number alone says nothing: another tool counts its packages too, and may have taken a number that a
// command of ours holds and Amazon has never heard from us. Once Amazon accepted the command, what stands
// under its number is ours, whatever was edited there since.
bool is_of_command(const OrderFacts& facts, const AmazonPackage& package, const CommandFacts& command) {
    if (command.cause != package.reference_id) return false;
    if (command.accepted_at) return true;
    const CommercePackage* ours = find_package(*facts.commerce, command.package_id);
    return ours != nullptr && is_same_parcel(facts, package, *ours);
}

bool is_known_package(const OrderFacts& facts, const AmazonPackage& package) {
    const bool ours = std::ranges::any_of(
        facts.commands, [&](const CommandFacts& command) { return is_of_command(facts, package, command); });
    if (ours) return true;
    for (const CommerceShipment& shipment : facts.commerce->shipments)
        for (const CommercePackage& recorded : shipment.packages)
            if (!recorded.amazon_reference.empty() && recorded.amazon_reference == package.reference_id)
                return true;
    return false;
}

// Takes from `excess` what the package holds of it.
ShippedPackage take_package(const OrderFacts& facts, const AmazonPackage& package,
                            std::map<int, std::int64_t>& excess) {
    ShippedPackage taken{package.reference_id, package.carrier,    package.service,
                         package.tracking,     package.shipped_at, {}};
    std::map<int, std::int64_t> units;
    for (const PackageItem& item : package.items) {
        const OrderLine* line = facts.order.find_line(item.order_item_id);
        if (line == nullptr) continue;
        const std::int64_t quantity = std::min(item.quantity, excess[line->line]);
        excess[line->line] -= quantity;
        units[line->line] += quantity;
    }
    taken.items = as_quantities(units);
    return taken;
}

// Units that Amazon knows as shipped and the commerce order does not: shipped in Seller Central or by another
// tool.
void plan_shipped_elsewhere(const OrderFacts& facts, Plan& plan) {
    std::map<int, std::int64_t> excess;
    std::map<int, std::int64_t> totals;
    std::map<int, std::int64_t> refused;
    bool any = false;
    for (const OrderLine& line : facts.order.lines) {
        const CommerceLine* ours = facts.commerce->find_line(line.line);
        if (ours == nullptr) continue;
        const std::int64_t beyond = line.quantity_fulfilled - ours->quantity_shipped;
        excess[line.line] = std::clamp<std::int64_t>(beyond, 0, std::max<std::int64_t>(0, ours->open()));
        totals[line.line] = ours->quantity_shipped + excess[line.line];
        any = any || excess[line.line] > 0;
        if (beyond > excess[line.line]) refused[line.line] = beyond - excess[line.line];
    }
    if (!refused.empty()) open_attention(facts, "shipped_after_cancel", refused, plan);
    if (!any) return;

    RecordShipment record{cause_of("shipped", totals), {}};
    if (was_asked(facts, "record_shipment", record.cause)) return;
    for (const AmazonPackage& package : facts.order.packages) {
        if (is_known_package(facts, package)) continue;
        ShippedPackage taken = take_package(facts, package, excess);
        if (!taken.items.empty()) record.packages.push_back(std::move(taken));
    }
    // Amazon counts units as shipped without showing a package for each.
    if (auto rest = as_quantities(excess); !rest.empty())
        record.packages.push_back({{}, {}, {}, {}, std::nullopt, std::move(rest)});
    plan.effects.emplace_back(std::move(record));
    plan.effects.emplace_back(WriteNote{{"note.shipped_on_amazon", {}}});
}

// Units that Amazon cancelled and the commerce order still owes. Those that left the house are for a person.
void plan_cancelled(const OrderFacts& facts, Plan& plan) {
    std::map<int, std::int64_t> withdraw;
    std::map<int, std::int64_t> totals;
    std::map<int, std::int64_t> already_shipped;
    bool any = false;
    for (const OrderLine& line : facts.order.lines) {
        const CommerceLine* ours = facts.commerce->find_line(line.line);
        if (ours == nullptr) continue;
        const std::int64_t gone = ours->quantity_withdrawn + ours->quantity_cancelled;
        const std::int64_t beyond = cancelled_units(facts.order, line) - gone;
        withdraw[line.line] = std::clamp<std::int64_t>(beyond, 0, std::max<std::int64_t>(0, ours->open()));
        totals[line.line] = gone + withdraw[line.line];
        any = any || withdraw[line.line] > 0;
        if (beyond > withdraw[line.line]) already_shipped[line.line] = beyond - withdraw[line.line];
    }
    if (!already_shipped.empty() && open_attention(facts, "cancelled_after_shipping", already_shipped, plan))
        plan.effects.emplace_back(WriteNote{{"note.cancelled_after_shipping", {}}});
    if (!any) return;
    WithdrawUnits request{cause_of("cancelled", totals), facts.commerce->invoiced, as_quantities(withdraw)};
    if (was_asked(facts, "withdraw_units", request.cause)) return;
    plan.effects.emplace_back(std::move(request));
    plan.effects.emplace_back(WriteNote{{"note.cancelled_on_amazon", {}}});
}

// Amazon expects more units of the package and commerce has shipped them.
bool exceeds_amazon(const OrderFacts& facts, const CommercePackage& package) {
    return !units_beyond_amazon(facts.order, *facts.commerce, package.items).empty();
}

// Amazon counts every unit that commerce has shipped of the package's lines.
bool is_counted(const OrderFacts& facts, const CommercePackage& package) {
    return std::ranges::none_of(package.items, [&](const LineQuantity& item) {
        const OrderLine* theirs = find_order_line(facts.order, item.line);
        const CommerceLine* ours = facts.commerce->find_line(item.line);
        return theirs != nullptr && ours != nullptr && ours->quantity_shipped > theirs->quantity_fulfilled;
    });
}

bool is_shown(const OrderFacts& facts, const CommandFacts& command) {
    return std::ranges::any_of(facts.order.packages, [&](const AmazonPackage& package) {
        return is_of_command(facts, package, command);
    });
}

// Somebody else's package stands under the command's number: to confirm under it would edit that package.
bool is_number_taken(const OrderFacts& facts, const CommandFacts& command) {
    return std::ranges::any_of(facts.order.packages, [&](const AmazonPackage& package) {
        return command.cause == package.reference_id && !is_of_command(facts, package, command);
    });
}

// Why Amazon will never show the command's package, or nothing.
std::optional<std::string> find_rejection(const OrderFacts& facts, const CommandFacts& command,
                                          const CommercePackage* package) {
    if (command.state == CommandState::rejected) return std::nullopt;
    if (facts.order.status == AmazonStatus::canceled) return "order_cancelled";
    const bool waits = command.state == CommandState::queued || command.state == CommandState::unknown;
    if (waits && package != nullptr && !exceeds_amazon(facts, *package)) return "units_cancelled";
    return std::nullopt;
}

// Read back: Amazon shows the package under our reference, or counts its units already. What has not reached
// Amazon cannot any more once its units are cancelled there. `numbered` gets the numbers given here.
void plan_commands(const OrderFacts& facts, std::vector<CommandFacts>& numbered, Plan& plan) {
    for (const CommandFacts& command : facts.commands) {
        if (command.state == CommandState::verified || command.state == CommandState::sending) continue;
        const bool asked = command.state == CommandState::accepted || command.state == CommandState::unknown;
        const bool waits = command.state == CommandState::queued || command.state == CommandState::unknown;
        const CommercePackage* package = find_package(*facts.commerce, command.package_id);
        const bool counted = package != nullptr && is_counted(facts, *package);
        if (counted || (asked && is_shown(facts, command)))
            plan.effects.emplace_back(
                VerifyCommand{command.id, asked ? "command.verified" : "command.already_on_amazon"});
        else if (auto code = find_rejection(facts, command, package))
            plan.effects.emplace_back(RejectCommand{command.id, *std::move(code)});
        else if (waits && is_number_taken(facts, command)) {
            const std::string reference = next_package_reference(facts.order, numbered);
            numbered.push_back({.cause = reference});
            plan.effects.emplace_back(RenumberCommand{command.id, reference});
        }
    }
}

void plan_confirmations(const OrderFacts& facts, std::vector<CommandFacts>& numbered, Plan& plan) {
    const AmazonStatus status = facts.order.status;
    const bool open = status == AmazonStatus::unshipped || status == AmazonStatus::partially_shipped;
    if (!open || !may_be_confirmed(facts.order)) return;
    for (const CommerceShipment& shipment : facts.commerce->shipments) {
        const bool ours = shipment.origin == Origin::operator_ || shipment.origin == Origin::backend;
        if (!ours && !mutant("amazon_shipment_echoed")) continue;
        for (const CommercePackage& package : shipment.packages) {
            if (find_confirmation(facts, package.id) != nullptr || !exceeds_amazon(facts, package)) continue;
            const std::string reference = next_package_reference(facts.order, numbered);
            numbered.push_back({.cause = reference});
            plan.effects.emplace_back(
                QueueConfirmation{package.id, reference, package.items, facts.order.ship_by});
        }
    }
}

// The confirmation was accepted before the running tick began, or read back.
bool is_confirmed(const OrderFacts& facts, const CommercePackage& package) {
    const CommandFacts* command = find_confirmation(facts, package.id);
    if (command == nullptr) return false;
    if (command->state == CommandState::verified) return true;
    return command->state == CommandState::accepted && command->accepted_at &&
           *command->accepted_at < facts.tick_started;
}

bool amazon_knows_all(const OrderFacts& facts) {
    for (const CommerceShipment& shipment : facts.commerce->shipments) {
        if (shipment.origin == Origin::amazon) continue;
        for (const CommercePackage& package : shipment.packages)
            if (exceeds_amazon(facts, package) && !is_confirmed(facts, package)) return false;
    }
    return true;
}

ImportState state_of(const OrderFacts& facts) {
    // Also after units were shipped here: those are for a person, the order itself is over.
    if (facts.order.status == AmazonStatus::canceled) return ImportState::cancelled;
    switch (facts.commerce->status) {
        case CommerceStatus::complete: return ImportState::completed;
        case CommerceStatus::closed:
        case CommerceStatus::canceled:
            return facts.order.status == AmazonStatus::shipped ? ImportState::completed
                                                               : ImportState::imported;
        case CommerceStatus::pending:
        case CommerceStatus::processing:
        case CommerceStatus::shipped:
        case CommerceStatus::on_hold: return ImportState::imported;
    }
    return ImportState::imported;
}

void plan_completion(const OrderFacts& facts, Plan& plan) {
    const CommerceOrder& order = *facts.commerce;
    // Units that left the house for an order that Amazon cancelled are for a person.
    const bool all_shipped = order.status == CommerceStatus::shipped && !order.has_open_units() &&
                             facts.order.status != AmazonStatus::canceled &&
                             !was_asked(facts, "complete_order", "complete");
    if (all_shipped && amazon_knows_all(facts)) {
        plan.effects.emplace_back(CompleteOrder{"complete"});
        plan.effects.emplace_back(WriteNote{{"note.completed", {}}});
        return;
    }
    // Shipped and waiting for Amazon: the next sync looks again.
    if (facts.look_again != all_shipped) plan.effects.emplace_back(SetLookAgain{all_shipped});
}

// Cancelled or credited in the shop while Amazon still expects units: nothing is sent by itself.
void plan_cancelled_in_shop(const OrderFacts& facts, Plan& plan) {
    const AmazonStatus status = facts.order.status;
    const bool open = status == AmazonStatus::unshipped || status == AmazonStatus::partially_shipped;
    if (!open) return;
    // By our own totals, which only grow: what Amazon cancels afterwards is no other cause.
    std::map<int, std::int64_t> gone;
    for (const CommerceLine& line : facts.commerce->lines) {
        const OrderLine* theirs = find_order_line(facts.order, line.line);
        if (theirs == nullptr) continue;
        const std::int64_t here = line.quantity_withdrawn + line.quantity_cancelled;
        if (here > cancelled_units(facts.order, *theirs)) gone[line.line] = here;
    }
    if (!gone.empty()) open_attention(facts, "cancelled_in_shop", gone, plan);
}

}  // namespace

Plan plan_imported(const OrderFacts& facts) {
    Plan plan;
    plan_shipped_elsewhere(facts, plan);
    plan_cancelled(facts, plan);
    std::vector<CommandFacts> numbered = facts.commands;
    plan_commands(facts, numbered, plan);
    plan_confirmations(facts, numbered, plan);
    plan_cancelled_in_shop(facts, plan);
    if (facts.block) plan.effects.emplace_back(ClearBlock{});
    for (const Reservation& reservation : facts.reservations)
        plan.effects.emplace_back(ReleaseStock{reservation.line});
    if (plan.empty()) plan_completion(facts, plan);
    if (const ImportState state = state_of(facts); facts.import_state != state)
        plan.effects.emplace_back(SetImportState{state});
    return plan;
}

}  // namespace fairway::domain
