// Amounts: their text, and what sharing them out must never lose. First line the amount, second the currency,
// then one line with the weights.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "domain/money.hpp"
#include "domain/order.hpp"
#include "fuzz.hpp"

namespace fairway::fuzz {

namespace {

using domain::Money;

// Up to 64 weights that add up to something.
std::vector<std::int64_t> read_weights(std::string_view text) {
    constexpr std::size_t kWeightsMax = 64;
    std::vector<std::int64_t> weights;
    std::int64_t sum = 0;
    for (const std::string_view part : split(text, ' ')) {
        const auto weight = parse_int(part);
        if (!weight || *weight < 0 || weights.size() == kWeightsMax) continue;
        weights.push_back(*weight % 1'000'000'000'000);
        sum += weights.back();
    }
    if (sum == 0) weights.push_back(1);
    return weights;
}

void check_allocation(Money money, const std::vector<std::int64_t>& weights) {
    Money sum = domain::zero(money.currency);
    for (const Money& share : domain::allocate(money, weights)) {
        CHECK(share.minor == 0 || (share.minor < 0) == (money.minor < 0), "no share has the other sign");
        sum = sum + share;
    }
    CHECK(sum == money, "the shares are the amount");
}

// Units taken in steps as the weights say.
void check_units(Money money, const std::vector<std::int64_t>& weights) {
    std::int64_t of = 0;
    for (const std::int64_t weight : weights) of += weight;
    domain::Parts line = domain::Parts::zero(money.currency);
    line.item = money;
    line.discount = money;
    domain::Parts taken = domain::Parts::zero(money.currency);
    std::int64_t before = 0;
    for (const std::int64_t quantity : weights) {
        taken = taken + domain::share_of_units(line, before, quantity, of);
        before += quantity;
    }
    CHECK(taken == line, "all units together carry the line");
}

}  // namespace

void fuzz_one(std::string_view input) {
    const std::string_view amount = take_part(input);
    const std::string_view code = take_part(input);
    const auto parsed_currency = domain::Currency::parse(code);
    const auto* known = good(parsed_currency);
    const auto currency = known == nullptr ? domain::Currency::of("EUR") : *known;
    CHECK(known == nullptr || known->str() == code, "a currency is its code");

    const auto parsed = domain::parse_money(amount, currency);
    const Money* money = good(parsed);
    if (money == nullptr) return;
    const std::string text = domain::format_amount(*money);
    CHECK(domain::parse_money(text, currency).value() == *money, "an amount can be written again");
    const auto weights = read_weights(take_part(input));
    check_allocation(*money, weights);
    check_units(*money, weights);
}

}  // namespace fairway::fuzz
