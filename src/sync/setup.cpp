#include "sync/setup.hpp"

#include <algorithm>

#include "base/quoted.hpp"
#include "base/text.hpp"
#include "domain/marketplace.hpp"

namespace fairway::sync {

namespace {

constexpr std::size_t kNameMax = 80;

Status check_name(const std::string& name, const std::string& field) {
    const bool good = !trim(name).empty() && trim(name).size() == name.size() && is_valid_utf8(name) &&
                      utf8_length(name) <= kNameMax;
    if (good) return {};
    return fail(ErrorKind::invalid, "name_invalid",
                "a name has 1 to 80 characters and no space at its beginning or end", field);
}

Status check_url(const std::string& url, const std::string& field) {
    const auto host = [&] { return url.substr(7, url.find_first_of(":/", 7) - 7); };
    if (url.starts_with("https://") && url.size() > 8) return {};
    if (url.starts_with("http://") && (host() == "127.0.0.1" || host() == "localhost")) return {};
    return fail(ErrorKind::invalid, "url_invalid",
                "\"" + url.substr(0, 200) + "\" must be https://…; plain http is for 127.0.0.1 only", field);
}

std::string without_trailing_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

Result<store::AccountRecord> check_request(const ConnectRequest& request, UtcTime now) {
    TRY(check_name(request.name, "name"));
    const auto region = domain::parse_region(request.region);
    if (!region)
        return fail(ErrorKind::invalid, "region_unknown",
                    "region " + quoted(request.region) + " is none of na, eu, fe", "region");
    const auto required = [](const std::string& value, const std::string& field) -> Status {
        if (!value.empty() && value.size() <= 2048) return {};
        return fail(ErrorKind::invalid, "value_missing", field + " must not be empty or longer than 2048",
                    field);
    };
    TRY(required(request.seller_id, "seller_id"));
    TRY(required(request.client_id, "client_id"));
    TRY(required(request.client_secret.reveal(), "client_secret"));
    TRY(required(request.refresh_token.reveal(), "refresh_token"));
    store::AccountRecord account{
        .name = request.name,
        .region = *region,
        .seller_id = SellerId(request.seller_id),
        .client_id = request.client_id,
        .spapi_url =
            without_trailing_slash(request.spapi_url.value_or(std::string(domain::spapi_url(*region)))),
        .lwa_url = without_trailing_slash(request.lwa_url.value_or(std::string(domain::kLwaUrl))),
        .created_at = now};
    TRY(check_url(account.spapi_url, "spapi_url"));
    TRY(check_url(account.lwa_url, "lwa_url"));
    return account;
}

amazon::Account caller(const store::AccountRecord& account, const store::AccountSecrets& secrets) {
    return {.id = account.id,
            .region = account.region,
            .seller_id = account.seller_id,
            .credentials = {account.client_id, secrets.client_secret, secrets.previous_client_secret,
                            secrets.refresh_token},
            .spapi_url = account.spapi_url,
            .lwa_url = account.lwa_url};
}

// An answer that cannot be read says nothing about the credentials: whoever gave them may try again.
Task<Status> verify(Context& context, amazon::Account account) {
    const auto verified = co_await context.amazon.verify_credentials(std::move(account));
    if (verified) co_return Status{};
    const Error& error = verified.error();
    if (error.kind != ErrorKind::corrupt && error.kind != ErrorKind::too_large)
        co_return std::unexpected(error);
    co_return fail(ErrorKind::unavailable, "amazon_unavailable",
                   "Amazon's answer cannot be read (" + error.message +
                       "); nothing was stored, try again in a few minutes");
}

}  // namespace

Task<Result<VerifiedAccount>> verify_account(Context& context, ConnectRequest request) {
    VerifiedAccount account{CO_TRY(check_request(request, context.clock.now())),
                            {request.client_secret, std::nullopt, request.refresh_token}};
    CO_TRY(co_await verify(context, caller(account.record, account.secrets)));
    co_return account;
}

Result<AccountId> connect_account(db::Transaction& tx, Context& context, const VerifiedAccount& account) {
    return store::insert_account(tx, context.vault, account.record, account.secrets);
}

Task<Status> verify_update(Context& context, store::AccountRecord account, AccountUpdate update) {
    store::AccountSecrets secrets = CO_TRY(context.db.read(
        [&](db::Reader& tx) { return store::read_account_secrets(tx, context.vault, account.id); }));
    if (update.client_secret) secrets.client_secret = *update.client_secret;
    if (update.refresh_token) secrets.refresh_token = *update.refresh_token;
    secrets.previous_client_secret.reset();
    CO_TRY(co_await verify(context, caller(account, secrets)));
    co_return Status{};
}

Status update_account(db::Transaction& tx, Context& context, AccountId id, const AccountUpdate& update) {
    tx.after_commit([&context, id] { context.amazon.forget_token(id); });
    return store::update_account_secrets(tx, context.vault, id, update.client_secret, update.refresh_token);
}

Result<StoreId> add_store(db::Transaction& tx, const StoreRequest& request, UtcTime now) {
    TRY(check_name(request.name, "name"));
    const domain::Marketplace* marketplace = domain::find_marketplace_by_country(request.marketplace);
    if (marketplace == nullptr) marketplace = domain::find_marketplace(MarketplaceId(request.marketplace));
    if (marketplace == nullptr)
        return fail(ErrorKind::invalid, "marketplace_unknown",
                    quoted(request.marketplace) + " is no Amazon marketplace; use a code such as IT, DE, US",
                    "marketplace");
    const auto back_end = domain::parse<domain::BackEndKind>(request.back_end);
    if (!back_end || *back_end == domain::BackEndKind::magento)
        return fail(ErrorKind::invalid, "back_end_unknown",
                    "back end " + quoted(request.back_end) + " is not available; use builtin", "back_end");
    const auto account = store::find_account(tx, std::string_view(request.account));
    if (!account)
        return fail(ErrorKind::not_found, "account_missing", "there is no account " + quoted(request.account),
                    "account");
    if (account->region != marketplace->region)
        return fail(ErrorKind::invalid, "marketplace_other_region",
                    std::string(marketplace->name) + " belongs to region " +
                        std::string(domain::to_text(marketplace->region)) + ", account " + account->name +
                        " to " + std::string(domain::to_text(account->region)),
                    "marketplace");
    return store::insert_store(tx,
                               {.account_id = account->id,
                                .marketplace = MarketplaceId(marketplace->id),
                                .name = request.name,
                                .back_end = *back_end},
                               now);
}

Status rename_store(db::Transaction& tx, StoreId store, const std::string& name) {
    TRY(check_name(name, "name"));
    return store::rename_store(tx, store, name);
}

Status change_settings(db::Transaction& tx, const store::StoreRecord& store,
                       const domain::StoreSettings& settings, UtcTime now) {
    store::update_store_settings(tx, store, settings, now);
    if (settings.look_back_days > store.settings.look_back_days) {
        const UtcTime back_to = store.import_from - days(settings.look_back_days);
        store::set_watermark(tx, store.id, std::min(store.watermark, back_to), std::nullopt);
    }
    return {};
}

}  // namespace fairway::sync
