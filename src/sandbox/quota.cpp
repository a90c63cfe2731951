#include "sandbox/quota.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

namespace fairway::sandbox {

namespace {

constexpr std::array kRates{
    Rate{"searchOrders", 0.0056, 20},
    Rate{"getOrder", 0.5, 30},
    Rate{"confirmShipment", 2, 10},
    Rate{"getMarketplaceParticipations", 0.016, 15},
    Rate{"static", 5, 15},
};

void refill(Quotas::Bucket& bucket, const Rate& rate, UtcTime now) {
    const double elapsed_s = static_cast<double>((now - bucket.at).count()) / 1e6;
    bucket.tokens = std::min(rate.burst, bucket.tokens + std::max(0.0, elapsed_s) * rate.per_second);
    bucket.at = std::max(bucket.at, now);
}

}  // namespace

const Rate* find_rate(std::string_view operation) {
    const auto found = std::ranges::find(kRates, operation, &Rate::operation);
    return found == kRates.end() ? nullptr : &*found;
}

bool Quotas::take(const std::string& seller, std::string_view operation, UtcTime now) {
    const Rate* rate = find_rate(operation);
    CHECK(rate != nullptr, "every operation of the sandbox has a rate");
    const auto [entry, fresh] = buckets_.try_emplace(seller + "/" + std::string(operation),
                                                     Bucket{seller, rate->operation, rate->burst, now});
    Bucket& bucket = entry->second;
    refill(bucket, *rate, now);
    // What is left of a token by rounding is a token.
    if (bucket.tokens < 1 - 1e-9) {
        ++bucket.refused;
        return false;
    }
    bucket.tokens -= 1;
    return true;
}

std::vector<Quotas::Bucket> Quotas::buckets(UtcTime now) const {
    std::vector<Bucket> all;
    for (const auto& [name, bucket] : buckets_) {
        all.push_back(bucket);
        refill(all.back(), *find_rate(bucket.operation), now);
    }
    return all;
}

}  // namespace fairway::sandbox
