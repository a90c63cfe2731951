#include "store/sweep_leases.hpp"

#include "base/fault_point.hpp"

namespace fairway::store {

std::optional<SweepLease> take_sweep_lease(db::Transaction& tx, AccountId account, UtcTime now,
                                           Duration lease) {
    // Guarded by its end: of two processes that want it one gets it.
    const auto row = tx.one(
        "INSERT INTO sweep_leases (account_id, token, held_until, swept_at) VALUES ($1, 1, $2, 0) "
        "ON CONFLICT (account_id) DO UPDATE SET token = sweep_leases.token + 1, "
        "held_until = excluded.held_until WHERE sweep_leases.held_until <= $3 RETURNING token",
        account, now + lease, now);
    if (!row) return std::nullopt;
    return SweepLease{account, row->get<std::int64_t>(0)};
}

bool renew_sweep_lease(db::Transaction& tx, const SweepLease& lease, UtcTime now, Duration longer) {
    const std::int64_t renewed =
        tx.execute("UPDATE sweep_leases SET held_until = $1 WHERE account_id = $2 AND token = $3",
                   now + longer, lease.account, lease.token);
    return renewed == 1 || mutant("lease_without_fencing");
}

void release_sweep_lease(db::Transaction& tx, const SweepLease& lease) {
    tx.queue("UPDATE sweep_leases SET held_until = 0 WHERE account_id = $1 AND token = $2", lease.account,
             lease.token);
}

void note_sweep(db::Transaction& tx, AccountId account, UtcTime began) {
    tx.queue(
        "INSERT INTO sweep_leases (account_id, token, held_until, swept_at) VALUES ($1, 0, 0, $2) "
        "ON CONFLICT (account_id) DO UPDATE SET swept_at = excluded.swept_at",
        account, began);
}

std::map<AccountId, UtcTime> list_sweeps(db::Reader& tx) {
    std::map<AccountId, UtcTime> sweeps;
    for (const db::Row& row : tx.query("SELECT account_id, swept_at FROM sweep_leases"))
        sweeps.emplace(row.get<AccountId>(0), row.get<UtcTime>(1));
    return sweeps;
}

}  // namespace fairway::store
