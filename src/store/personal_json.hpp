#pragma once
// Personal data as the JSON that is sealed under the order's key. Only upserts and read_personal come here.
#include <string>

#include "base/pii.hpp"
#include "domain/order.hpp"

namespace fairway::store {

Pii<std::string> encode_personal(const Pii<domain::PersonalData>& personal);
// Of a text that encode_personal wrote: what was sealed opens unchanged or not at all.
Pii<domain::PersonalData> decode_personal(const Pii<std::string>& text);

}  // namespace fairway::store
