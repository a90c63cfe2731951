#pragma once
// For the tests of the REST interface: the interface on a real database, tokens of every role, and a check of
// every answer against the contract.
#include <map>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "api/contract_check.hpp"
#include "net/memory_client.hpp"
#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/products.hpp"
#include "store/store_fixture.hpp"
#include "sync/call_log.hpp"
#include "sync/quarantine.hpp"
#include "sync/quota_ledger.hpp"
#include "sync/reconcile.hpp"

namespace fairway::api {

using store::kNow;
using store::must;

// Passes everything on, and dies where it is told to: before the nth write is committed, or just after. What
// others do at the worst moment happens just before a write.
class MortalDatabase final : public db::Database {
public:
    enum class Death { before_commit, after_commit };

    explicit MortalDatabase(db::Database& inner) : inner_(inner) {}
    void die_at(int write, Death death) {
        writes_ = 0;
        fatal_ = write;
        death_ = death;
    }
    void live() { fatal_ = 0; }
    void before_next_write(std::function<void()> others) { others_ = std::move(others); }
    void refuse_reading() { reads_ = false; }
    db::Engine engine() const override { return inner_.engine(); }

protected:
    void do_read(const std::function<void(db::Reader&)>& function) override {
        if (!reads_) throw db::Failure(db::Failure::Kind::connection, "nobody is there");
        inner_.read([&](db::Reader& tx) { function(tx); });
    }
    void do_write(const std::function<bool(db::Transaction&)>& function) override {
        if (const auto others = std::exchange(others_, nullptr)) others();
        const bool fatal = ++writes_ == fatal_;
        const Status done = inner_.write([&](db::Transaction& tx) -> Status {
            const bool commits = function(tx);
            if (fatal && death_ == Death::before_commit) die();
            if (!commits) return fail(ErrorKind::internal, "rolled_back", "asked for");
            return {};
        });
        if (fatal && done) die();
    }

private:
    [[noreturn]] static void die() { throw db::Failure(db::Failure::Kind::disk, "the process died"); }

    db::Database& inner_;
    bool reads_ = true;
    int writes_ = 0;
    int fatal_ = 0;
    Death death_ = Death::before_commit;
    std::function<void()> others_{};
};

struct Asked {
    int status = 0;
    json::Value body{};
    net::Headers headers{};

    const json::Value& at(std::string_view path) const {
        const json::Value* value = json::find(body, path);
        if (value == nullptr) ADD_FAILURE() << "no " << path << " in " << json::serialize(body);
        static const json::Value nothing;
        return value == nullptr ? nothing : *value;
    }
    std::string text(std::string_view path) const {
        const json::Value& value = at(path);
        return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    }
    std::int64_t number(std::string_view path) const {
        const json::Value& value = at(path);
        return value.is_int64() ? value.as_int64() : -1;
    }
    std::string code() const { return text("code"); }
    std::string field() const { return text("field"); }
    std::size_t count() const { return at("items").as_array().size(); }
    // One member of every item, joined by spaces.
    std::string each(std::string_view member) const {
        std::string joined;
        for (const json::Value& item : at("items").as_array())
            joined += (joined.empty() ? "" : " ") + std::string(item.at(member).as_string());
        return joined;
    }
};

// What a person's browser asks for: a token has no session, no password and no preferences. sign_in_test.cpp
// tries them.
inline bool is_of_browsers(const Operation& operation) {
    static const std::set<std::string> patterns{"/api/v1/session",          "/api/v1/session/password",
                                                "/api/v1/sessions",         "/api/v1/sessions/{id}",
                                                "/api/v1/invitations/look", "/api/v1/invitations/accept",
                                                "/api/v1/preferences"};
    return patterns.contains(operation.pattern);
}

// The least that Argon2id takes: tests need no protection.
inline constexpr crypto::PasswordCost kCheapPassword{.memory_bytes = 8UL * 1024, .passes = 1};

class ApiTest : public store::StoreTest {
protected:
    ApiTest() {
        const auto make = [&](const std::string& name, store::Role role, bool buyer_data) {
            tokens[name] = store::must(write([&](db::Transaction& tx) {
                return store::add_token(tx, rng, {.name = name, .role = role, .buyer_data = buyer_data},
                                        kNow);
            }));
        };
        make("viewer", store::Role::viewer, false);
        make("operator", store::Role::operator_, false);
        make("administrator", store::Role::administrator, false);
        make("seer", store::Role::administrator, true);
    }

    struct With {
        std::string token = "seer";  // a name of `tokens`; empty: none
        std::string key{};
        std::string language{};
        std::string cookie{};  // "name=value"
        std::string csrf{};
        std::string site{};  // Sec-Fetch-Site, as browsers say it
        std::string address = "127.0.0.1";
        net::Headers headers{};  // more of them
    };

    Asked ask(const std::string& method, const std::string& target, const std::string& body = {}) {
        return ask(With{}, method, target, body);
    }
    Asked get(const std::string& target) { return ask("GET", target); }

    Asked ask(const With& with, const std::string& method, const std::string& target,
              const std::string& body = {}) {
        const auto known = tokens.find(with.token);
        net::Request request{.method = method, .path = {}, .headers = with.headers, .body = body};
        request.remote_address = with.address;
        if (!body.empty() && with.headers.count("Content-Type") == 0)
            request.headers.set("Content-Type", "application/json");
        EXPECT_TRUE(net::set_target(request, target).has_value()) << target;
        if (!with.token.empty())
            request.headers.set("Authorization",
                                "Bearer " + (known == tokens.end() ? with.token : known->second));
        if (!with.key.empty()) request.headers.set("Idempotency-Key", with.key);
        if (!with.cookie.empty()) request.headers.set("Cookie", with.cookie);
        if (!with.site.empty()) request.headers.set("Sec-Fetch-Site", with.site);
        if (!with.csrf.empty()) request.headers.set("X-CSRF-Token", with.csrf);
        if (!with.language.empty()) request.headers.set("Accept-Language", with.language);
        const std::string path = request.path;
        net::Response response = api.handle(std::move(request));
        const bool is_text = response.headers.find("Content-Type")->starts_with("text/");
        Asked asked{response.status, is_text ? json::Value(response.body) : must(json::parse(response.body)),
                    response.headers};
        if (const Operation* operation = contract().find_operation(method, path))
            for (const std::string& wrong : contract().check_answer(*operation, asked.status, asked.body))
                ADD_FAILURE() << method << " " << target << " " << asked.status << ": " << wrong;
        return asked;
    }

    void add_product(const std::string& sku, std::int64_t quantity) {
        must(write([&](db::Transaction& tx) -> Result<int> {
            TRY(store::insert_product(tx, ProductSku(sku), "Kettle", true, quantity, kNow));
            return 0;
        }));
    }
    void reconcile() { sync::reconcile(context, std::nullopt); }
    // Mirrors the order and lets the plan do what it wants.
    void mirror(const domain::AmazonOrder& order) { mirror(order, store); }
    void mirror(const domain::AmazonOrder& order, StoreId into) {
        upsert_into(into, incoming(order));
        reconcile();
    }
    // An imported order of two units of SKU-1; the commerce order's id.
    std::string import(const std::string& id) {
        if (!read([](db::Reader& tx) { return store::find_product(tx, ProductSku("SKU-1")); }))
            add_product("SKU-1", 100);
        mirror(make_order(id));
        const OrderId order = order_of(id).id;
        return must(read([&](db::Reader& tx) { return store::find_commerce_order_of(tx, order); })).id.str();
    }
    static std::string path_of(const std::string& id) { return "/api/v1/amazon-orders/st_1/" + id; }
    std::string set_import(bool on) {
        const std::string body = on ? R"({"import_orders":true})" : R"({"import_orders":false})";
        return ask("PATCH", "/api/v1/stores/st_1/settings", body).text("settings.import_orders");
    }

    std::map<std::string, std::string> tokens{};
    ManualClock clock{kNow};
    MortalDatabase mortal{*db};
    std::function<Result<net::Response>(const net::Request&)> amazon_says = [](const net::Request&) {
        return fail(ErrorKind::unavailable, "connect_failed", "nobody is there");
    };
    net::MemoryClient http{
        [this](const net::ClientRequest&, const net::Request& request) { return amazon_says(request); }};
    sync::StoredQuotaLedger quotas{mortal};
    sync::StoredQuarantine quarantine{mortal, vault};
    sync::StoredCallLog calls{mortal, Logger::none()};
    amazon::Client amazon{http, clock, quotas, quarantine, Logger::none(), &calls};
    commerce::Builtin builtin{};
    sync::Context context{mortal, vault, amazon, builtin, clock, Logger::none()};
    std::vector<std::string> ticks{};  // "sy_1", or "sy_1 st_1"
    std::function<void()> on_tick = [] {};
    Api api{{.sync = context,
             .ask_for_tick =
                 [this](SyncRunId run, std::optional<StoreId> one) {
                     ticks.push_back(run.str() + (one ? " " + one->str() : ""));
                     on_tick();
                 },
             .public_url = "http://127.0.0.1:8400",
             .rng = rng,
             .password_cost = kCheapPassword}};
};

}  // namespace fairway::api
