#include "store/accounts.hpp"

#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

class AccountsTest : public StoreTest {
protected:
    Result<AccountId> insert(const std::string& name, const std::string& seller,
                             domain::Region region = domain::Region::eu) {
        return write([&](db::Transaction& tx) {
            return insert_account(
                tx, vault,
                {.name = name, .region = region, .seller_id = SellerId(seller), .created_at = kNow},
                {.client_secret = Pii<std::string>("s"), .refresh_token = Pii<std::string>("t")});
        });
    }
    AccountSecrets secrets() {
        return must(read([&](db::Reader& tx) { return read_account_secrets(tx, vault, account); }));
    }
    Status update(const std::optional<std::string>& secret, const std::optional<std::string>& token) {
        return write([&](db::Transaction& tx) {
            return update_account_secrets(tx, vault, account,
                                          secret ? std::optional(Pii(*secret)) : std::nullopt,
                                          token ? std::optional(Pii(*token)) : std::nullopt);
        });
    }
    AccountRecord record() {
        return must(read([&](db::Reader& tx) { return find_account(tx, account); }));
    }
};

TEST_F(AccountsTest, an_account_is_found_by_id_and_by_name) {
    EXPECT_EQ(must(read([&](db::Reader& tx) { return find_account(tx, account.str()); })).name, "Main");
    EXPECT_EQ(must(read([&](db::Reader& tx) { return find_account(tx, "Main"); })).id, account);
    EXPECT_FALSE(read([&](db::Reader& tx) { return find_account(tx, "Other"); }).has_value());
}

TEST_F(AccountsTest, a_name_is_given_once) {
    const auto again = insert("Main", "A2");
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().kind, ErrorKind::conflict);
    EXPECT_EQ(again.error().code, "account_exists");
    EXPECT_EQ(again.error().field, "name");
}

TEST_F(AccountsTest, a_seller_is_connected_once_per_region) {
    const auto again = insert("Second", "A1SELLER");
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, "account_exists");
    EXPECT_EQ(again.error().field, "seller_id");
    EXPECT_TRUE(insert("Second", "A1SELLER", domain::Region::na).has_value());
}

TEST_F(AccountsTest, secrets_come_back_as_they_were_given) {
    EXPECT_EQ(secrets().client_secret, Pii<std::string>("secret"));
    EXPECT_EQ(secrets().refresh_token, Pii<std::string>("token"));
    EXPECT_FALSE(secrets().previous_client_secret.has_value());
}

TEST_F(AccountsTest, secrets_do_not_lie_open_in_the_database) {
    const auto sealed = read([&](db::Reader& tx) {
        return tx.one("SELECT sealed_client_secret FROM accounts WHERE id = $1", account)->get<db::Blob>(0);
    });
    EXPECT_EQ(std::string(sealed.begin(), sealed.end()).find("secret"), std::string::npos);
}

TEST_F(AccountsTest, a_new_secret_keeps_the_one_before_it) {
    ASSERT_TRUE(update("newer", std::nullopt).has_value());
    EXPECT_EQ(secrets().client_secret, Pii<std::string>("newer"));
    EXPECT_EQ(secrets().previous_client_secret, Pii<std::string>("secret"));
    EXPECT_EQ(secrets().refresh_token, Pii<std::string>("token"));
}

TEST_F(AccountsTest, the_same_secret_again_does_not_lose_the_one_before_it) {
    ASSERT_TRUE(update("newer", std::nullopt).has_value());
    ASSERT_TRUE(update("newer", std::nullopt).has_value());
    EXPECT_EQ(secrets().previous_client_secret, Pii<std::string>("secret"));
}

TEST_F(AccountsTest, a_pause_lasts_until_new_secrets_come) {
    ASSERT_TRUE(
        write([&](db::Transaction& tx) { return pause_account(tx, account, "invalid_grant", "no", kNow); }));
    EXPECT_EQ(record().paused_code, "invalid_grant");
    ASSERT_TRUE(update(std::nullopt, "token-2").has_value());
    EXPECT_FALSE(record().paused_code.has_value());
    EXPECT_FALSE(record().paused_at.has_value());
    EXPECT_EQ(secrets().refresh_token, Pii<std::string>("token-2"));
}

TEST_F(AccountsTest, a_pause_dates_from_the_first_refusal) {
    for (const UtcTime at : {kNow, kNow + hours(1)})
        ASSERT_TRUE(write([&](db::Transaction& tx) { return pause_account(tx, account, "c", "t", at); }));
    EXPECT_EQ(record().paused_at, kNow);
}

TEST_F(AccountsTest, an_account_that_is_not_there_is_named_missing) {
    const AccountId missing{99};
    const auto code = [](const Status& status) { return status ? "" : status.error().code; };
    EXPECT_EQ(code(write([&](db::Transaction& tx) { return resume_account(tx, missing); })),
              "account_missing");
    EXPECT_EQ(code(write([&](db::Transaction& tx) { return pause_account(tx, missing, "c", "t", kNow); })),
              "account_missing");
    EXPECT_FALSE(read([&](db::Reader& tx) { return read_account_secrets(tx, vault, missing); }).has_value());
}

}  // namespace
}  // namespace fairway::store
