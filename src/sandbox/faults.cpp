#include "sandbox/faults.hpp"

#include <algorithm>
#include <array>

namespace fairway::sandbox {

namespace {

struct Kind {
    std::string_view text;
    Fault fault;
};
constexpr std::array kKinds{
    Kind{"400", Fault::refused},
    Kind{"429", Fault::quota},
    Kind{"500", Fault::failed},
    Kind{"503", Fault::unavailable},
    Kind{"cut_before", Fault::cut_before},
    Kind{"time_before", Fault::time_before},
    Kind{"cut_after", Fault::cut_after},
    Kind{"time_after", Fault::time_after},
    Kind{"truncate", Fault::truncate},
    Kind{"not_json", Fault::not_json},
    Kind{"slow", Fault::slow},
    Kind{"clock_skew", Fault::clock_skew},
    Kind{"token_dies", Fault::token_dies},
    Kind{"repeat_rows", Fault::repeat_rows},
    Kind{"hide_rows", Fault::hide_rows},
    Kind{"reorder_rows", Fault::reorder_rows},
    Kind{"stale_rows", Fault::stale_rows},
    Kind{"equal_times", Fault::equal_times},
    Kind{"unknown_values", Fault::unknown_values},
    Kind{"undecodable_rows", Fault::undecodable_rows},
};

constexpr std::array kOperations{"*",        "token",           "searchOrders",
                                 "getOrder", "confirmShipment", "getMarketplaceParticipations"};

// Only searches have rows that can be left out, repeated or reordered.
bool applies(Fault fault, std::string_view operation) {
    switch (fault) {
        case Fault::repeat_rows:
        case Fault::hide_rows:
        case Fault::reorder_rows: return operation == "searchOrders";
        case Fault::stale_rows:
        case Fault::equal_times:
        case Fault::unknown_values:
        case Fault::undecodable_rows: return operation == "searchOrders" || operation == "getOrder";
        case Fault::token_dies: return operation != "token";
        case Fault::refused:
        case Fault::quota:
        case Fault::failed:
        case Fault::unavailable:
        case Fault::cut_before:
        case Fault::time_before:
        case Fault::cut_after:
        case Fault::time_after:
        case Fault::truncate:
        case Fault::not_json:
        case Fault::slow:
        case Fault::clock_skew: return true;
    }
    return false;
}

}  // namespace

std::optional<Fault> find_fault(std::string_view text) {
    const auto found = std::ranges::find(kKinds, text, &Kind::text);
    return found == kKinds.end() ? std::nullopt : std::optional(found->fault);
}

std::string_view to_text(Fault fault) { return std::ranges::find(kKinds, fault, &Kind::fault)->text; }

bool is_row_fault(Fault fault) {
    return applies(fault, "searchOrders") && !applies(fault, "confirmShipment");
}

std::optional<std::string> Faults::add(const FaultRule& rule) {
    const auto fault = find_fault(rule.kind);
    if (!fault) return "kind: \"" + rule.kind + "\" is no fault";
    if (std::ranges::find(kOperations, rule.operation) == kOperations.end())
        return "operation: \"" + rule.operation + "\" is not one of the sandbox's, nor \"*\"";
    if (rule.operation != "*" && !applies(*fault, rule.operation))
        return "operation: " + rule.kind + " cannot happen to " + rule.operation;
    if (!(rule.rate >= 0 && rule.rate <= 1)) return "rate: from 0 to 1";
    if (rule.count && *rule.count < 1) return "count: at least 1";
    if (rule.delay_ms < 0 || rule.delay_ms > 600'000) return "delay_ms: from 0 to 600000";
    if (rule.skew_s < -86'400 || rule.skew_s > 86'400) return "skew_s: at most a day";
    entries_.push_back({.rule = rule, .fault = *fault, .rng = SeededRng(rule.seed)});
    return std::nullopt;
}

std::optional<Faults::Blow> Faults::strike(std::string_view operation) {
    for (Entry& each : entries_) {
        if (each.rule.operation != "*" && each.rule.operation != operation) continue;
        if (!applies(each.fault, operation)) continue;
        if (each.rule.count && each.hits >= *each.rule.count) continue;
        ++each.calls;
        if (each.rng.unit() >= each.rule.rate) continue;
        ++each.hits;
        return Blow{.fault = each.fault,
                    .delay = milliseconds(each.rule.delay_ms),
                    .skew = seconds(each.rule.skew_s),
                    .seed = each.rng.next()};
    }
    return std::nullopt;
}

}  // namespace fairway::sandbox
