#pragma once
// The settings of a store, and what of the past they decide.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace fairway::domain {

enum class PendingOrders { reserve, ignore };
enum class CustomerMode { guest, account };
enum class OrderNumberSource { back_end, amazon };

struct QuantitySettings {
    std::int64_t out_of_stock_threshold = 0;
    std::optional<std::int64_t> maximum{};
    std::int64_t unmanaged = 100;
    std::int64_t buffer = 0;
    bool operator==(const QuantitySettings&) const = default;
};

struct StoreSettings {
    bool import_orders = true;
    std::optional<std::string> store_view{};
    CustomerMode customer = CustomerMode::guest;
    OrderNumberSource order_number = OrderNumberSource::back_end;
    PendingOrders pending_orders = PendingOrders::reserve;
    std::optional<std::string>
        imported_status{};   // a custom status label for new orders instead of Processing
    int look_back_days = 0;  // 0 to 730: orders placed that long before the store was connected
    bool create_when_refused = false;
    std::map<std::string, std::string> carriers{};  // the back end's carrier -> Amazon's carrier code
    QuantitySettings quantity{};
    int sync_interval_s = 240;  // 60 to 86,400
    bool operator==(const StoreSettings&) const = default;
};

// From `at` on, import was on or off. The first switch is at the store's beginning.
struct ImportSwitch {
    UtcTime at{};
    bool on = true;
};

// Import was on at that time; before the first switch it counts as the first switch says.
bool import_was_on(const std::vector<ImportSwitch>& switches, UtcTime at);

}  // namespace fairway::domain
