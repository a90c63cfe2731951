// searchOrders and getOrder of Orders API v2026-01-01, and getMarketplaceParticipations.
#include <algorithm>
#include <array>
#include <functional>

#include "base/text.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

namespace {

constexpr Duration kLag = minutes(2);  // upper bounds lie at least this far in the past
constexpr Duration kPageTokenLife = hours(24);
constexpr std::size_t kIdsMax = 50;
constexpr int kPageMax = 100;

// "a,b" and repeated parameters are the same list.
std::vector<std::string> read_list(const net::Request& request, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [key, value] : request.query)
        if (key == name)
            for (const std::string_view part : split(value, ',')) values.emplace_back(part);
    return values;
}

struct Bounds {
    bool by_creation = false;
    UtcTime after{};
    UtcTime before{};
};

struct Filters {
    Bounds bounds{};
    std::vector<std::string> marketplaces{};
    std::vector<std::string> statuses{};
    std::vector<std::string> fulfilled_by{};
    DataSets included{};
    int page_size = kPageMax;
    std::string key{};  // what a page token is bound to
};

// The details of an InvalidInput; empty where Amazon is known to give none.
using Wrong = std::string;

std::expected<std::optional<UtcTime>, Wrong> read_time(const net::Request& request, std::string_view name) {
    const std::string* text = request.query_value(name);
    if (text == nullptr) return std::nullopt;
    const auto time = parse_rfc3339(*text);
    if (!time) return std::unexpected("Invalid Date-Time field(s) [" + std::string(name) + "].");
    return time;
}

std::expected<Bounds, Wrong> read_bounds(const net::Request& request, UtcTime now) {
    const auto created_after = read_time(request, "createdAfter");
    const auto created_before = read_time(request, "createdBefore");
    const auto updated_after = read_time(request, "lastUpdatedAfter");
    const auto updated_before = read_time(request, "lastUpdatedBefore");
    for (const auto* each : {&created_after, &created_before, &updated_after, &updated_before})
        if (!*each) return std::unexpected(each->error());
    if (created_after->has_value() == updated_after->has_value())
        return std::unexpected("Exactly one of createdAfter and lastUpdatedAfter must be provided.");
    const bool by_creation = created_after->has_value();
    if (by_creation ? updated_before->has_value() : created_before->has_value())
        return std::unexpected("created and lastUpdated parameters must not be combined.");
    const UtcTime after = by_creation ? **created_after : **updated_after;
    const auto& before = by_creation ? *created_before : *updated_before;
    if (before && (*before > now - kLag || *before < after)) return std::unexpected(Wrong());
    return Bounds{by_creation, after, before.value_or(now - kLag)};
}

bool all_known(const std::vector<std::string>& values, std::initializer_list<std::string_view> known) {
    return std::ranges::all_of(
        values, [&](const std::string& value) { return std::ranges::find(known, value) != known.end(); });
}

std::expected<DataSets, Wrong> read_included(const net::Request& request) {
    DataSets included;
    for (const std::string& name : read_list(request, "includedData")) {
        if (!all_data_sets().contains(name))
            return std::unexpected("Invalid value(s) for includedData [" + name + "].");
        included.insert(name);
    }
    return included;
}

std::expected<Filters, Wrong> read_filters(const net::Request& request, UtcTime now) {
    Filters filters;
    const auto bounds = read_bounds(request, now);
    if (!bounds) return std::unexpected(bounds.error());
    filters.bounds = *bounds;
    filters.marketplaces = read_list(request, "marketplaceIds");
    if (filters.marketplaces.size() > kIdsMax)
        return std::unexpected("marketplaceIds has more than 50 values.");
    for (const std::string& id : filters.marketplaces)
        if (domain::find_marketplace(MarketplaceId(id)) == nullptr)
            return std::unexpected("Invalid marketplaceIds [" + id + "].");
    filters.statuses = read_list(request, "fulfillmentStatuses");
    if (!all_known(filters.statuses, {"PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED",
                                      "SHIPPED", "CANCELLED", "UNFULFILLABLE"}))
        return std::unexpected("Invalid value(s) for fulfillmentStatuses.");
    filters.fulfilled_by = read_list(request, "fulfilledBy");
    if (!all_known(filters.fulfilled_by, {"MERCHANT", "AMAZON"}))
        return std::unexpected("Invalid value(s) for fulfilledBy.");
    if (const std::string* size = request.query_value("maxResultsPerPage")) {
        const auto number = parse_int(*size);
        if (!number || *number < 1 || *number > kPageMax)
            return std::unexpected("maxResultsPerPage must be between 1 and 100.");
        filters.page_size = static_cast<int>(*number);
    }
    const auto included = read_included(request);
    if (!included) return std::unexpected(included.error());
    filters.included = *included;
    QueryPairs bound;
    for (const auto& pair : request.query)
        if (pair.first != "paginationToken" && pair.first != "maxResultsPerPage" &&
            pair.first != "includedData")
            bound.push_back(pair);
    std::ranges::sort(bound);
    filters.key = format_query(bound);
    return filters;
}

bool contains(const std::vector<std::string>& wanted, std::string_view value) {
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

UtcTime time_of(const Order& order, const Bounds& bounds) {
    return bounds.by_creation ? order.created_at : order.updated_at;
}

// The seller's orders that the filters want and that may be shown, behind the place `first`; one more than
// fits the page, if there are more.
std::vector<const Order*> find_orders(const OrderBook& orders, const Seller& seller, const Filters& filters,
                                      const OrderBook::Place& first,
                                      const std::function<bool(const Order&)>& may_be_shown) {
    const auto by = filters.bounds.by_creation ? OrderBook::By::creation : OrderBook::By::update;
    std::vector<const Order*> found;
    orders.visit_after(seller.seller_id, by, first, [&](const Order& order) {
        if (time_of(order, filters.bounds) > filters.bounds.before) return false;
        const bool wanted = contains(filters.marketplaces, order.marketplace->id) &&
                            contains(filters.statuses, order.status) &&
                            contains(filters.fulfilled_by, order.fulfilled_by) && may_be_shown(order);
        if (wanted) found.push_back(&order);
        return found.size() <= static_cast<std::size_t>(filters.page_size);
    });
    return found;
}

// Whether the seller sells somewhere in the region of each of these marketplaces.
bool sells_in_regions_of(const Seller& seller, const std::vector<std::string>& marketplaces) {
    return std::ranges::all_of(marketplaces, [&](const std::string& id) {
        const domain::Region region = domain::find_marketplace(MarketplaceId(id))->region;
        return std::ranges::any_of(seller.marketplaces,
                                   [&](const auto* each) { return each->region == region; });
    });
}

}  // namespace

World::Answer World::refuse_input(const std::string& details) {
    return error(400, "InvalidInput",
                 details.empty()
                     ? "The input you have submitted is not valid. Please check your input and try again."
                     : "Invalid Input",
                 details);
}

// Some sellers without the role for personal data are refused whatever is asked.
std::optional<World::Answer> World::refuse_without_role(const Seller& seller) {
    if (seller.roles.shipping || seller.roles.without != WithoutRole::refuse) return std::nullopt;
    return denied("");
}

std::optional<World::Answer> World::refuse_order_id(const std::string& id) {
    constexpr std::array<std::size_t, 3> kDigits{3, 7, 7};
    const auto parts = split(id, '-');
    bool fits = parts.size() == kDigits.size();
    for (std::size_t i = 0; fits && i < parts.size(); ++i)
        fits = parts[i].size() == kDigits[i] &&
               std::ranges::all_of(parts[i], [](char c) { return c >= '0' && c <= '9'; });
    if (fits) return std::nullopt;
    return error(400, "InvalidInput", "OrderId: " + id + " is invalid, should be in 3-7-7 format.");
}

// What a "+" becomes that was not percent-encoded.
World::Answer World::unencoded_token() {
    const json::Object body{
        {"errors", json::Array{json::Object{{"code", "InvalidInput"}, {"message", nullptr}}}}};
    return {.status = 400, .body = json::serialize(body), .error_type = "InvalidQueryStringException"};
}

World::Answer World::search_orders(const net::Request& request, const Seller& seller) {
    if (auto refused = refuse_without_role(seller)) return *std::move(refused);
    auto filters = read_filters(request, now_);
    if (!filters) return refuse_input(filters.error());
    if (!sells_in_regions_of(seller, filters->marketplaces))
        return denied("The marketplaces you provided are not valid for region.");
    Bounds& bounds = filters->bounds;
    PageToken from;
    filters->key = seller.seller_id + "?" + filters->key;
    if (const std::string* text = request.query_value("paginationToken")) {
        if (text->contains(' ')) return unencoded_token();
        const auto token = page_tokens_.find(*text);
        if (token == page_tokens_.end() || token->second.expires_at <= now_ ||
            token->second.filters != filters->key)
            return refuse_input({});
        from = token->second;
        bounds.before = from.upper;
    }

    const auto first =
        std::max(OrderBook::Place{bounds.after, ""}, OrderBook::Place{from.after_time, from.after_id});
    auto found = find_orders(orders_, seller, *filters, first,
                             [&](const Order& order) { return is_shown(order, seller); });
    const bool more = found.size() > static_cast<std::size_t>(filters->page_size);
    if (more) found.pop_back();
    json::Object body{{"orders", render_rows(found, filters->included, viewer_for(seller), bounds.before)}};
    if (more) {
        // Real tokens hold + / and =, which clients must encode.
        const std::string token = random_text() + "+/=";
        std::erase_if(page_tokens_, [&](const auto& each) { return each.second.expires_at <= now_; });
        page_tokens_[token] = {filters->key, time_of(*found.back(), bounds), found.back()->id, bounds.before,
                               now_ + kPageTokenLife};
        body["pagination"] = json::Object{{"nextToken", token}};
    }
    body[bounds.by_creation ? "createdBefore" : "lastUpdatedBefore"] = format_rfc3339(bounds.before);
    return {.body = json::serialize(body)};
}

World::Answer World::get_order(const net::Request& request, const Seller& seller) {
    if (auto refused = refuse_without_role(seller)) return *std::move(refused);
    const auto included = read_included(request);
    if (!included) return refuse_input(included.error());
    const std::string& id = request.params.at(0);
    if (auto refused = refuse_order_id(id)) return *std::move(refused);
    const Order* order = orders_.find(id);
    if (order == nullptr || !is_shown(*order, seller))
        return error(404, "NotFound", "Order " + id + " was not found.");
    return {.body = json::serialize(
                json::Object{{"order", render_rows({order}, *included, viewer_for(seller), now_).at(0)}})};
}

World::Answer World::marketplace_participations(const net::Request&, const Seller& seller) {
    json::Array entries;
    for (const domain::Marketplace* marketplace : seller.marketplaces) {
        const bool is_uk = marketplace->country == "UK";
        entries.push_back(json::Object{
            {"marketplace", json::Object{{"id", marketplace->id},
                                         {"name", marketplace->name},
                                         {"countryCode", is_uk ? "GB" : marketplace->country},
                                         {"defaultCurrencyCode", marketplace->currency},
                                         {"defaultLanguageCode", marketplace->language},
                                         {"domainName", "www." + to_lower_ascii(marketplace->name)}}},
            {"participation", json::Object{{"isParticipating", true}, {"hasSuspendedListings", false}}},
            {"storeName", "Sandbox " + std::string(marketplace->name)}});
    }
    return {.body = json::serialize(json::Object{{"payload", std::move(entries)}})};
}

}  // namespace fairway::sandbox
