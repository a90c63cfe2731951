#include "store/orders.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fault_point.hpp"
#include "store/name_index.hpp"
#include "store/order_rows.hpp"
#include "store/personal_json.hpp"
#include "store/products.hpp"
#include "store/repairs.hpp"

namespace fairway::store {

namespace {

// What a later read is compared with and what of it stays.
struct Mirrored {
    KnownOrder known{};
    domain::AmazonStatus amazon_status{};
    domain::AmazonStatus status{};
    domain::DataState recipient_state{};
    domain::DataState buyer_state{};
    std::optional<domain::Money> total{};
    bool repaired = false;  // a person gave the order another address
};

KnownOrder read_known(const db::Row& row) {
    KnownOrder known{.id = row.get<OrderId>(0),
                     .updated_at = row.get<UtcTime>(1),
                     .key_id = row.get<DataKeyId>(3),
                     .key_lost = row.get<bool>(4)};
    const auto hash = row.get<db::Blob>(2);
    CHECK(hash.size() == known.content_hash.size(), "a stored digest is whole");
    std::ranges::copy(hash, known.content_hash.begin());
    return known;
}

// What read_known wants, in its order.
constexpr std::string_view kKnownColumns =
    "id, updated_at, content_hash, key_id, "
    "CASE WHEN EXISTS (SELECT 1 FROM orders_without_key AS k WHERE k.order_id = amazon_orders.id) "
    "THEN 1 ELSE 0 END";

// Index amazon_orders_by_amazon_order_id, the unique one.
std::optional<Mirrored> find_mirrored(db::Reader& tx, const OrderIdentity& identity) {
    const auto row =
        tx.one("SELECT " + std::string(kKnownColumns) +
                   ", amazon_status, status, recipient_state, buyer_state, currency, total_minor, "
                   "address_repaired_at "
                   "FROM amazon_orders WHERE region = $1 AND seller_id = $2 AND amazon_order_id = $3",
               domain::to_text(identity.region), identity.seller_id, identity.amazon_order_id);
    if (!row) return std::nullopt;
    Mirrored mirrored{.known = read_known(*row),
                      .amazon_status = read_enum<domain::AmazonStatus>(*row, 5),
                      .status = read_enum<domain::AmazonStatus>(*row, 6),
                      .recipient_state = read_enum<domain::DataState>(*row, 7),
                      .buyer_state = read_enum<domain::DataState>(*row, 8),
                      .total = {},
                      .repaired = !row->is_null(11)};
    if (!row->is_null(10))
        mirrored.total = {row->get<std::int64_t>(10), domain::Currency::of(row->get<std::string>(9))};
    return mirrored;
}

std::span<const std::uint8_t> as_span(const crypto::Digest& digest) { return digest; }

std::string personal_context(const AmazonOrderId& id) {
    return "amazon_order_documents.personal/" + id.str();
}
std::string document_context(const AmazonOrderId& id) {
    return "amazon_order_documents.document/" + id.str();
}

std::optional<std::string> order_currency(const domain::AmazonOrder& order) {
    if (order.total && order.order_other)
        CHECK(order.total->currency == order.order_other->currency,
              "the amounts of an order are in one currency");
    if (order.total) return order.total->currency.str();
    return order.order_other ? std::optional(order.order_other->currency.str()) : std::nullopt;
}

std::optional<std::int64_t> minor_of(const std::optional<domain::Money>& money) {
    return money ? std::optional(money->minor) : std::nullopt;
}

// Amazon's own word for what this version does not know.
std::string status_word(domain::AmazonStatus status, const std::string& text) {
    return status == domain::AmazonStatus::unknown && !text.empty() ? text
                                                                    : std::string(domain::to_text(status));
}

// What is missing of Amazon's address. Of one that is withheld nobody knows.
std::optional<std::string> missing_of(const domain::AmazonOrder& order,
                                      const Pii<domain::PersonalData>& personal) {
    const std::optional<domain::Address>& address = personal.reveal().recipient;
    if (order.recipient_state != domain::DataState::granted || !address) return std::nullopt;
    return encode_missing(domain::missing_fields(*address));
}

void write_documents(db::Transaction& tx, Vault& vault, DataKeyId key, OrderId id,
                     const AmazonOrderId& amazon_order_id, const IncomingOrder& incoming,
                     const Pii<domain::PersonalData>& personal) {
    tx.queue(
        "INSERT INTO amazon_order_documents (order_id, sealed_document, sealed_personal) VALUES ($1, $2, $3) "
        "ON CONFLICT (order_id) DO UPDATE SET sealed_document = excluded.sealed_document, "
        "sealed_personal = excluded.sealed_personal",
        id, vault.seal(key, document_context(amazon_order_id), incoming.document.reveal()),
        vault.seal(key, personal_context(amazon_order_id), encode_personal(personal).reveal()));
}

// Lines that are new or other than before; their listings when what they say of the product is.
void write_lines(db::Transaction& tx, OrderId id, StoreId store, const std::vector<domain::OrderLine>& before,
                 const std::vector<domain::OrderLine>& after, UtcTime now) {
    for (const domain::OrderLine& line : after) {
        const auto known = std::ranges::find(before, line.line, &domain::OrderLine::line);
        if (known != before.end() && *known == line) continue;
        write_line(tx, id, line);
        const bool told = known != before.end() && known->seller_sku == line.seller_sku &&
                          known->asin == line.asin && known->title == line.title;
        if (!told && !line.seller_sku.empty())
            note_listing(tx, store, line.seller_sku, line.asin, line.title, now);
    }
}

void insert_order(db::Transaction& tx, Vault& vault, const OrderIdentity& identity, AccountId account,
                  StoreId store, const IncomingOrder& incoming, DataKeyId key, UtcTime now) {
    // The same rule that keeps line numbers apart in later reads gives them out in the first.
    const domain::AmazonOrder order = domain::merge({}, incoming.order);
    const std::string_view status = domain::to_text(order.status);
    const OrderId id{tx.insert(
        "INSERT INTO amazon_orders (region, seller_id, amazon_order_id, account_id, store_id, "
        "marketplace_id, "
        "amazon_status, amazon_status_text, status, import_state, fulfilled_by, programs, replacement, "
        "purchased_at, "
        "updated_at, ship_by, currency, total_minor, other_minor, recipient_state, buyer_state, "
        "content_hash, "
        "changed_at, read_at, key_id, address_missing) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9, $10, "
        "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22, $23, $24)",
        domain::to_text(identity.region), identity.seller_id, identity.amazon_order_id, account, store,
        order.marketplace, status, order.status_text, domain::to_text(domain::ImportState::waiting),
        domain::to_text(order.fulfilled_by), encode_programs(order.programs), order.replacement,
        order.purchased_at, order.updated_at, order.ship_by, order_currency(order), minor_of(order.total),
        minor_of(order.order_other), domain::to_text(order.recipient_state),
        domain::to_text(order.buyer_state), as_span(incoming.content_hash), now, key,
        missing_of(order, incoming.personal))};
    write_lines(tx, id, store, {}, order.lines, now);
    if (!order.packages.empty()) replace_packages(tx, id, order.packages);
    write_documents(tx, vault, key, id, identity.amazon_order_id, incoming, incoming.personal);
    index_names(tx, vault, id, incoming.personal.reveal());
    write_history(tx, id, {"history.order_seen", {{"status", status_word(order.status, order.status_text)}}},
                  now);
}

// Amazon withdraws personal data some time after delivery; what was granted once stays until it is erased
// here. Changes the order's states to those of the data that is kept.
Pii<domain::PersonalData> keep_granted(db::Reader& tx, Vault& vault, const Mirrored& before,
                                       const Pii<domain::PersonalData>& read, domain::AmazonOrder& order) {
    using domain::DataState;
    const bool keep_recipient =
        before.recipient_state == DataState::granted && order.recipient_state != DataState::granted;
    const bool keep_buyer =
        before.buyer_state == DataState::granted && order.buyer_state != DataState::granted;
    if (!keep_recipient && !keep_buyer) return read;
    const auto earlier = read_personal(tx, vault, before.known.id);
    if (!earlier) return read;

    domain::PersonalData kept = read.reveal();
    if (keep_recipient) {
        kept.recipient = earlier->reveal().recipient;
        order.recipient_state = DataState::granted;
    }
    if (keep_buyer) {
        kept.buyer = earlier->reveal().buyer;
        order.buyer_state = DataState::granted;
    }
    if (kept.gift_messages.empty()) kept.gift_messages = earlier->reveal().gift_messages;
    return Pii(std::move(kept));
}

// What the grid shows until the plan has looked: our own shipments still count, except where Amazon's new
// status cannot be advanced by them.
domain::AmazonStatus status_until_planned(const Mirrored& before, domain::AmazonStatus read) {
    const bool advanced = before.status != before.amazon_status;
    const bool can_be_advanced =
        read == domain::AmazonStatus::unshipped || read == domain::AmazonStatus::partially_shipped;
    return advanced && can_be_advanced ? before.status : read;
}

// A read of Amazon: what of it goes into the row beside the order.
struct ReadFacts {
    crypto::Digest hash{};
    DataKeyId key{};
    std::optional<std::string> address_missing{};
};

void update_row(db::Transaction& tx, const Mirrored& before, AccountId account, StoreId store,
                const domain::AmazonOrder& order, const ReadFacts& facts, UtcTime now) {
    tx.queue(
        "UPDATE amazon_orders SET account_id = $1, store_id = $2, marketplace_id = $3, amazon_status = $4, "
        "amazon_status_text = $5, status = $6, fulfilled_by = $7, programs = $8, replacement = $9, "
        "purchased_at = $10, updated_at = $11, ship_by = $12, currency = $13, total_minor = $14, "
        "other_minor = $15, recipient_state = $16, buyer_state = $17, content_hash = $18, changed_at = $19, "
        "read_at = $19, key_id = $20, address_missing = $21, dirty = dirty + 1 WHERE id = $22",
        account, store, order.marketplace, domain::to_text(order.status), order.status_text,
        domain::to_text(status_until_planned(before, order.status)), domain::to_text(order.fulfilled_by),
        encode_programs(order.programs), order.replacement, order.purchased_at, order.updated_at,
        order.ship_by, order_currency(order), minor_of(order.total), minor_of(order.order_other),
        domain::to_text(order.recipient_state), domain::to_text(order.buyer_state), as_span(facts.hash), now,
        facts.key, facts.address_missing, before.known.id);
}

// Names are looked up by the address that the order goes to.
void index_anew(db::Transaction& tx, Vault& vault, OrderId id, const Pii<domain::PersonalData>& personal,
                const std::optional<Pii<domain::Address>>& repair) {
    domain::PersonalData known = personal.reveal();
    if (repair) known.recipient = repair->reveal();
    drop_names(tx, id);
    index_names(tx, vault, id, known);
}

std::optional<Pii<domain::Address>> find_repair(db::Reader& tx, Vault& vault, const Mirrored& before) {
    if (!before.repaired) return std::nullopt;
    auto repair = read_repair(tx, vault, before.known.id);
    return repair ? std::optional(*std::move(repair)) : std::nullopt;
}

void update_order(db::Transaction& tx, Vault& vault, const Mirrored& before, AccountId account, StoreId store,
                  const IncomingOrder& incoming, DataKeyId new_key, UtcTime now) {
    const OrderId id = before.known.id;
    const domain::AmazonOrder known{
        .id = incoming.order.id, .total = before.total, .lines = load_lines(tx, id)};
    domain::AmazonOrder order = domain::merge(known, incoming.order);
    const Pii<domain::PersonalData> personal = keep_granted(tx, vault, before, incoming.personal, order);

    DataKeyId key = before.known.key_id;
    const bool key_is_gone = !vault.has_key(key);
    const bool seals = !key_is_gone || (new_key != key && new_key != DataKeyId{});
    if (key_is_gone && seals) key = new_key;

    // A repair is whole: nothing is missing as long as it opens.
    const auto repair = find_repair(tx, vault, before);
    update_row(tx, before, account, store, order,
               {incoming.content_hash, key, repair ? std::nullopt : missing_of(order, personal)}, now);
    write_lines(tx, id, store, known.lines, order.lines, now);
    replace_packages(tx, id, order.packages);
    if (seals) {
        write_documents(tx, vault, key, id, incoming.order.id, incoming, personal);
        index_anew(tx, vault, id, personal, repair);
        if (before.repaired && !repair) drop_repair(tx, id, now);
        if (before.known.key_lost) forget_lost_key(tx, id);
    }
    const std::string status = status_word(order.status, order.status_text);
    if (before.amazon_status == order.status) write_history(tx, id, {"history.order_updated", {}}, now);
    else
        write_history(tx, id,
                      {"history.status_changed",
                       {{"from", std::string(domain::to_text(before.amazon_status))}, {"to", status}}},
                      now);
}

// Nothing is new but the key, under which the order's personal data can be read again.
void seal_anew(db::Transaction& tx, Vault& vault, const Mirrored& before, const IncomingOrder& incoming,
               DataKeyId key, UtcTime now) {
    const OrderId id = before.known.id;
    tx.execute("UPDATE amazon_orders SET key_id = $1, address_missing = $2 WHERE id = $3", key,
               missing_of(incoming.order, incoming.personal), id);
    write_documents(tx, vault, key, id, incoming.order.id, incoming, incoming.personal);
    index_anew(tx, vault, id, incoming.personal, std::nullopt);
    if (before.repaired) {
        drop_repair(tx, id, now);
        mark_dirty(tx, id);
    }
    forget_lost_key(tx, id);
}

// One sealed column of the order's documents.
Result<Pii<std::string>> open_column(db::Reader& tx, Vault& vault, OrderId id, std::string_view column,
                                     std::string (*context)(const AmazonOrderId&)) {
    const auto row = tx.one("SELECT d." + std::string(column) +
                                ", o.key_id, o.amazon_order_id FROM amazon_orders AS o "
                                "LEFT JOIN amazon_order_documents AS d ON d.order_id = o.id WHERE o.id = $1",
                            id);
    if (!row) return fail(ErrorKind::not_found, "order_missing", "there is no order " + id.str());
    if (row->is_null(0)) return fail(ErrorKind::not_found, "key_destroyed", "the personal data was erased");
    return Pii(
        TRY(vault.open(row->get<DataKeyId>(1), context(row->get<AmazonOrderId>(2)), row->get<db::Blob>(0))));
}

std::optional<OrderRecord> first_of(std::vector<OrderRecord> records) {
    if (records.empty()) return std::nullopt;
    return std::move(records.front());
}

}  // namespace

std::optional<KnownOrder> find_known(db::Reader& tx, const OrderIdentity& identity) {
    // Index amazon_orders_by_amazon_order_id, the unique one.
    const auto row =
        tx.one("SELECT " + std::string(kKnownColumns) +
                   " FROM amazon_orders WHERE region = $1 AND seller_id = $2 AND amazon_order_id = $3",
               domain::to_text(identity.region), identity.seller_id, identity.amazon_order_id);
    if (!row) return std::nullopt;
    return read_known(*row);
}

UpsertOutcome upsert_order(db::Transaction& tx, Vault& vault, const OrderIdentity& identity,
                           AccountId account, StoreId store, const IncomingOrder& incoming, DataKeyId new_key,
                           UtcTime now) {
    const auto before = find_mirrored(tx, identity);
    if (!before) {
        insert_order(tx, vault, identity, account, store, incoming, new_key, now);
        return UpsertOutcome::created;
    }
    const bool older =
        incoming.order.updated_at < before->known.updated_at && !mutant("older_version_overwrites");
    const bool same = incoming.order.updated_at == before->known.updated_at &&
                      incoming.content_hash == before->known.content_hash;
    if (older || same) {
        const bool has_new_key = before->known.key_lost && vault.has_key(new_key);
        if (same && has_new_key) seal_anew(tx, vault, *before, incoming, new_key, now);
        note_read(tx, before->known.id, now);
        return older ? UpsertOutcome::older : UpsertOutcome::unchanged;
    }
    update_order(tx, vault, *before, account, store, incoming, new_key, now);
    return UpsertOutcome::changed;
}

void note_read(db::Transaction& tx, OrderId id, UtcTime now) {
    tx.queue("UPDATE amazon_orders SET read_at = $1 WHERE id = $2", now, id);
}

std::vector<OrderId> list_old_pending(db::Reader& tx, AccountId account, UtcTime read_before, int limit) {
    // Index amazon_orders_pending.
    std::vector<OrderId> ids;
    for (const db::Row& row : tx.query(
             "SELECT id FROM amazon_orders WHERE account_id = $1 AND read_at < $2 "
             "AND amazon_status IN ('Pending', 'PendingAvailability') "
             "AND EXISTS (SELECT 1 FROM stores AS s WHERE s.id = amazon_orders.store_id AND s.active = 1) "
             "ORDER BY read_at LIMIT $3",
             account, read_before, limit))
        ids.push_back(row.get<OrderId>(0));
    return ids;
}

std::vector<OrderId> list_orders_without_key(db::Reader& tx, AccountId account, UtcTime asked_before,
                                             int limit) {
    // A small table; most of the time it is empty. CROSS JOIN: SQLite keeps this order of the tables, and
    // never begins with all orders of a store.
    std::vector<OrderId> ids;
    for (const db::Row& row :
         tx.query("SELECT o.id FROM orders_without_key AS k CROSS JOIN amazon_orders AS o "
                  "CROSS JOIN stores AS s WHERE o.id = k.order_id AND s.id = o.store_id AND s.active = 1 "
                  "AND o.account_id = $1 AND k.asked_at < $2 ORDER BY o.purchased_at DESC, o.id DESC "
                  "LIMIT $3",
                  account, asked_before, limit))
        ids.push_back(row.get<OrderId>(0));
    return ids;
}

void note_asked_in_vain(db::Transaction& tx, OrderId id, UtcTime now) {
    tx.execute("UPDATE orders_without_key SET asked_at = $1 WHERE order_id = $2", now, id);
}

void forget_lost_key(db::Transaction& tx, OrderId id) {
    tx.execute("DELETE FROM orders_without_key WHERE order_id = $1", id);
}

std::optional<OrderRecord> find_order(db::Reader& tx, OrderId id) {
    return first_of(load_orders(tx, "WHERE id = $1", {db::bind(id)}));
}

std::optional<OrderRecord> find_order(db::Reader& tx, StoreId store, const AmazonOrderId& amazon_order_id) {
    // Index amazon_orders_by_amazon_order_id.
    return first_of(load_orders(tx, "WHERE amazon_order_id = $1 AND +store_id = $2 ORDER BY id LIMIT 1",
                                {db::bind(amazon_order_id), db::bind(store)}));
}

std::optional<OrderRecord> find_order(db::Reader& tx, const AmazonOrderId& amazon_order_id) {
    // Index amazon_orders_by_amazon_order_id.
    return first_of(
        load_orders(tx, "WHERE amazon_order_id = $1 ORDER BY id LIMIT 1", {db::bind(amazon_order_id)}));
}

Result<Pii<domain::PersonalData>> read_personal(db::Reader& tx, Vault& vault, OrderId id) {
    return decode_personal(TRY(open_column(tx, vault, id, "sealed_personal", personal_context)));
}

Result<Pii<std::string>> read_document(db::Reader& tx, Vault& vault, OrderId id) {
    return open_column(tx, vault, id, "sealed_document", document_context);
}

}  // namespace fairway::store
