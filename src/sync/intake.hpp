#pragma once
// Intake: from Amazon's searchOrders to the mirror. A window is the span of update times one sweep reads;
// every page is committed as it arrives, and the watermark moves only with the window's last page.
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "store/accounts.hpp"
#include "store/stores.hpp"
#include "sync/context.hpp"

namespace fairway::sync {

struct IntakeReport {
    std::int64_t orders_read = 0;
    std::int64_t orders_changed = 0;  // created or changed
    std::int64_t pages = 0;
    std::int64_t kept_aside = 0;  // could not be decoded
};

// Reads what is new for the given active stores of one account. Stores whose watermarks lie close together
// share a window and stand at the same point afterwards. Windows that were begun and not finished go on; they
// do not hold up stores that have none. What was stored before an error stays; the report counts it. Errors
// are Amazon's: an empty quota (throttled, with the time of the next call) or refused credentials end the
// sweep, after any other the rest is still read and the first error returned. One process at a time sweeps an
// account: conflict kSweepRunning (with the time to ask again) while another one does, conflict lease_lost
// when this one took so long that another one began.
inline constexpr std::string_view kSweepRunning = "sweep_running";
Task<Status> sweep_account(Context& context, store::AccountRecord account,
                           std::vector<store::StoreRecord> stores, IntakeReport& report);

// Reads one order by id and stores it; its marketplace stays known when Amazon does not name it. False:
// Amazon knows no such order. An answer that cannot be decoded is kept aside, and the order stays as it is.
Task<Result<bool>> read_order(Context& context, store::AccountRecord account, OrderId order);

// What is wrong with the answer about one order, not with Amazon or the account: others can be read.
bool concerns_order(const Error& error);

// The account with its secrets, as the Amazon client wants it.
Result<amazon::Account> load_account(Context& context, const store::AccountRecord& account);

// After a refusal of the credentials that were used: nothing is asked any more until they are replaced,
// unless that has happened meanwhile. Other errors change nothing.
void note_refusal(Context& context, const amazon::Account& used, const Error& error);

}  // namespace fairway::sync
