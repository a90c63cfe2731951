#pragma once
// One run: the real Fairway on real database files, the sandbox as Amazon, virtual time, and one seed that
// decides everything: what buyers, Amazon, people, the network and death do, and when. The same seed does the
// same again. One thread.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checkers/checkers.hpp"
#include "fate.hpp"
#include "runner/amazon.hpp"
#include "runner/program.hpp"
#include "shape.hpp"
#include "trace.hpp"

namespace fairway::simulation {

// The rule that was broken first.
struct Broken {
    int step = 0;
    std::string rule{};
    std::string complaint{};
};

// What a run came through; shows that it was not idle.
using Figures = std::map<std::string, std::int64_t>;

class Simulation {
public:
    Simulation(const Shape& shape, Trace& trace);
    Simulation(const Simulation&) = delete;
    Simulation& operator=(const Simulation&) = delete;

    std::optional<Broken> run();
    const Figures& figures() const { return figures_; }

private:
    struct Account {
        std::string name{};
        const sandbox::Seller* seller = nullptr;
        std::string region{};
        std::vector<std::string> countries{};  // its marketplaces, connected or not
        std::size_t connected = 0;             // of these
    };
    // A rule that does not hold ends the run.
    struct Wrong {
        std::string rule{};
        std::string complaint{};
    };

    // simulation.cpp
    void open();
    void restart(const char* why);
    // Runs it; a Fairway that dies meanwhile is opened again. Whether it lived.
    bool survives(const std::function<void()>& action);
    // What happens while Fairway waits for an answer of Amazon.
    void meanwhile();
    // What happens before Fairway goes on with what it has read. Not after a commit: nobody can take back a
    // call that is about to be made.
    void overtake();
    // The second process on the database has its turn.
    void rival_looks();
    // Another process would have to wait: nobody overtakes this one now.
    bool is_folder_locked() const;
    void step();
    void pass_time();
    void change_weather();
    void clear_weather();
    void prepare_death();
    void settle();
    void mend_everything();
    bool is_at_rest();
    void plan_again();
    void demand(const std::string& rule, const checkers::Complaints& complaints);
    checkers::Ledger read_ledger();
    // What a second process has stored counts as well.
    void look_at_versions();
    void check_always();
    void check_at_rest();
    void count_figures();
    void note(const std::string& line);
    bool chance(double probability) { return dice_.unit() < probability; }
    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(dice_.below(count)); }
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(dice_.below(static_cast<std::uint64_t>(most - least + 1)));
    }

    // amazon_life.cpp: what buyers and Amazon do.
    void place_order();
    json::Object draw_order(const Account& account, const std::string& country);
    json::Object draw_line(domain::Currency currency);
    void order_lives();
    void change_units(const json::Value& order, const std::string& id);
    bool on_amazon(const std::string& path, const json::Value& body);
    void end_pending_orders();

    // people.cpp: what operators and administrators do, through REST.
    void connect_accounts();
    void add_store(Account& account);
    void people_act();
    net::Response ask(const std::string& method, const std::string& path, const json::Value& body);
    void work_commerce_order();
    void ship(std::int64_t commerce_order);
    void credit(std::int64_t commerce_order);
    void work_product();
    void set_stock(const std::string& sku, std::int64_t quantity);
    void work_listing();
    void work_store();
    void work_command();
    void renew_paused_accounts();
    std::vector<db::Row> query(const std::string& sql);
    // One of the rows of a table that a condition is true of, or nothing.
    std::optional<std::int64_t> any_id(const std::string& table, const std::string& condition);

    const Shape shape_;
    Trace& trace_;
    SeededRng dice_;
    scenarios::Directory directory_{};
    ManualClock real_clock_;
    sandbox::SandboxClock clock_;
    scenarios::Amazon amazon_;
    Fate fate_{};
    MortalClient client_;
    SeededRng key_rng_;
    crypto::Key master_key_;
    std::vector<std::string> log_{};
    std::unique_ptr<scenarios::Program> program_{};
    // A second process on the same database, such as a command line beside the service. It lives on when the
    // first one dies.
    std::unique_ptr<scenarios::Program> rival_{};
    bool is_waiting_ = false;  // others act while Fairway is not looking; nobody acts while they do
    bool is_calm_ = true;      // nobody acts meanwhile
    checkers::Versions versions_{};
    checkers::Complaints went_back_{};  // what versions_ has complained of
    std::string token_{};
    std::vector<Account> accounts_{};
    std::vector<std::string> stores_{};  // names
    std::vector<std::string> order_ids_{};
    int step_ = 0;
    std::int64_t keys_ = 0;       // Idempotency-Keys used so far
    std::int64_t trackings_ = 0;  // tracking numbers used so far
    Figures figures_{};
};

// The seller SKUs that buyers order; products have the same or are matched to them.
const std::vector<std::string>& seller_skus();

}  // namespace fairway::simulation
