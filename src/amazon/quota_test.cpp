#include "amazon/quota.hpp"

#include <gtest/gtest.h>

namespace fairway::amazon {
namespace {

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");
constexpr std::int64_t kCall = 1'000'000;

int take_all(Bucket& bucket, Operation operation, UtcTime now) {
    int taken = 0;
    while (take(bucket, operation, now)) ++taken;
    return taken;
}

TEST(Quota, starts_with_the_whole_burst) {
    for (const OperationFacts& facts : kOperations) {
        Bucket bucket = full_bucket(facts.operation, kStart);
        EXPECT_EQ(take_all(bucket, facts.operation, kStart), facts.burst_micro / kCall) << facts.name;
    }
}

TEST(Quota, an_empty_bucket_says_when_the_next_call_is_allowed) {
    Bucket bucket = full_bucket(Operation::get_order, kStart);
    take_all(bucket, Operation::get_order, kStart);
    const Status refused = take(bucket, Operation::get_order, kStart);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::throttled);
    EXPECT_EQ(refused.error().code, "quota_exhausted");
    EXPECT_EQ(refused.error().retry_after, seconds(2));
    EXPECT_FALSE(take(bucket, Operation::get_order, kStart + seconds(2) - Duration(1)));
    EXPECT_TRUE(take(bucket, Operation::get_order, kStart + seconds(2)));
}

TEST(Quota, waiting_as_long_as_told_is_enough_at_every_rate) {
    for (const std::int64_t rate : {1L, 7L, 5'600L, 16'700L, 333'333L, 2'000'000L, 999'999'999L}) {
        Bucket bucket = full_bucket(Operation::search_orders, kStart);
        bucket.rate_micro = rate;
        empty(bucket, kStart);
        const Status refused = take(bucket, Operation::search_orders, kStart);
        ASSERT_FALSE(refused);
        EXPECT_TRUE(take(bucket, Operation::search_orders, kStart + *refused.error().retry_after)) << rate;
    }
}

TEST(Quota, never_gives_more_than_the_burst_and_what_was_earned_however_often_it_is_asked) {
    Bucket bucket = full_bucket(Operation::search_orders, kStart);
    const Duration step(777'777);  // earns 4,355.55 millionths: something is rounded every time
    const Duration span = hours(30);
    std::int64_t taken = 0;
    for (Duration at{}; at <= span; at += step)
        if (take(bucket, Operation::search_orders, kStart + at)) ++taken;
    const std::int64_t allowed = 20 + 5'600 * std::chrono::duration_cast<seconds>(span).count() / kCall;
    EXPECT_LE(taken, allowed);
    EXPECT_GE(taken, allowed - 1);
}

TEST(Quota, looking_often_does_not_starve_the_bucket) {
    Bucket bucket = full_bucket(Operation::search_orders, kStart);
    empty(bucket, kStart);
    // 50 microseconds earn 0.28 millionths: nothing whole, yet it must not be lost.
    for (Duration at{}; at <= seconds(10); at += Duration(50)) bucket = refill(bucket, kStart + at);
    EXPECT_GE(bucket.tokens_micro, 55'000);
    EXPECT_LE(bucket.tokens_micro, 56'000);
}

TEST(Quota, a_clock_set_back_earns_nothing) {
    Bucket bucket = full_bucket(Operation::get_order, kStart);
    take_all(bucket, Operation::get_order, kStart);
    EXPECT_FALSE(take(bucket, Operation::get_order, kStart - minutes(5)));
    EXPECT_FALSE(take(bucket, Operation::get_order, kStart));
}

TEST(Quota, a_bucket_from_another_clock_does_not_wait_for_ever) {
    Bucket bucket = full_bucket(Operation::get_order, kStart + days(300));
    take_all(bucket, Operation::get_order, kStart + days(300));
    EXPECT_FALSE(take(bucket, Operation::get_order, kStart));
    EXPECT_TRUE(take(bucket, Operation::get_order, kStart + seconds(2)));
}

TEST(Quota, a_learnt_rate_counts_from_now_on) {
    Bucket bucket = full_bucket(Operation::get_order, kStart);
    empty(bucket, kStart);
    learn_rate(bucket, 100'000, kStart + seconds(1));
    EXPECT_EQ(bucket.tokens_micro, 500'000);
    EXPECT_EQ(next_allowed(bucket), kStart + seconds(6));
}

TEST(Quota, reads_the_rate_header_exactly) {
    EXPECT_EQ(parse_rate("0.0056"), 5'600);
    EXPECT_EQ(parse_rate("0.0167"), 16'700);
    EXPECT_EQ(parse_rate("2"), 2'000'000);
    EXPECT_EQ(parse_rate("0.5"), 500'000);
    EXPECT_EQ(parse_rate("0.016666666666"), 16'666);
    for (const char* bad : {"", "0", "0.0", "-1", "1e3", "abc", ".", "1.", "99999", "0.-5", "1001", "nan"})
        EXPECT_EQ(parse_rate(bad), std::nullopt) << bad;
}

TEST(MemoryQuotaLedger, keeps_accounts_and_operations_apart) {
    MemoryQuotaLedger ledger;
    ledger.exhausted(AccountId{1}, Operation::get_order, kStart);
    EXPECT_FALSE(ledger.take(AccountId{1}, Operation::get_order, kStart));
    EXPECT_TRUE(ledger.take(AccountId{2}, Operation::get_order, kStart));
    EXPECT_TRUE(ledger.take(AccountId{1}, Operation::search_orders, kStart));
}

}  // namespace
}  // namespace fairway::amazon
