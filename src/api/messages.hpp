#pragma once
// What stands at the top of every page: read-only mode, stores with blocked orders, accounts that Amazon
// refuses, confirmations it rejected. Computed from what is stored: a message is gone as soon as its cause
// is.
#include "api/call.hpp"
#include "api/system_shapes.hpp"

namespace fairway::api {

std::vector<Message> current_messages(db::Reader& tx, const std::string& public_url,
                                      domain::Language language);

}  // namespace fairway::api
