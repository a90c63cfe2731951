#pragma once
// How mirrored orders, their lines and packages lie in the database. Used by the store's own functions only.
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "db/db.hpp"
#include "domain/status.hpp"
#include "store/orders.hpp"

namespace fairway::store {

// An enum is stored as its text; anything else there was written by nobody.
template <domain::Textual Enum>
Enum read_enum(const db::Row& row, std::size_t column) {
    const auto value = domain::parse<Enum>(row.get<std::string>(column));
    CHECK(value.has_value(), "stored enums are texts of their table");
    return *value;
}

// Several orders in one statement: "($1, $2, …)" and the values that belong to it.
struct IdList {
    explicit IdList(std::span<const OrderId> ids);
    std::string text;
    std::vector<db::Value> values;
};

// Orders with lines and packages. rest follows "SELECT … FROM amazon_orders" and chooses rows of that table
// alone.
std::vector<OrderRecord> load_orders(db::Reader& tx, std::string_view rest,
                                     const std::vector<db::Value>& values);

// What Fairway made of these orders, anew.
void reload_own(db::Reader& tx, const IdList& list, const std::map<OrderId, OrderRecord*>& records);

std::vector<domain::OrderLine> load_lines(db::Reader& tx, OrderId id);
void write_line(db::Transaction& tx, OrderId id, const domain::OrderLine& line);
// All packages of the order, in place of those that are there.
void replace_packages(db::Transaction& tx, OrderId id, const std::vector<domain::AmazonPackage>& packages);

// "name,city"; nullopt when nothing is missing.
std::optional<std::string> encode_missing(const std::vector<std::string>& fields);

// ",PRIME,PREMIUM," or "".
std::string encode_programs(const std::vector<std::string>& programs);

}  // namespace fairway::store
