#include "store/communication_errors.hpp"

#include "base/text.hpp"

namespace fairway::store {

namespace {

constexpr Duration kKept = days(30);
constexpr std::int64_t kRowsMax = 10'000;

}  // namespace

CommunicationErrorId insert_communication_error(db::Transaction& tx, const CommunicationError& error) {
    const CommunicationErrorId id{
        tx.insert("INSERT INTO communication_errors (account_id, operation, status, code, text, request_id, "
                  "times, first_at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                  error.account_id, error.operation, error.status, error.code, error.text, error.request_id,
                  error.times, error.first_at, error.last_at)};
    // Ids grow by one. At most so many rows are looked at for their age, and only when one is added.
    tx.queue("DELETE FROM communication_errors WHERE id <= $1 OR last_at < $2", id.value - kRowsMax,
             error.last_at - kKept);
    return id;
}

void update_communication_error(db::Transaction& tx, const CommunicationError& error) {
    tx.queue(
        "UPDATE communication_errors SET times = $1, last_at = $2, text = $3, request_id = $4 WHERE id = $5",
        error.times, error.last_at, error.text, error.request_id, error.id);
}

std::vector<CommunicationError> list_communication_errors(db::Reader& tx, std::optional<AccountId> account,
                                                          std::optional<CommunicationErrorId> before,
                                                          int limit) {
    // Of an account: index communication_errors_of_account; else the primary key backwards.
    std::string sql =
        "SELECT id, account_id, operation, status, code, text, request_id, times, first_at, last_at "
        "FROM communication_errors WHERE id < $1 ";
    std::vector<db::Value> values{db::bind(before ? before->value : std::numeric_limits<std::int64_t>::max()),
                                  db::bind(limit)};
    if (account) {
        sql += "AND account_id = $3 ";
        values.push_back(db::bind(*account));
    }
    std::vector<CommunicationError> errors;
    for (const db::Row& row : tx.run(sql + "ORDER BY id DESC LIMIT $2", values))
        errors.push_back({.id = row.get<CommunicationErrorId>(0),
                          .account_id = row.get<AccountId>(1),
                          .operation = row.get<std::string>(2),
                          .status = row.get<std::optional<int>>(3),
                          .code = row.get<std::string>(4),
                          .text = row.get<std::string>(5),
                          .request_id = row.get<std::optional<std::string>>(6),
                          .times = row.get<std::int64_t>(7),
                          .first_at = row.get<UtcTime>(8),
                          .last_at = row.get<UtcTime>(9)});
    return errors;
}

}  // namespace fairway::store
