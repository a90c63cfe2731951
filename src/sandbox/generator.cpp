// What happens by itself: sellers from the seed, orders arriving, payments verified, a few cancellations.
#include <algorithm>
#include <array>
#include <cmath>

#include "sandbox/people.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

namespace {

struct CatalogItem {
    std::string_view sku, title;
    std::int64_t price_minor;  // before tax
};

constexpr std::array kItalianCatalog{
    CatalogItem{"MOKA-3T", "Caffettiera moka in alluminio, 3 tazze", 1959},
    CatalogItem{"MOKA-6T", "Caffettiera moka in alluminio, 6 tazze", 2699},
    CatalogItem{"TAGLIERE-OLIVO", "Tagliere in legno d'ulivo, 35 cm", 2869},
    CatalogItem{"PASTA/TRAFILA 3", "Trafila in bronzo per pasta fresca", 3475},
    CatalogItem{"GRATTUGIA-100%INOX", "Grattugia 100% acciaio inox", 1143},
    CatalogItem{"TAZZINE-SET6", "Set di 6 tazzine da caffè in porcellana", 2377},
    CatalogItem{"OLIERA-VETRO", "Oliera in vetro con beccuccio, 500 ml", 1310},
    CatalogItem{"PADELLA-28", "Padella antiaderente in pietra, 28 cm", 3270},
    CatalogItem{"MACINAPEPE", "Macinapepe in faggio, 18 cm", 1844},
    CatalogItem{"GREMBIULE-LINO", "Grembiule da cucina in lino", 2205},
    CatalogItem{"CANOVACCI-5", "5 canovacci in cotone", 1230},
    CatalogItem{"FORMINE-NATALE", "Formine per biscotti natalizi, 12 pezzi", 1066}};
constexpr std::array kGermanCatalog{CatalogItem{"BROTKASTEN", "Brotkasten aus Bambus", 3353},
                                    CatalogItem{"KAFFEEMUEHLE", "Kaffeemühle mit Keramikmahlwerk", 2773},
                                    CatalogItem{"VESPERBRETT-4", "4 Vesperbretter aus Buche", 2097},
                                    CatalogItem{"EINMACHGLAS-12", "12 Einmachgläser, 500 ml", 2478},
                                    CatalogItem{"TEEKANNE-1L", "Teekanne aus Glas mit Stövchen, 1 l", 2932},
                                    CatalogItem{"SPAETZLEPRESSE", "Spätzlepresse aus Edelstahl", 2689},
                                    CatalogItem{"GUGELHUPF", "Gugelhupfform, emailliert", 1924},
                                    CatalogItem{"BIERKRUG-0,5", "Bierkrug aus Steinzeug, 0,5 l", 1588}};

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

std::string letters(std::size_t count, Rng& rng) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += kLetters[rng.below(kLetters.size())];
    return text;
}

std::string digits(std::size_t count, Rng& rng) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + rng.below(10));
    return text;
}

// Percent of VAT.
std::int64_t vat(const domain::Marketplace& marketplace) { return marketplace.country == "DE" ? 19 : 22; }

domain::Money percent(domain::Money amount, std::int64_t rate) {
    return {(amount.minor * rate + 50) / 100, amount.currency};
}

bool one_in(std::uint64_t n, Rng& rng) { return rng.below(n) == 0; }

// Amazon numbers orders by where they were placed.
std::uint64_t first_part(const domain::Marketplace& marketplace, Rng& rng) {
    switch (marketplace.region) {
        case domain::Region::na: return 111 + rng.below(4);
        case domain::Region::fe: return 249 + rng.below(2);
        case domain::Region::eu: break;
    }
    if (marketplace.country == "DE") return 302 + rng.below(4);
    if (marketplace.country == "UK") return 202 + rng.below(5);
    return 402 + rng.below(7);
}

// Ship-by windows end at midnight.
UtcTime end_of_day(UtcTime time) { return std::chrono::ceil<days>(time) - milliseconds(1); }

}  // namespace

void World::make_sellers() {
    for (int i = 0; i < options_.sellers; ++i) {
        const bool german = i % 2 == 1;
        const domain::Marketplace* home = domain::find_marketplace_by_country(german ? "DE" : "IT");
        Seller seller{.seller_id = "A" + letters(13, rng_),
                      .client_id = "amzn1.application-oa2-client." + letters(24, rng_),
                      .client_secret = "amzn1.oa2-cs.v1." + letters(32, rng_),
                      .refresh_token = "Atzr|" + letters(48, rng_),
                      .region = domain::Region::eu,
                      .marketplaces = {home},
                      .products = {}};
        // Every third seller sells in both countries.
        if (i % 3 == 2)
            seller.marketplaces.push_back(domain::find_marketplace_by_country(german ? "IT" : "DE"));
        seller.home_marketplaces = seller.marketplaces.size();
        const auto add = [&](const CatalogItem& item) {
            seller.products.push_back(
                {std::string(item.sku), "B0" + letters(8, rng_), std::string(item.title), item.price_minor});
        };
        if (german) std::ranges::for_each(kGermanCatalog, add);
        else std::ranges::for_each(kItalianCatalog, add);
        sellers_.push_back(std::move(seller));
    }
}

std::string World::new_order_id(const domain::Marketplace& marketplace, Rng& rng) const {
    const std::string first = std::to_string(first_part(marketplace, rng));
    std::string id;
    do id = first + "-" + digits(7, rng) + "-" + digits(7, rng);
    while (orders_.contains(id));
    return id;
}

void World::complete(Order& order, Rng& rng) {
    Person person = make_person(*order.marketplace, rng);
    if (order.recipient == domain::Address{}) order.recipient = std::move(person.address);
    if (order.buyer.name.empty()) order.buyer.name = order.recipient.name;
    if (order.buyer.email.empty()) order.buyer.email = std::move(person.buyer.email);
    if (has_program(order, "AMAZON_BUSINESS") && order.buyer.company.empty()) {
        order.buyer.company = order.buyer.name + " & C.";
        order.buyer.purchase_order_number = "PO-" + digits(6, rng);
    }
    for (Line& line : order.lines) line.order_item_id = std::to_string(1 + rng.below(9)) + digits(13, rng);
    order.ship_from = order.created_at;
    order.ship_by = end_of_day(order.created_at + days(2));
}

void World::change_later(UtcTime at, const std::string& order_id, const Status& status) {
    changes_.emplace(at, Change{order_id, status});
}

void World::generate_order(const Seller& seller, UtcTime at) {
    const domain::Marketplace& marketplace = *seller.marketplaces[rng_.below(seller.home_marketplaces)];
    const domain::Currency currency = domain::Currency::of(marketplace.currency);
    const auto money = [&](std::int64_t minor) { return domain::Money{minor, currency}; };
    Order order{.id = new_order_id(marketplace, rng_),
                .seller_id = seller.seller_id,
                .marketplace = &marketplace,
                .created_at = at,
                .updated_at = at};
    const std::uint64_t line_count = one_in(5, rng_) ? 2 + rng_.below(2) : 1;
    const bool pays_shipping = one_in(3, rng_);
    for (std::uint64_t i = 0; i < line_count; ++i) {
        const Product& product = seller.products[rng_.below(seller.products.size())];
        Line line{.seller_sku = product.sku,
                  .asin = product.asin,
                  .title = product.title,
                  .ordered = one_in(6, rng_) ? static_cast<std::int64_t>(2 + rng_.below(3)) : 1,
                  .unit_price = money(product.price_minor)};
        line.shipping = money(pays_shipping ? 409 : 0);
        line.discount = one_in(8, rng_) ? percent(line.item(), 10) : money(0);
        line.gift_wrap = money(0);
        if (one_in(12, rng_)) {
            line.gift_wrap = money(245);
            line.gift_message =
                marketplace.country == "DE" ? "Alles Gute zum Geburtstag! 🎂" : "Tanti auguri! 🎁";
        }
        line.tax = percent(line.item() + line.shipping + line.gift_wrap - line.discount, vat(marketplace));
        order.lines.push_back(std::move(line));
    }
    complete(order, rng_);
    const UtcTime paid_at = at + minutes(3) + seconds(static_cast<std::int64_t>(rng_.below(600)));
    if (one_in(25, rng_)) change_later(paid_at, order.id, "CANCELLED");
    else {
        change_later(paid_at, order.id, "UNSHIPPED");
        if (one_in(40, rng_)) change_later(paid_at + minutes(30), order.id, "CANCELLED");
    }
    orders_.emplace(order.id, std::move(order));
}

Duration World::next_gap() {
    const double drawn_min = -std::log(1.0 - rng_.unit()) / options_.orders_per_minute;
    return Duration(static_cast<std::int64_t>(drawn_min * 60e6) + 1);
}

// Everything that was due since the last request happens now, in the order of its times.
void World::advance() {
    while (true) {
        const bool order_due = next_order_at_ && *next_order_at_ <= now_;
        const bool change_due = !changes_.empty() && changes_.begin()->first <= now_;
        if (order_due && (!change_due || *next_order_at_ < changes_.begin()->first)) {
            generate_order(sellers_[rng_.below(sellers_.size())], *next_order_at_);
            next_order_at_ = *next_order_at_ + next_gap();
        } else if (change_due) {
            const auto [at, change] = *changes_.begin();
            changes_.erase(changes_.begin());
            Order* order = find_order(change.order_id);
            // Somebody may have shipped or cancelled it by hand.
            if (may_follow(order->status, change.status) && order->packages.empty())
                change_status(*order, change.status, at);
        } else {
            return;
        }
    }
}

}  // namespace fairway::sandbox
