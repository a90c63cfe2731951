// Shipments that people save.
#include <limits>

#include "commerce/builtin/builtin_fixture.hpp"

namespace fairway::commerce {
namespace {

using domain::CommerceStatus;

class ShipTest : public BuiltinTest {
protected:
    std::string refused(const ShipRequest& request) {
        return refusal([&] { return ship_now(order, request); });
    }
    std::string field_of(const ShipRequest& request) { return ship_now(order, request).error().field; }
    void set_status(CommerceStatus status) {
        write(
            [&](db::Transaction& tx) { store::set_commerce_status(tx, order, status, std::nullopt, kNow); });
    }

    CommerceOrderId order = create_with_stock({3, 2});
};

TEST_F(ShipTest, a_package_without_items_holds_everything_that_is_open) {
    must(ship_now(order, {{package("T1", {{1, 1}})}}));
    must(ship_now(order, {{package("T2")}}));
    const auto shipments = get(order).shipments;
    ASSERT_EQ(shipments.size(), 2u);
    EXPECT_EQ(shipments[1].shipment.packages.at(0).items,
              (std::vector<domain::LineQuantity>{{1, 2}, {2, 2}}));
    EXPECT_EQ(get(order).status, CommerceStatus::shipped);
}

TEST_F(ShipTest, a_part_shipped_leaves_the_order_processing) {
    must(ship_now(order, {{package("T1", {{1, 1}})}}));
    EXPECT_EQ(get(order).status, CommerceStatus::processing);
    EXPECT_EQ(get(order).lines[0].quantities.quantity_shipped, 1);
    EXPECT_EQ(get(order).lines[0].quantities.open(), 2);
}

TEST_F(ShipTest, several_packages_of_one_shipment_are_kept_apart) {
    must(ship_now(order, {{package("T1", {{1, 3}}), package("T2", {{2, 1}, {2, 1}})}}));
    const auto shipments = get(order).shipments;
    ASSERT_EQ(shipments.size(), 1u);
    EXPECT_EQ(shipments[0].shipment.origin, domain::Origin::operator_);
    ASSERT_EQ(shipments[0].shipment.packages.size(), 2u);
    EXPECT_EQ(shipments[0].shipment.packages[1].tracking, "T2");
    EXPECT_EQ(shipments[0].shipment.packages[1].items, (std::vector<domain::LineQuantity>{{2, 2}}));
    EXPECT_EQ(get(order).status, CommerceStatus::shipped);
}

TEST_F(ShipTest, a_shipment_makes_the_amazon_order_dirty) {
    ASSERT_TRUE(dirty_orders().empty());
    must(ship_now(order, {{package("T1", {{1, 1}})}}));
    EXPECT_EQ(dirty_orders(), std::vector{get(order).order_id});
}

TEST_F(ShipTest, a_shipment_moves_no_stock) {
    must(ship_now(order, {{package("T1")}}));
    EXPECT_EQ(stock_of("SKU-1"), "default=7");
}

TEST_F(ShipTest, spaces_around_carrier_and_tracking_do_not_count) {
    must(ship_now(order,
                  {{{.carrier = " DHL ", .service = " Paket ", .tracking = " T1 ", .items = {{1, 1}}}}}));
    const domain::CommercePackage saved = get(order).shipments[0].shipment.packages.at(0);
    EXPECT_EQ(saved.carrier, "DHL");
    EXPECT_EQ(saved.service, "Paket");
    EXPECT_EQ(saved.tracking, "T1");
}

TEST_F(ShipTest, more_units_than_are_open_are_refused) {
    EXPECT_EQ(refused({{package("T1", {{1, 4}})}}), "invalid quantity_exceeds_open");
    must(ship_now(order, {{package("T1", {{1, 2}})}}));
    EXPECT_EQ(refused({{package("T2", {{1, 2}})}}), "invalid quantity_exceeds_open");
}

TEST_F(ShipTest, packages_that_together_exceed_what_is_open_are_refused) {
    EXPECT_EQ(refused({{package("T1", {{1, 2}}), package("T2", {{1, 2}})}}), "invalid quantity_exceeds_open");
}

TEST_F(ShipTest, enormous_quantities_are_refused_whatever_they_add_up_to) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(refused({{package("T1", {{1, kMost}, {1, kMost}})}}), "invalid quantity_exceeds_open");
    EXPECT_EQ(refused({{package("T1", {{1, 1}, {1, kMost}})}}), "invalid quantity_exceeds_open");
}

TEST_F(ShipTest, units_that_were_credited_unshipped_are_not_open) {
    must(credit_now(order, {.lines = {{1, 2}}}));
    EXPECT_EQ(refused({{package("T1", {{1, 2}})}}), "invalid quantity_exceeds_open");
    must(ship_now(order, {{package("T1", {{1, 1}})}}));
}

TEST_F(ShipTest, a_line_the_order_does_not_have_is_refused_by_its_place) {
    EXPECT_EQ(refused({{package("T1", {{3, 1}})}}), "invalid unknown_line");
    EXPECT_EQ(field_of({{package("T0", {{1, 1}}), package("T1", {{1, 1}, {3, 1}})}}),
              "packages[1].items[1].line");
}

TEST_F(ShipTest, a_quantity_is_at_least_one) {
    EXPECT_EQ(refused({{package("T1", {{1, 0}})}}), "invalid quantity_not_positive");
    EXPECT_EQ(refused({{package("T1", {{1, -1}})}}), "invalid quantity_not_positive");
    EXPECT_EQ(refused({{package("T1", {{1, 2}, {1, -1}})}}), "invalid quantity_not_positive");
}

TEST_F(ShipTest, the_same_tracking_and_lines_again_are_a_duplicate) {
    const ShipRequest request{{package("T1", {{1, 1}, {2, 1}})}};
    must(ship_now(order, request));
    EXPECT_EQ(refused(request), "conflict duplicate_shipment");
    EXPECT_EQ(refused({{package(" T1", {{2, 1}, {1, 1}})}}), "conflict duplicate_shipment");
}

TEST_F(ShipTest, a_whole_shipment_repeated_is_a_duplicate_and_not_too_many_units) {
    const ShipRequest named{{package("T1", {{1, 3}, {2, 2}})}};
    must(ship_now(order, named));
    EXPECT_EQ(refused(named), "conflict duplicate_shipment");
    EXPECT_EQ(refused({{package("T1")}}), "conflict duplicate_shipment");
}

TEST_F(ShipTest, a_package_that_repeats_another_of_its_request_is_a_duplicate) {
    EXPECT_EQ(refused({{package("T1", {{1, 1}}), package("T1", {{1, 1}})}}), "conflict duplicate_shipment");
}

TEST_F(ShipTest, other_lines_under_the_same_tracking_are_another_package) {
    must(ship_now(order, {{package("T1", {{1, 1}})}}));
    must(ship_now(order, {{package("T1", {{1, 2}})}}));
    EXPECT_EQ(get(order).shipments.size(), 2u);
}

TEST_F(ShipTest, nothing_is_shipped_when_nothing_is_open) {
    must(ship_now(order, {{package("T1")}}));
    EXPECT_EQ(refused({{package("T2")}}), "conflict nothing_open");
}

TEST_F(ShipTest, a_shipment_has_packages_and_not_too_many) {
    EXPECT_EQ(refused({}), "invalid packages_missing");
    EXPECT_EQ(refused({std::vector(51, package("T1", {{1, 1}}))}), "invalid packages_missing");
}

TEST_F(ShipTest, each_of_several_packages_names_its_items) {
    EXPECT_EQ(refused({{package("T1", {{1, 1}}), package("T2")}}), "invalid items_missing");
}

TEST_F(ShipTest, a_package_has_a_carrier_and_a_tracking_number) {
    EXPECT_EQ(refused({{{.carrier = " ", .tracking = "T1"}}}), "invalid carrier_missing");
    EXPECT_EQ(refused({{{.carrier = "DHL", .tracking = ""}}}), "invalid tracking_missing");
    EXPECT_EQ(field_of({{{.carrier = "DHL", .tracking = " "}}}), "packages[0].tracking");
}

TEST_F(ShipTest, texts_have_a_greatest_length_in_characters) {
    const auto with = [](const std::string& carrier, const std::string& service,
                         const std::string& tracking) {
        return ShipRequest{{{.carrier = carrier, .service = service, .tracking = tracking}}};
    };
    EXPECT_EQ(refused(with(std::string(81, 'c'), "", "T")), "invalid too_long");
    EXPECT_EQ(refused(with("c", std::string(81, 's'), "T")), "invalid too_long");
    EXPECT_EQ(refused(with("c", "", std::string(101, 't'))), "invalid too_long");
    std::string umlauts;
    for (int i = 0; i < 80; ++i) umlauts += "ü";
    must(ship_now(order, with(umlauts, umlauts, std::string(100, 't'))));
}

TEST_F(ShipTest, what_is_no_utf8_is_refused) {
    EXPECT_EQ(refused({{{.carrier = "\xff", .tracking = "T1"}}}), "invalid text_invalid");
}

TEST_F(ShipTest, nothing_is_shipped_in_the_future) {
    ShipPackage tomorrow = package("T1");
    tomorrow.shipped_at = kNow + from_micros(1).time_since_epoch();
    EXPECT_EQ(refused({{tomorrow}}), "invalid shipped_at_invalid");
}

TEST_F(ShipTest, nothing_is_shipped_before_its_purchase) {
    ShipPackage early = package("T1");
    early.shipped_at = kNow - from_micros(1).time_since_epoch();
    EXPECT_EQ(refused({{early}}), "invalid shipped_at_invalid");
    EXPECT_EQ(field_of({{early}}), "packages[0].shipped_at");
}

TEST_F(ShipTest, a_package_is_shipped_when_it_says_so_or_now) {
    ShipPackage earlier = package("T1", {{1, 1}});
    earlier.shipped_at = kNow;
    must(ship_now(order, {{earlier, package("T2", {{1, 1}})}}, kNow + hours(2)));
    const auto packages = get(order).shipments[0].shipment.packages;
    EXPECT_EQ(packages.at(0).shipped_at, kNow);
    EXPECT_EQ(packages.at(1).shipped_at, kNow + hours(2));
}

TEST_F(ShipTest, an_order_on_hold_does_not_ship) {
    must_be_done(hold_now(order));
    EXPECT_EQ(refused({{package("T1")}}), "conflict on_hold");
}

TEST_F(ShipTest, an_order_that_has_ended_does_not_ship) {
    for (const CommerceStatus ended :
         {CommerceStatus::closed, CommerceStatus::canceled, CommerceStatus::complete}) {
        set_status(ended);
        EXPECT_EQ(refused({{package("T1")}}), "conflict order_closed");
        EXPECT_EQ(refused({{package("T1", {{1, 1}})}}), "conflict order_closed");
    }
}

TEST_F(ShipTest, an_order_that_is_only_viewed_does_not_ship) {
    for (const domain::ImportState state : {domain::ImportState::view_only, domain::ImportState::excluded}) {
        write([&](db::Transaction& tx) {
            store::set_import_state(tx, store::find_commerce_order(tx, order)->order_id, state, kNow);
        });
        EXPECT_EQ(refused({{package("T1")}}), "conflict view_only");
    }
}

}  // namespace
}  // namespace fairway::commerce
