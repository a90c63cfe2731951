// The orders that Amazon publishes inside its own model go the whole way: from a search's answer through
// intake into the mirror and through the plan to a commerce order, and nothing that they say is lost.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/text.hpp"
#include "net/memory_client.hpp"
#include "net/run_blocking.hpp"
#include "store/access.hpp"
#include "store/commerce_orders.hpp"
#include "store/products.hpp"
#include "store/store_fixture.hpp"
#include "sync/quarantine.hpp"
#include "sync/quota_ledger.hpp"
#include "sync/setup.hpp"
#include "sync/tick.hpp"

namespace fairway {
namespace {

using store::must;

std::optional<json::Value> orders_model() {
    const char* folder = std::getenv("FAIRWAY_FACTS");
    if (folder == nullptr || *folder == '\0') return std::nullopt;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().filename() != "orders_2026-01-01.json") continue;
        std::ostringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        return must(json::parse(text.str()));
    }
    return std::nullopt;
}

// Every order in the answers that the model's sandbox gives; the same order in two answers counts once.
void collect_orders(const json::Value& value, std::map<std::string, json::Value>& found) {
    if (value.is_array())
        for (const json::Value& each : value.as_array()) collect_orders(each, found);
    if (!value.is_object()) return;
    const json::Object& object = value.as_object();
    if (object.contains("orderId") && object.contains("orderItems")) {
        found.emplace(object.at("orderId").as_string(), value);
        return;
    }
    for (const auto& member : object)
        if (member.key() != "definitions") collect_orders(member.value(), found);
}

class PublishedOrders : public store::StoreTest {
protected:
    void SetUp() override {
        const auto model = orders_model();
        if (!model) GTEST_SKIP() << "FAIRWAY_FACTS is not set: name a folder with Amazon's models below it";
        collect_orders(*model, documents);
        ASSERT_GE(documents.size(), 8U);
        std::set<std::string> marketplaces;
        for (const auto& [id, order] : documents) {
            marketplaces.insert(std::string(order.at("salesChannel").at("marketplaceId").as_string()));
            for (const json::Value& item : order.at("orderItems").as_array())
                write([&](db::Transaction& tx) {
                    const ProductSku sku(std::string(item.at("product").at("sellerSku").as_string()));
                    if (!store::find_product(tx, sku))
                        must(store::insert_product(tx, sku, "Published", true, 100, store::kNow));
                    return 0;
                });
        }
        for (const std::string& id : marketplaces) prepare_store(id);
    }

    // The published orders are older than any store: a look-back of two years makes them importable.
    void prepare_store(const std::string& marketplace) {
        const StoreId id = add_store("Store " + marketplace, marketplace);
        write([&](db::Transaction& tx) -> Status {
            const store::StoreRecord record = must(store::find_store(tx, id));
            domain::StoreSettings settings = record.settings;
            settings.look_back_days = 730;
            return sync::change_settings(tx, record, settings, store::kNow);
        });
    }

    Result<net::Response> answer(const net::Request& request) {
        if (request.path == "/auth/o2/token")
            return net::Response{.body = R"({"access_token":"t","token_type":"bearer","expires_in":3600})"};
        json::Array orders;
        const std::string* wanted = request.query_value("marketplaceIds");
        for (const auto& [id, order] : documents) {
            const std::string marketplace(order.at("salesChannel").at("marketplaceId").as_string());
            if (wanted != nullptr && wanted->find(marketplace) != std::string::npos) orders.push_back(order);
        }
        return net::Response{.body = json::serialize(json::Object{
                                 {"orders", orders}, {"lastUpdatedBefore", "2026-11-23T07:58:00Z"}})};
    }

    sync::TickReport tick() { return net::run_blocking(sync::run_tick(context, {})); }

    std::map<std::string, json::Value> documents{};
    ManualClock clock{store::kNow};
    net::MemoryClient http{
        [this](const net::ClientRequest&, const net::Request& request) { return answer(request); }};
    sync::StoredQuotaLedger quotas{*db};
    sync::StoredQuarantine quarantine{*db, vault};
    amazon::Client amazon{http, clock, quotas, quarantine, Logger::none()};
    commerce::Builtin builtin{};
    sync::Context context{*db, vault, amazon, builtin, clock, Logger::none()};
};

TEST_F(PublishedOrders, are_mirrored_without_a_field_lost) {
    const sync::TickReport report = tick();
    EXPECT_TRUE(report.problems.empty());
    EXPECT_EQ(report.intake.kept_aside, 0);
    EXPECT_EQ(report.intake.orders_read, static_cast<std::int64_t>(documents.size()));
    for (const auto& [id, published] : documents) {
        const store::OrderRecord record = order_of(id);
        const auto kept =
            must(read([&](db::Reader& tx) { return store::read_document(tx, vault, record.id); }));
        EXPECT_EQ(must(json::parse(kept.reveal())), published) << id;
        EXPECT_EQ(record.order.lines.size(), published.at("orderItems").as_array().size()) << id;
    }
    EXPECT_EQ(read([](db::Reader& tx) {
                  return tx.one("SELECT COUNT(*) FROM unknown_members").value().get<std::int64_t>(0);
              }),
              0);
}

TEST_F(PublishedOrders, are_planned_as_their_status_says_and_a_second_tick_changes_nothing) {
    tick();
    for (const auto& [id, published] : documents) {
        const json::Value& fulfillment = published.at("fulfillment");
        const bool by_amazon = fulfillment.at("fulfilledBy").as_string() == "AMAZON";
        const bool shipped = fulfillment.at("fulfillmentStatus").as_string() == "SHIPPED";
        const auto expected = by_amazon ? domain::ImportState::waiting
                              : shipped ? domain::ImportState::completed
                                        : domain::ImportState::imported;
        EXPECT_EQ(order_of(id).import_state, expected) << id;
    }
    const sync::TickReport again = tick();
    EXPECT_EQ(again.intake.orders_changed, 0);
    EXPECT_EQ(again.reconcile.created, 0);
}

TEST_F(PublishedOrders, become_commerce_orders_with_amazons_money_to_the_cent) {
    tick();
    int compared = 0;
    for (const auto& [id, published] : documents) {
        const OrderId order = order_of(id).id;
        const auto commerce = read([&](db::Reader& tx) { return store::find_commerce_order_of(tx, order); });
        if (!commerce) continue;
        ++compared;
        const json::Value& total = published.at("proceeds").at("grandTotal");
        domain::Money sum = commerce->other;
        for (const store::CommerceLineRecord& line : commerce->lines) sum = sum + line.parts.total();
        EXPECT_EQ(domain::format_amount(sum), std::string(total.at("amount").as_string())) << id;
        EXPECT_EQ(sum.currency.str(), std::string(total.at("currencyCode").as_string())) << id;
    }
    EXPECT_GE(compared, 7);
}

}  // namespace
}  // namespace fairway
