#include "store/instance.hpp"

#include "base/fault_point.hpp"
#include "base/file.hpp"
#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

namespace fs = std::filesystem;

// One process: everything opened from the files of a folder.
struct Process {
    explicit Process(const fs::path& folder, const std::string& place = "here")
        : db(must(db::open("sqlite:" + (folder / "main.db").string()))),
          vault(test_key(1), must(open_key_store("sqlite:" + (folder / "keys.db").string(), kNow)), rng),
          instance(*db, vault, clock, rng, (folder / "keys.db.instance").string(), place) {
        CHECK(db::migrate(*db, migrations_for(db::Engine::sqlite), kNow).has_value(), "migrated");
    }

    bool advance() {
        return must(instance.advance([](db::Transaction&) { return true; }));
    }
    // Why it is read-only, or "writes".
    std::string mode() {
        CHECK(instance.check().has_value(), "the file can be written");
        const auto mode = db->read(find_read_only);
        return mode ? std::string(to_text(mode->reason)) : "writes";
    }
    void set(bool on) {
        db->write([&](db::Transaction& tx) { set_read_only(tx, on, kNow); });
    }
    std::int64_t number(std::string_view sql) {
        return db->read([&](db::Reader& tx) { return tx.one(sql)->get<std::int64_t>(0); });
    }
    std::string next(std::string_view kind) {
        return db->write([&](db::Transaction& tx) { return next_number(tx, kind); });
    }

    SystemRng rng{};
    ManualClock clock{kNow};
    std::unique_ptr<db::Database> db;
    Vault vault;
    Instance instance;
};

class InstanceTest : public testing::Test {
protected:
    InstanceTest() { fs::create_directory(home); }

    // An installation with an account that has started a few times.
    void install() {
        Process process(home);
        EXPECT_EQ(process.mode(), "writes");
        add_account(process);
        for (int i = 0; i < 3; ++i) process.advance();
    }
    static void add_account(Process& process) {
        process.db->write([&](db::Transaction& tx) {
            CHECK(insert_account(
                      tx, process.vault,
                      {.name = "Main", .seller_id = SellerId("A1SELLER"), .created_at = kNow},
                      {.client_secret = Pii<std::string>("s"), .refresh_token = Pii<std::string>("t")}),
                  "an account");
        });
    }
    std::string mode_at_start(const std::string& place = "here") { return Process(home, place).mode(); }
    void copy(const std::string& from, const std::string& to) {
        fs::copy_file(home / from, home / to, fs::copy_options::overwrite_existing);
    }
    // A start that is killed at this point.
    void start_killed_at(const char* point) {
        EXPECT_EXIT(
            {
                if (!arm_crash_point(point)) _exit(1);
                Process process(home);
                process.advance();
                _exit(2);
            },
            testing::ExitedWithCode(kCrashExitCode), "")
            << point;
    }

    db::Scratch directory{};
    fs::path home{fs::path(directory.file("home"))};
};
using InstanceDeathTest = InstanceTest;

TEST_F(InstanceTest, a_new_installation_writes_and_goes_on_writing_over_any_number_of_starts) {
    install();
    for (int i = 0; i < 3; ++i) {
        Process process(home);
        EXPECT_EQ(process.mode(), "writes");
        EXPECT_TRUE(process.advance());
    }
    EXPECT_EQ(mode_at_start(), "writes");
}

TEST_F(InstanceTest, processes_side_by_side_do_not_take_each_other_for_a_copy) {
    install();
    Process service(home);
    for (int i = 0; i < 3; ++i) {
        Process command(home);
        EXPECT_TRUE(command.advance());
        EXPECT_TRUE(service.advance());
    }
    EXPECT_EQ(service.mode(), "writes");
    EXPECT_EQ(mode_at_start(), "writes");
}

TEST_F(InstanceTest, a_database_from_before_marks_were_kept_writes_at_its_first_start) {
    {
        Process process(home);
        add_account(process);
    }
    EXPECT_EQ(mode_at_start(), "writes");
}

TEST_F(InstanceTest, a_restored_database_is_read_only_until_told_otherwise) {
    install();
    copy("main.db", "backup.db");
    Process(home).advance();
    copy("backup.db", "main.db");
    EXPECT_EQ(mode_at_start(), "database_restored");
    EXPECT_EQ(mode_at_start(), "database_restored") << "the next start does not end it";
    Process(home).set(false);
    EXPECT_EQ(mode_at_start(), "writes");
}

TEST_F(InstanceTest, a_database_that_is_restored_under_a_running_process_is_found_out_when_it_goes_on) {
    install();
    Process process(home);
    process.db->write(
        [](db::Transaction& tx) { tx.execute("UPDATE instance_places SET starts = starts - 1"); });
    bool asked = false;
    must(process.instance.advance([&](db::Transaction& tx) {
        asked = find_read_only(tx).has_value();
        return true;
    }));
    EXPECT_TRUE(asked) << "what is done in the commit sees the mode";
}

TEST_F(InstanceTest, a_backup_is_read_only_even_if_nothing_was_sent_since) {
    install();
    Process(home).db->write([](db::Transaction& tx) { tx.execute(kForgetPlaces); });
    EXPECT_EQ(mode_at_start(), "database_restored");
}

TEST_F(InstanceTest, an_older_database_without_a_mark_is_read_only) {
    install();
    Process(home).db->write([](db::Transaction& tx) {
        tx.execute(kForgetPlaces);
        tx.execute("DELETE FROM instance");
    });
    EXPECT_EQ(mode_at_start(), "database_restored");
}

TEST_F(InstanceTest, a_new_database_beside_an_old_file_is_a_new_installation) {
    install();
    fs::remove(home / "main.db");
    EXPECT_EQ(mode_at_start(), "writes");
}

TEST_F(InstanceTest, a_copied_folder_is_read_only_and_the_original_is_not) {
    install();
    EXPECT_EQ(mode_at_start("elsewhere"), "moved");
    EXPECT_EQ(mode_at_start("elsewhere"), "moved") << "its own place since then, and still read-only";
}

TEST_F(InstanceTest, a_missing_or_unreadable_file_is_read_only) {
    install();
    fs::remove(home / "keys.db.instance");
    EXPECT_EQ(mode_at_start(), "file_missing");
    Process(home).set(false);
    Process(home).advance();
    ASSERT_TRUE(replace_file((home / "keys.db.instance").string(), "{\"instance\":").has_value());
    EXPECT_EQ(mode_at_start(), "file_missing");
}

TEST_F(InstanceTest, a_file_of_another_installation_is_read_only) {
    install();
    const fs::path first = home;
    home = fs::path(directory.file("other"));
    fs::create_directory(home);
    install();
    fs::copy_file(first / "keys.db.instance", home / "keys.db.instance",
                  fs::copy_options::overwrite_existing);
    EXPECT_EQ(mode_at_start(), "database_restored");
}

TEST_F(InstanceTest, a_restored_key_store_with_its_file_is_read_only) {
    install();
    copy("keys.db.instance", "old.instance");
    Process(home).advance();
    Process(home).advance();
    copy("old.instance", "keys.db.instance");
    EXPECT_EQ(mode_at_start(), "key_store_restored");
}

TEST_F(InstanceTest, a_folder_that_cannot_be_written_is_an_error_and_sends_nothing) {
    install();
    Process process(home);
    process.mode();
    fs::create_directory(home / "keys.db.instance.new");
    const auto advanced = process.instance.advance([](db::Transaction&) { return true; });
    ASSERT_FALSE(advanced.has_value());
    EXPECT_EQ(advanced.error().code, "file_unwritable");
    EXPECT_FALSE(process.instance.advance([](db::Transaction&) { return true; }).has_value());
    fs::remove(home / "keys.db.instance.new");
    EXPECT_EQ(process.mode(), "writes") << "the count did not run away from the file meanwhile";
}

TEST_F(InstanceDeathTest, a_crash_at_any_step_of_a_start_is_no_restore) {
    for (const char* point :
         {"instance.adopt.after_commit", "instance.advance.after_commit", "instance.advance.after_file"}) {
        fs::remove_all(home);
        fs::create_directory(home);
        start_killed_at(point);
        EXPECT_EQ(mode_at_start(), "writes") << point << " at the first start";
    }
    install();
    for (int i = 0; i < 2; ++i)
        for (const char* point : {"instance.advance.after_commit", "instance.advance.after_file"}) {
            start_killed_at(point);
            EXPECT_EQ(mode_at_start(), "writes") << point;
        }
}

TEST_F(InstanceDeathTest, two_crashes_in_a_row_before_the_file_are_no_restore) {
    install();
    start_killed_at("instance.advance.after_commit");
    start_killed_at("instance.advance.after_commit");
    EXPECT_EQ(mode_at_start(), "writes");
}

TEST_F(InstanceDeathTest, a_restore_whose_first_start_is_killed_stays_read_only) {
    install();
    copy("main.db", "backup.db");
    Process(home).advance();
    copy("backup.db", "main.db");
    start_killed_at("instance.adopt.after_commit");
    EXPECT_EQ(mode_at_start(), "database_restored");
}

TEST_F(InstanceTest, after_a_restore_numbers_of_every_kind_jump_once) {
    install();
    EXPECT_EQ(Process(home).next("order"), "000000001");
    Process(home).db->write([](db::Transaction& tx) { tx.execute(kForgetPlaces); });
    EXPECT_EQ(mode_at_start(), "database_restored");
    EXPECT_EQ(mode_at_start(), "database_restored");
    EXPECT_EQ(Process(home).next("order"), "000001002");
    EXPECT_EQ(Process(home).next("invoice"), "000001001") << "none was printed before the backup";
    EXPECT_EQ(Process(home).next("credit_memo"), "000001001");
}

TEST_F(InstanceTest, a_restored_key_store_says_nothing_about_numbers) {
    install();
    Process(home).db->write(
        [](db::Transaction& tx) { tx.execute("UPDATE instance_places SET starts = starts + 2"); });
    EXPECT_EQ(mode_at_start(), "key_store_restored");
    EXPECT_EQ(Process(home).next("order"), "000000001");
}

TEST_F(InstanceTest, a_person_turns_it_on_and_off) {
    install();
    Process(home).set(true);
    EXPECT_EQ(mode_at_start(), "requested");
    EXPECT_EQ(Process(home).next("order"), "000000001") << "nothing is in doubt";
    Process(home).set(false);
    EXPECT_EQ(mode_at_start(), "writes");
}

TEST_F(InstanceTest, what_a_restore_says_is_not_covered_by_what_a_person_asked_for) {
    install();
    Process(home).set(true);
    Process(home).db->write([](db::Transaction& tx) { tx.execute(kForgetPlaces); });
    EXPECT_EQ(mode_at_start(), "database_restored");
    Process(home).set(true);
    EXPECT_EQ(mode_at_start(), "database_restored");
}

TEST(PlaceOf, a_path_is_its_own_place_and_says_nothing_of_the_machine) {
    EXPECT_EQ(place_of("/tmp/a/keys.db.instance"), place_of("/tmp/b/../a/keys.db.instance"));
    EXPECT_NE(place_of("/tmp/a/keys.db.instance"), place_of("/tmp/b/keys.db.instance"));
    EXPECT_EQ(place_of("/tmp/a").size(), 32u);
}

// ---- Commands and keys of real orders

class RestoredTest : public StoreTest {
protected:
    ManualClock clock{kNow};
    Instance instance{*db, vault, clock, rng, directory.file("keys.db.instance"), "here"};

    std::vector<OrderId> keyless(UtcTime asked_before = kNow) {
        return read([&](db::Reader& tx) { return list_orders_without_key(tx, account, asked_before, 9); });
    }
    void lose_keys() {
        must(db::open(directory.url("keys.db")))->write([](db::Transaction& tx) {
            tx.execute("DELETE FROM data_keys");
        });
    }
    bool can_read(OrderId id) {
        // Another vault: this one remembers the keys it made.
        Vault fresh(test_key(1), must(open_key_store(directory.url("keys.db"), kNow)), rng);
        return read([&](db::Reader& tx) { return read_personal(tx, fresh, id).has_value(); });
    }
    std::string mode() {
        CHECK(instance.check().has_value(), "the file can be written");
        const auto mode = db->read(find_read_only);
        return mode ? std::string(to_text(mode->reason)) : "writes";
    }
};

TEST_F(RestoredTest, a_key_store_that_lacks_the_newest_orders_key_is_found_out) {
    EXPECT_EQ(mode(), "writes");
    const OrderId order = clean_order(make_order("402-1"));
    EXPECT_EQ(mode(), "writes");
    lose_keys();
    EXPECT_EQ(mode(), "key_store_restored");
    EXPECT_EQ(keyless(), (std::vector{order}));
    EXPECT_FALSE(can_read(order));
}

TEST_F(RestoredTest, a_destroyed_key_is_not_lost) {
    clean_order(make_order("402-1"));
    must(db::open(directory.url("keys.db")))->write([](db::Transaction& tx) {
        tx.execute("UPDATE data_keys SET wrapped = NULL");
    });
    EXPECT_EQ(mode(), "writes");
    EXPECT_TRUE(keyless().empty());
}

TEST_F(RestoredTest, the_same_content_is_sealed_anew_under_a_new_key) {
    const OrderId order = clean_order(make_order("402-1"));
    lose_keys();
    mode();
    EXPECT_EQ(upsert(incoming(make_order("402-1"))), UpsertOutcome::unchanged);
    EXPECT_TRUE(can_read(order));
    EXPECT_TRUE(keyless().empty());
    write([](db::Transaction& tx) { set_read_only(tx, false, kNow); });
    EXPECT_EQ(mode(), "writes");
}

TEST_F(RestoredTest, a_changed_order_is_sealed_anew_too) {
    const OrderId order = clean_order(make_order("402-1"));
    lose_keys();
    mode();
    domain::AmazonOrder later = make_order("402-1");
    later.updated_at = kNow + seconds(1);
    EXPECT_EQ(upsert(incoming(later, "v2")), UpsertOutcome::changed);
    EXPECT_TRUE(can_read(order));
    EXPECT_TRUE(keyless().empty());
}

TEST_F(RestoredTest, an_older_version_of_an_order_without_key_changes_nothing) {
    const OrderId order = clean_order(make_order("402-1"));
    lose_keys();
    mode();
    domain::AmazonOrder older = make_order("402-1");
    older.updated_at = kNow - seconds(1);
    EXPECT_EQ(upsert(incoming(older, "v0")), UpsertOutcome::older);
    EXPECT_FALSE(can_read(order));
    EXPECT_EQ(keyless(), (std::vector{order}));
}

TEST_F(RestoredTest, what_was_asked_in_vain_waits) {
    const OrderId order = clean_order(make_order("402-1"));
    lose_keys();
    mode();
    write([&](db::Transaction& tx) { note_asked_in_vain(tx, order, kNow); });
    EXPECT_TRUE(keyless(kNow).empty());
    EXPECT_EQ(keyless(kNow + seconds(1)), (std::vector{order}));
}

}  // namespace
}  // namespace fairway::store
