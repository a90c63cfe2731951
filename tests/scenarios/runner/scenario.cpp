#include "runner/scenario.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"
#include "net/run_blocking.hpp"
#include "store/orders.hpp"
#include "sync/reconcile.hpp"
#include "sync/tick.hpp"

namespace fairway::scenarios {

namespace {

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");
// Sellers 1 to 6.
const std::vector<std::string> kMarketplaces{
    "IT", "DE", "IT+DE", "CA+US+MX+BR", "SG+AU+JP", "IE+ES+UK+FR+BE+NL+DE+IT+SE+ZA+PL+EG+TR+SA+AE+IN"};
// The default sync interval of a store.
constexpr Duration kSyncInterval = minutes(4);

}  // namespace

Scenario::Scenario(Mode mode)
    : real_clock_(kStart),
      clock_(real_clock_, kStart, 0),
      amazon_({.seed = 1, .sellers = 6, .quotas = true, .marketplaces = kMarketplaces}, clock_),
      master_key_(crypto::Key::random(key_rng_)),
      mode_(mode) {
    open();
}

void Scenario::open() {
    program_.reset();
    program_ = std::make_unique<Program>(directory_, amazon_.client(), clock_, master_key_, mode_);
}

void Scenario::run(const std::vector<Step>& steps, const Step*& at) {
    for (const Step& step : steps) {
        at = &step;
        const bool expects = step.words.front() == "expect";
        if (refused_ && !(expects && step.words.size() > 1 && step.words[1] == "answer"))
            throw Wrong("the step before was refused and no \"expect answer\" follows: " + refused_->body);
        if (problem_ && !(expects && step.words.size() > 1 && step.words[1] == "problem"))
            throw Wrong("the sync before had a problem and no \"expect problem\" follows: " + *problem_);
        run_step(step);
    }
    if (refused_) throw Wrong("refused: " + refused_->body);
    if (problem_) throw Wrong("the sync had a problem: " + *problem_);
}

void Scenario::run_step(const Step& step) {
    static const std::map<std::string, Sentence, std::less<>> sentences{
        {"amazon", &Scenario::amazon},   {"account", &Scenario::account},
        {"store", &Scenario::store},     {"import", &Scenario::import},
        {"product", &Scenario::product}, {"stock", &Scenario::stock},
        {"listing", &Scenario::listing}, {"ship", &Scenario::ship},
        {"credit", &Scenario::credit},   {"cancel", &Scenario::cancel},
        {"hold", &Scenario::hold},       {"unhold", &Scenario::unhold},
        {"invoice", &Scenario::invoice}, {"retry", &Scenario::retry},
        {"replay", &Scenario::replay},   {"sync", &Scenario::sync},
        {"advance", &Scenario::advance}, {"moment", &Scenario::moment},
        {"expect", &Scenario::expect},   {"backup", &Scenario::backup},
        {"restore", &Scenario::restore}, {"read-only", &Scenario::read_only},
        {"repair", &Scenario::repair},   {"import-anyway", &Scenario::import_anyway}};
    Words words(step);
    const auto found = sentences.find(words.next("a sentence"));
    if (found == sentences.end()) throw Wrong("no sentence begins with \"" + step.words.front() + "\"");
    (this->*found->second)(words);
}

// The time of the next sync comes; or with `now` one is asked for at once, of one store or of all.
void Scenario::sync(Words& words) {
    const bool now = words.accept("now");
    std::optional<StoreId> store;
    json::Object body;
    if (now && words.accept("store")) {
        body["store"] = words.next("a store");
        store =
            StoreId::parse(get("/stores/" + percent_encode(body["store"].as_string())).at("id").as_string());
    }
    words.finish();
    if (mode_ == Mode::restarting) open();
    if (!now) clock_.advance(kSyncInterval);
    const auto before = amazon_.calls();
    if (!now) program_->due_tick();
    else if (mode_ == Mode::serving) operate("POST", "/sync-runs", body);
    else program_->tick(store);
    calls_ = amazon_.calls();
    for (const auto& [operation, count] : before) calls_[operation] -= count;
    after_sync(store);
}

void Scenario::advance(Words& words) {
    clock_.advance(words.duration());
    words.finish();
}

// A daemon would look now; nothing is read from Amazon.
void Scenario::moment(Words& words) {
    words.finish();
    program_->look();
    check();
}

// A second sync at the same moment has nothing to do, and neither has a second look.
void Scenario::after_sync(std::optional<StoreId> store) {
    const json::Value run = get("/sync-runs", {{"limit", "1"}}).at("items").at(0);
    check();
    must_equal("orders that are still dirty after the sync", 0,
               program_->db().read([](db::Reader& tx) { return store::count_dirty(tx); }));
    if (!run.at("error").is_null()) {
        problem_ = std::string(run.at("error").as_string());
        return;
    }
    const Dump before = dump(program_->db());
    sync::reconcile(program_->context(), std::nullopt);
    must_be_unchanged("reconciling again", before, dump(program_->db()));
    program_->tick(store);
    must_be_unchanged("a second sync at the same moment", before, dump(program_->db()));
    if (mode_ == Mode::serving) program_->look();
    must_be_unchanged("a second look at the same moment", before, dump(program_->db()));
}

// A refused step changes nothing. After an accepted one the daemon looks, and its next look has nothing to
// do.
void Scenario::after_operator_step(const Dump& before) {
    if (refused_) {
        must_be_unchanged("the refused step", before, dump(program_->db()));
        return;
    }
    if (mode_ == Mode::serving) {
        program_->look();
        const Dump settled = dump(program_->db());
        sync::reconcile(program_->context(), std::nullopt);
        program_->look();
        must_be_unchanged("a second look at the same moment", settled, dump(program_->db()));
    }
    check();
}

void Scenario::check() { check_books(program_->db(), amazon_.control("GET", "ledger", nullptr), forgotten_); }

const std::string& Scenario::id_of(const std::string& alias) const {
    const auto found = ids_.find(alias);
    if (found == ids_.end()) throw Wrong("there is no order " + alias + " in this scenario");
    return found->second;
}

json::Value Scenario::get(const std::string& path, const QueryPairs& query) {
    const net::Response response = program_->ask({.method = "GET", .path = "/api/v1" + path, .query = query});
    if (response.status != 200) throw Wrong("GET " + path + " is answered " + response.body);
    return *json::parse(response.body);
}

json::Array Scenario::list(const std::string& path, const QueryPairs& query) {
    json::Array rows;
    QueryPairs page = query;
    page.emplace_back("limit", "200");
    while (true) {
        const json::Value answer = get(path, page);
        for (const json::Value& row : answer.at("items").as_array()) rows.push_back(row);
        if (answer.at("next").is_null()) return rows;
        page = query;
        page.emplace_back("limit", "200");
        page.emplace_back("after", std::string(answer.at("next").as_string()));
    }
}

std::optional<json::Value> Scenario::find_order_shape(const std::string& alias) {
    const std::string& id = id_of(alias);
    for (const json::Value& row : list("/amazon-orders", {{"q", id}}))
        if (row.at("amazon_order_id").as_string() == id) return row;
    return std::nullopt;
}

json::Value Scenario::order_shape(const std::string& alias) {
    auto shape = find_order_shape(alias);
    if (!shape) throw Wrong("Fairway knows no order " + alias);
    return *std::move(shape);
}

std::string Scenario::order_path(const std::string& alias) {
    return "/amazon-orders/" + std::string(order_shape(alias).at("store").as_string()) + "/" +
           percent_encode(id_of(alias));
}

json::Value Scenario::commerce_shape(const std::string& alias) {
    const json::Array found = list("/commerce-orders", {{"amazon_order_id", id_of(alias)}});
    if (found.empty()) throw Wrong("there is no commerce order of " + alias);
    must_equal("commerce orders of " + alias, 1, static_cast<std::int64_t>(found.size()));
    return found.front();
}

json::Value Scenario::ledger_entry(const std::string& alias) {
    const json::Value ledger = amazon_.control("GET", "ledger", nullptr);
    for (const json::Value& entry : ledger.at("orders").as_array())
        if (entry.at("order").at("orderId").as_string() == id_of(alias)) return entry;
    throw Wrong("the ledger has no order " + alias);
}

std::vector<std::string> run_file(const std::filesystem::path& file) {
    std::vector<std::string> wrong;
    std::vector<Step> steps;
    try {
        steps = read_script(file);
    } catch (const Wrong& problem) {
        return {file.string() + ": " + problem.what()};
    }
    for (const Mode mode : {Mode::serving, Mode::restarting}) {
        const Step* at = &steps.front();
        try {
            Scenario(mode).run(steps, at);
        } catch (const std::exception& problem) {
            wrong.push_back(file.string() + ":" + std::to_string(at->line) + " (" +
                            (mode == Mode::serving ? "as a service" : "restarted before each sync") +
                            ")\n  " + at->text + "\n  " + problem.what());
        }
    }
    return wrong;
}

}  // namespace fairway::scenarios
