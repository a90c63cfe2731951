// The mirror over REST: the list of all Amazon orders with its filters, one order, its history, and "try
// again".
#include <algorithm>
#include <array>

#include "api/handlers.hpp"
#include "api/order_path.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"
#include "base/text.hpp"
#include "store/name_index.hpp"
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
        if (!value) return bad_filter(name, quoted(part) + " is not one of its values");
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

constexpr std::array kSorts{std::pair{store::OrderSort::purchased_at, std::string_view("purchased_at")},
                            std::pair{store::OrderSort::updated_at, std::string_view("updated_at")},
                            std::pair{store::OrderSort::changed_at, std::string_view("changed_at")},
                            std::pair{store::OrderSort::ship_by, std::string_view("ship_by")}};

Status read_sort(const Call& call, store::OrderFilter& filter) {
    const std::string* text = call.request.query_value("sort");
    if (text == nullptr) return {};
    std::string_view name = *text;
    filter.direction = name.starts_with('-') ? store::Direction::descending : store::Direction::ascending;
    if (name.starts_with('-')) name.remove_prefix(1);
    const auto sort = std::ranges::find(kSorts, name, [](const auto& each) { return each.second; });
    if (sort == kSorts.end())
        return bad_filter("sort",
                          "one of purchased_at, updated_at, changed_at, ship_by, each with - for descending");
    filter.sort = sort->first;
    return {};
}

Result<std::optional<std::string>> read_search(const Call& call) {
    constexpr std::size_t kLengthMax = 200;
    const std::string* text = call.request.query_value("q");
    if (text == nullptr) return std::nullopt;
    if (text->size() > kLengthMax) return bad_filter("q", "longer than 200 characters");
    return *text;
}

Result<std::optional<domain::FulfilledBy>> read_fulfilled_by(const Call& call) {
    const std::string* text = call.request.query_value("fulfilled_by");
    if (text == nullptr) return std::nullopt;
    const auto value = domain::parse<domain::FulfilledBy>(*text);
    if (!value) return bad_filter("fulfilled_by", "merchant or amazon");
    return value;
}

// Whoever may not see names may not find out about them either.
Result<std::vector<crypto::Digest>> read_buyer(Call& call) {
    const std::string* text = call.request.query_value("buyer");
    if (text == nullptr) return std::vector<crypto::Digest>{};
    if (!call.principal.buyer_data)
        return fail(ErrorKind::forbidden, "buyer_data_needed",
                    "the filter buyer needs a token that may see personal data", "buyer");
    auto words = store::blind_words(call.services.sync.vault, *text);
    if (words.empty()) return bad_filter("buyer", "holds no word of a name");
    call.persons_searched = true;
    return words;
}

Result<store::OrderFilter> read_filter(Call& call) {
    TRY(check_query(call, {"store", "status", "import_state", "fulfilled_by", "q", "buyer", "purchased_from",
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
    filter.fulfilled_by = TRY(read_fulfilled_by(call));
    filter.q = TRY(read_search(call));
    filter.buyer_words = TRY(read_buyer(call));
    filter.purchased_from = TRY(read_time(call, "purchased_from"));
    filter.purchased_to = TRY(read_time(call, "purchased_to"));
    filter.total_min = TRY(read_amount(call, "total_min"));
    filter.total_max = TRY(read_amount(call, "total_max"));
    TRY(read_sort(call, filter));
    return filter;
}

// "-purchased_at:value:id": a cursor belongs to the sort it was made under, its place means nothing in
// another.
std::string cursor_prefix(const store::OrderFilter& filter) {
    const auto sort = std::ranges::find(kSorts, filter.sort, [](const auto& each) { return each.first; });
    return (filter.direction == store::Direction::descending ? "-" : "") + std::string(sort->second) + ":";
}

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
    const store::OrderFilter filter = TRY(read_filter(call));
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

Result<Answer> get_amazon_order(Call& call) {
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
        store::write_audit(tx, call.principal.actor, "retry order", record.order.id.str(), call.now);
        return ok(render_order(call, tx, *store::find_order(tx, record.id)));
    });
}

}  // namespace fairway::api
