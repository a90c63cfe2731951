#include "base/strong.hpp"

#include <concepts>
#include <limits>
#include <set>
#include <unordered_set>

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/ids.hpp"

namespace fairway {
namespace {

// One type is never taken for another, and none for a bare text or number.
static_assert(!std::convertible_to<SellerSku, ProductSku>);
static_assert(!std::constructible_from<ProductSku, SellerSku>);
static_assert(!std::convertible_to<std::string, SellerSku>);
static_assert(!std::convertible_to<SellerSku, std::string>);
static_assert(!std::equality_comparable_with<SellerSku, ProductSku>);
static_assert(!std::convertible_to<StoreId, AccountId>);
static_assert(!std::constructible_from<StoreId, AccountId>);
static_assert(!std::convertible_to<std::int64_t, StoreId>);
static_assert(!std::convertible_to<StoreId, std::int64_t>);
static_assert(!std::equality_comparable_with<StoreId, AccountId>);

TEST(Id, is_the_prefix_and_the_number) {
    EXPECT_EQ(StoreId{1}.str(), "st_1");
    EXPECT_EQ(CommerceOrderId{900}.str(), "co_900");
    EXPECT_EQ(StoreId::parse("st_1"), StoreId{1});
}

TEST(Id, each_kind_has_its_own_prefix) {
    const std::set<std::string_view> prefixes{
        tag::Account::kPrefix,       tag::Store::kPrefix,   tag::Order::kPrefix,
        tag::CommerceOrder::kPrefix, tag::Invoice::kPrefix, tag::Shipment::kPrefix,
        tag::CreditMemo::kPrefix,    tag::Comment::kPrefix, tag::Command::kPrefix,
        tag::SyncRun::kPrefix,       tag::Token::kPrefix,   tag::Attention::kPrefix,
        tag::Quarantine::kPrefix};
    EXPECT_EQ(prefixes.size(), 13U);
}

TEST(Id, of_another_kind_is_refused) { EXPECT_EQ(StoreId::parse("ac_1"), std::nullopt); }

TEST(Id, has_one_text_only) {
    for (const char* text : {"", "st", "st_", "st1", "1", "_1", "st_0", "st_01", "st_-1", "st_+1", "st_1 ",
                             " st_1", "st_1x", "ST_1", "st__1", "st_1.0", "st_9223372036854775808"})
        EXPECT_EQ(StoreId::parse(text), std::nullopt) << text;
}

RC_GTEST_PROP(Id, what_is_written_reads_back, ()) {
    const CommandId id{*rc::gen::inRange<std::int64_t>(1, std::numeric_limits<std::int64_t>::max())};
    RC_ASSERT(CommandId::parse(id.str()) == id);
}

TEST(Id, orders_and_hashes_by_its_number) {
    EXPECT_LT(StoreId{2}, StoreId{10});
    const std::unordered_set<StoreId> set{StoreId{1}, StoreId{1}, StoreId{2}};
    EXPECT_EQ(set.size(), 2U);
}

TEST(StrongText, orders_and_hashes_by_its_text) {
    EXPECT_LT(Asin("A"), Asin("B"));
    EXPECT_TRUE(Asin().empty());
    const std::unordered_set<Asin> set{Asin("A"), Asin(std::string("A")), Asin(std::string_view("B"))};
    EXPECT_EQ(set.size(), 2U);
}

}  // namespace
}  // namespace fairway
