// searchOrders and getOrder of Orders API v2026-01-01, and getMarketplaceParticipations.
#include <algorithm>

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

// The details of an InvalidInput.
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
    const std::string name = by_creation ? "createdBefore" : "lastUpdatedBefore";
    if (before && *before > now - kLag)
        return std::unexpected(name + " must be at least two minutes before the time of the request.");
    if (before && *before < after)
        return std::unexpected(name + " must be equal to or after the start of the range.");
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

}  // namespace

// What a "+" becomes that was not percent-encoded.
World::Answer World::unencoded_token() {
    const json::Object body{
        {"errors", json::Array{json::Object{{"code", "InvalidInput"}, {"message", nullptr}}}}};
    return {.status = 400, .body = json::serialize(body), .error_type = "InvalidQueryStringException"};
}

World::Answer World::search_orders(const net::Request& request, const Seller& seller) {
    auto filters = read_filters(request, now_);
    if (!filters) return error(400, "InvalidInput", "Invalid Input", filters.error());
    Bounds& bounds = filters->bounds;
    PageToken from;
    filters->key = seller.seller_id + "?" + filters->key;
    if (const std::string* text = request.query_value("paginationToken")) {
        if (text->contains(' ')) return unencoded_token();
        const auto token = page_tokens_.find(*text);
        if (token == page_tokens_.end() || token->second.expires_at <= now_ ||
            token->second.filters != filters->key)
            return error(400, "InvalidInput", "Invalid Input", "Invalid paginationToken.");
        from = token->second;
        bounds.before = from.upper;
    }

    std::vector<const Order*> found;
    for (const auto& [id, order] : orders_) {
        const UtcTime time = time_of(order, bounds);
        const bool wanted = is_shown(order, seller) && time >= bounds.after && time <= bounds.before &&
                            contains(filters->marketplaces, order.marketplace->id) &&
                            contains(filters->statuses, order.status) &&
                            contains(filters->fulfilled_by, order.fulfilled_by) &&
                            std::pair(time, id) > std::pair(from.after_time, from.after_id);
        if (wanted) found.push_back(&order);
    }
    std::ranges::sort(found, [&](const Order* a, const Order* b) {
        return std::pair(time_of(*a, bounds), a->id) < std::pair(time_of(*b, bounds), b->id);
    });
    const bool more = found.size() > static_cast<std::size_t>(filters->page_size);
    if (more) found.resize(static_cast<std::size_t>(filters->page_size));

    json::Object body{{"orders", render_rows(found, filters->included, bounds.before)}};
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
    const auto included = read_included(request);
    if (!included) return error(400, "InvalidInput", "Invalid Input", included.error());
    const Order* order = find_order(request.params.at(0));
    if (order == nullptr || !is_shown(*order, seller))
        return error(404, "NotFound", "Order " + request.params.at(0) + " was not found.");
    return {.body = json::serialize(json::Object{{"order", render_rows({order}, *included, now_).at(0)}})};
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
