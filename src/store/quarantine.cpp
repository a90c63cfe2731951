// What Amazon sent and this version could not read or does not know.
#include <array>

#include "base/text.hpp"
#include "store/orders.hpp"

namespace fairway::store {

namespace {

constexpr std::size_t kDocumentMax = 256UL * 1024;
constexpr int kRowsMax = 1'000;

}  // namespace

bool is_kept_aside(db::Reader& tx, AccountId account, const Pii<std::string>& document) {
    const crypto::Digest digest = crypto::sha256(document.reveal());
    // UNIQUE (account_id, content_hash)
    return tx
        .one("SELECT id FROM quarantine WHERE account_id = $1 AND content_hash = $2", account,
             std::span<const std::uint8_t>(digest))
        .has_value();
}

void keep_aside(db::Transaction& tx, Vault& vault, AccountId account, const std::optional<AmazonOrderId>& id,
                const Error& error, const Pii<std::string>& document, DataKeyId key, UtcTime now) {
    const crypto::Digest digest = crypto::sha256(document.reveal());
    const std::span<const std::uint8_t> hash = digest;
    // Every sweep may bring it again; the reason is the newest version's.
    const std::int64_t seen_before = tx.execute(
        "UPDATE quarantine SET error_code = $1, error_text = $2, error_field = $3, last_seen_at = $4, "
        "times_seen = times_seen + 1, retry_asked = 0 WHERE account_id = $5 AND content_hash = $6",
        error.code, error.message, error.field, now, account, hash);
    if (seen_before > 0) return;
    const std::string context = "quarantine.document/" + account.str() + "/" + hex_encode(hash);
    tx.queue(
        "INSERT INTO quarantine (account_id, amazon_order_id, content_hash, error_code, error_text, "
        "error_field, sealed_document, key_id, first_seen_at, last_seen_at, times_seen) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)",
        account, id, hash, error.code, error.message, error.field,
        vault.seal(key, context, std::string_view(document.reveal()).substr(0, kDocumentMax)), key, now);
    // By the account's rows in the unique index; rare, and not many.
    tx.execute(
        "DELETE FROM quarantine WHERE account_id = $1 AND id <= (SELECT id FROM quarantine "
        "WHERE account_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        account, kRowsMax);
}

std::vector<AmazonOrderId> list_orders_kept_aside(db::Reader& tx, AccountId account, UtcTime before,
                                                  int limit) {
    // By the account's rows in the unique index; rare, and not many.
    std::vector<AmazonOrderId> orders;
    for (const db::Row& row : tx.query(
             "SELECT amazon_order_id FROM quarantine WHERE account_id = $1 AND amazon_order_id IS NOT NULL "
             "GROUP BY amazon_order_id HAVING MAX(last_seen_at) < $2 OR MAX(retry_asked) = 1 "
             "ORDER BY MAX(retry_asked) DESC, MAX(last_seen_at), amazon_order_id LIMIT $3",
             account, before, limit))
        orders.push_back(row.get<AmazonOrderId>(0));
    return orders;
}

void note_still_aside(db::Transaction& tx, AccountId account, const AmazonOrderId& order, UtcTime now) {
    tx.queue(
        "UPDATE quarantine SET last_seen_at = $1, retry_asked = 0 WHERE account_id = $2 AND amazon_order_id "
        "= "
        "$3",
        now, account, order);
}

void drop_kept_aside(db::Transaction& tx, AccountId account, const AmazonOrderId& order) {
    tx.queue("DELETE FROM quarantine WHERE account_id = $1 AND amazon_order_id = $2", account, order);
}

namespace {

constexpr std::string_view kSelect =
    "SELECT id, account_id, amazon_order_id, error_code, error_text, error_field, first_seen_at, "
    "last_seen_at, times_seen, retry_asked FROM quarantine ";

QuarantineRecord read_quarantined(const db::Row& row) {
    return {.id = row.get<QuarantineId>(0),
            .account_id = row.get<AccountId>(1),
            .amazon_order_id = row.get<std::optional<AmazonOrderId>>(2),
            .error_code = row.get<std::string>(3),
            .error_text = row.get<std::string>(4),
            .error_field = row.get<std::string>(5),
            .first_seen_at = row.get<UtcTime>(6),
            .last_seen_at = row.get<UtcTime>(7),
            .times_seen = row.get<std::int64_t>(8),
            .retry_asked = row.get<bool>(9)};
}

}  // namespace

std::vector<QuarantineRecord> list_quarantine(db::Reader& tx, QuarantineId after, int limit) {
    std::vector<QuarantineRecord> records;
    for (const db::Row& row :
         tx.query(std::string(kSelect) + "WHERE id > $1 ORDER BY id LIMIT $2", after, limit))
        records.push_back(read_quarantined(row));
    return records;
}

std::optional<QuarantineRecord> find_quarantined(db::Reader& tx, QuarantineId id) {
    const auto row = tx.one(std::string(kSelect) + "WHERE id = $1", id);
    if (!row) return std::nullopt;
    return read_quarantined(*row);
}

Status ask_for_retry(db::Transaction& tx, QuarantineId id) {
    const auto record = find_quarantined(tx, id);
    if (!record)
        return fail(ErrorKind::not_found, "quarantined_missing", "there is no answer " + id.str() + " kept",
                    "id");
    if (!record->amazon_order_id)
        return fail(
            ErrorKind::conflict, "order_unknown",
            "this answer names no order that Amazon could be asked for; it is read again with its page",
            "id");
    tx.queue("UPDATE quarantine SET retry_asked = 1 WHERE id = $1", id);
    return {};
}

std::int64_t count_quarantine(db::Reader& tx) {
    return tx.one("SELECT COUNT(*) FROM quarantine")->get<std::int64_t>(0);
}

void count_unknown_members(db::Transaction& tx, const std::vector<std::string>& paths, UtcTime now) {
    for (const std::string& path : paths)
        tx.queue(
            "INSERT INTO unknown_members (path, first_seen_at, last_seen_at, times_seen) "
            "VALUES ($1, $2, $2, 1) ON CONFLICT (path) DO UPDATE SET last_seen_at = excluded.last_seen_at, "
            "times_seen = unknown_members.times_seen + 1",
            path, now);
}

}  // namespace fairway::store
