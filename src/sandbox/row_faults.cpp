// The orders of an answer, as they are or as a fault makes them.
#include <algorithm>

#include "sandbox/world.hpp"

namespace fairway::sandbox {

namespace {

constexpr std::size_t kVersionsMax = 3;

bool needs_versions(const Faults& faults) {
    return std::ranges::any_of(faults.entries(), [](const Faults::Entry& each) {
        return each.fault == Fault::stale_rows || each.fault == Fault::equal_times;
    });
}

// Members and values that no published model has. The status only where it is soon shown as it is.
void add_unknown(json::Value& row, bool with_status) {
    json::Object& order = row.as_object();
    order["sandboxNovelty"] = json::Object{{"grade", 3}, {"notes", json::Array{"new", nullptr}}};
    order["programs"].as_array().emplace_back("PROGRAM_OF_TOMORROW");
    order["fulfillment"].as_object()["fulfillmentServiceLevel"] = "LEVEL_OF_TOMORROW";
    order["orderItems"].as_array().at(0).as_object()["sandboxItemNovelty"] = true;
    if (with_status) order["fulfillment"].as_object()["fulfillmentStatus"] = "STATUS_OF_TOMORROW";
}

void repeat_some(json::Array& rows, Rng& dice) {
    const std::size_t count = rows.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (dice.below(2) == 0) continue;
        const json::Value row = rows[i];
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(dice.below(rows.size() + 1)), row);
    }
}

void shuffle(json::Array& rows, Rng& dice) {
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[dice.below(i)]);
}

}  // namespace

// The version before the current one, if searches have shown it while a fault might want it.
const Order* World::older_version(const Order& order) const {
    const auto found = shown_.find(order.id);
    if (found == shown_.end()) return nullptr;
    const auto& versions = found->second;
    const auto older = std::find_if(versions.rbegin(), versions.rend(),
                                    [&](const Order& each) { return each.updated_at < order.updated_at; });
    return older == versions.rend() ? nullptr : &*older;
}

void World::remember(const Order& order) {
    auto& versions = shown_[order.id];
    if (!versions.empty() && versions.back().updated_at == order.updated_at) return;
    versions.push_back(order);
    if (versions.size() > kVersionsMax) versions.erase(versions.begin());
}

// Nothing: the row is left out.
std::optional<json::Value> World::render_row(const Order& order, const DataSets& included,
                                             const Viewer& viewer, Rng& dice, UtcTime seen_until) const {
    json::Value row = render_order(order, included, viewer);
    if (dice.below(2) == 0) return row;
    const bool settled = order.updated_at <= seen_until - kSettles;
    if (blow_->fault == Fault::unknown_values) add_unknown(row, !settled);
    if (settled) return row;
    const Order* older = older_version(order);
    if (blow_->fault == Fault::hide_rows) return std::nullopt;
    if (blow_->fault == Fault::undecodable_rows) row.as_object()["orderItems"] = "a text";
    if (blow_->fault == Fault::stale_rows && older != nullptr) row = render_order(*older, included, viewer);
    if (blow_->fault == Fault::equal_times && older != nullptr) {
        row = render_order(*older, included, viewer);
        row.as_object()["lastUpdatedTime"] = format_rfc3339(order.updated_at);
    }
    return row;
}

json::Array World::render_rows(const std::vector<const Order*>& orders, const DataSets& included,
                               const Viewer& viewer, UtcTime seen_until) {
    const bool remembers = needs_versions(faults_);
    const bool spoilt = blow_ && is_row_fault(blow_->fault);
    SeededRng dice(blow_ ? blow_->seed : 0);
    json::Array rows;
    for (const Order* order : orders) {
        if (!spoilt) rows.push_back(render_order(*order, included, viewer));
        else if (auto row = render_row(*order, included, viewer, dice, seen_until))
            rows.push_back(*std::move(row));
        if (remembers) remember(*order);
    }
    if (spoilt && blow_->fault == Fault::repeat_rows) repeat_some(rows, dice);
    if (spoilt && blow_->fault == Fault::reorder_rows) shuffle(rows, dice);
    return rows;
}

}  // namespace fairway::sandbox
