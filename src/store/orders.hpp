#pragma once
// The mirror: Amazon orders with lines, packages, sealed documents, notes, history, and the dirty counter.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "domain/marketplace.hpp"
#include "domain/order.hpp"
#include "domain/plan.hpp"
#include "json/json.hpp"
#include "store/vault.hpp"

namespace fairway::store {

// The mirrored order as a row: what Amazon says and what Fairway made of it.
struct OrderRecord {
    OrderId id{};
    AccountId account_id{};
    StoreId store_id{};
    domain::Region region = domain::Region::eu;
    SellerId seller_id{};
    domain::AmazonOrder order{};                                  // with lines and packages
    domain::AmazonStatus status = domain::AmazonStatus::unknown;  // as the grid shows it
    domain::ImportState import_state = domain::ImportState::waiting;
    std::optional<domain::Block> block{};
    std::optional<domain::Note> note{};
    bool look_again = false;
    std::vector<std::string> address_missing{};    // domain::missing_fields of where it would go
    std::optional<UtcTime> address_repaired_at{};  // by a person (store/repairs.hpp)
    std::int64_t dirty = 0;
    DataKeyId key_id{};
    crypto::Digest content_hash{};
    UtcTime changed_at{};
};

// What identifies an order to us: it survives the deletion of its store.
struct OrderIdentity {
    domain::Region region = domain::Region::eu;
    SellerId seller_id{};
    AmazonOrderId amazon_order_id{};
};

struct IncomingOrder {
    domain::AmazonOrder order{};
    Pii<domain::PersonalData> personal{};
    Pii<std::string> document{};  // JSON text, nothing lost
    crypto::Digest content_hash{};
};

enum class UpsertOutcome { created, changed, unchanged, older };

// What is known of an order before it is written: version and key.
struct KnownOrder {
    OrderId id{};
    UtcTime updated_at{};
    crypto::Digest content_hash{};
    DataKeyId key_id{};
    bool key_lost = false;  // with the key store: the next read is sealed under a new one
};
std::optional<KnownOrder> find_known(db::Reader& tx, const OrderIdentity& identity);

// Writes one read of Amazon: an older version never overwrites a newer one, at equal times another content
// does. A created or changed order becomes dirty and gets a history entry; listings it names appear in the
// store's listings. new_key is used when the order is new or its key is lost (see Vault::create_keys): then
// its personal data is sealed anew, even where nothing else has changed.
UpsertOutcome upsert_order(db::Transaction& tx, Vault& vault, const OrderIdentity& identity,
                           AccountId account, StoreId store, const IncomingOrder& incoming, DataKeyId new_key,
                           UtcTime now);

// Amazon was asked for the order at this time, whatever it said.
void note_read(db::Transaction& tx, OrderId id, UtcTime now);
// Pending orders of active stores that Amazon has not shown since then, the longest unseen first.
std::vector<OrderId> list_old_pending(db::Reader& tx, AccountId account, UtcTime read_before, int limit);

// Orders of active stores whose key is lost and for which Amazon was not asked in vain since then; those
// placed last first: of them Amazon still shows most.
std::vector<OrderId> list_orders_without_key(db::Reader& tx, AccountId account, UtcTime asked_before,
                                             int limit);
void note_asked_in_vain(db::Transaction& tx, OrderId id, UtcTime now);
// Sealed under a new key, or Amazon has nothing more to show of it.
void forget_lost_key(db::Transaction& tx, OrderId id);

std::optional<OrderRecord> find_order(db::Reader& tx, OrderId id);
std::optional<OrderRecord> find_order(db::Reader& tx, StoreId store, const AmazonOrderId& amazon_order_id);
// Whatever store it belongs to; more than one account may know the same order id: then the one with the
// smallest row.
std::optional<OrderRecord> find_order(db::Reader& tx, const AmazonOrderId& amazon_order_id);

// not_found "key_destroyed" after erasure.
Result<Pii<domain::PersonalData>> read_personal(db::Reader& tx, Vault& vault, OrderId id);
Result<Pii<std::string>> read_document(db::Reader& tx, Vault& vault, OrderId id);

// ---- Reconciling: facts in, results out.

void mark_dirty(db::Transaction& tx, OrderId id);
// Orders that hang on a product (blocked on it, reserved, or with a line that resolves to it and no commerce
// order).
void mark_dirty_by_product(db::Transaction& tx, const ProductSku& sku);
// Orders of the store that have a line with that seller SKU and no commerce order yet.
void mark_dirty_by_listing(db::Transaction& tx, StoreId store, const SellerSku& sku);
// Orders with look_again; of one store or of all.
void mark_look_again_dirty(db::Transaction& tx, std::optional<StoreId> store);

// Ids after `after`, ascending, at most `limit`.
std::vector<OrderId> list_dirty(db::Reader& tx, OrderId after, int limit, std::optional<StoreId> store);

std::int64_t count_dirty(db::Reader& tx);

// Everything plan() wants to know about one order, from one snapshot. dirty is the counter's value at this
// moment.
struct GatheredFacts {
    OrderRecord record{};
    domain::OrderFacts facts{};
};
// What the facts of many orders have in common, so that a transaction reads it once and not for each order.
// Good for one transaction.
struct CommonFacts {
    struct OfStore {
        domain::StoreSettings settings{};
        std::vector<domain::ImportSwitch> import_switches{};
        UtcTime import_from{};
    };
    UtcTime tick_started{};
    std::map<StoreId, OfStore> stores{};  // those that were asked for so far
};
std::optional<GatheredFacts> gather_facts(db::Reader& tx, OrderId id, UtcTime now, CommonFacts& common);
// Of many orders, with as many statements as for one; ascending by id. What their lines' SKUs resolve to is
// left out: it changes as one after the other takes its stock, and is added by resolve_lines right before an
// order is planned.
std::vector<GatheredFacts> gather_facts(db::Reader& tx, std::span<const OrderId> ids, UtcTime now,
                                        CommonFacts& common);
void resolve_lines(db::Reader& tx, GatheredFacts& gathered);
// The facts of orders of the same transaction after a step: what has become of them here is read anew, lines
// to be resolved again; what Amazon says of them nobody can have changed.
void refresh_facts(db::Reader& tx, std::span<GatheredFacts> orders, UtcTime now);

// Clears dirty if it still has the value that the plan read; returns whether it did.
bool clear_dirty(db::Transaction& tx, OrderId id, std::int64_t seen);

void set_import_state(db::Transaction& tx, OrderId id, domain::ImportState state, UtcTime now);
void set_status(db::Transaction& tx, OrderId id, domain::AmazonStatus status, UtcTime now);
void set_block(db::Transaction& tx, OrderId id, const std::optional<domain::Block>& block, UtcTime now);
void set_look_again(db::Transaction& tx, OrderId id, bool look_again);
// Adds to the history and shows it on the row.
void write_note(db::Transaction& tx, OrderId id, const domain::Note& note, UtcTime now);
// Adds to the history only.
void write_history(db::Transaction& tx, OrderId id, const domain::Note& note, UtcTime now);

struct HistoryEntry {
    UtcTime at{};
    domain::Note note{};
};
std::vector<HistoryEntry> list_history(db::Reader& tx, OrderId id);

// Once per order, kind and cause; returns whether it was opened now.
bool open_attention(db::Transaction& tx, OrderId id, const domain::OpenAttention& item, UtcTime now);

// Once per cause: false if the back end was already asked.
bool insert_intent(db::Transaction& tx, OrderId id, std::string_view kind, std::string_view cause,
                   UtcTime now);

// ---- What Amazon sent and we could not read.

struct QuarantineRecord {
    QuarantineId id{};
    AccountId account_id{};
    std::optional<AmazonOrderId> amazon_order_id{};
    std::string error_code{};
    std::string error_text{};
    std::string error_field{};
    UtcTime first_seen_at{};
    UtcTime last_seen_at{};
    std::int64_t times_seen = 0;
    bool retry_asked = false;  // by a person, since Amazon was last asked for it
};
// A document that is kept already is counted and needs no key. Of a document at most 256 KiB are kept, and of
// an account's the newest 1,000: Amazon may send something else that cannot be read at every call.
void keep_aside(db::Transaction& tx, Vault& vault, AccountId account, const std::optional<AmazonOrderId>& id,
                const Error& error, const Pii<std::string>& document, DataKeyId key, UtcTime now);
bool is_kept_aside(db::Reader& tx, AccountId account, const Pii<std::string>& document);
// Orders of which an answer is kept aside that a person wants to be read again, and those whose answer was
// last met before that time, the longest ago first.
std::vector<AmazonOrderId> list_orders_kept_aside(db::Reader& tx, AccountId account, UtcTime before,
                                                  int limit);
// The order was asked for again, in vain.
void note_still_aside(db::Transaction& tx, AccountId account, const AmazonOrderId& order, UtcTime now);
// The order was read, or Amazon no longer knows it: what is kept of it aside serves nobody.
void drop_kept_aside(db::Transaction& tx, AccountId account, const AmazonOrderId& order);
// A person wants the order to be asked for at the next sweep. not_found "quarantined_missing"; conflict
// "order_unknown" when the answer names no order.
Status ask_for_retry(db::Transaction& tx, QuarantineId id);
std::vector<QuarantineRecord> list_quarantine(db::Reader& tx, QuarantineId after, int limit);
std::optional<QuarantineRecord> find_quarantined(db::Reader& tx, QuarantineId id);
std::int64_t count_quarantine(db::Reader& tx);
void count_unknown_members(db::Transaction& tx, const std::vector<std::string>& paths, UtcTime now);

std::string encode_params(const domain::TextParams& params);
domain::TextParams decode_params(std::string_view text);

}  // namespace fairway::store
