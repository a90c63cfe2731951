#pragma once
// The flavours of orders that Amazon documents, by name: asked for through POST /sandbox/orders, and drawn by
// the generator.
#include <optional>
#include <string_view>
#include <vector>

#include "base/rng.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

enum class Flavour {
    plain,
    several_lines,
    same_sku_twice,
    several_units,
    tax_included,
    tax_excluded,
    discount,
    shipping_discount,
    gift,
    business,
    prime,
    replacement,
    part_shipped,
    shipped_elsewhere,
    cancelled_early,  // before it was paid
    cancelled_late,
    non_ascii_name,
    emoji_name,
    awkward_skus,
    hundred_lines,
};

// "plain", "same_sku_twice" …
std::optional<Flavour> find_flavour(std::string_view text);
std::vector<std::string_view> flavour_names();

// One unit of the product at its price on the marketplace.
Line make_line(const Product& product, const domain::Marketplace& marketplace);
// Makes the order one of the flavour: its lines, programs, people. It has at least one line. Its status is
// the caller's to reach.
void add_flavour(Order& order, Flavour flavour, const Seller& seller, Rng& rng);
// Each line's tax as it is in the country of the marketplace, or as the flavour has it: told apart or, in
// prices that hold it, not at all.
void add_taxes(Order& order, Flavour flavour);

// Where an order of the flavour ends.
Status final_status(Flavour flavour);

// Mostly plain.
Flavour draw_flavour(Rng& rng);

}  // namespace fairway::sandbox
