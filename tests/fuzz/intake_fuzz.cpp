// Whatever Amazon answers, from the answer into the databases: a whole tick with its searches, looks and
// confirmations, planned and carried out. The input is the answers in turn, with a line "---" between them;
// one that begins with a number is a refusal with that status. What is left over is answered with no orders.
#include "base/text.hpp"
#include "fuzz.hpp"
#include "net/run_blocking.hpp"
#include "shop.hpp"
#include "store/stores.hpp"
#include "sync/tick.hpp"

namespace fairway::fuzz {

namespace {

constexpr std::string_view kToken = R"({"access_token":"Atza|1","token_type":"bearer","expires_in":3600})";
constexpr std::string_view kNothing = R"({"orders":[],"lastUpdatedBefore":"2026-11-23T07:58:00Z"})";

class Answers {
public:
    explicit Answers(std::string_view input) : rest_(input) {}

    net::Response operator()(const net::Request& request) {
        if (request.path == "/auth/o2/token") return {.body = std::string(kToken)};
        CHECK(++calls_ < 5'000, "nothing is asked for ever");
        if (rest_.empty()) return {.body = std::string(kNothing)};
        std::string_view answer = take_part(rest_, "\n---\n");
        const auto status = parse_int(answer.substr(0, 3));
        if (!status || *status < 100 || *status > 599) return {.body = std::string(answer)};
        take_part(answer);
        return {.status = static_cast<int>(*status), .body = std::string(answer)};
    }

private:
    std::string_view rest_;
    int calls_ = 0;
};

void check_books(Shop& shop, const sync::TickReport& report) {
    for (const sync::AccountProblem& problem : report.problems) check_error(problem.error);
    CHECK(report.reconcile.failed == 0, "what is stored can be planned and carried out");
    shop.db().read([&](db::Reader& tx) {
        for (const store::StoreRecord& each : store::list_stores(tx))
            CHECK(each.watermark <= shop.clock().now(), "nothing is taken as read that lies ahead");
        const auto count = [&](std::string_view sql) { return tx.one(sql)->get<std::int64_t>(0); };
        CHECK(
            count("SELECT COUNT(*) FROM products p WHERE p.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) "
                  "FROM reservations r WHERE r.product_sku = p.sku)") == 0,
            "a product has reserved what its reservations hold");
        CHECK(count("SELECT COUNT(*) FROM commerce_lines WHERE quantity_shipped + quantity_withdrawn + "
                    "quantity_cancelled > quantity_ordered") == 0,
              "no more units are shipped and taken back than were ordered");
        CHECK(count("SELECT COUNT(*) FROM amazon_orders WHERE import_state = 'imported' AND id NOT IN "
                    "(SELECT order_id FROM commerce_orders)") == 0,
              "what is imported has its commerce order");
    });
}

}  // namespace

void fuzz_one(std::string_view input) {
    static Shop shop;
    Answers answers(input);
    shop.reset([&answers](const net::Request& request) -> Result<net::Response> { return answers(request); });
    for (int tick = 0; tick < 2; ++tick) {
        shop.clock().advance(minutes(5));
        check_books(shop, net::run_blocking(sync::run_tick(shop.context(), {})));
    }
}

}  // namespace fairway::fuzz
