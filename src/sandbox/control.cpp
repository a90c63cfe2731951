// /sandbox/: how a test or a person moves the world, and the ledger that says what really happened in it.
#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "json/encode.hpp"
#include "sandbox/control.hpp"

namespace fairway::sandbox {

using control::answer;
using control::read;
using control::refuse;

namespace {

// Time goes forward by at most this much at once.
constexpr std::int64_t kAdvanceMax_s = 20LL * 366 * 24 * 3600;

struct NewStatus {
    std::optional<std::string> status{};
    std::optional<std::vector<NewPackage>> packages{};
    std::optional<std::vector<PackageItem>> cancel_lines{};
};
BOOST_DESCRIBE_STRUCT(NewStatus, (), (status, packages, cancel_lines))

struct NewCancelRequest {
    int line = 1;
    std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(NewCancelRequest, (), (line, reason))

// Numbers of our own formats are whole ones; a probability is read by hand.
struct NewFault {
    std::string kind{};
    std::string operation{};
    json::Value rate{};
    std::optional<std::uint64_t> seed{};
    std::optional<std::int64_t> count{}, delay_ms{}, skew_s{};
};
BOOST_DESCRIBE_STRUCT(NewFault, (), (kind, operation, rate, seed, count, delay_ms, skew_s))

struct NewClock {
    std::optional<std::int64_t> advance_s{};
};
BOOST_DESCRIBE_STRUCT(NewClock, (), (advance_s))

// -1, which is no probability, if it is not a number.
double read_rate(const json::Value& value) {
    boost::system::error_code wrong;
    const auto rate = value.to_number<double>(wrong);
    return wrong ? -1 : rate;
}

json::Object render(const Faults::Entry& entry) {
    const FaultRule& rule = entry.rule;
    return {{"kind", rule.kind},
            {"operation", rule.operation},
            {"rate", rule.rate},
            {"seed", rule.seed},
            {"count", json::encode(rule.count)},
            {"delay_ms", rule.delay_ms},
            {"skew_s", rule.skew_s},
            {"calls", entry.calls},
            {"hits", entry.hits}};
}

// What really happened to an order.
json::Object ledger_entry(const Order& order) {
    return {{"seller_id", order.seller_id},
            {"order", render_order(order, all_data_sets(), {.is_amazon = true})},
            {"confirmations", order.confirmations},
            {"cancels", json::Array{}},
            {"refunds", json::Array{}}};
}

// A number for the next package that no other package has.
std::string free_reference(const Order& order) {
    std::size_t number = order.packages.size() + 1;
    while (std::ranges::count(order.packages, std::to_string(number), &Package::reference_id) > 0) ++number;
    return std::to_string(number);
}

std::optional<std::string> cancel_units(Order& order, const std::vector<PackageItem>& units, UtcTime now) {
    if (units.empty()) return "no units to cancel";
    Order changed = order;
    for (const PackageItem& each : units) {
        if (each.line < 1 || static_cast<std::size_t>(each.line) > changed.lines.size())
            return "no such line";
        Line& line = changed.lines[static_cast<std::size_t>(each.line) - 1];
        if (each.quantity < 1 || each.quantity > line.open()) return "more units than are open";
        line.cancelled += each.quantity;
        line.cancelled_by = line.cancel_request.empty() ? "AMAZON" : "BUYER";
    }
    const Status after = status_of_quantities(changed);
    if (!is_pending(changed) || after == "CANCELLED") changed.status = after;
    changed.updated_at = now;
    order = std::move(changed);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> ship_elsewhere(Order& order, const std::vector<NewPackage>& packages,
                                          UtcTime now) {
    Order changed = order;
    for (const NewPackage& in : packages) {
        Package package{.reference_id = in.reference_id.value_or(free_reference(changed)),
                        .carrier_code = in.carrier.value_or("BRT"),
                        .shipping_method = "Standard",
                        .tracking = in.tracking.value_or("SC" + std::to_string(to_micros(now) / 1'000'000)),
                        .shipped_at = now,
                        .created_at = now};
        for (std::size_t i = 0; i < changed.lines.size(); ++i) {
            Line& line = changed.lines[i];
            std::int64_t quantity = in.items ? 0 : line.open();
            for (const PackageItem& item : in.items.value_or(std::vector<PackageItem>{})) {
                if (item.line != static_cast<int>(i) + 1) continue;
                // Compared before they are added: the sum of any two numbers may be none.
                if (item.quantity < 0 || item.quantity > line.open() - quantity)
                    return "more units than are open on line " + std::to_string(i + 1);
                quantity += item.quantity;
            }
            if (quantity == 0) continue;
            line.fulfilled += quantity;
            package.items.emplace_back(line.order_item_id, quantity);
        }
        if (package.items.empty()) return "a package without units";
        // What Amazon packs itself it does not show.
        if (changed.fulfilled_by == "MERCHANT") changed.packages.push_back(std::move(package));
    }
    changed.status = status_of_quantities(changed);
    changed.updated_at = now;
    order = std::move(changed);
    return std::nullopt;
}

net::Response World::get_sellers(const net::Request&) {
    json::Array sellers;
    for (const Seller& seller : sellers_) sellers.push_back(control::render(seller));
    return answer(200, sellers);
}

net::Response World::get_clock(const net::Request&) {
    // A whole number as one: "1", not "1E0".
    const double speed = clock_.speed();
    const bool whole = speed == std::floor(speed);
    return answer(200, json::Object{{"now", format_rfc3339(now_)},
                                    {"speed", whole ? json::Value(static_cast<std::int64_t>(speed))
                                                    : json::Value(speed)}});
}

net::Response World::post_clock(const net::Request& request) {
    const auto body = read<NewClock>(request);
    if (!body) return refuse(422, body.error().message);
    if (body->advance_s.value_or(0) < 0) return refuse(422, "advance_s: time does not go back");
    if (body->advance_s.value_or(0) > kAdvanceMax_s) return refuse(422, "advance_s: at most 20 years");
    clock_.advance(seconds(body->advance_s.value_or(0)));
    now_ = std::max(now_, clock_.now());
    advance();
    return get_clock(request);
}

net::Response World::post_status(const net::Request& request) {
    const auto body = read<NewStatus>(request);
    if (!body) return refuse(422, body.error().message);
    if (!orders_.contains(request.params.at(0))) return refuse(404, "no such order");
    const OrderBook::Change order = orders_.change(request.params.at(0));
    if (body->cancel_lines) {
        if (const auto why = cancel_units(*order, *body->cancel_lines, now_)) return refuse(409, *why);
        return answer(200, show(*order));
    }
    const Status status = body->status.value_or("");
    if (!may_follow(order->status, status)) return refuse(409, order->status + " cannot become " + status);
    if (status == "SHIPPED" || status == "PARTIALLY_SHIPPED") {
        const auto why = ship_elsewhere(*order, body->packages.value_or(std::vector{NewPackage{}}), now_);
        if (why) return refuse(409, *why);
    } else {
        change_status(*order, status, now_);
    }
    return answer(200, show(*order));
}

net::Response World::post_cancel_request(const net::Request& request) {
    const auto body = read<NewCancelRequest>(request);
    if (!body) return refuse(422, body.error().message);
    if (!orders_.contains(request.params.at(0))) return refuse(404, "no such order");
    const OrderBook::Change order = orders_.change(request.params.at(0));
    if (body->line < 1 || static_cast<std::size_t>(body->line) > order->lines.size())
        return refuse(422, "line: no such line");
    Line& line = order->lines[static_cast<std::size_t>(body->line) - 1];
    if (line.open() == 0) return refuse(409, "line: nothing of it is open any more");
    line.cancel_request = body->reason.value_or("Ordered by mistake");
    order->updated_at = now_;
    return answer(200, show(*order));
}

net::Response World::post_fault(const net::Request& request) {
    const auto body = read<NewFault>(request);
    if (!body) return refuse(422, body.error().message);
    const FaultRule plain;
    const FaultRule rule{.kind = body->kind,
                         .operation = body->operation,
                         .rate = read_rate(body->rate),
                         .seed = body->seed.value_or(plain.seed),
                         .count = body->count,
                         .delay_ms = body->delay_ms.value_or(plain.delay_ms),
                         .skew_s = body->skew_s.value_or(plain.skew_s)};
    if (const auto why = faults_.add(rule)) return refuse(422, *why);
    return answer(201, render(faults_.entries().back()));
}

net::Response World::get_faults(const net::Request&) {
    json::Array faults;
    for (const Faults::Entry& each : faults_.entries()) faults.push_back(render(each));
    return answer(200, faults);
}

net::Response World::delete_faults(const net::Request&) {
    faults_.clear();
    return {.status = 204};
}

net::Response World::get_entry(const net::Request& request) {
    const Order* order = orders_.find(request.params.at(0));
    if (order == nullptr) return refuse(404, "no such order");
    return answer(200, ledger_entry(*order));
}

net::Response World::get_ledger(const net::Request&) {
    json::Array orders;
    for (const auto& [id, order] : orders_) orders.push_back(ledger_entry(order));
    json::Array buckets;
    for (const Quotas::Bucket& bucket : quotas_.buckets(now_))
        buckets.push_back(
            json::Object{{"seller_id", bucket.seller},
                         {"operation", bucket.operation},
                         {"tokens_micro", static_cast<std::int64_t>(std::floor(bucket.tokens * 1e6 + 1e-3))},
                         {"refused", bucket.refused}});
    return answer(200, json::Object{{"orders", std::move(orders)},
                                    {"quantities", json::Object{}},
                                    {"calls", json::encode(calls_)},
                                    {"buckets", std::move(buckets)}});
}

}  // namespace fairway::sandbox
