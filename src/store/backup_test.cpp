#include "store/backup.hpp"

#include <fstream>

#include "base/fault_point.hpp"
#include "store/instance.hpp"
#include "store/key_check.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

namespace fs = std::filesystem;

class BackupTest : public testing::Test {
protected:
    BackupTest() {
        const auto database = must(db::open("sqlite:" + file("main.db")));
        CHECK(db::migrate(*database, migrations_for(db::Engine::sqlite), kNow).has_value(), "migrated");
        Vault vault(test_key(1), must(open_key_store("sqlite:" + file("keys.db"), kNow)), rng);
        CHECK(check_keys(*database, vault, kNow).has_value(), "the keys fit");
        database->write([](db::Transaction& tx) {
            tx.execute(
                "INSERT INTO products (sku, name, enabled, created_at, updated_at) "
                "VALUES ('A', 'A', 1, 0, 0)");
            tx.execute("INSERT INTO instance_places (place, starts) VALUES ('here', 7)");
        });
    }
    std::string file(const std::string& name) const { return directory.file(name); }

    Installation installation(std::uint64_t master = 1) {
        return {.database = file("main.db"),
                .key_store = file("keys.db"),
                .master = test_key(master),
                .migrations = migrations_for(db::Engine::sqlite),
                .version = "1.2.3",
                .rng = rng};
    }
    Result<Manifest> create(const std::string& name = "backup", BackupKind kind = BackupKind::database) {
        return create_backup(installation(), kind, "i", file(name), kNow);
    }
    // What verifying says: "sound", or the error's code.
    std::string verify(const std::string& name = "backup", BackupKind kind = BackupKind::database,
                       std::uint64_t master = 1) {
        const auto done = verify_backup(installation(master), kind, file(name));
        return done ? "sound" : done.error().code;
    }
    void killed_at(const char* point) {
        EXPECT_EXIT(
            {
                if (!arm_crash_point(point)) _exit(1);
                (void)create();
                _exit(2);
            },
            testing::ExitedWithCode(kCrashExitCode), "")
            << point;
    }

    db::Scratch directory{};
    SystemRng rng{};
};
using BackupDeathTest = BackupTest;

TEST_F(BackupTest, a_manifest_says_what_the_backup_is) {
    const Manifest manifest = must(create());
    EXPECT_EQ(manifest.kind, "database");
    EXPECT_EQ(manifest.version, "1.2.3");
    EXPECT_EQ(manifest.created_at, kNow);
    EXPECT_EQ(manifest.instance, "i");
    EXPECT_EQ(manifest.schema, static_cast<int>(migrations_for(db::Engine::sqlite).size()));
    EXPECT_EQ(manifest.rows.at("products"), 1);
    EXPECT_EQ(manifest.bytes, static_cast<std::int64_t>(fs::file_size(file("backup"))));
    EXPECT_EQ(manifest.sha256.size(), 64u);
    EXPECT_EQ(must(verify_backup(installation(), BackupKind::database, file("backup"))).sha256,
              manifest.sha256);
}

TEST_F(BackupTest, a_backup_has_no_place_to_start_from) {
    must(create());
    EXPECT_EQ(must(db::open_to_read(file("backup")))->read([](db::Reader& tx) {
        return tx.one("SELECT COUNT(*) FROM instance_places")->get<std::int64_t>(0);
    }),
              0);
}

TEST_F(BackupTest, keys_are_backed_up_apart_and_one_is_not_taken_for_the_other) {
    must(create("backup"));
    EXPECT_EQ(must(create("keys.backup", BackupKind::key_store)).rows.at("data_keys"), 1);
    EXPECT_EQ(verify("keys.backup", BackupKind::key_store), "sound");
    EXPECT_EQ(verify("keys.backup", BackupKind::database), "backup_kind_wrong");
    EXPECT_EQ(verify("backup", BackupKind::key_store), "backup_kind_wrong");
}

TEST_F(BackupTest, keys_of_another_installation_are_found_out) {
    must(create("backup"));
    must(create("keys.backup", BackupKind::key_store));
    EXPECT_EQ(verify("backup", BackupKind::database, 2), "key_wrong");
    EXPECT_EQ(verify("keys.backup", BackupKind::key_store, 2), "key_wrong");
    fs::rename(file("keys.db"), file("away.db"));
    EXPECT_EQ(verify("backup"), "key_store_missing");
    must(open_key_store("sqlite:" + file("keys.db"), kNow));
    EXPECT_EQ(verify("backup"), "key_store_wrong");
}

TEST_F(BackupTest, whatever_was_changed_is_found_out) {
    must(create());
    const auto size = fs::file_size(file("backup"));
    {
        std::fstream out(file("backup"), std::ios::in | std::ios::out | std::ios::binary);
        out.seekp(static_cast<std::streamoff>(size) - 1);
        out.put('!');
    }
    EXPECT_EQ(verify(), "backup_invalid");
    fs::resize_file(file("backup"), size / 2);
    EXPECT_EQ(verify(), "backup_invalid");
    fs::remove(file("backup"));
    EXPECT_EQ(verify(), "backup_invalid");
    std::ofstream(manifest_of(file("backup"))) << "{}";
    EXPECT_EQ(verify(), "backup_invalid");
    fs::remove(manifest_of(file("backup")));
    EXPECT_EQ(verify(), "manifest_missing");
}

TEST_F(BackupTest, nothing_is_written_over) {
    std::ofstream(file("backup")) << "mine";
    EXPECT_EQ(create().error().code, "file_exists");
    EXPECT_EQ(fs::file_size(file("backup")), 4u);
}

TEST_F(BackupTest, what_is_restored_is_what_was_backed_up) {
    must(create());
    must(db::open("sqlite:" + file("main.db")))->write([](db::Transaction& tx) {
        tx.execute("DELETE FROM products");
    });
    must(restore_backup(installation(), BackupKind::database, file("backup"), db::Overwrite::yes));
    EXPECT_EQ(must(db::open_to_read(file("main.db")))->read([](db::Reader& tx) {
        return tx.one("SELECT COUNT(*) FROM products")->get<std::int64_t>(0);
    }),
              1);
    EXPECT_EQ(verify(), "sound") << "the backup itself is untouched";
}

TEST_F(BackupDeathTest, a_backup_that_is_killed_is_none_and_the_next_one_succeeds) {
    for (const char* point :
         {"backup.copy.piece", "backup.create.after_copy", "backup.create.after_manifest"}) {
        killed_at(point);
        EXPECT_FALSE(fs::exists(file("backup"))) << point;
    }
    must(create());
    EXPECT_EQ(verify(), "sound");
    EXPECT_FALSE(fs::exists(file("backup.part")));
}

}  // namespace
}  // namespace fairway::store
