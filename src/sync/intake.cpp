#include "sync/intake.hpp"

#include <algorithm>
#include <map>

#include "base/fault_point.hpp"
#include "store/orders.hpp"
#include "store/sweep_leases.hpp"

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
// Stores whose watermarks lie no further apart than this are read by one call, from the earliest.
constexpr Duration kJoin = hours(1);
// While another store catches up, a store that stands further behind than this is read before it. The quota
// gives a call every three minutes and a watermark lies two minutes behind at best: this leaves the catch-up
// at least every second call.
constexpr Duration kReadFirstBehind = minutes(6);
// A Pending order whose payment was verified may be missing from every search: it is asked for by id. Few at
// a time, since the same quota serves the look before a shipment is confirmed.
constexpr Duration kAskAgainEvery = hours(6);
constexpr int kPendingReadsMax = 5;
// What is kept aside can be read once Fairway knows more: it is asked for by id, and few at a time as well.
constexpr int kAsideReadsMax = 5;
// Orders whose data key was lost are asked for by id: as many at a time as the quota saves up.
constexpr int kKeylessReadsMax = 30;
// Longer than any call to Amazon takes; each page makes it longer. A process that died is replaced after it.
constexpr Duration kLease = minutes(1);
constexpr Duration kAskAgain = seconds(1);

using Stores = std::vector<store::StoreRecord>;

bool holds(const Stores& stores, StoreId id) {
    return std::ranges::find(stores, id, &store::StoreRecord::id) != stores.end();
}

// Under which keys what is new in a page, or has lost its key, will be sealed.
struct PageKeys {
    std::map<AmazonOrderId, store::DataKeyId> of_new_orders{};
    std::vector<store::DataKeyId> of_undecodable{};  // of those that are not kept yet
};

// What of a page belongs to one of the window's stores.
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
    PageKeys keys_for(const amazon::SearchPage& page, UtcTime now) const {
        PageKeys keys;
        std::size_t new_undecodable = 0;
        context.db.read([&](db::Reader& tx) {
            // A page may repeat an order.
            for (const amazon::ReadOrder& read : page.orders) {
                const auto known = store::find_known(tx, identity(read.order));
                if (!known || known->key_lost) keys.of_new_orders[read.order.id] = {};
            }
            for (const amazon::Undecodable& each : page.undecodable)
                if (!store::is_kept_aside(tx, account.id, each.document)) ++new_undecodable;
        });
        keys.of_undecodable = context.vault.create_keys(keys.of_new_orders.size() + new_undecodable, now);
        for (auto& [order, key] : keys.of_new_orders) {
            key = keys.of_undecodable.back();
            keys.of_undecodable.pop_back();
        }
        return keys;
    }

    void write(db::Transaction& tx, const amazon::SearchPage& page, PageKeys keys, UtcTime now,
               IntakeReport& report) const {
        std::vector<std::string> unknown;
        for (const amazon::ReadOrder& read : page.orders) {
            ++report.orders_read;
            unknown.insert(unknown.end(), read.unknown_paths.begin(), read.unknown_paths.end());
            const store::StoreRecord* target = store_of(read.order);
            if (target == nullptr) continue;
            const auto new_key = keys.of_new_orders.find(read.order.id);
            const store::DataKeyId key =
                new_key == keys.of_new_orders.end() ? store::DataKeyId{} : new_key->second;
            const auto outcome =
                store::upsert_order(tx, context.vault, identity(read.order), account.id, target->id,
                                    {read.order, read.personal, read.document, read.content_hash}, key, now);
            if (outcome == store::UpsertOutcome::created || outcome == store::UpsertOutcome::changed)
                ++report.orders_changed;
        }
        for (const amazon::Undecodable& each : page.undecodable) {
            ++report.kept_aside;
            store::DataKeyId key{};
            if (!store::is_kept_aside(tx, account.id, each.document)) {
                // Another process made room meanwhile; the next answer brings it again.
                if (keys.of_undecodable.empty()) continue;
                key = keys.of_undecodable.back();
                keys.of_undecodable.pop_back();
            }
            store::keep_aside(tx, context.vault, account.id, each.id, each.error, each.document, key, now);
        }
        if (!unknown.empty()) store::count_unknown_members(tx, unknown, now);
    }
};

// An order that does not say which marketplace it belongs to is the only store's that was asked for; with
// several it is kept aside.
void place_orders(amazon::SearchPage& page, const Stores& stores) {
    std::vector<amazon::ReadOrder> placed;
    placed.reserve(page.orders.size());
    for (amazon::ReadOrder& read : page.orders) {
        if (read.order.marketplace.str().empty() && stores.size() == 1)
            read.order.marketplace = stores.front().marketplace;
        if (!read.order.marketplace.str().empty()) {
            placed.push_back(std::move(read));
            continue;
        }
        page.undecodable.push_back(
            {read.order.id, std::move(read.document),
             Error{ErrorKind::corrupt, "marketplace_missing",
                   "does not say which of the stores it belongs to", "salesChannel.marketplaceId"}});
    }
    page.orders = std::move(placed);
}

struct Sweep {
    store::Window window;
    bool deep = false;
};

// Whose orders are read, with which credentials, and by which right.
struct Caller {
    store::AccountRecord account;
    amazon::Account amazon;
    store::SweepLease lease;
};

// What a sweep stores is stored only as long as nobody else has begun to sweep the account.
template <class Function>
Status write_under(Context& context, CommitPoint point, const store::SweepLease& lease, Function function) {
    return context.db.write(point, [&](db::Transaction& tx) -> Status {
        if (!store::renew_sweep_lease(tx, lease, context.clock.now(), kLease))
            return std::unexpected(Error{ErrorKind::conflict, "lease_lost",
                                         "reading account " + lease.account.str() +
                                             " took so long that another process has begun; it goes on there",
                                         "", kAskAgain});
        function(tx);
        return {};
    });
}

// Never ahead of our own clock: whatever Amazon says, what has not happened yet was not read.
UtcTime upper_bound(const amazon::SearchPage& first, UtcTime now) {
    const UtcTime unechoed = first.date.value_or(now) - kUnechoedBound;
    return std::min(first.last_updated_before.value_or(unechoed), now);
}

void move_watermarks(db::Transaction& tx, const Sweep& sweep) {
    for (const StoreId id : sweep.window.stores) {
        const auto record = store::find_store(tx, id);
        if (!record) continue;
        // Somebody moved the store back behind this window: what lies between is not read yet.
        if (record->watermark < sweep.window.updated_after) continue;
        store::set_watermark(tx, id, std::max(record->watermark, sweep.window.upper_bound),
                             sweep.deep ? std::optional(sweep.window.started_at) : std::nullopt);
    }
}

void close_window(db::Transaction& tx, const Sweep& sweep) {
    move_watermarks(tx, sweep);
    store::delete_window(tx, sweep.window);
}

// What is stored of the window stays; it is not read on.
void delete_window(Context& context, const store::Window& window) {
    context.db.write("intake.window", [&](db::Transaction& tx) { store::delete_window(tx, window); });
}

// Amazon no longer takes the token: the window begins anew at the next sweep.
bool token_refused(const Error& error) {
    return error.kind == ErrorKind::invalid || error.kind == ErrorKind::not_found;
}

// Whether any other call for the account would end in the same way.
bool concerns_account(const Error& error) {
    return error.kind == ErrorKind::throttled || error.kind == ErrorKind::unauthorized ||
           error.kind == ErrorKind::forbidden || error.code == "lease_lost";
}

// Reading from this window makes no sense any more: it begins anew at the next sweep.
std::unexpected<Error> give_up(Context& context, const Caller& caller, const Sweep& sweep, std::string code,
                               std::string why) {
    Status done = write_under(context, "intake.window", caller.lease,
                              [&](db::Transaction& tx) { store::delete_window(tx, sweep.window); });
    if (!done) return std::unexpected(std::move(done).error());
    return fail(ErrorKind::corrupt, std::move(code), std::move(why));
}

// Commits a page with the place at which reading goes on.
Status write_page(Context& context, const Caller& caller, const Stores& stores, const Sweep& sweep,
                  const amazon::SearchPage& page, UtcTime now, IntakeReport& report) {
    const PageWriter writer{context, caller.account, stores};
    auto keys = writer.keys_for(page, now);
    IntakeReport page_report;
    TRY(write_under(context, "intake.page", caller.lease, [&](db::Transaction& tx) {
        writer.write(tx, page, keys, now, page_report);
        if (page.next_token) store::save_window(tx, sweep.window);
        if (!page.next_token) close_window(tx, sweep);
        else if (mutant("watermark_moves_early"))
            for (const StoreId id : sweep.window.stores)
                store::set_watermark(tx, id, sweep.window.upper_bound, std::nullopt);
    }));
    report.orders_read += page_report.orders_read;
    report.orders_changed += page_report.orders_changed;
    report.kept_aside += page_report.kept_aside;
    ++report.pages;
    context.log.info("intake.page", {{"account", writer.account.id.str()},
                                     {"orders", page_report.orders_read},
                                     {"changed", page_report.orders_changed},
                                     {"kept_aside", page_report.kept_aside},
                                     {"last", !page.next_token}});
    return {};
}

Task<Status> read_window(Context& context, Caller caller, Stores stores, Sweep sweep, IntakeReport& report) {
    amazon::SearchQuery query{.last_updated_after = sweep.window.updated_after};
    for (const store::StoreRecord& each : stores) query.marketplaces.push_back(each.marketplace);
    if (!sweep.window.next_token.empty()) query.pagination_token = sweep.window.next_token;

    for (int pages = 0; pages < kPagesMax; ++pages) {
        auto answer = co_await context.amazon.search_orders(caller.amazon, query);
        if (!answer) {
            if (query.pagination_token && token_refused(answer.error()))
                CO_TRY(write_under(context, "intake.window", caller.lease,
                                   [&](db::Transaction& tx) { store::delete_window(tx, sweep.window); }));
            co_return std::unexpected(std::move(answer).error());
        }
        const UtcTime now = context.clock.now();
        if (!query.pagination_token) sweep.window.upper_bound = upper_bound(*answer, now);
        sweep.window.next_token = answer->next_token.value_or("");
        place_orders(*answer, stores);
        CO_TRY(write_page(context, caller, stores, sweep, *answer, now, report));
        if (!answer->next_token) co_return Status{};
        if (answer->next_token == query.pagination_token)
            co_return give_up(context, caller, sweep, "page_repeats",
                              "a page of Amazon's answer names itself as the next one; reading begins anew");
        query.pagination_token = answer->next_token;
    }
    co_return give_up(context, caller, sweep, "too_many_pages",
                      "Amazon's answer has no end; reading begins anew");
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
        if (now - window.started_at >= kWindowLife || !all_in(active)) delete_window(context, window);
        else if (all_in(stores)) sweeps.push_back({std::move(window), false});
    }
    return sweeps;
}

// The stores in groups whose watermarks lie close together, from the newest to the oldest.
std::vector<Stores> grouped(Stores stores) {
    std::ranges::sort(stores, std::ranges::greater{}, &store::StoreRecord::watermark);
    std::vector<Stores> groups;
    for (store::StoreRecord& each : stores) {
        if (groups.empty() || groups.back().front().watermark - each.watermark > kJoin) groups.emplace_back();
        groups.back().push_back(std::move(each));
    }
    return groups;
}

// One window per group of stores, from where the last of them stands.
std::vector<Sweep> fresh(const store::AccountRecord& account, Stores stores, UtcTime now) {
    std::vector<Sweep> sweeps;
    for (const Stores& group : grouped(std::move(stores))) {
        const UtcTime watermark = group.back().watermark;
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

// The stores that have a window among these, or those that have none.
Stores select(const Stores& stores, const std::vector<Sweep>& sweeps, bool with_window) {
    Stores chosen;
    for (const store::StoreRecord& each : stores) {
        const bool has = std::ranges::any_of(sweeps, [&](const Sweep& sweep) {
            return std::ranges::find(sweep.window.stores, each.id) != sweep.window.stores.end();
        });
        if (has == with_window) chosen.push_back(each);
    }
    return chosen;
}

// Fails with what ends the sweep; any other failure is kept as the first one, and the other windows are read.
Task<Status> read_windows(Context& context, Caller caller, Stores stores, std::vector<Sweep> sweeps,
                          IntakeReport& report, Status& first) {
    for (Sweep& sweep : sweeps) {
        Stores chosen = of_window(stores, sweep.window);
        Status done = co_await read_window(context, caller, std::move(chosen), sweep, report);
        if (done) continue;
        note_refusal(context, caller.amazon, done.error());
        if (concerns_account(done.error())) co_return done;
        if (first) first = std::move(done);
    }
    co_return Status{};
}

// Every store once: those that stand behind while others catch up, then what was begun and not finished, then
// all that is left. A window that was resumed ends where it was to end: what has happened since is read as
// well.
Task<Status> read_all_windows(Context& context, Caller caller, Stores stores, IntakeReport& report,
                              Status& first) {
    const store::AccountRecord& account = caller.account;
    const UtcTime now = context.clock.now();
    std::vector<Sweep> begun = unfinished(context, account, stores, now);
    std::vector<Sweep> before;
    if (!begun.empty()) {
        Stores behind = select(stores, begun, false);
        std::erase_if(
            behind, [&](const store::StoreRecord& each) { return now - each.watermark < kReadFirstBehind; });
        before = fresh(account, std::move(behind), now);
        CO_TRY(co_await read_windows(context, caller, stores, before, report, first));
        CO_TRY(co_await read_windows(context, caller, stores, std::move(begun), report, first));
    }
    Stores left = select(read_again(context, stores), before, false);
    // What failed for now goes on at the next sweep.
    left = select(left, unfinished(context, account, stores, now), false);
    co_return co_await read_windows(context, caller, left, fresh(account, left, now), report, first);
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

void note_refusal(Context& context, const amazon::Account& used, const Error& error) {
    if (error.kind != ErrorKind::unauthorized && error.kind != ErrorKind::forbidden) return;
    const Status paused = context.db.write("account.pause", [&](db::Transaction& tx) -> Status {
        const auto stored = store::read_account_secrets(tx, context.vault, used.id);
        const bool replaced = stored && (stored->client_secret != used.credentials.client_secret ||
                                         stored->refresh_token != used.credentials.refresh_token);
        if (replaced)
            return fail(ErrorKind::conflict, "credentials_replaced", "others were stored meanwhile");
        return store::pause_account(tx, used.id, error.code, error.message, context.clock.now());
    });
    if (paused) context.log.error("account.paused", {{"account", used.id.str()}, {"code", error.code}});
    else
        context.log.warning("account.not_paused",
                            {{"account", used.id.str()}, {"code", paused.error().code}});
}

bool concerns_order(const Error& error) {
    return error.kind == ErrorKind::corrupt || error.kind == ErrorKind::invalid ||
           error.kind == ErrorKind::malformed || error.kind == ErrorKind::too_large;
}

namespace {

// Why an order that was asked for by id was not stored.
enum class Reading { unknown_to_amazon, unreadable };

// Asks for single orders once the sweep is done. What the quota does not allow now is asked for at a later
// one.
Task<Status> read_each(Context& context, store::AccountRecord account, std::vector<OrderId> orders,
                       void (*note_vain)(db::Transaction&, OrderId, Reading, UtcTime), IntakeReport& report) {
    for (const OrderId id : orders) {
        const Result<bool> known = co_await read_order(context, account, id);
        if (!known && known.error().kind == ErrorKind::throttled) co_return Status{};
        if (!known && !concerns_order(known.error())) co_return std::unexpected(known.error());
        if (known) ++report.orders_read;
        else ++report.kept_aside;
        if (known && *known) continue;
        const Reading reading = known ? Reading::unknown_to_amazon : Reading::unreadable;
        context.db.write("order.miss",
                         [&](db::Transaction& tx) { note_vain(tx, id, reading, context.clock.now()); });
    }
    co_return Status{};
}

Task<Status> read_old_pending(Context& context, store::AccountRecord account, IntakeReport& report) {
    auto old = context.db.read([&](db::Reader& tx) {
        return store::list_old_pending(tx, account.id, context.clock.now() - kAskAgainEvery,
                                       kPendingReadsMax);
    });
    // What Amazon no longer knows, or what cannot be read, stays as it was and is not asked for again at
    // once.
    const auto note_vain = [](db::Transaction& tx, OrderId id, Reading, UtcTime now) {
        store::note_read(tx, id, now);
    };
    co_return co_await read_each(context, account, std::move(old), note_vain, report);
}

Task<Status> read_keyless(Context& context, store::AccountRecord account, IntakeReport& report) {
    auto keyless = context.db.read([&](db::Reader& tx) {
        return store::list_orders_without_key(tx, account.id, context.clock.now() - kAskAgainEvery,
                                              kKeylessReadsMax);
    });
    const auto note_vain = [](db::Transaction& tx, OrderId id, Reading reading, UtcTime now) {
        if (reading == Reading::unknown_to_amazon) store::forget_lost_key(tx, id);
        else store::note_asked_in_vain(tx, id, now);
    };
    co_return co_await read_each(context, account, std::move(keyless), note_vain, report);
}

// An order of which an answer is kept aside, as Amazon shows it now; of a marketplace without a store it is
// not kept any longer either.
void store_read_at_last(Context& context, const Caller& caller, const Stores& stores, amazon::ReadOrder read,
                        IntakeReport& report) {
    const AmazonOrderId id = read.order.id;
    amazon::SearchPage page;
    page.orders.push_back(std::move(read));
    place_orders(page, stores);
    const PageWriter writer{context, caller.account, stores};
    const UtcTime now = context.clock.now();
    auto keys = writer.keys_for(page, now);
    IntakeReport page_report;
    context.db.write("order.read", [&](db::Transaction& tx) {
        // First: what cannot be placed is kept aside anew.
        store::drop_kept_aside(tx, caller.account.id, id);
        writer.write(tx, page, keys, now, page_report);
    });
    report.orders_read += page_report.orders_read;
    report.orders_changed += page_report.orders_changed;
    report.kept_aside += page_report.kept_aside;
}

Task<Status> read_kept_aside(Context& context, Caller caller, Stores stores, IntakeReport& report) {
    const AccountId account = caller.account.id;
    const auto aside = context.db.read([&](db::Reader& tx) {
        return store::list_orders_kept_aside(tx, account, context.clock.now() - kAskAgainEvery,
                                             kAsideReadsMax);
    });
    for (const AmazonOrderId& id : aside) {
        auto read = co_await context.amazon.get_order(caller.amazon, id);
        if (read) {
            store_read_at_last(context, caller, stores, *std::move(read), report);
            continue;
        }
        const Error& error = read.error();
        if (error.kind == ErrorKind::throttled) co_return Status{};
        const bool is_gone = error.kind == ErrorKind::not_found;
        if (!is_gone && !concerns_order(error)) {
            note_refusal(context, caller.amazon, error);
            co_return std::unexpected(error);
        }
        if (!is_gone) ++report.kept_aside;
        context.db.write("order.miss", [&](db::Transaction& tx) {
            if (is_gone) store::drop_kept_aside(tx, account, id);
            else store::note_still_aside(tx, account, id, context.clock.now());
        });
    }
    co_return Status{};
}

Task<Status> sweep_under_lease(Context& context, Caller caller, Stores stores, IntakeReport& report) {
    Status first;
    CO_TRY(co_await read_all_windows(context, caller, stores, report, first));
    Status keyless = co_await read_keyless(context, caller.account, report);
    if (first) first = std::move(keyless);
    Status aside = co_await read_kept_aside(context, caller, std::move(stores), report);
    if (first) first = std::move(aside);
    Status pending = co_await read_old_pending(context, caller.account, report);
    co_return first ? std::move(pending) : std::move(first);
}

// Given back at the end of a sweep, however it ends; what cannot be given back ends by itself.
void release(Context& context, const store::SweepLease& lease) {
    try {
        context.db.write("sweep.release",
                         [&](db::Transaction& tx) { store::release_sweep_lease(tx, lease); });
    } catch (const db::Failure& failure) {
        context.log.warning("intake.lease_not_released",
                            {{"account", lease.account.str()}, {"text", failure.what()}});
    }
}

}  // namespace

Task<Status> sweep_account(Context& context, store::AccountRecord account, Stores stores,
                           IntakeReport& report) {
    amazon::Account amazon = CO_TRY(load_account(context, account));
    const auto lease = context.db.write("sweep.lease", [&](db::Transaction& tx) {
        return store::take_sweep_lease(tx, account.id, context.clock.now(), kLease);
    });
    if (!lease)
        co_return std::unexpected(Error{ErrorKind::conflict, std::string(kSweepRunning),
                                        "another process is reading the orders of account " + account.name,
                                        "", kAskAgain});
    try {
        Status done = co_await sweep_under_lease(context, {std::move(account), std::move(amazon), *lease},
                                                 std::move(stores), report);
        release(context, *lease);
        co_return done;
    } catch (const db::Failure&) {
        release(context, *lease);
        throw;
    }
}

Task<Result<bool>> read_order(Context& context, store::AccountRecord account, OrderId order) {
    const auto record = context.db.read([&](db::Reader& tx) { return store::find_order(tx, order); });
    CHECK(record.has_value(), "only mirrored orders are read again");
    const amazon::Account caller = CO_TRY(load_account(context, account));
    auto read = co_await context.amazon.get_order(caller, record->order.id);
    if (!read) {
        if (read.error().kind == ErrorKind::not_found) co_return false;
        note_refusal(context, caller, read.error());
        co_return std::unexpected(std::move(read).error());
    }
    if (read->order.marketplace.str().empty()) read->order.marketplace = record->order.marketplace;
    const UtcTime now = context.clock.now();
    const store::OrderIdentity identity{account.region, account.seller_id, record->order.id};
    const auto known = context.db.read([&](db::Reader& tx) { return store::find_known(tx, identity); });
    // The key was lost with its key store: what Amazon still shows is sealed under a new one.
    const store::DataKeyId key =
        known && known->key_lost ? context.vault.create_keys(1, now).front() : record->key_id;
    context.db.write("order.read", [&](db::Transaction& tx) {
        store::upsert_order(tx, context.vault, identity, account.id, record->store_id,
                            {read->order, read->personal, read->document, read->content_hash}, key, now);
        if (!read->unknown_paths.empty()) store::count_unknown_members(tx, read->unknown_paths, now);
    });
    co_return true;
}

}  // namespace fairway::sync
