// Orders as Amazon sends them, on their way into the mirror and the decision. The input is one answer of
// searchOrders or getOrder, or two with a line "---" between them: what was read before, and what is read
// now.
#include <algorithm>

#include "amazon/orders.hpp"
#include "base/text.hpp"
#include "domain/plan.hpp"
#include "fuzz.hpp"
#include "store/personal_json.hpp"

namespace fairway::fuzz {

namespace {

using domain::AmazonOrder;
using domain::OrderLine;

const UtcTime kNow = from_micros(1'795'420'800'000'000);

void check_line(const OrderLine& line) {
    CHECK(line.quantity_ordered >= 0 && line.quantity_fulfilled >= 0 && line.quantity_unfulfilled >= 0,
          "units are counted from zero");
    CHECK(!line.order_item_id.empty(), "a line has Amazon's id");
    if (!line.proceeds) return;
    const domain::Money total = line.proceeds->total();
    CHECK(!line.proceeds_total || line.proceeds_total->currency == total.currency, "one currency in a line");
}

void check_order(const AmazonOrder& order) {
    CHECK(!order.id.empty(), "an order has Amazon's id");
    CHECK(order.purchased_at >= UtcTime{} && order.updated_at >= UtcTime{}, "times are in their bounds");
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const OrderLine& line = order.lines[i];
        CHECK(line.line == static_cast<int>(i) + 1, "lines are numbered as they come");
        check_line(line);
        const std::int64_t cancelled = domain::cancelled_units(order, line);
        CHECK(cancelled >= 0 && cancelled <= line.quantity_ordered, "cancelled are units that were ordered");
        if (line.proceeds) domain::charged_parts(order, line, line.proceeds->item.currency);
    }
    const auto mismatch = domain::find_money_mismatch(order);
    CHECK(!mismatch || mismatch->parts != mismatch->stated, "what is told apart is different");
}

domain::OrderFacts facts_of(const AmazonOrder& order) {
    domain::OrderFacts facts{.order = order, .now = kNow, .tick_started = kNow};
    for (const OrderLine& line : order.lines)
        facts.resolved.push_back({.line = line.line,
                                  .product_sku = ProductSku(line.seller_sku.str()),
                                  .units = 1 + line.line % 3,
                                  .enabled = line.line % 7 != 0,
                                  .salable = 1'000});
    return facts;
}

struct CheckEffect {
    const domain::OrderFacts& facts;

    void operator()(const domain::ReserveStock& effect) const {
        const domain::Reservation& wanted = effect.reservation;
        CHECK(wanted.quantity > 0 && wanted.quantity <= 1'000, "what is reserved is there");
    }
    void operator()(const domain::SetBlock& effect) const {
        CHECK(effect.block.line >= 0 && effect.block.line <= static_cast<int>(facts.order.lines.size()),
              "a block names a line of the order");
    }
    void operator()(const domain::CreateOrder& effect) const {
        CHECK(effect.lines.size() == facts.order.lines.size(), "every line becomes one");
        CHECK(!domain::find_money_mismatch(facts.order), "no order is made of sums that do not add up");
        for (const domain::NewCommerceLine& line : effect.lines)
            CHECK(line.quantity >= 0 && line.cancelled >= 0 && line.cancelled <= line.quantity &&
                      line.stock_to_take >= line.stock_may_be_short && line.stock_may_be_short >= 0,
                  "quantities of a new order are in order");
    }
    template <class Other>
    void operator()(const Other&) const {}
};

void check_plan(const AmazonOrder& order) {
    const domain::OrderFacts facts = facts_of(order);
    const domain::Plan plan = domain::plan(facts);
    CHECK(domain::plan(facts).effects.size() == plan.effects.size(), "the same facts, the same plan");
    for (const domain::Effect& effect : plan.effects) std::visit(CheckEffect{facts}, effect);
    domain::shown_status(order, std::nullopt, {});
    CHECK(parse_int(domain::next_package_reference(order, {})).value_or(0) >= 1001, "a new package's number");
}

void check_read(const amazon::ReadOrder& read) {
    check_order(read.order);
    check_plan(read.order);
    const auto sealed = store::encode_personal(read.personal);
    CHECK(store::decode_personal(sealed) == read.personal, "personal data comes back");
    // The document is all that Amazon sent: reading it again gives the same order.
    const auto document = json::parse(read.document.reveal());
    CHECK(document.has_value(), "the document is JSON");
    const auto again = amazon::read_order(*document);
    CHECK(again && again->personal == read.personal && again->order == read.order, "nothing is lost");
    CHECK(std::ranges::is_permutation(again->unknown_paths, read.unknown_paths), "what is unknown is kept");
    for (const std::string& path : read.unknown_paths)
        CHECK(is_valid_utf8(path) && path.starts_with("orders[]") && path.size() < 1'000,
              "what is unknown has a path that can be shown");
}

void check_merge(const AmazonOrder& known, const AmazonOrder& read) {
    const AmazonOrder merged = domain::merge(known, read);
    CHECK(merged.lines.size() >= std::max(known.lines.size(), read.lines.size()), "no line is lost");
    for (const OrderLine& line : known.lines) {
        const OrderLine* found = merged.find_line(line.order_item_id);
        CHECK(found != nullptr && found->line == line.line, "lines keep their numbers");
        CHECK(found->quantity_ordered >= line.quantity_ordered, "quantities ordered never fall");
        CHECK(!line.proceeds || found->proceeds, "money once shown stays");
    }
    CHECK(domain::merge(merged, read) == merged, "read again, nothing changes");
    check_order(merged);
    check_plan(merged);
}

// The orders of an answer of either kind.
std::vector<amazon::ReadOrder> read_answer(std::string_view text) {
    const auto body = json::parse(text, {.bytes_max = 200'000});
    if (good(body) == nullptr) return {};
    std::vector<amazon::ReadOrder> orders;
    auto one = amazon::read_order_answer(*body);
    if (good(one) != nullptr) orders.push_back(*std::move(one));
    auto page = amazon::read_search_page(*body);
    if (good(page) == nullptr) return orders;
    CHECK(!page->next_token || !page->next_token->empty(), "a token is a text");
    for (const amazon::Undecodable& each : page->undecodable) {
        check_error(each.error);
        CHECK(each.error.kind == ErrorKind::corrupt, "what cannot be read is corrupt");
        CHECK(json::parse(each.document.reveal()).has_value(), "what cannot be read is kept whole");
    }
    std::ranges::move(page->orders, std::back_inserter(orders));
    return orders;
}

}  // namespace

void fuzz_one(std::string_view input) {
    const auto before = read_answer(take_part(input, "\n---\n"));
    const auto after = read_answer(input);
    for (const auto* orders : {&before, &after})
        for (const amazon::ReadOrder& read : *orders) check_read(read);
    for (const amazon::ReadOrder& known : before) {
        check_merge(known.order, known.order);
        for (const amazon::ReadOrder& read : after) check_merge(known.order, read.order);
    }
}

}  // namespace fairway::fuzz
