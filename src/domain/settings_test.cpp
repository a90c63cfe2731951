#include "domain/settings.hpp"

#include <gtest/gtest.h>

namespace fairway::domain {
namespace {

constexpr UtcTime kStart = from_micros(1'790'000'000'000'000);
const std::vector<ImportSwitch> kOnOffOn{
    {kStart, true}, {kStart + hours(1), false}, {kStart + hours(2), true}};

TEST(ImportWasOn, each_switch_counts_until_the_next) {
    EXPECT_TRUE(import_was_on(kOnOffOn, kStart + minutes(30)));
    EXPECT_FALSE(import_was_on(kOnOffOn, kStart + minutes(90)));
    EXPECT_TRUE(import_was_on(kOnOffOn, kStart + days(90)));
}

TEST(ImportWasOn, a_switch_counts_from_its_own_moment) {
    EXPECT_FALSE(import_was_on(kOnOffOn, kStart + hours(1)));
    EXPECT_TRUE(import_was_on(kOnOffOn, kStart + hours(1) - Duration(1)));
}

TEST(ImportWasOn, before_the_first_switch_it_is_as_the_first_switch_says) {
    EXPECT_TRUE(import_was_on(kOnOffOn, kStart - days(1)));
    EXPECT_FALSE(import_was_on({{kStart, false}, {kStart + hours(1), true}}, kStart - days(1)));
}

TEST(ImportWasOn, without_a_switch_it_is_on) { EXPECT_TRUE(import_was_on({}, kStart)); }

TEST(StoreSettings, the_defaults_are_the_documented_ones) {
    const StoreSettings settings;
    EXPECT_TRUE(settings.import_orders);
    EXPECT_EQ(settings.customer, CustomerMode::guest);
    EXPECT_EQ(settings.order_number, OrderNumberSource::back_end);
    EXPECT_EQ(settings.pending_orders, PendingOrders::reserve);
    EXPECT_FALSE(settings.imported_status.has_value());
    EXPECT_EQ(settings.look_back_days, 0);
    EXPECT_FALSE(settings.create_when_refused);
    EXPECT_EQ(settings.quantity, (QuantitySettings{0, std::nullopt, 100, 0}));
    EXPECT_EQ(settings.sync_interval_s, 240);
}

}  // namespace
}  // namespace fairway::domain
