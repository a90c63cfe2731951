// Accounts and stores over REST.
#include "api/access_shapes.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"
#include "net/run_blocking.hpp"
#include "store/quota.hpp"
#include "sync/setup.hpp"

namespace fairway::api {

namespace {

Result<store::StoreRecord> find_store(const Call& call, db::Reader& tx) {
    auto record = store::find_store(tx, std::string_view(call.param(0)));
    if (!record || record->deleted_at) return no_such("store", call.param(0), "store_missing", "store");
    return std::move(*record);
}

// Amazon refused what was entered, or the body names something that does not exist: for whoever asks us, that
// is a value that is not acceptable, not a missing sign-in or a wrong address.
std::unexpected<Error> refused_value(Error error) {
    if (error.kind == ErrorKind::unauthorized || error.kind == ErrorKind::forbidden ||
        error.kind == ErrorKind::not_found)
        error.kind = ErrorKind::invalid;
    return std::unexpected(std::move(error));
}

std::string micro_text(std::int64_t micro, int decimals) {
    std::string digits = std::to_string(micro % 1'000'000);
    digits.insert(0, 6 - digits.size(), '0');
    return std::to_string(micro / 1'000'000) + "." + digits.substr(0, static_cast<std::size_t>(decimals));
}

std::vector<Quota> render_quotas(db::Reader& tx, AccountId account, UtcTime now) {
    std::vector<Quota> quotas;
    for (const store::QuotaRecord& record : store::list_quotas(tx, account)) {
        const amazon::Bucket bucket = amazon::refill(
            {record.rate_micro, record.burst_micro, record.tokens_micro, record.updated_at}, now);
        quotas.push_back({record.operation, micro_text(bucket.tokens_micro, 2),
                          micro_text(record.rate_micro, 6), record.burst_micro / 1'000'000});
    }
    return quotas;
}

Result<Answer> set_active(Call& call, bool active) {
    TRY(require_no_body(call));
    return call.write("store.activate", [&](db::Transaction& tx) -> Result<Answer> {
        const store::StoreRecord store = TRY(find_store(call, tx));
        store::set_store_active(tx, store.id, active);
        store::write_audit(tx, call.principal.actor, active ? "activate store" : "deactivate store",
                           "stores/" + store.id.str(), call.now);
        return ok(render_store(tx, *store::find_store(tx, store.id), call.now));
    });
}

// "import_orders=false, carriers={…}": what is other than before, for the audit.
std::string describe_change(const domain::StoreSettings& before, const domain::StoreSettings& after) {
    const json::Value old = store::encode_settings(before);
    const json::Value changed = store::encode_settings(after);
    std::string text;
    for (const auto& [name, value] : changed.get_object())
        if (value != old.at(name))
            text += (text.empty() ? ": " : ", ") + std::string(name) + "=" + json::serialize(value);
    return text;
}

}  // namespace

Result<Answer> list_accounts(Call& call) {
    TRY(check_query(call, {}));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of_all(call, store::list_accounts(tx),
                           [](const store::AccountRecord& record) { return render(record); });
    });
}

Result<Answer> create_account(Call& call) {
    const ConnectAccount body = TRY(read_body<ConnectAccount>(call));
    auto account = net::run_blocking(
        sync::verify_account(call.services.sync, {.name = body.name,
                                                  .region = body.region,
                                                  .seller_id = body.seller_id,
                                                  .client_id = body.client_id,
                                                  .client_secret = Pii<std::string>(body.client_secret),
                                                  .refresh_token = Pii<std::string>(body.refresh_token),
                                                  .spapi_url = body.spapi_url,
                                                  .lwa_url = body.lwa_url}));
    if (!account) return refused_value(std::move(account).error());
    return call.write("account.connect", [&](db::Transaction& tx) -> Result<Answer> {
        const auto id = sync::connect_account(tx, call.services.sync, *account);
        if (!id) return refused_value(id.error());
        store::write_audit(tx, call.principal.actor, "connect account", "accounts/" + id->str(), call.now);
        return created(render(*store::find_account(tx, *id)));
    });
}

Result<Answer> update_account(Call& call) {
    const UpdateAccount body = TRY(read_body<UpdateAccount>(call));
    const auto account = call.db().read(
        [&](db::Reader& tx) { return store::find_account(tx, std::string_view(call.param(0))); });
    if (!account) return no_such("account", call.param(0), "account_missing", "account");
    sync::AccountUpdate update;
    if (body.client_secret) update.client_secret = Pii<std::string>(*body.client_secret);
    if (body.refresh_token) update.refresh_token = Pii<std::string>(*body.refresh_token);
    Status verified = net::run_blocking(sync::verify_update(call.services.sync, *account, update));
    if (!verified) return refused_value(std::move(verified).error());
    return call.write("account.update", [&](db::Transaction& tx) -> Result<Answer> {
        const Status updated = sync::update_account(tx, call.services.sync, account->id, update);
        if (!updated) return refused_value(updated.error());
        store::write_audit(tx, call.principal.actor, "update account", "accounts/" + account->id.str(),
                           call.now);
        return ok(render(*store::find_account(tx, account->id)));
    });
}

Result<Answer> list_stores(Call& call) {
    TRY(check_query(call, {}));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of_all(call, store::list_stores(tx), [&](const store::StoreRecord& record) {
            return render_store(tx, record, call.now);
        });
    });
}

Result<Answer> create_store(Call& call) {
    const AddStore body = TRY(read_body<AddStore>(call));
    const sync::StoreRequest request{body.account, body.marketplace, body.name,
                                     body.back_end.value_or("builtin")};
    return call.write("store.add", [&](db::Transaction& tx) -> Result<Answer> {
        const auto id = sync::add_store(tx, request, call.now);
        if (!id) return refused_value(id.error());
        store::write_audit(tx, call.principal.actor, "add store", "stores/" + id->str(), call.now);
        return created(render_store(tx, *store::find_store(tx, *id), call.now));
    });
}

Result<Answer> get_store(Call& call) {
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return ok(render_store(tx, TRY(find_store(call, tx)), call.now));
    });
}

Result<Answer> get_dashboard(Call& call) {
    constexpr int kRecent = 20;
    TRY(check_query(call, {"personal_data"}));
    TRY(read_personal_data(call));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        const store::StoreRecord store = TRY(find_store(call, tx));
        Dashboard dashboard{.store = render_store(tx, store, call.now),
                            .quotas = render_quotas(tx, store.account_id, call.now)};
        render_figures(tx, store, call.now, dashboard);
        const store::OrderFilter recent{.store = store.id};
        for (const store::OrderRecord& record : store::list_orders(tx, recent, std::nullopt, kRecent).orders)
            dashboard.recent_orders.push_back(render_order(call, tx, record));
        return ok(dashboard);
    });
}

Result<Answer> patch_settings(Call& call) {
    const json::Value body = TRY(json::parse(call.request.body));
    return call.write("settings.change", [&](db::Transaction& tx) -> Result<Answer> {
        const store::StoreRecord store = TRY(find_store(call, tx));
        const domain::StoreSettings settings = TRY(store::patch_settings(store.settings, body));
        TRY(sync::change_settings(tx, store, settings, call.now));
        store::write_audit(tx, call.principal.actor,
                           "change settings" + describe_change(store.settings, settings),
                           "stores/" + store.id.str(), call.now);
        return ok(render_store(tx, *store::find_store(tx, store.id), call.now));
    });
}

Result<Answer> rename_store(Call& call) {
    const RenameStore body = TRY(read_body<RenameStore>(call));
    return call.write("store.rename", [&](db::Transaction& tx) -> Result<Answer> {
        const store::StoreRecord store = TRY(find_store(call, tx));
        TRY(sync::rename_store(tx, store.id, body.name));
        store::write_audit(tx, call.principal.actor, "rename store", "stores/" + store.id.str(), call.now);
        return ok(render_store(tx, *store::find_store(tx, store.id), call.now));
    });
}

Result<Answer> delete_store(Call& call) {
    TRY(require_no_body(call));
    return call.write("store.delete", [&](db::Transaction& tx) -> Result<Answer> {
        const store::StoreRecord store = TRY(find_store(call, tx));
        TRY(store::delete_store(tx, store, call.now));
        store::write_audit(tx, call.principal.actor, "delete store", "stores/" + store.id.str(), call.now);
        return ok(Nothing{});
    });
}

Result<Answer> activate_store(Call& call) { return set_active(call, true); }
Result<Answer> deactivate_store(Call& call) { return set_active(call, false); }

}  // namespace fairway::api
