#include "sync/call_log.hpp"

namespace fairway::sync {

namespace {

constexpr Duration kWriteEvery = seconds(10);

bool is_same(const store::CommunicationError& before, const amazon::CallFailure& failure) {
    return before.status == failure.status && before.code == failure.error.code;
}

}  // namespace

void StoredCallLog::failed(AccountId account, const amazon::CallFailure& failure, UtcTime now) {
    const std::lock_guard lock(mutex_);
    Row& row = rows_[{account, std::string(failure.operation)}];
    const bool again = row.error.account_id == account && is_same(row.error, failure);
    if (!again) {
        write(row, now);
        row = {.error = {.account_id = account,
                         .operation = std::string(failure.operation),
                         .status = failure.status,
                         .code = failure.error.code,
                         .times = 0,
                         .first_at = now}};
    }
    ++row.error.times;
    row.error.text = failure.error.message;
    row.error.request_id = failure.request_id;
    row.error.last_at = now;
    // Before: the clock was set back.
    const bool due = row.times_written == 0 || now < row.written_at || now - row.written_at >= kWriteEvery;
    if (due) write(row, now);
}

void StoredCallLog::succeeded(AccountId account, std::string_view operation, UtcTime now) {
    const std::lock_guard lock(mutex_);
    const auto row = rows_.find({account, std::string(operation)});
    if (row == rows_.end()) return;
    write(row->second, now);
    rows_.erase(row);
}

void StoredCallLog::write(Row& row, UtcTime now) {
    if (row.error.account_id == AccountId{} || row.times_written == row.error.times) return;
    try {
        row.error.id = db_.write("call_log.note", [&](db::Transaction& tx) {
            if (row.error.id == CommunicationErrorId{})
                return store::insert_communication_error(tx, row.error);
            store::update_communication_error(tx, row.error);
            return row.error.id;
        });
        row.times_written = row.error.times;
        row.written_at = now;
    } catch (const std::exception& failure) {
        log_.warning("call_log.not_written", {{"error", failure.what()}});
    }
}

}  // namespace fairway::sync
