// The service itself, its connection to Amazon, and what it could not read.
#include "api/api_fixture.hpp"
#include "net/run_blocking.hpp"
#include "sync/setup.hpp"

namespace fairway::api {
namespace {

class SystemTest : public ApiTest {
protected:
    static amazon::CallFailure failure(const std::string& code = "amazon_unavailable",
                                       std::optional<int> status = 503) {
        return {.operation = "getOrder",
                .status = status,
                .error = {ErrorKind::unavailable, code, "Amazon could not answer"},
                .request_id = "r-1"};
    }
    Asked errors(const std::string& query = "") { return get("/api/v1/communication-errors" + query); }
    amazon::Account caller() const {
        return {.id = account,
                .credentials = {.client_id = "c"},
                .spapi_url = "https://sp",
                .lwa_url = "https://lwa"};
    }
    void call_amazon() {
        std::ignore = net::run_blocking(amazon.get_order(caller(), AmazonOrderId("402-1")));
    }
    QuarantineId keep(const std::optional<AmazonOrderId>& id, const std::string& document) {
        const auto key = vault.create_keys(1, kNow).front();
        write([&](db::Transaction& tx) {
            store::keep_aside(tx, vault, account, id, {ErrorKind::corrupt, "odd", "odd"},
                              Pii<std::string>(document), key, kNow);
        });
        return read([](db::Reader& tx) { return store::list_quarantine(tx, {}, 50).back().id; });
    }
};

TEST_F(SystemTest, the_system_tells_what_it_is_made_of) {
    import("402-0000000-0000001");
    const Asked system = get("/api/v1/system");
    EXPECT_EQ(system.text("database.engine"), db->engine() == db::Engine::sqlite ? "sqlite" : "postgresql");
    EXPECT_GT(system.number("database.size_bytes"), 0);
    EXPECT_GT(system.number("database.schema"), 4);
    EXPECT_EQ(system.text("key_store_engine"), "sqlite");
    EXPECT_EQ(system.text("clock"), "system");
    EXPECT_EQ(system.text("last_backup_at"), "null");
    EXPECT_EQ(system.number("counts.amazon_orders"), 1);
    EXPECT_EQ(system.number("counts.stores"), 1);
    EXPECT_EQ(system.number("counts.accounts"), 1);
}

TEST_F(SystemTest, read_only_mode_is_begun_and_ended_by_an_administrator) {
    write(
        [](db::Transaction& tx) { tx.execute("INSERT INTO instance (one, id, epoch) VALUES (1, 'i', 0)"); });
    const auto set = [&](bool on, const std::string& token = "administrator") {
        return ask(With{.token = token}, "POST", "/api/v1/system/read-only",
                   std::string(R"({"read_only":)") + (on ? "true}" : "false}"));
    };
    EXPECT_EQ(set(true).text("read_only.reason"), "requested");
    EXPECT_EQ(get("/api/v1/messages").text("items[0].code"), "read_only");
    EXPECT_EQ(get("/api/v1/audit?limit=1").text("items[0].action"), "read-only on");
    EXPECT_EQ(set(false).text("read_only"), "null");
    EXPECT_EQ(get("/api/v1/audit?limit=1").text("items[0].action"), "read-only off");
    EXPECT_EQ(set(true, "operator").code(), "role_too_low");
}

TEST_F(SystemTest, the_same_failure_in_a_row_is_one_entry_that_counts) {
    calls.failed(account, failure(), kNow);
    for (int i = 1; i <= 100; ++i) calls.failed(account, failure(), kNow + milliseconds(i * 200));
    const Asked storm = errors();
    ASSERT_EQ(storm.count(), 1U);
    EXPECT_EQ(storm.number("items[0].times"), 101) << "written at ten and at twenty seconds";
    EXPECT_EQ(storm.text("items[0].operation"), "getOrder");
    EXPECT_EQ(storm.number("items[0].status"), 503);
    EXPECT_EQ(storm.text("items[0].request_id"), "r-1");
    EXPECT_EQ(storm.text("items[0].first_at"), "2026-11-23T08:00:00.000Z");
    EXPECT_EQ(storm.text("items[0].last_at"), "2026-11-23T08:00:20.000Z");
}

TEST_F(SystemTest, another_failure_or_one_after_a_success_is_another_entry) {
    calls.failed(account, failure(), kNow);
    calls.failed(account, failure(), kNow);
    calls.failed(account, failure("timeout", std::nullopt), kNow);
    EXPECT_EQ(errors().each("code"), "timeout amazon_unavailable");
    EXPECT_EQ(errors().number("items[1].times"), 2) << "written before the other began";
    EXPECT_EQ(errors().text("items[0].status"), "null");
    calls.failed(account, failure("timeout", std::nullopt), kNow);
    calls.succeeded(account, "getOrder", kNow);
    EXPECT_EQ(errors().number("items[0].times"), 2) << "written when it was over";
    calls.failed(account, failure("timeout", std::nullopt), kNow);
    EXPECT_EQ(errors().count(), 3U);
    EXPECT_EQ(errors("?account=Main").count(), 3U);
    EXPECT_EQ(errors("?account=Nobody").code(), "filter_invalid");
}

TEST_F(SystemTest, what_cannot_be_written_down_fails_nothing) {
    mortal.die_at(1, MortalDatabase::Death::before_commit);
    calls.failed(account, failure(), kNow);
    mortal.live();
    EXPECT_EQ(errors().count(), 0U);
    calls.failed(account, failure(), kNow);
    EXPECT_EQ(errors().number("items[0].times"), 2);
}

TEST_F(SystemTest, a_call_that_fails_is_written_down_and_one_that_succeeds_is_not) {
    call_amazon();
    EXPECT_EQ(errors().text("items[0].operation"), "token");
    EXPECT_EQ(errors().text("items[0].code"), "connect_failed");
    int status = 403;
    amazon_says = [&](const net::Request& request) -> Result<net::Response> {
        if (request.path.ends_with("/token"))
            return net::Response{.body = R"({"access_token":"t","token_type":"bearer","expires_in":3600})"};
        return net::Response{.status = status,
                             .headers = {{"x-amzn-RequestId", "abc-1"}},
                             .body = R"({"errors":[{"code":"Unauthorized","message":"no role"}]})"};
    };
    call_amazon();
    const Asked refused = errors();
    EXPECT_EQ(refused.text("items[0].operation"), "getOrder");
    EXPECT_EQ(refused.number("items[0].status"), 403);
    EXPECT_EQ(refused.text("items[0].code"), "amazon_forbidden");
    EXPECT_EQ(refused.text("items[0].request_id"), "abc-1");
    EXPECT_NE(refused.text("items[0].text").find("no role"), std::string::npos);
    const std::size_t before = errors().count();
    status = 200;
    call_amazon();
    EXPECT_EQ(errors().count(), before);
}

TEST_F(SystemTest, an_answer_kept_aside_is_asked_for_again_when_a_person_wants_it) {
    const auto due = [&] {
        return read([&](db::Reader& tx) {
                   return store::list_orders_kept_aside(tx, account, kNow - hours(6), 5);
               })
            .size();
    };
    const QuarantineId named = keep(AmazonOrderId("402-1"), "{}");
    EXPECT_EQ(due(), 0U) << "met a moment ago";
    const std::string path = "/api/v1/quarantine/" + named.str();
    const Asked asked = ask("POST", path + "/retry");
    EXPECT_EQ(asked.status, 202);
    EXPECT_EQ(asked.text("retry_asked"), "true");
    EXPECT_EQ(due(), 1U);
    write([&](db::Transaction& tx) { store::note_still_aside(tx, account, AmazonOrderId("402-1"), kNow); });
    EXPECT_EQ(due(), 0U);
    EXPECT_EQ(get("/api/v1/quarantine").text("items[0].retry_asked"), "false");
}

TEST_F(SystemTest, an_answer_without_an_order_cannot_be_asked_for_again) {
    const QuarantineId nameless = keep(std::nullopt, "[]");
    EXPECT_EQ(ask("POST", "/api/v1/quarantine/" + nameless.str() + "/retry").code(), "order_unknown");
    EXPECT_EQ(ask("POST", "/api/v1/quarantine/qu_99/retry").code(), "quarantined_missing");
}

}  // namespace
}  // namespace fairway::api
