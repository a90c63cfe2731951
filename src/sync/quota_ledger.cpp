#include "sync/quota_ledger.hpp"

#include "base/fault_point.hpp"
#include "store/quota.hpp"

namespace fairway::sync {

namespace {

store::QuotaRecord to_record(AccountId account, amazon::Operation operation, const amazon::Bucket& bucket) {
    return {.account_id = account,
            .operation = std::string(amazon::facts_of(operation).name),
            .rate_micro = bucket.rate_micro,
            .burst_micro = bucket.burst_micro,
            .tokens_micro = bucket.tokens_micro,
            .updated_at = bucket.updated_at};
}

amazon::Bucket read_bucket(db::Reader& tx, AccountId account, amazon::Operation operation, UtcTime now) {
    const auto record = store::find_quota(tx, account, amazon::facts_of(operation).name);
    if (!record) return amazon::full_bucket(operation, now);
    return {record->rate_micro, record->burst_micro, record->tokens_micro, record->updated_at};
}

}  // namespace

Status StoredQuotaLedger::take(AccountId account, amazon::Operation operation, UtcTime now) {
    if (mutant("quota_not_counted")) return {};
    return db_.write("quota.take", [&](db::Transaction& tx) -> Status {
        amazon::Bucket bucket = read_bucket(tx, account, operation, now);
        TRY(amazon::take(bucket, operation, now));
        store::save_quota(tx, to_record(account, operation, bucket));
        return {};
    });
}

void StoredQuotaLedger::observed_rate(AccountId account, amazon::Operation operation,
                                      std::int64_t rate_micro) {
    // Almost every answer repeats the rate we know: look before writing.
    const auto known = db_.read(
        [&](db::Reader& tx) { return store::find_quota(tx, account, amazon::facts_of(operation).name); });
    if (!known || known->rate_micro == rate_micro || rate_micro <= 0) return;
    db_.write("quota.learn", [&](db::Transaction& tx) {
        amazon::Bucket bucket = read_bucket(tx, account, operation, known->updated_at);
        bucket.rate_micro = rate_micro;
        store::save_quota(tx, to_record(account, operation, bucket));
    });
}

void StoredQuotaLedger::exhausted(AccountId account, amazon::Operation operation, UtcTime now) {
    db_.write("quota.exhausted", [&](db::Transaction& tx) {
        amazon::Bucket bucket = read_bucket(tx, account, operation, now);
        amazon::empty(bucket, now);
        store::save_quota(tx, to_record(account, operation, bucket));
    });
}

}  // namespace fairway::sync
