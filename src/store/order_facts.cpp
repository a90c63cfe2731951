// Reconciling: which orders are to be looked at, their facts, and what a plan changes in an order's row.
#include <boost/json.hpp>
#include <map>
#include <utility>

#include "base/check.hpp"
#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/order_rows.hpp"
#include "store/orders.hpp"
#include "store/products.hpp"
#include "store/stores.hpp"

namespace fairway::store {

namespace {

using FactsById = std::map<OrderId, domain::OrderFacts*>;

void gather_commands(db::Reader& tx, std::span<const OrderId> ids, const FactsById& facts) {
    for (CommandRecord& command : list_commands_of_orders(tx, ids))
        facts.at(command.order_id)
            ->commands.push_back({.id = command.id,
                                  .kind = command.kind,
                                  .state = command.state,
                                  .cause = std::move(command.cause),
                                  .package_id = command.package_id,
                                  .items = std::move(command.items),
                                  .accepted_at = command.accepted_at});
}

void gather_intents(db::Reader& tx, const IdList& list, const FactsById& facts) {
    for (const db::Row& row : tx.run("SELECT order_id, kind, cause FROM intents WHERE order_id IN " +
                                         list.text + " ORDER BY order_id, kind, cause",
                                     list.values))
        facts.at(row.get<OrderId>(0))->intents.push_back({row.get<std::string>(1), row.get<std::string>(2)});
}

// Closed items count as well: what a person has dealt with is not brought up again.
void gather_attention(db::Reader& tx, const IdList& list, const FactsById& facts) {
    // Index: the unique one over (order_id, kind, cause).
    for (const db::Row& row : tx.run("SELECT order_id, kind, cause FROM attention WHERE order_id IN " +
                                         list.text + " ORDER BY order_id, kind, cause",
                                     list.values))
        facts.at(row.get<OrderId>(0))
            ->attention.push_back({row.get<std::string>(1), row.get<std::string>(2)});
}

void gather_decisions(db::Reader& tx, const IdList& list, const FactsById& facts) {
    // Index decisions_of_order.
    for (const db::Row& row : tx.run("SELECT order_id, kind, cause FROM decisions WHERE order_id IN " +
                                         list.text + " ORDER BY order_id, decisions.id",
                                     list.values))
        facts.at(row.get<OrderId>(0))
            ->decisions.push_back({row.get<std::string>(1), row.get<std::string>(2)});
}

const CommonFacts::OfStore& gather_store(db::Reader& tx, StoreId id, CommonFacts& common) {
    const auto [known, is_new] = common.stores.try_emplace(id);
    CommonFacts::OfStore& facts = known->second;
    if (!is_new) return facts;
    auto store = find_store(tx, id);
    CHECK(store.has_value(), "an order belongs to a store");
    facts.settings = std::move(store->settings);
    // Nobody reads the orders of a deactivated store any more: what it reserved would be held for ever.
    if (!store->active) facts.settings.pending_orders = domain::PendingOrders::ignore;
    facts.import_switches = read_import_switches(tx, id);
    facts.import_from = store->import_from;
    return facts;
}

// What has become of the orders here, in place of what was known of it.
void gather_own(db::Reader& tx, std::span<const OrderId> ids, const IdList& list,
                std::span<GatheredFacts> orders, UtcTime now) {
    FactsById by_id;
    for (GatheredFacts& each : orders) {
        domain::OrderFacts& facts = *(by_id[each.record.id] = &each.facts);
        facts.import_state = each.record.import_state;
        facts.block = each.record.block;
        facts.look_again = each.record.look_again;
        facts.note = each.record.note ? each.record.note->code : "";
        facts.address_missing = each.record.address_missing;
        facts.commerce.reset();
        facts.reservations.clear();
        facts.commands.clear();
        facts.intents.clear();
        facts.attention.clear();
        facts.decisions.clear();
        facts.resolved.clear();
        facts.now = now;
    }
    for (auto& [order, commerce] : find_commerce_facts_of(tx, ids))
        by_id.at(order)->commerce = std::move(commerce);
    for (auto& [order, reservations] : find_reservations(tx, ids))
        by_id.at(order)->reservations = std::move(reservations);
    gather_commands(tx, ids, by_id);
    gather_intents(tx, list, by_id);
    gather_attention(tx, list, by_id);
    gather_decisions(tx, list, by_id);
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

void mark_dirty(db::Transaction& tx, OrderId id) {
    tx.queue("UPDATE amazon_orders SET dirty = dirty + 1 WHERE id = $1", id);
}

void mark_dirty_by_product(db::Transaction& tx, const ProductSku& sku) {
    // Indexes amazon_orders_by_block_product, amazon_orders_by_block_seller, reservations_by_product, and
    // amazon_orders_waiting: of the lines only those of waiting orders are looked at, since a blocked order's
    // own block says what it hangs on and no other order without a commerce order depends on a product. The
    // history of a SKU that sells every minute is never read.
    tx.queue(
        "UPDATE amazon_orders SET dirty = dirty + 1 WHERE id IN ("
        "SELECT id FROM amazon_orders WHERE block_product_sku = $1 "
        "UNION SELECT id FROM amazon_orders WHERE block_seller_sku = $1 "
        "UNION SELECT order_id FROM reservations WHERE product_sku = $1 "
        "UNION SELECT o.id FROM amazon_orders AS o "
        "WHERE o.import_state = 'waiting' AND o.fulfilled_by = 'merchant' AND EXISTS ("
        "SELECT 1 FROM amazon_order_lines AS l WHERE l.order_id = o.id AND (l.seller_sku = $1 "
        "OR EXISTS (SELECT 1 FROM listings AS m WHERE m.store_id = o.store_id "
        "AND m.seller_sku = l.seller_sku AND m.product_sku = $1)))"
        ") AND NOT EXISTS (SELECT 1 FROM commerce_orders AS c WHERE c.order_id = amazon_orders.id)",
        sku);
}

void mark_dirty_by_listing(db::Transaction& tx, StoreId store, const SellerSku& sku) {
    // Index amazon_order_lines_by_seller_sku: a person's act, which may read the SKU's history.
    tx.queue(
        "UPDATE amazon_orders SET dirty = dirty + 1 "
        "WHERE id IN (SELECT order_id FROM amazon_order_lines WHERE seller_sku = $1) AND +store_id = $2 "
        "AND NOT EXISTS (SELECT 1 FROM commerce_orders AS c WHERE c.order_id = amazon_orders.id)",
        sku, store);
}

void mark_look_again_dirty(db::Transaction& tx, std::optional<StoreId> store) {
    // Index amazon_orders_look_again. Orders that are dirty already count as well: a plan that has read the
    // facts of before this moment must not clear them.
    if (store)
        tx.queue("UPDATE amazon_orders SET dirty = dirty + 1 WHERE look_again = 1 AND store_id = $1", *store);
    else tx.queue("UPDATE amazon_orders SET dirty = dirty + 1 WHERE look_again = 1");
}

std::vector<OrderId> list_dirty(db::Reader& tx, OrderId after, int limit, std::optional<StoreId> store) {
    // Index amazon_orders_dirty.
    std::vector<OrderId> ids;
    for (const db::Row& row :
         store ? tx.query("SELECT id FROM amazon_orders WHERE dirty > 0 AND id > $1 AND +store_id = $2 "
                          "ORDER BY id LIMIT $3",
                          after, *store, limit)
               : tx.query("SELECT id FROM amazon_orders WHERE dirty > 0 AND id > $1 ORDER BY id LIMIT $2",
                          after, limit))
        ids.push_back(row.get<OrderId>(0));
    return ids;
}

std::int64_t count_dirty(db::Reader& tx) {
    // Index amazon_orders_dirty.
    return tx.one("SELECT COUNT(*) FROM amazon_orders WHERE dirty > 0")->get<std::int64_t>(0);
}

std::vector<GatheredFacts> gather_facts(db::Reader& tx, std::span<const OrderId> ids, UtcTime now,
                                        CommonFacts& common) {
    const IdList list(ids);
    std::vector<GatheredFacts> all;
    for (OrderRecord& record : load_orders(tx, "WHERE id IN " + list.text + " ORDER BY id", list.values))
        all.push_back({.record = std::move(record), .facts = {}});
    for (GatheredFacts& each : all) {
        const CommonFacts::OfStore& store = gather_store(tx, each.record.store_id, common);
        domain::OrderFacts& facts = each.facts;
        facts.order = each.record.order;
        facts.settings = store.settings;
        facts.import_switches = store.import_switches;
        facts.import_from = store.import_from;
        facts.tick_started = common.tick_started;
    }
    gather_own(tx, ids, list, all, now);
    return all;
}

void refresh_facts(db::Reader& tx, std::span<GatheredFacts> orders, UtcTime now) {
    std::vector<OrderId> ids;
    std::map<OrderId, OrderRecord*> records;
    for (GatheredFacts& each : orders) {
        ids.push_back(each.record.id);
        records[each.record.id] = &each.record;
    }
    const IdList list(ids);
    reload_own(tx, list, records);
    gather_own(tx, ids, list, orders, now);
}

void resolve_lines(db::Reader& tx, GatheredFacts& gathered) {
    // Product and units per line are frozen once there is a commerce order.
    if (gathered.facts.commerce) return;
    for (const domain::OrderLine& line : gathered.facts.order.lines)
        gathered.facts.resolved.push_back(
            resolve_line(tx, gathered.record.store_id, gathered.record.id, line.line, line.seller_sku));
}

std::optional<GatheredFacts> gather_facts(db::Reader& tx, OrderId id, UtcTime now, CommonFacts& common) {
    std::vector<GatheredFacts> gathered = gather_facts(tx, std::span(&id, 1), now, common);
    if (gathered.empty()) return std::nullopt;
    resolve_lines(tx, gathered.front());
    return std::move(gathered.front());
}

bool clear_dirty(db::Transaction& tx, OrderId id, std::int64_t seen) {
    return tx.execute("UPDATE amazon_orders SET dirty = 0 WHERE id = $1 AND dirty = $2", id, seen) == 1;
}

void set_import_state(db::Transaction& tx, OrderId id, domain::ImportState state, UtcTime now) {
    tx.queue("UPDATE amazon_orders SET import_state = $1, changed_at = $2 WHERE id = $3",
             domain::to_text(state), now, id);
}

void set_status(db::Transaction& tx, OrderId id, domain::AmazonStatus status, UtcTime now) {
    tx.queue("UPDATE amazon_orders SET status = $1, changed_at = $2 WHERE id = $3", domain::to_text(status),
             now, id);
}

void set_block(db::Transaction& tx, OrderId id, const std::optional<domain::Block>& block, UtcTime now) {
    if (!block) {
        tx.queue(
            "UPDATE amazon_orders SET block_reason = NULL, block_line = NULL, block_seller_sku = NULL, "
            "block_product_sku = NULL, block_params = NULL, changed_at = $1 WHERE id = $2",
            now, id);
        return;
    }
    tx.queue(
        "UPDATE amazon_orders SET block_reason = $1, block_line = $2, block_seller_sku = $3, "
        "block_product_sku = $4, block_params = $5, changed_at = $6 WHERE id = $7",
        domain::to_text(block->reason), block->line, unless_empty(block->seller_sku.str()),
        unless_empty(block->product_sku.str()), encode_params(block->params), now, id);
}

void set_look_again(db::Transaction& tx, OrderId id, bool look_again) {
    tx.queue("UPDATE amazon_orders SET look_again = $1 WHERE id = $2", look_again, id);
}

void write_note(db::Transaction& tx, OrderId id, const domain::Note& note, UtcTime now) {
    tx.queue("UPDATE amazon_orders SET note_code = $1, note_params = $2, changed_at = $3 WHERE id = $4",
             note.code, encode_params(note.params), now, id);
    write_history(tx, id, note, now);
}

void write_history(db::Transaction& tx, OrderId id, const domain::Note& note, UtcTime now) {
    tx.queue("INSERT INTO order_history (order_id, at, code, params) VALUES ($1, $2, $3, $4)", id, now,
             note.code, encode_params(note.params));
}

std::vector<HistoryEntry> list_history(db::Reader& tx, OrderId id) {
    // Index order_history_of_order.
    std::vector<HistoryEntry> entries;
    for (const db::Row& row : tx.query(
             "SELECT at, code, params FROM order_history WHERE order_id = $1 ORDER BY order_history.id", id))
        entries.push_back(
            {row.get<UtcTime>(0), {row.get<std::string>(1), decode_params(row.get<std::string>(2))}});
    return entries;
}

bool open_attention(db::Transaction& tx, OrderId id, const domain::OpenAttention& item, UtcTime now) {
    return tx.execute(
               "INSERT INTO attention (order_id, kind, cause, params, opened_at) VALUES ($1, $2, $3, $4, $5) "
               "ON CONFLICT (order_id, kind, cause) DO NOTHING",
               id, item.kind, item.cause, encode_params(item.params), now) == 1;
}

bool insert_intent(db::Transaction& tx, OrderId id, std::string_view kind, std::string_view cause,
                   UtcTime now) {
    // A back end in our own database has done it when this commits.
    return tx.execute(
               "INSERT INTO intents (order_id, kind, cause, state, created_at) VALUES ($1, $2, $3, 'done', "
               "$4) "
               "ON CONFLICT (order_id, kind, cause) DO NOTHING",
               id, kind, cause, now) == 1;
}

std::string encode_params(const domain::TextParams& params) {
    if (params.empty()) return "{}";
    json::Object object;
    for (const auto& [name, text] : params) object[name] = text;
    return json::serialize(std::move(object));
}

domain::TextParams decode_params(std::string_view text) {
    domain::TextParams params;
    if (text == "{}") return params;
    const auto value = json::parse(text);
    CHECK(value.has_value() && value->is_object(), "parameters are stored as a JSON object");
    for (const auto& member : value->get_object())
        params.emplace(member.key(), std::string(member.value().as_string()));
    return params;
}

}  // namespace fairway::store
