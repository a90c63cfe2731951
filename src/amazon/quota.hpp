#pragma once
// Amazon's quotas: one token bucket per account and operation. Counted in millionths, so that nothing drifts;
// all rounding makes us later than Amazon, never earlier.
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace fairway::amazon {

enum class Operation { search_orders, get_order, confirm_shipment, get_marketplace_participations };

struct OperationFacts {
    Operation operation;
    std::string_view name;    // Amazon's: "searchOrders"
    std::int64_t rate_micro;  // calls per second, in millionths, until Amazon says otherwise
    std::int64_t burst_micro;
};

inline constexpr std::array kOperations{
    OperationFacts{Operation::search_orders, "searchOrders", 5'600, 20'000'000},
    OperationFacts{Operation::get_order, "getOrder", 500'000, 30'000'000},
    OperationFacts{Operation::confirm_shipment, "confirmShipment", 2'000'000, 10'000'000},
    OperationFacts{Operation::get_marketplace_participations, "getMarketplaceParticipations", 16'000,
                   15'000'000},
};
const OperationFacts& facts_of(Operation operation);

struct Bucket {
    std::int64_t rate_micro = 0;    // millionths of a call per second
    std::int64_t burst_micro = 0;   // at most this much is saved up
    std::int64_t tokens_micro = 0;  // a call costs 1,000,000
    UtcTime updated_at{};           // what was earned up to here is in tokens_micro
};

// Never used: full, as Amazon's is.
Bucket full_bucket(Operation operation, UtcTime now);
// Adds what was earned since. A clock that was set back earns nothing.
Bucket refill(Bucket bucket, UtcTime now);
// When the next call will be allowed: now or earlier if it is allowed at once.
UtcTime next_allowed(const Bucket& bucket);
// Refills and takes one call; throttled ("quota_exhausted", retry_after = until the next token) leaves it
// refilled.
Status take(Bucket& bucket, Operation operation, UtcTime now);
// Amazon refused a call: there is less in its bucket than we thought.
void empty(Bucket& bucket, UtcTime now);
// What was earned until now was earned at the old rate.
void learn_rate(Bucket& bucket, std::int64_t rate_micro, UtcTime now);
// x-amzn-RateLimit-Limit ("0.0167") in millionths; nullopt if it is no rate between a millionth and 1,000 per
// second.
std::optional<std::int64_t> parse_rate(std::string_view text);

// Where the buckets are kept. Thread-safe.
class QuotaLedger {
public:
    virtual ~QuotaLedger() = default;
    // One call; ErrorKind::throttled, "quota_exhausted" and retry_after when the bucket is empty.
    virtual Status take(AccountId account, Operation operation, UtcTime now) = 0;
    virtual void observed_rate(AccountId account, Operation operation, std::int64_t rate_micro) = 0;
    virtual void exhausted(AccountId account, Operation operation, UtcTime now) = 0;
};

// Forgets everything at its end: for tests and for tools that make a handful of calls.
class MemoryQuotaLedger final : public QuotaLedger {
public:
    Status take(AccountId account, Operation operation, UtcTime now) override;
    void observed_rate(AccountId account, Operation operation, std::int64_t rate_micro) override;
    void exhausted(AccountId account, Operation operation, UtcTime now) override;
    // A copy as it was last touched; nullopt if it never was.
    std::optional<Bucket> find(AccountId account, Operation operation) const;

private:
    Bucket& bucket(AccountId account, Operation operation, UtcTime now);

    mutable std::mutex mutex_;
    std::map<std::pair<AccountId, Operation>, Bucket> buckets_;
};

}  // namespace fairway::amazon
