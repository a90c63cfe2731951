#include "amazon/quota.hpp"

#include <algorithm>
#include <string>

#include "base/check.hpp"
#include "base/text.hpp"

namespace fairway::amazon {

namespace {

constexpr std::int64_t kOne = 1'000'000;  // micro-tokens of a call, and microseconds of a second
constexpr std::int64_t kRateMax = 1'000 * kOne;
// Processes that share a bucket may read slightly different clocks; a bucket further ahead than this was
// written under another clock, and waiting for it would be for ever.
constexpr Duration kClockSkewMax = minutes(10);

// The time in which `tokens` are earned, rounded up.
Duration time_to_earn(std::int64_t tokens_micro, std::int64_t rate_micro) {
    const __int128 micros = (static_cast<__int128>(tokens_micro) * kOne + rate_micro - 1) / rate_micro;
    return Duration{static_cast<std::int64_t>(micros)};
}

}  // namespace

const OperationFacts& facts_of(Operation operation) {
    const auto found = std::ranges::find(kOperations, operation, &OperationFacts::operation);
    CHECK(found != kOperations.end(), "every operation has its facts");
    return *found;
}

Bucket full_bucket(Operation operation, UtcTime now) {
    const OperationFacts& facts = facts_of(operation);
    return {facts.rate_micro, facts.burst_micro, facts.burst_micro, now};
}

Bucket refill(Bucket bucket, UtcTime now) {
    if (now <= bucket.updated_at) {
        if (bucket.updated_at - now > kClockSkewMax) bucket.updated_at = now;
        return bucket;
    }
    const std::int64_t missing = bucket.burst_micro - bucket.tokens_micro;
    const __int128 earned =
        static_cast<__int128>(bucket.rate_micro) * (now - bucket.updated_at).count() / kOne;
    if (earned >= missing) {
        bucket.tokens_micro = std::max(bucket.tokens_micro, bucket.burst_micro);
        bucket.updated_at = now;
        return bucket;
    }
    // Only the time that whole micro-tokens took is used up; the rest goes on earning, however often we look.
    const auto gained = static_cast<std::int64_t>(earned);
    bucket.tokens_micro += gained;
    bucket.updated_at += time_to_earn(gained, bucket.rate_micro);
    return bucket;
}

UtcTime next_allowed(const Bucket& bucket) {
    if (bucket.tokens_micro >= kOne) return bucket.updated_at;
    return bucket.updated_at + time_to_earn(kOne - bucket.tokens_micro, bucket.rate_micro);
}

Status take(Bucket& bucket, Operation operation, UtcTime now) {
    CHECK(bucket.rate_micro > 0 && bucket.burst_micro >= kOne, "a bucket can hold a call and fills up");
    bucket = refill(bucket, now);
    if (bucket.tokens_micro < kOne) {
        const UtcTime next = next_allowed(bucket);
        Error error{ErrorKind::throttled, "quota_exhausted",
                    "Amazon's quota for " + std::string(facts_of(operation).name) +
                        " is used up; the next call is allowed at " + format_rfc3339(next)};
        error.retry_after = next - now;
        return std::unexpected(std::move(error));
    }
    bucket.tokens_micro -= kOne;
    return {};
}

void empty(Bucket& bucket, UtcTime now) {
    bucket = refill(bucket, now);
    bucket.tokens_micro = 0;
    bucket.updated_at = std::max(bucket.updated_at, now);
}

void learn_rate(Bucket& bucket, std::int64_t rate_micro, UtcTime now) {
    CHECK(rate_micro > 0, "a bucket fills up");
    bucket = refill(bucket, now);
    bucket.rate_micro = rate_micro;
}

std::optional<std::int64_t> parse_rate(std::string_view text) {
    constexpr std::size_t kDecimals = 6;
    text = trim(text);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string decimals = point == std::string_view::npos ? "0" : std::string(text.substr(point + 1));
    if (whole.size() > 4 || decimals.empty()) return std::nullopt;
    decimals.resize(kDecimals, '0');
    const auto seconds_part = parse_int(whole);
    const auto micro_part = parse_int(decimals);
    if (!seconds_part || !micro_part || *seconds_part < 0 || *micro_part < 0) return std::nullopt;
    const std::int64_t rate = *seconds_part * kOne + *micro_part;
    if (rate <= 0 || rate > kRateMax) return std::nullopt;
    return rate;
}

Bucket& MemoryQuotaLedger::bucket(AccountId account, Operation operation, UtcTime now) {
    return buckets_.try_emplace({account, operation}, full_bucket(operation, now)).first->second;
}

Status MemoryQuotaLedger::take(AccountId account, Operation operation, UtcTime now) {
    const std::lock_guard lock(mutex_);
    return amazon::take(bucket(account, operation, now), operation, now);
}

void MemoryQuotaLedger::observed_rate(AccountId account, Operation operation, std::int64_t rate_micro) {
    const std::lock_guard lock(mutex_);
    const auto found = buckets_.find({account, operation});
    if (found == buckets_.end() || found->second.rate_micro == rate_micro) return;
    learn_rate(found->second, rate_micro, found->second.updated_at);
}

void MemoryQuotaLedger::exhausted(AccountId account, Operation operation, UtcTime now) {
    const std::lock_guard lock(mutex_);
    empty(bucket(account, operation, now), now);
}

std::optional<Bucket> MemoryQuotaLedger::find(AccountId account, Operation operation) const {
    const std::lock_guard lock(mutex_);
    const auto found = buckets_.find({account, operation});
    if (found == buckets_.end()) return std::nullopt;
    return found->second;
}

}  // namespace fairway::amazon
