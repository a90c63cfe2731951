#include "amazon/orders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"

namespace fairway::amazon {
namespace {

using domain::AmazonStatus;
using domain::DataState;
using domain::Money;
using domain::Parts;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const domain::Currency kEur = domain::Currency::of("EUR");
const domain::Currency kJpy = domain::Currency::of("JPY");

json::Value parse(const std::string& text) {
    auto value = json::parse(text);
    EXPECT_TRUE(value) << text;
    return *std::move(value);
}

std::string money(const std::string& amount, const std::string& currency = "EUR") {
    return R"({"amount":")" + amount + R"(","currencyCode":")" + currency + R"("})";
}

std::string part(const std::string& type, const std::string& subtotal) {
    return R"({"type":")" + type + R"(","subtotal":)" + subtotal + "}";
}

// A line with these further members.
std::string line(const std::string& more = "") {
    return R"({"orderItemId":"11","quantityOrdered":3,"product":
        {"asin":"B01","title":"Lamp","sellerSku":"SKU-1"})" +
           (more.empty() ? "" : "," + more) + "}";
}

// An order with these lines and further members.
json::Value order(const std::string& lines = line(), const std::string& more = "") {
    return parse(R"({"orderId":"402-1234567-1234567","createdTime":"2026-11-20T10:00:00.123Z",
        "lastUpdatedTime":"2026-11-20T11:00:00Z",
        "salesChannel":{"channelName":"AMAZON","marketplaceId":"APJ6JRA9NG5V4"},"orderItems":[)" +
                 lines + "]" + (more.empty() ? "" : "," + more) + "}");
}

domain::AmazonOrder read(const json::Value& value) {
    auto result = read_order(value);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? result->order : domain::AmazonOrder{};
}

domain::OrderLine read_proceeds(const std::string& proceeds, const std::string& order_more = "") {
    return read(order(line(R"("proceeds":)" + proceeds), order_more)).lines.at(0);
}

TEST(ReadOrder, takes_the_plain_members) {
    const auto result = read(order());
    EXPECT_EQ(result.id, AmazonOrderId("402-1234567-1234567"));
    EXPECT_EQ(result.marketplace, MarketplaceId("APJ6JRA9NG5V4"));
    EXPECT_EQ(result.purchased_at, *parse_rfc3339("2026-11-20T10:00:00.123Z"));
    EXPECT_EQ(result.updated_at, *parse_rfc3339("2026-11-20T11:00:00Z"));
    ASSERT_EQ(result.lines.size(), 1U);
    EXPECT_EQ(result.lines[0].line, 1);
    EXPECT_EQ(result.lines[0].order_item_id, OrderItemId("11"));
    EXPECT_EQ(result.lines[0].seller_sku, SellerSku("SKU-1"));
    EXPECT_EQ(result.lines[0].asin, Asin("B01"));
    EXPECT_EQ(result.lines[0].title, "Lamp");
    EXPECT_EQ(result.lines[0].quantity_ordered, 3);
}

TEST(ReadOrder, numbers_lines_in_amazons_order) {
    std::string second = line();
    second.replace(second.find("\"11\""), 4, "\"07\"");
    const auto result = read(order(line() + "," + second));
    ASSERT_EQ(result.lines.size(), 2U);
    EXPECT_EQ(result.lines[1].order_item_id, OrderItemId("07"));
    EXPECT_EQ(result.lines[1].line, 2);
}

struct StatusCase {
    std::string wire;
    AmazonStatus status;
    std::int64_t fulfilled;
    std::int64_t unfulfilled;
};

TEST(ReadOrder, maps_every_status_and_what_it_says_of_the_units) {
    const StatusCase cases[] = {{"PENDING_AVAILABILITY", AmazonStatus::pending_availability, 0, 3},
                                {"PENDING", AmazonStatus::pending, 0, 3},
                                {"UNSHIPPED", AmazonStatus::unshipped, 0, 3},
                                {"PARTIALLY_SHIPPED", AmazonStatus::partially_shipped, 0, 3},
                                {"SHIPPED", AmazonStatus::shipped, 3, 0},
                                {"CANCELLED", AmazonStatus::canceled, 0, 0},
                                {"UNFULFILLABLE", AmazonStatus::unfulfillable, 0, 3},
                                {"TELEPORTED", AmazonStatus::unknown, 0, 3}};
    for (const StatusCase& each : cases) {
        const auto result =
            read(order(line(), R"("fulfillment":{"fulfillmentStatus":")" + each.wire + R"("})"));
        EXPECT_EQ(result.status, each.status) << each.wire;
        EXPECT_EQ(result.status_text, each.wire);
        EXPECT_EQ(result.lines.at(0).quantity_fulfilled, each.fulfilled) << each.wire;
        EXPECT_EQ(result.lines.at(0).quantity_unfulfilled, each.unfulfilled) << each.wire;
    }
}

TEST(ReadOrder, without_fulfillment_the_status_is_unknown) {
    const auto result = read(order());
    EXPECT_EQ(result.status, AmazonStatus::unknown);
    EXPECT_EQ(result.status_text, "");
}

TEST(ReadOrder, stated_quantities_win_over_the_status) {
    const auto result = read(order(line(R"("fulfillment":{"quantityFulfilled":1,"quantityUnfulfilled":1})"),
                                   R"("fulfillment":{"fulfillmentStatus":"CANCELLED"})"));
    EXPECT_EQ(result.lines.at(0).quantity_fulfilled, 1);
    EXPECT_EQ(result.lines.at(0).quantity_unfulfilled, 1);
}

TEST(ReadOrder, one_stated_quantity_gives_the_other) {
    const auto fulfillment = R"("fulfillment":{"fulfillmentStatus":"PARTIALLY_SHIPPED"})";
    const auto shipped = read(order(line(R"("fulfillment":{"quantityFulfilled":1})"), fulfillment));
    EXPECT_EQ(shipped.lines.at(0).quantity_unfulfilled, 2);
    const auto open = read(order(line(R"("fulfillment":{"quantityUnfulfilled":1})"), fulfillment));
    EXPECT_EQ(open.lines.at(0).quantity_fulfilled, 2);
}

TEST(ReadOrder, takes_who_fulfils_until_when_and_the_programs) {
    const auto result =
        read(order(line(), R"("programs":["PRIME","PREMIUM"],"fulfillment":{"fulfillmentStatus":"UNSHIPPED",
        "fulfilledBy":"AMAZON","shipByWindow":{"earliestDateTime":"2026-11-21T00:00:00Z",
        "latestDateTime":"2026-11-22T00:59:59+01:00"}})"));
    EXPECT_EQ(result.fulfilled_by, domain::FulfilledBy::amazon);
    EXPECT_EQ(result.ship_by, parse_rfc3339("2026-11-21T23:59:59Z"));
    EXPECT_THAT(result.programs, ElementsAre("PRIME", "PREMIUM"));
}

TEST(ReadOrder, a_time_without_offset_is_utc) {
    json::Value value = order();
    value.as_object()["lastUpdatedTime"] = "2026-11-20T11:00:00.5";
    EXPECT_EQ(read(value).updated_at, *parse_rfc3339("2026-11-20T11:00:00.5Z"));
}

TEST(ReadOrder, sorts_money_into_its_parts_and_adds_entries_of_a_kind_up) {
    const auto result = read_proceeds(
        R"({"proceedsTotal":)" + money("63.39") + R"(,"breakdowns":[)" + part("ITEM", money("50.00")) + "," +
        part("ITEM", money("1.50")) + "," + part("TAX", money("9.90")) + "," +
        part("SHIPPING", money("4.90")) + "," + part("GIFT_WRAP", money("2.00")) + "," +
        part("DISCOUNT", money("-7.00")) + "," + part("DISCOUNT", money("-0.01")) + "," +
        part("COD_FEE", money("2.00")) + "," + part("OTHER", money("0.10")) + "]}");
    EXPECT_EQ(result.proceeds,
              (Parts{{5150, kEur}, {990, kEur}, {490, kEur}, {701, kEur}, {200, kEur}, {210, kEur}}));
    EXPECT_EQ(result.proceeds_total, (Money{6339, kEur}));
    EXPECT_EQ(result.proceeds->total(), *result.proceeds_total);
}

TEST(ReadOrder, a_discount_is_positive_whatever_its_sign) {
    for (const char* amount : {"5.00", "-5.00"}) {
        const auto result = read_proceeds(R"({"breakdowns":[)" + part("ITEM", money("20.00")) + "," +
                                          part("DISCOUNT", money(amount)) + "]}");
        EXPECT_EQ(result.proceeds->discount, (Money{500, kEur})) << amount;
        EXPECT_EQ(result.proceeds->total(), (Money{1500, kEur})) << amount;
    }
}

TEST(ReadOrder, without_breakdowns_the_total_is_the_item) {
    for (const char* breakdowns : {"", R"(,"breakdowns":[])"}) {
        const auto result = read_proceeds(R"({"proceedsTotal":)" + money("19.99") + breakdowns + "}");
        EXPECT_EQ(result.proceeds->item, (Money{1999, kEur}));
        EXPECT_EQ(result.proceeds->total(), (Money{1999, kEur}));
    }
}

TEST(ReadOrder, without_any_money_there_is_none) {
    EXPECT_EQ(read_proceeds("{}").proceeds, std::nullopt);
    EXPECT_EQ(read(order()).lines.at(0).proceeds, std::nullopt);
    EXPECT_EQ(read(order()).total, std::nullopt);
}

TEST(ReadOrder, yen_have_no_decimals) {
    const auto result = read_proceeds(R"({"proceedsTotal":)" + money("5980", "JPY") + R"(,"breakdowns":[)" +
                                      part("ITEM", money("5980.00", "JPY")) + "]}");
    EXPECT_EQ(result.proceeds->item, (Money{5980, kJpy}));
    EXPECT_EQ(result.proceeds_total, (Money{5980, kJpy}));
}

TEST(ReadOrder, takes_the_total_and_the_tip_that_is_on_no_line) {
    const auto result =
        read(order(line(), R"("proceeds":{"grandTotal":)" + money("25.00") + R"(,"breakdowns":[)" +
                               part("ITEM", money("20.00")) + "," + part("OTHER", money("1.00")) + "," +
                               part("DELIVERY_TIP", money("4.00")) + "]}"));
    EXPECT_EQ(result.total, (Money{2500, kEur}));
    EXPECT_EQ(result.order_other, (Money{400, kEur}));
}

TEST(ReadOrder, a_tip_in_another_currency_than_the_total_is_undecodable) {
    const auto result =
        read_order(order(line(), R"("proceeds":{"grandTotal":)" + money("25.00") + R"(,"breakdowns":[)" +
                                     part("DELIVERY_TIP", money("4", "JPY")) + "]}"));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().field, "proceeds.breakdowns");
}

constexpr const char* kReplacement =
    R"("associatedOrders":[{"orderId":"402-7654321-7654321","associationType":"REPLACEMENT_ORIGINAL_ID"}])";

TEST(ReadOrder, a_replacement_costs_nothing_in_the_orders_currency) {
    const auto result = read(
        order(line(), std::string(kReplacement) + R"(,"proceeds":{"grandTotal":)" + money("0.00") + "}"));
    EXPECT_TRUE(result.replacement);
    EXPECT_EQ(result.lines.at(0).proceeds, Parts::zero(kEur));
}

TEST(ReadOrder, a_replacement_without_a_total_takes_the_currency_of_its_unit_price) {
    json::Value value = order(line(), kReplacement);
    value.at_pointer("/orderItems/0/product").as_object()["price"] =
        parse(R"({"unitPrice":{"amount":"5980","currencyCode":"JPY"}})");
    EXPECT_EQ(read(value).lines.at(0).proceeds, Parts::zero(kJpy));
    EXPECT_EQ(read(order(line(), kReplacement)).lines.at(0).proceeds, std::nullopt);
}

TEST(ReadOrder, an_exchange_is_no_replacement) {
    EXPECT_FALSE(
        read(
            order(line(), R"("associatedOrders":[{"orderId":"1","associationType":"EXCHANGE_ORIGINAL_ID"}])"))
            .replacement);
}

TEST(ReadOrder, takes_an_amount_that_is_a_number_by_its_shortest_text) {
    const std::pair<const char*, std::int64_t> cases[] = {{"19.99", 1999},  {"0.1", 10},
                                                          {"-3.5", -350},   {"7", 700},
                                                          {"1.0e2", 10000}, {"1234567.89", 123456789}};
    for (const auto& [number, minor] : cases) {
        const auto result = read_proceeds(R"({"proceedsTotal":{"amount":)" + std::string(number) +
                                          R"(,"currencyCode":"EUR"}})");
        EXPECT_EQ(result.proceeds_total, (Money{minor, kEur})) << number;
    }
}

struct BadCase {
    const char* pointer;  // what is replaced
    const char* value;    // by this JSON; "" removes it
    const char* path;     // what the error names
};

// Replaces or removes one place of a full order.
json::Value spoilt(const BadCase& each) {
    json::Value value = order(
        line(R"("proceeds":{"proceedsTotal":)" + money("1.00") + R"(,"breakdowns":[)" +
             part("ITEM", money("1.00")) +
             R"(]},"fulfillment":{"quantityFulfilled":0,"packing":{"giftOption":{"giftMessage":"x"}}})"),
        R"("programs":["PRIME"],"fulfillment":{"fulfillmentStatus":"UNSHIPPED","shipByWindow":{
        "latestDateTime":"2026-11-22T00:00:00Z"}},"buyer":{"buyerName":"A"},
        "recipient":{"deliveryAddress":{"name":"A"}},
        "packages":[{"packageReferenceId":"1","packageItems":[{"orderItemId":"11","quantity":1}]}])");
    const std::string pointer = each.pointer;
    const std::size_t slash = pointer.rfind('/');
    json::Value& parent = slash == 0 ? value : value.at_pointer(pointer.substr(0, slash));
    const std::string name = pointer.substr(slash + 1);
    if (auto* list = parent.if_array()) (*list)[0] = parse(each.value);
    else if (*each.value == '\0') parent.as_object().erase(name);
    else parent.as_object()[name] = parse(each.value);
    return value;
}

constexpr const char* kTotalCurrency = "/orderItems/0/proceeds/proceedsTotal/currencyCode";
constexpr const char* kTotalAmount = "/orderItems/0/proceeds/proceedsTotal/amount";
constexpr const char* kTotalAmountPath = "orderItems[0].proceeds.proceedsTotal.amount";

TEST(ReadOrder, names_the_path_of_what_is_missing_or_of_the_wrong_type) {
    const BadCase cases[] = {
        {"/orderId", "", "orderId"},
        {"/orderId", "null", "orderId"},
        {"/orderId", "\"\"", "orderId"},
        {"/orderId", "7", "orderId"},
        {"/createdTime", "\"yesterday\"", "createdTime"},
        {"/lastUpdatedTime", "", "lastUpdatedTime"},
        {"/salesChannel", "", "salesChannel"},
        {"/salesChannel/channelName", "", "salesChannel.channelName"},
        {"/orderItems", "", "orderItems"},
        {"/orderItems", "{}", "orderItems"},
        {"/orderItems/0", "7", "orderItems[0]"},
        {"/orderItems/0/orderItemId", "", "orderItems[0].orderItemId"},
        {"/orderItems/0/quantityOrdered", "\"3\"", "orderItems[0].quantityOrdered"},
        {"/orderItems/0/quantityOrdered", "-1", "orderItems[0].quantityOrdered"},
        {"/orderItems/0/quantityOrdered", "1.5", "orderItems[0].quantityOrdered"},
        {"/orderItems/0/product", "", "orderItems[0].product"},
        {"/orderItems/0/product/title", "[]", "orderItems[0].product.title"},
        {kTotalCurrency, "", "orderItems[0].proceeds.proceedsTotal.currencyCode"},
        {kTotalCurrency, "\"USD\"", "orderItems[0].proceeds.proceedsTotal"},
        {kTotalAmount, "\"1,00\"", kTotalAmountPath},
        {kTotalAmount, "\"1.005\"", kTotalAmountPath},
        {kTotalAmount, "1234567890123456", kTotalAmountPath},
        {kTotalAmount, "0.30000000000000004", kTotalAmountPath},
        {kTotalAmount, "\"99999999999999\"", kTotalAmountPath},
        {"/orderItems/0/proceeds/breakdowns/0/subtotal", "", "orderItems[0].proceeds.breakdowns[0].subtotal"},
        {"/orderItems/0/proceeds/breakdowns/0/type", "", "orderItems[0].proceeds.breakdowns[0].type"},
        {"/orderItems/0/fulfillment/quantityFulfilled", "true",
         "orderItems[0].fulfillment.quantityFulfilled"},
        {"/orderItems/0/fulfillment/packing/giftOption/giftMessage", "1",
         "orderItems[0].fulfillment.packing.giftOption.giftMessage"},
        {"/programs/0", "1", "programs[0]"},
        {"/fulfillment/fulfillmentStatus", "", "fulfillment.fulfillmentStatus"},
        {"/fulfillment/shipByWindow/latestDateTime", "\"x\"", "fulfillment.shipByWindow.latestDateTime"},
        {"/buyer/buyerName", "1", "buyer.buyerName"},
        {"/recipient/deliveryAddress/name", "{}", "recipient.deliveryAddress.name"},
        {"/packages/0/packageReferenceId", "1", "packages[0].packageReferenceId"},
        {"/packages/0/packageItems/0/quantity", "", "packages[0].packageItems[0].quantity"},
    };
    for (const BadCase& each : cases) {
        const auto result = read_order(spoilt(each));
        ASSERT_FALSE(result) << each.pointer << " " << each.value;
        EXPECT_EQ(result.error().kind, ErrorKind::corrupt);
        EXPECT_EQ(result.error().code, "amazon_answer_undecodable");
        EXPECT_EQ(result.error().field, each.path) << each.pointer << " " << each.value;
        EXPECT_THAT(result.error().message, HasSubstr(each.path));
    }
}

TEST(ReadOrder, the_unspoilt_order_of_the_table_above_is_fine) {
    EXPECT_TRUE(read_order(spoilt({"/programs/0", "\"PRIME\"", ""})));
}

TEST(ReadOrder, refuses_a_line_that_is_there_twice) {
    const auto result = read_order(order(line() + "," + line()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().field, "orderItems[1].orderItemId");
}

TEST(ReadOrder, the_largest_amounts_it_accepts_cannot_overflow) {
    std::string breakdowns;
    for (int i = 0; i < 1'000; ++i) breakdowns += (i == 0 ? "" : ",") + part("ITEM", money("9999999999.99"));
    const auto result = read_proceeds(R"({"breakdowns":[)" + breakdowns + "]}");
    EXPECT_EQ(result.proceeds->total().minor, 999'999'999'999'000);
    breakdowns += "," + part("ITEM", money("1.00"));
    EXPECT_FALSE(read_order(order(line(R"("proceeds":{"breakdowns":[)" + breakdowns + "]}"))));
}

TEST(ReadOrder, keeps_what_is_new_and_says_so) {
    const json::Value value =
        order(line(R"("wrapping":{"deep":[1,2]},"proceeds":{"breakdowns":[)" + part("ITEM", money("5.00")) +
                   "," + part("CARBON_FEE", money("0.30")) + "]}"),
              R"("loyalty":"gold","programs":["PRIME","MOON_DELIVERY"],
        "fulfillment":{"fulfillmentStatus":"TELEPORTED"})");
    const auto result = read_order(value);
    ASSERT_TRUE(result);
    EXPECT_THAT(result->unknown_paths,
                testing::UnorderedElementsAre("orders[].orderItems[].wrapping",
                                              "orders[].orderItems[].proceeds.breakdowns[].type=CARBON_FEE",
                                              "orders[].loyalty", "orders[].programs[]=MOON_DELIVERY",
                                              "orders[].fulfillment.fulfillmentStatus=TELEPORTED"));
    EXPECT_EQ(result->order.lines.at(0).proceeds->other, (Money{30, kEur}));
    EXPECT_EQ(parse(result->document.reveal()), value);
}

TEST(ReadOrder, does_not_repeat_values_that_could_be_personal) {
    const auto result = read_order(order(
        line(),
        R"("Anna Rossi, Roma":1,"recipient":{"deliveryAddress":{"name":"A","addressType":"near Anna"}})"));
    ASSERT_TRUE(result);
    EXPECT_THAT(result->unknown_paths, testing::UnorderedElementsAre(
                                           "orders[].?", "orders[].recipient.deliveryAddress.addressType=?"));
}

TEST(ReadOrder, reads_recipient_buyer_and_gift_messages_apart_from_the_order) {
    const auto result = read_order(order(
        line(R"("fulfillment":{"packing":{"giftOption":{"giftMessage":"Auguri 🎁","giftWrapLevel":"Red"}}})"),
        R"("buyer":{"buyerName":"Zoë 👩‍🚀","buyerEmail":"x@marketplace.amazon.it",
        "buyerCompanyName":"Rossi Srl","buyerPurchaseOrderNumber":"PO-7"},
        "recipient":{"deliveryAddress":{"name":"Zoë 👩‍🚀","companyName":"Rossi","addressLine1":"Via Roma 1",
        "addressLine2":"int. 2","addressLine3":"","city":"Roma","districtOrCounty":"RM",
        "stateOrRegion":"Lazio","postalCode":"00100","countryCode":"IT","phone":"+39 06 1",
        "addressType":"RESIDENTIAL"},"deliveryPreference":{"addressInstruction":"Suonare"}})"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->order.recipient_state, DataState::granted);
    EXPECT_EQ(result->order.buyer_state, DataState::granted);
    const domain::PersonalData expected{
        .recipient = domain::Address{.name = "Zoë 👩‍🚀",
                                     .company = "Rossi",
                                     .line1 = "Via Roma 1",
                                     .line2 = "int. 2",
                                     .city = "Roma",
                                     .district = "RM",
                                     .region = "Lazio",
                                     .postal_code = "00100",
                                     .country = "IT",
                                     .phone = "+39 06 1",
                                     .address_type = "RESIDENTIAL",
                                     .instructions = "Suonare"},
        .buyer = domain::Buyer{"Zoë 👩‍🚀", "x@marketplace.amazon.it", "Rossi Srl", "PO-7"},
        .gift_messages = {{1, "Auguri 🎁"}}};
    EXPECT_EQ(result->personal.reveal(), expected);
    EXPECT_THAT(result->unknown_paths, IsEmpty());
}

TEST(ReadOrder, an_address_without_name_and_street_is_withheld_but_kept) {
    const auto result = read_order(order(
        line(),
        R"("buyer":{"buyerName":""},"recipient":{"deliveryAddress":{"name":"","municipality":"Sintra"}})"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->order.recipient_state, DataState::withheld);
    EXPECT_EQ(result->order.buyer_state, DataState::withheld);
    EXPECT_EQ(result->personal.reveal().recipient->city, "Sintra");
}

TEST(ReadOrder, a_street_in_parts_is_a_line_where_there_is_no_other) {
    const auto line1 = [](const std::string& address) {
        const auto result =
            read_order(order(line(), R"("recipient":{"deliveryAddress":{"name":"A",)" + address + "}}"));
        return result.value().personal.reveal().recipient->line1;
    };
    const std::string parts = R"("extendedFields":{"streetName":"Rua Augusta","streetNumber":"1500"})";
    EXPECT_EQ(line1(parts), "Rua Augusta, 1500");
    EXPECT_EQ(line1(R"("addressLine1":"Via Roma 1",)" + parts), "Via Roma 1");
    EXPECT_EQ(line1(R"("extendedFields":{"streetName":"Rua Augusta"})"), "Rua Augusta");
}

TEST(ReadOrder, takes_packages) {
    const auto result = read(order(line(), R"("packages":[{"packageReferenceId":"UK-PKG-1","carrier":"DPD",
        "shippingService":"Next day","trackingNumber":"T1","shipTime":"2026-11-21T08:00:00Z",
        "packageStatus":{"status":"IN_TRANSIT"},"packageItems":[{"orderItemId":"11","quantity":2}]},
        {"packageReferenceId":"2"}])"));
    const domain::AmazonPackage first{.reference_id = "UK-PKG-1",
                                      .carrier = "DPD",
                                      .service = "Next day",
                                      .tracking = "T1",
                                      .status = "IN_TRANSIT",
                                      .shipped_at = parse_rfc3339("2026-11-21T08:00:00Z"),
                                      .items = {{OrderItemId("11"), 2}}};
    EXPECT_THAT(result.packages, ElementsAre(first, domain::AmazonPackage{.reference_id = "2"}));
}

TEST(ReadOrder, the_hash_is_of_the_content_and_not_of_the_order_of_members) {
    const auto first = read_order(order(line(), R"("a":1,"b":{"y":2,"x":"é\n"})"));
    const auto second = read_order(order(line(), R"("b":{"x":"é\n","y":2},"a":1)"));
    const auto third = read_order(order(line(), R"("b":{"x":"é\n","y":3},"a":1)"));
    ASSERT_TRUE(first && second && third);
    EXPECT_EQ(first->document, second->document);
    EXPECT_EQ(first->content_hash, second->content_hash);
    EXPECT_NE(first->content_hash, third->content_hash);
    EXPECT_EQ(first->content_hash, crypto::sha256(first->document.reveal()));
}

TEST(CanonicalText, sorts_members_and_keeps_every_kind_of_value) {
    const json::Value value =
        parse(R"({"b":[1,-2,true,null,"\u0001\"\\\u001f é 🎁"],"a":{"z":{},"y":[]},"aa":1.5})");
    const std::string text = canonical_text(value);
    EXPECT_TRUE(text.starts_with(R"({"a":{"y":[],"z":{}},"aa":)")) << text;
    EXPECT_EQ(parse(text), value);
}

TEST(ReadSearchPage, keeps_aside_what_it_cannot_read) {
    json::Array orders{order(), parse(R"({"orderId":"402-0000000-0000000","buyer":{"buyerName":"Anna"}})"),
                       7};
    const auto page = read_search_page(json::Object{{"orders", orders},
                                                    {"pagination", json::Object{{"nextToken", "a+b/c="}}},
                                                    {"lastUpdatedBefore", "2026-11-20T12:00:00Z"}});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->orders.size(), 1U);
    EXPECT_EQ(page->next_token, "a+b/c=");
    EXPECT_EQ(page->last_updated_before, parse_rfc3339("2026-11-20T12:00:00Z"));
    ASSERT_EQ(page->undecodable.size(), 2U);
    EXPECT_EQ(page->undecodable[0].id, AmazonOrderId("402-0000000-0000000"));
    EXPECT_EQ(parse(page->undecodable[0].document.reveal()), orders[1]);
    EXPECT_EQ(page->undecodable[0].error.field, "createdTime");
    EXPECT_EQ(page->undecodable[1].id, std::nullopt);
    EXPECT_EQ(page->undecodable[1].document.reveal(), "7");
}

TEST(ReadSearchPage, the_last_page_has_no_token) {
    for (const char* body : {R"({"orders":[]})", R"({"orders":[],"pagination":{}})",
                             R"({"orders":[],"pagination":{"nextToken":""}})"}) {
        const auto page = read_search_page(parse(body));
        ASSERT_TRUE(page) << body;
        EXPECT_EQ(page->next_token, std::nullopt) << body;
    }
}

TEST(ReadSearchPage, refuses_a_body_without_orders) {
    for (const char* body : {"{}", "[]", R"({"orders":{}})", R"({"payload":{"orders":[]}})"}) {
        const auto page = read_search_page(parse(body));
        ASSERT_FALSE(page) << body;
        EXPECT_EQ(page.error().kind, ErrorKind::corrupt) << body;
    }
}

}  // namespace
}  // namespace fairway::amazon
