// Each rule complains about a world that breaks it, and is silent about one that does not.
#include "checkers/checkers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "migrations/migrations.hpp"

namespace fairway::checkers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kDay = 86'400'000'000;
const UtcTime kConnected = from_micros(1'000 * kDay);
const UtcTime kPlaced = from_micros(1'001 * kDay);
const UtcTime kUpdated = from_micros(1'002 * kDay);
const UtcTime kWatermark = from_micros(1'003 * kDay);

std::string micros(UtcTime time) { return std::to_string(to_micros(time)); }

// One store with one order of two units, one of them shipped here and confirmed, three in stock.
class Checkers : public testing::Test {
protected:
    Checkers() {
        database_ = *db::open("sqlite:" + (folder_ / "fairway.db").string());
        EXPECT_TRUE(db::migrate(*database_, migrations_for(db::Engine::sqlite), kConnected));
        const std::string now = micros(kUpdated);
        for (const std::string& sql : std::vector<std::string>{
                 "INSERT INTO accounts VALUES (1, 'Main', 'eu', 'SELLER', 'c', x'00', NULL, x'00', 'u', 'l', "
                 "NULL, NULL, NULL, 0)",
                 "INSERT INTO stores (id, account_id, marketplace_id, name, back_end, active, settings, "
                 "import_from, watermark, deep_sweep_at, created_at) VALUES (1, 1, 'IT', 'Amazon.it', "
                 "'builtin', 1, '{}', " +
                     micros(kConnected) + ", " + micros(kWatermark) + ", 0, 0)",
                 "INSERT INTO import_switches VALUES (1, " + micros(kConnected) + ", 1)",
                 "INSERT INTO amazon_orders (id, region, seller_id, amazon_order_id, account_id, store_id, "
                 "marketplace_id, amazon_status, amazon_status_text, status, import_state, fulfilled_by, "
                 "programs, replacement, purchased_at, updated_at, currency, total_minor, recipient_state, "
                 "buyer_state, content_hash, changed_at, read_at, dirty, key_id) VALUES (1, 'eu', 'SELLER', "
                 "'A-1', 1, 1, 'IT', 'PartiallyShipped', 'PARTIALLY_SHIPPED', 'PartiallyShipped', "
                 "'imported', 'merchant', '', 0, " +
                     micros(kPlaced) + ", " + now + ", 'EUR', 2490, 'granted', 'granted', x'00', 0, 0, 0, 1)",
                 "INSERT INTO amazon_order_lines VALUES (1, 1, 'I-1', 'MOKA', 'B0', 'Moka', 2, 1, 1, 'EUR', "
                 "2000, 440, 100, 50, 0, 0, 2490)",
                 "INSERT INTO products VALUES ('MOKA', 'Moka', 1, 0, 0, 0)",
                 "INSERT INTO stock VALUES ('MOKA', 'default', 3, 0)",
                 "INSERT INTO stock_movements VALUES (1, 'MOKA', 'default', 5, 'set', NULL, NULL, 0)",
                 "INSERT INTO commerce_orders VALUES (1, '000000001', 1, 1, 'Processing', NULL, NULL, 'EUR', "
                 "0, 1, 0, 0)",
                 "INSERT INTO commerce_lines VALUES (1, 1, 'I-1', 'MOKA', 'MOKA', 'Moka', 1, 2, 1, 0, 0, 0, "
                 "2000, 440, 100, 50, 0, 0)",
                 "INSERT INTO stock_movements VALUES (2, 'MOKA', 'default', -2, 'order', 1, 1, 0)",
                 "INSERT INTO shipments VALUES (1, 1, 'operator', 0)",
                 "INSERT INTO shipment_packages VALUES (1, 1, 'DHL', '', 'JD1', 0, '')",
                 "INSERT INTO shipment_package_items VALUES (1, 1, 1)",
                 "INSERT INTO commands VALUES (1, 'confirm_shipment', 'verified', 1, 1, 1, '1001', 1, "
                 "'[[1,1]]', NULL, 1, 0, NULL, NULL, 0, 0, 0, 0, 0, 0)",
                 "INSERT INTO quota_buckets VALUES (1, 'getOrder', 500000, 30000000, 5000000, " + now + ")"})
            change(sql);
        ledger.orders.push_back(
            {.id = "A-1",
             .seller_id = "SELLER",
             .marketplace = "IT",
             .status = "PARTIALLY_SHIPPED",
             .created_at = kPlaced,
             .updated_at = kUpdated,
             .total_minor = 2490,
             .lines = {{.order_item_id = "I-1",
                        .ordered = 2,
                        .fulfilled = 1,
                        .unfulfilled = 1,
                        .has_money = true,
                        .parts = {{"ITEM", 2000}, {"TAX", 440}, {"SHIPPING", 100}, {"DISCOUNT", 50}},
                        .total_minor = 2490}},
             .confirmations = {{"1001", "JD1", {{"I-1", 1}}}},
             .persons = {"Ada Lovelace"}});
        ledger.buckets.push_back({"SELLER", "getOrder", 5'000'000, 0});
    }
    ~Checkers() override {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }

    void change(const std::string& sql) {
        database_->write([&](db::Transaction& tx) { tx.execute(sql); });
    }
    // What a rule says now.
    template <class Rule, class... More>
    Complaints ask(Rule rule, const More&... more) {
        return database_->read([&](db::Reader& tx) { return rule(tx, more...); });
    }
    LedgerOrder& order() { return ledger.orders.front(); }
    LedgerLine& line() { return order().lines.front(); }

    Ledger ledger{};
    std::filesystem::path folder_ = [] {
        std::string pattern = (std::filesystem::temp_directory_path() / "fairway_checkers_XXXXXX").string();
        return std::filesystem::path(mkdtemp(pattern.data()));
    }();
    std::unique_ptr<db::Database> database_{};
};

TEST_F(Checkers, are_silent_about_a_sound_world) {
    EXPECT_THAT(ask(stock_is_its_movements), IsEmpty());
    EXPECT_THAT(ask(reservations_add_up), IsEmpty());
    EXPECT_THAT(ask(reservations_are_in_stock), IsEmpty());
    EXPECT_THAT(ask(lines_are_within_their_quantities), IsEmpty());
    EXPECT_THAT(ask(states_agree), IsEmpty());
    EXPECT_THAT(ask(money_is_amazons, ledger), IsEmpty());
    EXPECT_THAT(ask(confirmations_are_ours, ledger, Repeats::none), IsEmpty());
    EXPECT_THAT(ask(packages_are_saved_once), IsEmpty());
    EXPECT_THAT(ask(watermarks_leave_nothing_behind, ledger, Duration{}), IsEmpty());
    EXPECT_THAT(ask(quotas_are_kept, ledger, kUpdated), IsEmpty());
    EXPECT_THAT(ask(mirror_is_ledger, ledger), IsEmpty());
    EXPECT_THAT(ask(commerce_orders_are_due, ledger, std::set<std::string>{}), IsEmpty());
    EXPECT_THAT(ask(reservations_are_released, ledger), IsEmpty());
    EXPECT_THAT(ask(commands_have_ended), IsEmpty());
    EXPECT_THAT(ask(amazon_knows_what_was_shipped, ledger), IsEmpty());
    EXPECT_THAT(ask(nothing_is_dirty), IsEmpty());
    EXPECT_THAT(files_are_sealed(ledger, {folder_ / "fairway.db", folder_ / "none"}), IsEmpty());
    EXPECT_THAT(log_is_impersonal(ledger, {"{\"event\":\"tick.done\"}"}), IsEmpty());
}

TEST_F(Checkers, see_stock_that_is_not_its_movements) {
    change("UPDATE stock SET quantity = 4");
    EXPECT_THAT(ask(stock_is_its_movements), ElementsAre(HasSubstr("MOKA in default has 4")));
}

TEST_F(Checkers, see_a_product_that_says_other_reservations) {
    change("UPDATE products SET reserved = 1");
    EXPECT_THAT(ask(reservations_add_up), ElementsAre(HasSubstr("MOKA says 1")));
}

TEST_F(Checkers, see_more_reserved_than_there_is) {
    change("UPDATE products SET reserved = 4");
    EXPECT_THAT(ask(reservations_are_in_stock), ElementsAre(HasSubstr("MOKA has reserved 4")));
}

TEST_F(Checkers, see_an_order_that_holds_more_than_it_ordered) {
    change("INSERT INTO stock_movements VALUES (3, 'MOKA', 'default', -1, 'order', 1, 1, 0)");
    EXPECT_THAT(ask(lines_are_within_their_quantities), ElementsAre(HasSubstr("holds 3")));
}

TEST_F(Checkers, see_more_units_handled_than_there_are) {
    change("UPDATE commerce_lines SET quantity_withdrawn = 2");
    EXPECT_THAT(ask(lines_are_within_their_quantities), ElementsAre(HasSubstr("more units of a line")));
}

TEST_F(Checkers, see_states_that_contradict_each_other) {
    change("UPDATE amazon_orders SET import_state = 'waiting'");
    EXPECT_THAT(ask(states_agree), ElementsAre(HasSubstr("A-1 is waiting")));
    change("UPDATE amazon_orders SET import_state = 'blocked'");
    EXPECT_EQ(ask(states_agree).size(), 2U);
}

TEST_F(Checkers, see_a_reservation_beside_a_commerce_order) {
    change("INSERT INTO reservations VALUES (1, 1, 'MOKA', 'MOKA', 1)");
    EXPECT_THAT(ask(states_agree), testing::Contains(HasSubstr("still reserves stock")));
}

TEST_F(Checkers, see_a_cent_in_the_wrong_part) {
    change("UPDATE commerce_lines SET tax_minor = 439, shipping_minor = 101");
    EXPECT_THAT(ask(money_is_amazons, ledger),
                ElementsAre(HasSubstr("TAX in minor units: expected 440, found 439"), HasSubstr("SHIPPING")));
}

TEST_F(Checkers, see_a_total_that_is_not_amazons) {
    change("UPDATE commerce_orders SET other_minor = 1");
    EXPECT_THAT(ask(money_is_amazons, ledger), ElementsAre(HasSubstr("expected 2490, found 2491")));
}

TEST_F(Checkers, let_a_person_take_the_parts_of_a_total_that_is_another_and_see_a_wrong_part_all_the_same) {
    order().total_minor = 9999;
    EXPECT_THAT(ask(money_is_amazons, ledger), ElementsAre(HasSubstr("expected 9999, found 2490")));
    change("INSERT INTO decisions (order_id, kind, cause, at) VALUES (1, 'import_anyway', 'total', 0)");
    EXPECT_THAT(ask(money_is_amazons, ledger), IsEmpty());
    change("UPDATE commerce_lines SET tax_minor = 441, item_minor = 1999");
    EXPECT_EQ(ask(money_is_amazons, ledger).size(), 2U);
}

TEST_F(Checkers, see_a_package_that_was_confirmed_twice) {
    order().confirmations.push_back(order().confirmations.front());
    EXPECT_THAT(ask(confirmations_are_ours, ledger, Repeats::none),
                ElementsAre(HasSubstr("package 1001 of A-1 was confirmed twice")));
    EXPECT_THAT(ask(confirmations_are_ours, ledger, Repeats::as_the_same), IsEmpty());
    order().confirmations.back().reference = "1002";
    EXPECT_THAT(ask(confirmations_are_ours, ledger, Repeats::as_the_same),
                testing::Contains(HasSubstr("was confirmed as 1001 and as 1002")));
}

TEST_F(Checkers, see_units_confirmed_that_were_not_shipped) {
    order().confirmations.front().units["I-1"] = 2;
    EXPECT_THAT(ask(confirmations_are_ours, ledger, Repeats::none),
                ElementsAre(HasSubstr("2 units of item")));
}

TEST_F(Checkers, see_a_shipment_of_amazon_that_was_sent_back) {
    change("UPDATE shipments SET origin = 'amazon'");
    EXPECT_THAT(ask(confirmations_are_ours, ledger, Repeats::none),
                ElementsAre(HasSubstr("nobody shipped here"), HasSubstr("what it shipped itself")));
}

TEST_F(Checkers, see_a_package_that_was_saved_twice) {
    change("INSERT INTO shipment_packages VALUES (2, 1, 'DHL', '', 'JD1', 0, '')");
    EXPECT_THAT(ask(packages_are_saved_once), ElementsAre(HasSubstr("JD1")));
}

TEST_F(Checkers, see_a_watermark_past_what_is_stored) {
    change("UPDATE amazon_orders SET updated_at = updated_at - 1");
    EXPECT_THAT(ask(watermarks_leave_nothing_behind, ledger, Duration{}),
                ElementsAre(HasSubstr("is older here")));
    EXPECT_THAT(ask(watermarks_leave_nothing_behind, ledger, Duration{2 * kDay}), IsEmpty())
        << "searches may show it wrongly for so long";
    order().id = "A-2";
    EXPECT_THAT(ask(watermarks_leave_nothing_behind, ledger, Duration{}),
                ElementsAre(HasSubstr("A-2 was updated at")));
}

TEST_F(Checkers, see_an_order_that_goes_back_to_an_older_version) {
    Versions versions;
    const auto look = [&] {
        return database_->read([&](db::Reader& tx) { return versions.never_go_back(tx); });
    };
    EXPECT_THAT(look(), IsEmpty());
    change("UPDATE amazon_orders SET updated_at = updated_at - 1");
    EXPECT_THAT(look(), ElementsAre(HasSubstr("A-1 was mirrored as of")));
}

TEST_F(Checkers, see_calls_beyond_the_quota) {
    ledger.buckets.front().refused = 1;
    EXPECT_THAT(ask(quotas_are_kept, ledger, kUpdated), ElementsAre(HasSubstr("1 calls of getOrder")));
}

TEST_F(Checkers, see_a_bucket_that_is_believed_to_hold_too_much) {
    EXPECT_THAT(ask(quotas_are_kept, ledger, kUpdated + seconds(2)),
                ElementsAre(HasSubstr("believed to hold 6000000")));
    change("DELETE FROM quota_buckets");
    EXPECT_THAT(ask(quotas_are_kept, ledger, kUpdated), ElementsAre(HasSubstr("there is no bucket")));
}

TEST_F(Checkers, see_each_difference_between_mirror_and_ledger) {
    order().status = "SHIPPED";
    line().fulfilled = 2;
    line().parts["TAX"] = 441;
    order().total_minor = 2491;
    EXPECT_EQ(ask(mirror_is_ledger, ledger).size(), 4U);
    order().updated_at += seconds(1);
    EXPECT_EQ(ask(mirror_is_ledger, ledger).size(), 5U);
    change("DELETE FROM amazon_order_lines");
    EXPECT_THAT(ask(mirror_is_ledger, ledger),
                testing::Contains(HasSubstr("item I-1 of A-1 is not mirrored")));
    order().id = "A-2";
    EXPECT_THAT(ask(mirror_is_ledger, ledger), ElementsAre("A-2 is not mirrored"));
}

TEST_F(Checkers, see_a_commerce_order_that_is_missing) {
    order().id = "A-2";
    EXPECT_THAT(ask(commerce_orders_are_due, ledger, std::set<std::string>{}),
                ElementsAre("A-2 has no commerce order and is not mirrored"));
    order().status = "PENDING";
    EXPECT_THAT(ask(commerce_orders_are_due, ledger, std::set<std::string>{}), IsEmpty());
}

TEST_F(Checkers, see_a_commerce_order_that_should_not_be) {
    order().by_merchant = false;
    EXPECT_THAT(ask(commerce_orders_are_due, ledger, std::set<std::string>{}),
                ElementsAre("A-1 has a commerce order and should have none"));
    order().by_merchant = true;
    order().created_at = kConnected - seconds(1);
    EXPECT_EQ(ask(commerce_orders_are_due, ledger, std::set<std::string>{}).size(), 1U);
    order().created_at = kPlaced;
    change("UPDATE import_switches SET is_on = 0");
    EXPECT_EQ(ask(commerce_orders_are_due, ledger, std::set<std::string>{}).size(), 1U);
}

TEST_F(Checkers, let_pass_a_block_that_nobody_has_mended) {
    for (const char* table : {"commands", "shipment_package_items", "shipment_packages", "shipments",
                              "stock_movements", "commerce_lines", "commerce_orders"})
        change("DELETE FROM " + std::string(table));
    change("UPDATE amazon_orders SET import_state = 'blocked', block_reason = 'money_mismatch'");
    EXPECT_THAT(ask(commerce_orders_are_due, ledger, std::set<std::string>{}),
                ElementsAre(HasSubstr("blocked: money_mismatch")));
    EXPECT_THAT(ask(commerce_orders_are_due, ledger, std::set<std::string>{"money_mismatch"}), IsEmpty());
}

TEST_F(Checkers, see_stock_held_back_for_nobody) {
    change("INSERT INTO reservations VALUES (1, 1, 'MOKA', 'MOKA', 1)");
    EXPECT_THAT(ask(reservations_are_released, ledger), ElementsAre(HasSubstr("still holds back stock")));
    order().status = "PENDING";
    EXPECT_THAT(ask(reservations_are_released, ledger), IsEmpty());
}

TEST_F(Checkers, see_a_command_without_an_end_or_a_reason) {
    change("UPDATE commands SET state = 'unknown'");
    EXPECT_THAT(ask(commands_have_ended), ElementsAre(HasSubstr("command 1 of A-1 is unknown")));
    change("UPDATE commands SET state = 'rejected'");
    EXPECT_EQ(ask(commands_have_ended).size(), 1U) << "no reason";
    change("UPDATE commands SET code = 'amazon_refused'");
    EXPECT_THAT(ask(commands_have_ended), IsEmpty());
}

TEST_F(Checkers, see_a_shipment_that_amazon_does_not_know) {
    line().fulfilled = 0;
    line().unfulfilled = 2;
    EXPECT_THAT(ask(amazon_knows_what_was_shipped, ledger),
                ElementsAre(HasSubstr("1 units shipped here, 0 on Amazon")));
    line().fulfilled = 2;
    line().unfulfilled = 0;
    EXPECT_EQ(ask(amazon_knows_what_was_shipped, ledger).size(), 1U) << "shipped elsewhere, not recorded";
    change("UPDATE commands SET state = 'rejected'");
    EXPECT_THAT(ask(amazon_knows_what_was_shipped, ledger), IsEmpty()) << "parked";
}

TEST_F(Checkers, see_an_order_left_to_be_planned) {
    change("UPDATE amazon_orders SET dirty = 1");
    EXPECT_THAT(ask(nothing_is_dirty), ElementsAre(HasSubstr("A-1")));
}

TEST_F(Checkers, see_a_person_in_the_log) {
    EXPECT_THAT(log_is_impersonal(ledger, {"one", "to Ada Lovelace", "two"}),
                ElementsAre("personal data is in the log: to Ada Lovelace"));
}

TEST_F(Checkers, see_a_person_in_a_file) {
    change("UPDATE amazon_orders SET note_params = 'Ada Lovelace'");
    EXPECT_THAT(files_are_sealed(ledger, {folder_ / "fairway.db", folder_ / "fairway.db-wal"}),
                testing::Contains(HasSubstr("\"Ada Lovelace\" in clear")));
}

}  // namespace
}  // namespace fairway::checkers
