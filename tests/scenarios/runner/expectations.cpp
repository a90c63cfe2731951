// What a scenario expects to see: through the REST interface on Fairway's side, in the ledger on Amazon's.
#include <boost/json.hpp>

#include "base/text.hpp"
#include "runner/scenario.hpp"

namespace fairway::scenarios {

namespace {

// A text, a money's amount, a number; "none" for null.
std::string text_of(const json::Value& value) {
    if (value.is_null()) return "none";
    if (value.is_string()) return std::string(value.as_string());
    if (value.is_object() && value.as_object().contains("amount"))
        return std::string(value.at("amount").as_string());
    if (value.is_array()) return std::to_string(value.as_array().size());
    return json::serialize(value);
}

std::string field(const json::Value& body, std::string_view path) {
    const json::Value* value = json::find(body, path);
    return value == nullptr ? "none" : text_of(*value);
}

// A word of a scenario and the member that it speaks of.
using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

// Consumes pairs "word expected" as long as the words are among the fields.
void match_fields(Words& words, const std::string& whose, const json::Value& body, const Fields& fields) {
    while (words.peek() != nullptr) {
        const std::string word = *words.peek();
        const auto known = std::ranges::find(fields, word, [](const auto& each) { return each.first; });
        if (known == fields.end()) return;
        words.next("");
        must_equal(whose + " " + word, words.next("what is expected"), field(body, known->second));
    }
}

void match_lines(Words& words, const std::string& whose, const json::Value& lines, const Fields& fields) {
    while (words.accept("line")) {
        const std::int64_t number = words.number("a line");
        const json::Value* found = nullptr;
        for (const json::Value& line : lines.as_array())
            if (line.at("line").to_number<std::int64_t>() == number) found = &line;
        if (found == nullptr) throw Wrong(whose + " has no line " + std::to_string(number));
        match_fields(words, whose + " line " + std::to_string(number), *found, fields);
    }
}

std::string credited(const json::Value& order) {
    const auto currency = *domain::Currency::parse(field(order, "totals.item.currency"));
    domain::Money total = domain::zero(currency);
    for (const json::Value& memo : order.at("credit_memos").as_array())
        total = total + *domain::parse_money(field(memo, "grand_total"), currency);
    return domain::format_amount(total);
}

}  // namespace

void Scenario::expect(Words& words) {
    static const std::map<std::string, Sentence, std::less<>> sentences{
        {"no", &Scenario::expect_no},
        {"order", &Scenario::expect_order},
        {"orders", &Scenario::expect_orders},
        {"commerce", &Scenario::expect_commerce},
        {"stock", &Scenario::expect_stock},
        {"message", &Scenario::expect_message},
        {"link", &Scenario::expect_link},
        {"amazon", &Scenario::expect_amazon},
        {"calls", &Scenario::expect_calls},
        {"quarantine", &Scenario::expect_quarantine},
        {"command", &Scenario::expect_command},
        {"attention", &Scenario::expect_attention},
        {"answer", &Scenario::expect_answer},
        {"problem", &Scenario::expect_problem},
        {"dashboard", &Scenario::expect_dashboard},
        {"history", &Scenario::expect_kept_history}};
    const std::string word = words.next("what is expected");
    const auto found = sentences.find(word);
    if (found == sentences.end()) throw Wrong("nothing called \"" + word + "\" can be expected");
    (this->*found->second)(words);
    words.finish();
}

void Scenario::expect_no(Words& words) {
    if (words.accept("message")) {
        const json::Value messages = get("/messages");
        if (!messages.at("items").as_array().empty())
            throw Wrong("expected no message, there is " + field(messages, "items[0].text"));
    } else if (words.accept("attention")) {
        const json::Value open = get("/attention");
        if (!open.at("items").as_array().empty())
            throw Wrong("expected no attention, there is " + field(open, "items[0].kind"));
    } else if (words.accept("command")) {
        must_equal("commands", 0, static_cast<std::int64_t>(list("/commands").size()));
    } else if (words.accept("order")) {
        const std::string alias = words.next("an order");
        if (find_order_shape(alias)) throw Wrong("Fairway knows order " + alias);
    } else {
        words.expect("commerce");
        words.expect("order");
        words.expect("of");
        const json::Array found =
            list("/commerce-orders", {{"amazon_order_id", id_of(words.next("an order"))}});
        if (!found.empty())
            throw Wrong("expected no commerce order, there is " + field(found.front(), "number") + ", " +
                        field(found.front(), "status"));
    }
}

void Scenario::expect_order(Words& words) {
    static const Fields fields{{"status", "status"},
                               {"amazon-status", "amazon_status"},
                               {"import", "import_state"},
                               {"block", "block.reason"},
                               {"block-line", "block.line"},
                               {"detail", "block.detail"},
                               {"fix", "block.fix.kind"},
                               {"fix-sku", "block.fix.sku"},
                               {"note", "note"},
                               {"total", "total"},
                               {"commerce", "commerce_order.status"},
                               {"fulfilled-by", "fulfilled_by"},
                               {"commands", "commands"},
                               {"packages", "packages"},
                               {"store", "store_name"},
                               {"recipient", "recipient.state"},
                               {"name", "recipient.name"},
                               {"city", "recipient.city"},
                               {"repaired", "recipient.repaired"},
                               {"city-on-amazon", "recipient.on_amazon.city"}};
    static const Fields line_fields{{"ordered", "quantity_ordered"},
                                    {"shipped", "quantity_shipped"},
                                    {"cancelled", "quantity_cancelled"}};
    const std::string alias = words.next("an order");
    const json::Value order = order_shape(alias);
    match_fields(words, "order " + alias, order, fields);
    match_lines(words, "order " + alias, order.at("items"), line_fields);
}

// expect orders 150 import imported
void Scenario::expect_orders(Words& words) {
    const std::int64_t count = words.number("how many");
    QueryPairs query;
    if (words.accept("import")) query.emplace_back("import_state", words.next("an import state"));
    if (words.accept("status")) query.emplace_back("status", words.next("a status"));
    if (words.accept("store")) query.emplace_back("store", words.next("a store"));
    must_equal("orders", count, static_cast<std::int64_t>(list("/amazon-orders", query).size()));
}

void Scenario::expect_commerce(Words& words) {
    if (words.accept("order")) return expect_commerce_order(words);
    words.expect("orders");
    must_equal("commerce orders", words.number("how many"),
               static_cast<std::int64_t>(list("/commerce-orders").size()));
}

void Scenario::expect_commerce_order(Words& words) {
    static const Fields fields{{"status", "status"},
                               {"number", "number"},
                               {"total", "totals.grand_total"},
                               {"item", "totals.item"},
                               {"tax", "totals.tax"},
                               {"shipping", "totals.shipping"},
                               {"discount", "totals.discount"},
                               {"wrap", "totals.gift_wrap"},
                               {"currency", "totals.grand_total.currency"},
                               {"invoices", "invoices"},
                               {"invoiced", "invoices[0].grand_total"},
                               {"shipments", "shipments"},
                               {"origin", "shipments[0].origin"},
                               {"packages", "shipments[0].packages"},
                               {"carrier", "shipments[0].packages[0].carrier"},
                               {"tracking", "shipments[0].packages[0].tracking"},
                               {"memos", "credit_memos"},
                               {"memo-origin", "credit_memos[0].origin"},
                               {"recipient", "recipient.state"},
                               {"name", "recipient.name"},
                               {"city", "recipient.city"},
                               {"repaired", "recipient.repaired"},
                               {"credited", "credited"},
                               {"last-comment", "last_comment"}};
    static const Fields line_fields{{"product", "product_sku"},        {"units", "units"},
                                    {"ordered", "quantity_ordered"},   {"shipped", "quantity_shipped"},
                                    {"refunded", "quantity_refunded"}, {"cancelled", "quantity_cancelled"}};
    words.expect("of");
    const std::string alias = words.next("an order");
    json::Value order = commerce_shape(alias);
    order.as_object()["credited"] = credited(order);
    if (const auto& comments = order.at("comments").as_array(); !comments.empty())
        order.as_object()["last_comment"] = comments.back().at("text");
    match_fields(words, "commerce order of " + alias, order, fields);
    match_lines(words, "commerce order of " + alias, order.at("lines"), line_fields);
}

void Scenario::expect_stock(Words& words) {
    const std::string sku = words.next("a SKU");
    match_fields(words, "product " + sku, get("/products/" + percent_encode(sku)),
                 {{"quantity", "quantity"}, {"reserved", "reserved"}, {"salable", "salable"}});
}

void Scenario::expect_message(Words& words) {
    const std::string code = words.next("a message's code");
    const json::Value messages = get("/messages");
    for (const json::Value& message : messages.at("items").as_array()) {
        if (message.at("code").as_string() != code) continue;
        if (!words.at_end()) must_equal("message", words.next("a text"), field(message, "text"));
        return;
    }
    throw Wrong("there is no message " + code);
}

void Scenario::expect_link(Words& words) {
    const std::string alias = words.next("an order");
    const std::string where = words.next("commerce, seller-central or fairway");
    const json::Value order = order_shape(alias);
    std::string expected;
    if (where == "commerce") expected = "http://fairway/commerce-orders/" + field(order, "commerce_order.id");
    else if (where == "fairway") expected = "http://fairway" + order_path(alias);
    else if (where == "seller-central") {
        const std::string host =
            words.at_end() ? "sellercentral-europe.amazon.com" : words.next("Seller Central's host");
        expected = "https://" + host + "/orders-v3/order/" + id_of(alias);
    } else throw Wrong("\"" + where + "\" is nowhere a link leads");
    must_equal("link of " + alias, expected, field(order, "link"));
}

// expect amazon confirmed A1 packages 2 [line 1 quantity 3] | expect amazon A1 status SHIPPED
void Scenario::expect_amazon(Words& words) {
    if (!words.accept("confirmed")) {
        const std::string alias = words.next("an order");
        match_fields(words, "Amazon's order " + alias, ledger_entry(alias),
                     {{"status", "order.fulfillment.fulfillmentStatus"},
                      {"packages", "order.packages"},
                      {"carrier", "order.packages[0].carrier"},
                      {"tracking", "order.packages[0].trackingNumber"}});
        return;
    }
    const std::string alias = words.next("an order");
    const json::Value entry = ledger_entry(alias);
    const json::Array& confirmations = entry.at("confirmations").as_array();
    words.expect("packages");
    must_equal("packages confirmed by us", words.number("how many"),
               static_cast<std::int64_t>(confirmations.size()));
    if (confirmations.empty()) return;
    match_fields(
        words, "the last confirmation of " + alias, confirmations.back().at("packageDetail"),
        {{"reference", "packageReferenceId"}, {"carrier", "carrierCode"}, {"tracking", "trackingNumber"}});
    while (words.accept("line")) {
        const std::int64_t line = words.number("a line");
        words.expect("quantity");
        const json::Value& item = entry.at("order").at("orderItems").at(static_cast<std::size_t>(line) - 1);
        std::int64_t told = 0;
        for (const json::Value& confirmation : confirmations)
            for (const json::Value& each : confirmation.at("packageDetail").at("orderItems").as_array())
                if (each.at("orderItemId") == item.at("orderItemId"))
                    told += each.at("quantity").to_number<std::int64_t>();
        must_equal("units of line " + std::to_string(line) + " confirmed by us", words.number("a quantity"),
                   told);
    }
}

// expect calls searchOrders 1: what the last sync asked Amazon.
void Scenario::expect_calls(Words& words) {
    const std::string operation = words.next("an operation");
    must_equal("calls of " + operation, words.number("how many"), calls_[operation]);
}

// expect quarantine 1 of A1 says "not valid JSON": what was kept aside because it could not be read, and of
// the newest of them whose it is and a part of the reason.
void Scenario::expect_quarantine(Words& words) {
    const json::Array kept = list("/quarantine");
    must_equal("answers that were kept aside", words.number("how many"),
               static_cast<std::int64_t>(kept.size()));
    if (words.accept("of"))
        must_equal("order that was kept aside", id_of(words.next("an order")),
                   std::string(kept.back().at("amazon_order_id").as_string()));
    if (!words.accept("says")) return;
    const std::string reason = words.next("a part of the reason");
    const std::string told(kept.back().at("error").as_string());
    if (!told.contains(reason)) throw Wrong("the reason is \"" + told + "\", not \"" + reason + "\"");
}

// expect command A1 state accepted cause 1001: the order's last command.
void Scenario::expect_command(Words& words) {
    const std::string alias = words.next("an order");
    const json::Array commands = list("/commands", {{"amazon_order_id", id_of(alias)}});
    if (commands.empty()) throw Wrong("order " + alias + " has no command");
    match_fields(words, "command of " + alias, commands.front(),
                 {{"state", "state"},
                  {"cause", "cause"},
                  {"code", "code"},
                  {"says", "amazon_says"},
                  {"attempts", "attempts"}});
}

// expect attention cancelled_after_shipping A1
void Scenario::expect_attention(Words& words) {
    const std::string kind = words.next("a kind");
    const std::string& id = id_of(words.next("an order"));
    std::string found;
    for (const json::Value& item : list("/attention")) {
        if (field(item, "kind") == kind && field(item, "amazon_order_id") == id) return;
        found += field(item, "kind") + " ";
    }
    throw Wrong("expected attention " + kind + ", there is: " + (found.empty() ? "none" : found));
}

void Scenario::expect_answer(Words& words) {
    const std::int64_t status = words.number("an HTTP status");
    if (!refused_) throw Wrong("the step before was not refused");
    const json::Value problem = *json::parse(refused_->body);
    const std::string found = std::to_string(refused_->status) + " " + field(problem, "code");
    must_equal("answer", std::to_string(status) + " " + words.next("a code"), found);
    if (!words.at_end()) must_equal("field", words.next("a field"), field(problem, "field"));
    refused_.reset();
}

// The last sync ended early; the text is part of what it says.
void Scenario::expect_problem(Words& words) {
    const std::string text = words.next("part of the problem");
    if (!problem_) throw Wrong("the last sync had no problem");
    if (problem_->find(text) == std::string::npos)
        throw Wrong("problem: expected \"" + text + "\" in \"" + *problem_ + "\"");
    problem_.reset();
}

// expect dashboard "Amazon.it" orders 3 blocked 1
void Scenario::expect_dashboard(Words& words) {
    const std::string store = words.next("a store");
    match_fields(words, "dashboard of " + store, get("/stores/" + percent_encode(store) + "/dashboard"),
                 {{"orders", "counts.orders"},
                  {"waiting", "counts.waiting"},
                  {"blocked", "counts.blocked"},
                  {"to-ship", "counts.to_ship"},
                  {"rejected", "counts.commands_rejected"},
                  {"recent", "recent_orders"}});
}

// expect history A1 note.imported once
void Scenario::expect_kept_history(Words& words) {
    const std::string alias = words.next("an order");
    const std::string code = words.next("a code");
    words.expect("times");
    const std::int64_t expected = words.number("how often");
    std::int64_t found = 0;
    const json::Value history = get(order_path(alias) + "/history");
    for (const json::Value& entry : history.at("items").as_array())
        if (entry.at("code").as_string() == code) ++found;
    must_equal("entries " + code + " in the history of " + alias, expected, found);
}

}  // namespace fairway::scenarios
