#include "store/order_rows.hpp"

#include <algorithm>
#include <unordered_map>

#include <boost/json.hpp>

#include "base/text.hpp"

namespace fairway::store {

namespace {

// What Fairway made of an order; read_own wants them one after the other.
constexpr std::string_view kOwnColumns =
    "status, import_state, block_reason, block_line, block_seller_sku, block_product_sku, block_params, "
    "note_code, note_params, look_again, dirty, changed_at, address_missing, address_repaired_at";

// kOwnColumns follow.
constexpr std::string_view kOrderColumns =
    "id, account_id, store_id, region, seller_id, amazon_order_id, marketplace_id, amazon_status, "
    "amazon_status_text, fulfilled_by, programs, replacement, purchased_at, updated_at, ship_by, currency, "
    "total_minor, other_minor, recipient_state, buyer_state, content_hash, key_id, ";
constexpr std::size_t kOwnInOrder = 22;

constexpr std::string_view kLineColumns =
    "order_id, line, order_item_id, seller_sku, asin, title, quantity_ordered, quantity_fulfilled, "
    "quantity_unfulfilled, currency, item_minor, tax_minor, shipping_minor, discount_minor, gift_wrap_minor, "
    "other_minor, proceeds_total_minor";

std::vector<std::string> decode_list(std::string_view text) {
    std::vector<std::string> parts;
    for (const std::string_view part : split(text, ','))
        if (!part.empty()) parts.emplace_back(part);
    return parts;
}

std::optional<domain::Money> read_money(const db::Row& row, std::size_t minor, std::size_t currency) {
    if (row.is_null(minor)) return std::nullopt;
    return domain::Money{row.get<std::int64_t>(minor), domain::Currency::of(row.get<std::string>(currency))};
}

crypto::Digest read_digest(const db::Row& row, std::size_t column) {
    const auto bytes = row.get<db::Blob>(column);
    crypto::Digest digest{};
    CHECK(bytes.size() == digest.size(), "a stored digest is whole");
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

std::optional<domain::Block> read_block(const db::Row& row, std::size_t first) {
    if (row.is_null(first)) return std::nullopt;
    return domain::Block{.reason = read_enum<domain::BlockReason>(row, first),
                         .line = row.get<int>(first + 1),
                         .seller_sku = row.get<std::optional<SellerSku>>(first + 2).value_or(SellerSku()),
                         .product_sku = row.get<std::optional<ProductSku>>(first + 3).value_or(ProductSku()),
                         .params = decode_params(row.get<std::string>(first + 4))};
}

std::optional<domain::Note> read_note(const db::Row& row, std::size_t first) {
    if (row.is_null(first)) return std::nullopt;
    return domain::Note{row.get<std::string>(first), decode_params(row.get<std::string>(first + 1))};
}

void read_own(const db::Row& row, std::size_t first, OrderRecord& record) {
    record.status = read_enum<domain::AmazonStatus>(row, first);
    record.import_state = read_enum<domain::ImportState>(row, first + 1);
    record.block = read_block(row, first + 2);
    record.note = read_note(row, first + 7);
    record.look_again = row.get<bool>(first + 9);
    record.dirty = row.get<std::int64_t>(first + 10);
    record.changed_at = row.get<UtcTime>(first + 11);
    record.address_missing = decode_list(row.get<std::optional<std::string>>(first + 12).value_or(""));
    record.address_repaired_at = row.get<std::optional<UtcTime>>(first + 13);
}

domain::AmazonOrder read_amazon_order(const db::Row& row) {
    return {.id = row.get<AmazonOrderId>(5),
            .marketplace = row.get<MarketplaceId>(6),
            .status = read_enum<domain::AmazonStatus>(row, 7),
            .status_text = row.get<std::string>(8),
            .fulfilled_by = read_enum<domain::FulfilledBy>(row, 9),
            .programs = decode_list(row.get<std::string>(10)),
            .replacement = row.get<bool>(11),
            .purchased_at = row.get<UtcTime>(12),
            .updated_at = row.get<UtcTime>(13),
            .ship_by = row.get<std::optional<UtcTime>>(14),
            .total = read_money(row, 16, 15),
            .order_other = read_money(row, 17, 15),
            .lines = {},
            .packages = {},
            .recipient_state = read_enum<domain::DataState>(row, 18),
            .buyer_state = read_enum<domain::DataState>(row, 19)};
}

OrderRecord read_order(const db::Row& row) {
    const auto region = domain::parse_region(row.get<std::string>(3));
    CHECK(region.has_value(), "an order's region is one of ours");
    OrderRecord record{.id = row.get<OrderId>(0),
                       .account_id = row.get<AccountId>(1),
                       .store_id = row.get<StoreId>(2),
                       .region = *region,
                       .seller_id = row.get<SellerId>(4),
                       .order = read_amazon_order(row),
                       .key_id = row.get<DataKeyId>(21),
                       .content_hash = read_digest(row, 20)};
    read_own(row, kOwnInOrder, record);
    return record;
}

domain::OrderLine read_line(const db::Row& row) {
    domain::OrderLine line{.line = row.get<int>(1),
                           .order_item_id = row.get<OrderItemId>(2),
                           .seller_sku = row.get<SellerSku>(3),
                           .asin = row.get<Asin>(4),
                           .title = row.get<std::string>(5),
                           .quantity_ordered = row.get<std::int64_t>(6),
                           .quantity_fulfilled = row.get<std::int64_t>(7),
                           .quantity_unfulfilled = row.get<std::int64_t>(8),
                           .proceeds = {},
                           .proceeds_total = read_money(row, 16, 9)};
    if (row.is_null(10)) return line;
    const auto part = [&](std::size_t column) { return read_money(row, column, 9).value(); };
    line.proceeds = {part(10), part(11), part(12), part(13), part(14), part(15)};
    return line;
}

std::string encode_package_items(const std::vector<domain::PackageItem>& items) {
    json::Array array;
    for (const domain::PackageItem& item : items)
        array.push_back(json::Array{item.order_item_id.str(), item.quantity});
    return json::serialize(array);
}

std::vector<domain::PackageItem> decode_package_items(const std::string& text) {
    const auto value = json::parse(text);
    CHECK(value.has_value() && value->is_array(), "a package's items are stored as a JSON array");
    std::vector<domain::PackageItem> items;
    for (const json::Value& each : value->get_array())
        items.push_back({OrderItemId(std::string_view(each.at(0).as_string())), each.at(1).as_int64()});
    return items;
}

domain::AmazonPackage read_package(const db::Row& row) {
    return {.reference_id = row.get<std::string>(1),
            .carrier = row.get<std::string>(2),
            .service = row.get<std::string>(3),
            .tracking = row.get<std::string>(4),
            .status = row.get<std::string>(5),
            .shipped_at = row.get<std::optional<UtcTime>>(6),
            .items = decode_package_items(row.get<std::string>(7))};
}

// Lines and packages of all the records, one query each.
void load_children(db::Reader& tx, std::vector<OrderRecord>& records) {
    if (records.empty()) return;
    std::unordered_map<std::int64_t, domain::AmazonOrder*> orders;
    std::vector<OrderId> ids;
    for (OrderRecord& record : records) {
        orders[record.id.value] = &record.order;
        ids.push_back(record.id);
    }
    const IdList list(ids);
    for (const db::Row& row : tx.run("SELECT " + std::string(kLineColumns) +
                                         " FROM amazon_order_lines "
                                         "WHERE order_id IN " +
                                         list.text + " ORDER BY order_id, line",
                                     list.values))
        orders.at(row.get<std::int64_t>(0))->lines.push_back(read_line(row));
    for (const db::Row& row :
         tx.run("SELECT order_id, reference_id, carrier, service, tracking, status, shipped_at, items "
                "FROM amazon_packages WHERE order_id IN " +
                    list.text + " ORDER BY order_id, position",
                list.values))
        orders.at(row.get<std::int64_t>(0))->packages.push_back(read_package(row));
}

// The currency of a line's money. One line in two currencies cannot be stored, nor added up by anybody.
std::optional<std::string> line_currency(const domain::OrderLine& line) {
    if (!line.proceeds)
        return line.proceeds_total ? std::optional(line.proceeds_total->currency.str()) : std::nullopt;
    const domain::Parts& parts = *line.proceeds;
    const domain::Currency currency = parts.item.currency;
    for (const domain::Money& part : {parts.tax, parts.shipping, parts.discount, parts.gift_wrap, parts.other,
                                      line.proceeds_total.value_or(parts.item)})
        CHECK(part.currency == currency, "the amounts of a line are in one currency");
    return currency.str();
}

}  // namespace

IdList::IdList(std::span<const OrderId> ids) {
    for (const OrderId id : ids) {
        values.push_back(db::bind(id));
        text += (text.empty() ? "($" : ", $") + std::to_string(values.size());
    }
    text += ")";
}

std::vector<OrderRecord> load_orders(db::Reader& tx, std::string_view rest,
                                     const std::vector<db::Value>& values) {
    std::vector<OrderRecord> records;
    for (const db::Row& row : tx.run("SELECT " + std::string(kOrderColumns) + std::string(kOwnColumns) +
                                         " FROM amazon_orders " + std::string(rest),
                                     values))
        records.push_back(read_order(row));
    load_children(tx, records);
    return records;
}

void reload_own(db::Reader& tx, const IdList& list, const std::map<OrderId, OrderRecord*>& records) {
    for (const db::Row& row :
         tx.run("SELECT id, " + std::string(kOwnColumns) + " FROM amazon_orders WHERE id IN " + list.text,
                list.values))
        read_own(row, 1, *records.at(row.get<OrderId>(0)));
}

std::vector<domain::OrderLine> load_lines(db::Reader& tx, OrderId id) {
    std::vector<domain::OrderLine> lines;
    for (const db::Row& row : tx.query("SELECT " + std::string(kLineColumns) +
                                           " FROM amazon_order_lines "
                                           "WHERE order_id = $1 ORDER BY line",
                                       id))
        lines.push_back(read_line(row));
    return lines;
}

void write_line(db::Transaction& tx, OrderId id, const domain::OrderLine& line) {
    using Minor = std::optional<std::int64_t>;
    const auto part = [&](domain::Money domain::Parts::* member) {
        return line.proceeds ? Minor((*line.proceeds.*member).minor) : std::nullopt;
    };
    tx.queue(
        "INSERT INTO amazon_order_lines (order_id, line, order_item_id, seller_sku, asin, title, "
        "quantity_ordered, "
        "quantity_fulfilled, quantity_unfulfilled, currency, item_minor, tax_minor, shipping_minor, "
        "discount_minor, "
        "gift_wrap_minor, other_minor, proceeds_total_minor) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
        "ON CONFLICT (order_id, line) DO UPDATE SET order_item_id = excluded.order_item_id, "
        "seller_sku = excluded.seller_sku, asin = excluded.asin, title = excluded.title, "
        "quantity_ordered = excluded.quantity_ordered, quantity_fulfilled = excluded.quantity_fulfilled, "
        "quantity_unfulfilled = excluded.quantity_unfulfilled, currency = excluded.currency, "
        "item_minor = excluded.item_minor, tax_minor = excluded.tax_minor, shipping_minor = "
        "excluded.shipping_minor, "
        "discount_minor = excluded.discount_minor, gift_wrap_minor = excluded.gift_wrap_minor, "
        "other_minor = excluded.other_minor, proceeds_total_minor = excluded.proceeds_total_minor",
        id, line.line, line.order_item_id, line.seller_sku, line.asin, line.title, line.quantity_ordered,
        line.quantity_fulfilled, line.quantity_unfulfilled, line_currency(line), part(&domain::Parts::item),
        part(&domain::Parts::tax), part(&domain::Parts::shipping), part(&domain::Parts::discount),
        part(&domain::Parts::gift_wrap), part(&domain::Parts::other),
        line.proceeds_total ? Minor(line.proceeds_total->minor) : std::nullopt);
}

void replace_packages(db::Transaction& tx, OrderId id, const std::vector<domain::AmazonPackage>& packages) {
    tx.queue("DELETE FROM amazon_packages WHERE order_id = $1", id);
    int position = 0;
    for (const domain::AmazonPackage& package : packages)
        tx.queue(
            "INSERT INTO amazon_packages (order_id, position, reference_id, carrier, service, tracking, "
            "status, "
            "shipped_at, items) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, ++position, package.reference_id, package.carrier, package.service, package.tracking,
            package.status, package.shipped_at, encode_package_items(package.items));
}

std::optional<std::string> encode_missing(const std::vector<std::string>& fields) {
    std::string text;
    for (const std::string& field : fields) text += (text.empty() ? "" : ",") + field;
    return text.empty() ? std::nullopt : std::optional(text);
}

std::string encode_programs(const std::vector<std::string>& programs) {
    std::string text;
    for (const std::string& program : programs) text += (text.empty() ? "," : "") + program + ",";
    return text;
}

}  // namespace fairway::store
