// Whatever people and Amazon do to an order: its money and its stock are accounted for to the last unit.
#include <algorithm>

#include <rapidcheck.h>

#include "commerce/builtin/builtin_fixture.hpp"

namespace fairway::commerce {
namespace {

using domain::Parts;
using store::CommerceOrderRecord;

struct RandomLine {
    std::int64_t quantity = 1;
    std::int64_t units = 1;
    Parts parts{};
};
struct RandomOrder {
    std::vector<RandomLine> lines{};
    std::int64_t other = 0;
};

std::int64_t between(std::int64_t least, std::int64_t most) { return *rc::gen::inRange(least, most + 1); }

RandomOrder random_order() {
    RandomOrder order{.other = between(0, 300)};
    const std::int64_t lines = between(1, 3);
    for (std::int64_t i = 0; i < lines; ++i) {
        const std::int64_t item = between(0, 20'000);
        order.lines.push_back({between(1, 7),
                               between(1, 4),
                               {eur(item), eur(between(0, 4'000)), eur(between(0, 999)),
                                eur(between(0, item)), eur(between(0, 500)), eur(between(0, 99))}});
    }
    return order;
}

Parts credited(const CommerceOrderRecord& order) {
    Parts sum = Parts::zero(order.currency);
    for (const store::CreditMemoRecord& memo : order.credit_memos) sum = sum + memo.parts;
    return sum;
}

std::int64_t credited_minor(const CommerceOrderRecord& order) {
    std::int64_t sum = 0;
    for (const store::CreditMemoRecord& memo : order.credit_memos) sum += memo.total().minor;
    return sum;
}

// Everything that is left to credit of every line.
CreditRequest the_rest(const CommerceOrderRecord& order) {
    CreditRequest request;
    for (const store::CommerceLineRecord& line : order.lines) {
        const domain::CommerceLine& q = line.quantities;
        const std::int64_t left = q.quantity_ordered - q.quantity_cancelled - q.quantity_refunded;
        if (left > 0) request.lines.push_back({q.line, left});
    }
    return request;
}

// An order with products of its own, and what is done to it. Lives in one transaction, which is rolled back.
class Case {
public:
    Case(db::Transaction& tx, const RandomOrder& random, domain::AmazonOrder amazon)
        : tx_(tx), amazon_(std::move(amazon)) {
        domain::CreateOrder intent{.cause = "create"};
        for (std::size_t i = 0; i < random.lines.size(); ++i) {
            const RandomLine& line = random.lines[i];
            const ProductSku sku(amazon_.lines[i].seller_sku.str());
            // More than one source, so that returns have to find their way back.
            const std::int64_t pieces = line.quantity * line.units;
            const Status made = store::insert_product(tx_, sku, "Kettle", true, pieces / 2, kNow);
            const Status set = store::set_stock(tx_, sku, "north", pieces - pieces / 2, kNow);
            CHECK(made && set, "a new product takes any stock");
            intent.lines.push_back({.line = amazon_.lines[i].line,
                                    .product_sku = sku,
                                    .units = line.units,
                                    .quantity = line.quantity,
                                    .stock_to_take = pieces});
        }
        apply(intent);
    }

    CommerceOrderRecord order() const {
        return *store::find_commerce_order_of(tx_, store::find_order(tx_, amazon_.id)->id);
    }
    bool credit_units(const CreditRequest& request) {
        return credit(tx_, order(), request, domain::Origin::operator_, kNow).has_value();
    }
    // One thing that somebody does; many are refused.
    void act_on_units() {
        switch (between(0, 2)) {
            case 0: credit_units({.lines = some_units(4)}); break;
            case 1: ship_some(); break;
            default: withdraw_some(); break;
        }
    }
    void act_somehow() {
        switch (between(0, 3)) {
            case 0: act_on_units(); break;
            case 1: credit_units({.lines = some_units(4), .return_to_stock = false}); break;
            case 2: credit_units({.shipping = eur(between(0, 1'500))}); break;
            default:
                credit_units({.lines = between(0, 1) == 1 ? some_units(2) : std::vector<ShipItem>{},
                              .adjustment = eur(between(0, 8'000))});
        }
    }
    void check_account() const {
        const CommerceOrderRecord now = order();
        RC_ASSERT(credited_minor(now) <= now.totals().total().minor);
        RC_ASSERT(credited(now).shipping.minor <= now.totals().shipping.minor);
        for (const store::CommerceLineRecord& line : now.lines) {
            const domain::CommerceLine& q = line.quantities;
            RC_ASSERT(held(q.line) >= 0);
            const auto product = store::find_product(tx_, q.product_sku);
            RC_ASSERT(held(q.line) + product->quantity() == q.units * q.quantity_ordered);
        }
    }
    // Pieces that the line still holds, by the movements.
    std::int64_t held(int line) const {
        return tx_
            .one(
                "SELECT COALESCE(-SUM(quantity), 0) FROM stock_movements "
                "WHERE commerce_order_id = $1 AND line = $2",
                order().id, line)
            ->get<std::int64_t>(0);
    }

private:
    void apply(const Intent& intent) {
        Builtin builtin;
        const auto applied = builtin.apply(tx_, *store::find_order(tx_, amazon_.id), intent, kNow);
        CHECK(applied && *applied == Applied::done, "there is stock for everything");
    }
    domain::CommerceLine some_line() const {
        const auto lines = order().lines;
        const auto last = static_cast<std::int64_t>(lines.size()) - 1;
        return lines[static_cast<std::size_t>(between(0, last))].quantities;
    }
    std::vector<ShipItem> some_units(std::int64_t most) const {
        return {{some_line().line, between(1, most)}};
    }
    void ship_some() {
        const ShipPackage package{.carrier = "DHL",
                                  .tracking = "T" + std::to_string(order().shipments.size()),
                                  .items = some_units(4)};
        static_cast<void>(ship(tx_, order(), {{package}}, domain::Origin::operator_, kNow));
    }
    // Amazon cancels some of a line's open units.
    void withdraw_some() {
        const domain::CommerceLine line = some_line();
        if (line.open() == 0) return;
        apply(domain::WithdrawUnits{"some", true, {{line.line, between(1, line.open())}}});
    }

    db::Transaction& tx_;
    domain::AmazonOrder amazon_;
};

class PropertyTest : public BuiltinTest {
protected:
    template <class Property>
    bool holds(Property property) {
        return rc::check([&] {
            const RandomOrder random = random_order();
            const domain::AmazonOrder amazon = to_amazon(random);
            const Status undone = write([&](db::Transaction& tx) -> Status {
                store::upsert_order(tx, vault, identity("402-1"), account, store, incoming(amazon), key,
                                    kNow);
                Case each(tx, random, amazon);
                property(each, random, amazon);
                return fail(ErrorKind::conflict, "undone", "nothing of a case stays");
            });
            RC_ASSERT(!undone.has_value());
        });
    }
    static domain::AmazonOrder to_amazon(const RandomOrder& random) {
        domain::AmazonOrder amazon = make_order("402-1");
        amazon.lines.clear();
        amazon.order_other = eur(random.other);
        amazon.total = eur(random.other);
        for (const RandomLine& line : random.lines) {
            const int number = static_cast<int>(amazon.lines.size()) + 1;
            amazon.lines.push_back(make_line(number, line.quantity, line.parts));
            amazon.total = *amazon.total + line.parts.total();
        }
        return amazon;
    }

    store::DataKeyId key = vault.create_keys(1, kNow).front();
};

TEST_F(PropertyTest, an_order_costs_what_amazon_says_part_by_part) {
    EXPECT_TRUE(holds([](Case& each, const RandomOrder& random, const domain::AmazonOrder& amazon) {
        const CommerceOrderRecord order = each.order();
        Parts expected = Parts::zero(kEur);
        for (const RandomLine& line : random.lines) expected = expected + line.parts;
        expected.other = expected.other + eur(random.other);
        RC_ASSERT(order.totals() == expected);
        RC_ASSERT(order.totals().total() == *amazon.total);
        RC_ASSERT(order.invoices.at(0).parts == expected);
    }));
}

TEST_F(PropertyTest, units_credited_in_any_steps_add_up_to_the_order_and_all_stock_comes_back) {
    EXPECT_TRUE(holds([](Case& each, const RandomOrder&, const domain::AmazonOrder& amazon) {
        for (std::int64_t steps = between(0, 8); steps > 0; --steps) {
            each.act_on_units();
            each.check_account();
        }
        const CreditRequest rest = the_rest(each.order());
        if (!rest.lines.empty()) RC_ASSERT(each.credit_units(rest));
        const CommerceOrderRecord order = each.order();
        RC_ASSERT(credited(order) == order.totals());
        RC_ASSERT(credited_minor(order) == amazon.total->minor);
        RC_ASSERT(order.status == domain::CommerceStatus::closed);
        for (const domain::OrderLine& line : amazon.lines) RC_ASSERT(each.held(line.line) == 0);
    }));
}

TEST_F(PropertyTest, credits_of_every_kind_never_exceed_the_order_and_units_can_always_be_credited) {
    EXPECT_TRUE(holds([](Case& each, const RandomOrder&, const domain::AmazonOrder&) {
        for (std::int64_t steps = between(1, 10); steps > 0; --steps) {
            each.act_somehow();
            each.check_account();
        }
        const CreditRequest rest = the_rest(each.order());
        if (!rest.lines.empty()) RC_ASSERT(each.credit_units(rest));
        each.check_account();
        RC_ASSERT(each.order().status == domain::CommerceStatus::closed);
    }));
}

}  // namespace
}  // namespace fairway::commerce
