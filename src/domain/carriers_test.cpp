#include "domain/carriers.hpp"

#include <gtest/gtest.h>

namespace fairway::domain {
namespace {

TEST(Carriers, a_known_carrier_is_sent_with_amazons_spelling) {
    EXPECT_EQ(to_amazon_carrier("DHL", {}).code, "DHL");
    EXPECT_EQ(to_amazon_carrier("poste italiane", {}).code, "Poste Italiane");
    EXPECT_EQ(to_amazon_carrier(" DHL_Paket ", {}).code, "DHL-Paket");
    EXPECT_EQ(to_amazon_carrier("posteitaliane", {}).name, "posteitaliane");
}

TEST(Carriers, an_unknown_carrier_is_other_with_its_name) {
    const AmazonCarrier carrier = to_amazon_carrier("Corriere Alpino", {});
    EXPECT_EQ(carrier.code, "Other");
    EXPECT_EQ(carrier.name, "Corriere Alpino");
    EXPECT_EQ(to_amazon_carrier("–", {}).code, "Other");
}

TEST(Carriers, the_stores_map_decides_first) {
    const std::map<std::string, std::string> mapped{{"DHL", "DHL Express"}, {"brt-notte", "BRT"}};
    EXPECT_EQ(to_amazon_carrier("DHL", mapped).code, "DHL Express");
    EXPECT_EQ(to_amazon_carrier("brt-notte", mapped).code, "BRT");
}

}  // namespace
}  // namespace fairway::domain
