#pragma once
// Orders as Amazon's Orders API v2026-01-01 sends them, read into the domain's words. Pure: no calls, no
// clock.
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/pii.hpp"
#include "base/result.hpp"
#include "crypto/crypto.hpp"
#include "domain/order.hpp"
#include "json/json.hpp"

namespace fairway::amazon {

struct ReadOrder {
    domain::AmazonOrder order{};
    Pii<domain::PersonalData> personal{};
    Pii<std::string>
        document{};  // everything Amazon sent: JSON, compact, the members of objects sorted by name
    crypto::Digest content_hash{};  // SHA-256 of the document
    // Members and enum values that this version does not know, each once: "orders[].orderItems[].newMember",
    // "orders[].fulfillment.fulfillmentStatus=NEW_VALUE". They are in the document.
    std::vector<std::string> unknown_paths{};
};

// What could not be read stops nobody: it is kept aside.
struct Undecodable {
    std::optional<AmazonOrderId> id{};
    Pii<std::string> document{};
    Error error{};
};

struct SearchPage {
    std::vector<ReadOrder> orders{};
    std::vector<Undecodable> undecodable{};
    std::optional<std::string> next_token{};  // absent: the last page
    std::optional<UtcTime> last_updated_before{};
    std::optional<UtcTime> date{};  // Amazon's clock, from the Date header
};

struct SearchQuery {
    UtcTime last_updated_after{};
    std::vector<MarketplaceId> marketplaces{};
    std::optional<std::string> pagination_token{};
    int page_size = 100;
};

// One order object. ErrorKind::corrupt, "amazon_answer_undecodable", with the path of the first thing that is
// missing or of the wrong type; the message never repeats a value.
Result<ReadOrder> read_order(const json::Value& value);

// The body of an answer of searchOrders (without `date`) and of getOrder.
Result<SearchPage> read_search_page(const json::Value& body);
Result<ReadOrder> read_order_answer(const json::Value& body);
// The same from the text that came. An order of a page that is no JSON is undecodable by itself; only a text
// whose brackets do not match, or that is none of a page otherwise, fails as a whole.
Result<SearchPage> read_search_text(std::string_view text);
Result<ReadOrder> read_order_text(std::string_view text);

// One more element of a page's list of orders: read, or undecodable.
void add_order(SearchPage& page, const json::Value& value);

// The value as compact JSON text with the members of every object sorted by name: equal values, equal texts.
std::string canonical_text(const json::Value& value);

}  // namespace fairway::amazon
