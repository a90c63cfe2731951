#include "api/metrics.hpp"

#include <algorithm>

#include "store/accounts.hpp"
#include "store/commands.hpp"
#include "store/instance.hpp"
#include "store/order_list.hpp"
#include "store/orders.hpp"
#include "store/quota.hpp"
#include "store/stores.hpp"

namespace fairway::api {

namespace {

// A label's value in the text format: backslash, quote and line end are escaped.
std::string label(std::string_view name, std::string_view value) {
    std::string text = std::string(name) + "=\"";
    for (const char c : value) {
        if (c == '\n') text += "\\n";
        else if (c == '"' || c == '\\') text += std::string("\\") + c;
        else text += c;
    }
    return text + "\"";
}

// Millionths as a decimal: the text format has no other numbers.
std::string decimal(std::int64_t micros) {
    std::string digits = std::to_string(micros < 0 ? -micros : micros);
    if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
    digits.insert(digits.size() - 6, 1, '.');
    return (micros < 0 ? "-" : "") + digits;
}

class Text {
public:
    void gauge(std::string_view name, std::string_view help) {
        text_ += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " + std::string(name) +
                 " gauge\n";
        name_ = name;
    }
    void value(const std::string& labels, const std::string& number) {
        text_ += name_ + (labels.empty() ? "" : "{" + labels + "}") + " " + number + "\n";
    }
    void value(const std::string& labels, std::int64_t number) { value(labels, std::to_string(number)); }
    std::string take() { return std::move(text_); }

private:
    std::string text_{};
    std::string name_{};
};

void add_stores(Text& text, db::Reader& tx, UtcTime now) {
    const auto stores = store::list_stores(tx);
    text.gauge("fairway_store_watermark_age_seconds", "Age of the time up to which every change is stored.");
    for (const store::StoreRecord& each : stores)
        if (each.active) text.value(label("store", each.name), decimal((now - each.watermark).count()));
    const auto counts = [&](std::string_view name, std::string_view help,
                            std::int64_t store::StoreSummary::* member) {
        text.gauge(name, help);
        for (const store::StoreRecord& each : stores)
            text.value(label("store", each.name), store::summarize_store(tx, each.id, now).*member);
    };
    counts("fairway_orders_waiting", "Orders that are not importable yet.", &store::StoreSummary::waiting);
    counts("fairway_orders_blocked", "Orders that cannot be imported until somebody mends the cause.",
           &store::StoreSummary::blocked);
    counts("fairway_orders_to_ship", "Imported orders with units to ship.", &store::StoreSummary::to_ship);
}

void add_accounts(Text& text, db::Reader& tx) {
    text.gauge("fairway_account_paused", "1 while Amazon refuses the account's credentials.");
    const auto accounts = store::list_accounts(tx);
    for (const store::AccountRecord& each : accounts)
        text.value(label("account", each.name), each.paused_code ? 1 : 0);
    text.gauge("fairway_quota_calls", "Calls that Amazon's quota allowed when it was last used.");
    for (const store::QuotaRecord& each : store::list_quotas(tx, std::nullopt)) {
        const auto account = std::ranges::find(accounts, each.account_id, &store::AccountRecord::id);
        if (account != accounts.end())
            text.value(label("account", account->name) + "," + label("operation", each.operation),
                       decimal(each.tokens_micro));
    }
}

}  // namespace

std::string render_metrics(db::Reader& tx, UtcTime now) {
    Text text;
    add_stores(text, tx, now);
    add_accounts(text, tx);
    text.gauge("fairway_commands", "Commands to Amazon that are not at their end.");
    for (const auto& [state, count] : store::count_open_commands(tx))
        text.value(label("state", domain::to_text(state)), count);
    text.gauge("fairway_read_only", "1 while nothing is sent to Amazon and to shops.");
    text.value("", store::find_read_only(tx) ? 1 : 0);
    text.gauge("fairway_orders_dirty", "Orders that the next look plans again.");
    text.value("", store::count_dirty(tx));
    text.gauge("fairway_attention_open", "Decisions that wait for a person.");
    text.value("", store::count_open_attention(tx));
    text.gauge("fairway_quarantined", "Answers of Amazon that could not be read.");
    text.value("", store::count_quarantine(tx));
    text.gauge("fairway_last_sync_age_seconds", "Time since the newest sync began.");
    const UtcTime last = store::last_tick_started(tx);
    if (last != UtcTime{}) text.value("", decimal((now - last).count()));
    return text.take();
}

}  // namespace fairway::api
