#include "store/quota.hpp"

namespace fairway::store {

namespace {

constexpr std::string_view kSelect =
    "SELECT account_id, operation, rate_micro, burst_micro, tokens_micro, updated_at FROM quota_buckets ";

QuotaRecord read_quota(const db::Row& row) {
    return {.account_id = row.get<AccountId>(0),
            .operation = row.get<std::string>(1),
            .rate_micro = row.get<std::int64_t>(2),
            .burst_micro = row.get<std::int64_t>(3),
            .tokens_micro = row.get<std::int64_t>(4),
            .updated_at = row.get<UtcTime>(5)};
}

}  // namespace

std::optional<QuotaRecord> find_quota(db::Reader& tx, AccountId account, std::string_view operation) {
    const auto row =
        tx.one(std::string(kSelect) + "WHERE account_id = $1 AND operation = $2", account, operation);
    if (!row) return std::nullopt;
    return read_quota(*row);
}

void save_quota(db::Transaction& tx, const QuotaRecord& quota) {
    tx.queue(
        "INSERT INTO quota_buckets (account_id, operation, rate_micro, burst_micro, tokens_micro, "
        "updated_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (account_id, operation) DO UPDATE SET rate_micro = excluded.rate_micro, "
        "burst_micro = excluded.burst_micro, tokens_micro = excluded.tokens_micro, "
        "updated_at = excluded.updated_at",
        quota.account_id, quota.operation, quota.rate_micro, quota.burst_micro, quota.tokens_micro,
        quota.updated_at);
}

std::vector<QuotaRecord> list_quotas(db::Reader& tx, std::optional<AccountId> account) {
    const std::string order = "ORDER BY account_id, operation";
    std::vector<QuotaRecord> quotas;
    for (const db::Row& row :
         account ? tx.query(std::string(kSelect) + "WHERE account_id = $1 " + order, *account)
                 : tx.query(std::string(kSelect) + order))
        quotas.push_back(read_quota(row));
    return quotas;
}

}  // namespace fairway::store
