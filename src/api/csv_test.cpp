#include "api/csv.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <array>

namespace fairway::api {
namespace {

constexpr std::array kColumns{Column{"id", "id"}, Column{"amount", "total.amount", Column::Kind::decimal},
                              Column{"skus", "items[].sku"}, Column{"numbers", "items[].parts[].n"}};

std::string row(const json::Value& item) { return csv_row(kColumns, item); }
std::string cell(const std::string& text) {
    const std::string whole = csv_row(std::span(kColumns).first(1), json::Object{{"id", text}});
    return whole.substr(0, whole.size() - 2);
}

TEST(Csv, names_its_columns) { EXPECT_EQ(csv_header(kColumns), "id,amount,skus,numbers\r\n"); }

TEST(Csv, a_row_has_every_cell_and_those_of_lists_are_joined) {
    const json::Value item{{"id", "A"},
                           {"total", {{"amount", "59.90"}}},
                           {"items",
                            {{{"sku", "S-1"}, {"parts", {{{"n", 1}}, {{"n", 2}}}}},
                             {{"sku", "S-2"}, {"parts", json::Array{}}}}}};
    EXPECT_EQ(row(item), "A,59.90,S-1; S-2,1; 2\r\n");
}

TEST(Csv, what_is_null_or_not_there_is_an_empty_cell) {
    EXPECT_EQ(row(json::Object{{"id", nullptr}, {"total", nullptr}, {"items", json::Array{}}}), ",,,\r\n");
    EXPECT_EQ(row(json::Object{}), ",,,\r\n");
}

TEST(Csv, quotes_what_would_end_a_cell) {
    EXPECT_EQ(cell("a,b"), "\"a,b\"");
    EXPECT_EQ(cell("say \"x\""), "\"say \"\"x\"\"\"");
    EXPECT_EQ(cell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(cell("semicolon; città"), "semicolon; città");
}

TEST(Csv, text_that_a_spreadsheet_would_run_is_defused) {
    for (const std::string text : {"=1+1", "+39 011", "-1", "@sum", "\tx"}) EXPECT_EQ(cell(text), "'" + text);
    EXPECT_EQ(cell("\rx"), "\"'\rx\"");
    EXPECT_EQ(cell("a=1"), "a=1");
}

TEST(Csv, a_text_is_defused_wherever_another_separator_would_begin_a_cell) {
    EXPECT_EQ(cell("a;=1+1"), "a;'=1+1");
    EXPECT_EQ(cell("a;  @sum"), "a;  '@sum");
    EXPECT_EQ(cell("a\t-1"), "a\t'-1");
    EXPECT_EQ(cell("two\n+39"), "\"two\n'+39\"");
    EXPECT_EQ(cell("a;\"=1\""), "\"a;\"\"'=1\"\"\"");
    EXPECT_EQ(cell("a;b=1;c-d"), "a;b=1;c-d");
    EXPECT_EQ(row(json::Object{{"items", {{{"sku", "S"}}, {{"sku", "=1"}}}}}), ",,S; '=1,\r\n");
}

TEST(Csv, numbers_stay_numbers) {
    EXPECT_EQ(row(json::Object{{"id", -5}, {"total", {{"amount", "-5.00"}}}}), "-5,-5.00,,\r\n");
    EXPECT_EQ(row(json::Object{{"id", true}}), "true,,,\r\n");
}

}  // namespace
}  // namespace fairway::api
