#pragma once
// The names and keys of Fairway's world; the words are GLOSSARY.md's.
#include "base/strong.hpp"

namespace fairway {

namespace tag {
struct Account {
    static constexpr std::string_view kPrefix = "ac";
};
struct Store {
    static constexpr std::string_view kPrefix = "st";
};
struct Order {
    static constexpr std::string_view kPrefix = "ao";
};
struct CommerceOrder {
    static constexpr std::string_view kPrefix = "co";
};
struct Invoice {
    static constexpr std::string_view kPrefix = "in";
};
struct Shipment {
    static constexpr std::string_view kPrefix = "sh";
};
struct CreditMemo {
    static constexpr std::string_view kPrefix = "cr";
};
struct Comment {
    static constexpr std::string_view kPrefix = "cc";
};
struct Command {
    static constexpr std::string_view kPrefix = "cm";
};
struct SyncRun {
    static constexpr std::string_view kPrefix = "sy";
};
struct Token {
    static constexpr std::string_view kPrefix = "tk";
};
struct User {
    static constexpr std::string_view kPrefix = "us";
};
struct Attention {
    static constexpr std::string_view kPrefix = "at";
};
struct Quarantine {
    static constexpr std::string_view kPrefix = "qu";
};
struct CommunicationError {
    static constexpr std::string_view kPrefix = "ce";
};
struct AmazonOrderId;
struct OrderItemId;
struct SellerSku;
struct ProductSku;
struct Asin;
struct SellerId;
struct MarketplaceId;
}  // namespace tag

using AccountId = Id<tag::Account>;
using StoreId = Id<tag::Store>;
using OrderId = Id<tag::Order>;  // our row for an Amazon order; people and Amazon use AmazonOrderId
using CommerceOrderId = Id<tag::CommerceOrder>;
using InvoiceId = Id<tag::Invoice>;
using ShipmentId = Id<tag::Shipment>;
using CreditMemoId = Id<tag::CreditMemo>;
using CommentId = Id<tag::Comment>;
using CommandId = Id<tag::Command>;
using SyncRunId = Id<tag::SyncRun>;
using UserId = Id<tag::User>;
using TokenId = Id<tag::Token>;
using AttentionId = Id<tag::Attention>;
using QuarantineId = Id<tag::Quarantine>;
using CommunicationErrorId = Id<tag::CommunicationError>;

using AmazonOrderId =
    StrongText<tag::AmazonOrderId>;  // "402-1234567-1234567" (3-7-7 digits on Amazon's own sites)
using OrderItemId = StrongText<tag::OrderItemId>;  // Amazon's id of a line
using SellerSku = StrongText<tag::SellerSku>;      // what the seller calls the offer on Amazon
using ProductSku = StrongText<tag::ProductSku>;    // what the back end calls the product
using Asin = StrongText<tag::Asin>;
using SellerId = StrongText<tag::SellerId>;            // Amazon's id of the seller, one per region
using MarketplaceId = StrongText<tag::MarketplaceId>;  // "APJ6JRA9NG5V4" is Amazon.it

}  // namespace fairway
