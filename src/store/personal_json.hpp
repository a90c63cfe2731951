#pragma once
// Personal data as the JSON that is sealed under the order's key. Only what seals and opens it comes here.
#include <string>

#include "base/pii.hpp"
#include "domain/order.hpp"

namespace fairway::store {

Pii<std::string> encode_personal(const Pii<domain::PersonalData>& personal);
Pii<std::string> encode_address(const Pii<domain::Address>& address);
// Of a text that encode_personal or encode_address wrote: what was sealed opens unchanged or not at all.
Pii<domain::PersonalData> decode_personal(const Pii<std::string>& text);
Pii<domain::Address> decode_address(const Pii<std::string>& text);

}  // namespace fairway::store
