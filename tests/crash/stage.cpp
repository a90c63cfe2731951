#include "stage.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <set>

#include "base/text.hpp"
#include "checks.hpp"
#include "net/run_blocking.hpp"
#include "runner/script.hpp"
#include "store/access.hpp"
#include "store/key_check.hpp"
#include "sync/tick.hpp"

namespace fairway::crash {

using scenarios::Wrong;

namespace {

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");
constexpr int kStepsMax = 12;

crypto::Key fixed_key() {
    SeededRng rng(7);
    return crypto::Key::random(rng);
}

std::string text_of(const json::Value& value, std::string_view member) {
    const json::Value* found = value.is_object() ? value.as_object().if_contains(member) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

// Every data key in use is there, and what is sealed under it opens.
void check_keys(scenarios::Program& program, Fairway& fairway) {
    std::vector<store::DataKeyId> keys;
    program.db().read([&](db::Reader& tx) {
        for (const db::Row& row : tx.query("SELECT key_id FROM amazon_orders UNION ALL SELECT key_id FROM "
                                           "quarantine UNION ALL SELECT key_id FROM key_check"))
            keys.push_back(row.get<store::DataKeyId>(0));
    });
    for (const store::DataKeyId key : keys)
        if (!program.context().vault.has_key(key)) throw Wrong("the data key " + key.str() + " is missing");
    const json::Value orders = fairway.ask("GET", "/amazon-orders");
    for (const json::Value& order : orders.at("items").as_array())
        if (text_of(order.at("recipient"), "state") == "granted" &&
            text_of(order.at("recipient"), "name").empty())
            throw Wrong("the recipient of " + text_of(order, "amazon_order_id") + " does not open");
}

bool is_kept_aside(const std::string& line) { return line.contains(" x quarantine "); }

// "" or the first lines that only one of the two has.
std::string difference(const End& end, const std::string& found) {
    std::multiset<std::string> only_wanted, only_found;
    for (const std::string_view line : split(end.state, '\n')) only_wanted.emplace(line);
    for (const std::string_view line : split(found, '\n')) {
        const auto same = only_wanted.find(std::string(line));
        if (same == only_wanted.end()) only_found.emplace(line);
        else only_wanted.erase(same);
    }
    if (end.more_kept_aside) std::erase_if(only_found, is_kept_aside);
    constexpr int kLinesMax = 6;
    std::string text;
    int lines = 0;
    for (const std::string& line : only_wanted)
        if (++lines <= kLinesMax) text += "\n    missing " + line;
    for (const std::string& line : only_found)
        if (++lines <= 2 * kLinesMax) text += "\n    instead " + line;
    return text;
}

}  // namespace

json::Value Fairway::ask(const std::string& method, const std::string& path, const json::Value& body,
                         const std::string& key) {
    net::Request request{.method = method, .path = "/api/v1" + path};
    if (!body.is_null()) request.body = json::serialize(body);
    if (!key.empty()) request.headers.add("Idempotency-Key", key);
    try {
        const net::Response response = program_.ask_as(token_, std::move(request));
        const auto answer = json::parse(response.body);
        if (response.status < 300 && answer) return *answer;
        complain(answer ? text_of(*answer, "code") : "", answer ? text_of(*answer, "detail") : response.body);
    } catch (const db::Failure& failure) {
        // The server answers 500 and goes on.
        complain("database", failure.what());
    }
    throw Refused(method + " " + path + ": " + complaints_.back());
}

void Fairway::complain(const std::string& code, const std::string& message) {
    if (code.empty() || message.empty())
        throw Wrong("an error without a code or a message: " + code + message);
    complaints_.push_back(code + ": " + message);
}

void Fairway::tick() {
    try {
        const sync::TickReport report = net::run_blocking(sync::run_tick(program_.context(), {}));
        for (const sync::AccountProblem& problem : report.problems)
            complain(problem.error.code, problem.error.message);
        if (report.reconcile.failed > 0) complain("reconcile", "an order could not be planned");
    } catch (const db::Failure& failure) {
        // The scheduler says so and looks again a second later.
        complain("database", failure.what());
    }
}

void Fairway::look() {
    try {
        program_.look();
    } catch (const db::Failure& failure) {
        complain("database", failure.what());
    }
}

Stage::Stage()
    : real_clock(kStart),
      clock(real_clock, kStart, 0),
      amazon({.seed = 1, .sellers = 1, .orders_per_minute = 0, .quotas = true}, clock),
      master_key_(fixed_key()) {}

std::unique_ptr<scenarios::Program> Stage::open(net::HttpClient& http, scenarios::Mode mode,
                                                const scenarios::Surroundings::Wrap& wrap) {
    auto program = std::make_unique<scenarios::Program>(
        *files_, http, clock, master_key_, mode,
        scenarios::Surroundings{.wrap_database = wrap, .wrap_key_store = wrap});
    const Status fits = store::check_keys(program->db(), program->context().vault, clock.now());
    if (!fits) throw Wrong("Fairway does not open: " + fits.error().message);
    return program;
}

void Stage::let_in(scenarios::Program& program) {
    if (!token.empty()) return;
    // Each process has its own: one that was killed has taken the secret of its token with it.
    const std::string name = "process " + std::to_string(getpid());
    token = *program.db().write([&](db::Transaction& tx) {
        return store::add_token(tx, program.rng(),
                                {.name = name, .role = store::Role::administrator, .buyer_data = true},
                                clock.now());
    });
}

void Stage::place(const std::string& alias, const std::string& status, json::Object more) {
    json::Object order{
        {"seller_id", amazon.seller(1).seller_id},
        {"marketplace", "IT"},
        {"status", status},
        {"lines", json::Array{json::Object{{"quantity", 2}, {"sku", "SKU-1"}, {"unit_price", "10.00"}}}}};
    for (auto& [name, value] : more) order[name] = std::move(value);
    ids_[alias] = text_of(amazon.control("POST", "orders", order), "orderId");
}

void Stage::set_status(const std::string& alias, const std::string& status) {
    amazon.control("POST", "orders/" + id_of(alias) + "/status", json::Object{{"status", status}});
}

void copy_files(const scenarios::Directory& from, const scenarios::Directory& to) {
    std::filesystem::copy(from.path(), to.path(), std::filesystem::copy_options::recursive);
}

std::string state_of(Stage& stage, scenarios::Program& program) {
    std::string text;
    for (const auto& [row, count] : scenarios::essence(program.db()))
        text += std::to_string(count) + " x " + row + "\n";
    const json::Value ledger = stage.amazon.control("GET", "ledger", nullptr);
    for (const json::Value& entry : ledger.at("orders").as_array())
        for (const json::Value& confirmation : entry.at("confirmations").as_array()) {
            const json::Value& package = confirmation.at("packageDetail");
            text += "Amazon was told of package " + text_of(package, "packageReferenceId") + " of " +
                    text_of(entry.at("order"), "orderId") + ": " + json::serialize(package.at("orderItems")) +
                    "\n";
        }
    return text;
}

std::string settle(Stage& stage, scenarios::Program& program, const End& end) {
    Fairway fairway(program, stage.token);
    std::string wrong;
    for (int steps = 0; steps < kStepsMax; ++steps) {
        stage.pass(end.step);
        fairway.forget_complaints();
        fairway.tick();
        fairway.look();
        try {
            check_at_rest(program.db(), stage.amazon.control("GET", "ledger", nullptr));
            check_keys(program, fairway);
        } catch (const Wrong& what) {
            wrong = what.what();
            continue;
        }
        wrong = fairway.complaints().empty() ? "" : "at the end: " + fairway.complaints().back();
        if (wrong.empty() && !end.state.empty()) wrong = difference(end, state_of(stage, program));
        if (wrong.empty()) return "";
    }
    return wrong;
}

}  // namespace fairway::crash
