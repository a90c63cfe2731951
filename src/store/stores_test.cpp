#include "store/stores.hpp"

#include <boost/json.hpp>

#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

domain::StoreSettings patched(const std::string& json, const domain::StoreSettings& base = {}) {
    return must(patch_settings(base, must(json::parse(json))));
}

Error refused(const std::string& json) {
    const auto result = patch_settings(domain::StoreSettings{}, must(json::parse(json)));
    return result ? Error{} : result.error();
}

domain::StoreSettings set(std::string_view key, std::string_view value,
                          const domain::StoreSettings& base = {}) {
    return must(patch_settings(base, settings_patch(key, value)));
}

std::string set_refused(std::string_view key, std::string_view value) {
    const auto result = patch_settings(domain::StoreSettings{}, settings_patch(key, value));
    return result ? "" : result.error().code + " " + result.error().field;
}

TEST(StoreSettings, every_setting_survives_being_written) {
    const domain::StoreSettings settings{
        .import_orders = false,
        .store_view = "it",
        .customer = domain::CustomerMode::account,
        .order_number = domain::OrderNumberSource::amazon,
        .pending_orders = domain::PendingOrders::ignore,
        .imported_status = "Da spedire",
        .look_back_days = 30,
        .create_when_refused = true,
        .carriers = {{"brt", "BRT"}, {"dhl", "DHL"}},
        .quantity = {.out_of_stock_threshold = 1, .maximum = 9, .unmanaged = 7, .buffer = 2},
        .sync_interval_s = 600};
    EXPECT_EQ(must(patch_settings(domain::StoreSettings{}, encode_settings(settings))), settings);
}

TEST(StoreSettings, the_defaults_survive_being_written) {
    domain::StoreSettings other{.imported_status = "x", .quantity = {.maximum = 3}};
    EXPECT_EQ(must(patch_settings(other, encode_settings({}))), domain::StoreSettings{});
}

TEST(StoreSettings, a_patch_leaves_alone_what_it_does_not_name) {
    const domain::StoreSettings base{.look_back_days = 3, .quantity = {.unmanaged = 5, .buffer = 2}};
    const domain::StoreSettings after = patched(R"({"quantity":{"buffer":4}})", base);
    EXPECT_EQ(after.look_back_days, 3);
    EXPECT_EQ(after.quantity.unmanaged, 5);
    EXPECT_EQ(after.quantity.buffer, 4);
}

TEST(StoreSettings, a_carrier_is_set_or_removed_and_the_others_stay) {
    const domain::StoreSettings base{.carriers = {{"brt", "BRT"}, {"dhl", "DHL"}}};
    const std::map<std::string, std::string> expected{{"dhl", "DHL"}, {"gls", "GLS"}};
    EXPECT_EQ(patched(R"({"carriers":{"brt":null,"gls":"GLS"}})", base).carriers, expected);
}

TEST(StoreSettings, null_takes_back_what_is_optional) {
    const domain::StoreSettings base{.store_view = "it", .imported_status = "x", .quantity = {.maximum = 1}};
    const auto after =
        patched(R"({"store_view":null,"imported_status":null,"quantity":{"maximum":null}})", base);
    EXPECT_EQ(after, domain::StoreSettings{});
}

TEST(StoreSettings, a_wrong_value_is_refused_with_its_field) {
    for (const auto& [json, field] : std::vector<std::pair<std::string, std::string>>{
             {R"({"import_orders":1})", "import_orders"},
             {R"({"import_orders":null})", "import_orders"},
             {R"({"store_view":""})", "store_view"},
             {R"({"customer":"Guest"})", "customer"},
             {R"({"order_number":null})", "order_number"},
             {R"({"pending_orders":"keep"})", "pending_orders"},
             {R"({"imported_status":""})", "imported_status"},
             {R"({"imported_status":"  "})", "imported_status"},
             {R"({"imported_status":5})", "imported_status"},
             {R"({"look_back_days":-1})", "look_back_days"},
             {R"({"look_back_days":731})", "look_back_days"},
             {R"({"look_back_days":1.5})", "look_back_days"},
             {R"({"create_when_refused":"yes"})", "create_when_refused"},
             {R"({"carriers":[]})", "carriers"},
             {R"({"carriers":{"brt":1}})", "carriers.brt"},
             {R"({"quantity":1})", "quantity"},
             {R"({"quantity":{"out_of_stock_threshold":-1}})", "quantity.out_of_stock_threshold"},
             {R"({"quantity":{"maximum":-1}})", "quantity.maximum"},
             {R"({"quantity":{"unmanaged":-1}})", "quantity.unmanaged"},
             {R"({"quantity":{"buffer":-1}})", "quantity.buffer"},
             {R"({"quantity":{"buffer":null}})", "quantity.buffer"},
             {R"({"sync_interval_s":59})", "sync_interval_s"},
             {R"({"sync_interval_s":86401})", "sync_interval_s"}}) {
        EXPECT_EQ(refused(json).code, "setting_invalid") << json;
        EXPECT_EQ(refused(json).kind, ErrorKind::invalid) << json;
        EXPECT_EQ(refused(json).field, field) << json;
    }
    EXPECT_EQ(refused("[]").code, "setting_invalid");
}

TEST(StoreSettings, the_limits_themselves_are_good) {
    EXPECT_EQ(patched(R"({"look_back_days":0})").look_back_days, 0);
    EXPECT_EQ(patched(R"({"look_back_days":730})").look_back_days, 730);
    EXPECT_EQ(patched(R"({"sync_interval_s":60})").sync_interval_s, 60);
    EXPECT_EQ(patched(R"({"sync_interval_s":86400})").sync_interval_s, 86'400);
}

TEST(StoreSettings, a_status_is_measured_in_characters) {
    std::string forty;
    for (int i = 0; i < 40; ++i) forty += "è";
    EXPECT_EQ(patched("{\"imported_status\":\"" + forty + "\"}").imported_status, forty);
    EXPECT_EQ(refused("{\"imported_status\":\"" + forty + "è\"}").field, "imported_status");
}

TEST(StoreSettings, an_unknown_setting_is_refused_by_name) {
    EXPECT_EQ(refused(R"({"import_order":true})").code, "setting_unknown");
    EXPECT_EQ(refused(R"({"import_order":true})").field, "import_order");
    EXPECT_EQ(refused(R"({"quantity":{"minimum":1}})").field, "quantity.minimum");
}

TEST(StoreSettings, the_command_line_sets_one_value) {
    EXPECT_FALSE(set("import_orders", "false").import_orders);
    EXPECT_EQ(set("quantity.buffer", "2").quantity.buffer, 2);
    EXPECT_EQ(set("carriers.brt", "BRT").carriers.at("brt"), "BRT");
    EXPECT_EQ(set("carriers.poste.express", "POSTE").carriers.at("poste.express"), "POSTE");
    EXPECT_EQ(set("carriers.brt", "12").carriers.at("brt"), "12");
    EXPECT_EQ(set("imported_status", "true").imported_status, "true");
    EXPECT_EQ(set("imported_status", "null", {.imported_status = "x"}).imported_status, std::nullopt);
    EXPECT_EQ(set("quantity.maximum", "null", {.quantity = {.maximum = 4}}).quantity.maximum, std::nullopt);
    EXPECT_EQ(set("customer", "account").customer, domain::CustomerMode::account);
}

TEST(StoreSettings, the_command_line_is_refused_like_everybody) {
    EXPECT_EQ(set_refused("import_orders", "yes"), "setting_invalid import_orders");
    EXPECT_EQ(set_refused("sync_interval_s", "60s"), "setting_invalid sync_interval_s");
    EXPECT_EQ(set_refused("quantity", "2"), "setting_invalid quantity");
    EXPECT_EQ(set_refused("colour", "red"), "setting_unknown colour");
    EXPECT_EQ(set_refused("imported_status", "\xFF"), "setting_invalid imported_status");
}

class StoresTest : public StoreTest {
protected:
    StoreRecord record() {
        return must(read([&](db::Reader& tx) { return find_store(tx, store); }));
    }
    void change(const domain::StoreSettings& after, UtcTime now = kNow + hours(1)) {
        const StoreRecord before = record();
        write([&](db::Transaction& tx) { update_store_settings(tx, before, after, now); });
    }
    std::vector<domain::ImportSwitch> switches() {
        return read([&](db::Reader& tx) { return read_import_switches(tx, store); });
    }
};

TEST_F(StoresTest, a_new_store_is_active_and_begins_now) {
    const StoreRecord begun = record();
    EXPECT_TRUE(begun.active);
    EXPECT_EQ(begun.import_from, kNow);
    EXPECT_EQ(begun.watermark, kNow);
    EXPECT_EQ(begun.settings, domain::StoreSettings{});
    ASSERT_EQ(switches().size(), 1u);
    EXPECT_TRUE(switches()[0].on);
    EXPECT_EQ(switches()[0].at, kNow);
}

TEST_F(StoresTest, a_store_is_found_by_id_and_by_name) {
    EXPECT_EQ(must(read([&](db::Reader& tx) { return find_store(tx, store.str()); })).name, "Amazon.it");
    EXPECT_EQ(must(read([&](db::Reader& tx) { return find_store(tx, "Amazon.it"); })).id, store);
}

TEST_F(StoresTest, an_account_has_one_store_per_marketplace) {
    const auto insert = [&](const std::string& name, const std::string& marketplace) {
        return write([&](db::Transaction& tx) {
            return insert_store(
                tx, {.account_id = account, .marketplace = MarketplaceId(marketplace), .name = name}, kNow);
        });
    };
    const auto same_marketplace = insert("Second", "APJ6JRA9NG5V4");
    ASSERT_FALSE(same_marketplace.has_value());
    EXPECT_EQ(same_marketplace.error().code, "store_exists");
    EXPECT_EQ(same_marketplace.error().field, "marketplace");
    const auto same_name = insert("Amazon.it", "A13V1IB3VIYZZH");
    ASSERT_FALSE(same_name.has_value());
    EXPECT_EQ(same_name.error().field, "name");
}

TEST_F(StoresTest, turning_import_off_is_kept_with_its_time) {
    change({.import_orders = false});
    EXPECT_FALSE(record().settings.import_orders);
    ASSERT_EQ(switches().size(), 2u);
    EXPECT_FALSE(switches()[1].on);
    EXPECT_EQ(switches()[1].at, kNow + hours(1));
}

TEST_F(StoresTest, other_settings_write_no_import_switch) {
    change({.look_back_days = 5});
    EXPECT_EQ(switches().size(), 1u);
}

TEST_F(StoresTest, a_changed_setting_marks_the_orders_it_can_move) {
    using domain::ImportState;
    std::vector<OrderId> moved;
    int number = 0;
    for (const auto& [state, text] : domain::kTexts<ImportState>) {
        const OrderId id = clean_order(make_order("402-" + std::to_string(++number)));
        write([&](db::Transaction& tx) { set_import_state(tx, id, state, kNow); });
        if (state == ImportState::view_only || state == ImportState::excluded ||
            state == ImportState::waiting || state == ImportState::blocked)
            moved.push_back(id);
    }
    clean_order(make_order("402-9999"), add_store("Amazon.fr", "A13V1IB3VIYZZH"));
    change({.import_orders = false});
    EXPECT_EQ(dirty_orders(), moved);
}

TEST_F(StoresTest, a_setting_that_moves_no_order_marks_none) {
    clean_order(make_order("402-1"));
    change({.carriers = {{"brt", "BRT"}}, .sync_interval_s = 600});
    EXPECT_EQ(record().settings.sync_interval_s, 600);
    EXPECT_TRUE(dirty_orders().empty());
}

TEST_F(StoresTest, a_watermark_moves_with_or_without_the_deep_sweep) {
    write([&](db::Transaction& tx) { set_watermark(tx, store, kNow + minutes(5), std::nullopt); });
    EXPECT_EQ(record().watermark, kNow + minutes(5));
    EXPECT_EQ(record().deep_sweep_at, kNow);
    write([&](db::Transaction& tx) { set_watermark(tx, store, kNow + minutes(9), kNow + minutes(8)); });
    EXPECT_EQ(record().deep_sweep_at, kNow + minutes(8));
}

TEST_F(StoresTest, a_store_is_deactivated_and_activated) {
    write([&](db::Transaction& tx) { set_store_active(tx, store, false); });
    EXPECT_FALSE(record().active);
    write([&](db::Transaction& tx) { set_store_active(tx, store, true); });
    EXPECT_TRUE(record().active);
}

TEST_F(StoresTest, waiting_orders_are_looked_at_when_their_store_is_deactivated_or_activated) {
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    const OrderId waiting = clean_order(make_order("402-1"));
    const OrderId imported = clean_order(make_order("402-2"));
    clean_order(make_order("402-3"), other);
    write([&](db::Transaction& tx) { set_import_state(tx, imported, domain::ImportState::imported, kNow); });
    for (const bool active : {false, true}) {
        write([&](db::Transaction& tx) { set_store_active(tx, store, active); });
        EXPECT_EQ(dirty_orders(), std::vector{waiting}) << active;
        write([&](db::Transaction& tx) { clear_dirty(tx, waiting, 1); });
    }
}

TEST_F(StoresTest, a_window_goes_on_where_it_was_saved) {
    Window window{.account_id = account,
                  .stores = {store},
                  .updated_after = kNow,
                  .upper_bound = kNow + minutes(1),
                  .next_token = "p2",
                  .started_at = kNow};
    write([&](db::Transaction& tx) { save_window(tx, window); });
    window.next_token = "p3";
    write([&](db::Transaction& tx) { save_window(tx, window); });
    const auto windows = read([&](db::Reader& tx) { return list_windows(tx, account); });
    ASSERT_EQ(windows.size(), 1u);
    EXPECT_EQ(windows[0].next_token, "p3");
    EXPECT_EQ(windows[0].stores, std::vector{store});
    EXPECT_EQ(windows[0].upper_bound, kNow + minutes(1));
}

TEST_F(StoresTest, the_same_stores_in_another_order_are_the_same_window) {
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    write([&](db::Transaction& tx) {
        save_window(tx, {.account_id = account, .stores = {other, store}, .next_token = "a"});
        save_window(tx, {.account_id = account, .stores = {store, other}, .next_token = "b"});
        save_window(tx, {.account_id = account, .stores = {other}, .next_token = "c"});
    });
    EXPECT_EQ(rows_in("windows"), 2);
    write([&](db::Transaction& tx) { delete_window(tx, {.account_id = account, .stores = {other, store}}); });
    EXPECT_EQ(rows_in("windows"), 1);
}

class DeletedStoreTest : public StoresTest {
protected:
    std::string erase(StoreId id) {
        const Status done = write([&](db::Transaction& tx) -> Status {
            return delete_store(tx, *find_store(tx, id), kNow + hours(1));
        });
        return done ? "" : done.error().code;
    }
    void deactivate_and_erase() {
        write([&](db::Transaction& tx) { set_store_active(tx, store, false); });
        EXPECT_EQ(erase(store), "");
    }
    Result<StoreId> add(const std::string& name, const std::string& marketplace, UtcTime now) {
        return write([&](db::Transaction& tx) {
            return insert_store(
                tx, {.account_id = account, .marketplace = MarketplaceId(marketplace), .name = name}, now);
        });
    }
    std::string rename(StoreId id, const std::string& name) {
        const Status done = write([&](db::Transaction& tx) { return rename_store(tx, id, name); });
        return done ? "" : done.error().code + " " + done.error().field;
    }
    std::string name_of(StoreId id) {
        return must(read([&](db::Reader& tx) { return find_store(tx, id); })).name;
    }
};

TEST_F(DeletedStoreTest, an_active_store_is_not_deleted) {
    EXPECT_EQ(erase(store), "store_active");
    EXPECT_EQ(read(list_stores).size(), 1U);
}

TEST_F(DeletedStoreTest, a_store_whose_commands_are_still_to_be_sent_is_not_deleted) {
    const OrderId order = clean_order(make_order("402-1"));
    const domain::Currency eur = domain::Currency::of("EUR");
    write([&](db::Transaction& tx) {
        set_store_active(tx, store, false);
        const auto commerce = insert_commerce_order(
            tx, {.store_id = store, .order_id = order, .currency = eur, .other = domain::zero(eur)}, kNow);
        insert_shipment(tx, commerce, {.packages = {{.shipped_at = kNow}}}, kNow);
        insert_confirmation(tx, order, {.package_id = 1, .reference_id = "1001"}, kNow);
    });
    const auto expect = [&](domain::CommandState state, const std::string& code) {
        write([&](db::Transaction& tx) { set_command_state(tx, CommandId{1}, state, {}, kNow); });
        EXPECT_EQ(erase(store), code) << domain::to_text(state);
    };
    expect(domain::CommandState::queued, "commands_open");
    expect(domain::CommandState::sending, "commands_open");
    expect(domain::CommandState::unknown, "commands_open");
    expect(domain::CommandState::accepted, "");
}

TEST_F(DeletedStoreTest, a_deleted_store_is_in_no_list_and_its_orders_stay) {
    clean_order(make_order("402-1"));
    deactivate_and_erase();
    EXPECT_TRUE(read(list_stores).empty());
    EXPECT_EQ(record().deleted_at, kNow + hours(1));
    const auto found = read([&](db::Reader& tx) { return find_order(tx, store, AmazonOrderId("402-1")); });
    EXPECT_TRUE(found.has_value());
}

TEST_F(DeletedStoreTest, the_same_account_and_marketplace_take_it_up_again_as_if_it_were_new) {
    const OrderId waiting = clean_order(make_order("402-1"));
    write([&](db::Transaction& tx) { set_import_state(tx, waiting, domain::ImportState::waiting, kNow); });
    change({.import_orders = false, .look_back_days = 5});
    deactivate_and_erase();
    write([&](db::Transaction& tx) { tx.execute("UPDATE amazon_orders SET dirty = 0"); });
    const UtcTime later = kNow + days(9);
    EXPECT_EQ(must(add("Italy", "APJ6JRA9NG5V4", later)), store);
    const StoreRecord again = record();
    EXPECT_EQ(again.name, "Italy");
    EXPECT_TRUE(again.active);
    EXPECT_EQ(again.deleted_at, std::nullopt);
    EXPECT_EQ(again.import_from, later);
    EXPECT_EQ(again.watermark, later);
    EXPECT_EQ(again.settings, domain::StoreSettings{});
    EXPECT_TRUE(switches().back().on);
    EXPECT_EQ(switches().back().at, later);
    EXPECT_EQ(dirty_orders(), std::vector{waiting}) << "it is older than import_from now";
}

TEST_F(DeletedStoreTest, a_deleted_stores_name_is_free_for_another) {
    deactivate_and_erase();
    const StoreId other = must(add("Amazon.it", "A13V1IB3VIYZZH", kNow));
    EXPECT_NE(other, store);
    EXPECT_EQ(name_of(store), "Amazon.it (st_1)");
    EXPECT_EQ(name_of(other), "Amazon.it");
}

TEST_F(DeletedStoreTest, a_store_is_renamed_unless_another_has_the_name) {
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    EXPECT_EQ(rename(store, "Amazon.fr"), "store_exists name");
    EXPECT_EQ(rename(store, "Amazon.it"), "");
    EXPECT_EQ(rename(store, "Italy"), "");
    EXPECT_EQ(name_of(store), "Italy");
    EXPECT_EQ(name_of(other), "Amazon.fr");
}

}  // namespace
}  // namespace fairway::store
