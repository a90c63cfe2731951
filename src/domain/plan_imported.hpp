#pragma once
// plan() for an order that has its commerce order: keep both sides in step.
#include "domain/plan.hpp"

namespace fairway::domain {

Plan plan_imported(const OrderFacts& facts);

}  // namespace fairway::domain
