#include "sandbox/world_test.hpp"

namespace fairway::sandbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr const char* kAll = "lastUpdatedAfter=2026-11-01T00:00:00Z";
constexpr const char* kNotValid =
    "The input you have submitted is not valid. Please check your input and try again.";

class Search : public SandboxTest {
protected:
    Search() { use({.seed = 7, .sellers = 3, .quotas = false}); }

    // Orders become visible two minutes after their last change.
    void settle() { advance(minutes(2)); }
    // `count` orders, a second apart, old enough to be found.
    std::vector<std::string> place_many(int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) {
            ids.push_back(place_id());
            advance(seconds(1));
        }
        settle();
        return ids;
    }
    std::string token_of(const std::string& query) {
        return percent_encode(text_at(body_of(search(query)), "pagination.nextToken"));
    }
};

TEST_F(Search, finds_orders_by_marketplace) {
    const std::string italian = place_id();
    const std::string german = place_id({{"marketplace", "DE"}});
    settle();
    const std::string ids = "&marketplaceIds=";
    EXPECT_THAT(found(kAll + ids + std::string(kItaly)), ElementsAre(italian));
    EXPECT_THAT(found(kAll + ids + std::string(kGermany)), ElementsAre(german));
    EXPECT_THAT(found(kAll), UnorderedElementsAre(italian, german));
}

TEST_F(Search, takes_a_list_with_encoded_commas_bare_commas_and_repeated_parameters) {
    const std::string italian = place_id();
    const std::string german = place_id({{"marketplace", "DE"}});
    place_id({{"marketplace", "FR"}});
    settle();
    const std::string it(kItaly), de(kGermany);
    for (const std::string& list : {it + "%2C" + de, it + "," + de, it + "&marketplaceIds=" + de})
        EXPECT_THAT(found(kAll + ("&marketplaceIds=" + list)), UnorderedElementsAre(italian, german)) << list;
}

TEST_F(Search, finds_orders_by_status) {
    const std::string pending = place_id({{"status", "PENDING"}});
    const std::string unshipped = place_id();
    const std::string shipped = place_id({{"status", "SHIPPED"}});
    const std::string cancelled = place_id({{"status", "CANCELLED"}});
    settle();
    const std::string statuses = "&fulfillmentStatuses=";
    EXPECT_THAT(found(kAll + statuses + "PENDING"), ElementsAre(pending));
    EXPECT_THAT(found(kAll + statuses + "UNSHIPPED%2CSHIPPED"), UnorderedElementsAre(unshipped, shipped));
    EXPECT_THAT(found(kAll + statuses + "CANCELLED"), ElementsAre(cancelled));
    EXPECT_THAT(found(kAll + statuses + "PARTIALLY_SHIPPED"), IsEmpty());
}

TEST_F(Search, finds_orders_by_who_fulfils_them) {
    const std::string ours = place_id();
    const std::string fba = place_id({{"fulfilled_by", "AMAZON"}});
    settle();
    EXPECT_THAT(found(std::string(kAll) + "&fulfilledBy=MERCHANT"), ElementsAre(ours));
    EXPECT_THAT(found(std::string(kAll) + "&fulfilledBy=AMAZON"), ElementsAre(fba));
    EXPECT_THAT(found(std::string(kAll) + "&fulfilledBy=AMAZON,MERCHANT"), UnorderedElementsAre(ours, fba));
}

TEST_F(Search, bounds_by_update_are_inclusive) {
    const std::string id = place_id();
    advance(hours(1));
    EXPECT_THAT(found("lastUpdatedAfter=2026-11-23T08:00:00Z"), ElementsAre(id));
    EXPECT_THAT(found("lastUpdatedAfter=2026-11-23T08:00:00.001Z"), IsEmpty());
    EXPECT_THAT(found(std::string(kAll) + "&lastUpdatedBefore=2026-11-23T08:00:00Z"), ElementsAre(id));
    EXPECT_THAT(found(std::string(kAll) + "&lastUpdatedBefore=2026-11-23T07:59:59.999Z"), IsEmpty());
}

TEST_F(Search, bounds_by_creation_do_not_see_updates) {
    const std::string id = place_id();
    advance(hours(1));
    control("POST", "orders/" + id + "/status", json::Object{{"status", "CANCELLED"}});
    advance(hours(1));
    EXPECT_THAT(found("createdAfter=2026-11-23T08:30:00Z"), IsEmpty());
    EXPECT_THAT(found("createdAfter=2026-11-23T08:00:00Z&createdBefore=2026-11-23T08:00:00Z"),
                ElementsAre(id));
    EXPECT_THAT(found("lastUpdatedAfter=2026-11-23T08:30:00Z"), ElementsAre(id));
}

TEST_F(Search, understands_times_with_offsets_and_with_milliseconds) {
    const std::string id = place_id();
    settle();
    EXPECT_THAT(found("lastUpdatedAfter=2026-11-23T09%3A00%3A00.000%2B01%3A00"), ElementsAre(id));
}

TEST_F(Search, another_sellers_orders_are_not_seen) {
    place_id();
    settle();
    const auto response = call_with(new_token(2), "GET", std::string(kSearch) + "?" + kAll);
    EXPECT_THAT(ids_of(body_of(response)), IsEmpty());
}

TEST_F(Search, an_order_appears_two_minutes_after_its_last_change) {
    const std::string id = place_id();
    advance(minutes(2) - milliseconds(1));
    EXPECT_THAT(found(kAll), IsEmpty());
    advance(milliseconds(1));
    EXPECT_THAT(found(kAll), ElementsAre(id));
}

TEST_F(Search, without_an_upper_bound_two_minutes_ago_is_taken_and_echoed) {
    const json::Value by_update = body_of(search(kAll));
    EXPECT_EQ(text_at(by_update, "lastUpdatedBefore"), "2026-11-23T07:58:00.000Z");
    EXPECT_FALSE(by_update.as_object().contains("createdBefore"));
    const json::Value by_creation = body_of(search("createdAfter=2026-11-01T00:00:00Z"));
    EXPECT_EQ(text_at(by_creation, "createdBefore"), "2026-11-23T07:58:00.000Z");
    EXPECT_FALSE(by_creation.as_object().contains("lastUpdatedBefore"));
}

TEST_F(Search, echoes_the_upper_bound_that_was_asked_for) {
    const auto body = body_of(search(std::string(kAll) + "&lastUpdatedBefore=2026-11-20T00:00:00Z"));
    EXPECT_EQ(text_at(body, "lastUpdatedBefore"), "2026-11-20T00:00:00.000Z");
}

struct BadQuery {
    std::string name, query, details;
};

class RefusedSearch : public Search, public testing::WithParamInterface<BadQuery> {};

TEST_P(RefusedSearch, says_what_is_wrong) {
    const net::Response response = search(GetParam().query);
    EXPECT_THAT(response, Refuses(400, "InvalidInput", GetParam().details));
    EXPECT_EQ(text_at(body_of(response), "errors[0].message"), "Invalid Input");
}

constexpr const char* kBoth = "created and lastUpdated parameters must not be combined.";
constexpr const char* kOne = "Exactly one of createdAfter and lastUpdatedAfter must be provided.";
constexpr const char* kPageSize = "maxResultsPerPage must be between 1 and 100.";

INSTANTIATE_TEST_SUITE_P(
    Every, RefusedSearch,
    testing::Values(
        BadQuery{"no_bound", "maxResultsPerPage=5", kOne},
        BadQuery{"both_bounds", std::string(kAll) + "&createdAfter=2026-11-01T00:00:00Z", kOne},
        BadQuery{"families_mixed", std::string(kAll) + "&createdBefore=2026-11-02T00:00:00Z", kBoth},
        BadQuery{"no_time", "createdAfter=yesterday", "Invalid Date-Time field(s) [createdAfter]."},
        BadQuery{"plus_unencoded", "lastUpdatedAfter=2026-11-01T00:00:00+01:00",
                 "Invalid Date-Time field(s) [lastUpdatedAfter]."},
        BadQuery{"status_of_v0", std::string(kAll) + "&fulfillmentStatuses=UNSHIPPED,Shipped",
                 "Invalid value(s) for fulfillmentStatuses."},
        BadQuery{"status_with_one_l", std::string(kAll) + "&fulfillmentStatuses=CANCELED",
                 "Invalid value(s) for fulfillmentStatuses."},
        BadQuery{"channel_of_v0", std::string(kAll) + "&fulfilledBy=MFN",
                 "Invalid value(s) for fulfilledBy."},
        BadQuery{"unknown_data", std::string(kAll) + "&includedData=BUYER,EVERYTHING",
                 "Invalid value(s) for includedData [EVERYTHING]."},
        BadQuery{"data_in_small_letters", std::string(kAll) + "&includedData=buyer",
                 "Invalid value(s) for includedData [buyer]."},
        BadQuery{"unknown_marketplace", std::string(kAll) + "&marketplaceIds=IT",
                 "Invalid marketplaceIds [IT]."},
        BadQuery{"page_of_none", std::string(kAll) + "&maxResultsPerPage=0", kPageSize},
        BadQuery{"page_too_large", std::string(kAll) + "&maxResultsPerPage=101", kPageSize},
        BadQuery{"page_no_number", std::string(kAll) + "&maxResultsPerPage=ten", kPageSize}),
    [](const auto& info) { return info.param.name; });

TEST_F(Search, amazon_does_not_say_what_is_wrong_with_an_upper_bound_or_a_token) {
    for (const char* query : {"&lastUpdatedBefore=2026-11-23T07:58:00.001Z",
                              "&lastUpdatedBefore=2026-10-31T00:00:00Z", "&paginationToken=abc"}) {
        const net::Response response = search(std::string(kAll) + query);
        EXPECT_THAT(response, RefusesSaying(kNotValid)) << query;
        EXPECT_THAT(response, Refuses(400, "InvalidInput", "")) << query;
    }
    EXPECT_EQ(search(std::string(kAll) + "&lastUpdatedBefore=2026-11-23T07:58:00Z").status, 200);
}

TEST_F(Search, marketplaces_of_a_region_in_which_the_seller_sells_nothing_are_denied) {
    const net::Response response = search(std::string(kAll) + "&marketplaceIds=ATVPDKIKX0DER");
    EXPECT_THAT(response,
                Refuses(403, "Unauthorized", "The marketplaces you provided are not valid for region."));
    EXPECT_EQ(header(response, "x-amzn-ErrorType"), "AccessDeniedException");
    EXPECT_THAT(found(std::string(kAll) + "&marketplaceIds=A13V1IB3VIYZZH"), IsEmpty());
}

TEST_F(Search, an_id_that_is_no_order_id_is_refused) {
    for (const char* id : {"TEST_CASE_404", "402-123456-1234567", "402-1234567-123456a", "402-1234567"})
        EXPECT_THAT(call("GET", std::string(kSearch) + "/" + id),
                    RefusesSaying("OrderId: " + std::string(id) + " is invalid, should be in 3-7-7 format."));
}

TEST_F(Search, an_order_that_changes_is_found_at_its_new_time_only) {
    const std::string id = place_id();
    advance(hours(1));
    control("POST", "orders/" + id + "/cancel-request", json::Object{{"line", 1}});
    advance(hours(1));
    EXPECT_THAT(found(kAll), ElementsAre(id));
    EXPECT_THAT(found(std::string(kAll) + "&lastUpdatedBefore=2026-11-23T08:30:00Z"), IsEmpty());
    EXPECT_THAT(found("lastUpdatedAfter=2026-11-23T08:30:00Z"), ElementsAre(id));
}

TEST_F(Search, names_of_parameters_are_case_sensitive) {
    EXPECT_EQ(search("LastUpdatedAfter=2026-11-01T00:00:00Z").status, 400);
}

TEST_F(Search, more_than_fifty_marketplaces_are_refused) {
    std::string list(kItaly);
    for (int i = 0; i < 50; ++i) list += "," + std::string(kItaly);
    EXPECT_THAT(search(std::string(kAll) + "&marketplaceIds=" + list),
                Refuses(400, "InvalidInput", "marketplaceIds has more than 50 values."));
}

TEST_F(Search, parameters_that_2026_no_longer_has_are_overlooked) {
    const std::string id = place_id();
    settle();
    EXPECT_THAT(found(std::string(kAll) + "&AmazonOrderIds=402-0000000-0000000"), ElementsAre(id));
}

TEST_F(Search, pages_give_every_order_once_and_the_last_has_no_token) {
    const auto ids = place_many(7);
    std::vector<std::string> seen;
    std::string query = std::string(kAll) + "&maxResultsPerPage=3";
    std::string token;
    for (const std::size_t size : {3U, 3U, 1U}) {
        const json::Value page = body_of(search(token.empty() ? query : query + "&paginationToken=" + token));
        const auto page_ids = ids_of(page);
        EXPECT_EQ(page_ids.size(), size);
        seen.insert(seen.end(), page_ids.begin(), page_ids.end());
        EXPECT_EQ(page.as_object().contains("pagination"), size == 3);
        token = percent_encode(text_at(page, "pagination.nextToken"));
    }
    EXPECT_EQ(seen, ids);
}

TEST_F(Search, a_full_last_page_has_no_token) {
    place_many(3);
    const json::Value page = body_of(search(std::string(kAll) + "&maxResultsPerPage=3"));
    EXPECT_FALSE(page.as_object().contains("pagination"));
}

TEST_F(Search, a_page_holds_a_hundred_orders_unless_asked_otherwise) {
    place_many(101);
    EXPECT_EQ(found(kAll).size(), 100U);
}

TEST_F(Search, every_page_echoes_the_bound_of_the_first) {
    place_many(3);
    const std::string query = std::string(kAll) + "&maxResultsPerPage=1";
    const json::Value first = body_of(search(query));
    const std::string token = percent_encode(text_at(first, "pagination.nextToken"));
    advance(minutes(30));
    const json::Value second = body_of(search(query + "&paginationToken=" + token));
    EXPECT_EQ(text_at(second, "lastUpdatedBefore"), text_at(first, "lastUpdatedBefore"));
    EXPECT_NE(text_at(first, "lastUpdatedBefore"), "");
}

TEST_F(Search, an_order_changed_between_pages_is_not_shown_beyond_the_bound) {
    const auto ids = place_many(3);
    const std::string query = std::string(kAll) + "&maxResultsPerPage=1";
    const std::string token = token_of(query);
    control("POST", "orders/" + ids[1] + "/status", json::Object{{"status", "CANCELLED"}});
    advance(minutes(30));
    EXPECT_THAT(found(query + "&paginationToken=" + token), ElementsAre(ids[2]));
}

TEST_F(Search, tokens_hold_characters_that_must_be_encoded) {
    place_many(2);
    const auto page = body_of(search(std::string(kAll) + "&maxResultsPerPage=1"));
    EXPECT_THAT(text_at(page, "pagination.nextToken"),
                AllOf(testing::HasSubstr("+"), testing::HasSubstr("/"), testing::HasSubstr("=")));
}

TEST_F(Search, an_unencoded_token_is_refused_without_a_message) {
    place_many(2);
    const std::string query = std::string(kAll) + "&maxResultsPerPage=1";
    const std::string raw = text_at(body_of(search(query)), "pagination.nextToken");
    const net::Response response = search(query + "&paginationToken=" + raw);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(header(response, "x-amzn-ErrorType"), "InvalidQueryStringException");
    EXPECT_EQ(*json::find(body_of(response), "errors[0].message"), json::Value(nullptr));
}

TEST_F(Search, a_token_is_bound_to_the_filters) {
    place_many(3);
    const std::string query = std::string(kAll) + "&fulfilledBy=MERCHANT&maxResultsPerPage=1";
    const std::string token = "&paginationToken=" + token_of(query);
    ASSERT_EQ(search(query + token).status, 200);
    for (const std::string& other :
         {std::string(kAll), std::string(kAll) + "&fulfilledBy=AMAZON",
          std::string("lastUpdatedAfter=2026-11-02T00:00:00Z&fulfilledBy=MERCHANT"),
          query + "&marketplaceIds=" + std::string(kItaly)})
        EXPECT_THAT(search(other + token), RefusesSaying(kNotValid)) << other;
}

TEST_F(Search, page_size_and_included_data_may_change_between_pages) {
    const auto ids = place_many(3);
    const std::string token = "&paginationToken=" + token_of(std::string(kAll) + "&maxResultsPerPage=1");
    EXPECT_THAT(found(std::string(kAll) + "&maxResultsPerPage=5&includedData=BUYER" + token),
                ElementsAre(ids[1], ids[2]));
}

TEST_F(Search, the_order_of_parameters_does_not_matter_to_a_token) {
    place_many(2);
    const std::string token = token_of(std::string(kAll) + "&fulfilledBy=MERCHANT&maxResultsPerPage=1");
    EXPECT_EQ(search("fulfilledBy=MERCHANT&paginationToken=" + token + "&" + kAll).status, 200);
}

TEST_F(Search, a_token_is_of_one_seller) {
    place_many(2);
    const std::string query = std::string(kAll) + "&maxResultsPerPage=1";
    const std::string target = std::string(kSearch) + "?" + query + "&paginationToken=" + token_of(query);
    EXPECT_EQ(call_with(new_token(2), "GET", target).status, 400);
}

TEST_F(Search, a_token_lives_for_24_hours) {
    place_many(2);
    const std::string query = std::string(kAll) + "&maxResultsPerPage=1";
    const std::string token = "&paginationToken=" + token_of(query);
    advance(hours(24) - Duration(1));
    token_ = new_token();
    EXPECT_EQ(search(query + token).status, 200);
    advance(Duration(1));
    EXPECT_THAT(search(query + token), RefusesSaying(kNotValid));
}

TEST_F(Search, orders_older_than_two_years_are_gone) {
    const std::string id = place_id();
    advance(days(730));
    token_ = new_token();
    EXPECT_THAT(found("createdAfter=2020-01-01T00:00:00Z"), ElementsAre(id));
    EXPECT_EQ(call("GET", std::string(kSearch) + "/" + id).status, 200);
    advance(Duration(1));
    EXPECT_THAT(found("createdAfter=2020-01-01T00:00:00Z"), IsEmpty());
    EXPECT_EQ(call("GET", std::string(kSearch) + "/" + id).status, 404);
}

TEST_F(Search, japan_keeps_orders_longer) {
    const std::string id = place_id(
        {{"marketplace", "JP"},
         {"lines", json::Array{json::Object{{"sku", "A"}, {"quantity", 1}, {"unit_price", "2995"}}}}});
    advance(days(3 * 365));
    token_ = new_token();
    EXPECT_THAT(found("createdAfter=2020-01-01T00:00:00Z"), ElementsAre(id));
}

class GetOrder : public Search {};

TEST_F(GetOrder, shows_an_order_at_once) {
    const std::string id = place_id();
    EXPECT_EQ(text_at(shown(id), "orderId"), id);
}

TEST_F(GetOrder, an_unknown_order_is_not_found) {
    EXPECT_THAT(call("GET", std::string(kSearch) + "/402-0000000-0000000"), Refuses(404, "NotFound", ""));
}

TEST_F(GetOrder, another_sellers_order_is_not_found) {
    const std::string id = place_id();
    EXPECT_EQ(call_with(new_token(2), "GET", std::string(kSearch) + "/" + id).status, 404);
}

TEST_F(GetOrder, unknown_data_is_refused) {
    EXPECT_THAT(call("GET", std::string(kSearch) + "/" + place_id() + "?includedData=ALL"),
                Refuses(400, "InvalidInput", "Invalid value(s) for includedData [ALL]."));
}

class Participations : public SandboxTest {};

TEST_F(Participations, name_every_marketplace_of_the_seller_as_amazon_does) {
    const json::Value body = body_of(call_with(new_token(3), "GET", kParticipations));
    ASSERT_EQ(body.at("payload").as_array().size(), 2U);
    EXPECT_EQ(json::serialize(*json::find(body, "payload[0].marketplace")),
              R"({"id":"APJ6JRA9NG5V4","name":"Amazon.it","countryCode":"IT","defaultCurrencyCode":"EUR",)"
              R"("defaultLanguageCode":"it_IT","domainName":"www.amazon.it"})");
    EXPECT_EQ(json::serialize(*json::find(body, "payload[0].participation")),
              R"({"isParticipating":true,"hasSuspendedListings":false})");
    EXPECT_EQ(text_at(body, "payload[1].marketplace.countryCode"), "DE");
}

TEST_F(Participations, call_the_united_kingdom_gb) {
    place_id({{"marketplace", "UK"}});
    const json::Value body = body_of(call("GET", kParticipations));
    EXPECT_EQ(text_at(body, "payload[1].marketplace.countryCode"), "GB");
}

}  // namespace
}  // namespace fairway::sandbox
