#pragma once
// One scenario on its way: Amazon, Fairway, the names its lines have given to things, and what the last step
// was answered. README.md lists the sentences.
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "runner/amazon.hpp"
#include "runner/books.hpp"
#include "runner/program.hpp"
#include "runner/script.hpp"

namespace fairway::scenarios {

class Scenario {
public:
    explicit Scenario(Mode mode);
    // Throws Wrong at the first step that is not as it says; `at` is that step then.
    void run(const std::vector<Step>& steps, const Step*& at);

private:
    using Sentence = void (Scenario::*)(Words&);

    // scenario.cpp
    void run_step(const Step& step);
    void open();
    void after_operator_step(const Dump& before);
    void after_sync(std::optional<StoreId> store);
    void check();
    void sync(Words& words);
    void advance(Words& words);
    void moment(Words& words);

    // amazon_steps.cpp
    void amazon(Words& words);
    void amazon_order(Words& words);
    void amazon_orders(Words& words);
    json::Object read_order(Words& words);
    void amazon_cancel(Words& words);
    void amazon_cancel_units(Words& words);
    void amazon_ship(Words& words);
    void amazon_answers(Words& words);
    void amazon_seller(Words& words);
    void amazon_states(const std::string& alias, Words& words);

    // repair_steps.cpp
    void amazon_shows(const std::string& alias, Words& words);
    void repair(Words& words);
    void import_anyway(Words& words);

    // operator_steps.cpp: whatever a person does goes through the REST interface.
    void operate(const std::string& method, const std::string& path, const json::Value& body);
    void account(Words& words);
    void store(Words& words);
    void store_add(Words& words);
    void store_set(Words& words);
    void import(Words& words);
    void product(Words& words);
    void stock(Words& words);
    void listing(Words& words);
    void ship(Words& words);
    void credit(Words& words);
    void cancel(Words& words);
    void hold(Words& words);
    void unhold(Words& words);
    void invoice(Words& words);
    void retry(Words& words);
    void replay(Words& words);
    void connect_account(const std::string& name, std::int64_t seller, const std::string& region);
    std::string first_store() const;

    // safety_steps.cpp
    void backup(Words& words);
    void restore(Words& words);
    void read_only(Words& words);

    // expectations.cpp
    void expect(Words& words);
    void expect_no(Words& words);
    void expect_order(Words& words);
    void expect_commerce(Words& words);
    void expect_commerce_order(Words& words);
    void expect_stock(Words& words);
    void expect_message(Words& words);
    void expect_link(Words& words);
    void expect_amazon(Words& words);
    void expect_calls(Words& words);
    void expect_quarantine(Words& words);
    void expect_command(Words& words);
    void expect_attention(Words& words);
    void expect_answer(Words& words);
    void expect_problem(Words& words);
    void expect_orders(Words& words);
    void expect_dashboard(Words& words);
    void expect_kept_history(Words& words);

    // What Fairway answers to a question; Wrong when it is no 2xx.
    json::Value get(const std::string& path, const QueryPairs& query = {});
    json::Array list(const std::string& path, const QueryPairs& query = {});
    json::Value order_shape(const std::string& alias);
    std::optional<json::Value> find_order_shape(const std::string& alias);
    json::Value commerce_shape(const std::string& alias);
    std::string order_path(const std::string& alias);
    const std::string& id_of(const std::string& alias) const;
    json::Value ledger_entry(const std::string& alias);

    Directory directory_{};
    ManualClock real_clock_;
    sandbox::SandboxClock clock_;
    Amazon amazon_;
    SeededRng key_rng_{7};
    crypto::Key master_key_;
    Mode mode_;
    std::unique_ptr<Program> program_{};

    std::map<std::string, std::string> ids_{};  // the scenario's name of an order -> Amazon's
    std::vector<std::string> stores_{};         // names, in the order in which they were added
    bool has_account_ = false;
    std::set<std::string> forgotten_{};            // tracking numbers confirmed before a restore
    std::optional<net::Response> refused_{};       // the last step's refusal, until it was expected
    std::map<std::string, std::int64_t> calls_{};  // what the last sync called, by operation
    std::optional<std::string> problem_{};         // the last sync's, until it was expected
};

// name "Anna Neri" city Torino …: the fields of an address, as long as words name one. repair_steps.cpp
json::Object read_address(Words& words);

// Runs a file in both modes; the texts of what went wrong, with file and line.
std::vector<std::string> run_file(const std::filesystem::path& file);

}  // namespace fairway::scenarios
