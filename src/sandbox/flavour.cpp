#include "sandbox/flavour.hpp"

#include <algorithm>
#include <array>

#include "sandbox/countries.hpp"
#include "sandbox/people.hpp"

namespace fairway::sandbox {

namespace {

struct Row {
    Flavour flavour;
    std::string_view name;
    std::uint64_t per_mille;  // how often the generator draws it
};

// The generator has everyday variety of its own: lines, units, discounts, gifts.
constexpr std::array kRows{
    Row{Flavour::plain, "plain", 820},
    Row{Flavour::several_lines, "several_lines", 0},
    Row{Flavour::same_sku_twice, "same_sku_twice", 10},
    Row{Flavour::several_units, "several_units", 0},
    Row{Flavour::tax_included, "tax_included", 10},
    Row{Flavour::tax_excluded, "tax_excluded", 0},
    Row{Flavour::discount, "discount", 0},
    Row{Flavour::shipping_discount, "shipping_discount", 15},
    Row{Flavour::gift, "gift", 0},
    Row{Flavour::business, "business", 20},
    Row{Flavour::prime, "prime", 10},
    Row{Flavour::replacement, "replacement", 5},
    Row{Flavour::part_shipped, "part_shipped", 8},
    Row{Flavour::shipped_elsewhere, "shipped_elsewhere", 15},
    Row{Flavour::cancelled_early, "cancelled_early", 40},
    Row{Flavour::cancelled_late, "cancelled_late", 25},
    Row{Flavour::non_ascii_name, "non_ascii_name", 8},
    Row{Flavour::emoji_name, "emoji_name", 8},
    Row{Flavour::awkward_skus, "awkward_skus", 5},
    Row{Flavour::hundred_lines, "hundred_lines", 1},
};

constexpr std::uint64_t kLinesMost = 100;

domain::Money percent(domain::Money amount, std::int64_t rate) {
    return {(amount.minor * rate + 50) / 100, amount.currency};
}

// Amounts in euro cents, in the currency of the marketplace.
domain::Money local(std::int64_t euro_cents, const domain::Marketplace& marketplace) {
    return {euro_cents * country_of(marketplace.country).price_percent / 100,
            domain::Currency::of(marketplace.currency)};
}

const Product& any_product(const Seller& seller, Rng& rng) {
    return seller.products[rng.below(seller.products.size())];
}

void add_lines(Order& order, const Seller& seller, std::size_t count, Rng& rng) {
    while (order.lines.size() < count)
        order.lines.push_back(make_line(any_product(seller, rng), *order.marketplace));
}

void make_awkward(Order& order, const Seller& seller) {
    std::vector<Line> lines;
    for (const Product& product : seller.products)
        if (product.sku.find_first_of("/ %") != std::string::npos)
            lines.push_back(make_line(product, *order.marketplace));
    if (!lines.empty()) order.lines = std::move(lines);
}

void make_free(Order& order) {
    const domain::Money nothing = local(0, *order.marketplace);
    for (Line& line : order.lines) {
        line.unit_price = line.tax = line.shipping = line.gift_wrap = nothing;
        line.discount = line.shipping_discount = nothing;
    }
}

void rename(Order& order, std::string_view name, std::string_view line2, Rng& rng) {
    order.recipient = make_person(*order.marketplace, rng).address;
    order.recipient.name = name;
    order.recipient.line2 = line2;
}

// What stands on the first line.
void add_to_line(Line& line, Flavour flavour, const domain::Marketplace& marketplace) {
    if (flavour == Flavour::several_units) line.ordered = 4;
    if (flavour == Flavour::part_shipped) line.ordered = std::max<std::int64_t>(line.ordered, 2);
    if (flavour == Flavour::discount) line.discount = percent(line.item(), 15);
    if (flavour == Flavour::shipping_discount)
        line.shipping = line.shipping_discount = local(409, marketplace);
    if (flavour == Flavour::gift) {
        line.gift_wrap = local(245, marketplace);
        line.gift_message = "Tanti auguri! 🎁\nHappy birthday, Zoë & Łukasz";
    }
}

}  // namespace

std::optional<Flavour> find_flavour(std::string_view text) {
    const auto found = std::ranges::find(kRows, text, &Row::name);
    return found == kRows.end() ? std::nullopt : std::optional(found->flavour);
}

std::vector<std::string_view> flavour_names() {
    std::vector<std::string_view> names;
    for (const Row& row : kRows) names.push_back(row.name);
    return names;
}

Line make_line(const Product& product, const domain::Marketplace& marketplace) {
    const domain::Money nothing = local(0, marketplace);
    return {.seller_sku = product.sku,
            .asin = product.asin,
            .title = product.title,
            .ordered = 1,
            .unit_price = local(product.price_minor, marketplace),
            .tax = nothing,
            .shipping = nothing,
            .discount = nothing,
            .shipping_discount = nothing,
            .gift_wrap = nothing};
}

void add_flavour(Order& order, Flavour flavour, const Seller& seller, Rng& rng) {
    add_to_line(order.lines.front(), flavour, *order.marketplace);
    switch (flavour) {
        case Flavour::plain:
        case Flavour::several_units:
        case Flavour::tax_included:
        case Flavour::tax_excluded:
        case Flavour::discount:
        case Flavour::shipping_discount:
        case Flavour::gift:
        case Flavour::part_shipped:
        case Flavour::shipped_elsewhere:
        case Flavour::cancelled_early:
        case Flavour::cancelled_late: break;
        case Flavour::several_lines: add_lines(order, seller, 3, rng); break;
        case Flavour::same_sku_twice: order.lines.push_back(order.lines.front()); break;
        case Flavour::business: order.programs.emplace_back("AMAZON_BUSINESS"); break;
        case Flavour::prime: order.programs.emplace_back("PRIME"); break;
        case Flavour::replacement:
            make_free(order);
            if (order.replaces.empty()) order.replaces = random_order_id(*order.marketplace, rng);
            break;
        case Flavour::non_ascii_name:
            rename(order, "Žofie Przybyłowska-Núñez ß Ølgaard", "Gebäude Ω, 3. Stock; c/o 株式会社", rng);
            break;
        case Flavour::emoji_name:
            rename(order, "Giulia 🌻 Rossi 👩‍👧", "Citofono 🔔 12", rng);
            break;
        case Flavour::awkward_skus: make_awkward(order, seller); break;
        case Flavour::hundred_lines: add_lines(order, seller, kLinesMost, rng); break;
    }
}

void add_taxes(Order& order, Flavour flavour) {
    const Country& country = country_of(order.marketplace->country);
    const bool included =
        flavour == Flavour::tax_included || (country.tax_included && flavour != Flavour::tax_excluded);
    for (Line& line : order.lines)
        line.tax = percent(line.total() - line.tax, included ? 0 : country.tax_percent);
}

Status final_status(Flavour flavour) {
    if (flavour == Flavour::part_shipped) return "PARTIALLY_SHIPPED";
    if (flavour == Flavour::shipped_elsewhere) return "SHIPPED";
    const bool cancelled = flavour == Flavour::cancelled_early || flavour == Flavour::cancelled_late;
    return cancelled ? "CANCELLED" : "UNSHIPPED";
}

Flavour draw_flavour(Rng& rng) {
    std::uint64_t drawn = rng.below(1'000);
    for (const Row& row : kRows) {
        if (drawn < row.per_mille) return row.flavour;
        drawn -= row.per_mille;
    }
    return Flavour::plain;
}

}  // namespace fairway::sandbox
