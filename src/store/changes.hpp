#pragma once
// What changed, in the order in which it was committed: read from the histories of Amazon orders and the
// comments of commerce orders, into which every visible change writes. There is one writer at a time, so ids
// grow with the commits and "greater than the last id" misses nothing. In a restored database they begin
// again further back: the epoch tells its changes from those of before.
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"

namespace fairway::store {

// How far somebody has read: everything up to these rows. As text "120-7-1795420800000000".
struct ChangePlace {
    std::int64_t history = 0;
    std::int64_t comment = 0;
    std::int64_t epoch = 0;  // of the database: when it began, or was last restored or copied
    bool operator==(const ChangePlace&) const = default;

    std::string str() const;
    static std::optional<ChangePlace> parse(std::string_view text);
};

// All changes of one order since the place, as one.
struct OrderChange {
    StoreId store{};
    AmazonOrderId amazon_order_id{};
    std::set<std::string> codes{};                    // of the history's entries
    std::optional<CommerceOrderId> commerce_order{};  // when something happened to it, too
};

struct Changes {
    ChangePlace place{};  // where reading goes on
    std::vector<OrderChange> orders{};
};

ChangePlace last_change(db::Reader& tx);
// At most so many rows of each history are read; what is left comes with the next call.
Changes list_changes(db::Reader& tx, ChangePlace after, int rows_max);

}  // namespace fairway::store
