#pragma once
// GET /metrics: what an operator's monitoring watches, in Prometheus' text format. No personal data, and no
// figure whose cost grows with the orders that are done.
#include <string>

#include "store/access.hpp"

namespace fairway::api {

std::string render_metrics(db::Reader& tx, UtcTime now);

}  // namespace fairway::api
