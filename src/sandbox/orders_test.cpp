#include "sandbox/orders.hpp"

#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

const std::vector<Status> kStatuses{"PENDING_AVAILABILITY", "PENDING", "UNSHIPPED",
                                    "PARTIALLY_SHIPPED",    "SHIPPED", "CANCELLED",
                                    "UNFULFILLABLE"};

TEST(OrderLife, allows_exactly_amazons_steps) {
    const std::set<std::pair<Status, Status>> steps{{"PENDING_AVAILABILITY", "PENDING"},
                                                    {"PENDING_AVAILABILITY", "CANCELLED"},
                                                    {"PENDING", "UNSHIPPED"},
                                                    {"PENDING", "CANCELLED"},
                                                    {"UNSHIPPED", "PARTIALLY_SHIPPED"},
                                                    {"UNSHIPPED", "SHIPPED"},
                                                    {"UNSHIPPED", "CANCELLED"},
                                                    {"UNSHIPPED", "PENDING"},
                                                    {"PARTIALLY_SHIPPED", "SHIPPED"},
                                                    {"PARTIALLY_SHIPPED", "CANCELLED"}};
    for (const Status& from : kStatuses)
        for (const Status& to : kStatuses)
            EXPECT_EQ(may_follow(from, to), steps.contains({from, to})) << from << " to " << to;
}

struct Units {
    std::int64_t ordered, fulfilled, cancelled;
    Status status;
};

class StatusOfQuantities : public testing::TestWithParam<Units> {};

TEST_P(StatusOfQuantities, is_what_the_units_say) {
    Order order;
    order.lines.push_back({.ordered = GetParam().ordered,
                           .fulfilled = GetParam().fulfilled,
                           .cancelled = GetParam().cancelled});
    EXPECT_EQ(status_of_quantities(order), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(Every, StatusOfQuantities,
                         testing::Values(Units{3, 0, 0, "UNSHIPPED"}, Units{3, 0, 1, "UNSHIPPED"},
                                         Units{3, 1, 0, "PARTIALLY_SHIPPED"},
                                         Units{3, 1, 1, "PARTIALLY_SHIPPED"}, Units{3, 3, 0, "SHIPPED"},
                                         Units{3, 1, 2, "SHIPPED"}, Units{3, 0, 3, "CANCELLED"}));

// Which members an order gains from each data set, beyond what is always there.
class IncludedData : public SandboxTest {
protected:
    IncludedData() {
        use({.seed = 7, .quotas = false});
        control("POST", "sellers/" + seller().seller_id + "/roles",
                json::Object{{"roles", json::Array{"shipping", "tax"}}});
        id_ = place_id(
            {{"programs", json::Array{"AMAZON_BUSINESS", "AMAZON_EASY_SHIP"}},
             {"lines",
              json::Array{json::Object{
                  {"sku", "MOKA-3T"}, {"quantity", 2}, {"unit_price", "10.00"}, {"discount", "1.00"}}}}});
        control("POST", "orders/" + id_ + "/cancel-request", json::Object{{"line", 1}});
        const json::Array one{json::Object{{"line", 1}, {"quantity", 1}}};
        control("POST", "orders/" + id_ + "/status",
                json::Object{{"status", "PARTIALLY_SHIPPED"},
                             {"packages", json::Array{json::Object{{"items", one}}}}});
    }

    static void collect(const json::Value& value, const std::string& path, std::set<std::string>& paths) {
        for (const auto& member : value.as_object()) paths.insert(path + std::string(member.key()));
    }
    std::set<std::string> members(const std::string& query) {
        const json::Value order = shown(id_, query);
        std::set<std::string> paths;
        collect(order, "", paths);
        collect(order.at("orderItems").as_array()[0], "item.", paths);
        collect(order.at("fulfillment"), "fulfillment.", paths);
        return paths;
    }
    std::set<std::string> gained(const std::string& data) {
        const auto without = members("");
        std::set<std::string> more;
        for (const std::string& path : members("includedData=" + data))
            if (!without.contains(path)) more.insert(path);
        return more;
    }

    std::string id_;
};

TEST_F(IncludedData, some_members_are_always_there) {
    EXPECT_EQ(members(""),
              (std::set<std::string>{"orderId", "createdTime", "lastUpdatedTime", "programs", "salesChannel",
                                     "orderItems", "fulfillment", "fulfillment.fulfillmentStatus",
                                     "fulfillment.fulfilledBy", "fulfillment.fulfillmentServiceLevel",
                                     "item.orderItemId", "item.quantityOrdered", "item.product"}));
}

TEST_F(IncludedData, each_set_brings_its_own_members) {
    using Set = std::set<std::string>;
    EXPECT_EQ(gained("BUYER"), Set{"buyer"});
    EXPECT_EQ(gained("RECIPIENT"), Set{"recipient"});
    EXPECT_EQ(gained("PROCEEDS"), (Set{"proceeds", "item.proceeds"}));
    EXPECT_EQ(gained("PROMOTION"), Set{"item.promotion"});
    EXPECT_EQ(gained("CANCELLATION"), Set{"item.cancellation"});
    EXPECT_EQ(gained("FULFILLMENT"),
              (Set{"item.fulfillment", "fulfillment.shipByWindow", "fulfillment.deliverByWindow"}));
    EXPECT_EQ(gained("PACKAGES"), Set{"packages"});
    EXPECT_EQ(gained("TAX"), Set{"tax"});
    EXPECT_EQ(gained("PAYMENT"), Set{"payment"});
    EXPECT_EQ(gained("FULFILLMENT_ORDERS"), Set{"fulfillmentOrders"});
    EXPECT_EQ(gained("EXPENSE"), Set{});
}

TEST_F(IncludedData, sets_add_up) {
    EXPECT_EQ(gained("BUYER%2CRECIPIENT"), (std::set<std::string>{"buyer", "recipient"}));
}

TEST_F(IncludedData, searches_and_single_reads_show_the_same) {
    advance(minutes(2));
    const std::string data = "includedData=BUYER,RECIPIENT,PROCEEDS,CANCELLATION,FULFILLMENT,PACKAGES";
    const json::Value page = body_of(search("lastUpdatedAfter=2026-11-01T00:00:00Z&" + data));
    EXPECT_EQ(*json::find(page, "orders[0]"), shown(id_, data));
}

TEST_F(IncludedData, the_buyers_address_is_shown_while_the_order_lives) {
    const std::string id = place_id();
    EXPECT_NE(text_at(shown(id, "includedData=BUYER"), "buyer.buyerEmail"), "");
    control("POST", "orders/" + id + "/status", json::Object{{"status", "CANCELLED"}});
    EXPECT_EQ(json::find(shown(id, "includedData=BUYER"), "buyer.buyerEmail"), nullptr);
}

TEST_F(IncludedData, the_phone_is_gone_once_the_parcel_should_have_arrived) {
    const std::string open = place_id(), shipped = place_id({{"status", "SHIPPED"}});
    const auto phone = [&](const std::string& id) {
        return text_at(shown(id, "includedData=RECIPIENT"), "recipient.deliveryAddress.phone");
    };
    EXPECT_NE(phone(shipped), "");
    advance(days(9));
    token_ = new_token();
    EXPECT_EQ(phone(shipped), "");
    EXPECT_NE(phone(open), "");
    EXPECT_NE(text_at(shown(shipped, "includedData=RECIPIENT"), "recipient.deliveryAddress.name"), "");
}

TEST_F(IncludedData, japanese_lines_tell_their_points_and_american_ones_who_keeps_the_tax) {
    const auto item = [&](const char* country) {
        const json::Array lines{json::Object{{"sku", "A"}, {"unit_price", "5980"}, {"tax", "598"}}};
        const json::Value order = place({{"marketplace", country}, {"lines", lines}});
        return order.at("orderItems").as_array()[0];
    };
    EXPECT_EQ(json::serialize(item("JP").at("expense")),
              R"({"pointsCost":{"pointsGranted":{"pointsNumber":59,"pointsMonetaryValue":)"
              R"({"amount":"59","currencyCode":"JPY"}}}})");
    EXPECT_EQ(text_at(item("US"), "tax.taxCollections[0].model"), "MARKETPLACE_FACILITATOR");
    for (const char* member : {"expense", "tax"})
        EXPECT_FALSE(item("IT").as_object().contains(member)) << member;
}

TEST_F(IncludedData, the_tax_of_a_line_is_told_apart_by_what_it_lies_on) {
    const json::Value order = place({{"lines", json::Array{json::Object{{"sku", "MOKA-3T"},
                                                                        {"quantity", 1},
                                                                        {"unit_price", "10.00"},
                                                                        {"shipping", "5.00"},
                                                                        {"gift_wrap", "2.00"},
                                                                        {"tax", "3.74"}}}}});
    const json::Value* tax = json::find(order, "orderItems[0].proceeds.breakdowns[3]");
    ASSERT_NE(tax, nullptr);
    EXPECT_EQ(text_at(*tax, "type"), "TAX");
    EXPECT_EQ(text_at(*tax, "detailedBreakdowns[0].value.amount"), "2.20");
    EXPECT_EQ(text_at(*tax, "detailedBreakdowns[1].value.amount"), "1.10");
    EXPECT_EQ(text_at(*tax, "detailedBreakdowns[2].value.amount"), "0.44");
    EXPECT_EQ(text_at(*tax, "detailedBreakdowns[2].subtype"), "GIFT_WRAP");
}

}  // namespace
}  // namespace fairway::sandbox
