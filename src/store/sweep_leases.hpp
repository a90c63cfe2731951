#pragma once
// Who reads an account's orders from Amazon. Several processes may share a database; one at a time sweeps an
// account, under a lease with a fencing token. A process that stops (killed, frozen, cut off) loses its lease
// when it ends; should it go on after that, its token is no longer the account's and it can commit nothing.
#include <cstdint>
#include <map>
#include <optional>

#include "base/ids.hpp"
#include "db/db.hpp"

namespace fairway::store {

struct SweepLease {
    AccountId account{};
    std::int64_t token = 0;
};

// nullopt: another one holds it, and until then it is not free.
std::optional<SweepLease> take_sweep_lease(db::Transaction& tx, AccountId account, UtcTime now,
                                           Duration lease);
// In the transaction of everything that a sweep stores: false means that the lease is lost and nothing may be
// kept. Otherwise it is held so much longer.
bool renew_sweep_lease(db::Transaction& tx, const SweepLease& lease, UtcTime now, Duration longer);
// Nothing happens if it is lost.
void release_sweep_lease(db::Transaction& tx, const SweepLease& lease);

// A sweep that began at this time has read everything; and when the last one of each account began that did.
void note_sweep(db::Transaction& tx, AccountId account, UtcTime began);
std::map<AccountId, UtcTime> list_sweeps(db::Reader& tx);

}  // namespace fairway::store
