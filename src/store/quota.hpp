#pragma once
// Amazon's quota buckets as rows: shared by every worker and process, kept over restarts because Amazon's own
// buckets are.
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"

namespace fairway::store {

struct QuotaRecord {
    AccountId account_id{};
    std::string operation{};
    std::int64_t rate_micro = 0;  // millionths of a call per second
    std::int64_t burst_micro = 0;
    std::int64_t tokens_micro = 0;
    UtcTime updated_at{};
};
std::optional<QuotaRecord> find_quota(db::Reader& tx, AccountId account, std::string_view operation);
void save_quota(db::Transaction& tx, const QuotaRecord& quota);
std::vector<QuotaRecord> list_quotas(db::Reader& tx, std::optional<AccountId> account);

}  // namespace fairway::store
