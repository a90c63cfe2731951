// The program `bench_phases`: the import taken apart. It does with Fairway's own functions, one after the
// other for all pages, what `fairway sync --once` does page by page, and prints what CPU each part took.
// Usage: bench_phases CONFIG, on a database with one account, one store and no order.
#include <sys/resource.h>

#include <cstdio>

#include "amazon/orders.hpp"
#include "base/text.hpp"
#include "domain/plan.hpp"
#include "main/program.hpp"
#include "net/run_blocking.hpp"
#include "store/accounts.hpp"
#include "store/orders.hpp"
#include "store/personal_json.hpp"
#include "store/stores.hpp"
#include "sync/reconcile.hpp"

namespace fairway {

namespace {

double cpu_us() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto micros = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    };
    return micros(used.ru_utime) + micros(used.ru_stime);
}

// Ends the program where the import itself would report a problem.
template <class T>
T must(Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "bench_phases: %s\n", result.error().message.c_str());
    std::exit(1);
}

class Phases {
public:
    explicit Phases(Program& program) : program_(program) {
        account_ = read([](db::Reader& tx) { return store::list_accounts(tx).at(0); });
        store_ = read([](db::Reader& tx) { return store::list_stores(tx).at(0); });
    }

    void run() {
        phase("download", [&] { download(); });
        phase("parse JSON", [&] {
            for (const std::string& body : bodies_) values_.push_back(must(json::parse(body)));
        });
        phase("read orders, content hash", [&] {
            for (const json::Value& value : values_) pages_.push_back(must(amazon::read_search_page(value)));
        });
        std::size_t orders = 0;
        for (const amazon::SearchPage& page : pages_) orders += page.orders.size();
        phase("data keys, committed", [&] { create_keys(); });
        phase("seal documents and personal data (once more below)", [&] { seal(); });
        phase("mirror, committed page by page", [&] { mirror(); });
        phase("gather facts and plan, once (twice more below)", [&] { plan(); });
        phase("reconcile, committed by 200", [&] { sync::reconcile(*program_.context, std::nullopt); });
        for (const auto& [name, us] : took_)
            std::printf("  %-52s %8.1f us/order\n", name.c_str(), us / static_cast<double>(orders));
    }

private:
    template <class Function>
    std::invoke_result_t<Function, db::Reader&> read(Function function) {
        return program_.database->read(std::move(function));
    }

    template <class Work>
    void phase(std::string name, Work work) {
        const double before = cpu_us();
        work();
        took_.emplace_back(std::move(name), cpu_us() - before);
    }

    // The server of pages asks for no token and no parameters but the next page's.
    void download() {
        std::string next;
        do {
            const std::string query = next.empty() ? "" : "?" + format_query({{"paginationToken", next}});
            net::ClientRequest request{.url = account_.spapi_url + "/orders/2026-01-01/orders" + query};
            bodies_.push_back(must(net::run_blocking(program_.http->send(std::move(request)))).body);
            // As little as it takes to find the next page; reading the pages is the next phase.
            constexpr std::string_view kBefore = "\"nextToken\":\"";
            const std::size_t at = bodies_.back().rfind(kBefore);
            const std::size_t from = at + kBefore.size();
            next = at == std::string::npos
                       ? ""
                       : bodies_.back().substr(from, bodies_.back().find('"', from) - from);
        } while (!next.empty());
    }

    void create_keys() {
        for (const amazon::SearchPage& page : pages_)
            keys_.push_back(program_.vault->create_keys(page.orders.size(), program_.clock->now()));
    }

    void seal() {
        for (std::size_t i = 0; i < pages_.size(); ++i)
            for (std::size_t k = 0; k < pages_[i].orders.size(); ++k) {
                const amazon::ReadOrder& read = pages_[i].orders[k];
                program_.vault->seal(keys_[i][k], read.order.id.str(), read.document.reveal());
                program_.vault->seal(keys_[i][k], read.order.id.str(),
                                     store::encode_personal(read.personal).reveal());
            }
    }

    void mirror() {
        for (std::size_t i = 0; i < pages_.size(); ++i)
            program_.database->write([&](db::Transaction& tx) {
                for (std::size_t k = 0; k < pages_[i].orders.size(); ++k) {
                    const amazon::ReadOrder& read = pages_[i].orders[k];
                    store::upsert_order(
                        tx, *program_.vault, {account_.region, account_.seller_id, read.order.id},
                        account_.id, store_.id, {read.order, read.personal, read.document, read.content_hash},
                        keys_[i][k], program_.clock->now());
                }
            });
    }

    void plan() {
        constexpr int kBatch = 50;
        OrderId after{};
        while (true) {
            const std::vector<OrderId> ids =
                read([&](db::Reader& tx) { return store::list_dirty(tx, after, kBatch, std::nullopt); });
            if (ids.empty()) return;
            after = ids.back();
            read([&](db::Reader& tx) {
                const UtcTime now = program_.clock->now();
                store::CommonFacts common{.tick_started = now};
                for (store::GatheredFacts& each : store::gather_facts(tx, ids, now, common)) {
                    store::resolve_lines(tx, each);
                    domain::plan(each.facts);
                }
            });
        }
    }

    Program& program_;
    store::AccountRecord account_;
    store::StoreRecord store_;
    std::vector<std::string> bodies_;
    std::vector<json::Value> values_;
    std::vector<amazon::SearchPage> pages_;
    std::vector<std::vector<store::DataKeyId>> keys_;
    std::vector<std::pair<std::string, double>> took_;
};

}  // namespace

}  // namespace fairway

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench_phases CONFIG\n");
        return 2;
    }
    const auto program = fairway::must(fairway::open_program(fairway::must(fairway::read_config(argv[1]))));
    fairway::Phases(*program).run();
    return 0;
}
