// What happens by itself: sellers from the seed, orders arriving, payments verified, a few cancellations.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/text.hpp"
#include "sandbox/control.hpp"
#include "sandbox/countries.hpp"
#include "sandbox/flavour.hpp"
#include "sandbox/people.hpp"

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
                                    CatalogItem{"BIERKRUG-0,5", "Bierkrug aus Steinzeug, 0,5 l", 1588},
                                    CatalogItem{"GESCHIRR/TUCH 100%", "Geschirrtuch, 100 % Leinen", 1344}};
constexpr std::array kOtherCatalog{CatalogItem{"MUG/BLUE 2", "Stoneware mug, blue, set of 2", 1890},
                                   CatalogItem{"TOWEL 100%", "Tea towel, 100% linen", 1150},
                                   CatalogItem{"KETTLE-1L", "Enamel kettle, 1 l", 3490},
                                   CatalogItem{"KNIFE-20", "Chef's knife, 20 cm", 4275},
                                   CatalogItem{"BOWL-SET4", "Set of 4 bowls", 2760},
                                   CatalogItem{"APRON-M", "Canvas apron, M", 2199},
                                   CatalogItem{"WHISK", "Balloon whisk, stainless steel", 899}};

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

bool one_in(std::uint64_t n, Rng& rng) { return rng.below(n) == 0; }

// Ship-by windows end at midnight.
UtcTime end_of_day(UtcTime time) { return std::chrono::ceil<days>(time) - milliseconds(1); }

// "IT+DE" in marketplaces.
std::vector<const domain::Marketplace*> read_marketplaces(const std::string& codes) {
    std::vector<const domain::Marketplace*> marketplaces;
    for (const std::string_view code : split(codes, '+'))
        marketplaces.push_back(domain::find_marketplace_by_country(code));
    return marketplaces;
}

std::span<const CatalogItem> catalog_of(const domain::Marketplace& home) {
    if (home.country == "IT") return kItalianCatalog;
    if (home.country == "DE") return kGermanCatalog;
    return kOtherCatalog;
}

// A line with the everyday variety of a shop.
Line draw_line(const Seller& seller, const domain::Marketplace& marketplace, bool pays_shipping, Rng& rng) {
    Line line = make_line(seller.products[rng.below(seller.products.size())], marketplace);
    const std::int64_t price_percent = country_of(marketplace.country).price_percent;
    const auto money = [&](std::int64_t euro_cents) {
        return domain::Money{euro_cents * price_percent / 100, line.unit_price.currency};
    };
    if (one_in(6, rng)) line.ordered = static_cast<std::int64_t>(2 + rng.below(3));
    if (pays_shipping) line.shipping = money(409);
    if (one_in(8, rng)) line.discount = {(line.item().minor + 5) / 10, line.unit_price.currency};
    if (one_in(12, rng)) {
        line.gift_wrap = money(245);
        line.gift_message =
            marketplace.country == "DE" ? "Alles Gute zum Geburtstag! 🎂" : "Tanti auguri! 🎁";
    }
    return line;
}

}  // namespace

std::optional<std::string> refuse_marketplaces(const std::string& codes) {
    const auto marketplaces = read_marketplaces(codes);
    if (std::ranges::count(marketplaces, nullptr) > 0) return codes + ": there is no such marketplace";
    for (const domain::Marketplace* each : marketplaces)
        if (each->region != marketplaces.front()->region)
            return codes + ": a seller's account belongs to one region";
    return std::nullopt;
}

void World::make_sellers() {
    for (std::size_t i = 0; i < static_cast<std::size_t>(options_.sellers); ++i) {
        const auto homes = read_marketplaces(options_.marketplaces[i % options_.marketplaces.size()]);
        Seller seller{.seller_id = "A" + letters(13, rng_),
                      .client_id = "amzn1.application-oa2-client." + letters(24, rng_),
                      .client_secret = "amzn1.oa2-cs.v1." + letters(32, rng_),
                      .refresh_token = "Atzr|" + letters(48, rng_),
                      .region = homes.front()->region,
                      .marketplaces = homes,
                      .home_marketplaces = homes.size()};
        for (const CatalogItem& item : catalog_of(*homes.front()))
            seller.products.push_back(
                {std::string(item.sku), "B0" + letters(8, rng_), std::string(item.title), item.price_minor});
        sellers_.push_back(std::move(seller));
    }
}

std::string World::new_order_id(const domain::Marketplace& marketplace, Rng& rng) const {
    std::string id;
    do id = random_order_id(marketplace, rng);
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

// Payment is verified after a few minutes; what the flavour brings follows.
void World::plan_life(const Order& order, Flavour flavour) {
    const UtcTime paid_at =
        order.created_at + minutes(3) + seconds(static_cast<std::int64_t>(rng_.below(600)));
    if (flavour == Flavour::cancelled_early) return change_later(paid_at, order.id, "CANCELLED");
    change_later(paid_at, order.id, "UNSHIPPED");
    if (flavour == Flavour::cancelled_late) change_later(paid_at + minutes(30), order.id, "CANCELLED");
    if (flavour == Flavour::part_shipped) change_later(paid_at, order.id, "PARTIALLY_SHIPPED");
    if (flavour == Flavour::shipped_elsewhere) change_later(paid_at + hours(2), order.id, "SHIPPED");
}

void World::generate_order(const Seller& seller, UtcTime at) {
    const domain::Marketplace& marketplace = *seller.marketplaces[rng_.below(seller.home_marketplaces)];
    Order order{.id = new_order_id(marketplace, rng_),
                .seller_id = seller.seller_id,
                .marketplace = &marketplace,
                .created_at = at,
                .updated_at = at};
    const std::uint64_t line_count = one_in(5, rng_) ? 2 + rng_.below(2) : 1;
    const bool pays_shipping = one_in(3, rng_);
    for (std::uint64_t i = 0; i < line_count; ++i)
        order.lines.push_back(draw_line(seller, marketplace, pays_shipping, rng_));
    const Flavour flavour = draw_flavour(rng_);
    add_flavour(order, flavour, seller, rng_);
    add_taxes(order, flavour);
    complete(order, rng_);
    plan_life(order, flavour);
    orders_.add(std::move(order));
}

Duration World::next_gap() {
    const double drawn_min = -std::log(1.0 - rng_.unit()) / options_.orders_per_minute;
    return Duration(static_cast<std::int64_t>(drawn_min * 60e6) + 1);
}

// A change that was due, unless somebody shipped or cancelled the order by hand meanwhile.
void World::make_change(const Change& change, UtcTime at) {
    const OrderBook::Change order = orders_.change(change.order_id);
    if (!may_follow(order->status, change.status) || !order->packages.empty()) return;
    NewPackage package{};
    if (change.status == "PARTIALLY_SHIPPED") package.items = {PackageItem{.line = 1, .quantity = 1}};
    if (change.status == "PARTIALLY_SHIPPED" || change.status == "SHIPPED") {
        ship_elsewhere(*order, {package}, at);
        return;
    }
    change_status(*order, change.status, at);
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
            make_change(change, at);
        } else {
            return;
        }
    }
}

}  // namespace fairway::sandbox
