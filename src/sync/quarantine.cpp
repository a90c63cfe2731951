#include "sync/quarantine.hpp"

#include "store/orders.hpp"

namespace fairway::sync {

void StoredQuarantine::keep(AccountId account, const amazon::Undecodable& answer, UtcTime now) {
    // What comes again needs no key; one that is made in vain, because another process was first, does no
    // harm.
    const bool known =
        db_.read([&](db::Reader& tx) { return store::is_kept_aside(tx, account, answer.document); });
    const store::DataKeyId key = known ? store::DataKeyId{} : vault_.create_keys(1, now).front();
    db_.write("quarantine.keep", [&](db::Transaction& tx) {
        store::keep_aside(tx, vault_, account, answer.id, answer.error, answer.document, key, now);
    });
}

}  // namespace fairway::sync
