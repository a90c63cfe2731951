#include "domain/money.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <limits>

namespace fairway::domain {
namespace {

const std::vector<Currency> kCurrencies{Currency::of("EUR"), Currency::of("JPY"), Currency::of("BHD")};

Currency any_currency() { return kCurrencies[*rc::gen::inRange<std::size_t>(0, kCurrencies.size())]; }
constexpr std::int64_t kMost = 1'000'000'000'000'000;
Money any_money() { return {*rc::gen::inRange<std::int64_t>(-kMost, kMost + 1), any_currency()}; }

std::string parsed(std::string_view text, std::string_view currency) {
    const auto money = parse_money(text, Currency::of(currency));
    return money ? std::to_string(money->minor) : money.error().code;
}

TEST(Currency, is_three_capital_letters) {
    EXPECT_TRUE(Currency::parse("EUR").has_value());
    for (const char* text : {"", "EU", "EURO", "eur", "E1R", "EU "})
        EXPECT_FALSE(Currency::parse(text).has_value()) << text;
    EXPECT_EQ(Currency::of("SEK").str(), "SEK");
}

TEST(Currency, has_the_decimals_of_iso_4217) {
    EXPECT_EQ(Currency::of("EUR").decimals(), 2);
    EXPECT_EQ(Currency::of("JPY").decimals(), 0);
    EXPECT_EQ(Currency::of("KRW").decimals(), 0);
    EXPECT_EQ(Currency::of("BHD").decimals(), 3);
    EXPECT_EQ(Currency::of("KWD").decimals(), 3);
}

TEST(Money, is_read_in_minor_units) {
    EXPECT_EQ(parsed("59.90", "EUR"), "5990");
    EXPECT_EQ(parsed("59.9", "EUR"), "5990");
    EXPECT_EQ(parsed("59", "EUR"), "5900");
    EXPECT_EQ(parsed("-0.05", "EUR"), "-5");
    EXPECT_EQ(parsed("0", "EUR"), "0");
    EXPECT_EQ(parsed("-0.00", "EUR"), "0");
    EXPECT_EQ(parsed("5980", "JPY"), "5980");
    EXPECT_EQ(parsed("1.234", "BHD"), "1234");
}

TEST(Money, may_have_zeros_beyond_its_decimals) {
    EXPECT_EQ(parsed("5980.00", "JPY"), "5980");
    EXPECT_EQ(parsed("1.2000", "EUR"), "120");
    EXPECT_EQ(parsed("5980.01", "JPY"), "amount_invalid");
    EXPECT_EQ(parsed("1.201", "EUR"), "amount_invalid");
}

TEST(Money, refuses_what_is_not_a_decimal_amount) {
    for (const char* text :
         {"", "-", ".", ".5", "5.", "+1", " 1", "1 ", "1,00", "1.0.0", "--1", "1e3", "0x1", "NaN", "1.-5"})
        EXPECT_EQ(parsed(text, "EUR"), "amount_invalid") << text;
}

TEST(Money, refuses_amounts_beyond_ten_to_the_fifteenth_minor_units) {
    EXPECT_EQ(parsed("10000000000000.00", "EUR"), "1000000000000000");
    EXPECT_EQ(parsed("10000000000000.01", "EUR"), "amount_invalid");
    EXPECT_EQ(parsed("-10000000000000.01", "EUR"), "amount_invalid");
    EXPECT_EQ(parsed("99999999999999999999999999999999", "EUR"), "amount_invalid");
}

TEST(Money, a_refusal_does_not_repeat_a_long_input) {
    const auto refused = parse_money(std::string(10'000, 'x'), Currency::of("EUR"));
    ASSERT_FALSE(refused.has_value());
    EXPECT_LT(refused.error().message.size(), 150u);
}

TEST(Money, is_written_with_the_currencys_decimals) {
    EXPECT_EQ(format_amount({5990, Currency::of("EUR")}), "59.90");
    EXPECT_EQ(format_amount({-5, Currency::of("EUR")}), "-0.05");
    EXPECT_EQ(format_amount({0, Currency::of("EUR")}), "0.00");
    EXPECT_EQ(format_amount({5980, Currency::of("JPY")}), "5980");
    EXPECT_EQ(format_amount({7, Currency::of("BHD")}), "0.007");
}

RC_GTEST_PROP(Money, what_is_written_reads_back, ()) {
    const Money money = any_money();
    const auto again = parse_money(format_amount(money), money.currency);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == money);
}

RC_GTEST_PROP(Money, no_text_brings_the_reader_down, (const std::string& text)) {
    const auto money = parse_money(text, any_currency());
    if (money) RC_ASSERT(money->minor >= -kMost && money->minor <= kMost);
}

TEST(Money, adds_and_multiplies) {
    const Money a{250, Currency::of("EUR")};
    EXPECT_EQ((a + a).minor, 500);
    EXPECT_EQ((a - a * 3).minor, -500);
}

TEST(MoneyDeathTest, amounts_of_different_currencies_are_never_added) {
    EXPECT_DEATH(zero(Currency::of("EUR")) + zero(Currency::of("USD")), "different currencies");
}

TEST(MoneyDeathTest, an_overflow_is_not_an_amount) {
    const Money huge{kMost, Currency::of("EUR")};
    EXPECT_DEATH(huge * std::numeric_limits<std::int64_t>::max(), "bounded");
}

std::vector<std::int64_t> minors(const std::vector<Money>& shares) {
    std::vector<std::int64_t> minors;
    for (const Money& share : shares) minors.push_back(share.minor);
    return minors;
}

TEST(Allocate, the_largest_remainder_comes_first_and_then_the_earlier_share) {
    const Currency currency = Currency::of("EUR");
    EXPECT_EQ(minors(allocate({1000, currency}, {1, 1, 1})), (std::vector<std::int64_t>{334, 333, 333}));
    EXPECT_EQ(minors(allocate({10, currency}, {1, 2, 3})), (std::vector<std::int64_t>{2, 3, 5}));
    EXPECT_EQ(minors(allocate({-1000, currency}, {1, 1, 1})), (std::vector<std::int64_t>{-334, -333, -333}));
    EXPECT_EQ(minors(allocate({5, currency}, {0, 1, 0})), (std::vector<std::int64_t>{0, 5, 0}));
}

RC_GTEST_PROP(Allocate, never_loses_a_minor_unit, ()) {
    const Money total = any_money();
    auto weights = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, kMost)));
    weights.push_back(1);
    const auto shares = allocate(total, weights);
    RC_ASSERT(shares.size() == weights.size());
    Money sum = zero(total.currency);
    __int128 weight_sum = 0;
    for (const std::int64_t weight : weights) weight_sum += weight;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum = sum + shares[i];
        // Nobody is off by a whole minor unit.
        const __int128 exact = static_cast<__int128>(total.minor) * weights[i];
        const __int128 off = static_cast<__int128>(shares[i].minor) * weight_sum - exact;
        RC_ASSERT(off < weight_sum && off > -weight_sum);
    }
    RC_ASSERT(sum == total);
}

}  // namespace
}  // namespace fairway::domain
