#include "store/key_check.hpp"

#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

class KeyCheck : public testing::Test {
protected:
    KeyCheck() {
        CHECK(db::migrate(*database, migrations_for(database->engine()), kNow).has_value(), "migrated");
    }

    // What is said when the database is opened with this master key and key store.
    std::string say(std::uint64_t master, const std::string& key_store) {
        Vault vault(test_key(master), must(open_key_store(directory.url(key_store), kNow)), rng);
        const Status checked = check_keys(*database, vault, kNow);
        return checked ? "fine" : checked.error().code;
    }

    db::Scratch directory{};
    SeededRng rng{1};
    std::unique_ptr<db::Database> database = must(db::open(directory.url("main.db")));
};

TEST_F(KeyCheck, what_belongs_together_is_fine_every_time) {
    EXPECT_EQ(say(1, "keys.db"), "fine");
    EXPECT_EQ(say(1, "keys.db"), "fine");
}

TEST_F(KeyCheck, another_master_key_is_found_out) {
    ASSERT_EQ(say(1, "keys.db"), "fine");
    EXPECT_EQ(say(2, "keys.db"), "key_wrong");
    EXPECT_EQ(say(1, "keys.db"), "fine") << "a wrong key leaves no trace";
}

TEST_F(KeyCheck, an_empty_key_store_is_found_out) {
    ASSERT_EQ(say(1, "keys.db"), "fine");
    EXPECT_EQ(say(1, "other.db"), "key_store_wrong");
}

}  // namespace
}  // namespace fairway::store
