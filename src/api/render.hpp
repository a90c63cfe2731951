#pragma once
// From records to the shapes of the contract.
#include "api/call.hpp"
#include "api/setup_shapes.hpp"
#include "api/shapes.hpp"
#include "api/system_shapes.hpp"
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
// With its figures at that time; render_store.cpp.
Store render_store(db::Reader& tx, const store::StoreRecord& record, UtcTime now);
// Counts, revenue and sales of all time.
void render_figures(db::Reader& tx, const store::StoreRecord& record, UtcTime now, Dashboard& into);
Product render(const store::ProductRecord& record);
Stock render_stock(const store::ProductRecord& record);
Listing render(const store::ListingRecord& record);
SyncRun render(const store::SyncRunRecord& record);
Token render(const store::TokenRecord& record);

}  // namespace fairway::api
