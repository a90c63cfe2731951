#include "sync/commands.hpp"

#include <algorithm>

#include "base/fault_point.hpp"
#include "domain/carriers.hpp"
#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/orders.hpp"
#include "store/stores.hpp"
#include "sync/intake.hpp"
#include "sync/reconcile.hpp"

namespace fairway::sync {

namespace {

constexpr Duration kLease = minutes(2);
constexpr Duration kRetryFirst = seconds(15);
constexpr Duration kRetryMax = minutes(30);
constexpr int kCommandsPerRun = 500;

Duration back_off(int attempts) {
    Duration wait = kRetryFirst;
    for (int i = 0; i < attempts && wait < kRetryMax; ++i) wait *= 2;
    return std::min(wait, kRetryMax);
}

// Whether sending goes on with the next command.
enum class Next { go_on, stop };

struct Sent {
    store::CommandResult result{};
    Next next = Next::go_on;
};

// What the answer to a confirmation means for the command. Only a business refusal is `rejected`; a lost
// answer is `unknown`; everything that certainly had no effect leaves the command where it was.
Sent judge(const Status& answer, const store::CommandRecord& command, UtcTime now) {
    using domain::CommandState;
    Sent sent{{.state = CommandState::accepted, .count_attempt = true}, Next::go_on};
    sent.result.next_attempt_at = now;
    if (answer) return sent;
    const Error& error = answer.error();
    sent.result.code = error.code;
    sent.result.next_attempt_at = now + back_off(command.attempts);
    switch (error.kind) {
        case ErrorKind::invalid:
        case ErrorKind::not_found:
        case ErrorKind::conflict:
        case ErrorKind::malformed:
            sent.result.state = CommandState::rejected;
            sent.result.amazon_says = error.message;
            return sent;
        case ErrorKind::throttled:
            sent.result.state = command.state;
            sent.result.count_attempt = false;
            sent.result.next_attempt_at = now + error.retry_after.value_or(kRetryFirst);
            sent.next = Next::stop;
            return sent;
        case ErrorKind::unauthorized:
        case ErrorKind::forbidden:
            sent.result.state = command.state;
            sent.next = Next::stop;
            return sent;
        case ErrorKind::timeout:
        case ErrorKind::unavailable:
        case ErrorKind::too_large:
        case ErrorKind::corrupt:
        case ErrorKind::internal:
            if (mutant("lost_answer_taken_for_yes")) {
                sent.result.state = CommandState::accepted;
                return sent;
            }
            sent.result.state = error.code == "connect_failed" ? command.state : CommandState::unknown;
            sent.next = error.code == "connect_failed" ? Next::stop : Next::go_on;
            return sent;
    }
    return sent;
}

// A look that failed says nothing about the shipment: nothing was sent, and the command is where it was. An
// answer that cannot be read stops no other command.
Sent judge_look(const Error& error, const store::CommandRecord& command, UtcTime now) {
    Sent sent{{.state = command.state, .code = error.code}, concerns_order(error) ? Next::go_on : Next::stop};
    sent.result.count_attempt = error.kind != ErrorKind::throttled;
    sent.result.next_attempt_at = now + error.retry_after.value_or(back_off(command.attempts));
    return sent;
}

Sent order_is_gone(const store::CommandRecord& command, UtcTime now) {
    return {{.state = domain::CommandState::rejected,
             .code = "amazon_refused",
             .amazon_says = "Amazon no longer knows order " + command.amazon_order_id.str(),
             .next_attempt_at = now,
             .count_attempt = true},
            Next::go_on};
}

// Amazon refuses a confirmation of nothing. The plan ends such a command before it comes to this; should it
// not, the command waits for the next read and nothing is lost.
Sent nothing_to_confirm(const store::CommandRecord& command, UtcTime now) {
    return {{.state = command.state,
             .code = "nothing_to_confirm",
             .next_attempt_at = now + back_off(command.attempts),
             .count_attempt = true},
            Next::go_on};
}

std::string text_code(domain::CommandState state) { return "command." + std::string(domain::to_text(state)); }

void write_result(Context& context, const store::LeasedCommand& leased, const Sent& sent,
                  CommandsReport& report) {
    using domain::CommandState;
    const UtcTime now = context.clock.now();
    context.db.write("command.result", [&](db::Transaction& tx) {
        if (!store::finish_command(tx, leased, sent.result, now)) return;
        // The look before sending may have given it another number.
        const domain::TextParams params{{"cause", store::find_command(tx, leased.command.id)->cause},
                                        {"amazon_says", sent.result.amazon_says.value_or("")}};
        const domain::Note note{text_code(sent.result.state), params};
        if (sent.result.state == CommandState::rejected)
            store::write_note(tx, leased.command.order_id, note, now);
        else if (sent.result.state != CommandState::queued && sent.result.state != leased.command.state)
            store::write_history(tx, leased.command.order_id, note, now);
    });
    switch (sent.result.state) {
        case CommandState::accepted: ++report.accepted; break;
        case CommandState::rejected: ++report.rejected; break;
        case CommandState::unknown: ++report.unknown; break;
        case CommandState::queued:
        case CommandState::sending:
        case CommandState::verified: ++report.deferred; break;
    }
    context.log.info("command.result", {{"command", leased.command.id.str()},
                                        {"state", domain::to_text(sent.result.state)},
                                        {"code", sent.result.code.value_or("")}});
}

const domain::CommercePackage* find_package(const domain::CommerceOrder& order, std::int64_t package_id) {
    for (const domain::CommerceShipment& shipment : order.shipments)
        for (const domain::CommercePackage& package : shipment.packages)
            if (package.id == package_id) return &package;
    return nullptr;
}

// Reads the order afresh and lets the plan speak first: it may find the package on Amazon, or the order
// cancelled. False: Amazon no longer knows the order.
Task<Result<bool>> look_first(Context& context, store::AccountRecord account, store::LeasedCommand leased) {
    const bool known = CO_TRY(co_await read_order(context, account, leased.command.order_id));
    if (!known) co_return false;
    ReconcileReport ignored;
    CO_TRY(context.db.write("command.look", [&](db::Transaction& tx) {
        return reconcile_order(tx, context, leased.command.order_id, ignored);
    }));
    co_return true;
}

// The confirmation as it must be now, or nothing when the command has found its end meanwhile.
std::optional<amazon::ShipmentConfirmation> compose(Context& context, const store::LeasedCommand& leased) {
    return context.db.read([&](db::Reader& tx) -> std::optional<amazon::ShipmentConfirmation> {
        const auto command = store::find_command(tx, leased.command.id);
        const bool open = command && (command->state == domain::CommandState::queued ||
                                      command->state == domain::CommandState::unknown);
        if (!open) return std::nullopt;
        const auto record = store::find_order(tx, command->order_id);
        const auto commerce = store::find_commerce_order_of(tx, command->order_id);
        const auto store = store::find_store(tx, command->store_id);
        CHECK(record && commerce && store, "a confirmation belongs to an imported order");
        const domain::CommerceOrder facts = commerce->facts();
        const domain::CommercePackage* package = find_package(facts, command->package_id);
        CHECK(package != nullptr, "a confirmation speaks of one of its order's packages");

        const domain::AmazonCarrier carrier =
            domain::to_amazon_carrier(package->carrier, store->settings.carriers);
        amazon::ShipmentConfirmation confirmation{.order = record->order.id,
                                                  .marketplace = record->order.marketplace,
                                                  .package_reference_id = command->cause,
                                                  .carrier_code = carrier.code,
                                                  .carrier_name = carrier.name,
                                                  .shipping_method = package->service,
                                                  .tracking = package->tracking,
                                                  .shipped_at = package->shipped_at,
                                                  .items = {}};
        for (const domain::LineQuantity& item :
             domain::units_beyond_amazon(record->order, facts, package->items)) {
            const auto line = std::ranges::find(record->order.lines, item.line, &domain::OrderLine::line);
            confirmation.items.push_back({line->order_item_id, item.quantity});
        }
        return confirmation;
    });
}

// From here on the call may have its effect at any moment; whoever finds the command in this state must look
// first. The count of the installation moves on in the same commit, so a database that is restored from
// before it is found out. False: the lease is lost, or read-only mode has begun.
Result<bool> mark_sending(Context& context, const store::LeasedCommand& leased) {
    const auto mark = [&](db::Transaction& tx) {
        if (store::find_read_only(tx)) {
            store::release_lease(tx, leased);
            return false;
        }
        const UtcTime now = context.clock.now();
        return store::finish_command(
            tx, leased,
            {.state = domain::CommandState::sending, .next_attempt_at = now, .release_lease = false}, now);
    };
    if (context.instance != nullptr) return context.instance->advance(mark, "command.sending");
    return context.db.write("command.sending", [&](db::Transaction& tx) { return mark(tx); });
}

Task<Result<Next>> send_one(Context& context, store::AccountRecord account, amazon::Account caller,
                            store::LeasedCommand leased, CommandsReport& report) {
    Result<bool> known = true;
    if (!mutant("command_resent_without_looking")) known = co_await look_first(context, account, leased);
    if (!known) {
        const Sent looked = judge_look(known.error(), leased.command, context.clock.now());
        write_result(context, leased, looked, report);
        if (looked.next == Next::go_on) co_return Next::go_on;
        co_return std::unexpected(std::move(known).error());
    }
    if (!*known) {
        write_result(context, leased, order_is_gone(leased.command, context.clock.now()), report);
        co_return Next::go_on;
    }
    const auto confirmation = compose(context, leased);
    if (!confirmation) {
        context.db.write("command.release", [&](db::Transaction& tx) { store::release_lease(tx, leased); });
        co_return Next::go_on;
    }
    if (confirmation->items.empty()) {
        write_result(context, leased, nothing_to_confirm(leased.command, context.clock.now()), report);
        co_return Next::go_on;
    }
    const Result<bool> marked = mark_sending(context, leased);
    if (!marked) {
        write_result(context, leased, judge_look(marked.error(), leased.command, context.clock.now()),
                     report);
        co_return std::unexpected(marked.error());
    }
    if (!*marked) co_return Next::go_on;
    const Status answer = co_await context.amazon.confirm_shipment(caller, *confirmation);
    const Sent sent = judge(answer, leased.command, context.clock.now());
    write_result(context, leased, sent, report);
    if (!answer && sent.next == Next::stop) {
        note_refusal(context, caller, answer.error());
        co_return std::unexpected(answer.error());
    }
    co_return Next::go_on;
}

}  // namespace

Task<Status> send_commands(Context& context, store::AccountRecord account, CommandsReport& report) {
    for (int i = 0; i < kCommandsPerRun; ++i) {
        // Each time anew: they may have been replaced while the last command was on its way.
        const amazon::Account caller = CO_TRY(load_account(context, account));
        const auto leased = context.db.write("command.lease", [&](db::Transaction& tx) {
            return store::lease_next_command(tx, account.id, context.clock.now(), kLease);
        });
        if (!leased) co_return Status{};
        CO_TRY(co_await send_one(context, account, caller, *leased, report));
    }
    co_return Status{};
}

}  // namespace fairway::sync
