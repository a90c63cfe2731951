// The mirror over REST: the list of all Amazon orders with its filters, one order, its history, and "try
// again".
#include <algorithm>
#include <span>

#include "api/handlers.hpp"
#include "api/order_filter.hpp"
#include "api/order_path.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"
#include "base/text.hpp"
#include "sync/reconcile.hpp"

namespace fairway::api {

namespace {

// "-purchased_at:value:id": a cursor belongs to the sort it was made under, its place means nothing in
// another.
Result<std::optional<store::OrderCursor>> read_cursor(const PageRequest& page,
                                                      const store::OrderFilter& filter) {
    if (page.after.empty()) return std::nullopt;
    const std::string prefix = cursor_prefix(filter);
    std::string_view keys = page.after;
    const bool same_sort = keys.starts_with(prefix);
    if (same_sort) keys.remove_prefix(prefix.size());
    const auto parts = split(keys, ':');
    const auto value = parse_int(parts.front());
    const auto id = parse_int(parts.back());
    if (!same_sort || parts.size() != 2 || !value || !id)
        return fail(ErrorKind::invalid, "cursor_invalid",
                    "after is not what a page of this sort gave as next", "after");
    return store::OrderCursor{*value, OrderId{*id}};
}

}  // namespace

Result<store::OrderRecord> find_order(Call& call, db::Reader& tx) {
    const auto store = store::find_store(tx, std::string_view(call.param(0)));
    if (!store) return no_such("store", call.param(0), "store_missing", "store");
    auto record = store::find_order(tx, store->id, AmazonOrderId(call.param(1)));
    if (!record)
        return fail(ErrorKind::not_found, "order_missing",
                    "store " + store->name + " has no Amazon order " + quoted(call.param(1)),
                    "amazon_order_id");
    return std::move(*record);
}

Result<Answer> list_amazon_orders(Call& call) {
    store::OrderFilter filter = TRY(read_order_filter(call, {"sort", "personal_data"}));
    TRY(read_order_sort(call, filter));
    TRY(read_personal_data(call));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_cursor(page, filter));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        const store::OrderPage rows = store::list_orders(tx, filter, cursor, page.limit);
        json::Array items;
        for (const store::OrderRecord& record : rows.orders)
            items.push_back(json::encode(render_order(call, tx, record)));
        json::Object body;
        body["items"] = std::move(items);
        body["next"] = nullptr;
        if (rows.next)
            body["next"] = encode_cursor(cursor_prefix(filter) + std::to_string(rows.next->value) + ":" +
                                         std::to_string(rows.next->id.value));
        return Answer{200, std::move(body)};
    });
}

Result<Answer> summarize_amazon_orders(Call& call) {
    const store::OrderFilter filter = TRY(read_order_filter(call));
    const auto found = call.db().read([&](db::Reader& tx) { return store::count_matching(tx, filter); });
    return ok(OrderSummary{found.count, found.is_exact});
}

Result<Answer> get_amazon_order(Call& call) {
    TRY(check_query(call, {"personal_data"}));
    TRY(read_personal_data(call));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return ok(render_order(call, tx, TRY(find_order(call, tx))));
    });
}

Result<Answer> get_amazon_order_history(Call& call) {
    TRY(check_query(call, {}));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        const store::OrderRecord record = TRY(find_order(call, tx));
        return page_of_all(call, store::list_history(tx, record.id), [&](const store::HistoryEntry& entry) {
            return HistoryEntry{entry.at, entry.note.code, domain::render(entry.note, call.language)};
        });
    });
}

Result<Answer> retry_amazon_order(Call& call) {
    TRY(require_no_body(call));
    return call.write("order.retry", [&](db::Transaction& tx) -> Result<Answer> {
        const store::OrderRecord record = TRY(find_order(call, tx));
        store::mark_dirty(tx, record.id);
        sync::ReconcileReport report;
        TRY(sync::reconcile_order(tx, call.services.sync, record.id, report));
        store::write_audit(tx, call.principal.actor, "retry order", "amazon-orders/" + record.order.id.str(),
                           call.now);
        return ok(render_order(call, tx, *store::find_order(tx, record.id)));
    });
}

// Marking is an effect of its own, and once more does no harm: so many orders are marked in commits of some
// thousand, the last of which says in the audit what was asked for.
Result<Answer> retry_amazon_orders(Call& call) {
    constexpr std::size_t kAtOnce = 2'000;
    TRY(require_no_body(call));
    const store::OrderFilter filter = TRY(read_order_filter(call));
    const auto ids = call.db().read([&](db::Reader& tx) { return store::list_blocked(tx, filter); });
    std::span<const OrderId> left = ids;
    const auto mark_next = [&](db::Transaction& tx) {
        for (const OrderId id : left.first(std::min(left.size(), kAtOnce))) store::mark_dirty(tx, id);
    };
    while (left.size() > kAtOnce) {
        call.db().write("orders.retry", mark_next);
        left = left.subspan(kAtOnce);
    }
    return call.write("orders.retry", [&](db::Transaction& tx) -> Result<Answer> {
        mark_next(tx);
        store::write_audit(tx, call.principal.actor, "retry orders",
                           "amazon-orders?" + describe_filters(call), call.now);
        return Answer{202, json::encode(OrdersMarked{static_cast<std::int64_t>(ids.size())})};
    });
}

}  // namespace fairway::api
