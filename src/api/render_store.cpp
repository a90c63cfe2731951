// A store with its figures, and its dashboard's.
#include "api/render.hpp"
#include "base/check.hpp"
#include "domain/marketplace.hpp"
#include "json/decode.hpp"
#include "store/accounts.hpp"
#include "store/sales.hpp"

namespace fairway::api {

namespace {

constexpr int kDays = 30;

// The one in which a store's figures are told.
domain::Currency currency_of(const domain::Marketplace* marketplace) {
    return marketplace == nullptr ? domain::Currency{} : domain::Currency::of(marketplace->currency);
}

StoreSales render_sales(db::Reader& tx, StoreId store, domain::Currency currency, UtcTime now) {
    StoreSales sales;
    domain::Money gross = domain::zero(currency);
    domain::Money previous = domain::zero(currency);
    const std::int64_t today = store::day_of(now);
    for (const store::SalesDay& day : store::list_sales(tx, store, currency, today, 2 * kDays)) {
        const bool recent = day.day > today - kDays;
        (recent ? gross : previous).minor += day.total.minor;
        if (recent) sales.days.push_back(domain::format_amount(day.total));
    }
    sales.gross_30d = render(gross);
    sales.previous_30d = render(previous);
    return sales;
}

StoreNeeds render_needs(const store::StoreSummary& summary) {
    return {.blocked = summary.blocked,
            .to_ship = summary.to_ship,
            .overdue = summary.overdue,
            .due_in_24h = summary.due_in_24h,
            .commands_rejected = summary.commands_rejected,
            .attention = summary.attention};
}

std::optional<LastSync> render_last_sync(db::Reader& tx, const store::StoreRecord& record) {
    if (!record.active) return std::nullopt;
    const auto run = store::find_last_run(tx, record.id, record.import_from);
    if (!run) return std::nullopt;
    return LastSync{run->id.str(), std::string(store::to_text(run->state)), run->error_text, run->started_at,
                    run->finished_at};
}

}  // namespace

Store render_store(db::Reader& tx, const store::StoreRecord& record, UtcTime now) {
    // The words of the settings are known in one place, where they are stored and patched.
    auto settings = json::decode<StoreSettings>(store::encode_settings(record.settings));
    CHECK(settings.has_value(), "the contract has every setting of a store");
    const domain::Marketplace* marketplace = domain::find_marketplace(record.marketplace);
    const auto account = store::find_account(tx, record.account_id);
    CHECK(account.has_value(), "a store belongs to an account");
    return {.id = record.id.str(),
            .name = record.name,
            .account = record.account_id.str(),
            .account_paused = account->paused_code.has_value(),
            .account_paused_reason = account->paused_text,
            .marketplace = marketplace == nullptr ? std::string() : std::string(marketplace->country),
            .marketplace_id = record.marketplace.str(),
            .back_end = std::string(domain::to_text(record.back_end)),
            .active = record.active,
            .settings = *std::move(settings),
            .import_from = record.import_from,
            .watermark = record.watermark,
            .created_at = record.created_at,
            .sales = render_sales(tx, record.id, currency_of(marketplace), now),
            .needs = render_needs(store::summarize_store(tx, record.id, now)),
            .last_sync = render_last_sync(tx, record)};
}

void render_figures(db::Reader& tx, const store::StoreRecord& record, UtcTime now, Dashboard& into) {
    const domain::Currency currency = currency_of(domain::find_marketplace(record.marketplace));
    const store::StoreSummary summary = store::summarize_store(tx, record.id, now);
    const store::Sales sales = store::sum_sales(tx, record.id, currency);
    into.counts = {.orders = sales.orders + sales.cancelled,
                   .waiting = summary.waiting,
                   .blocked = summary.blocked,
                   .to_ship = summary.to_ship,
                   .commands_rejected = summary.commands_rejected};
    into.lifetime_sales = render(sales.total);
    into.lifetime_orders = sales.orders;
    constexpr std::size_t kDateLength = 10;
    for (const store::SalesDay& day : store::list_sales(tx, record.id, currency, store::day_of(now), kDays))
        into.revenue.push_back({format_rfc3339(store::begin_of_day(day.day)).substr(0, kDateLength),
                                render(day.total), day.orders});
}

}  // namespace fairway::api
