#include "domain/marketplace.hpp"

#include <gtest/gtest.h>

#include <set>

namespace fairway::domain {
namespace {

// As Amazon documents them.
struct Row {
    std::string_view country;
    std::string_view id;
    std::string_view currency;
    Region region;
    std::string_view name;
    std::string_view seller_central;
};
constexpr Row kRows[] = {
    Row{"CA", "A2EUQ1WTGCTBG2", "CAD", Region::na, "Amazon.ca", "sellercentral.amazon.ca"},
    Row{"US", "ATVPDKIKX0DER", "USD", Region::na, "Amazon.com", "sellercentral.amazon.com"},
    Row{"MX", "A1AM78C64UM0Y8", "MXN", Region::na, "Amazon.com.mx", "sellercentral.amazon.com.mx"},
    Row{"BR", "A2Q3Y263D00KWC", "BRL", Region::na, "Amazon.com.br", "sellercentral.amazon.com.br"},
    Row{"IE", "A28R8C7NBKEWEA", "EUR", Region::eu, "Amazon.ie", "sellercentral.amazon.ie"},
    Row{"ES", "A1RKKUPIHCS9HS", "EUR", Region::eu, "Amazon.es", "sellercentral-europe.amazon.com"},
    Row{"UK", "A1F83G8C2ARO7P", "GBP", Region::eu, "Amazon.co.uk", "sellercentral-europe.amazon.com"},
    Row{"FR", "A13V1IB3VIYZZH", "EUR", Region::eu, "Amazon.fr", "sellercentral-europe.amazon.com"},
    Row{"BE", "AMEN7PMS3EDWL", "EUR", Region::eu, "Amazon.com.be", "sellercentral.amazon.com.be"},
    Row{"NL", "A1805IZSGTT6HS", "EUR", Region::eu, "Amazon.nl", "sellercentral.amazon.nl"},
    Row{"DE", "A1PA6795UKMFR9", "EUR", Region::eu, "Amazon.de", "sellercentral-europe.amazon.com"},
    Row{"IT", "APJ6JRA9NG5V4", "EUR", Region::eu, "Amazon.it", "sellercentral-europe.amazon.com"},
    Row{"SE", "A2NODRKZP88ZB9", "SEK", Region::eu, "Amazon.se", "sellercentral.amazon.se"},
    Row{"ZA", "AE08WJ6YKNBMC", "ZAR", Region::eu, "Amazon.co.za", "sellercentral.amazon.co.za"},
    Row{"PL", "A1C3SOZRARQ6R3", "PLN", Region::eu, "Amazon.pl", "sellercentral.amazon.pl"},
    Row{"EG", "ARBP9OOSHTCHU", "EGP", Region::eu, "Amazon.eg", "sellercentral.amazon.eg"},
    Row{"TR", "A33AVAJ2PDY3EV", "TRY", Region::eu, "Amazon.com.tr", "sellercentral.amazon.com.tr"},
    Row{"SA", "A17E79C6D8DWNP", "SAR", Region::eu, "Amazon.sa", "sellercentral.amazon.sa"},
    Row{"AE", "A2VIGQ35RCS4UG", "AED", Region::eu, "Amazon.ae", "sellercentral.amazon.ae"},
    Row{"IN", "A21TJRUUN4KGV", "INR", Region::eu, "Amazon.in", "sellercentral.amazon.in"},
    Row{"SG", "A19VAU5U5O7RUS", "SGD", Region::fe, "Amazon.sg", "sellercentral.amazon.sg"},
    Row{"AU", "A39IBJ37TRP1C6", "AUD", Region::fe, "Amazon.com.au", "sellercentral.amazon.com.au"},
    Row{"JP", "A1VC38T7YXB528", "JPY", Region::fe, "Amazon.co.jp", "sellercentral.amazon.co.jp"}};

TEST(Marketplaces, there_are_as_many_as_amazon_documents) {
    EXPECT_EQ(marketplaces().size(), std::size(kRows));
    EXPECT_EQ(std::size(kRows), 23u);
}

TEST(Marketplaces, each_is_as_amazon_documents_it) {
    for (const Row& row : kRows) {
        const Marketplace* found = find_marketplace(MarketplaceId(row.id));
        ASSERT_NE(found, nullptr) << row.country;
        EXPECT_EQ(found->country, row.country);
        EXPECT_EQ(found->currency, row.currency) << row.country;
        EXPECT_EQ(found->region, row.region) << row.country;
        EXPECT_EQ(found->name, row.name);
        EXPECT_EQ(found->seller_central, row.seller_central) << row.country;
    }
}

TEST(Marketplaces, each_is_found_by_its_country) {
    for (const Row& row : kRows) {
        const Marketplace* found = find_marketplace_by_country(row.country);
        ASSERT_NE(found, nullptr) << row.country;
        EXPECT_EQ(found->id, row.id);
    }
}

TEST(Marketplaces, their_currencies_and_languages_are_well_formed) {
    for (const Marketplace& each : marketplaces()) {
        EXPECT_TRUE(Currency::parse(each.currency).has_value()) << each.country;
        ASSERT_EQ(each.language.size(), 5u) << each.country;
        const std::string_view country = each.country == "UK" ? "GB" : each.country;
        EXPECT_EQ(each.language.substr(3), country);
    }
}

TEST(Marketplaces, no_id_and_no_country_stands_twice) {
    std::set<std::string_view> ids;
    std::set<std::string_view> countries;
    for (const Marketplace& each : marketplaces()) {
        EXPECT_TRUE(ids.insert(each.id).second) << each.id;
        EXPECT_TRUE(countries.insert(each.country).second) << each.country;
    }
}

TEST(Marketplaces, the_united_kingdom_is_known_by_both_its_codes) {
    EXPECT_EQ(find_marketplace_by_country("GB"), find_marketplace_by_country("UK"));
}

TEST(Marketplaces, what_is_no_marketplace_is_not_found) {
    EXPECT_EQ(find_marketplace_by_country("XX"), nullptr);
    EXPECT_EQ(find_marketplace_by_country(""), nullptr);
    EXPECT_EQ(find_marketplace_by_country("it"), nullptr);
    EXPECT_EQ(find_marketplace(MarketplaceId("A")), nullptr);
}

TEST(SellerCentralLink, opens_the_order_at_the_marketplaces_own_host) {
    const AmazonOrderId id("402-1234567-1234567");
    EXPECT_EQ(seller_central_link(*find_marketplace_by_country("IT"), id),
              "https://sellercentral-europe.amazon.com/orders-v3/order/402-1234567-1234567");
    EXPECT_EQ(seller_central_link(*find_marketplace_by_country("JP"), id),
              "https://sellercentral.amazon.co.jp/orders-v3/order/402-1234567-1234567");
    EXPECT_EQ(seller_central_link(*find_marketplace_by_country("JP"), AmazonOrderId("a/b ?\"<")),
              "https://sellercentral.amazon.co.jp/orders-v3/order/a%2Fb%20%3F%22%3C");
}

TEST(Regions, read_back_and_have_a_host_each) {
    std::set<std::string_view> hosts;
    for (const Region region : {Region::na, Region::eu, Region::fe}) {
        EXPECT_EQ(parse_region(to_text(region)), region);
        EXPECT_TRUE(spapi_url(region).starts_with("https://sellingpartnerapi-"));
        EXPECT_NE(spapi_url(region).find(to_text(region)), std::string_view::npos);
        EXPECT_TRUE(hosts.insert(spapi_url(region)).second);
    }
    EXPECT_FALSE(parse_region("EU").has_value());
    EXPECT_FALSE(parse_region("").has_value());
}

}  // namespace
}  // namespace fairway::domain
