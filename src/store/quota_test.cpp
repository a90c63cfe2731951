#include "store/quota.hpp"

#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

class QuotaTest : public StoreTest {
protected:
    void save(std::string operation, std::int64_t tokens) {
        write([&](db::Transaction& tx) {
            save_quota(tx, {.account_id = account,
                            .operation = std::move(operation),
                            .rate_micro = 5600,
                            .burst_micro = 20'000'000,
                            .tokens_micro = tokens,
                            .updated_at = kNow});
        });
    }
};

TEST_F(QuotaTest, a_bucket_nobody_used_is_not_there) {
    EXPECT_FALSE(read([&](db::Reader& tx) { return find_quota(tx, account, "searchOrders"); }).has_value());
}

TEST_F(QuotaTest, a_bucket_is_kept_as_it_was_saved_last) {
    save("searchOrders", 20'000'000);
    save("searchOrders", 19'000'000);
    const QuotaRecord quota =
        must(read([&](db::Reader& tx) { return find_quota(tx, account, "searchOrders"); }));
    EXPECT_EQ(quota.rate_micro, 5600);
    EXPECT_EQ(quota.burst_micro, 20'000'000);
    EXPECT_EQ(quota.tokens_micro, 19'000'000);
    EXPECT_EQ(quota.updated_at, kNow);
}

TEST_F(QuotaTest, buckets_are_listed_for_one_account_or_all) {
    save("searchOrders", 1);
    save("getOrder", 2);
    const auto ours = read([&](db::Reader& tx) { return list_quotas(tx, account); });
    ASSERT_EQ(ours.size(), 2u);
    EXPECT_EQ(ours[0].operation, "getOrder");
    EXPECT_EQ(read([](db::Reader& tx) { return list_quotas(tx, std::nullopt); }).size(), 2u);
    EXPECT_TRUE(read([](db::Reader& tx) { return list_quotas(tx, AccountId{9}); }).empty());
}

}  // namespace
}  // namespace fairway::store
