#pragma once
// Which members and which enum values Amazon's order model (orders_2026-01-01.json, "Order") has, as data.
// Only for noticing what is new: what the mirror needs is read, and checked, in orders.cpp.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.hpp"

namespace fairway::amazon {

struct Shape;

struct ShapeMember {
    std::string_view name;
    const Shape* shape = nullptr;  // of the value, or of each element of an array; null: any plain value
};

struct Shape {
    std::span<const ShapeMember> members{};      // of an object
    std::span<const std::string_view> values{};  // of a text; empty: any
};

const Shape& order_shape();

// What of the value the shape does not have, each once, as paths that begin with `prefix`:
// "orders[].newMember", "orders[].programs[]=NEW_VALUE". A value that does not look like an enum's is shown
// as "?": it could be anything.
std::vector<std::string> find_unknown(const json::Value& value, const Shape& shape, std::string_view prefix);

}  // namespace fairway::amazon
