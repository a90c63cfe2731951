#include "domain/marketplace.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fairway::domain {

namespace {

constexpr std::array kMarketplaces{
    Marketplace{"CA", "A2EUQ1WTGCTBG2", "CAD", Region::na, "Amazon.ca", "sellercentral.amazon.ca", "en_CA"},
    Marketplace{"US", "ATVPDKIKX0DER", "USD", Region::na, "Amazon.com", "sellercentral.amazon.com", "en_US"},
    Marketplace{"MX", "A1AM78C64UM0Y8", "MXN", Region::na, "Amazon.com.mx", "sellercentral.amazon.com.mx",
                "es_MX"},
    Marketplace{"BR", "A2Q3Y263D00KWC", "BRL", Region::na, "Amazon.com.br", "sellercentral.amazon.com.br",
                "pt_BR"},
    Marketplace{"IE", "A28R8C7NBKEWEA", "EUR", Region::eu, "Amazon.ie", "sellercentral.amazon.ie", "en_IE"},
    Marketplace{"ES", "A1RKKUPIHCS9HS", "EUR", Region::eu, "Amazon.es", "sellercentral-europe.amazon.com",
                "es_ES"},
    Marketplace{"UK", "A1F83G8C2ARO7P", "GBP", Region::eu, "Amazon.co.uk", "sellercentral-europe.amazon.com",
                "en_GB"},
    Marketplace{"FR", "A13V1IB3VIYZZH", "EUR", Region::eu, "Amazon.fr", "sellercentral-europe.amazon.com",
                "fr_FR"},
    Marketplace{"BE", "AMEN7PMS3EDWL", "EUR", Region::eu, "Amazon.com.be", "sellercentral.amazon.com.be",
                "fr_BE"},
    Marketplace{"NL", "A1805IZSGTT6HS", "EUR", Region::eu, "Amazon.nl", "sellercentral.amazon.nl", "nl_NL"},
    Marketplace{"DE", "A1PA6795UKMFR9", "EUR", Region::eu, "Amazon.de", "sellercentral-europe.amazon.com",
                "de_DE"},
    Marketplace{"IT", "APJ6JRA9NG5V4", "EUR", Region::eu, "Amazon.it", "sellercentral-europe.amazon.com",
                "it_IT"},
    Marketplace{"SE", "A2NODRKZP88ZB9", "SEK", Region::eu, "Amazon.se", "sellercentral.amazon.se", "sv_SE"},
    Marketplace{"ZA", "AE08WJ6YKNBMC", "ZAR", Region::eu, "Amazon.co.za", "sellercentral.amazon.co.za",
                "en_ZA"},
    Marketplace{"PL", "A1C3SOZRARQ6R3", "PLN", Region::eu, "Amazon.pl", "sellercentral.amazon.pl", "pl_PL"},
    Marketplace{"EG", "ARBP9OOSHTCHU", "EGP", Region::eu, "Amazon.eg", "sellercentral.amazon.eg", "ar_EG"},
    Marketplace{"TR", "A33AVAJ2PDY3EV", "TRY", Region::eu, "Amazon.com.tr", "sellercentral.amazon.com.tr",
                "tr_TR"},
    Marketplace{"SA", "A17E79C6D8DWNP", "SAR", Region::eu, "Amazon.sa", "sellercentral.amazon.sa", "ar_SA"},
    Marketplace{"AE", "A2VIGQ35RCS4UG", "AED", Region::eu, "Amazon.ae", "sellercentral.amazon.ae", "en_AE"},
    Marketplace{"IN", "A21TJRUUN4KGV", "INR", Region::eu, "Amazon.in", "sellercentral.amazon.in", "en_IN"},
    Marketplace{"SG", "A19VAU5U5O7RUS", "SGD", Region::fe, "Amazon.sg", "sellercentral.amazon.sg", "en_SG"},
    Marketplace{"AU", "A39IBJ37TRP1C6", "AUD", Region::fe, "Amazon.com.au", "sellercentral.amazon.com.au",
                "en_AU"},
    Marketplace{"JP", "A1VC38T7YXB528", "JPY", Region::fe, "Amazon.co.jp", "sellercentral.amazon.co.jp",
                "ja_JP"},
};

}  // namespace

std::string_view to_text(Region region) {
    switch (region) {
        case Region::na: return "na";
        case Region::eu: return "eu";
        case Region::fe: return "fe";
    }
    return "";
}

std::optional<Region> parse_region(std::string_view text) {
    for (const Region region : {Region::na, Region::eu, Region::fe})
        if (to_text(region) == text) return region;
    return std::nullopt;
}

std::string_view spapi_url(Region region) {
    switch (region) {
        case Region::na: return "https://sellingpartnerapi-na.amazon.com";
        case Region::eu: return "https://sellingpartnerapi-eu.amazon.com";
        case Region::fe: return "https://sellingpartnerapi-fe.amazon.com";
    }
    return "";
}

std::span<const Marketplace> marketplaces() { return kMarketplaces; }

const Marketplace* find_marketplace_by_country(std::string_view country) {
    if (country == "GB") country = "UK";
    const auto found = std::ranges::find(kMarketplaces, country, &Marketplace::country);
    return found == kMarketplaces.end() ? nullptr : &*found;
}

const Marketplace* find_marketplace(const MarketplaceId& id) {
    const auto found = std::ranges::find(kMarketplaces, std::string_view(id.str()), &Marketplace::id);
    return found == kMarketplaces.end() ? nullptr : &*found;
}

std::string seller_central_link(const Marketplace& marketplace, const AmazonOrderId& order) {
    return "https://" + std::string(marketplace.seller_central) + "/orders-v3/order/" +
           percent_encode(order.str());
}

}  // namespace fairway::domain
