#pragma once
// Calls of Amazon that failed, for people who look after the connection. Bounded: 30 days and 10,000 rows.
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"

namespace fairway::store {

struct CommunicationError {
    CommunicationErrorId id{};
    AccountId account_id{};
    std::string operation{};
    std::optional<int> status{};  // of HTTP; nothing: no answer came
    std::string code{};
    std::string text{};  // no personal data and no secrets
    std::optional<std::string> request_id{};
    std::int64_t times = 1;  // in a row
    UtcTime first_at{};
    UtcTime last_at{};
};

// Makes room: what is older than 30 days, or the oldest beyond 10,000, is dropped.
CommunicationErrorId insert_communication_error(db::Transaction& tx, const CommunicationError& error);
// The same once more, or several times: `error` is what the row shows from now on.
void update_communication_error(db::Transaction& tx, const CommunicationError& error);

// Newest first; before: the last id of the previous page, or none.
std::vector<CommunicationError> list_communication_errors(db::Reader& tx, std::optional<AccountId> account,
                                                          std::optional<CommunicationErrorId> before,
                                                          int limit);

}  // namespace fairway::store
