#include "store/vault.hpp"

#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

class VaultTest : public testing::Test {
protected:
    std::unique_ptr<Vault> open_vault(std::uint64_t master = 1) {
        return std::make_unique<Vault>(test_key(master), must(open_key_store(url, kNow)), rng);
    }
    // What erasure does: the key is gone, its number stays.
    void destroy(DataKeyId id) {
        must(db::open(url))->write([&](db::Transaction& tx) {
            tx.execute("UPDATE data_keys SET wrapped = NULL WHERE id = $1", id);
        });
    }

    db::Scratch directory{};
    std::string url = directory.url("keys.db");
    SystemRng rng{};
};

TEST_F(VaultTest, what_is_sealed_opens_in_another_process) {
    auto vault = open_vault();
    const DataKeyId key = vault->create_keys(1, kNow).front();
    const crypto::Bytes sealed = vault->seal(key, "orders.personal/1", "Ada");
    EXPECT_EQ(must(open_vault()->open(key, "orders.personal/1", sealed)), "Ada");
}

TEST_F(VaultTest, a_value_moved_to_another_row_does_not_open) {
    auto vault = open_vault();
    const DataKeyId key = vault->create_keys(1, kNow).front();
    const crypto::Bytes sealed = vault->seal(key, "orders.personal/1", "Ada");
    EXPECT_FALSE(vault->open(key, "orders.personal/2", sealed).has_value());
}

TEST_F(VaultTest, orders_do_not_share_a_key) {
    auto vault = open_vault();
    const auto keys = vault->create_keys(2, kNow);
    const crypto::Bytes sealed = vault->seal(keys[0], "c", "Ada");
    EXPECT_FALSE(vault->open(keys[1], "c", sealed).has_value());
}

TEST_F(VaultTest, a_destroyed_key_says_so) {
    auto vault = open_vault();
    const DataKeyId key = vault->create_keys(1, kNow).front();
    const crypto::Bytes sealed = vault->seal(key, "c", "Ada");
    destroy(key);
    const auto opened = open_vault()->open(key, "c", sealed);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().kind, ErrorKind::not_found);
    EXPECT_EQ(opened.error().code, "key_destroyed");
    EXPECT_FALSE(open_vault()->has_key(key));
}

TEST_F(VaultTest, the_number_of_a_destroyed_key_is_not_used_again) {
    const auto keys = open_vault()->create_keys(3, kNow);
    destroy(keys.back());
    EXPECT_GT(open_vault()->create_keys(1, kNow).front(), keys.back());
}

TEST_F(VaultTest, a_restored_key_store_does_not_reuse_the_numbers_it_lost) {
    const auto lost = open_vault()->create_keys(500, kNow);
    url = directory.url("restored.db");
    EXPECT_GT(open_vault()->create_keys(1, kNow + seconds(1)).front(), lost.back());
}

TEST_F(VaultTest, another_master_key_does_not_look_like_a_destroyed_key) {
    const DataKeyId key = open_vault()->create_keys(1, kNow).front();
    EXPECT_TRUE(open_vault(2)->has_key(key));
    EXPECT_FALSE(open_vault(2)->open(key, "c", {}).has_value());
}

TEST_F(VaultTest, no_keys_cost_nothing) { EXPECT_TRUE(open_vault()->create_keys(0, kNow).empty()); }

TEST_F(VaultTest, credentials_open_under_the_same_master_key_only) {
    const crypto::Bytes sealed = open_vault()->seal_credential("accounts.refresh_token/1", "Atzr");
    EXPECT_EQ(must(open_vault()->open_credential("accounts.refresh_token/1", sealed)), "Atzr");
    EXPECT_FALSE(open_vault()->open_credential("accounts.refresh_token/2", sealed).has_value());
    EXPECT_FALSE(open_vault(2)->open_credential("accounts.refresh_token/1", sealed).has_value());
}

}  // namespace
}  // namespace fairway::store
