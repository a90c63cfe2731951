#pragma once
// Calls of Amazon that failed, over the database. The same failure of an operation several times in a row is
// one row; what is in a row is known in memory only, so after a restart it begins anew.
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "amazon/call_log.hpp"
#include "base/log.hpp"
#include "db/db.hpp"
#include "store/communication_errors.hpp"

namespace fairway::sync {

// Thread-safe. In a storm a row is written at most every ten seconds and when the storm ends; a process that
// dies meanwhile takes the count since then with it.
class StoredCallLog final : public amazon::CallLog {
public:
    StoredCallLog(db::Database& db, Logger& log) : db_(db), log_(log) {}
    void failed(AccountId account, const amazon::CallFailure& failure, UtcTime now) override;
    void succeeded(AccountId account, std::string_view operation, UtcTime now) override;

private:
    struct Row {
        store::CommunicationError error{};  // without an id: not written yet
        UtcTime written_at{};
        std::int64_t times_written = 0;
    };
    void write(Row& row, UtcTime now);

    db::Database& db_;
    Logger& log_;
    std::mutex mutex_;
    std::map<std::pair<AccountId, std::string>, Row> rows_;  // guarded by mutex_; the last of each operation
};

}  // namespace fairway::sync
