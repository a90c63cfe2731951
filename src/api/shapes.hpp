#pragma once
// The bodies of the REST contract, as structs: what api/openapi.yaml calls schemas. A test holds the two
// together, member by member. Ids are texts with prefixes, money is decimal text, times are RFC 3339; unknown
// is null.
#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace fairway::api {

using Text = std::string;
using OptionalText = std::optional<std::string>;
using OptionalTime = std::optional<UtcTime>;

// RFC 9457. code is for programs, detail for people; field is the member of the body
// ("packages[0].tracking"), the query or the path that is wrong.
struct Problem {
    Text type{};
    Text title{};
    int status = 0;
    Text code{};
    OptionalText field{};
    Text detail{};
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, code, field, detail))

struct Health {
    Text status{};
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

struct Money {
    Text amount{};
    Text currency{};
};
BOOST_DESCRIBE_STRUCT(Money, (), (amount, currency))

struct Parts {
    Money item{}, tax{}, shipping{}, discount{}, gift_wrap{}, other{};
};
BOOST_DESCRIBE_STRUCT(Parts, (), (item, tax, shipping, discount, gift_wrap, other))

struct Fix {
    Text kind{};
    OptionalText sku{};
    Text href{};
};
BOOST_DESCRIBE_STRUCT(Fix, (), (kind, sku, href))

struct Amounts {
    Money parts{}, stated{};
};
BOOST_DESCRIBE_STRUCT(Amounts, (), (parts, stated))

struct Block {
    Text reason{};
    Text detail{};
    std::optional<int> line{};
    std::optional<Amounts> amounts{};
    Fix fix{};
};
BOOST_DESCRIBE_STRUCT(Block, (), (reason, detail, line, amounts, fix))

struct ImportAnyway {
    std::optional<Amounts> amounts{};
};
BOOST_DESCRIBE_STRUCT(ImportAnyway, (), (amounts))

struct CommerceOrderRef {
    Text id{};
    Text number{};
    Text status{};
};
BOOST_DESCRIBE_STRUCT(CommerceOrderRef, (), (id, number, status))

struct Address {
    OptionalText name{}, company{}, line1{}, line2{}, line3{}, city{}, district{}, region{}, postal_code{},
        country{}, phone{};
};
BOOST_DESCRIBE_STRUCT(Address, (),
                      (name, company, line1, line2, line3, city, district, region, postal_code, country,
                       phone))

struct Recipient {
    Text state{};
    OptionalText name{}, company{}, line1{}, line2{}, line3{}, city{}, district{}, region{}, postal_code{},
        country{}, phone{};
    bool repaired = false;
    std::optional<Address> on_amazon{};
};
BOOST_DESCRIBE_STRUCT(Recipient, (),
                      (state, name, company, line1, line2, line3, city, district, region, postal_code,
                       country, phone, repaired, on_amazon))

struct Buyer {
    Text state{};
    OptionalText name{}, email{}, company{}, purchase_order_number{};
};
BOOST_DESCRIBE_STRUCT(Buyer, (), (state, name, email, company, purchase_order_number))

struct LineQuantity {
    int line = 0;
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(LineQuantity, (), (line, quantity))

struct AmazonPackage {
    Text reference_id{};
    OptionalText carrier{};
    OptionalText service{};
    OptionalText tracking{};
    OptionalText status{};
    OptionalTime shipped_at{};
    std::vector<LineQuantity> items{};
};
BOOST_DESCRIBE_STRUCT(AmazonPackage, (),
                      (reference_id, carrier, service, tracking, status, shipped_at, items))

struct AmazonOrderItem {
    int line = 0;
    Text order_item_id{};
    OptionalText seller_sku{};
    OptionalText asin{};
    OptionalText title{};
    std::int64_t quantity_ordered = 0;
    std::int64_t quantity_shipped = 0;
    std::int64_t quantity_cancelled = 0;
    std::optional<Parts> proceeds{};
};
BOOST_DESCRIBE_STRUCT(AmazonOrderItem, (),
                      (line, order_item_id, seller_sku, asin, title, quantity_ordered, quantity_shipped,
                       quantity_cancelled, proceeds))

struct CancelRequest {
    Text reason{};
};
BOOST_DESCRIBE_STRUCT(CancelRequest, (), (reason))

struct AmazonOrder {
    Text store{};
    Text store_name{};
    Text amazon_order_id{};
    Text status{};
    Text amazon_status{};
    Text import_state{};
    Text fulfilled_by{};
    std::vector<Text> programs{};
    std::optional<Block> block{};
    std::optional<CommerceOrderRef> commerce_order{};
    Text link{};
    OptionalText seller_central_link{};
    std::optional<Money> total{};
    UtcTime purchased_at{};
    UtcTime updated_at{};
    UtcTime changed_at{};
    OptionalTime ship_by{};
    OptionalText note{};
    Recipient recipient{};
    Buyer buyer{};
    std::optional<CancelRequest> cancel_request{};
    std::vector<AmazonPackage> packages{};
    std::vector<Text> commands{};
    std::vector<AmazonOrderItem> items{};
};
BOOST_DESCRIBE_STRUCT(AmazonOrder, (),
                      (store, store_name, amazon_order_id, status, amazon_status, import_state, fulfilled_by,
                       programs, block, commerce_order, link, seller_central_link, total, purchased_at,
                       updated_at, changed_at, ship_by, note, recipient, buyer, cancel_request, packages,
                       commands, items))

struct OrderSummary {
    std::int64_t count = 0;
    bool count_is_exact = true;
};
BOOST_DESCRIBE_STRUCT(OrderSummary, (), (count, count_is_exact))

struct OrdersMarked {
    std::int64_t marked = 0;
};
BOOST_DESCRIBE_STRUCT(OrdersMarked, (), (marked))

struct HistoryEntry {
    UtcTime at{};
    Text code{};
    Text text{};
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (at, code, text))

struct CommerceLine {
    int line = 0;
    Text order_item_id{};
    Text product_sku{};
    Text seller_sku{};
    Text title{};
    std::int64_t units = 1;
    std::int64_t quantity_ordered = 0;
    std::int64_t quantity_shipped = 0;
    std::int64_t quantity_refunded = 0;
    std::int64_t quantity_cancelled = 0;
    Money item{}, tax{}, shipping{}, discount{}, gift_wrap{}, other{};
};
BOOST_DESCRIBE_STRUCT(CommerceLine, (),
                      (line, order_item_id, product_sku, seller_sku, title, units, quantity_ordered,
                       quantity_shipped, quantity_refunded, quantity_cancelled, item, tax, shipping, discount,
                       gift_wrap, other))

struct Totals {
    Money item{}, tax{}, shipping{}, discount{}, gift_wrap{}, other{}, grand_total{};
};
BOOST_DESCRIBE_STRUCT(Totals, (), (item, tax, shipping, discount, gift_wrap, other, grand_total))

struct Invoice {
    Text id{};
    Text number{};
    Money grand_total{};
    UtcTime created_at{};
};
BOOST_DESCRIBE_STRUCT(Invoice, (), (id, number, grand_total, created_at))

struct Package {
    Text carrier{};
    Text service{};
    Text tracking{};
    UtcTime shipped_at{};
    OptionalText amazon_reference{};
    std::vector<LineQuantity> items{};
};
BOOST_DESCRIBE_STRUCT(Package, (), (carrier, service, tracking, shipped_at, amazon_reference, items))

struct Shipment {
    Text id{};
    Text origin{};
    std::vector<Package> packages{};
    UtcTime created_at{};
};
BOOST_DESCRIBE_STRUCT(Shipment, (), (id, origin, packages, created_at))

struct CreditMemo {
    Text id{};
    Text number{};
    Text origin{};
    std::vector<LineQuantity> lines{};
    Parts parts{};
    Money adjustment{};
    Money grand_total{};
    bool return_to_stock = true;
    UtcTime created_at{};
};
BOOST_DESCRIBE_STRUCT(CreditMemo, (),
                      (id, number, origin, lines, parts, adjustment, grand_total, return_to_stock,
                       created_at))

struct Comment {
    Text id{};
    Text author{};
    Text text{};
    UtcTime created_at{};
};
BOOST_DESCRIBE_STRUCT(Comment, (), (id, author, text, created_at))

struct CommerceOrder {
    Text id{};
    Text number{};
    Text status{};
    Text store{};
    Text amazon_order_id{};
    Text link{};
    Recipient recipient{};
    std::vector<CommerceLine> lines{};
    Totals totals{};
    std::vector<Invoice> invoices{};
    std::vector<Shipment> shipments{};
    std::vector<CreditMemo> credit_memos{};
    std::vector<Comment> comments{};
    UtcTime created_at{};
    UtcTime updated_at{};
};
BOOST_DESCRIBE_STRUCT(CommerceOrder, (),
                      (id, number, status, store, amazon_order_id, link, recipient, lines, totals, invoices,
                       shipments, credit_memos, comments, created_at, updated_at))

struct ShipPackage {
    Text carrier{};
    OptionalText service{};
    Text tracking{};
    OptionalTime shipped_at{};
    std::optional<std::vector<LineQuantity>> items{};
};
BOOST_DESCRIBE_STRUCT(ShipPackage, (), (carrier, service, tracking, shipped_at, items))

struct ShipRequest {
    std::vector<ShipPackage> packages{};
};
BOOST_DESCRIBE_STRUCT(ShipRequest, (), (packages))

struct CreditRequest {
    std::optional<std::vector<LineQuantity>> lines{};
    std::optional<Money> shipping{};
    std::optional<Money> adjustment{};
    std::optional<bool> return_to_stock{};
};
BOOST_DESCRIBE_STRUCT(CreditRequest, (), (lines, shipping, adjustment, return_to_stock))

struct CommentRequest {
    Text text{};
};
BOOST_DESCRIBE_STRUCT(CommentRequest, (), (text))

struct Command {
    Text id{};
    Text kind{};
    Text state{};
    Text account{};
    Text store{};
    Text amazon_order_id{};
    Text cause{};
    OptionalText code{};
    OptionalText amazon_says{};
    int attempts = 0;
    OptionalTime deadline{};
    OptionalTime accepted_at{};
    UtcTime next_attempt_at{};
    UtcTime created_at{};
    UtcTime changed_at{};
};
BOOST_DESCRIBE_STRUCT(Command, (),
                      (id, kind, state, account, store, amazon_order_id, cause, code, amazon_says, attempts,
                       deadline, accepted_at, next_attempt_at, created_at, changed_at))

struct StockSource {
    Text source{};
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(StockSource, (), (source, quantity))

struct Product {
    Text sku{};
    Text name{};
    bool enabled = true;
    std::int64_t quantity = 0;
    std::int64_t reserved = 0;
    std::int64_t salable = 0;
    UtcTime created_at{};
    UtcTime updated_at{};
};
BOOST_DESCRIBE_STRUCT(Product, (), (sku, name, enabled, quantity, reserved, salable, created_at, updated_at))

struct AddProduct {
    Text sku{};
    Text name{};
    std::optional<bool> enabled{};
    std::optional<std::int64_t> quantity{};
};
BOOST_DESCRIBE_STRUCT(AddProduct, (), (sku, name, enabled, quantity))

struct UpdateProduct {
    OptionalText name{};
    std::optional<bool> enabled{};
};
BOOST_DESCRIBE_STRUCT(UpdateProduct, (), (name, enabled))

struct Stock {
    Text sku{};
    std::int64_t quantity = 0;
    std::int64_t reserved = 0;
    std::int64_t salable = 0;
    std::vector<StockSource> sources{};
};
BOOST_DESCRIBE_STRUCT(Stock, (), (sku, quantity, reserved, salable, sources))

struct SetStock {
    std::int64_t quantity = 0;
    OptionalText source{};
};
BOOST_DESCRIBE_STRUCT(SetStock, (), (quantity, source))

struct Listing {
    Text store{};
    Text seller_sku{};
    OptionalText asin{};
    OptionalText title{};
    OptionalText product_sku{};
    bool matched_by_hand = false;
    std::int64_t units = 1;
};
BOOST_DESCRIBE_STRUCT(Listing, (), (store, seller_sku, asin, title, product_sku, matched_by_hand, units))

struct MatchListing {
    OptionalText product_sku{};
    std::optional<std::int64_t> units{};
};
BOOST_DESCRIBE_STRUCT(MatchListing, (), (product_sku, units))

}  // namespace fairway::api
