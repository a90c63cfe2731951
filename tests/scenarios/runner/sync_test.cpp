// Rules of sync that no scenario can tell: what happens between two syncs, and what happens while a call is
// on its way.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "runner/amazon.hpp"
#include "runner/program.hpp"
#include "store/accounts.hpp"
#include "store/stores.hpp"
#include "sync/intake.hpp"

namespace fairway::scenarios {
namespace {

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");

// One account with one store. Amazon's clock and Fairway's are two.
class SyncTest : public testing::Test {
protected:
    void open(Mode mode) { open(mode, amazon_.client()); }
    void open(Mode mode, net::HttpClient& network) {
        program_ = std::make_unique<Program>(directory_, network, clock_, master_key_, mode);
        const sandbox::Seller& seller = amazon_.seller(1);
        post("/accounts", {{"name", "Main"},
                           {"region", "eu"},
                           {"seller_id", seller.seller_id},
                           {"client_id", seller.client_id},
                           {"client_secret", seller.client_secret},
                           {"refresh_token", seller.refresh_token},
                           {"spapi_url", "http://127.0.0.1:9400"},
                           {"lwa_url", "http://127.0.0.1:9400"}});
        post("/stores", {{"account", "Main"}, {"marketplace", "IT"}, {"name", "Amazon.it"}});
    }

    void post(const std::string& path, const json::Object& body) {
        const net::Response response = program_->ask(
            {.method = "POST", .path = "/api/v1" + path, .body = json::serialize(json::Value(body))});
        ASSERT_LT(response.status, 300) << path << ": " << response.body;
    }

    void advance(Duration by) {
        clock_.advance(by);
        amazon_clock_.advance(by);
    }

    std::int64_t searches() { return amazon_.calls()["searchOrders"]; }

    store::AccountRecord account() {
        return program_->db().read([](db::Reader& tx) { return store::list_accounts(tx).front(); });
    }

    Directory directory_{};
    ManualClock real_{kStart};
    ManualClock clock_{kStart};
    sandbox::SandboxClock amazon_clock_{real_, kStart, 0};
    Amazon amazon_{{.seed = 1, .sellers = 1, .orders_per_minute = 0, .quotas = true}, amazon_clock_};
    SeededRng key_rng_{7};
    crypto::Key master_key_ = crypto::Key::random(key_rng_);
    std::unique_ptr<Program> program_{};
};

TEST_F(SyncTest, a_failed_sweep_goes_on_when_its_pause_is_over) {
    open(Mode::serving);
    program_->look();
    advance(minutes(4));
    amazon_.set_mood("searchOrders", {.kind = Mood::Kind::unavailable});
    program_->look();
    amazon_.clear_mood("searchOrders");
    const std::int64_t before = searches();
    advance(seconds(31));
    program_->look();
    EXPECT_EQ(searches() - before, 1);
}

TEST_F(SyncTest, a_sweep_that_read_all_waits_for_its_interval) {
    open(Mode::serving);
    program_->look();
    const std::int64_t before = searches();
    advance(minutes(3));
    program_->look();
    EXPECT_EQ(searches() - before, 0);
}

TEST_F(SyncTest, a_clock_that_was_set_back_stops_no_sweep) {
    open(Mode::serving);
    program_->look();
    const std::int64_t before = searches();
    clock_.set(kStart - days(1));
    program_->look();
    EXPECT_EQ(searches() - before, 1);
}

TEST_F(SyncTest, what_lies_ahead_never_counts_as_read) {
    open(Mode::serving);
    amazon_clock_.advance(days(365));
    program_->look();
    const auto stores = program_->db().read([](db::Reader& tx) { return store::list_stores(tx); });
    EXPECT_GT(stores.front().watermark, kStart - hours(1));
    EXPECT_LE(stores.front().watermark, clock_.now());
}

TEST_F(SyncTest, a_failed_confirmation_holds_up_no_sweep) {
    open(Mode::serving);
    post("/products", {{"sku", "SKU-1"}, {"name", "Product"}, {"quantity", 5}});
    const json::Object line{{"quantity", 1}, {"sku", "SKU-1"}, {"unit_price", "10.00"}};
    amazon_.control("POST", "orders",
                    json::Object{{"seller_id", amazon_.seller(1).seller_id},
                                 {"marketplace", "IT"},
                                 {"status", "UNSHIPPED"},
                                 {"lines", json::Array{line}}});
    advance(minutes(4));
    program_->look();
    advance(minutes(4) - seconds(10));
    amazon_.set_mood("getOrder", {.kind = Mood::Kind::unavailable});
    post("/commerce-orders/co_1/shipments",
         {{"packages", json::Array{json::Object{{"carrier", "DHL"}, {"tracking", "T1"}}}}});
    program_->look();
    const std::int64_t before = searches();
    advance(seconds(15));
    program_->look();
    EXPECT_EQ(searches() - before, 1);
}

// A network that breaks in a way nobody has thought of.
class BrokenClient final : public net::HttpClient {
public:
    explicit BrokenClient(net::HttpClient& inner) : inner_(inner) {}
    Task<Result<net::Response>> send(net::ClientRequest request) override {
        if (broken) throw std::logic_error("a thing that cannot be");
        return inner_.send(std::move(request));
    }
    bool broken = false;

private:
    net::HttpClient& inner_;
};

TEST_F(SyncTest, a_loop_that_fails_is_not_passed_over_in_silence) {
    BrokenClient network(amazon_.client());
    open(Mode::serving, network);
    network.broken = true;
    EXPECT_THROW(program_->look(), std::logic_error);
    program_.reset();
}

const Error kRefused{ErrorKind::unauthorized, "amazon_unauthorized", "the credentials are refused"};

TEST_F(SyncTest, refused_credentials_pause_their_account) {
    open(Mode::restarting);
    const auto used = sync::load_account(program_->context(), account());
    ASSERT_TRUE(used);
    sync::note_refusal(program_->context(), *used, kRefused);
    EXPECT_EQ(account().paused_code, kRefused.code);
}

TEST_F(SyncTest, the_refusal_of_credentials_that_were_replaced_meanwhile_pauses_nothing) {
    open(Mode::restarting);
    const auto used = sync::load_account(program_->context(), account());
    ASSERT_TRUE(used);
    const AccountId id = account().id;
    const Status renewed = program_->db().write([&](db::Transaction& tx) {
        return store::update_account_secrets(tx, program_->context().vault, id, std::nullopt,
                                             Pii<std::string>("Atzr|renewed"));
    });
    ASSERT_TRUE(renewed);
    sync::note_refusal(program_->context(), *used, kRefused);
    EXPECT_EQ(account().paused_code, std::nullopt);
}

}  // namespace
}  // namespace fairway::scenarios
