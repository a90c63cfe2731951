#include "store/repairs.hpp"

#include "store/name_index.hpp"
#include "store/order_rows.hpp"
#include "store/personal_json.hpp"

namespace fairway::store {

namespace {

std::string repair_context(const AmazonOrderId& id) { return "amazon_order_documents.repair/" + id.str(); }

}  // namespace

void save_repair(db::Transaction& tx, Vault& vault, const OrderRecord& order,
                 const Pii<domain::Address>& address, UtcTime now) {
    tx.execute("UPDATE amazon_order_documents SET sealed_repair = $1 WHERE order_id = $2",
               vault.seal(order.key_id, repair_context(order.order.id), encode_address(address).reveal()),
               order.id);
    tx.execute(
        "UPDATE amazon_orders SET address_missing = $1, address_repaired_at = $2, changed_at = $2 "
        "WHERE id = $3",
        encode_missing(domain::missing_fields(address.reveal())), now, order.id);
    const auto personal = read_personal(tx, vault, order.id);
    domain::PersonalData known = personal ? personal->reveal() : domain::PersonalData{};
    known.recipient = address.reveal();
    drop_names(tx, order.id);
    index_names(tx, vault, order.id, known);
}

Result<Pii<domain::Address>> read_repair(db::Reader& tx, Vault& vault, OrderId id) {
    const auto row = tx.one(
        "SELECT d.sealed_repair, o.key_id, o.amazon_order_id FROM amazon_orders AS o "
        "JOIN amazon_order_documents AS d ON d.order_id = o.id WHERE o.id = $1",
        id);
    if (!row || row->is_null(0))
        return fail(ErrorKind::not_found, "not_repaired",
                    "the shipping address of order " + id.str() + " was not repaired");
    return decode_address(Pii(TRY(vault.open(
        row->get<DataKeyId>(1), repair_context(row->get<AmazonOrderId>(2)), row->get<db::Blob>(0)))));
}

void drop_repair(db::Transaction& tx, OrderId id, UtcTime now) {
    tx.execute("UPDATE amazon_order_documents SET sealed_repair = NULL WHERE order_id = $1", id);
    tx.execute("UPDATE amazon_orders SET address_repaired_at = NULL WHERE id = $1", id);
    write_history(tx, id, {"history.repair_lost", {}}, now);
}

void insert_decision(db::Transaction& tx, OrderId id, std::string_view kind, std::string_view cause,
                     UtcTime now) {
    tx.execute("INSERT INTO decisions (order_id, kind, cause, at) VALUES ($1, $2, $3, $4)", id, kind, cause,
               now);
}

}  // namespace fairway::store
