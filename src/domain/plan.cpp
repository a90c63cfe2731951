#include "domain/plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/plan_import.hpp"
#include "domain/plan_imported.hpp"

namespace fairway::domain {

namespace {

// Placed before the store was connected, less the look-back the merchant asked for.
bool is_before_import_from(const OrderFacts& facts) {
    return facts.order.purchased_at < facts.import_from - days(facts.settings.look_back_days);
}

// Placed while import was on, and import is on now. A look-back reaches to before the first switch.
bool is_eligible(const OrderFacts& facts) {
    return facts.settings.import_orders && import_was_on(facts.import_switches, facts.order.purchased_at);
}

bool is_shippable(AmazonStatus status) {
    return status == AmazonStatus::unshipped || status == AmazonStatus::partially_shipped ||
           status == AmazonStatus::shipped;
}

// Units that are owed or already delivered. An order whose every unit is cancelled is on its way to Canceled:
// a commerce order for it would charge for nothing.
bool has_live_units(const AmazonOrder& order) {
    return std::ranges::any_of(order.lines, [&](const OrderLine& line) {
        return line.quantity_ordered > cancelled_units(order, line);
    });
}

// The back end was asked to create the order: that creation finishes whatever has changed since, and an order
// that is gone again was deleted by a person.
bool creation_was_asked(const OrderFacts& facts) {
    return std::ranges::find(facts.intents, std::string_view("create_order"), &IntentFacts::kind) !=
           facts.intents.end();
}

}  // namespace

Plan plan(const OrderFacts& facts) {
    if (facts.commerce) return plan_imported(facts);
    if (creation_was_asked(facts)) return {};
    const bool is_canceled = facts.order.status == AmazonStatus::canceled;
    // What was cancelled stays so, whatever the settings become.
    if (is_canceled && facts.import_state == ImportState::cancelled)
        return plan_set_aside(facts, ImportState::cancelled);
    if (is_before_import_from(facts)) return plan_set_aside(facts, ImportState::excluded);
    if (!is_eligible(facts)) return plan_set_aside(facts, ImportState::view_only);
    if (is_canceled) return plan_set_aside(facts, ImportState::cancelled);
    // Orders fulfilled by Amazon are mirrored and wait.
    if (facts.order.fulfilled_by == FulfilledBy::amazon)
        return plan_waiting(facts, "note.fulfilled_by_amazon");
    if (!is_shippable(facts.order.status)) return plan_waiting(facts);
    if (has_live_units(facts.order)) return plan_import(facts);
    // What is not known yet is not owed either, but may come.
    return facts.order.lines.empty() ? plan_waiting(facts) : plan_waiting(facts, "note.nothing_owed");
}

AmazonStatus shown_status(const AmazonOrder& order, const std::optional<CommerceOrder>& commerce,
                          const std::vector<CommandFacts>& commands) {
    const bool advances =
        order.status == AmazonStatus::unshipped || order.status == AmazonStatus::partially_shipped;
    if (!advances || !commerce) return order.status;

    std::set<std::int64_t> rejected;
    for (const CommandFacts& command : commands)
        if (command.state == CommandState::rejected) rejected.insert(command.package_id);
    std::map<int, std::int64_t> ours;
    for (const CommerceShipment& shipment : commerce->shipments)
        for (const CommercePackage& package : shipment.packages)
            if (!rejected.contains(package.id))
                for (const LineQuantity& item : package.items) ours[item.line] += item.quantity;

    bool any = false;
    bool all = true;
    for (const OrderLine& line : order.lines) {
        const std::int64_t owed = line.quantity_ordered - cancelled_units(order, line);
        const std::int64_t shipped = std::max(line.quantity_fulfilled, ours[line.line]);
        any = any || shipped > 0;
        all = all && shipped >= owed;
    }
    if (!any) return order.status;
    return all ? AmazonStatus::shipped : AmazonStatus::partially_shipped;
}

std::vector<LineQuantity> units_beyond_amazon(const AmazonOrder& order, const CommerceOrder& commerce,
                                              const std::vector<LineQuantity>& package) {
    std::vector<LineQuantity> beyond;
    for (const LineQuantity& item : package) {
        const auto line = std::ranges::find(order.lines, item.line, &OrderLine::line);
        const CommerceLine* ours = commerce.find_line(item.line);
        if (line == order.lines.end() || ours == nullptr) continue;
        // Units that were cancelled on Amazon are not expected any more: it refuses what exceeds the open
        // ones.
        const std::int64_t expected = order.status == AmazonStatus::canceled ? 0 : line->quantity_unfulfilled;
        const std::int64_t units =
            std::min({item.quantity, ours->quantity_shipped - line->quantity_fulfilled, expected});
        if (units > 0) beyond.push_back({item.line, units});
    }
    return beyond;
}

std::string next_package_reference(const AmazonOrder& order, const std::vector<CommandFacts>& commands) {
    constexpr std::int64_t kFirst = 1001;
    std::set<std::int64_t> used;
    for (const AmazonPackage& package : order.packages)
        if (const auto number = parse_int(package.reference_id)) used.insert(*number);
    for (const CommandFacts& command : commands)
        if (const auto number = parse_int(command.cause)) used.insert(*number);
    std::int64_t candidate = kFirst;
    while (used.contains(candidate)) ++candidate;
    return std::to_string(candidate);
}

}  // namespace fairway::domain
