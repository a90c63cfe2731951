#include "api/order_filter.hpp"

#include <algorithm>
#include <array>

#include "api/pages.hpp"
#include "base/quoted.hpp"
#include "base/text.hpp"
#include "domain/money.hpp"
#include "domain/status.hpp"
#include "store/name_index.hpp"
#include "store/stores.hpp"

namespace fairway::api {

namespace {

// "Unshipped,Shipped" as a list of our texts, each once: each number of values is a statement of its own.
template <domain::Textual Enum>
Result<std::vector<Enum>> read_list(const Call& call, std::string_view name) {
    std::vector<Enum> values;
    const std::string* text = call.request.query_value(name);
    if (text == nullptr) return values;
    for (const std::string_view part : split(*text, ',')) {
        const auto value = domain::parse<Enum>(part);
        if (!value) return bad_filter(name, quoted(part) + " is not one of its values");
        if (std::ranges::find(values, *value) == values.end()) values.push_back(*value);
    }
    return values;
}

Result<std::optional<std::string>> read_amount(const Call& call, std::string_view name) {
    const std::string* text = call.request.query_value(name);
    if (text == nullptr) return std::nullopt;
    // Three decimals is the most any currency has.
    if (!domain::parse_money(*text, domain::Currency::of("KWD")))
        return bad_filter(name, "not a decimal amount");
    return *text;
}

constexpr std::array kSorts{std::pair{store::OrderSort::purchased_at, std::string_view("purchased_at")},
                            std::pair{store::OrderSort::updated_at, std::string_view("updated_at")},
                            std::pair{store::OrderSort::changed_at, std::string_view("changed_at")},
                            std::pair{store::OrderSort::ship_by, std::string_view("ship_by")}};

Result<std::optional<domain::FulfilledBy>> read_fulfilled_by(const Call& call) {
    const std::string* text = call.request.query_value("fulfilled_by");
    if (text == nullptr) return std::nullopt;
    const auto value = domain::parse<domain::FulfilledBy>(*text);
    if (!value) return bad_filter("fulfilled_by", "merchant or amazon");
    return value;
}

// Whoever may not see names may not find out about them either.
Result<std::vector<crypto::Digest>> read_buyer(Call& call) {
    const std::string* text = call.request.query_value("buyer");
    if (text == nullptr) return std::vector<crypto::Digest>{};
    if (!call.may_search_persons)
        return fail(ErrorKind::forbidden, "buyer_data_needed",
                    "the filter buyer needs a token that may see personal data", "buyer");
    auto words = store::blind_words(call.services.sync.vault, *text);
    if (words.empty()) return bad_filter("buyer", "holds no word of a name");
    call.persons_searched = true;
    return words;
}

}  // namespace

Result<store::OrderFilter> read_order_filter(Call& call, std::initializer_list<std::string_view> others) {
    std::vector<std::string_view> known(others);
    known.insert(known.end(), {"store", "status", "import_state", "fulfilled_by", "q", "buyer",
                               "purchased_from", "purchased_to", "total_min", "total_max"});
    TRY(check_query(call, known));
    store::OrderFilter filter;
    if (const std::string* store = call.request.query_value("store")) {
        const auto record =
            call.db().read([&](db::Reader& tx) { return store::find_store(tx, std::string_view(*store)); });
        if (!record) return bad_filter("store", "there is no such store");
        filter.store = record->id;
    }
    filter.status = TRY(read_list<domain::AmazonStatus>(call, "status"));
    filter.import_state = TRY(read_list<domain::ImportState>(call, "import_state"));
    filter.fulfilled_by = TRY(read_fulfilled_by(call));
    filter.q = TRY(read_search(call));
    filter.buyer_words = TRY(read_buyer(call));
    filter.purchased_from = TRY(read_time(call, "purchased_from"));
    filter.purchased_to = TRY(read_time(call, "purchased_to"));
    filter.total_min = TRY(read_amount(call, "total_min"));
    filter.total_max = TRY(read_amount(call, "total_max"));
    return filter;
}

Status read_order_sort(const Call& call, store::OrderFilter& filter) {
    const std::string* text = call.request.query_value("sort");
    if (text == nullptr) return {};
    std::string_view name = *text;
    filter.direction = name.starts_with('-') ? store::Direction::descending : store::Direction::ascending;
    if (name.starts_with('-')) name.remove_prefix(1);
    const auto sort = std::ranges::find(kSorts, name, [](const auto& each) { return each.second; });
    if (sort == kSorts.end())
        return bad_filter("sort",
                          "one of purchased_at, updated_at, changed_at, ship_by, each with - for descending");
    filter.sort = sort->first;
    return {};
}

std::string cursor_prefix(const store::OrderFilter& filter) {
    const auto sort = std::ranges::find(kSorts, filter.sort, [](const auto& each) { return each.first; });
    return (filter.direction == store::Direction::descending ? "-" : "") + std::string(sort->second) + ":";
}

std::string describe_filters(const Call& call) {
    QueryPairs kept = call.request.query;
    for (auto& [name, value] : kept)
        if (name == "buyer") value = "*";
    return format_query(kept);
}

}  // namespace fairway::api
