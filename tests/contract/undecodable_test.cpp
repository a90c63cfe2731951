// Answers of Amazon that are absurd or cannot be read: what is wrong with one order is kept aside and stops
// neither its page nor its neighbours; what is wrong with a whole page stops its own window alone, applies
// nothing of it, and leaves the watermark where it was.
#include <functional>

#include "net/memory_client.hpp"
#include "net/run_blocking.hpp"
#include "store/products.hpp"
#include "store/store_fixture.hpp"
#include "sync/quarantine.hpp"
#include "sync/quota_ledger.hpp"
#include "sync/tick.hpp"

namespace fairway {
namespace {

using store::kNow;
using store::must;

constexpr const char* kBadId = "402-9999999-9999999";
constexpr const char* kEcho = "2026-11-23T08:25:00Z";

std::string replaced(std::string text, const std::string& old_part, const std::string& new_part) {
    const std::size_t at = text.find(old_part);
    CHECK(at != std::string::npos, "the test knows what it replaces");
    return text.replace(at, old_part.size(), new_part);
}

std::string good_order(const std::string& id) {
    return R"({"orderId":")" + id + R"(","createdTime":"2026-11-23T08:10:00Z",)" +
           R"("lastUpdatedTime":"2026-11-23T08:20:00Z",)" +
           R"("salesChannel":{"channelName":"AMAZON","marketplaceId":"APJ6JRA9NG5V4"},)" +
           R"("fulfillment":{"fulfillmentStatus":"UNSHIPPED","fulfilledBy":"MERCHANT"},)" +
           R"("proceeds":{"grandTotal":{"amount":"12.20","currencyCode":"EUR"}},)" +
           R"("orderItems":[{"orderItemId":"1","quantityOrdered":1,)" +
           R"("product":{"sellerSku":"SKU-1","title":"Moka"},)" +
           R"("proceeds":{"proceedsTotal":{"amount":"12.20","currencyCode":"EUR"},"breakdowns":[)" +
           R"({"type":"ITEM","subtotal":{"amount":"10.00","currencyCode":"EUR"}},)" +
           R"({"type":"TAX","subtotal":{"amount":"2.20","currencyCode":"EUR"}}]}}]})";
}

std::string page_of(const std::vector<std::string>& orders, const std::string& next = "") {
    std::string body = R"({"orders":[)";
    for (const std::string& each : orders) body += (body.back() == '[' ? "" : ",") + each;
    body += "]";
    if (!next.empty()) body += R"(,"pagination":{"nextToken":")" + next + R"("})";
    return body + R"(,"lastUpdatedBefore":")" + kEcho + R"("})";
}

// Two accounts with a store each; what their searches answer is the test's.
class UndecodableTest : public store::StoreTest {
protected:
    void SetUp() override {
        write([&](db::Transaction& tx) {
            must(store::insert_product(tx, ProductSku("SKU-1"), "Moka", true, 100, kNow));
            other = must(store::insert_account(
                tx, vault,
                {.name = "Other",
                 .seller_id = SellerId("A2SELLER"),
                 .client_id = "client2",
                 .spapi_url = "https://other",
                 .lwa_url = "https://lwa",
                 .created_at = kNow},
                {.client_secret = Pii<std::string>("secret"), .refresh_token = Pii<std::string>("token")}));
            must(store::insert_store(
                tx, {.account_id = other, .marketplace = MarketplaceId("APJ6JRA9NG5V4"), .name = "Other.it"},
                kNow));
            return 0;
        });
        clock.advance(minutes(30));
    }

    Result<net::Response> answer(const net::Request& request) {
        if (request.path == "/auth/o2/token")
            return net::Response{.body = R"({"access_token":"t","token_type":"bearer","expires_in":3600})"};
        if (*request.headers.find("Host") == "other")
            return net::Response{.body = page_of({good_order("402-0000000-0000009")})};
        const std::string* token = request.query_value("paginationToken");
        return search(token == nullptr ? "" : *token);
    }

    sync::TickReport tick() {
        clock.advance(minutes(4));
        return net::run_blocking(sync::run_tick(context, {}));
    }
    bool is_mirrored(const std::string& id) {
        return read([&](db::Reader& tx) { return store::find_order(tx, AmazonOrderId(id)); }).has_value();
    }
    UtcTime watermark() {
        return must(read([&](db::Reader& tx) { return store::find_store(tx, store); })).watermark;
    }
    std::vector<store::QuarantineRecord> quarantine_rows() {
        return read([](db::Reader& tx) { return store::list_quarantine(tx, {}, 100); });
    }
    // Data keys that were ever made, in the key store.
    std::int64_t keys_made() {
        const auto keys = must(db::open(directory.url("keys.db")));
        return keys->read(
            [](db::Reader& tx) { return tx.one("SELECT COUNT(*) FROM data_keys")->get<std::int64_t>(0); });
    }
    void expect_imported(const std::string& id) {
        ASSERT_TRUE(is_mirrored(id)) << id;
        EXPECT_EQ(order_of(id).import_state, domain::ImportState::imported) << id;
    }
    void expect_other_account_read() { expect_imported("402-0000000-0000009"); }

    AccountId other{};
    // The answer to a search with this page token.
    std::function<Result<net::Response>(const std::string&)> search{};
    ManualClock clock{kNow};
    net::MemoryClient http{
        [this](const net::ClientRequest&, const net::Request& request) { return answer(request); }};
    sync::StoredQuotaLedger quotas{*db};
    sync::StoredQuarantine quarantine{*db, vault};
    amazon::Client amazon{http, clock, quotas, quarantine, Logger::none()};
    commerce::Builtin builtin{};
    sync::Context context{*db, vault, amazon, builtin, clock, Logger::none()};
};

// ---- One order.

struct BadOrder {
    const char* name;
    std::string text;
    const char* reason;  // a part of what the operator is told
    bool id_is_shown = true;
};
void PrintTo(const BadOrder& bad, std::ostream* out) { *out << bad.name; }

std::string spoilt(const std::string& old_part, const std::string& new_part) {
    return replaced(good_order(kBadId), old_part, new_part);
}
std::string with_member(const std::string& value) {
    return spoilt(R"("orderItems")", R"("x":)" + value + R"(,"orderItems")");
}

std::vector<BadOrder> bad_orders() {
    const std::string quantity = R"("quantityOrdered":1)";
    const std::string updated = "2026-11-23T08:20:00Z";
    const std::string created = "2026-11-23T08:10:00Z";
    return {
        {"quantity_of_two_to_the_60", spoilt(quantity, R"("quantityOrdered":1152921504606846976)"),
         "is not a quantity"},
        {"quantity_beyond_64_bits", spoilt(quantity, R"("quantityOrdered":1e30)"), "is not a whole number"},
        {"quantity_below_zero", spoilt(quantity, R"("quantityOrdered":-1)"), "is not a quantity"},
        {"total_below_zero", spoilt(R"({"amount":"12.20")", R"({"amount":"-12.20")"), "is less than nothing"},
        {"tax_below_zero", spoilt(R"("2.20")", R"("-2.20")"), "charges less than nothing"},
        {"money_beyond_bounds", spoilt(R"("10.00")", R"("99999999999.00")"), "is beyond all bounds"},
        {"money_as_a_word", spoilt(R"("10.00")", R"("ten")"), "is not an amount"},
        {"changed_in_the_year_9999", spoilt(updated, "9999-12-31T23:59:59Z"), "is beyond all bounds"},
        {"changed_next_month", spoilt(updated, "2026-12-23T08:20:00Z"), "lies in the future"},
        {"bought_in_the_year_9999", spoilt(created, "9999-12-31T23:59:59Z"), "is beyond all bounds"},
        {"bought_next_year", spoilt(created, "2027-11-23T08:10:00Z"), "lies in the future"},
        {"a_day_that_is_none", spoilt(updated, "2026-02-30T08:20:00Z"), "is not a time"},
        {"title_of_9_megabytes", spoilt(R"("Moka")", '"' + std::string(9'000'000, 'M') + '"'), "is too long"},
        {"nested_a_hundred_deep", with_member(std::string(100, '[') + std::string(100, ']')), "too deep"},
        {"nested_a_hundred_thousand_deep", with_member(std::string(100'000, '[') + std::string(100'000, ']')),
         "too deep"},
        {"a_key_twice", with_member(R"(1,"x":2)"), "a key stands twice"},
        {"bytes_that_are_no_text", spoilt("Moka", "caff\xE8"), "not UTF-8"},
        {"not_a_number", spoilt(quantity, R"("quantityOrdered":NaN)"), "not valid JSON"},
        {"no_items", spoilt(R"("orderItems")", R"("x")"), "orderItems is missing"},
        {"items_as_a_text", spoilt(R"("orderItems":[)", R"("orderItems":"none","y":[)"), "is not a list"},
        {"no_id", spoilt(R"("orderId")", R"("id")"), "orderId is missing", false},
        {"nothing_at_all", "null", "is not an object", false},
        {"a_list", "[[]]", "is not an object", false},
    };
}

class AbsurdOrder : public UndecodableTest, public testing::WithParamInterface<BadOrder> {};

TEST_P(AbsurdOrder, is_kept_aside_alone_and_read_when_it_is_right_again) {
    const BadOrder& bad = GetParam();
    std::string shown = bad.text;
    search = [&](const std::string& token) {
        return net::Response{.body = token.empty() ? page_of({good_order("402-0000000-0000001"), shown,
                                                              good_order("402-0000000-0000002")},
                                                             "next")
                                                   : page_of({good_order("402-0000000-0000003")})};
    };
    const sync::TickReport first = tick();
    EXPECT_TRUE(first.problems.empty()) << first.problems.front().error.message;
    EXPECT_EQ(first.intake.kept_aside, 1);
    for (const char* id : {"402-0000000-0000001", "402-0000000-0000002", "402-0000000-0000003"})
        expect_imported(id);
    expect_other_account_read();
    EXPECT_FALSE(is_mirrored(kBadId));
    EXPECT_EQ(rows_in("commerce_orders"), 4);
    // The one that is aside was seen: it does not hold the watermark.
    EXPECT_EQ(watermark(), *parse_rfc3339(kEcho));

    auto rows = quarantine_rows();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_NE(rows[0].error_text.find(bad.reason), std::string::npos) << rows[0].error_text;
    EXPECT_EQ(rows[0].amazon_order_id.has_value(), bad.id_is_shown);
    EXPECT_EQ(rows[0].error_text.find("Moka"), std::string::npos) << "nothing of the answer is told";

    const std::int64_t keys = keys_made();
    tick();
    rows = quarantine_rows();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].times_seen, 2);
    EXPECT_EQ(keys_made(), keys) << "what is kept already needs no further key";

    shown = good_order(kBadId);
    tick();
    expect_imported(kBadId);
}

INSTANTIATE_TEST_SUITE_P(Each, AbsurdOrder, testing::ValuesIn(bad_orders()),
                         [](const auto& each) { return std::string(each.param.name); });

// ---- A whole page.

struct BadPage {
    const char* name;
    std::function<Result<net::Response>(const std::string& page)> answer;
    const char* reason;
};
void PrintTo(const BadPage& bad, std::ostream* out) { *out << bad.name; }

auto always(std::string body) {
    return [body](const std::string&) { return Result<net::Response>(net::Response{.body = body}); };
}

std::vector<BadPage> bad_pages() {
    const auto without_end = [](const std::string& page) {
        return Result<net::Response>(net::Response{.body = page.substr(0, page.size() * 2 / 3)});
    };
    const auto too_long = [](const std::string&) {
        return Result<net::Response>(
            fail(ErrorKind::too_large, "answer_too_large", "the answer is longer than 10485760 bytes"));
    };
    return {
        {"a_page_of_html", always("<html><body>Sorry! Something went wrong</body></html>"), "not valid JSON"},
        {"nothing_with_200", always(""), "not valid JSON"},
        {"the_first_two_thirds", without_end, "not valid JSON"},
        {"more_than_is_taken", too_long, "longer than"},
        {"a_list", always("[]"), "is not an object"},
        {"null", always("null"), "is not an object"},
        {"no_orders", always("{}"), "orders is missing"},
        {"orders_as_a_text", always(R"({"orders":"none"})"), "orders is not a list"},
        {"a_bound_that_is_no_time", always(R"({"orders":[],"lastUpdatedBefore":"soon"})"), "is not a time"},
        {"a_token_that_is_no_text", always(R"({"orders":[],"pagination":{"nextToken":7}})"), "is not a text"},
        {"nested_without_end", always(std::string(1'000'000, '{')), "not valid JSON"}};
}

class AbsurdPage : public UndecodableTest, public testing::WithParamInterface<BadPage> {};

TEST_P(AbsurdPage, applies_nothing_and_moves_nothing_until_it_can_be_read) {
    const BadPage& bad = GetParam();
    bool broken = true;
    search = [&](const std::string& token) -> Result<net::Response> {
        if (token.empty())
            return net::Response{.body = page_of({good_order("402-0000000-0000001")}, "second")};
        const std::string page = page_of({good_order("402-0000000-0000002"), good_order(kBadId)});
        return broken ? bad.answer(page) : Result<net::Response>(net::Response{.body = page});
    };
    const UtcTime before = watermark();
    const sync::TickReport first = tick();
    ASSERT_EQ(first.problems.size(), 1U);
    EXPECT_EQ(first.problems[0].account, account);
    EXPECT_NE(first.problems[0].error.message.find(bad.reason), std::string::npos)
        << first.problems[0].error.message;
    // What came before it is stored, of itself nothing, and the other account is read.
    expect_imported("402-0000000-0000001");
    EXPECT_FALSE(is_mirrored("402-0000000-0000002"));
    EXPECT_FALSE(is_mirrored(kBadId));
    EXPECT_EQ(watermark(), before);
    expect_other_account_read();

    auto rows = quarantine_rows();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].account_id, account);
    EXPECT_NE(rows[0].error_text.find(bad.reason), std::string::npos) << rows[0].error_text;
    tick();
    EXPECT_EQ(watermark(), before);
    rows = quarantine_rows();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].times_seen, 2);

    broken = false;
    const sync::TickReport mended = tick();
    EXPECT_TRUE(mended.problems.empty());
    expect_imported("402-0000000-0000002");
    expect_imported(kBadId);
    EXPECT_EQ(watermark(), *parse_rfc3339(kEcho));
    EXPECT_EQ(rows_in("commerce_orders"), 4);
}

INSTANTIATE_TEST_SUITE_P(Each, AbsurdPage, testing::ValuesIn(bad_pages()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_F(UndecodableTest, a_bound_in_the_future_is_no_watermark) {
    for (const char* bound : {"2026-11-23T09:00:00Z", "2026-12-24T00:00:00Z"}) {
        search = [&](const std::string&) {
            return net::Response{.body =
                                     replaced(page_of({good_order("402-0000000-0000001")}), kEcho, bound)};
        };
        tick();
        EXPECT_EQ(watermark(), clock.now() - minutes(3)) << "as where Amazon names no bound";
    }
}

TEST_F(UndecodableTest, rubbish_at_every_call_fills_no_disk) {
    int number = 0;
    search = [&](const std::string&) {
        return net::Response{.body = "<html>" + std::to_string(++number) + "</html>"};
    };
    const auto key = vault.create_keys(1, kNow).front();
    write([&](db::Transaction& tx) {
        for (int i = 0; i < 1'000; ++i)
            store::keep_aside(tx, vault, account, std::nullopt, {ErrorKind::corrupt, "odd", "odd"},
                              Pii("document " + std::to_string(i)), key, kNow);
    });
    tick();
    EXPECT_EQ(rows_in("quarantine"), 1'000);
    const auto newest = read([](db::Reader& tx) {
        return tx.one("SELECT error_text FROM quarantine ORDER BY id DESC LIMIT 1")->get<std::string>(0);
    });
    EXPECT_NE(newest, "odd");
}

}  // namespace
}  // namespace fairway
