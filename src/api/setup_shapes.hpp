#pragma once
// The bodies about accounts, stores and their figures; see shapes.hpp.
#include "api/shapes.hpp"

namespace fairway::api {

struct Marketplace {
    Text id{};
    Text marketplace{};
    Text name{};
    Text region{};
    Text currency{};
    Text seller_central{};
};
BOOST_DESCRIBE_STRUCT(Marketplace, (), (id, marketplace, name, region, currency, seller_central))

struct Account {
    Text id{};
    Text name{};
    Text region{};
    Text seller_id{};
    Text spapi_url{};
    Text lwa_url{};
    bool paused = false;
    OptionalText paused_reason{};
    UtcTime created_at{};
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, name, region, seller_id, spapi_url, lwa_url, paused, paused_reason, created_at))

struct ConnectAccount {
    Text name{};
    Text region{};
    Text seller_id{};
    Text client_id{};
    Text client_secret{};
    Text refresh_token{};
    OptionalText spapi_url{};
    OptionalText lwa_url{};
};
BOOST_DESCRIBE_STRUCT(ConnectAccount, (),
                      (name, region, seller_id, client_id, client_secret, refresh_token, spapi_url, lwa_url))

struct UpdateAccount {
    OptionalText client_secret{};
    OptionalText refresh_token{};
};
BOOST_DESCRIBE_STRUCT(UpdateAccount, (), (client_secret, refresh_token))

struct QuantitySettings {
    std::int64_t out_of_stock_threshold = 0;
    std::optional<std::int64_t> maximum{};
    std::int64_t unmanaged = 0;
    std::int64_t buffer = 0;
};
BOOST_DESCRIBE_STRUCT(QuantitySettings, (), (out_of_stock_threshold, maximum, unmanaged, buffer))

struct StoreSettings {
    bool import_orders = true;
    OptionalText store_view{};
    Text customer{};
    Text order_number{};
    Text pending_orders{};
    OptionalText imported_status{};
    int look_back_days = 0;
    bool create_when_refused = false;
    std::map<std::string, Text> carriers{};
    QuantitySettings quantity{};
    int sync_interval_s = 0;
};
BOOST_DESCRIBE_STRUCT(StoreSettings, (),
                      (import_orders, store_view, customer, order_number, pending_orders, imported_status,
                       look_back_days, create_when_refused, carriers, quantity, sync_interval_s))

struct StoreSales {
    Money gross_30d{};
    Money previous_30d{};
    std::vector<Text> days{};  // 30 amounts, the oldest first
};
BOOST_DESCRIBE_STRUCT(StoreSales, (), (gross_30d, previous_30d, days))

struct StoreNeeds {
    std::int64_t blocked = 0, to_ship = 0, overdue = 0, due_in_24h = 0, commands_rejected = 0, attention = 0;
};
BOOST_DESCRIBE_STRUCT(StoreNeeds, (), (blocked, to_ship, overdue, due_in_24h, commands_rejected, attention))

struct LastSync {
    Text id{};
    Text state{};
    OptionalText error{};
    UtcTime started_at{};
    OptionalTime finished_at{};
};
BOOST_DESCRIBE_STRUCT(LastSync, (), (id, state, error, started_at, finished_at))

struct Store {
    Text id{};
    Text name{};
    Text account{};
    bool account_paused = false;
    OptionalText account_paused_reason{};
    Text marketplace{};
    Text marketplace_id{};
    Text back_end{};
    bool active = true;
    StoreSettings settings{};
    UtcTime import_from{};
    UtcTime watermark{};
    UtcTime created_at{};
    StoreSales sales{};
    StoreNeeds needs{};
    std::optional<LastSync> last_sync{};
};
BOOST_DESCRIBE_STRUCT(Store, (),
                      (id, name, account, account_paused, account_paused_reason, marketplace, marketplace_id,
                       back_end, active, settings, import_from, watermark, created_at, sales, needs,
                       last_sync))

struct RenameStore {
    Text name{};
};
BOOST_DESCRIBE_STRUCT(RenameStore, (), (name))

struct AddStore {
    Text account{};
    Text marketplace{};
    Text name{};
    OptionalText back_end{};
};
BOOST_DESCRIBE_STRUCT(AddStore, (), (account, marketplace, name, back_end))

struct StoreCounts {
    std::int64_t orders = 0, waiting = 0, blocked = 0, to_ship = 0, commands_rejected = 0;
};
BOOST_DESCRIBE_STRUCT(StoreCounts, (), (orders, waiting, blocked, to_ship, commands_rejected))

struct Quota {
    Text operation{};
    Text available{};  // calls that could be made now, two decimals
    Text rate_per_second{};
    std::int64_t burst = 0;
};
BOOST_DESCRIBE_STRUCT(Quota, (), (operation, available, rate_per_second, burst))

struct RevenueDay {
    Text day{};
    Money total{};
    std::int64_t orders = 0;
};
BOOST_DESCRIBE_STRUCT(RevenueDay, (), (day, total, orders))

struct Dashboard {
    Store store{};
    StoreCounts counts{};
    std::vector<RevenueDay> revenue{};
    Money lifetime_sales{};
    std::int64_t lifetime_orders = 0;
    std::vector<AmazonOrder> recent_orders{};
    std::vector<Quota> quotas{};
};
BOOST_DESCRIBE_STRUCT(Dashboard, (),
                      (store, counts, revenue, lifetime_sales, lifetime_orders, recent_orders, quotas))

}  // namespace fairway::api
