#pragma once
// Amazon's carrier codes. A confirmation needs one; no operation of Amazon lists them, so the ones that
// sellers use are a table here, a store can map its own words, and anything else goes out as "Other" with a
// name.
#include <map>
#include <string>
#include <string_view>

namespace fairway::domain {

struct AmazonCarrier {
    std::string code{};  // "DHL", or "Other"
    std::string name{};  // the carrier as it was typed
};

// `carrier` as the shop calls it; the store's map decides first, then the table without regard to case,
// spaces and punctuation ("poste italiane", "DHL_Paket").
AmazonCarrier to_amazon_carrier(std::string_view carrier, const std::map<std::string, std::string>& mapped);

}  // namespace fairway::domain
