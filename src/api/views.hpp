#pragma once
// Who saw whose data, in the audit.
#include "api/call.hpp"

namespace fairway::api {

// Before an answer leaves: what cannot be recorded is not shown. One entry for each order whose personal data
// the answer shows. That names were searched is recorded even when none was found; the words themselves are
// personal data and stay out.
void record_views(const Call& call);

}  // namespace fairway::api
