// Two programs on one database share the reading by leases. What happens while an answer of Amazon is on its
// way is decided by a client that lets the test act at that moment.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>
#include <utility>

#include "base/fault_point.hpp"
#include "net/run_blocking.hpp"
#include "runner/amazon.hpp"
#include "runner/books.hpp"
#include "runner/program.hpp"
#include "store/accounts.hpp"
#include "sync/tick.hpp"

namespace fairway::scenarios {
namespace {

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");

// Once, when the next answer of a search is about to arrive.
class Interrupting final : public net::HttpClient {
public:
    explicit Interrupting(net::HttpClient& inner) : inner_(inner) {}
    Task<Result<net::Response>> send(net::ClientRequest request) override {
        const bool is_search = request.url.contains("/orders/2026-01-01/orders?");
        auto answer = co_await inner_.send(std::move(request));
        if (is_search && before_answer) std::exchange(before_answer, nullptr)();
        co_return answer;
    }
    std::function<void()> before_answer{};

private:
    net::HttpClient& inner_;
};

Task<bool> agree() { co_return true; }

class TwoProcesses : public testing::Test {
protected:
    TwoProcesses() {
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
        const json::Object line{{"quantity", 1}, {"sku", "SKU-1"}, {"unit_price", "10.00"}};
        amazon_.control("POST", "orders",
                        json::Object{{"seller_id", seller.seller_id},
                                     {"marketplace", "IT"},
                                     {"status", "UNSHIPPED"},
                                     {"lines", json::Array{line}}});
        advance(minutes(5));
    }
    ~TwoProcesses() override { EXPECT_TRUE(arm_mutant("").has_value()); }

    void post(const std::string& path, const json::Object& body) {
        const net::Response response = first_.ask(
            {.method = "POST", .path = "/api/v1" + path, .body = json::serialize(json::Value(body))});
        ASSERT_LT(response.status, 300) << path << ": " << response.body;
    }
    void advance(Duration by) {
        clock_.advance(by);
        amazon_clock_.advance(by);
    }
    std::int64_t searches() { return amazon_.calls()["searchOrders"]; }

    Status sweep_by_first() {
        store::AccountRecord account;
        std::vector<store::StoreRecord> stores;
        first_.db().read([&](db::Reader& tx) {
            account = store::list_accounts(tx).front();
            stores = store::list_stores(tx);
        });
        sync::IntakeReport report;
        return net::run_blocking(sync::sweep_account(first_.context(), account, stores, report));
    }

    // When each order was last read: a dump leaves it out.
    std::vector<UtcTime> reads() {
        std::vector<UtcTime> times;
        for (const db::Row& row : second_.db().read(
                 [](db::Reader& tx) { return tx.query("SELECT read_at FROM amazon_orders ORDER BY id"); }))
            times.push_back(row.get<UtcTime>(0));
        return times;
    }

    // The first one's sweep takes so long that the second one takes over and is done before it goes on.
    // Whether the first one then still changes something.
    bool changes_after_its_lease_was_taken(std::string& code) {
        Dump taken_over;
        std::vector<UtcTime> read_at;
        http_.before_answer = [&] {
            advance(minutes(2));
            second_.tick(std::nullopt);
            taken_over = dump(second_.db());
            read_at = reads();
            advance(seconds(1));
        };
        const Status done = sweep_by_first();
        code = done ? "" : done.error().code;
        return dump(first_.db()) != taken_over || reads() != read_at;
    }

    Directory directory_{};
    ManualClock real_{kStart};
    ManualClock clock_{kStart};
    sandbox::SandboxClock amazon_clock_{real_, kStart, 0};
    Amazon amazon_{{.seed = 1, .sellers = 1, .orders_per_minute = 0, .quotas = true}, amazon_clock_};
    Interrupting http_{amazon_.client()};
    SeededRng key_rng_{7};
    crypto::Key master_key_ = crypto::Key::random(key_rng_);
    Program first_{directory_, http_, clock_, master_key_, Mode::restarting};
    Program second_{directory_, amazon_.client(), clock_, master_key_, Mode::restarting};
};

TEST_F(TwoProcesses, one_at_a_time_sweeps_an_account) {
    sync::TickReport report;
    http_.before_answer = [&] { report = net::run_blocking(sync::run_tick(second_.context(), {})); };
    EXPECT_TRUE(sweep_by_first().has_value());
    EXPECT_EQ(report.swept_elsewhere.size(), 1U);
    EXPECT_TRUE(report.problems.empty());
    EXPECT_EQ(searches(), 1);
}

TEST_F(TwoProcesses, who_waits_for_the_others_sweep_sweeps_after_it) {
    // The other one dies while it reads: its lease ends by itself.
    int waits = 0;
    http_.before_answer = [&] {
        const sync::Waiter wait = [&](UtcTime until) {
            ++waits;
            advance(until - clock_.now());
            return agree();
        };
        const auto report = net::run_blocking(sync::run_tick(second_.context(), {.wait_for_sweep = wait}));
        EXPECT_TRUE(report.problems.empty());
        EXPECT_EQ(report.intake.orders_read, 1);
    };
    EXPECT_FALSE(sweep_by_first().has_value());
    EXPECT_EQ(waits, 60) << "the lease is a minute, and it is asked for every second";
}

TEST_F(TwoProcesses, a_sweep_that_ended_leaves_the_account_to_others_at_once) {
    EXPECT_TRUE(sweep_by_first().has_value());
    const auto report = net::run_blocking(sync::run_tick(second_.context(), {}));
    EXPECT_TRUE(report.swept_elsewhere.empty());
    EXPECT_EQ(searches(), 2);
}

TEST_F(TwoProcesses, who_lost_the_lease_stores_nothing) {
    std::string code;
    EXPECT_FALSE(changes_after_its_lease_was_taken(code));
    EXPECT_EQ(code, "lease_lost");
}

TEST_F(TwoProcesses, without_fencing_it_would_be_noticed) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build cannot be broken on purpose";
    ASSERT_TRUE(arm_mutant("lease_without_fencing").has_value());
    std::string code;
    EXPECT_TRUE(changes_after_its_lease_was_taken(code));
}

}  // namespace
}  // namespace fairway::scenarios
