// The program `bench_pages`: renders pages of orders once, with the sandbox's own generator and renderer, and
// serves the bytes from memory from then on. What it costs to serve them is the same for everyone measured.
#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <map>

#include "base/text.hpp"
#include "net/server.hpp"
#include "sandbox/world.hpp"

namespace fairway {

namespace {

constexpr int kPageSize = 100;
// The orders of so many days, the last of them an hour old.
constexpr Duration kSpan = days(6);
constexpr Duration kUntilNow = hours(1);
// Of the orders that arrive some are cancelled and some are still pending: this many more are made.
constexpr double kArrivingPerWanted = 1.15;
// Quotas off: the highest rate that a client of Amazon has reason to believe.
constexpr const char* kRate = "1000.0";

struct Pages {
    std::vector<std::string> bodies;
    std::map<std::string, std::size_t> by_token;  // which body a page token asks for
    std::string token_answer, participations, sellers;
};

// What the world answers; ends the program if that is no success.
std::string ask(sandbox::World& world, net::Request request) {
    const std::string path = request.path;
    net::Response response = world.handle(std::move(request));
    if (response.status != 200) {
        std::fprintf(stderr, "bench_pages: %s answered %d: %s\n", path.c_str(), response.status,
                     response.body.c_str());
        std::exit(1);
    }
    return std::move(response.body);
}

net::Request get(const std::string& path, const std::string& access, QueryPairs query = {}) {
    return {.method = "GET",
            .path = path,
            .query = std::move(query),
            .headers = {{"x-amz-access-token", access}}};
}

std::string text_of(const json::Value& value, std::string_view path) {
    const json::Value* found = json::find(value, path);
    return found == nullptr ? std::string() : std::string(found->as_string());
}

// The last page names no next one, whatever else the world holds.
std::string without_next(const std::string& body) {
    json::Value value = *json::parse(body);
    value.as_object().erase("pagination");
    return json::serialize(value);
}

Pages render(int orders, std::uint64_t seed) {
    const SystemClock real;
    sandbox::SandboxClock clock(real, real.now() - kSpan - kUntilNow, 0);
    const double span_min = std::chrono::duration<double, std::ratio<60>>(kSpan).count();
    sandbox::World world({.seed = seed,
                          .sellers = 1,
                          .orders_per_minute = orders * kArrivingPerWanted / span_min,
                          .quotas = false},
                         clock);
    clock.advance(kSpan);
    const sandbox::Seller& seller = world.sellers().front();
    Pages pages;
    pages.token_answer = ask(world, {.method = "POST",
                                     .path = "/auth/o2/token",
                                     .body = format_query({{"grant_type", "refresh_token"},
                                                           {"client_id", seller.client_id},
                                                           {"client_secret", seller.client_secret},
                                                           {"refresh_token", seller.refresh_token}})});
    const std::string access = text_of(*json::parse(pages.token_answer), "access_token");
    pages.participations = ask(world, get("/sellers/v1/marketplaceParticipations", access));
    pages.sellers = ask(world, get("/sandbox/sellers", access));

    // Paid orders that nobody has shipped yet: each is to become a commerce order.
    QueryPairs query{{"lastUpdatedAfter", format_rfc3339(clock.now() - kSpan - days(1))},
                     {"fulfillmentStatuses", "UNSHIPPED"},
                     {"maxResultsPerPage", std::to_string(kPageSize)},
                     {"includedData",
                      "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,"
                      "PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS"},
                     {"paginationToken", ""}};
    std::string next;
    const auto wanted = static_cast<std::size_t>(orders / kPageSize);
    while (pages.bodies.size() < wanted) {
        query.back().second = next;
        pages.by_token[next] = pages.bodies.size();
        const QueryPairs asked(query.begin(), query.end() - (next.empty() ? 1 : 0));
        pages.bodies.push_back(ask(world, get("/orders/2026-01-01/orders", access, asked)));
        next = text_of(*json::parse(pages.bodies.back()), "pagination.nextToken");
        if (next.empty() && pages.bodies.size() < wanted) {
            std::fprintf(stderr, "bench_pages: the generator made too few orders\n");
            std::exit(1);
        }
    }
    pages.bodies.back() = without_next(pages.bodies.back());
    return pages;
}

net::Response answer(const Pages& pages, const net::Request& request) {
    net::Response response{
        .headers = {{"Content-Type", "application/json"}, {"x-amzn-RateLimit-Limit", kRate}}};
    if (request.path == "/auth/o2/token") response.body = pages.token_answer;
    else if (request.path == "/sellers/v1/marketplaceParticipations") response.body = pages.participations;
    else if (request.path == "/sandbox/sellers") response.body = pages.sellers;
    else if (request.path == "/orders/2026-01-01/orders") {
        const std::string* token = request.query_value("paginationToken");
        const auto page = pages.by_token.find(token == nullptr ? std::string() : *token);
        if (page == pages.by_token.end()) response.status = 400;
        else response.body = pages.bodies[page->second];
    } else response.status = 404;
    return response;
}

int serve(const std::string& listen, int orders, std::uint64_t seed) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const Pages pages = render(orders, seed);
    const SystemClock real;
    Logger log(real, LogLevel::warning);
    const auto server = net::Server::start(
        {.listen = listen}, [&](const net::Request& request) { return answer(pages, request); }, log);
    if (!server) {
        std::fprintf(stderr, "bench_pages: %s\n", server.error().message.c_str());
        return 1;
    }
    std::printf("bench_pages listens on %s\n", (*server)->address().c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
    (*server)->stop();
    return 0;
}

}  // namespace

}  // namespace fairway

int main(int argc, char** argv) {
    std::string listen = "127.0.0.1:0";
    int orders = 1'000;
    std::uint64_t seed = 1;
    CLI::App app("Pages of the Orders API, rendered once and served from memory");
    app.add_option("--listen", listen, "ADDRESS:PORT")->capture_default_str();
    app.add_option("--orders", orders, "whole pages of 100")->check(CLI::Range(100, 1'000'000));
    app.add_option("--seed", seed, "the same seed makes the same orders")->capture_default_str();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 2;
    }
    return fairway::serve(listen, orders, seed);
}
