// Commands, runs of sync, messages, attention, quarantine and the system itself over REST.
#include "store/system.hpp"
#include "api/handlers.hpp"
#include "api/messages.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"
#include "api/version.hpp"
#include "store/communication_errors.hpp"
#include "store/instance.hpp"
#include "store/order_list.hpp"
#include "store/sales.hpp"
#include "sync/reconcile.hpp"

namespace fairway::api {

Result<Answer> list_commands(Call& call) {
    TRY(check_query(call, {"amazon_order_id", "state", "called_off"}));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_id_cursor(page));
    store::CommandFilter filter;
    if (const std::string* id = call.request.query_value("amazon_order_id"))
        filter.amazon_order_id = AmazonOrderId(*id);
    if (const std::string* state = call.request.query_value("state")) {
        filter.state = domain::parse<domain::CommandState>(*state);
        if (!filter.state)
            return fail(ErrorKind::invalid, "filter_invalid", "state is none of a command's states", "state");
    }
    filter.called_off = TRY(read_flag(call, "called_off"));
    std::optional<CommandId> before;
    if (cursor) before = CommandId{*cursor};
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of(
            store::list_commands(tx, filter, before, page.limit + 1), page.limit,
            [](const store::CommandRecord& record) { return render(record); },
            [](const store::CommandRecord& record) { return std::to_string(record.id.value); });
    });
}

Result<Answer> get_command(Call& call) {
    const auto id = CommandId::parse(call.param(0));
    const auto command =
        call.db().read([&](db::Reader& tx) { return id ? store::find_command(tx, *id) : std::nullopt; });
    if (!command) return no_such("command", call.param(0), "command_missing", "id");
    return ok(render(*command));
}

Result<Answer> replay_command(Call& call) {
    TRY(require_no_body(call));
    const auto id = CommandId::parse(call.param(0));
    return call.write("command.replay", [&](db::Transaction& tx) -> Result<Answer> {
        const auto command = id ? store::find_command(tx, *id) : std::nullopt;
        if (!command) return no_such("command", call.param(0), "command_missing", "id");
        TRY(store::replay_command(tx, *id, call.now));
        store::write_note(tx, command->order_id, {"command.replayed", {{"cause", command->cause}}}, call.now);
        sync::ReconcileReport ignored;
        TRY(sync::reconcile_order(tx, call.services.sync, command->order_id, ignored));
        store::write_audit(tx, call.principal.actor, "replay command", "commands/" + id->str(), call.now);
        return Answer{202, json::encode(render(*store::find_command(tx, *id)))};
    });
}

Result<Answer> list_sync_runs(Call& call) {
    TRY(check_query(call, {}));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_id_cursor(page));
    std::optional<SyncRunId> before;
    if (cursor) before = SyncRunId{*cursor};
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of(
            store::list_runs(tx, before, page.limit + 1), page.limit,
            [](const store::SyncRunRecord& record) { return render(record); },
            [](const store::SyncRunRecord& record) { return std::to_string(record.id.value); });
    });
}

Result<Answer> start_sync(Call& call) {
    const StartSync body = TRY(read_optional_body<StartSync>(call));
    std::optional<StoreId> store_id;
    if (body.store) {
        const auto store = call.db().read(
            [&](db::Reader& tx) { return store::find_store(tx, std::string_view(*body.store)); });
        if (!store || store->deleted_at)
            return fail(ErrorKind::invalid, "store_missing", "there is no store " + quoted(*body.store),
                        "store");
        store_id = store->id;
    }
    SyncRunId run{};
    Answer answer = TRY(call.write("sync.start", [&](db::Transaction& tx) -> Result<Answer> {
        run = store::start_run(tx, store_id, call.now);
        store::write_audit(tx, call.principal.actor, "start sync", "sync-runs/" + run.str(), call.now);
        return Answer{202, json::encode(render(*store::find_run(tx, run)))};
    }));
    call.services.ask_for_tick(run, store_id);
    return answer;
}

Result<Answer> get_sync_run(Call& call) {
    const auto id = SyncRunId::parse(call.param(0));
    const auto run =
        call.db().read([&](db::Reader& tx) { return id ? store::find_run(tx, *id) : std::nullopt; });
    if (!run) return no_such("sync run", call.param(0), "sync_run_missing", "id");
    return ok(render(*run));
}

Result<Answer> list_messages(Call& call) {
    TRY(check_query(call, {}));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of_all(call, current_messages(tx, call.services.public_url, call.language),
                           [](const Message& message) { return message; });
    });
}

namespace {

Quarantined render(const store::QuarantineRecord& record) {
    Quarantined shape{.id = record.id.str(),
                      .account = record.account_id.str(),
                      .amazon_order_id = std::nullopt,
                      .error_code = record.error_code,
                      .error = record.error_text,
                      .field = record.error_field,
                      .times_seen = record.times_seen,
                      .first_seen_at = record.first_seen_at,
                      .last_seen_at = record.last_seen_at,
                      .retry_asked = record.retry_asked};
    if (record.amazon_order_id) shape.amazon_order_id = record.amazon_order_id->str();
    return shape;
}

Attention render(const store::AttentionRecord& record, domain::Language language) {
    return {record.id.str(),
            record.kind,
            domain::render("attention." + record.kind, record.params, language),
            record.store_id.str(),
            record.amazon_order_id.str(),
            record.opened_at};
}

}  // namespace

Result<Answer> list_attention(Call& call) {
    TRY(check_query(call, {}));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_id_cursor(page));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of(
            store::list_attention(tx, AttentionId{cursor.value_or(0)}, page.limit + 1), page.limit,
            [&](const store::AttentionRecord& record) { return render(record, call.language); },
            [](const store::AttentionRecord& record) { return std::to_string(record.id.value); });
    });
}

Result<Answer> close_attention(Call& call) {
    TRY(require_no_body(call));
    const auto id = AttentionId::parse(call.param(0));
    return call.write("attention.close", [&](db::Transaction& tx) -> Result<Answer> {
        const auto record = id ? store::close_attention(tx, *id, call.now) : std::nullopt;
        if (!record)
            return fail(ErrorKind::not_found, "attention_missing",
                        "there is no open item \"" + std::string(call.param(0)) + "\"", "id");
        store::write_audit(tx, call.principal.actor, "close attention", "attention/" + id->str(), call.now);
        return ok(render(*record, call.language));
    });
}

Result<Answer> list_quarantine(Call& call) {
    TRY(check_query(call, {}));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_id_cursor(page));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of(
            store::list_quarantine(tx, QuarantineId{cursor.value_or(0)}, page.limit + 1), page.limit,
            [](const store::QuarantineRecord& record) { return render(record); },
            [](const store::QuarantineRecord& record) { return std::to_string(record.id.value); });
    });
}

Result<Answer> retry_quarantined(Call& call) {
    TRY(require_no_body(call));
    const auto id = QuarantineId::parse(call.param(0));
    if (!id) return no_such("kept answer", call.param(0), "quarantined_missing", "id");
    return call.write("quarantine.retry", [&](db::Transaction& tx) -> Result<Answer> {
        TRY(store::ask_for_retry(tx, *id));
        store::write_audit(tx, call.principal.actor, "retry quarantined", "quarantine/" + id->str(),
                           call.now);
        return Answer{202, json::encode(render(*store::find_quarantined(tx, *id)))};
    });
}

Result<Answer> list_communication_errors(Call& call) {
    TRY(check_query(call, {"account"}));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_id_cursor(page));
    std::optional<CommunicationErrorId> before;
    if (cursor) before = CommunicationErrorId{*cursor};
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        std::optional<AccountId> account;
        if (const std::string* name = call.request.query_value("account")) {
            const auto record = store::find_account(tx, std::string_view(*name));
            if (!record) return bad_filter("account", "there is no such account");
            account = record->id;
        }
        return page_of(
            store::list_communication_errors(tx, account, before, page.limit + 1), page.limit,
            [](const store::CommunicationError& error) {
                return CommunicationError{
                    error.id.str(), error.account_id.str(), error.operation, error.status,   error.code,
                    error.text,     error.request_id,       error.times,     error.first_at, error.last_at};
            },
            [](const store::CommunicationError& error) { return std::to_string(error.id.value); });
    });
}

namespace {

std::string to_text(db::Engine engine) { return engine == db::Engine::sqlite ? "sqlite" : "postgresql"; }

SystemCounts count_all(db::Reader& tx) {
    SystemCounts counts{.amazon_orders = store::count_orders(tx),
                        .accounts = static_cast<std::int64_t>(store::list_accounts(tx).size()),
                        .stores = static_cast<std::int64_t>(store::list_stores(tx).size()),
                        .attention = store::count_open_attention(tx),
                        .quarantined = store::count_quarantine(tx)};
    for (const auto& [state, count] : store::count_open_commands(tx))
        (state == domain::CommandState::rejected ? counts.commands_rejected : counts.commands_open) += count;
    return counts;
}

System render_system(const Call& call, db::Reader& tx) {
    const store::DatabaseFacts facts = store::read_database_facts(tx, call.db().engine());
    System system{.version = std::string(kVersion),
                  .now = call.now,
                  .started_at = call.services.process.started_at,
                  .clock = call.services.process.clock,
                  .last_sync_started_at = std::nullopt,
                  .dirty_orders = store::count_dirty(tx),
                  .read_only = std::nullopt,
                  .database = {to_text(call.db().engine()), facts.schema, facts.size_bytes},
                  .key_store_engine = to_text(call.services.process.key_store),
                  .last_backup_at = store::find_last_backup(tx),
                  .counts = count_all(tx)};
    if (const auto runs = store::list_runs(tx, std::nullopt, 1); !runs.empty())
        system.last_sync_started_at = runs.front().started_at;
    if (const auto mode = store::find_read_only(tx))
        system.read_only = ReadOnly{std::string(store::to_text(mode->reason)), mode->since};
    return system;
}

}  // namespace

Result<Answer> get_system(Call& call) {
    return call.db().read([&](db::Reader& tx) -> Result<Answer> { return ok(render_system(call, tx)); });
}

// Holds at once for every process, each of which reads the mode before each command it sends.
Result<Answer> set_read_only(Call& call) {
    const SetReadOnly body = TRY(read_body<SetReadOnly>(call));
    return call.write("read_only.set", [&](db::Transaction& tx) -> Result<Answer> {
        store::set_read_only(tx, body.read_only, call.now);
        store::write_audit(tx, call.principal.actor, body.read_only ? "read-only on" : "read-only off", "",
                           call.now);
        return ok(render_system(call, tx));
    });
}

Result<Answer> list_audit(Call& call) {
    TRY(check_query(call, {"actor", "action", "object"}));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_id_cursor(page));
    store::AuditFilter filter;
    if (const std::string* actor = call.request.query_value("actor")) filter.actor = *actor;
    if (const std::string* action = call.request.query_value("action")) filter.action = *action;
    if (const std::string* object = call.request.query_value("object")) filter.object = *object;
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of(
            store::list_audit(tx, filter, cursor, page.limit + 1), page.limit,
            [](const store::AuditRecord& record) {
                return AuditEntry{record.id, record.at, record.actor, record.action, record.object};
            },
            [](const store::AuditRecord& record) { return std::to_string(record.id); });
    });
}

}  // namespace fairway::api
