#pragma once
// Amazon's token buckets: application x seller x operation, full at first, each request takes one token.
#include <map>
#include <string>
#include <string_view>

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

private:
    struct Bucket {
        double tokens = 0;
        UtcTime at{};
    };
    std::map<std::string, Bucket> buckets_;
};

}  // namespace fairway::sandbox
