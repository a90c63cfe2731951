// Single words of the domain and of Amazon's headers: languages, carriers, marketplaces, statuses, rates,
// texts with parameters.
#include <algorithm>

#include "amazon/quota.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "domain/carriers.hpp"
#include "domain/marketplace.hpp"
#include "domain/status.hpp"
#include "domain/texts.hpp"
#include "fuzz.hpp"

namespace fairway::fuzz {

namespace {

template <class Enum>
void check_word(std::string_view input) {
    if (const auto value = domain::parse<Enum>(input))
        CHECK(domain::to_text(*value) == input, "a status is one word");
}

void check_carrier(std::string_view input) {
    const auto carrier = domain::to_amazon_carrier(input, {});
    CHECK(!carrier.code.empty() && carrier.name == trim(input), "a carrier has a code and keeps its name");
    const auto again = domain::to_amazon_carrier(carrier.code, {});
    CHECK(again.code == carrier.code, "Amazon's own code is a carrier, too");
    const std::string name(trim(input));
    const auto mapped = domain::to_amazon_carrier(input, {{name, "OWN"}});
    CHECK(mapped.code == "OWN", "the store's own map decides first");
}

void check_rate(std::string_view input) {
    constexpr std::int64_t kRateMax = 1'000'000'000;
    const auto rate = amazon::parse_rate(input);
    if (!rate) return;
    CHECK(*rate > 0 && *rate <= kRateMax, "a rate lets calls through, and not too many");
    const UtcTime now = from_micros(1'795'420'800'000'000);
    amazon::Bucket bucket = amazon::full_bucket(amazon::Operation::search_orders, now);
    amazon::learn_rate(bucket, *rate, now);
    amazon::empty(bucket, now);
    const UtcTime next = amazon::next_allowed(bucket);
    CHECK(next > now, "an empty bucket lets nothing through");
    CHECK(amazon::take(bucket, amazon::Operation::search_orders, next).has_value(), "then it does");
}

// Whatever is put in place of a parameter stands in the text as it is.
void check_texts(std::string_view input) {
    const std::string value(input);
    CHECK(domain::choose_language(input) == domain::choose_language(value + ",xx"), "the first one decides");
    for (const domain::Language language : {domain::Language::en, domain::Language::it}) {
        const std::string text =
            domain::render("note.blocked.product_missing", {{"seller_sku", value}}, language);
        CHECK(text.ends_with(value), "a parameter is shown as it is");
        const auto codes = domain::text_codes();
        const bool known = std::ranges::find(codes, input) != codes.end();
        CHECK(known || domain::render(input, {}, language) == input, "an unknown code shows itself");
    }
}

}  // namespace

void fuzz_one(std::string_view input) {
    check_word<domain::AmazonStatus>(input);
    check_word<domain::ImportState>(input);
    check_word<domain::CommerceStatus>(input);
    check_word<domain::CommandState>(input);
    check_word<domain::Origin>(input);
    check_word<domain::BlockReason>(input);
    if (const auto region = domain::parse_region(input))
        CHECK(domain::to_text(*region) == input, "a region is one word");
    if (const auto* found = domain::find_marketplace_by_country(input))
        CHECK(domain::find_marketplace(MarketplaceId(found->id)) == found, "a marketplace has one id");
    const std::string link =
        domain::seller_central_link(domain::marketplaces().front(), AmazonOrderId(input));
    CHECK(link.starts_with("https://sellercentral"), "a link leads to Amazon");
    CHECK(std::ranges::none_of(link, [](char c) { return c <= ' ' || c == '"' || c == '<' || c == '>'; }),
          "a link can stand in a page");
    parse_log_level(input);
    check_carrier(input);
    check_rate(input);
    check_texts(input);
}

}  // namespace fairway::fuzz
