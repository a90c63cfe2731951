// The mirror over REST: the list of all Amazon orders with its filters, one order, its history, and "try
// again".
#include <charconv>

#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/render.hpp"
#include "base/text.hpp"
#include "store/order_list.hpp"
#include "sync/reconcile.hpp"

namespace fairway::api {

namespace {

std::unexpected<Error> bad_filter(std::string_view name, std::string_view why) {
    return fail(ErrorKind::invalid, "filter_invalid", std::string(name) + ": " + std::string(why),
                std::string(name));
}

// "Unshipped,Shipped" as a list of our texts.
template <domain::Textual Enum>
Result<std::vector<Enum>> read_list(const Call& call, std::string_view name) {
    std::vector<Enum> values;
    const std::string* text = call.request.query_value(name);
    if (text == nullptr) return values;
    for (const std::string_view part : split(*text, ',')) {
        const auto value = domain::parse<Enum>(part);
        if (!value)
            return bad_filter(name, "\"" + std::string(part.substr(0, 40)) + "\" is not one of its values");
        values.push_back(*value);
    }
    return values;
}

Result<std::optional<UtcTime>> read_time(const Call& call, std::string_view name) {
    const std::string* text = call.request.query_value(name);
    if (text == nullptr) return std::nullopt;
    const auto time = parse_rfc3339(*text);
    if (!time) return bad_filter(name, "not an RFC 3339 time with offset, such as 2026-11-23T08:00:00Z");
    return time;
}

Result<std::optional<std::string>> read_amount(const Call& call, std::string_view name) {
    const std::string* text = call.request.query_value(name);
    if (text == nullptr) return std::nullopt;
    // Three decimals is the most any currency has.
    if (!domain::parse_money(*text, domain::Currency::of("KWD")))
        return bad_filter(name, "not a decimal amount");
    return *text;
}

Status read_sort(const Call& call, store::OrderFilter& filter) {
    const std::string* text = call.request.query_value("sort");
    if (text == nullptr) return {};
    std::string_view name = *text;
    filter.direction = name.starts_with('-') ? store::Direction::descending : store::Direction::ascending;
    if (name.starts_with('-')) name.remove_prefix(1);
    if (name == "purchased_at") filter.sort = store::OrderSort::purchased_at;
    else if (name == "updated_at") filter.sort = store::OrderSort::updated_at;
    else if (name == "changed_at") filter.sort = store::OrderSort::changed_at;
    else if (name == "ship_by") filter.sort = store::OrderSort::ship_by;
    else
        return bad_filter("sort",
                          "one of purchased_at, updated_at, changed_at, ship_by, each with - for descending");
    return {};
}

Result<store::OrderFilter> read_filter(Call& call) {
    TRY(check_query(call, {"store", "status", "import_state", "fulfilled_by", "q", "purchased_from",
                           "purchased_to", "total_min", "total_max", "sort"}));
    store::OrderFilter filter;
    if (const std::string* store = call.request.query_value("store")) {
        const auto record =
            call.db().read([&](db::Reader& tx) { return store::find_store(tx, std::string_view(*store)); });
        if (!record) return bad_filter("store", "there is no such store");
        filter.store = record->id;
    }
    filter.status = TRY(read_list<domain::AmazonStatus>(call, "status"));
    filter.import_state = TRY(read_list<domain::ImportState>(call, "import_state"));
    if (const auto fulfilled = TRY(read_list<domain::FulfilledBy>(call, "fulfilled_by")); !fulfilled.empty())
        filter.fulfilled_by = fulfilled.front();
    if (const std::string* q = call.request.query_value("q")) filter.q = *q;
    filter.purchased_from = TRY(read_time(call, "purchased_from"));
    filter.purchased_to = TRY(read_time(call, "purchased_to"));
    filter.total_min = TRY(read_amount(call, "total_min"));
    filter.total_max = TRY(read_amount(call, "total_max"));
    TRY(read_sort(call, filter));
    return filter;
}

// The sort value and the id of the last row.
Result<std::optional<store::OrderCursor>> read_cursor(const PageRequest& page) {
    if (page.after.empty()) return std::nullopt;
    const std::size_t colon = page.after.find(':');
    const auto value = parse_int(std::string_view(page.after).substr(0, colon));
    const auto id =
        colon == std::string::npos ? std::nullopt : parse_int(std::string_view(page.after).substr(colon + 1));
    if (!value || !id)
        return fail(ErrorKind::invalid, "cursor_invalid", "after is not what a page gave as next", "after");
    return store::OrderCursor{*value, OrderId{*id}};
}

Result<store::OrderRecord> find_order(Call& call, db::Reader& tx) {
    const auto store = store::find_store(tx, std::string_view(call.param(0)));
    if (!store)
        return fail(ErrorKind::not_found, "store_missing",
                    "there is no store \"" + call.param(0).substr(0, 80) + "\"");
    auto record = store::find_order(tx, store->id, AmazonOrderId(call.param(1)));
    if (!record)
        return fail(ErrorKind::not_found, "order_missing",
                    "store " + store->name + " has no Amazon order \"" + call.param(1).substr(0, 80) + "\"");
    return std::move(*record);
}

}  // namespace

Result<Answer> list_amazon_orders(Call& call) {
    const store::OrderFilter filter = TRY(read_filter(call));
    const PageRequest page = TRY(read_page(call));
    const auto cursor = TRY(read_cursor(page));
    record_view(call, "amazon-orders");
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        const store::OrderPage rows = store::list_orders(tx, filter, cursor, page.limit);
        json::Array items;
        for (const store::OrderRecord& record : rows.orders)
            items.push_back(json::encode(render_order(call, tx, record)));
        json::Object body;
        body["items"] = std::move(items);
        body["next"] = nullptr;
        if (rows.next)
            body["next"] =
                encode_cursor(std::to_string(rows.next->value) + ":" + std::to_string(rows.next->id.value));
        return Answer{200, std::move(body)};
    });
}

Result<Answer> get_amazon_order(Call& call) {
    record_view(call, "amazon-orders/" + call.param(1).substr(0, 80));
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return ok(render_order(call, tx, TRY(find_order(call, tx))));
    });
}

Result<Answer> get_amazon_order_history(Call& call) {
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        const store::OrderRecord record = TRY(find_order(call, tx));
        json::Array items;
        for (const store::HistoryEntry& entry : store::list_history(tx, record.id))
            items.push_back(json::encode(
                HistoryEntry{entry.at, entry.note.code, domain::render(entry.note, call.language)}));
        json::Object body;
        body["items"] = std::move(items);
        body["next"] = nullptr;
        return Answer{200, std::move(body)};
    });
}

Result<Answer> retry_amazon_order(Call& call) {
    return call.db().write([&](db::Transaction& tx) -> Result<Answer> {
        const store::OrderRecord record = TRY(find_order(call, tx));
        store::mark_dirty(tx, record.id);
        sync::ReconcileReport report;
        TRY(sync::reconcile_order(tx, call.services.sync, record.id, report));
        return ok(render_order(call, tx, *store::find_order(tx, record.id)));
    });
}

}  // namespace fairway::api
