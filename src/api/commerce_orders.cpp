// Commerce orders over REST, and what people do with those of the built-in back end.
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"
#include "base/text.hpp"
#include "sync/reconcile.hpp"

namespace fairway::api {

namespace {

Result<store::CommerceOrderRecord> find(const Call& call, db::Reader& tx) {
    const auto id = CommerceOrderId::parse(call.param(0));
    auto record = id ? store::find_commerce_order(tx, *id) : std::nullopt;
    if (!record) return no_such("commerce order", call.param(0), "commerce_order_missing", "id");
    return std::move(*record);
}

// Who asks for a change of a view-only order by the only number it has, Amazon's, is told why there is
// nothing to change.
Status refuse_view_only(const Call& call, db::Reader& tx) {
    const auto mirrored = store::find_order(tx, AmazonOrderId(call.param(0)));
    const bool view_only = mirrored && (mirrored->import_state == domain::ImportState::view_only ||
                                        mirrored->import_state == domain::ImportState::excluded);
    if (!view_only) return {};
    return fail(ErrorKind::conflict, "view_only",
                "Amazon order " + mirrored->order.id.str() + " is view-only: it has no commerce order", "id");
}

Result<domain::Money> to_money(const Money& money, const std::string& field) {
    const auto currency = domain::Currency::parse(money.currency);
    if (!currency)
        return fail(ErrorKind::invalid, "currency_invalid", currency.error().message, field + ".currency");
    auto amount = domain::parse_money(money.amount, *currency);
    if (!amount) return fail(ErrorKind::invalid, "amount_invalid", amount.error().message, field + ".amount");
    return *amount;
}

// No order has so many units; the limit keeps sums of quantities in range.
Result<std::vector<commerce::ShipItem>> to_items(const std::optional<std::vector<LineQuantity>>& lines,
                                                 const std::string& field) {
    constexpr std::int64_t kQuantityMax = 1'000'000'000;
    std::vector<commerce::ShipItem> items;
    if (!lines) return items;
    for (const LineQuantity& each : *lines) {
        if (each.quantity > kQuantityMax)
            return fail(ErrorKind::invalid, "out_of_range", "a quantity is at most 1,000,000,000",
                        field + "[" + std::to_string(items.size()) + "].quantity");
        items.push_back({each.line, each.quantity});
    }
    return items;
}

// Does something to the order, then what follows from it, and answers with the order as it is then. All or
// nothing.
template <class Action>
Result<Answer> act(Call& call, CommitPoint point, int status, Action action) {
    return call.write(point, [&](db::Transaction& tx) -> Result<Answer> {
        TRY(refuse_view_only(call, tx));
        const store::CommerceOrderRecord before = TRY(find(call, tx));
        TRY(action(tx, before));
        sync::ReconcileReport report;
        TRY(sync::reconcile_order(tx, call.services.sync, before.order_id, report));
        store::write_audit(tx, call.principal.actor, call.request.method + " " + call.request.route,
                           "commerce-orders/" + before.id.str(), call.now);
        return Answer{status, json::encode(render_commerce_order(
                                  call, tx, *store::find_commerce_order(tx, before.id)))};
    });
}

}  // namespace

namespace {

Result<store::CommerceOrderFilter> read_filter(const Call& call) {
    TRY(check_query(call, {"amazon_order_id", "status", "store", "q", "created_from", "created_to", "sort",
                           "personal_data"}));
    store::CommerceOrderFilter filter{.q = TRY(read_search(call)).value_or(""),
                                      .created_from = TRY(read_time(call, "created_from")),
                                      .created_to = TRY(read_time(call, "created_to"))};
    if (const std::string* id = call.request.query_value("amazon_order_id"))
        filter.amazon_order_id = AmazonOrderId(*id);
    if (const std::string* status = call.request.query_value("status")) {
        filter.status = domain::parse<domain::CommerceStatus>(*status);
        if (!filter.status)
            return fail(ErrorKind::invalid, "filter_invalid", "status is none of the commerce statuses",
                        "status");
    }
    if (const std::string* sort = call.request.query_value("sort")) {
        filter.ascending = !sort->starts_with('-');
        const std::string_view name = std::string_view(*sort).substr(filter.ascending ? 0 : 1);
        if (name != "created_at" && name != "number")
            return bad_filter("sort", "one of created_at, number, each with - for descending");
        if (name == "number") filter.sort = store::CommerceOrderSort::number;
    }
    return filter;
}

// "-created_at:micros:id" or "number:id:NUMBER": a cursor belongs to the sort it was made under.
std::string cursor_prefix(const store::CommerceOrderFilter& filter) {
    const bool by_number = filter.sort == store::CommerceOrderSort::number;
    return std::string(filter.ascending ? "" : "-") + (by_number ? "number:" : "created_at:");
}

Result<std::optional<store::CommerceOrderCursor>> read_cursor(const PageRequest& page,
                                                              const store::CommerceOrderFilter& filter) {
    if (page.after.empty()) return std::nullopt;
    const std::string prefix = cursor_prefix(filter);
    const bool same_sort = page.after.starts_with(prefix);
    const std::string_view keys = std::string_view(page.after).substr(same_sort ? prefix.size() : 0);
    const std::size_t colon = keys.find(':');
    const auto first = parse_int(keys.substr(0, colon));
    if (!same_sort || !first || colon == std::string_view::npos)
        return fail(ErrorKind::invalid, "cursor_invalid",
                    "after is not what a page of this sort gave as next", "after");
    const std::string_view rest = keys.substr(colon + 1);
    if (filter.sort == store::CommerceOrderSort::number)
        return store::CommerceOrderCursor{.number = std::string(rest), .id = {*first}};
    const auto id = parse_int(rest);
    if (!id)
        return fail(ErrorKind::invalid, "cursor_invalid", "after is not what a page gave as next", "after");
    return store::CommerceOrderCursor{.created_at = from_micros(*first), .id = {*id}};
}

std::string cursor_of(const store::CommerceOrderFilter& filter, const store::CommerceOrderRecord& last) {
    const std::string id = std::to_string(last.id.value);
    if (filter.sort == store::CommerceOrderSort::number)
        return cursor_prefix(filter) + id + ":" + last.number;
    return cursor_prefix(filter) + std::to_string(to_micros(last.created_at)) + ":" + id;
}

}  // namespace

Result<Answer> list_commerce_orders(Call& call) {
    store::CommerceOrderFilter filter = TRY(read_filter(call));
    TRY(read_personal_data(call));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_cursor(page, filter));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        if (const std::string* name = call.request.query_value("store")) {
            const auto store = store::find_store(tx, std::string_view(*name));
            if (!store) return fail(ErrorKind::invalid, "filter_invalid", "there is no such store", "store");
            filter.store = store->id;
        }
        return page_of(
            store::list_commerce_orders(tx, filter, cursor, page.limit + 1), page.limit,
            [&](const store::CommerceOrderRecord& record) { return render_commerce_order(call, tx, record); },
            [&](const store::CommerceOrderRecord& record) { return cursor_of(filter, record); });
    });
}

Result<Answer> get_commerce_order(Call& call) {
    TRY(check_query(call, {"personal_data"}));
    TRY(read_personal_data(call));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return ok(render_commerce_order(call, tx, TRY(find(call, tx))));
    });
}

Result<Answer> create_shipment(Call& call) {
    const ShipRequest body = TRY(read_body<ShipRequest>(call));
    commerce::ShipRequest request;
    for (const ShipPackage& package : body.packages) {
        const std::string field = "packages[" + std::to_string(request.packages.size()) + "].items";
        // Left out, they are everything open; an empty list is a mistake of whoever asks.
        if (package.items && package.items->empty())
            return fail(ErrorKind::invalid, "items_missing",
                        "a package holds at least one item; leave items out for everything that is open",
                        field);
        request.packages.push_back({package.carrier, package.service.value_or(""), package.tracking,
                                    package.shipped_at, TRY(to_items(package.items, field))});
    }
    return act(call, "operator.ship", 201, [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
        return commerce::ship(tx, order, request, domain::Origin::operator_, call.now);
    });
}

Result<Answer> create_invoice(Call& call) {
    TRY(require_no_body(call));
    return act(call, "operator.invoice", 201,
               [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
                   return commerce::invoice(tx, order, call.now);
               });
}

Result<Answer> create_credit_memo(Call& call) {
    const CreditRequest body = TRY(read_body<CreditRequest>(call));
    commerce::CreditRequest request{.lines = TRY(to_items(body.lines, "lines")),
                                    .return_to_stock = body.return_to_stock.value_or(true)};
    if (body.shipping) request.shipping = TRY(to_money(*body.shipping, "shipping"));
    if (body.adjustment) request.adjustment = TRY(to_money(*body.adjustment, "adjustment"));
    return act(call, "operator.credit", 201,
               [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
                   return commerce::credit(tx, order, request, domain::Origin::operator_, call.now);
               });
}

Result<Answer> cancel_commerce_order(Call& call) {
    TRY(require_no_body(call));
    return act(call, "operator.cancel", 200,
               [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
                   return commerce::cancel(tx, order, domain::Origin::operator_, call.now);
               });
}

Result<Answer> hold_commerce_order(Call& call) {
    TRY(require_no_body(call));
    return act(call, "operator.hold", 200, [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
        return commerce::hold(tx, order, domain::Origin::operator_, call.now);
    });
}

Result<Answer> unhold_commerce_order(Call& call) {
    TRY(require_no_body(call));
    return act(call, "operator.unhold", 200,
               [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
                   return commerce::unhold(tx, order, call.now);
               });
}

Result<Answer> create_comment(Call& call) {
    const CommentRequest body = TRY(read_body<CommentRequest>(call));
    return act(call, "operator.comment", 201,
               [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
                   return commerce::comment(tx, order, call.principal.actor, body.text, call.now);
               });
}

}  // namespace fairway::api
