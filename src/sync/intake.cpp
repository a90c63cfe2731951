#include "sync/intake.hpp"

#include <algorithm>
#include <map>

#include "store/orders.hpp"

namespace fairway::sync {

namespace {

constexpr Duration kOverlap = minutes(2);
constexpr Duration kDeepOverlap = minutes(15);
constexpr Duration kDeepEvery = hours(1);
// Amazon's page tokens die after 24 hours.
constexpr Duration kWindowLife = hours(23);
// When Amazon echoes no upper bound: its own two minutes and a margin for clocks.
constexpr Duration kUnechoedBound = minutes(3);
constexpr int kPagesMax = 20'000;
// A Pending order whose payment was verified may be missing from every search: it is asked for by id. Few at
// a time, since the same quota serves the look before a shipment is confirmed.
constexpr Duration kPendingReadEvery = hours(6);
constexpr int kPendingReadsMax = 5;

using Stores = std::vector<store::StoreRecord>;

bool holds(const Stores& stores, StoreId id) {
    return std::ranges::find(stores, id, &store::StoreRecord::id) != stores.end();
}

// What of a page belongs to one of the window's stores, with the key each order will be sealed under.
struct PageWriter {
    Context& context;
    const store::AccountRecord& account;
    const Stores& stores;

    const store::StoreRecord* store_of(const domain::AmazonOrder& order) const {
        const auto found = std::ranges::find(stores, order.marketplace, &store::StoreRecord::marketplace);
        return found == stores.end() ? nullptr : &*found;
    }

    store::OrderIdentity identity(const domain::AmazonOrder& order) const {
        return {account.region, account.seller_id, order.id};
    }

    // Data keys must be safe in the key store before anything is sealed under them.
    std::vector<store::DataKeyId> keys_for(const amazon::SearchPage& page, UtcTime now) const {
        const std::size_t fresh = context.db.read([&](db::Reader& tx) {
            return static_cast<std::size_t>(std::ranges::count_if(
                page.orders,
                [&](const amazon::ReadOrder& read) { return !store::find_known(tx, identity(read.order)); }));
        });
        return context.vault.create_keys(fresh + page.undecodable.size(), now);
    }

    void write(db::Transaction& tx, const amazon::SearchPage& page, std::vector<store::DataKeyId> keys,
               UtcTime now, IntakeReport& report) const {
        std::vector<std::string> unknown;
        for (const amazon::ReadOrder& read : page.orders) {
            ++report.orders_read;
            unknown.insert(unknown.end(), read.unknown_paths.begin(), read.unknown_paths.end());
            const store::StoreRecord* target = store_of(read.order);
            if (target == nullptr) continue;
            store::DataKeyId key{};
            // A page may repeat an order: only its first row finds it unknown.
            if (!store::find_known(tx, identity(read.order))) {
                key = keys.back();
                keys.pop_back();
            }
            const auto outcome =
                store::upsert_order(tx, context.vault, identity(read.order), account.id, target->id,
                                    {read.order, read.personal, read.document, read.content_hash}, key, now);
            if (outcome == store::UpsertOutcome::created || outcome == store::UpsertOutcome::changed)
                ++report.orders_changed;
        }
        for (const amazon::Undecodable& each : page.undecodable) {
            ++report.kept_aside;
            store::keep_aside(tx, context.vault, account.id, each.id, each.error, each.document, keys.back(),
                              now);
            keys.pop_back();
        }
        if (!unknown.empty()) store::count_unknown_members(tx, unknown, now);
    }
};

struct Sweep {
    store::Window window;
    bool deep = false;
};

UtcTime upper_bound(const amazon::SearchPage& first, UtcTime now) {
    if (first.last_updated_before) return *first.last_updated_before;
    return first.date.value_or(now) - kUnechoedBound;
}

void close_window(db::Transaction& tx, const Sweep& sweep) {
    for (const StoreId id : sweep.window.stores) {
        const auto record = store::find_store(tx, id);
        if (!record) continue;
        store::set_watermark(tx, id, std::max(record->watermark, sweep.window.upper_bound),
                             sweep.deep ? std::optional(sweep.window.started_at) : std::nullopt);
    }
    store::delete_window(tx, sweep.window);
}

// Amazon no longer takes the token: the window begins anew at the next sweep.
bool token_refused(const Error& error) {
    return error.kind == ErrorKind::invalid || error.kind == ErrorKind::not_found;
}

Task<Status> read_window(Context& context, store::AccountRecord account, amazon::Account caller,
                         Stores stores, Sweep sweep, IntakeReport& report) {
    amazon::SearchQuery query{.last_updated_after = sweep.window.updated_after};
    for (const store::StoreRecord& each : stores) query.marketplaces.push_back(each.marketplace);
    if (!sweep.window.next_token.empty()) query.pagination_token = sweep.window.next_token;

    const PageWriter writer{context, account, stores};
    for (int pages = 0; pages < kPagesMax; ++pages) {
        auto answer = co_await context.amazon.search_orders(caller, query);
        if (!answer) {
            if (query.pagination_token && token_refused(answer.error()))
                context.db.write([&](db::Transaction& tx) { store::delete_window(tx, sweep.window); });
            co_return std::unexpected(std::move(answer).error());
        }
        const UtcTime now = context.clock.now();
        if (!query.pagination_token) sweep.window.upper_bound = upper_bound(*answer, now);
        sweep.window.next_token = answer->next_token.value_or("");
        auto keys = writer.keys_for(*answer, now);
        IntakeReport page_report;
        context.db.write([&](db::Transaction& tx) {
            writer.write(tx, *answer, keys, now, page_report);
            if (answer->next_token) store::save_window(tx, sweep.window);
            else close_window(tx, sweep);
        });
        report.orders_read += page_report.orders_read;
        report.orders_changed += page_report.orders_changed;
        report.kept_aside += page_report.kept_aside;
        ++report.pages;
        context.log.info("intake.page", {{"account", account.id.str()},
                                         {"orders", page_report.orders_read},
                                         {"changed", page_report.orders_changed},
                                         {"kept_aside", page_report.kept_aside},
                                         {"last", !answer->next_token}});
        if (!answer->next_token) co_return Status{};
        query.pagination_token = answer->next_token;
    }
    co_return fail(ErrorKind::corrupt, "too_many_pages",
                   "Amazon's answer has no end; the window begins anew");
}

// Windows that a crash or an empty quota interrupted, as long as their tokens live and their stores are
// active. A sync of some stores only leaves a window that it shares with others to the next sync of all.
std::vector<Sweep> unfinished(Context& context, const store::AccountRecord& account, const Stores& stores,
                              UtcTime now) {
    std::vector<store::Window> windows;
    Stores active;
    context.db.read([&](db::Reader& tx) {
        windows = store::list_windows(tx, account.id);
        active = store::list_stores(tx);
    });
    std::erase_if(active, [](const store::StoreRecord& each) { return !each.active; });
    std::vector<Sweep> sweeps;
    for (store::Window& window : windows) {
        const auto all_in = [&](const Stores& these) {
            return std::ranges::all_of(window.stores, [&](StoreId id) { return holds(these, id); });
        };
        if (now - window.started_at >= kWindowLife || !all_in(active))
            context.db.write([&](db::Transaction& tx) { store::delete_window(tx, window); });
        else if (all_in(stores)) sweeps.push_back({std::move(window), false});
    }
    return sweeps;
}

// One window per group of stores that stand at the same watermark.
std::vector<Sweep> fresh(const store::AccountRecord& account, const Stores& stores, UtcTime now) {
    std::map<UtcTime, Stores> groups;
    for (const store::StoreRecord& each : stores) groups[each.watermark].push_back(each);
    std::vector<Sweep> sweeps;
    for (const auto& [watermark, group] : groups) {
        const bool deep = std::ranges::any_of(
            group, [&](const store::StoreRecord& each) { return now - each.deep_sweep_at >= kDeepEvery; });
        Sweep sweep{{.account_id = account.id,
                     .stores = {},
                     .updated_after = watermark - (deep ? kDeepOverlap : kOverlap),
                     .upper_bound = watermark,
                     .next_token = {},
                     .started_at = now},
                    deep};
        for (const store::StoreRecord& each : group) sweep.window.stores.push_back(each.id);
        sweeps.push_back(std::move(sweep));
    }
    return sweeps;
}

Stores of_window(const Stores& stores, const store::Window& window) {
    Stores chosen;
    for (const store::StoreRecord& each : stores)
        if (std::ranges::find(window.stores, each.id) != window.stores.end()) chosen.push_back(each);
    return chosen;
}

// The stores as they are now: their watermarks move with every window that is finished.
Stores read_again(Context& context, const Stores& stores) {
    return context.db.read([&](db::Reader& tx) {
        Stores now;
        for (const store::StoreRecord& each : stores)
            if (auto record = store::find_store(tx, each.id)) now.push_back(*std::move(record));
        return now;
    });
}

Task<Status> read_windows(Context& context, store::AccountRecord account, amazon::Account caller,
                          Stores stores, std::vector<Sweep> sweeps, IntakeReport& report) {
    for (Sweep& sweep : sweeps) {
        Stores chosen = of_window(stores, sweep.window);
        Status done = co_await read_window(context, account, caller, std::move(chosen), sweep, report);
        if (!done) {
            note_refusal(context, account, done.error());
            co_return done;
        }
    }
    co_return Status{};
}

}  // namespace

Result<amazon::Account> load_account(Context& context, const store::AccountRecord& account) {
    const store::AccountSecrets secrets = TRY(context.db.read(
        [&](db::Reader& tx) { return store::read_account_secrets(tx, context.vault, account.id); }));
    return amazon::Account{.id = account.id,
                           .region = account.region,
                           .seller_id = account.seller_id,
                           .credentials = {account.client_id, secrets.client_secret,
                                           secrets.previous_client_secret, secrets.refresh_token},
                           .spapi_url = account.spapi_url,
                           .lwa_url = account.lwa_url};
}

void note_refusal(Context& context, const store::AccountRecord& account, const Error& error) {
    if (error.kind != ErrorKind::unauthorized && error.kind != ErrorKind::forbidden) return;
    const Status paused = context.db.write([&](db::Transaction& tx) {
        return store::pause_account(tx, account.id, error.code, error.message, context.clock.now());
    });
    context.log.error("account.paused",
                      {{"account", account.id.str()}, {"code", error.code}, {"stored", paused.has_value()}});
}

namespace {

Task<Status> read_old_pending(Context& context, store::AccountRecord account, IntakeReport& report) {
    const auto old = context.db.read([&](db::Reader& tx) {
        return store::list_old_pending(tx, account.id, context.clock.now() - kPendingReadEvery,
                                       kPendingReadsMax);
    });
    for (const OrderId id : old) {
        const Result<bool> known = co_await read_order(context, account, id);
        // The sweep is done; what the quota does not allow now is asked for at a later one.
        if (!known && known.error().kind == ErrorKind::throttled) co_return Status{};
        if (!known) co_return std::unexpected(known.error());
        ++report.orders_read;
        // What Amazon no longer knows stays as it was and is not asked for again at once.
        if (!*known)
            context.db.write([&](db::Transaction& tx) { store::note_read(tx, id, context.clock.now()); });
    }
    co_return Status{};
}

}  // namespace

Task<Status> sweep_account(Context& context, store::AccountRecord account, Stores stores,
                           IntakeReport& report) {
    const amazon::Account caller = CO_TRY(load_account(context, account));
    const UtcTime now = context.clock.now();
    CO_TRY(co_await read_windows(context, account, caller, stores, unfinished(context, account, stores, now),
                                 report));
    // A window that was resumed ends where it was to end: what has happened since is read as well.
    const Stores current = read_again(context, stores);
    CO_TRY(co_await read_windows(context, account, caller, current, fresh(account, current, now), report));
    co_return co_await read_old_pending(context, account, report);
}

Task<Result<bool>> read_order(Context& context, store::AccountRecord account, OrderId order) {
    const auto record = context.db.read([&](db::Reader& tx) { return store::find_order(tx, order); });
    CHECK(record.has_value(), "only mirrored orders are read again");
    const amazon::Account caller = CO_TRY(load_account(context, account));
    auto read = co_await context.amazon.get_order(caller, record->order.id);
    if (!read) {
        if (read.error().kind == ErrorKind::not_found) co_return false;
        note_refusal(context, account, read.error());
        co_return std::unexpected(std::move(read).error());
    }
    const UtcTime now = context.clock.now();
    context.db.write([&](db::Transaction& tx) {
        store::upsert_order(tx, context.vault, {account.region, account.seller_id, record->order.id},
                            account.id, record->store_id,
                            {read->order, read->personal, read->document, read->content_hash}, record->key_id,
                            now);
        if (!read->unknown_paths.empty()) store::count_unknown_members(tx, read->unknown_paths, now);
    });
    co_return true;
}

}  // namespace fairway::sync
