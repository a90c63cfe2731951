#pragma once
// Amazon's own books, read from GET /sandbox/ledger: what the checkers hold Fairway against. Values only.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "json/json.hpp"

namespace fairway::checkers {

struct LedgerLine {
    std::string order_item_id{};
    std::int64_t ordered = 0;
    std::int64_t fulfilled = 0;
    std::int64_t unfulfilled = 0;
    bool has_money = false;
    std::map<std::string, std::int64_t> parts{};  // ITEM, TAX, …, in minor units
    std::int64_t total_minor = 0;
};

struct LedgerPackage {
    std::string reference{};
    std::string tracking{};
    std::map<std::string, std::int64_t> units{};  // by order item
    // Confirmed after the backup that this Fairway was restored from: it can know it from Amazon only.
    bool is_forgotten = false;
};

struct LedgerOrder {
    std::string id{};
    std::string seller_id{};
    std::string marketplace{};
    std::string status{};  // in Amazon's spelling: PENDING, …
    bool by_merchant = true;
    bool replacement = false;
    std::vector<std::string> programs{};
    UtcTime created_at{};
    UtcTime updated_at{};
    std::optional<std::int64_t> total_minor{};
    std::vector<LedgerLine> lines{};
    std::vector<LedgerPackage> confirmations{};  // as they were accepted, in order
    std::vector<std::string> persons{};          // names, streets, phones, e-mails

    bool is_pending() const { return status == "PENDING" || status == "PENDING_AVAILABILITY"; }
};

// What Amazon's token bucket of one seller and operation holds now.
struct LedgerBucket {
    std::string seller_id{};
    std::string operation{};
    std::int64_t tokens_micro = 0;
    std::int64_t refused = 0;  // calls beyond it
};

struct Ledger {
    std::vector<LedgerOrder> orders{};
    std::vector<LedgerBucket> buckets{};
    std::map<std::string, std::int64_t> calls{};  // by operation
};

// A ledger that is not as the sandbox writes it is an exception.
Ledger read_ledger(const json::Value& ledger);

}  // namespace fairway::checkers
