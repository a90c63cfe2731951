#include "sandbox/world_test.hpp"

#include <map>
#include <set>

namespace fairway::sandbox {
namespace {

std::int64_t cents(const json::Value& money) {
    return domain::parse_money(text_at(money, "amount"), domain::Currency::of("EUR"))->minor;
}

class Generator : public SandboxTest {
protected:
    // A working day of a busy shop in Italy and one in Germany.
    Generator() {
        use(kBusy);
        advance(kDay);
        orders_ = read_orders();
    }

    json::Array read_orders() {
        json::Array orders;
        const json::Value ledger = body_of(control("GET", "ledger"));
        for (const json::Value& entry : ledger.at("orders").as_array()) orders.push_back(entry.at("order"));
        return orders;
    }
    json::Array paid_orders() const {
        json::Array paid;
        for (const json::Value& order : orders_)
            if (order.as_object().contains("proceeds")) paid.push_back(order);
        return paid;
    }
    static std::map<std::string, std::int64_t> parts_of(const json::Value& proceeds) {
        std::map<std::string, std::int64_t> parts;
        for (const json::Value& part : proceeds.at("breakdowns").as_array())
            parts[text_at(part, "type")] += cents(part.at("subtotal"));
        return parts;
    }
    static std::int64_t sum_of(std::map<std::string, std::int64_t> parts) {
        return parts["ITEM"] + parts["SHIPPING"] + parts["GIFT_WRAP"] + parts["TAX"] - parts["DISCOUNT"];
    }

    static constexpr Duration kDay = hours(8);
    static inline const Options kBusy{.seed = 7, .sellers = 2, .orders_per_minute = 1, .quotas = false};
    json::Array orders_;
};

TEST_F(Generator, makes_about_as_many_orders_as_asked) {
    EXPECT_GT(orders_.size(), 480U - 90);
    EXPECT_LT(orders_.size(), 480U + 90);
}

TEST_F(Generator, makes_the_same_world_from_the_same_seed) {
    SandboxClock clock(real_, kStart, 0);
    World again(kBusy, clock);
    clock.advance(kDay);
    const net::Response ledger = again.handle(request("GET", "/sandbox/ledger"));
    EXPECT_EQ(body_of(ledger).at("orders"), body_of(control("GET", "ledger")).at("orders"));
}

TEST_F(Generator, calls_and_their_times_do_not_change_the_worlds_course) {
    SandboxClock clock(real_, kStart, 0);
    World again(kBusy, clock);
    for (int hour = 0; hour < 8; ++hour) {
        net::Request asked = request("POST", "/auth/o2/token", format_query(credentials()));
        again.handle(std::move(asked));
        clock.advance(hours(1));
    }
    const net::Response ledger = again.handle(request("GET", "/sandbox/ledger"));
    EXPECT_EQ(body_of(ledger).at("orders"), body_of(control("GET", "ledger")).at("orders"));
}

TEST_F(Generator, makes_another_world_from_another_seed) {
    const std::string secret = seller().client_secret;
    use({.seed = 8, .sellers = 2});
    EXPECT_NE(seller().client_secret, secret);
}

TEST_F(Generator, a_quiet_world_makes_no_orders) {
    use({.seed = 7});
    advance(days(1));
    EXPECT_TRUE(read_orders().empty());
}

TEST_F(Generator, tax_is_the_vat_of_what_is_taxed_to_the_cent) {
    std::size_t included = 0;
    for (const json::Value& order : paid_orders()) {
        const std::int64_t rate = text_at(order, "salesChannel.marketplaceId") == kGermany ? 19 : 22;
        for (const json::Value& item : order.at("orderItems").as_array()) {
            auto parts = parts_of(item.at("proceeds"));
            // Of a flavour whose prices hold the tax.
            if (!parts.contains("TAX") && parts["ITEM"] > 0 && ++included < 20) continue;
            const std::int64_t base =
                parts["ITEM"] + parts["SHIPPING"] + parts["GIFT_WRAP"] - parts["DISCOUNT"];
            EXPECT_LE(std::abs(parts["TAX"] * 100 - base * rate), 50) << json::serialize(item);
        }
    }
}

TEST_F(Generator, a_lines_parts_add_up_to_its_total) {
    ASSERT_GT(paid_orders().size(), 300U);
    for (const json::Value& order : paid_orders())
        for (const json::Value& item : order.at("orderItems").as_array())
            EXPECT_EQ(sum_of(parts_of(item.at("proceeds"))),
                      cents(*json::find(item, "proceeds.proceedsTotal")));
}

TEST_F(Generator, an_orders_lines_and_parts_add_up_to_its_total) {
    for (const json::Value& order : paid_orders()) {
        const std::int64_t total = cents(*json::find(order, "proceeds.grandTotal"));
        std::int64_t lines = 0;
        for (const json::Value& item : order.at("orderItems").as_array())
            lines += cents(*json::find(item, "proceeds.proceedsTotal"));
        EXPECT_EQ(lines, total);
        EXPECT_EQ(sum_of(parts_of(order.at("proceeds"))), total);
        EXPECT_EQ(total == 0, order.as_object().contains("associatedOrders"));
    }
}

TEST_F(Generator, the_details_of_a_tax_add_up_to_it) {
    for (const json::Value& order : paid_orders())
        for (const json::Value& item : order.at("orderItems").as_array())
            for (const json::Value& part : item.at("proceeds").at("breakdowns").as_array()) {
                if (text_at(part, "type") != "TAX") continue;
                std::int64_t sum = 0;
                for (const json::Value& detail : part.at("detailedBreakdowns").as_array())
                    sum += cents(detail.at("value"));
                EXPECT_EQ(sum, cents(part.at("subtotal")));
            }
}

TEST_F(Generator, addresses_are_complete_and_of_their_country) {
    for (const json::Value& order : paid_orders()) {
        const json::Value& address = *json::find(order, "recipient.deliveryAddress");
        for (const char* member : {"name", "addressLine1", "city", "stateOrRegion", "phone", "addressType"})
            EXPECT_NE(text_at(address, member), "") << member;
        const bool german = text_at(order, "salesChannel.marketplaceId") == kGermany;
        EXPECT_EQ(text_at(address, "countryCode"), german ? "DE" : "IT");
        EXPECT_THAT(text_at(address, "postalCode"), testing::MatchesRegex("[0-9]{5}"));
        EXPECT_THAT(text_at(address, "name"), testing::HasSubstr(" "));
        if (!german) {
            EXPECT_THAT(text_at(address, "stateOrRegion"), testing::MatchesRegex("[A-Z]{2}"));
        }
    }
}

TEST_F(Generator, buyers_have_masked_addresses_at_their_marketplace) {
    for (const json::Value& order : paid_orders()) {
        const bool german = text_at(order, "salesChannel.marketplaceId") == kGermany;
        EXPECT_THAT(text_at(order, "buyer.buyerEmail"),
                    testing::MatchesRegex(german ? "[a-z0-9]{15}@marketplace.amazon.de"
                                                 : "[a-z0-9]{15}@marketplace.amazon.it"));
    }
}

TEST_F(Generator, orders_and_their_items_have_ids_of_their_own_as_amazon_writes_them) {
    std::set<std::string> orders, items;
    for (const json::Value& order : orders_) {
        const bool german = text_at(order, "salesChannel.marketplaceId") == kGermany;
        EXPECT_THAT(text_at(order, "orderId"), testing::MatchesRegex(german ? "30[2-5]-[0-9]{7}-[0-9]{7}"
                                                                            : "40[2-8]-[0-9]{7}-[0-9]{7}"));
        orders.insert(text_at(order, "orderId"));
        for (const json::Value& item : order.at("orderItems").as_array())
            EXPECT_TRUE(items.insert(text_at(item, "orderItemId")).second);
    }
    EXPECT_EQ(orders.size(), orders_.size());
}

TEST_F(Generator, sells_only_what_its_seller_has) {
    std::set<std::string> known;
    for (const std::size_t number : {1U, 2U})
        for (const Product& product : seller(number).products) known.insert(product.sku);
    for (const json::Value& order : orders_)
        for (const json::Value& item : order.at("orderItems").as_array())
            EXPECT_TRUE(known.contains(text_at(item, "product.sellerSku")));
}

TEST_F(Generator, shows_every_kind_of_order_that_a_day_brings) {
    std::set<std::string> seen;
    for (const json::Value& order : orders_) {
        seen.insert(text_at(order, "fulfillment.fulfillmentStatus"));
        const std::string text = json::serialize(order);
        for (const char* each : {"DISCOUNT", "GIFT_WRAP", "SHIPPING", "giftMessage", "PRIME",
                                 "AMAZON_BUSINESS", "REPLACEMENT_ORIGINAL_ID", "🌻"})
            if (text.contains(each)) seen.insert(each);
        if (order.at("orderItems").as_array().size() > 1) seen.insert("several lines");
    }
    EXPECT_THAT(seen,
                testing::IsSupersetOf({"PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "CANCELLED",
                                       "DISCOUNT", "GIFT_WRAP", "SHIPPING", "giftMessage", "PRIME",
                                       "AMAZON_BUSINESS", "REPLACEMENT_ORIGINAL_ID", "🌻", "several lines"}));
}

TEST_F(Generator, an_order_is_pending_first_and_paid_within_a_quarter_of_an_hour) {
    use(kBusy);
    std::set<std::string> pending;
    for (int minute = 0; minute < 60; ++minute) {
        advance(minutes(1));
        for (const json::Value& order : read_orders())
            if (text_at(order, "fulfillment.fulfillmentStatus") == "PENDING") {
                pending.insert(text_at(order, "orderId"));
                EXPECT_GE(*parse_rfc3339(text_at(order, "createdTime")), now() - minutes(15));
            }
    }
    EXPECT_GT(pending.size(), 30U);
}

TEST_F(Generator, does_not_sell_where_an_order_was_merely_asked_for) {
    place_id({{"marketplace", "DE"}});
    advance(kDay);
    int german = 0;
    for (const json::Value& order : read_orders())
        if (text_at(order, "salesChannel.marketplaceId") == kGermany &&
            text_at(order, "orderItems[0].product.sellerSku").starts_with("MOKA"))
            ++german;
    EXPECT_EQ(german, 1);
}

TEST_F(Generator, what_was_shipped_by_hand_is_not_cancelled_later) {
    use(kBusy);
    advance(hours(4));
    std::vector<std::string> shipped;
    for (const json::Value& order : read_orders()) {
        const std::string id = text_at(order, "orderId");
        if (control("POST", "orders/" + id + "/status", json::Object{{"status", "SHIPPED"}}).status == 200)
            shipped.push_back(id);
    }
    advance(hours(2));
    ASSERT_GT(shipped.size(), 100U);
    for (const json::Value& order : read_orders())
        if (std::ranges::count(shipped, text_at(order, "orderId")) > 0) {
            EXPECT_EQ(text_at(order, "fulfillment.fulfillmentStatus"), "SHIPPED");
        }
}

}  // namespace
}  // namespace fairway::sandbox
