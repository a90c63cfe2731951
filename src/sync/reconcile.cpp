#include "sync/reconcile.hpp"

#include <span>
#include <utility>
#include <vector>

#include "store/access.hpp"
#include "store/commands.hpp"
#include "store/products.hpp"

namespace fairway::sync {

namespace {

constexpr int kBatch = 200;
// A plan takes an order one step; no life has this many.
constexpr int kStepsMax = 12;

// Carries out one plan inside the commit.
struct Carrier {
    db::Transaction& tx;
    Context& context;
    const store::OrderRecord& record;
    UtcTime now;
    ReconcileReport& report;

    Status operator()(const domain::ReserveStock& effect) const {
        const auto taken = store::reserve_stock(tx, record.id, effect.reservation, now);
        CHECK(taken == store::Taken::yes, "the plan read this very transaction's stock");
        return {};
    }
    Status operator()(const domain::ReleaseStock& effect) const {
        store::release_reservation(tx, record.id, effect.line, now);
        store::write_history(tx, record.id, {"history.stock_released", {}}, now);
        return {};
    }
    Status operator()(const domain::SetImportState& effect) const {
        store::set_import_state(tx, record.id, effect.state, now);
        return {};
    }
    Status operator()(const domain::SetBlock& effect) const {
        ++report.blocked;
        store::set_block(tx, record.id, effect.block, now);
        return {};
    }
    Status operator()(const domain::ClearBlock&) const {
        store::set_block(tx, record.id, std::nullopt, now);
        store::write_history(tx, record.id, {"history.block_cleared", {}}, now);
        return {};
    }
    Status operator()(const domain::SetLookAgain& effect) const {
        store::set_look_again(tx, record.id, effect.look_again);
        return {};
    }
    Status operator()(const domain::WriteNote& effect) const {
        store::write_note(tx, record.id, effect.note, now);
        return {};
    }
    Status operator()(const domain::OpenAttention& effect) const {
        store::open_attention(tx, record.id, effect, now);
        return {};
    }
    Status operator()(const domain::CreateOrder& effect) const {
        ++report.created;
        return ask("create_order", effect.cause, effect);
    }
    Status operator()(const domain::RecordShipment& effect) const {
        return ask("record_shipment", effect.cause, effect);
    }
    Status operator()(const domain::WithdrawUnits& effect) const {
        return ask("withdraw_units", effect.cause, effect);
    }
    Status operator()(const domain::CompleteOrder& effect) const {
        return ask("complete_order", effect.cause, effect);
    }
    Status operator()(const domain::QueueConfirmation& effect) const {
        const bool queued = store::insert_confirmation(tx, record.id, effect, now);
        CHECK(queued, "the plan chose a package reference that no command of the order has");
        store::write_history(tx, record.id, {"command.queued", {{"cause", effect.reference_id}}}, now);
        return {};
    }
    Status operator()(const domain::RenumberCommand& effect) const {
        const auto command = store::find_command(tx, effect.id);
        store::renumber_command(tx, effect.id, effect.reference_id, now);
        store::write_history(
            tx, record.id,
            {"command.renumbered", {{"cause", effect.reference_id}, {"number", command->cause}}}, now);
        return {};
    }
    Status operator()(const domain::RejectCommand& effect) const {
        const auto command = store::find_command(tx, effect.id);
        store::set_command_state(tx, effect.id, domain::CommandState::rejected, effect.code, now);
        store::write_note(tx, record.id, {"command.rejected." + effect.code, {{"cause", command->cause}}},
                          now);
        return {};
    }
    Status operator()(const domain::VerifyCommand& effect) const {
        const auto command = store::find_command(tx, effect.id);
        store::set_command_state(tx, effect.id, domain::CommandState::verified, effect.code, now);
        store::write_history(tx, record.id, {effect.code, {{"cause", command->cause}}}, now);
        return {};
    }

private:
    Status ask(std::string_view kind, const std::string& cause, const commerce::Intent& intent) const {
        if (!store::insert_intent(tx, record.id, kind, cause, now))
            return fail(
                ErrorKind::corrupt, "intent_repeated",
                "order " + record.order.id.str() + " asks twice for " + std::string(kind) + " " + cause);
        const commerce::Applied applied = TRY(context.builtin.apply(tx, record, intent, now));
        CHECK(applied == commerce::Applied::done, "the plan read this very transaction's stock");
        return {};
    }
};

Status carry_out(db::Transaction& tx, Context& context, const store::GatheredFacts& gathered,
                 const domain::Plan& plan, ReconcileReport& report) {
    const Carrier carrier{tx, context, gathered.record, gathered.facts.now, report};
    for (const domain::Effect& effect : plan.effects) TRY(std::visit(carrier, effect));
    return {};
}

void refresh_status(db::Transaction& tx, const store::GatheredFacts& gathered) {
    const domain::AmazonStatus shown =
        domain::shown_status(gathered.facts.order, gathered.facts.commerce, gathered.facts.commands);
    if (shown != gathered.record.status) store::set_status(tx, gathered.record.id, shown, gathered.facts.now);
}

// One step of one order: what its facts ask for. False: nothing is left to do for it.
Result<bool> step(db::Transaction& tx, Context& context, store::GatheredFacts& gathered,
                  ReconcileReport& report) {
    store::resolve_lines(tx, gathered);
    const domain::Plan plan = domain::plan(gathered.facts);
    if (!plan.empty()) {
        TRY(carry_out(tx, context, gathered, plan, report));
        return true;
    }
    refresh_status(tx, gathered);
    // Another order of the batch may have marked this one meanwhile.
    return !store::clear_dirty(tx, gathered.record.id, gathered.record.dirty);
}

// The facts of so many orders are read together; what is left of a batch, one by one: each number of orders
// is a statement of its own.
template <class Order>
std::span<Order> take_together(std::span<Order>& rest) {
    constexpr std::size_t kTogether = 50;
    const auto together = rest.first(rest.size() >= kTogether ? kTogether : 1);
    rest = rest.subspan(together.size());
    return together;
}

// One step of each; those that may have another one to go are kept.
Status step_each(db::Transaction& tx, Context& context, std::span<store::GatheredFacts> orders,
                 std::vector<store::GatheredFacts>& left, ReconcileReport& report) {
    for (store::GatheredFacts& each : orders)
        if (TRY(step(tx, context, each, report))) left.push_back(std::move(each));
    return {};
}

// Orders step by step, all of them to their end.
Status reconcile_to_end(db::Transaction& tx, Context& context, const std::vector<OrderId>& ids,
                        ReconcileReport& report) {
    report.orders += static_cast<std::int64_t>(ids.size());
    store::CommonFacts common{.tick_started = store::last_tick_started(tx)};
    std::vector<store::GatheredFacts> left;
    for (std::span<const OrderId> rest = ids; !rest.empty();) {
        const auto together = take_together(rest);
        auto gathered = store::gather_facts(tx, together, context.clock.now(), common);
        CHECK(gathered.size() == together.size(), "orders are never deleted");
        TRY(step_each(tx, context, gathered, left, report));
    }
    for (int steps = 1; steps < kStepsMax && !left.empty(); ++steps) {
        auto orders = std::exchange(left, {});
        for (std::span<store::GatheredFacts> rest = orders; !rest.empty();) {
            const auto together = take_together(rest);
            store::refresh_facts(tx, together, context.clock.now());
            TRY(step_each(tx, context, together, left, report));
        }
    }
    if (left.empty()) return {};
    return fail(ErrorKind::corrupt, "plan_does_not_end",
                "order " + left.front().record.id.str() + " is planned again and again");
}

// One order in a transaction of its own: what fails stays dirty and is tried again at the next sync.
bool reconcile_alone(Context& context, OrderId order, ReconcileReport& report) {
    ReconcileReport counted = report;  // what is rolled back does not count
    Status done;
    try {
        done = context.db.write("reconcile.single", [&](db::Transaction& tx) {
            return reconcile_order(tx, context, order, counted);
        });
    } catch (const db::Failure& failure) {
        done = fail(ErrorKind::internal, "database_failure", failure.what());
    }
    if (done) report = counted;
    else
        context.log.error(
            "reconcile.failed",
            {{"order", order.str()}, {"code", done.error().code}, {"text", done.error().message}});
    return done.has_value();
}

}  // namespace

Status reconcile_order(db::Transaction& tx, Context& context, OrderId order, ReconcileReport& report) {
    return reconcile_to_end(tx, context, {order}, report);
}

ReconcileReport reconcile(Context& context, std::optional<StoreId> store) {
    ReconcileReport report;
    OrderId after{};
    while (true) {
        const auto ids =
            context.db.read([&](db::Reader& tx) { return store::list_dirty(tx, after, kBatch, store); });
        if (ids.empty()) return report;
        after = ids.back();

        ReconcileReport batch = report;
        bool whole = true;
        try {
            whole = context.db
                        .write("reconcile.batch",
                               [&](db::Transaction& tx) -> Status {
                                   return reconcile_to_end(tx, context, ids, batch);
                               })
                        .has_value();
        } catch (const db::Failure&) {
            whole = false;
        }
        if (whole) {
            report = batch;
            continue;
        }
        for (const OrderId id : ids)
            if (!reconcile_alone(context, id, report)) ++report.failed;
    }
}

}  // namespace fairway::sync
