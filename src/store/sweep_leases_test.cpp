#include "store/sweep_leases.hpp"

#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

constexpr Duration kLease = minutes(1);

class SweepLeaseTest : public StoreTest {
protected:
    std::optional<SweepLease> take(UtcTime now) {
        return write([&](db::Transaction& tx) { return take_sweep_lease(tx, account, now, kLease); });
    }
    bool renew(const SweepLease& lease, UtcTime now) {
        return write([&](db::Transaction& tx) { return renew_sweep_lease(tx, lease, now, kLease); });
    }
    void release(const SweepLease& lease) {
        write([&](db::Transaction& tx) { release_sweep_lease(tx, lease); });
    }
};

TEST_F(SweepLeaseTest, one_at_a_time_holds_it) {
    ASSERT_TRUE(take(kNow).has_value());
    EXPECT_FALSE(take(kNow).has_value());
    EXPECT_FALSE(take(kNow + kLease - seconds(1)).has_value());
}

TEST_F(SweepLeaseTest, another_account_has_its_own) {
    ASSERT_TRUE(take(kNow).has_value());
    account = must(write([&](db::Transaction& tx) {
        return insert_account(
            tx, vault,
            {.name = "Second", .seller_id = SellerId("A2SELLER"), .client_id = "client", .created_at = kNow},
            {.client_secret = Pii<std::string>("secret"), .refresh_token = Pii<std::string>("token")});
    }));
    EXPECT_TRUE(take(kNow).has_value());
}

TEST_F(SweepLeaseTest, what_was_released_is_free_at_once) {
    release(must(take(kNow)));
    EXPECT_TRUE(take(kNow).has_value());
}

TEST_F(SweepLeaseTest, one_that_ended_is_taken_over_and_fences_its_holder_off) {
    const SweepLease first = must(take(kNow));
    const SweepLease second = must(take(kNow + kLease));
    EXPECT_GT(second.token, first.token);
    EXPECT_FALSE(renew(first, kNow + kLease)) << "who slept too long keeps nothing";
    EXPECT_TRUE(renew(second, kNow + kLease));
    release(first);
    EXPECT_FALSE(take(kNow + kLease).has_value()) << "who slept too long releases nothing either";
}

TEST_F(SweepLeaseTest, one_that_ended_and_that_nobody_took_goes_on) {
    const SweepLease lease = must(take(kNow));
    EXPECT_TRUE(renew(lease, kNow + hours(1)));
    EXPECT_FALSE(take(kNow + hours(1)).has_value());
}

TEST_F(SweepLeaseTest, each_page_makes_it_longer) {
    const SweepLease lease = must(take(kNow));
    ASSERT_TRUE(renew(lease, kNow + seconds(50)));
    EXPECT_FALSE(take(kNow + seconds(100)).has_value());
    EXPECT_TRUE(take(kNow + seconds(110)).has_value());
}

TEST_F(SweepLeaseTest, sweeps_are_noted_beside_it) {
    const SweepLease lease = must(take(kNow));
    write([&](db::Transaction& tx) { note_sweep(tx, account, kNow); });
    EXPECT_EQ(read(list_sweeps), (std::map<AccountId, UtcTime>{{account, kNow}}));
    EXPECT_TRUE(renew(lease, kNow));
}

}  // namespace
}  // namespace fairway::store
