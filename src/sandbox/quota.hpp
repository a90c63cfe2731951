#pragma once
// Amazon's token buckets: application x seller x operation, full at first, each request takes one token.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace fairway::sandbox {

struct Rate {
    std::string_view operation;
    double per_second;
    double burst;
};
// nullptr if there is no such operation. All operations of the static sandbox share "static".
const Rate* find_rate(std::string_view operation);

class Quotas {
public:
    // Whether the call is within the quota. A refused call finds the bucket empty and leaves it so.
    bool take(const std::string& seller, std::string_view operation, UtcTime now);

    struct Bucket {
        std::string seller{};
        std::string_view operation{};
        double tokens = 0;  // at the time of `at`
        UtcTime at{};
        std::int64_t refused = 0;  // calls that found it empty
    };
    // Those that were ever used, filled up to now.
    std::vector<Bucket> buckets(UtcTime now) const;

private:
    std::map<std::string, Bucket> buckets_;
};

}  // namespace fairway::sandbox
