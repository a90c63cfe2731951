#include "api/messages.hpp"

#include "store/accounts.hpp"
#include "store/commands.hpp"
#include "store/instance.hpp"
#include "store/order_list.hpp"

namespace fairway::api {

namespace {

std::optional<Message> blocked_orders(db::Reader& tx, const std::string& public_url,
                                      domain::Language language) {
    Message message{.code = "orders_blocked", .text = {}, .params = {}};
    std::string names;
    for (const store::BlockedStore& store : store::list_blocked_stores(tx)) {
        names += (names.empty() ? "" : ", ") + store.name;
        message.params.stores.push_back(
            {store.id.str(), store.name, public_url + "/stores/" + store.id.str() + "/dashboard"});
    }
    if (message.params.stores.empty()) return std::nullopt;
    message.text = domain::render("message.orders_blocked", {{"stores", names}}, language);
    return message;
}

std::optional<Message> read_only_mode(db::Reader& tx, domain::Language language) {
    const auto mode = store::find_read_only(tx);
    if (!mode) return std::nullopt;
    const std::string reason(store::to_text(mode->reason));
    return Message{.code = "read_only",
                   .text = domain::render("message.read_only." + reason, {}, language),
                   .params = {.reason = reason, .since = mode->since}};
}

}  // namespace

std::vector<Message> current_messages(db::Reader& tx, const std::string& public_url,
                                      domain::Language language) {
    std::vector<Message> messages;
    if (auto mode = read_only_mode(tx, language)) messages.push_back(std::move(*mode));
    if (auto blocked = blocked_orders(tx, public_url, language)) messages.push_back(std::move(*blocked));
    for (const store::AccountRecord& account : store::list_accounts(tx)) {
        if (!account.paused_code) continue;
        const domain::TextParams params{{"account", account.name},
                                        {"detail", account.paused_text.value_or("")}};
        messages.push_back({.code = "account_paused",
                            .text = domain::render("message.account_paused", params, language),
                            .params = {.account = account.name}});
    }
    if (const std::int64_t rejected = store::count_rejected_commands(tx); rejected > 0)
        messages.push_back({.code = "commands_rejected",
                            .text = domain::render("message.commands_rejected",
                                                   {{"count", std::to_string(rejected)}}, language),
                            .params = {.count = rejected}});
    return messages;
}

}  // namespace fairway::api
