// Every flavour of POST /sandbox/orders, on every marketplace.
#include "sandbox/flavour.hpp"

#include <map>
#include <set>

#include "sandbox/countries.hpp"
#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

class Flavours : public SandboxTest {
protected:
    Flavours() { use({.seed = 7, .quotas = false}); }

    json::Value make(std::string_view flavour, const json::Object& changes = {}) {
        json::Object body{{"seller_id", seller().seller_id}, {"marketplace", "IT"}, {"flavour", flavour}};
        for (const auto& [name, value] : changes) body[name] = value;
        const net::Response response = control("POST", "orders", body);
        EXPECT_EQ(response.status, 201) << response.body;
        return body_of(response);
    }
    static const json::Array& items(const json::Value& order) { return order.at("orderItems").as_array(); }
    static std::string amount(const json::Value& proceeds, std::string_view type) {
        for (const json::Value& part : proceeds.at("breakdowns").as_array())
            if (text_at(part, "type") == type) return text_at(part, "subtotal.amount");
        return "";
    }
    static std::string status(const json::Value& order) {
        return text_at(order, "fulfillment.fulfillmentStatus");
    }
};

TEST_F(Flavours, an_unknown_one_is_refused) {
    const json::Object body{{"seller_id", seller().seller_id}, {"marketplace", "IT"}, {"flavour", "sweet"}};
    EXPECT_EQ(control("POST", "orders", body).status, 422);
}

TEST_F(Flavours, a_plain_order_is_one_unit_of_what_the_seller_has) {
    const json::Value order = make("plain");
    ASSERT_EQ(items(order).size(), 1U);
    EXPECT_EQ(items(order)[0].at("quantityOrdered"), 1);
    EXPECT_EQ(
        std::ranges::count(seller().products, text_at(items(order)[0], "product.sellerSku"), &Product::sku),
        1);
    EXPECT_EQ(status(order), "UNSHIPPED");
}

TEST_F(Flavours, lines_and_units) {
    EXPECT_EQ(items(make("several_lines")).size(), 3U);
    EXPECT_EQ(items(make("several_units"))[0].at("quantityOrdered"), 4);
    const json::Value order = make("same_sku_twice");
    ASSERT_EQ(items(order).size(), 2U);
    EXPECT_EQ(text_at(items(order)[0], "product.sellerSku"), text_at(items(order)[1], "product.sellerSku"));
    EXPECT_NE(text_at(items(order)[0], "orderItemId"), text_at(items(order)[1], "orderItemId"));
}

TEST_F(Flavours, a_hundred_lines_have_ids_of_their_own) {
    std::set<std::string> ids;
    for (const json::Value& item : items(make("hundred_lines"))) ids.insert(text_at(item, "orderItemId"));
    EXPECT_EQ(ids.size(), 100U);
}

TEST_F(Flavours, included_tax_is_not_told_apart) {
    EXPECT_EQ(amount(make("tax_included").at("proceeds"), "TAX"), "");
    EXPECT_NE(amount(make("tax_excluded").at("proceeds"), "TAX"), "");
    const json::Object japan{{"marketplace", "JP"}};
    EXPECT_EQ(amount(make("plain", japan).at("proceeds"), "TAX"), "");
    EXPECT_NE(amount(make("tax_excluded", japan).at("proceeds"), "TAX"), "");
}

TEST_F(Flavours, discounts_are_on_goods_or_on_shipping) {
    const json::Value goods = make("discount"), shipping = make("shipping_discount");
    const auto detail = [](const json::Value& order) {
        for (const json::Value& part : items(order)[0].at("proceeds").at("breakdowns").as_array())
            if (text_at(part, "type") == "DISCOUNT") return text_at(part, "detailedBreakdowns[0].subtype");
        return std::string();
    };
    EXPECT_EQ(detail(goods), "ITEM");
    EXPECT_EQ(detail(shipping), "SHIPPING");
    EXPECT_EQ(amount(shipping.at("proceeds"), "DISCOUNT"), amount(shipping.at("proceeds"), "SHIPPING"));
    EXPECT_TRUE(items(shipping)[0].as_object().contains("promotion"));
}

TEST_F(Flavours, a_gift_has_its_wrap_and_a_message_of_two_lines) {
    const json::Value order = make("gift");
    EXPECT_NE(amount(order.at("proceeds"), "GIFT_WRAP"), "");
    EXPECT_THAT(text_at(items(order)[0], "fulfillment.packing.giftOption.giftMessage"),
                testing::HasSubstr("🎁\n"));
}

TEST_F(Flavours, programs) {
    EXPECT_EQ(make("business").at("programs"), json::Value(json::Array{"AMAZON_BUSINESS"}));
    EXPECT_EQ(make("prime").at("programs"), json::Value(json::Array{"PRIME"}));
}

TEST_F(Flavours, a_replacement_costs_nothing_and_says_so) {
    const json::Value order = make("replacement");
    EXPECT_EQ(text_at(order, "proceeds.grandTotal.amount"), "0.00");
    EXPECT_EQ(text_at(items(order)[0], "proceeds.proceedsTotal.amount"), "0.00");
    EXPECT_THAT(text_at(order, "associatedOrders[0].orderId"),
                testing::MatchesRegex("40.-[0-9]{7}-[0-9]{7}"));
}

TEST_F(Flavours, shipped_at_first_sight_whole_or_in_part) {
    const json::Value part = make("part_shipped"), whole = make("shipped_elsewhere");
    EXPECT_EQ(status(part), "PARTIALLY_SHIPPED");
    EXPECT_EQ(*json::find(part, "orderItems[0].fulfillment.quantityUnfulfilled"), 1);
    EXPECT_EQ(status(whole), "SHIPPED");
    EXPECT_EQ(whole.at("packages").as_array().size(), 1U);
}

TEST_F(Flavours, what_is_cancelled_before_it_is_paid_never_shows_money) {
    const json::Value early = make("cancelled_early"), late = make("cancelled_late");
    EXPECT_EQ(status(early), "CANCELLED");
    EXPECT_FALSE(early.as_object().contains("proceeds"));
    EXPECT_FALSE(early.as_object().contains("buyer"));
    EXPECT_EQ(status(late), "CANCELLED");
    EXPECT_TRUE(late.as_object().contains("proceeds"));
    for (const json::Value& order : {early, late}) EXPECT_FALSE(order.as_object().contains("recipient"));
    const std::string id = place_id({{"status", "PENDING"}});
    control("POST", "orders/" + id + "/status", json::Object{{"status", "CANCELLED"}});
    EXPECT_FALSE(shown(id, "includedData=PROCEEDS").as_object().contains("proceeds"));
}

TEST_F(Flavours, names_beyond_ascii) {
    EXPECT_THAT(text_at(make("non_ascii_name"), "recipient.deliveryAddress.name"), testing::HasSubstr("Ž"));
    EXPECT_THAT(text_at(make("emoji_name"), "recipient.deliveryAddress.name"), testing::HasSubstr("🌻"));
    EXPECT_THAT(text_at(make("emoji_name"), "buyer.buyerName"), testing::HasSubstr("🌻"));
}

TEST_F(Flavours, awkward_skus_hold_slash_space_and_percent) {
    use({.seed = 7, .sellers = 23, .quotas = false, .marketplaces = {"IT", "DE", "JP"}});
    for (const std::size_t number : {1U, 2U, 3U}) {
        std::string skus;
        const json::Object of{{"seller_id", seller(number).seller_id}};
        for (const json::Value& item : items(make("awkward_skus", of)))
            skus += text_at(item, "product.sellerSku");
        for (const char* each : {"/", " ", "%"}) EXPECT_THAT(skus, testing::HasSubstr(each));
    }
}

TEST_F(Flavours, a_flavour_comes_on_top_of_lines_that_are_given) {
    const json::Array lines{json::Object{{"sku", "X"}, {"unit_price", "10.00"}, {"tax", "1.00"}}};
    const json::Value order = make("gift", {{"lines", lines}});
    EXPECT_EQ(text_at(items(order)[0], "product.sellerSku"), "X");
    EXPECT_EQ(amount(order.at("proceeds"), "TAX"), "1.00");
    EXPECT_NE(amount(order.at("proceeds"), "GIFT_WRAP"), "");
}

TEST_F(Flavours, every_flavour_adds_up_on_every_marketplace) {
    for (const domain::Marketplace& marketplace : domain::marketplaces())
        for (const std::string_view flavour : flavour_names()) {
            const json::Value order = make(flavour, {{"marketplace", marketplace.country}});
            const json::Value* total = json::find(order, "proceeds.grandTotal");
            ASSERT_EQ(total == nullptr, flavour == "cancelled_early") << flavour;
            if (total == nullptr) continue;
            EXPECT_EQ(text_at(*total, "currencyCode"), marketplace.currency);
            const auto currency = domain::Currency::of(marketplace.currency);
            std::int64_t sum = 0;
            for (const json::Value& item : items(order))
                sum += domain::parse_money(text_at(item, "proceeds.proceedsTotal.amount"), currency)->minor;
            EXPECT_EQ(sum, domain::parse_money(text_at(*total, "amount"), currency)->minor)
                << flavour << " in " << marketplace.country;
        }
}

// What addresses of each country always have, by the marketplace's country code.
struct Form {
    std::string country, postal_code, region, district;
};

TEST_F(Flavours, addresses_have_the_form_of_their_country) {
    const std::string any = ".+", none;
    const std::vector<Form> forms{
        {"CA", "[A-Z][0-9][A-Z] [0-9][A-Z][0-9]", "[A-Z]{2}", none},
        {"US", "[0-9]{5}(-[0-9]{4})?", "[A-Z]{2}", none},
        {"MX", "[0-9]{5}", any, any},
        {"BR", "[0-9]{5}-[0-9]{3}", "[A-Z]{2}", any},
        {"IE", "[A-Z][0-9]{2} [A-Z0-9]{4}", none, "Co\\. .+"},
        {"ES", "[0-9]{5}", any, none},
        {"UK", "[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", none, "(.+)?"},
        {"FR", "[0-9]{5}", none, none},
        {"BE", "[0-9]{4}", none, none},
        {"NL", "[0-9]{4} [A-Z]{2}", none, none},
        {"DE", "[0-9]{5}", any, none},
        {"IT", "[0-9]{5}", "[A-Z]{2}", none},
        {"SE", "[0-9]{3} [0-9]{2}", none, none},
        {"ZA", "[0-9]{4}", any, any},
        {"PL", "[0-9]{2}-[0-9]{3}", any, none},
        {"EG", "[0-9]{5}", any, any},
        {"TR", "[0-9]{5}", any, any},
        {"SA", "[0-9]{5}", any, any},
        {"AE", none, any, any},
        {"IN", "[0-9]{6}", "[A-Z ]+", none},
        {"SG", "[0-9]{6}", none, none},
        {"AU", "[0-9]{4}", "[A-Z]{2,3}", none},
        {"JP", "[0-9]{3}-[0-9]{4}", any, none},
    };
    ASSERT_EQ(forms.size(), domain::marketplaces().size());
    for (const Form& form : forms)
        for (int i = 0; i < 12; ++i) {
            const json::Value order = make("plain", {{"marketplace", form.country}});
            const json::Value& address = *json::find(order, "recipient.deliveryAddress");
            EXPECT_EQ(text_at(address, "countryCode"), form.country == "UK" ? "GB" : form.country);
            EXPECT_THAT(text_at(address, "postalCode"), testing::MatchesRegex(form.postal_code))
                << form.country;
            EXPECT_THAT(text_at(address, "stateOrRegion"), testing::MatchesRegex(form.region))
                << form.country;
            EXPECT_THAT(text_at(address, "districtOrCounty"), testing::MatchesRegex(form.district));
            for (const char* member : {"name", "addressLine1", "city", "phone"}) {
                EXPECT_NE(text_at(address, member), "") << form.country << " " << member;
                EXPECT_THAT(text_at(address, member), testing::Not(testing::HasSubstr("{"))) << form.country;
            }
        }
}

TEST_F(Flavours, sellers_sell_in_the_marketplaces_that_are_asked_for_in_turn) {
    use({.seed = 7,
         .sellers = 4,
         .orders_per_minute = 1,
         .quotas = false,
         .marketplaces = {"JP", "US", "UK"}});
    EXPECT_EQ(seller(1).region, domain::Region::fe);
    EXPECT_EQ(seller(2).region, domain::Region::na);
    EXPECT_EQ(seller(4).marketplaces.front()->country, "JP");
    advance(hours(2));
    std::set<std::string> currencies;
    const json::Value ledger = body_of(control("GET", "ledger"));
    for (const json::Value& entry : ledger.at("orders").as_array())
        if (const json::Value* total = json::find(entry, "order.proceeds.grandTotal"))
            currencies.insert(text_at(*total, "currencyCode"));
    EXPECT_EQ(currencies, (std::set<std::string>{"JPY", "USD", "GBP"}));
}

TEST(DrawnFlavours, are_mostly_plain_and_of_many_kinds) {
    SeededRng rng(1);
    std::map<Flavour, int> drawn;
    for (int i = 0; i < 20'000; ++i) ++drawn[draw_flavour(rng)];
    EXPECT_GT(drawn[Flavour::plain], 16'000);
    EXPECT_LT(drawn[Flavour::plain], 16'800);
    EXPECT_EQ(drawn.size(), 15U);
    EXPECT_GT(drawn[Flavour::hundred_lines], 5);
}

}  // namespace
}  // namespace fairway::sandbox
