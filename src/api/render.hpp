#pragma once
// From records to the shapes of the contract.
#include "api/call.hpp"
#include "api/shapes.hpp"
#include "store/accounts.hpp"
#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/order_list.hpp"
#include "store/orders.hpp"
#include "store/products.hpp"
#include "store/stores.hpp"

namespace fairway::api {

Money render(domain::Money money);
std::optional<Money> render(const std::optional<domain::Money>& money);
Parts render(const domain::Parts& parts);

// Reads what belongs to the order besides its record: store name, commerce order, commands and, for those who
// may see it, personal data (which marks the call, so that the view is recorded).
AmazonOrder render_order(Call& call, db::Reader& tx, const store::OrderRecord& record);
CommerceOrder render_commerce_order(Call& call, db::Reader& tx, const store::CommerceOrderRecord& record);

// Of money that does not add up, both figures; nullopt for other blocks, and where one of them is missing.
std::optional<Amounts> amounts_of(const domain::Block& block);

Command render(const store::CommandRecord& record);
Account render(const store::AccountRecord& record);
Store render_store(const store::StoreRecord& record);
Product render(const store::ProductRecord& record);
Stock render_stock(const store::ProductRecord& record);
Listing render(const store::ListingRecord& record);
SyncRun render(const store::SyncRunRecord& record);
Token render(const store::TokenRecord& record);

}  // namespace fairway::api
