#include "use_cases.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "runner/script.hpp"
#include "store/access.hpp"

namespace fairway::crash {

using scenarios::Mode;
using scenarios::Mood;
using scenarios::Wrong;

namespace {

// The first orders that are imported, in this order.
const std::string kOrderA = "/commerce-orders/co_1";
const std::string kOrderB = "/commerce-orders/co_2";

// ---- what is there before

void connect(Stage& stage, Fairway& fairway) {
    const sandbox::Seller& who = stage.amazon.seller(1);
    fairway.post("/accounts", json::Object{{"name", "Main"},
                                           {"region", "eu"},
                                           {"seller_id", who.seller_id},
                                           {"client_id", who.client_id},
                                           {"client_secret", who.client_secret},
                                           {"refresh_token", who.refresh_token},
                                           {"spapi_url", "http://127.0.0.1:9400"},
                                           {"lwa_url", "http://127.0.0.1:9400"}});
}

void add_store(Stage&, Fairway& fairway) {
    fairway.post("/stores", json::Object{{"account", "Main"}, {"marketplace", "IT"}, {"name", "Amazon.it"}});
}

void nothing(Stage&, Fairway&) {}

void ready(Stage& stage, Fairway& fairway) {
    connect(stage, fairway);
    add_store(stage, fairway);
    fairway.post("/products", json::Object{{"sku", "SKU-1"}, {"name", "Kettle"}, {"quantity", 50}});
}

// What is written now is of another moment than the store.
void ready_for_a_while(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    stage.pass(minutes(5));
}

json::Object of_sku(const std::string& sku) {
    return {{"lines", json::Array{json::Object{{"quantity", 1}, {"sku", sku}, {"unit_price", "7.50"}}}}};
}

void sync(Stage& stage, Fairway& fairway) {
    stage.pass(minutes(5));
    fairway.tick();
    fairway.look();
}

void imported(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    stage.place("A");
    sync(stage, fairway);
}

void replacement_imported(Stage& stage, Fairway& fairway) {
    imported(stage, fairway);
    stage.place("B", "UNSHIPPED", {{"replaces", stage.id_of("A")}});
    sync(stage, fairway);
}

void blocked(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    stage.place("A", "UNSHIPPED", of_sku("SKU-2"));
    sync(stage, fairway);
}

void without_a_place(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    stage.place("A", "UNSHIPPED",
                {{"recipient", json::Object{{"name", "Anna Neri"}, {"line1", "Via Roma 1"}}}});
    sync(stage, fairway);
}

void contradicting_itself(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    stage.place("A", "UNSHIPPED", {{"stated_total", "999.99"}});
    sync(stage, fairway);
}

void of_every_kind(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    stage.place("A");
    stage.place("B", "PENDING");
    stage.place("C", "UNSHIPPED", of_sku("SKU-2"));
    stage.place("D");
    stage.amazon.garble(stage.id_of("D"));
    stage.pass(minutes(5));
}

void kept_aside(Stage& stage, Fairway& fairway) {
    of_every_kind(stage, fairway);
    sync(stage, fairway);
}

// A page of HTML twice: whoever is interrupted at the first one meets it again.
void unreadable(Stage& stage, Fairway& fairway) {
    of_every_kind(stage, fairway);
    stage.amazon.set_mood("searchOrders", {.kind = Mood::Kind::not_json, .times = 2});
}

// More than a page holds; the last of them long enough ago that no overlap reaches back to them.
void two_pages(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    for (int i = 1; i <= 110; ++i) {
        stage.place("P" + std::to_string(i), "UNSHIPPED", of_sku("SKU-2"));
        stage.pass(seconds(30));
    }
    stage.pass(hours(1));
}

void stale_window(Stage& stage, Fairway& fairway) {
    two_pages(stage, fairway);
    stage.amazon.set_mood("searchOrders", {.kind = Mood::Kind::unavailable, .after = 1, .times = 1});
    fairway.tick();
    fairway.forget_complaints();
    stage.pass(hours(24));
}

void ship(Stage&, Fairway& fairway) {
    const json::Object package{{"carrier", "DHL"}, {"tracking", "JD1"}};
    fairway.post(kOrderA + "/shipments", json::Object{{"packages", json::Array{package}}});
}

void shipped(Stage& stage, Fairway& fairway) {
    imported(stage, fairway);
    ship(stage, fairway);
}

void with_mood(Stage& stage, const std::string& operation, Mood::Kind kind, const std::string& words = {}) {
    stage.amazon.set_mood(operation, {.kind = kind, .words = words, .times = 1});
}

// Amazon cancels after the parcel has left and before it was told.
void shipped_and_cancelled(Stage& stage, Fairway& fairway) {
    shipped(stage, fairway);
    stage.amazon.control("POST", "orders/" + stage.id_of("A") + "/status",
                         json::Object{{"status", "CANCELLED"}});
    stage.pass(minutes(5));
}

void throttled_at_confirming(Stage& stage, Fairway& fairway) {
    shipped(stage, fairway);
    with_mood(stage, "confirmShipment", Mood::Kind::throttled);
}

void confirmation_lost(Stage& stage, Fairway& fairway) {
    shipped(stage, fairway);
    with_mood(stage, "confirmShipment", Mood::Kind::answer_lost);
    fairway.look();
    stage.pass(minutes(1));
}

void confirmation_refused(Stage& stage, Fairway& fairway) {
    shipped(stage, fairway);
    with_mood(stage, "confirmShipment", Mood::Kind::refused, "The carrier is not valid.");
    fairway.look();
}

void about_to_be_refused(Stage& stage, Fairway& fairway) {
    imported(stage, fairway);
    with_mood(stage, "searchOrders", Mood::Kind::forbidden);
    stage.pass(minutes(5));
}

void another_rate(Stage& stage, Fairway& fairway) {
    imported(stage, fairway);
    fairway.program().db().write(
        [](db::Transaction& tx) { tx.execute("UPDATE quota_buckets SET rate_micro = rate_micro / 2"); });
    stage.pass(minutes(5));
}

// Paid for, and no search shows it: it is asked for by id, and Amazon refuses once.
void old_pending(Stage& stage, Fairway& fairway) {
    ready(stage, fairway);
    stage.place("A", "PENDING");
    sync(stage, fairway);
    stage.amazon.hide(stage.id_of("A"));
    stage.set_status("A", "UNSHIPPED");
    with_mood(stage, "getOrder", Mood::Kind::refused, "The order id is not valid.");
    stage.pass(hours(7));
}

void cancelled_in_the_shop(Stage& stage, Fairway& fairway) {
    imported(stage, fairway);
    const json::Array lines{json::Object{{"line", 1}, {"quantity", 2}}};
    fairway.post(kOrderA + "/credit-memos", json::Object{{"lines", lines}});
    sync(stage, fairway);
}

// ---- what is done

void tick(Stage&, Fairway& fairway) { fairway.tick(); }
void look(Stage&, Fairway& fairway) { fairway.look(); }

void renew(Stage& stage, Fairway& fairway, const std::string& key) {
    fairway.ask("PATCH", "/accounts/Main",
                json::Object{{"refresh_token", stage.amazon.seller(1).refresh_token}}, key);
}

void update_account(Stage& stage, Fairway& fairway) { renew(stage, fairway, "renew"); }

// Whoever sees the account still paused renews it once more: a new request, with no key.
void refused_and_renewed(Stage& stage, Fairway& fairway) {
    fairway.tick();
    renew(stage, fairway, "");
    fairway.tick();
}

void change_store(Stage&, Fairway& fairway) {
    fairway.ask("PATCH", "/stores/Amazon.it/settings",
                json::Object{{"look_back_days", 2}, {"pending_orders", "ignore"}}, "settings");
    fairway.post("/stores/Amazon.it/deactivate");
    fairway.post("/stores/Amazon.it/activate");
}

// What stands under its own id is the same store before and after it has another name, or none.
void replace_store(Stage&, Fairway& fairway) {
    fairway.ask("PATCH", "/stores/st_1", json::Object{{"name", "Italy"}}, "rename");
    fairway.post("/stores/st_1/deactivate");
    fairway.ask("DELETE", "/stores/st_1", nullptr, "delete");
    fairway.ask("POST", "/stores",
                json::Object{{"account", "Main"}, {"marketplace", "IT"}, {"name", "Amazon.it"}}, "again");
}

void change_catalog(Stage&, Fairway& fairway) {
    fairway.ask("POST", "/products", json::Object{{"sku", "SKU-9"}, {"name", "Cup"}, {"quantity", 3}}, "cup");
    fairway.ask("PATCH", "/products/SKU-9", json::Object{{"name", "Big cup"}}, "rename");
    fairway.ask("PUT", "/stock/SKU-9", json::Object{{"quantity", 8}}, "stock");
    fairway.ask("PUT", "/listings/Amazon.it/SKU-2", json::Object{{"product_sku", "SKU-9"}, {"units", 2}},
                "match");
}

void credit(Stage&, Fairway& fairway) {
    fairway.post(kOrderA + "/credit-memos",
                 json::Object{{"lines", json::Array{json::Object{{"line", 1}, {"quantity", 1}}}}});
}

void invoice(Stage&, Fairway& fairway) { fairway.post(kOrderB + "/invoices"); }
void cancel(Stage&, Fairway& fairway) { fairway.post(kOrderB + "/cancel"); }

void hold_and_go_on(Stage&, Fairway& fairway) {
    fairway.post(kOrderA + "/hold");
    fairway.post(kOrderA + "/comments", json::Object{{"text", "Call the buyer."}});
    fairway.post(kOrderA + "/unhold");
}

void retry(Stage& stage, Fairway& fairway) {
    fairway.post("/amazon-orders/st_1/" + stage.id_of("A") + "/retry");
}

void repair_address(Stage& stage, Fairway& fairway) {
    fairway.ask("PATCH", "/amazon-orders/st_1/" + stage.id_of("A") + "/shipping-address",
                json::Object{{"city", "Torino"}, {"country", "IT"}}, "repair");
}

void import_anyway(Stage& stage, Fairway& fairway) {
    fairway.post("/amazon-orders/st_1/" + stage.id_of("A") + "/import-anyway");
}

void retry_all(Stage&, Fairway& fairway) {
    fairway.post("/amazon-orders/retry");
    fairway.look();
}

void ask_again(Stage&, Fairway& fairway) { fairway.post("/quarantine/qu_1/retry"); }

void replay(Stage&, Fairway& fairway) {
    fairway.post("/commands/cm_1/replay");
    fairway.look();
}

void close_attention(Stage&, Fairway& fairway) { fairway.post("/attention/at_1/close"); }

void ask_for_a_sync(Stage&, Fairway& fairway) { fairway.post("/sync-runs"); }

// A refusal is kept under its key too.
void ask_for_too_much(Stage&, Fairway& fairway) {
    const json::Object package{{"carrier", "DHL"},
                               {"tracking", "JD2"},
                               {"items", json::Array{json::Object{{"line", 1}, {"quantity", 9}}}}};
    fairway.post(kOrderA + "/shipments", json::Object{{"packages", json::Array{package}}});
}

void show_a_person(Stage& stage, Fairway& fairway) {
    fairway.ask("GET", "/amazon-orders/st_1/" + stage.id_of("A"));
}

// A lease that was taken and whose taker never learned of it ends.
void minutes_pass(Stage& stage) { stage.pass(minutes(2)); }
void hours_pass(Stage& stage) { stage.pass(hours(7)); }
void a_day_passes(Stage& stage) { stage.pass(hours(24)); }

// ---- all of them

constexpr std::array kUseCases{
    UseCase{.name = "first_start", .run = nothing},
    UseCase{.name = "connect_account", .prepare = nothing, .run = connect},
    UseCase{.name = "update_account", .prepare = imported, .run = update_account},
    UseCase{.name = "refused_credentials",
            .prepare = about_to_be_refused,
            .run = refused_and_renewed,
            .meanwhile = minutes_pass,
            .complaint = "amazon_forbidden"},
    UseCase{.name = "add_store", .prepare = connect, .run = add_store},
    UseCase{.name = "change_store", .prepare = ready, .run = change_store},
    UseCase{.name = "replace_store", .prepare = ready_for_a_while, .run = replace_store},
    UseCase{.name = "change_catalog", .prepare = blocked, .run = change_catalog},
    UseCase{.name = "import", .prepare = of_every_kind, .run = tick},
    UseCase{
        .name = "unreadable", .prepare = unreadable, .run = tick, .complaint = "amazon_answer_undecodable"},
    UseCase{.name = "a_batch_fails",
            .prepare = of_every_kind,
            .run = tick,
            .only = "reconcile.",
            .fails_once = "INSERT INTO commerce_orders"},
    UseCase{
        .name = "two_pages", .prepare = two_pages, .run = tick, .meanwhile = a_day_passes, .only = "intake."},
    UseCase{.name = "stale_window", .prepare = stale_window, .run = tick, .only = "intake.window"},
    UseCase{.name = "another_rate", .prepare = another_rate, .run = tick},
    UseCase{.name = "old_pending",
            .prepare = old_pending,
            .run = tick,
            .meanwhile = hours_pass,
            .patience = hours(7)},
    UseCase{.name = "ship", .prepare = imported, .run = ship},
    UseCase{.name = "confirm", .prepare = shipped, .run = look},
    UseCase{.name = "confirm_again", .prepare = confirmation_lost, .run = look},
    UseCase{.name = "confirm_called_off", .prepare = shipped_and_cancelled, .run = look},
    UseCase{.name = "confirm_throttled", .prepare = throttled_at_confirming, .run = look},
    UseCase{.name = "replay", .prepare = confirmation_refused, .run = replay},
    UseCase{.name = "credit", .prepare = imported, .run = credit},
    UseCase{.name = "invoice", .prepare = replacement_imported, .run = invoice},
    UseCase{.name = "cancel", .prepare = replacement_imported, .run = cancel},
    UseCase{.name = "hold", .prepare = imported, .run = hold_and_go_on},
    UseCase{.name = "retry", .prepare = blocked, .run = retry},
    UseCase{.name = "repair_address", .prepare = without_a_place, .run = repair_address},
    UseCase{.name = "import_anyway", .prepare = contradicting_itself, .run = import_anyway},
    UseCase{.name = "retry_all", .prepare = blocked, .run = retry_all},
    UseCase{.name = "ask_again", .prepare = kept_aside, .run = ask_again},
    UseCase{.name = "close_attention", .prepare = cancelled_in_the_shop, .run = close_attention},
    UseCase{.name = "ask_for_a_sync", .prepare = imported, .run = ask_for_a_sync},
    UseCase{.name = "ask_for_too_much",
            .prepare = imported,
            .run = ask_for_too_much,
            .complaint = "quantity_exceeds_open"},
    UseCase{.name = "show_a_person", .prepare = imported, .run = show_a_person},
    UseCase{.name = "service", .prepare = of_every_kind, .run = look, .mode = Mode::serving},
};

}  // namespace

std::span<const UseCase> use_cases() { return kUseCases; }

const UseCase& use_case_named(std::string_view name) {
    const auto found = std::ranges::find(kUseCases, name, &UseCase::name);
    if (found == kUseCases.end()) throw Wrong("there is no use case " + std::string(name));
    return *found;
}

}  // namespace fairway::crash
