#pragma once
// The commerce order as the decision sees it: quantities and shipments, no money and no person.
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/status.hpp"

namespace fairway::domain {

struct CommerceLine {
    int line = 0;  // the same number as the Amazon order's line
    ProductSku product_sku{};
    std::int64_t units = 1;             // product units in one Amazon unit (multipacks); frozen at creation
    std::int64_t quantity_ordered = 0;  // all quantities of an order are Amazon units
    std::int64_t quantity_shipped = 0;
    std::int64_t quantity_refunded = 0;   // all credited units
    std::int64_t quantity_withdrawn = 0;  // the credited units that had not been shipped
    std::int64_t quantity_cancelled = 0;  // cancelled without a credit memo

    // Units that may still be shipped.
    std::int64_t open() const {
        return quantity_ordered - quantity_shipped - quantity_withdrawn - quantity_cancelled;
    }
    bool operator==(const CommerceLine&) const = default;
};

struct LineQuantity {
    int line = 0;
    std::int64_t quantity = 0;
    bool operator==(const LineQuantity&) const = default;
};

struct CommercePackage {
    std::int64_t id = 0;  // the package's row
    std::string carrier{};
    std::string service{};
    std::string tracking{};
    UtcTime shipped_at{};
    std::vector<LineQuantity> items{};
    std::string amazon_reference{};  // of a package taken over from Amazon
};

struct CommerceShipment {
    ShipmentId id{};
    Origin origin = Origin::operator_;
    std::vector<CommercePackage> packages{};
};

struct CommerceOrder {
    CommerceOrderId id{};
    CommerceStatus status = CommerceStatus::pending;
    bool invoiced = false;
    std::vector<CommerceLine> lines{};
    std::vector<CommerceShipment> shipments{};

    const CommerceLine* find_line(int line) const;
    bool has_open_units() const;
    bool has_shipped_units() const;
};

}  // namespace fairway::domain
