#pragma once
// The handlers behind the routes, one family per file. Each is named by what it does; the table that binds
// them to methods and patterns is in api.cpp.
#include "api/call.hpp"

namespace fairway::api {

// amazon_orders.cpp
Result<Answer> list_amazon_orders(Call& call);
Result<Answer> summarize_amazon_orders(Call& call);
Result<Answer> get_amazon_order(Call& call);
Result<Answer> get_amazon_order_history(Call& call);
Result<Answer> retry_amazon_order(Call& call);
Result<Answer> retry_amazon_orders(Call& call);

// repairs.cpp
Result<Answer> repair_shipping_address(Call& call);
Result<Answer> import_anyway(Call& call);

// commerce_orders.cpp
Result<Answer> list_commerce_orders(Call& call);
Result<Answer> get_commerce_order(Call& call);
Result<Answer> create_shipment(Call& call);
Result<Answer> create_invoice(Call& call);
Result<Answer> create_credit_memo(Call& call);
Result<Answer> cancel_commerce_order(Call& call);
Result<Answer> hold_commerce_order(Call& call);
Result<Answer> unhold_commerce_order(Call& call);
Result<Answer> create_comment(Call& call);

// catalog.cpp
Result<Answer> list_products(Call& call);
Result<Answer> create_product(Call& call);
Result<Answer> get_product(Call& call);
Result<Answer> update_product(Call& call);
Result<Answer> get_stock(Call& call);
Result<Answer> put_stock(Call& call);
Result<Answer> list_listings(Call& call);
Result<Answer> put_listing(Call& call);

// marketplaces.cpp
Result<Answer> list_marketplaces(Call& call);

// stores.cpp
Result<Answer> list_accounts(Call& call);
Result<Answer> create_account(Call& call);
Result<Answer> update_account(Call& call);
Result<Answer> list_stores(Call& call);
Result<Answer> create_store(Call& call);
Result<Answer> get_store(Call& call);
Result<Answer> rename_store(Call& call);
Result<Answer> delete_store(Call& call);
Result<Answer> get_dashboard(Call& call);
Result<Answer> patch_settings(Call& call);
Result<Answer> activate_store(Call& call);
Result<Answer> deactivate_store(Call& call);

// system.cpp
Result<Answer> list_commands(Call& call);
Result<Answer> get_command(Call& call);
Result<Answer> replay_command(Call& call);
Result<Answer> list_sync_runs(Call& call);
Result<Answer> start_sync(Call& call);
Result<Answer> get_sync_run(Call& call);
Result<Answer> list_messages(Call& call);
Result<Answer> list_attention(Call& call);
Result<Answer> close_attention(Call& call);
Result<Answer> list_quarantine(Call& call);
Result<Answer> retry_quarantined(Call& call);
Result<Answer> list_communication_errors(Call& call);
Result<Answer> get_system(Call& call);
Result<Answer> set_read_only(Call& call);
Result<Answer> list_audit(Call& call);

// exports.cpp
Result<Answer> list_exports(Call& call);

// users.cpp
Result<Answer> list_users(Call& call);
Result<Answer> create_user(Call& call);
Result<Answer> update_user(Call& call);
Result<Answer> invite_user(Call& call);
Result<Answer> unlock_user(Call& call);
Result<Answer> end_sessions_of_user(Call& call);
Result<Answer> list_own_sessions(Call& call);
Result<Answer> end_own_session(Call& call);
Result<Answer> get_preferences(Call& call);
Result<Answer> put_preferences(Call& call);
Result<Answer> list_tokens(Call& call);
Result<Answer> create_token(Call& call);
Result<Answer> revoke_token(Call& call);

}  // namespace fairway::api
