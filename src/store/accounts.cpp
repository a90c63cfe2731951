#include "store/accounts.hpp"

#include "base/check.hpp"

namespace fairway::store {

namespace {

constexpr std::string_view kColumns =
    "id, name, region, seller_id, client_id, spapi_url, lwa_url, paused_code, paused_text, paused_at, "
    "created_at";

std::string select_accounts(std::string_view rest) {
    return "SELECT " + std::string(kColumns) + " FROM accounts " + std::string(rest);
}

AccountRecord read_account(const db::Row& row) {
    const auto region = domain::parse_region(row.get<std::string>(2));
    CHECK(region.has_value(), "an account's region is one of ours");
    return {.id = row.get<AccountId>(0),
            .name = row.get<std::string>(1),
            .region = *region,
            .seller_id = row.get<SellerId>(3),
            .client_id = row.get<std::string>(4),
            .spapi_url = row.get<std::string>(5),
            .lwa_url = row.get<std::string>(6),
            .paused_code = row.get<std::optional<std::string>>(7),
            .paused_text = row.get<std::optional<std::string>>(8),
            .paused_at = row.get<std::optional<UtcTime>>(9),
            .created_at = row.get<UtcTime>(10)};
}

// A secret keeps its context when it moves to the second slot of its account.
std::string context_of(std::string_view column, const AccountRecord& account) {
    return "accounts." + std::string(column) + "/" + std::string(domain::to_text(account.region)) + "/" +
           account.seller_id.str();
}
std::string client_secret_context(const AccountRecord& account) {
    return context_of("client_secret", account);
}
std::string refresh_token_context(const AccountRecord& account) {
    return context_of("refresh_token", account);
}

std::unexpected<Error> account_missing(AccountId id) {
    return fail(ErrorKind::not_found, "account_missing", "there is no account " + id.str());
}

Status replace_client_secret(db::Transaction& tx, Vault& vault, const AccountRecord& account,
                             const Pii<std::string>& client_secret) {
    const AccountSecrets present = TRY(read_account_secrets(tx, vault, account.id));
    // The same secret again must not push the previous one out of its slot.
    if (present.client_secret == client_secret) return {};
    tx.queue(
        "UPDATE accounts SET sealed_previous_client_secret = sealed_client_secret, sealed_client_secret = $1 "
        "WHERE id = $2",
        vault.seal_credential(client_secret_context(account), client_secret.reveal()), account.id);
    return {};
}

}  // namespace

Result<AccountId> insert_account(db::Transaction& tx, Vault& vault, const AccountRecord& account,
                                 const AccountSecrets& secrets) {
    const auto taken = [](std::string_view what, std::string field) {
        return fail(ErrorKind::conflict, "account_exists",
                    "there is already an account with " + std::string(what), std::move(field));
    };
    if (tx.one("SELECT id FROM accounts WHERE name = $1", account.name))
        return taken("the name \"" + account.name + "\"", "name");
    const std::string client_secret = client_secret_context(account);
    std::optional<db::Blob> previous;
    if (secrets.previous_client_secret)
        previous = vault.seal_credential(client_secret, secrets.previous_client_secret->reveal());
    const auto row = tx.one(
        "INSERT INTO accounts (name, region, seller_id, client_id, sealed_client_secret, "
        "sealed_previous_client_secret, sealed_refresh_token, spapi_url, lwa_url, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (region, seller_id) DO NOTHING "
        "RETURNING id",
        account.name, domain::to_text(account.region), account.seller_id, account.client_id,
        vault.seal_credential(client_secret, secrets.client_secret.reveal()), previous,
        vault.seal_credential(refresh_token_context(account), secrets.refresh_token.reveal()),
        account.spapi_url, account.lwa_url, account.created_at);
    if (!row) return taken("seller " + account.seller_id.str() + " in this region", "seller_id");
    return row->get<AccountId>(0);
}

Status update_account_secrets(db::Transaction& tx, Vault& vault, AccountId id,
                              const std::optional<Pii<std::string>>& client_secret,
                              const std::optional<Pii<std::string>>& refresh_token) {
    const auto account = find_account(tx, id);
    if (!account) return account_missing(id);
    if (client_secret) TRY(replace_client_secret(tx, vault, *account, *client_secret));
    if (refresh_token)
        tx.queue("UPDATE accounts SET sealed_refresh_token = $1 WHERE id = $2",
                 vault.seal_credential(refresh_token_context(*account), refresh_token->reveal()), id);
    return resume_account(tx, id);
}

Status pause_account(db::Transaction& tx, AccountId id, const std::string& code, const std::string& text,
                     UtcTime now) {
    // Since when it is paused stays what it was while the pause lasts.
    const std::int64_t changed = tx.execute(
        "UPDATE accounts SET paused_code = $1, paused_text = $2, paused_at = COALESCE(paused_at, $3) WHERE "
        "id = $4",
        code, text, now, id);
    if (changed == 0) return account_missing(id);
    return {};
}

Status resume_account(db::Transaction& tx, AccountId id) {
    const std::int64_t changed = tx.execute(
        "UPDATE accounts SET paused_code = NULL, paused_text = NULL, paused_at = NULL WHERE id = $1", id);
    if (changed == 0) return account_missing(id);
    return {};
}

std::vector<AccountRecord> list_accounts(db::Reader& tx) {
    std::vector<AccountRecord> accounts;
    for (const db::Row& row : tx.query(select_accounts("ORDER BY id"))) accounts.push_back(read_account(row));
    return accounts;
}

std::optional<AccountRecord> find_account(db::Reader& tx, AccountId id) {
    const auto row = tx.one(select_accounts("WHERE id = $1"), id);
    if (!row) return std::nullopt;
    return read_account(*row);
}

std::optional<AccountRecord> find_account(db::Reader& tx, std::string_view id_or_name) {
    // A name may look like an id; the id wins.
    if (const auto id = AccountId::parse(id_or_name))
        if (auto account = find_account(tx, *id)) return account;
    const auto row = tx.one(select_accounts("WHERE name = $1"), id_or_name);
    if (!row) return std::nullopt;
    return read_account(*row);
}

Result<AccountSecrets> read_account_secrets(db::Reader& tx, Vault& vault, AccountId id) {
    const auto account = find_account(tx, id);
    if (!account) return account_missing(id);
    const auto row = tx.one(
        "SELECT sealed_client_secret, sealed_previous_client_secret, sealed_refresh_token "
        "FROM accounts WHERE id = $1",
        id);
    const std::string client_secret = client_secret_context(*account);
    AccountSecrets secrets;
    secrets.client_secret = Pii(TRY(vault.open_credential(client_secret, row->get<db::Blob>(0))));
    if (!row->is_null(1))
        secrets.previous_client_secret =
            Pii(TRY(vault.open_credential(client_secret, row->get<db::Blob>(1))));
    secrets.refresh_token =
        Pii(TRY(vault.open_credential(refresh_token_context(*account), row->get<db::Blob>(2))));
    return secrets;
}

}  // namespace fairway::store
