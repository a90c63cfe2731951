#include "store/commands.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/check.hpp"
#include "base/fault_point.hpp"
#include "json/json.hpp"
#include "store/instance.hpp"
#include "store/order_rows.hpp"
#include "store/orders.hpp"

namespace fairway::store {

namespace {

constexpr std::string_view kSelect =
    "SELECT c.id, c.kind, c.state, c.account_id, c.store_id, c.order_id, o.amazon_order_id, c.cause, "
    "c.package_id, "
    "c.items, c.deadline, c.attempts, c.next_attempt_at, c.code, c.amazon_says, c.accepted_at, c.created_at, "
    "c.changed_at FROM commands AS c JOIN amazon_orders AS o ON o.id = c.order_id ";

std::string encode_items(const std::vector<domain::LineQuantity>& items) {
    json::Array array;
    for (const domain::LineQuantity& item : items) array.push_back(json::Array{item.line, item.quantity});
    return json::serialize(array);
}

std::vector<domain::LineQuantity> decode_items(const std::string& text) {
    const auto value = json::parse(text);
    CHECK(value.has_value() && value->is_array(), "a command's items are stored as a JSON array");
    std::vector<domain::LineQuantity> items;
    for (const json::Value& each : value->get_array())
        items.push_back({static_cast<int>(each.at(0).as_int64()), each.at(1).as_int64()});
    return items;
}

CommandRecord read_command(const db::Row& row) {
    return {.id = row.get<CommandId>(0),
            .kind = read_enum<domain::CommandKind>(row, 1),
            .state = read_enum<domain::CommandState>(row, 2),
            .account_id = row.get<AccountId>(3),
            .store_id = row.get<StoreId>(4),
            .order_id = row.get<OrderId>(5),
            .amazon_order_id = row.get<AmazonOrderId>(6),
            .cause = row.get<std::string>(7),
            .package_id = row.get<std::int64_t>(8),
            .items = decode_items(row.get<std::string>(9)),
            .deadline = row.get<std::optional<UtcTime>>(10),
            .attempts = row.get<int>(11),
            .next_attempt_at = row.get<UtcTime>(12),
            .code = row.get<std::optional<std::string>>(13),
            .amazon_says = row.get<std::optional<std::string>>(14),
            .accepted_at = row.get<std::optional<UtcTime>>(15),
            .created_at = row.get<UtcTime>(16),
            .changed_at = row.get<UtcTime>(17)};
}

std::vector<CommandRecord> read_commands(const std::vector<db::Row>& rows) {
    std::vector<CommandRecord> commands;
    for (const db::Row& row : rows) commands.push_back(read_command(row));
    return commands;
}

// What a worker may take now. A command found in `sending` has lost its worker, whatever its next attempt was
// to be.
// No wait is as long as an hour: a time further ahead was written before the clock was set back.
constexpr std::string_view kIsDue =
    "state IN ('queued', 'sending', 'unknown') "
    "AND (lease_until <= $1 OR lease_until > $1 + 3600000000) "
    "AND (state = 'sending' OR next_attempt_at <= $1 OR next_attempt_at > $1 + 3600000000)";

// What was called off because Amazon cancelled the units was refused by nobody. Of rejected commands: others
// have no such code.
constexpr std::string_view kNotCalledOff =
    "(code IS NULL OR code NOT IN ('order_cancelled', 'units_cancelled'))";
constexpr std::string_view kCalledOff = "code IN ('order_cancelled', 'units_cancelled')";

struct Due {
    CommandId id{};
    OrderId order_id{};
    std::int64_t lease_token = 0;
    bool worker_died = false;  // found in `sending`: whether it had its effect, nobody knows
};

std::optional<Due> find_due(db::Reader& tx, AccountId account, UtcTime now) {
    // Index commands_due, walked from the earliest deadline; commands without one come after all others. Two
    // queries, since engines differ in where a null sorts.
    for (const std::string_view deadline : {"deadline IS NOT NULL", "deadline IS NULL"}) {
        const auto row =
            tx.one("SELECT id, order_id, lease_token, state FROM commands WHERE " + std::string(kIsDue) +
                       " AND account_id = $2 AND " + std::string(deadline) + " ORDER BY deadline, id LIMIT 1",
                   now, account);
        if (row)
            return Due{row->get<CommandId>(0), row->get<OrderId>(1), row->get<std::int64_t>(2),
                       read_enum<domain::CommandState>(*row, 3) == domain::CommandState::sending};
    }
    return std::nullopt;
}

}  // namespace

bool insert_confirmation(db::Transaction& tx, OrderId order, const domain::QueueConfirmation& confirmation,
                         UtcTime now) {
    return tx.execute(
               "INSERT INTO commands (kind, state, account_id, store_id, order_id, cause, package_id, items, "
               "deadline, next_attempt_at, created_at, changed_at) "
               "SELECT $1, $2, account_id, store_id, id, $3, $4, $5, $6, $7, $7, $7 FROM amazon_orders "
               "WHERE id = $8 ON CONFLICT (order_id, kind, cause) DO NOTHING",
               domain::to_text(domain::CommandKind::confirm_shipment),
               domain::to_text(domain::CommandState::queued), confirmation.reference_id,
               confirmation.package_id, encode_items(confirmation.items), confirmation.deadline, now,
               order) == 1;
}

std::optional<CommandRecord> find_command(db::Reader& tx, CommandId id) {
    const auto row = tx.one(std::string(kSelect) + "WHERE c.id = $1", id);
    if (!row) return std::nullopt;
    return read_command(*row);
}

std::vector<CommandRecord> list_commands_of_order(db::Reader& tx, OrderId order) {
    return list_commands_of_orders(tx, std::span(&order, 1));
}

std::vector<CommandRecord> list_commands_of_orders(db::Reader& tx, std::span<const OrderId> orders) {
    // Index: the unique one over (order_id, kind, cause). Put in order here: SQL would set up a sorter, and
    // most orders have no command.
    const IdList list(orders);
    auto commands =
        read_commands(tx.run(std::string(kSelect) + "WHERE c.order_id IN " + list.text, list.values));
    std::ranges::sort(commands, {}, &CommandRecord::id);
    return commands;
}

std::vector<CommandRecord> list_commands(db::Reader& tx, const CommandFilter& filter,
                                         std::optional<CommandId> before, int limit) {
    std::vector<db::Value> values;
    std::string where;
    const auto add = [&](std::string_view condition, db::Value value, std::string_view end = "") {
        values.push_back(std::move(value));
        where += where.empty() ? "WHERE " : "AND ";
        where += std::string(condition) + " $" + std::to_string(values.size()) + std::string(end) + " ";
    };
    // Of one order: index amazon_orders_by_amazon_order_id and the unique one of the commands; as ids, so
    // that commands_by_state, which serves the filter by state alone, is not walked for them.
    if (filter.amazon_order_id)
        add("c.id IN (SELECT own.id FROM commands AS own JOIN amazon_orders AS named ON named.id = "
            "own.order_id "
            "WHERE named.amazon_order_id =",
            db::bind(*filter.amazon_order_id), ")");
    if (filter.state) add("c.state =", db::bind(domain::to_text(*filter.state)));
    if (before) add("c.id <", db::bind(*before));
    if (filter.called_off)
        where += (where.empty() ? "WHERE " : "AND ") +
                 std::string(*filter.called_off ? kCalledOff : kNotCalledOff) + " ";
    values.push_back(db::bind(limit));
    return read_commands(tx.run(
        std::string(kSelect) + where + "ORDER BY c.id DESC LIMIT $" + std::to_string(values.size()), values));
}

std::map<domain::CommandState, std::int64_t> count_open_commands(db::Reader& tx) {
    // Index commands_by_state: those that ended well are not looked at.
    std::map<domain::CommandState, std::int64_t> counts;
    for (const db::Row& row :
         tx.query("SELECT state, COUNT(*) FROM commands "
                  "WHERE (state IN ('queued', 'sending', 'unknown') OR state = 'rejected' AND " +
                  std::string(kNotCalledOff) + ") GROUP BY state"))
        if (const auto state = domain::parse<domain::CommandState>(row.get<std::string>(0)))
            counts[*state] = row.get<std::int64_t>(1);
    return counts;
}

std::int64_t count_rejected_commands(db::Reader& tx, std::optional<StoreId> store) {
    // Index commands_by_state.
    std::string sql =
        "SELECT COUNT(*) FROM commands WHERE state = 'rejected' AND " + std::string(kNotCalledOff);
    if (!store) return tx.one(sql)->get<std::int64_t>(0);
    sql += " AND store_id = $1";
    return tx.one(sql, *store)->get<std::int64_t>(0);
}

std::vector<AccountId> list_accounts_with_due_commands(db::Reader& tx, UtcTime now) {
    if (find_read_only(tx)) return {};
    // Index commands_by_state.
    std::vector<AccountId> accounts;
    for (const db::Row& row : tx.query(
             "SELECT DISTINCT account_id FROM commands WHERE " + std::string(kIsDue) + " ORDER BY account_id",
             now))
        accounts.push_back(row.get<AccountId>(0));
    return accounts;
}

std::optional<LeasedCommand> lease_next_command(db::Transaction& tx, AccountId account, UtcTime now,
                                                Duration lease) {
    if (find_read_only(tx)) return std::nullopt;
    const auto due = find_due(tx, account, now);
    if (!due) return std::nullopt;
    // Guarded by the token that was read: of two workers that found the same command one gets it.
    const auto row = tx.one(
        "UPDATE commands SET lease_token = lease_token + 1, lease_until = $1 WHERE id = $2 AND lease_token = "
        "$3 RETURNING lease_token",
        now + lease, due->id, due->lease_token);
    if (!row) return std::nullopt;
    if (due->worker_died) {
        tx.queue("UPDATE commands SET state = $1, changed_at = $2 WHERE id = $3",
                 domain::to_text(domain::CommandState::unknown), now, due->id);
        mark_dirty(tx, due->order_id);
    }
    auto command = find_command(tx, due->id);
    CHECK(command.has_value(), "the command was there a moment ago");
    return LeasedCommand{*std::move(command), row->get<std::int64_t>(0)};
}

bool finish_command(db::Transaction& tx, const LeasedCommand& leased, const CommandResult& result,
                    UtcTime now) {
    using domain::CommandState;
    const auto when = [&](CommandState state) {
        return result.state == state ? std::optional(now) : std::nullopt;
    };
    const bool fenced = !mutant("command_result_without_fencing");
    const std::int64_t changed = tx.execute(
        "UPDATE commands SET state = $1, code = $2, amazon_says = $3, next_attempt_at = $4, attempts = "
        "attempts + $5, "
        "accepted_at = COALESCE(accepted_at, $6), verified_at = COALESCE(verified_at, $7), changed_at = $8, "
        "lease_until = CASE WHEN $9 = 1 THEN 0 ELSE lease_until END WHERE id = $10 AND (lease_token = $11 OR "
        "$12 = 0)",
        domain::to_text(result.state), result.code, result.amazon_says, result.next_attempt_at,
        result.count_attempt, when(CommandState::accepted), when(CommandState::verified), now,
        result.release_lease, leased.command.id, leased.lease_token, fenced);
    if (changed == 0) return false;
    mark_dirty(tx, leased.command.order_id);
    return true;
}

void doubt_open_commands(db::Transaction& tx, UtcTime now) {
    // Index commands_by_state.
    const auto open = tx.query("SELECT id, order_id FROM commands WHERE state IN ('queued', 'sending')");
    for (const db::Row& row : open) {
        tx.execute(
            "UPDATE commands SET state = $1, changed_at = $2, lease_token = lease_token + 1, lease_until = 0 "
            "WHERE id = $3",
            domain::to_text(domain::CommandState::unknown), now, row.get<CommandId>(0));
        mark_dirty(tx, row.get<OrderId>(1));
    }
}

void release_lease(db::Transaction& tx, const LeasedCommand& leased) {
    tx.queue("UPDATE commands SET lease_until = 0 WHERE id = $1 AND lease_token = $2", leased.command.id,
             leased.lease_token);
}

void set_command_state(db::Transaction& tx, CommandId id, domain::CommandState state,
                       const std::optional<std::string>& code, UtcTime now) {
    using domain::CommandState;
    const auto when = [&](CommandState wanted) {
        return state == wanted ? std::optional(now) : std::nullopt;
    };
    // Takes the lease from whoever holds it: what was decided here is not overwritten by a worker that had
    // not begun.
    tx.queue(
        "UPDATE commands SET state = $1, code = $2, accepted_at = COALESCE(accepted_at, $3), "
        "verified_at = COALESCE(verified_at, $4), changed_at = $5, lease_token = lease_token + 1, "
        "lease_until = 0 WHERE id = $6",
        domain::to_text(state), code, when(CommandState::accepted), when(CommandState::verified), now, id);
}

void renumber_command(db::Transaction& tx, CommandId id, const std::string& cause, UtcTime now) {
    tx.queue(
        "UPDATE commands SET state = $1, cause = $2, code = NULL, next_attempt_at = $3, changed_at = $3 "
        "WHERE id = $4",
        domain::to_text(domain::CommandState::queued), cause, now, id);
}

Status replay_command(db::Transaction& tx, CommandId id, UtcTime now) {
    const auto command = find_command(tx, id);
    if (!command) return fail(ErrorKind::not_found, "command_missing", "there is no command " + id.str());
    if (command->state != domain::CommandState::rejected)
        return fail(ErrorKind::conflict, "command_not_rejected",
                    "command " + id.str() + " is " + std::string(domain::to_text(command->state)) +
                        "; only a rejected one is sent again");
    tx.queue(
        "UPDATE commands SET state = $1, code = NULL, amazon_says = NULL, accepted_at = NULL, "
        "verified_at = NULL, next_attempt_at = $2, changed_at = $2, lease_token = lease_token + 1, "
        "lease_until = 0 WHERE id = $3",
        domain::to_text(domain::CommandState::queued), now, id);
    mark_dirty(tx, command->order_id);
    return {};
}

}  // namespace fairway::store
