#pragma once
// Amazon's quotas over the database: one bucket per account and operation, shared by all workers and
// processes.
#include "amazon/quota.hpp"
#include "db/db.hpp"

namespace fairway::sync {

// Thread-safe. A bucket that was never used starts full, as Amazon's does.
class StoredQuotaLedger final : public amazon::QuotaLedger {
public:
    explicit StoredQuotaLedger(db::Database& db) : db_(db) {}
    Status take(AccountId account, amazon::Operation operation, UtcTime now) override;
    void observed_rate(AccountId account, amazon::Operation operation, std::int64_t rate_micro) override;
    void exhausted(AccountId account, amazon::Operation operation, UtcTime now) override;

private:
    db::Database& db_;
};

}  // namespace fairway::sync
