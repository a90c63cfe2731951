// What people mend of an order that cannot be imported as Amazon shows it: the shipping address, and money
// that does not add up.
#include <algorithm>
#include <array>

#include "api/handlers.hpp"
#include "api/order_path.hpp"
#include "api/render.hpp"
#include "base/text.hpp"
#include "domain/mismatch.hpp"
#include "store/repairs.hpp"
#include "sync/reconcile.hpp"

namespace fairway::api {

namespace {

struct Field {
    std::string_view name;
    OptionalText Address::* given;
    std::string domain::Address::* kept;
    std::size_t length_max;
};
constexpr std::array kFields{Field{"name", &Address::name, &domain::Address::name, 200},
                             Field{"company", &Address::company, &domain::Address::company, 200},
                             Field{"line1", &Address::line1, &domain::Address::line1, 200},
                             Field{"line2", &Address::line2, &domain::Address::line2, 200},
                             Field{"line3", &Address::line3, &domain::Address::line3, 200},
                             Field{"city", &Address::city, &domain::Address::city, 200},
                             Field{"district", &Address::district, &domain::Address::district, 200},
                             Field{"region", &Address::region, &domain::Address::region, 200},
                             Field{"postal_code", &Address::postal_code, &domain::Address::postal_code, 20},
                             Field{"country", &Address::country, &domain::Address::country, 2},
                             Field{"phone", &Address::phone, &domain::Address::phone, 50}};

std::string to_upper_ascii(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

// Errors name the field; what was typed is personal and stays out.
Result<std::string> read_field(const Field& field, const std::string& given) {
    std::string text(trim(given));
    const std::string name(field.name);
    const auto is_control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; };
    if (!is_valid_utf8(text) || std::ranges::any_of(text, is_control))
        return fail(ErrorKind::invalid, "text_invalid", name + " is one line of text", name);
    if (utf8_length(text) > field.length_max)
        return fail(ErrorKind::invalid, "too_long",
                    name + " has at most " + std::to_string(field.length_max) + " characters", name);
    return field.name == "country" ? to_upper_ascii(std::move(text)) : text;
}

struct Repair {
    domain::Address address{};
    std::string fields{};  // those that are other than before: "name,city"
};

// Who may not see the address is not told either what of it is other than what was typed: else it could be
// guessed field by field. Then every field that is named counts as changed.
enum class Sight { sees, sees_nothing };

// `before` with the fields that are named; it must be an address that can be shipped to.
Result<Repair> repair(const domain::Address& before, const Address& body, Sight sight) {
    Repair made{.address = before};
    for (const Field& field : kFields) {
        if (!(body.*field.given)) continue;
        std::string text = TRY(read_field(field, *(body.*field.given)));
        std::string& kept = made.address.*field.kept;
        if (sight == Sight::sees && kept == text) continue;
        kept = std::move(text);
        made.fields += (made.fields.empty() ? "" : ",") + std::string(field.name);
    }
    if (const auto missing = domain::missing_fields(made.address); !missing.empty())
        return fail(ErrorKind::invalid, "address_incomplete",
                    missing.front() == "country" ? "country is a code of two letters, such as IT"
                                                 : "an address needs " + missing.front(),
                    missing.front());
    if (made.fields.empty())
        return fail(ErrorKind::invalid, "nothing_changed",
                    "no field is other than before; name those that are to be changed");
    return made;
}

std::unexpected<Error> refuse(std::string code, const store::OrderRecord& order, const std::string& why) {
    return fail(ErrorKind::conflict, std::move(code), "Amazon order " + order.order.id.str() + " " + why);
}

// Only where the address still decides something.
Status check_repairable(const Call& call, db::Reader& tx, const store::OrderRecord& order) {
    using domain::ImportState;
    if (order.import_state == ImportState::view_only || order.import_state == ImportState::excluded)
        return refuse("view_only", order, "is view-only: nothing is shipped from here");
    if (order.order.fulfilled_by == domain::FulfilledBy::amazon)
        return refuse("fulfilled_by_amazon", order, "is shipped by Amazon, to the address that it has");
    if (store::find_commerce_order_of(tx, order.id))
        return refuse("already_imported", order, "has its commerce order already");
    if (order.import_state == ImportState::cancelled || order.order.status == domain::AmazonStatus::canceled)
        return refuse("order_cancelled", order, "is cancelled");
    if (!call.services.sync.vault.has_key(order.key_id))
        return refuse("key_destroyed", order,
                      "has no data key any more: its personal data was erased or lost");
    return {};
}

// The address that the order would be shipped to without this repair. Of one that Amazon withholds some
// fields are known all the same.
Result<domain::Address> find_address(const Call& call, db::Reader& tx, OrderId order) {
    if (const auto earlier = store::read_repair(tx, call.services.sync.vault, order))
        return earlier->reveal();
    const Pii<domain::PersonalData> personal = TRY(store::read_personal(tx, call.services.sync.vault, order));
    return personal.reveal().recipient.value_or(domain::Address{});
}

// Mends something of the order, then does what follows from it, and answers with the order as it is then.
// All or nothing. mend(db::Transaction&, const store::OrderRecord&) returns what the audit trail says.
template <class Mend>
Result<Answer> act(Call& call, CommitPoint point, Mend mend) {
    return call.write(point, [&](db::Transaction& tx) -> Result<Answer> {
        const store::OrderRecord before = TRY(find_order(call, tx));
        const std::string done = TRY(mend(tx, before));
        store::mark_dirty(tx, before.id);
        sync::ReconcileReport report;
        TRY(sync::reconcile_order(tx, call.services.sync, before.id, report));
        store::write_audit(tx, call.principal.actor, done, "amazon-orders/" + before.order.id.str(),
                           call.now);
        return ok(render_order(call, tx, *store::find_order(tx, before.id)));
    });
}

// Whether what the person saw is still so: the block as it was shown, and as Amazon's amounts are now.
bool is_as_shown(const store::OrderRecord& order, const std::optional<Amounts>& shown) {
    if (domain::find_money_block(order.order) != order.block) return false;
    if (!shown) return true;
    const auto same = [](const Money& a, const Money& b) {
        return a.amount == b.amount && a.currency == b.currency;
    };
    const std::optional<Amounts> now = amounts_of(*order.block);
    return now && same(now->parts, shown->parts) && same(now->stated, shown->stated);
}

}  // namespace

Result<Answer> repair_shipping_address(Call& call) {
    const Pii<Address> body(TRY(read_body<Address>(call)));
    const Sight sight = call.may_search_persons ? Sight::sees : Sight::sees_nothing;
    std::optional<AmazonOrderId> compared;
    Result<Answer> answer =
        act(call, "order.repair",
            [&](db::Transaction& tx, const store::OrderRecord& order) -> Result<std::string> {
                TRY(check_repairable(call, tx, order));
                const domain::Address before = TRY(find_address(call, tx, order.id));
                compared = order.order.id;
                const Repair made = TRY(repair(before, body.reveal(), sight));
                store::save_repair(tx, call.services.sync.vault, order, Pii(made.address), call.now);
                store::write_history(tx, order.id, {"history.address_repaired", {{"fields", made.fields}}},
                                     call.now);
                return "repair shipping address: " + made.fields;
            });
    // Being refused tells something of the address, such as that it is what was typed.
    if (!answer && compared)
        call.db().write("audit.views", [&](db::Transaction& tx) {
            store::write_audit(tx, call.principal.actor, "refuse repair", "amazon-orders/" + compared->str(),
                               call.now);
        });
    return answer;
}

Result<Answer> import_anyway(Call& call) {
    const ImportAnyway body = TRY(read_optional_body<ImportAnyway>(call));
    return act(call, "order.import_anyway",
               [&](db::Transaction& tx, const store::OrderRecord& order) -> Result<std::string> {
                   if (!order.block || order.block->reason != domain::BlockReason::money_mismatch)
                       return refuse("not_blocked", order, "is not blocked by its money");
                   if (!is_as_shown(order, body.amounts))
                       return refuse("amounts_changed", order,
                                     "has other amounts by now than were shown; look at it again");
                   if (!domain::can_be_charged(order.order))
                       return refuse("money_unknown", order,
                                     "cannot be charged: Amazon does not show what a line costs, or speaks "
                                     "of several currencies");
                   store::insert_decision(tx, order.id, domain::kImportAnyway,
                                          domain::amounts_of(order.order), call.now);
                   store::write_history(tx, order.id, {"history.import_anyway", order.block->params},
                                        call.now);
                   return "import order anyway";
               });
}

}  // namespace fairway::api
