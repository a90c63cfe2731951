#pragma once
// Commands: what Amazon is asked to do, each with a life of its own. Never deleted.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"
#include "domain/plan.hpp"

namespace fairway::store {

struct CommandRecord {
    CommandId id{};
    domain::CommandKind kind = domain::CommandKind::confirm_shipment;
    domain::CommandState state = domain::CommandState::queued;
    AccountId account_id{};
    StoreId store_id{};
    OrderId order_id{};
    AmazonOrderId amazon_order_id{};
    std::string cause{};
    std::int64_t package_id = 0;
    std::vector<domain::LineQuantity> items{};
    std::optional<UtcTime> deadline{};
    int attempts = 0;
    UtcTime next_attempt_at{};
    std::optional<std::string> code{};
    std::optional<std::string> amazon_says{};
    std::optional<UtcTime> accepted_at{};
    UtcTime created_at{};
    UtcTime changed_at{};
};

// false if a command of that (order, kind, cause) exists.
bool insert_confirmation(db::Transaction& tx, OrderId order, const domain::QueueConfirmation& confirmation,
                         UtcTime now);

std::optional<CommandRecord> find_command(db::Reader& tx, CommandId id);
std::vector<CommandRecord> list_commands_of_order(db::Reader& tx, OrderId order);
std::vector<CommandRecord> list_commands_of_orders(db::Reader& tx, std::span<const OrderId> orders);

struct CommandFilter {
    std::optional<AmazonOrderId> amazon_order_id{};
    std::optional<domain::CommandState> state{};
    std::optional<bool> called_off{};  // rejected because Amazon cancelled the units, by nobody's refusal
};
// Newest first; before: the last id of the previous page, or none.
std::vector<CommandRecord> list_commands(db::Reader& tx, const CommandFilter& filter,
                                         std::optional<CommandId> before, int limit);

// Queued, sending, unknown and rejected ones; states without a command are left out.
std::map<domain::CommandState, std::int64_t> count_open_commands(db::Reader& tx);
// Those that Amazon itself refused, of one store or of all.
std::int64_t count_rejected_commands(db::Reader& tx, std::optional<StoreId> store = std::nullopt);
// None in read-only mode.
std::vector<AccountId> list_accounts_with_due_commands(db::Reader& tx, UtcTime now);

// Takes the lease of the most urgent command of the account that is due (queued, unknown, or sending with a
// lease that ran out, which becomes unknown): earliest deadline first. The token must be given back with
// every result. Nothing is leased in read-only mode.
struct LeasedCommand {
    CommandRecord command{};
    std::int64_t lease_token = 0;
};
std::optional<LeasedCommand> lease_next_command(db::Transaction& tx, AccountId account, UtcTime now,
                                                Duration lease);

struct CommandResult {
    domain::CommandState state = domain::CommandState::queued;
    std::optional<std::string> code{};
    std::optional<std::string> amazon_says{};
    UtcTime next_attempt_at{};
    bool count_attempt = false;
    bool release_lease = true;
};
// false when the lease was lost to another worker: then nothing is written. Marks the order dirty.
bool finish_command(db::Transaction& tx, const LeasedCommand& leased, const CommandResult& result,
                    UtcTime now);

// The database was restored: what is queued or sending here may have been sent by those who wrote after the
// backup. It becomes unknown, so that it is looked up before it is sent; leases end, orders become dirty.
void doubt_open_commands(db::Transaction& tx, UtcTime now);

// Gives the lease back and changes nothing else.
void release_lease(db::Transaction& tx, const LeasedCommand& leased);

// Without a lease: decided by the plan (rejected because the order was cancelled) or read back from Amazon
// (verified).
void set_command_state(db::Transaction& tx, CommandId id, domain::CommandState state,
                       const std::optional<std::string>& code, UtcTime now);
// Another package stands under the command's number on Amazon: it goes out at once under this one, which no
// command of the order has. The lease stays with whoever holds it: that worker composes what it sends anew.
void renumber_command(db::Transaction& tx, CommandId id, const std::string& cause, UtcTime now);
// A person sends a rejected command again: conflict "command_not_rejected" otherwise. Marks the order dirty.
Status replay_command(db::Transaction& tx, CommandId id, UtcTime now);

}  // namespace fairway::store
