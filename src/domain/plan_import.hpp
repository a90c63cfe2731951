#pragma once
// plan() for an order that has no commerce order yet: wait, reserve, block or create.
#include "domain/plan.hpp"

namespace fairway::domain {

// Not importable (view-only, excluded, cancelled on Amazon): no reservation, no block.
Plan plan_set_aside(const OrderFacts& facts, ImportState state);

// Not importable yet; a Pending order reserves its stock if the store says so. reason: the code of a note,
// where Amazon's status does not say why the order waits.
Plan plan_waiting(const OrderFacts& facts, std::string_view reason = {});

// Payment is verified, or the order is already shipped: create the commerce order, or say what stands in the
// way.
Plan plan_import(const OrderFacts& facts);

}  // namespace fairway::domain
