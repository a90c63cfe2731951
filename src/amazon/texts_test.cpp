// An order that is no JSON by itself does not take its page with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "amazon/orders.hpp"

namespace fairway::amazon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string order(const std::string& id, const std::string& more = "") {
    return R"({"orderId":")" + id + R"(","createdTime":"2026-11-20T10:00:00Z",)" +
           R"("lastUpdatedTime":"2026-11-20T11:00:00Z","salesChannel":{"channelName":"AMAZON"},)" +
           R"("orderItems":[])" + more + "}";
}
std::string page(const std::string& orders, const std::string& more = "") {
    return R"({"orders":[)" + orders + "]" + more + "}";
}
std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::vector<std::string> ids(const SearchPage& page) {
    std::vector<std::string> all;
    for (const ReadOrder& read : page.orders) all.push_back(read.order.id.str());
    return all;
}

// A page of "1", the broken one and "2", read: the broken one alone is undecodable.
Undecodable only_undecodable(const std::string& broken) {
    const auto read = read_search_text(
        page(order("1") + "," + broken + " ,\n" + order("2"), R"(,"pagination":{"nextToken":"t"})"));
    EXPECT_TRUE(read) << read.error().message;
    if (!read) return {};
    EXPECT_THAT(ids(*read), ElementsAre("1", "2"));
    EXPECT_EQ(read->next_token, "t");
    EXPECT_EQ(read->undecodable.size(), 1U);
    EXPECT_EQ(read->undecodable.at(0).document.reveal(), broken);
    EXPECT_EQ(read->undecodable.at(0).error.code, "amazon_answer_undecodable");
    return read->undecodable.at(0);
}

TEST(AnswerTexts, an_order_nested_without_end_is_kept_aside_alone) {
    const auto kept = only_undecodable(order("402-1", R"(,"x":)" + nested(100'000)));
    EXPECT_EQ(kept.id, AmazonOrderId("402-1"));
    EXPECT_THAT(kept.error.message, HasSubstr("too deep"));
}

TEST(AnswerTexts, an_order_with_a_key_twice_is_kept_aside_alone) {
    EXPECT_THAT(only_undecodable(order("402-1", R"(,"orderId":"2")")).error.message, HasSubstr("twice"));
}

TEST(AnswerTexts, an_order_whose_bytes_are_no_text_is_kept_aside_alone) {
    EXPECT_THAT(only_undecodable(order("402-1", ",\"x\":\"caff\xE8\"")).error.message, HasSubstr("UTF-8"));
}

TEST(AnswerTexts, an_order_with_what_json_does_not_have_is_kept_aside_alone) {
    for (const char* value :
         {"NaN", "-Infinity", "undefined", "01", "'a'", "\"\\x\"", "tru", "{1:2}", "[1,]"})
        EXPECT_EQ(only_undecodable(order("402-1", R"(,"x":)" + std::string(value))).id,
                  AmazonOrderId("402-1"));
}

TEST(AnswerTexts, brackets_and_commas_inside_a_text_are_text) {
    only_undecodable(order("402-1", R"(,"a":"]},{[\"\\","x":NaN)"));
}

TEST(AnswerTexts, the_list_of_orders_is_the_pages_own) {
    const auto read = read_search_text(R"({"a":{"orders":[1]},"b":"orders","orders" : [ )" +
                                       order("1", R"(,"orders":[2])") + " , NaN ] }");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(ids(*read), ElementsAre("1"));
    EXPECT_EQ(read->undecodable.size(), 1U);
}

TEST(AnswerTexts, what_is_no_id_is_not_shown_as_one) {
    for (const char* id :
         {"\"orderId\":NaN", "\"orderId\":\"Anna Rossi\",\"x\":NaN", "\"orderId\":\"\",\"x\":NaN",
          "\"orderId\":\"1111111111-1111111111-1111111111-1111111111\",\"x\":NaN", "\"x\":NaN"})
        EXPECT_EQ(only_undecodable("{" + std::string(id) + "}").id, std::nullopt) << id;
}

TEST(AnswerTexts, a_text_that_is_no_page_fails_as_a_whole) {
    const std::string good = page(order("1") + "," + order("2"));
    const std::string broken[] = {"",
                                  "<html><body>Service</body></html>",
                                  good.substr(0, good.size() / 2),
                                  good + "}",
                                  page(order("1") + ",{\"a\":]}"),
                                  page(order("1", R"(,"x":"no end)")),
                                  page(order("1"), R"(,"pagination":NaN)"),
                                  page(order("1") + " " + order("2")),
                                  page(order("1") + ",,NaN"),
                                  page(order("1") + ",NaN,"),
                                  page("NaN" + order("1")),
                                  "[" + page(order("1")) + "]",
                                  R"({"orders":{"a":NaN}})",
                                  R"({"list":[NaN]})",
                                  nested(100'000)};
    for (const std::string& text : broken) {
        const auto read = read_search_text(text);
        ASSERT_FALSE(read) << text.substr(0, 100);
        EXPECT_EQ(read.error().kind, ErrorKind::corrupt);
    }
}

TEST(AnswerTexts, the_reason_repeats_nothing_of_the_answer) {
    const auto read = read_search_text("{\"orders\":[\"Anna Rossi\"");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message,
              "Amazon's answer to searchOrders is not valid JSON: incomplete JSON, line 1, column 24");
}

}  // namespace
}  // namespace fairway::amazon
