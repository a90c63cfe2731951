#pragma once
// Amazon's marketplaces: ids, regions, currencies, Seller Central hosts. Facts of Amazon's documentation, as
// data.
#include <optional>
#include <span>
#include <string_view>

#include "base/ids.hpp"
#include "domain/money.hpp"

namespace fairway::domain {

enum class Region { na, eu, fe };
std::string_view to_text(Region region);  // "na", "eu", "fe"
std::optional<Region> parse_region(std::string_view text);
// "https://sellingpartnerapi-eu.amazon.com"
std::string_view spapi_url(Region region);

// The host of Amazon's token service, the same for all regions.
inline constexpr std::string_view kLwaUrl = "https://api.amazon.com";

struct Marketplace {
    std::string_view country;   // "IT"; the United Kingdom is "UK", and "GB" is understood as well
    std::string_view id;        // "APJ6JRA9NG5V4"
    std::string_view currency;  // "EUR"
    Region region;
    std::string_view name;            // "Amazon.it"
    std::string_view seller_central;  // "sellercentral-europe.amazon.com"
    std::string_view language;        // "it_IT", what getMarketplaceParticipations reports
};

std::span<const Marketplace> marketplaces();
const Marketplace* find_marketplace_by_country(std::string_view country);
const Marketplace* find_marketplace(const MarketplaceId& id);

// Where a person finds the order at Amazon.
std::string seller_central_link(const Marketplace& marketplace, const AmazonOrderId& order);

}  // namespace fairway::domain
