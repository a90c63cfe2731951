#include "domain/status.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace fairway::domain {
namespace {

// How many values each enum has; a value that is added without its text makes these fail.
template <class Enum>
constexpr std::size_t kCount = 0;
template <>
constexpr std::size_t kCount<AmazonStatus> = static_cast<std::size_t>(AmazonStatus::unknown) + 1;
template <>
constexpr std::size_t kCount<FulfilledBy> = static_cast<std::size_t>(FulfilledBy::amazon) + 1;
template <>
constexpr std::size_t kCount<ImportState> = static_cast<std::size_t>(ImportState::excluded) + 1;
template <>
constexpr std::size_t kCount<CommerceStatus> = static_cast<std::size_t>(CommerceStatus::on_hold) + 1;
template <>
constexpr std::size_t kCount<CommandKind> = static_cast<std::size_t>(CommandKind::confirm_shipment) + 1;
template <>
constexpr std::size_t kCount<CommandState> = static_cast<std::size_t>(CommandState::rejected) + 1;
template <>
constexpr std::size_t kCount<Origin> = static_cast<std::size_t>(Origin::fairway) + 1;
template <>
constexpr std::size_t kCount<BlockReason> = static_cast<std::size_t>(BlockReason::refused) + 1;
template <>
constexpr std::size_t kCount<DataState> = static_cast<std::size_t>(DataState::expired) + 1;
template <>
constexpr std::size_t kCount<BackEndKind> = static_cast<std::size_t>(BackEndKind::magento) + 1;

template <class Enum>
class StatusTable : public testing::Test {};
using Enums = testing::Types<AmazonStatus, FulfilledBy, ImportState, CommerceStatus, CommandKind,
                             CommandState, Origin, BlockReason, DataState, BackEndKind>;
TYPED_TEST_SUITE(StatusTable, Enums);

TYPED_TEST(StatusTable, every_value_has_a_text_that_reads_back) {
    EXPECT_EQ(kTexts<TypeParam>.size(), kCount<TypeParam>);
    for (std::size_t i = 0; i < kCount<TypeParam>; ++i) {
        const auto value = static_cast<TypeParam>(i);
        EXPECT_FALSE(to_text(value).empty()) << i;
        EXPECT_EQ(parse<TypeParam>(to_text(value)), value) << to_text(value);
    }
}

TYPED_TEST(StatusTable, no_text_stands_twice) {
    std::set<std::string_view> texts;
    for (const auto& [value, text] : kTexts<TypeParam>) EXPECT_TRUE(texts.insert(text).second) << text;
}

TYPED_TEST(StatusTable, what_is_no_value_is_not_read) {
    EXPECT_FALSE(parse<TypeParam>("").has_value());
    EXPECT_FALSE(parse<TypeParam>("nothing of the kind").has_value());
    const std::string longer = std::string(kTexts<TypeParam>[0].second) + "x";
    EXPECT_FALSE(parse<TypeParam>(longer).has_value());
}

TEST(StatusTexts, are_the_ones_that_others_rely_on) {
    EXPECT_EQ(to_text(AmazonStatus::partially_shipped), "PartiallyShipped");
    EXPECT_EQ(to_text(AmazonStatus::canceled), "Canceled");
    EXPECT_EQ(to_text(ImportState::view_only), "view_only");
    EXPECT_EQ(to_text(CommerceStatus::on_hold), "On Hold");
    EXPECT_EQ(to_text(CommerceStatus::canceled), "Canceled");
    EXPECT_EQ(to_text(Origin::operator_), "operator");
    EXPECT_EQ(to_text(BlockReason::money_mismatch), "money_mismatch");
}

}  // namespace
}  // namespace fairway::domain
