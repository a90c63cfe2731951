#include "simulation.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/file.hpp"
#include "net/run_blocking.hpp"
#include "runner/books.hpp"
#include "runner/script.hpp"
#include "store/access.hpp"
#include "store/orders.hpp"
#include "sync/reconcile.hpp"

namespace fairway::simulation {

namespace {

const UtcTime kStart = *parse_rfc3339("2026-11-23T08:00:00Z");

// How long the sandbox's searches may show an order wrongly.
Duration lateness(const Shape& shape) {
    return shape.rows_go_wrong > 0 ? sandbox::kSettles : Duration::zero();
}

// A flag that is true as long as this lives.
class Raised {
public:
    explicit Raised(bool& flag) : flag_(flag) { flag_ = true; }
    ~Raised() { flag_ = false; }
    Raised(const Raised&) = delete;
    Raised& operator=(const Raised&) = delete;

private:
    bool& flag_;
};

// Each seller sells in all the countries of its region.
sandbox::Options amazon_of(const Shape& shape) {
    sandbox::Options options{.seed = shape.seed, .sellers = shape.accounts, .quotas = true};
    options.marketplaces.clear();
    for (int account = 0; account < shape.accounts; ++account) {
        std::string joined;
        for (const std::string& country : countries_of(region_of(shape, account)))
            joined += (joined.empty() ? "" : "+") + country;
        options.marketplaces.push_back(std::move(joined));
    }
    return options;
}

}  // namespace

Simulation::Simulation(const Shape& shape, Trace& trace)
    : shape_(shape),
      trace_(trace),
      dice_(shape.seed),
      real_clock_(kStart),
      clock_(real_clock_, kStart, 0),
      amazon_(amazon_of(shape), clock_),
      client_(amazon_.client(), fate_, [this] { meanwhile(); }),
      key_rng_(shape.seed ^ 0xF00D),
      master_key_(crypto::Key::random(key_rng_)) {}

void Simulation::note(const std::string& line) { trace_.note(clock_.now(), line); }

void Simulation::open() {
    const auto hear = [](std::string_view line, void* context) {
        auto& simulation = *static_cast<Simulation*>(context);
        simulation.log_.emplace_back(line);
        simulation.note("  " + std::string(line));
    };
    const scenarios::Surroundings surroundings{.wrap_database =
                                                   [this](std::unique_ptr<db::Database> inner) {
                                                       return std::make_unique<MortalDatabase>(
                                                           std::move(inner), fate_, [this] { overtake(); });
                                                   },
                                               .log_sink = hear,
                                               .log_context = this};
    program_ = std::make_unique<scenarios::Program>(directory_, client_, clock_, master_key_,
                                                    scenarios::Mode::serving, surroundings);
    if (!rival_)
        rival_ = std::make_unique<scenarios::Program>(
            directory_, amazon_.client(), clock_, master_key_, scenarios::Mode::restarting,
            scenarios::Surroundings{.log_sink = hear, .log_context = this});
}

void Simulation::restart(const char* why) {
    note(why);
    program_.reset();
    fate_.revive();
    open();
}

bool Simulation::survives(const std::function<void()>& action) {
    try {
        action();
    } catch (const Death&) {
        // Seen below, as it is when somebody on the way took it for an error.
    }
    if (!fate_.is_dead()) return true;
    // Whoever waits for an answer finds out by himself.
    if (is_waiting_) return false;
    ++figures_["deaths"];
    restart("Fairway died");
    return false;
}

void Simulation::meanwhile() {
    // A program that is being opened is nobody's yet.
    if (is_calm_ || is_waiting_ || !program_ || !chance(shape_.interruptions)) return;
    const Raised waiting(is_waiting_);
    ++figures_["interruptions"];
    switch (pick(4)) {
        case 0: people_act(); break;
        case 1: order_ids_.empty() ? void() : order_lives(); break;
        default: rival_looks();
    }
}

void Simulation::overtake() {
    if (is_calm_ || is_waiting_ || !program_ || !chance(shape_.overtakings) || is_folder_locked()) return;
    const Raised waiting(is_waiting_);
    ++figures_["overtakings"];
    rival_looks();
}

void Simulation::rival_looks() {
    // Sometimes an answer takes longer than any lease lives, or the whole machine stands still.
    if (chance(0.5)) clock_.advance(seconds(between(1, 300)));
    note("another process looks");
    if (chance(0.5)) rival_->look();
    else rival_->tick(std::nullopt);
    note("it has looked");
    look_at_versions();
}

bool Simulation::is_folder_locked() const {
    const Descriptor folder(::open(directory_.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return ::flock(folder.get(), LOCK_EX | LOCK_NB) != 0;
}

std::optional<Broken> Simulation::run() {
    try {
        open();
        connect_accounts();
        change_weather();
        for (step_ = 1; step_ <= shape_.steps; ++step_) {
            is_calm_ = false;
            step();
            is_calm_ = true;
            if (step_ % shape_.check_every == 0) check_always();
        }
        settle();
        check_always();
        check_at_rest();
        count_figures();
    } catch (const Wrong& wrong) {
        return Broken{step_, wrong.rule, wrong.complaint};
    } catch (const std::exception& failure) {
        return Broken{step_, "no_exceptions", failure.what()};
    }
    return std::nullopt;
}

void Simulation::step() {
    if (chance(0.08)) chance(0.7) ? change_weather() : clear_weather();
    if (chance(shape_.deaths)) prepare_death();
    for (int i = 0; i < shape_.orders_at_once; ++i)
        if (static_cast<int>(order_ids_.size()) < shape_.orders && chance(0.6)) place_order();
    for (int i = 0; i < shape_.orders_at_once; ++i)
        if (!order_ids_.empty() && chance(0.5)) order_lives();
    double acts = shape_.people;
    for (; acts >= 1; --acts) people_act();
    if (chance(acts)) people_act();
    pass_time();
    if (chance(0.03)) restart("Fairway is restarted");
    if (!chance(0.1)) survives([&] { program_->look(); });
    renew_paused_accounts();
}

void Simulation::pass_time() {
    static constexpr std::array<std::pair<std::int64_t, std::int64_t>, 6> kSpans{
        {{0, 2}, {1, 30}, {30, 200}, {60, 400}, {240, 3'600}, {3'600, 86'400}}};
    // Long waits are rare: most of what can go wrong lies close together.
    const auto [least, most] = kSpans[std::min(pick(6), pick(6))];
    clock_.advance(milliseconds(between(least * 1'000, most * 1'000)));
}

void Simulation::change_weather() {
    clear_weather();
    if (shape_.calls_that_fail == 0) return;
    static const std::vector<std::string> kCalls{"429",         "500",       "503",        "cut_before",
                                                 "time_before", "cut_after", "time_after", "truncate",
                                                 "not_json",    "slow",      "clock_skew", "token_dies"};
    static const std::vector<std::string> kRows{"repeat_rows",     "hide_rows",   "reorder_rows",
                                                "stale_rows",      "equal_times", "unknown_values",
                                                "undecodable_rows"};
    static const std::vector<std::string> kRowsOfOne{"stale_rows", "equal_times", "unknown_values",
                                                     "undecodable_rows"};
    const auto add = [&](const std::string& kind, const std::string& operation, double rate) {
        amazon_.control("POST", "faults",
                        json::Object{{"kind", kind},
                                     {"operation", operation},
                                     {"rate", rate},
                                     {"seed", static_cast<std::int64_t>(dice_.below(1'000'000))},
                                     {"delay_ms", chance(0.5) ? 2'000 : 40'000},
                                     {"skew_s", between(-600, 600)}});
        note("weather: " + kind + " for " + operation);
    };
    // Together they hit about the share of calls that the shape asks for.
    for (const std::string& kind : kCalls)
        add(kind, "*", shape_.calls_that_fail / static_cast<double>(kCalls.size()));
    if (shape_.rows_go_wrong == 0) return;
    for (const std::string& kind : kRows)
        add(kind, "searchOrders", shape_.rows_go_wrong / static_cast<double>(kRows.size()));
    for (const std::string& kind : kRowsOfOne)
        add(kind, "getOrder", shape_.rows_go_wrong / static_cast<double>(kRowsOfOne.size()));
}

void Simulation::clear_weather() {
    const json::Value faults = amazon_.control("GET", "faults", nullptr);
    for (const json::Value& fault : faults.as_array())
        figures_["fault " + std::string(fault.at("kind").as_string())] +=
            fault.at("hits").to_number<std::int64_t>();
    amazon_.end_faults();
    note("weather: calm");
}

void Simulation::prepare_death() {
    const auto moment = static_cast<Fate::Moment>(pick(4));
    fate_.arm(moment, static_cast<int>(between(1, 12)));
}

// Everything that can be mended is mended, and time passes until nothing happens any more.
void Simulation::settle() {
    note("settling");
    clear_weather();
    fate_.revive();
    restart("Fairway is restarted");
    end_pending_orders();
    mend_everything();
    constexpr int kLooksMax = 600;
    constexpr int kRestfulLooks = 3;  // what was accepted and read is completed at a later sync
    int restful = 0;
    for (int i = 0; i < kLooksMax; ++i) {
        clock_.advance(minutes(4));
        program_->look();
        program_->look();
        renew_paused_accounts();
        restful = is_at_rest() ? restful + 1 : 0;
        if (restful == kRestfulLooks) return;
    }
    throw Wrong{"comes_to_rest",
                "after " + std::to_string(kLooksMax) + " looks something is still under way"};
}

bool Simulation::is_at_rest() {
    const auto none = [&](const std::string& sql) { return query(sql + " LIMIT 1").empty(); };
    const bool is_idle =
        none("SELECT stores FROM windows") &&
        none("SELECT id FROM commands WHERE state IN ('queued', 'sending', 'unknown', 'accepted')") &&
        none("SELECT id FROM amazon_orders WHERE dirty > 0");
    if (!is_idle) return false;
    // Last, since of many orders the ledger is long.
    UtcTime last = kStart;
    const checkers::Ledger ledger = read_ledger();
    for (const checkers::LedgerOrder& order : ledger.orders) last = std::max(last, order.updated_at);
    return none("SELECT id FROM stores WHERE watermark < " +
                std::to_string(to_micros(last + lateness(shape_))));
}

void Simulation::demand(const std::string& rule, const checkers::Complaints& complaints) {
    if (!complaints.empty()) throw Wrong{rule, complaints.front()};
}

checkers::Ledger Simulation::read_ledger() {
    // Of many orders it is longer than any document that Fairway would read.
    constexpr std::size_t kBytesMax = std::size_t{1} << 30;
    const auto answer = net::run_blocking(amazon_.client().send({.url = "http://127.0.0.1/sandbox/ledger"}));
    const auto ledger = json::parse(answer.value().body, {.bytes_max = kBytesMax});
    return checkers::read_ledger(ledger.value());
}

void Simulation::look_at_versions() {
    const auto wrong = rival_->db().read([&](db::Reader& tx) { return versions_.never_go_back(tx); });
    went_back_.insert(went_back_.end(), wrong.begin(), wrong.end());
}

void Simulation::check_always() {
    look_at_versions();
    demand("versions_never_go_back", went_back_);
    const checkers::Ledger ledger = read_ledger();
    const auto repeats = shape_.rows_go_wrong > 0 ? checkers::Repeats::as_the_same : checkers::Repeats::none;
    program_->db().read([&](db::Reader& tx) {
        demand("stock_is_its_movements", checkers::stock_is_its_movements(tx));
        demand("reservations_add_up", checkers::reservations_add_up(tx));
        demand("reservations_are_in_stock", checkers::reservations_are_in_stock(tx));
        demand("lines_are_within_their_quantities", checkers::lines_are_within_their_quantities(tx));
        demand("states_agree", checkers::states_agree(tx));
        demand("money_is_amazons", checkers::money_is_amazons(tx, ledger));
        demand("confirmations_are_ours", checkers::confirmations_are_ours(tx, ledger, repeats));
        demand("packages_are_saved_once", checkers::packages_are_saved_once(tx));
        demand("watermarks_leave_nothing_behind",
               checkers::watermarks_leave_nothing_behind(tx, ledger, lateness(shape_)));
        demand("quotas_are_kept", checkers::quotas_are_kept(tx, ledger, clock_.now()));
    });
}

void Simulation::check_at_rest() {
    const checkers::Ledger ledger = read_ledger();
    program_->db().read([&](db::Reader& tx) {
        demand("mirror_is_ledger", checkers::mirror_is_ledger(tx, ledger));
        demand("commerce_orders_are_due", checkers::commerce_orders_are_due(tx, ledger, {"money_mismatch"}));
        demand("reservations_are_released", checkers::reservations_are_released(tx, ledger));
        demand("commands_have_ended", checkers::commands_have_ended(tx));
        demand("amazon_knows_what_was_shipped", checkers::amazon_knows_what_was_shipped(tx, ledger));
        demand("nothing_is_dirty", checkers::nothing_is_dirty(tx));
    });
    plan_again();
    demand("log_is_impersonal", checkers::log_is_impersonal(ledger, log_));
    program_.reset();
    rival_.reset();
    const auto& folder = directory_.path();
    demand("files_are_sealed",
           checkers::files_are_sealed(ledger, {folder / "fairway.db", folder / "fairway.db-wal",
                                               folder / "keys.db", folder / "keys.db-wal"}));
    open();
}

// Level-triggered: planned again, read again, looked at again, nothing changes.
void Simulation::plan_again() {
    const scenarios::Dump before = scenarios::dump(program_->db());
    program_->db().write(
        [](db::Transaction& tx) { tx.execute("UPDATE amazon_orders SET dirty = dirty + 1"); });
    sync::reconcile(program_->context(), std::nullopt);
    program_->tick(std::nullopt);
    program_->look();
    try {
        scenarios::must_be_unchanged("planning again", before, scenarios::dump(program_->db()));
    } catch (const scenarios::Wrong& wrong) {
        throw Wrong{"a_second_plan_is_empty", wrong.what()};
    }
}

void Simulation::count_figures() {
    const checkers::Ledger ledger = read_ledger();
    figures_["orders"] = static_cast<std::int64_t>(ledger.orders.size());
    for (const auto& [operation, calls] : ledger.calls) figures_["calls " + operation] = calls;
    figures_["virtual hours"] = std::chrono::duration_cast<hours>(clock_.now() - kStart).count();
    for (const db::Row& row : query("SELECT state, COUNT(*) FROM commands GROUP BY state"))
        figures_["commands " + row.get<std::string>(0)] = row.get<std::int64_t>(1);
    for (const db::Row& row : query("SELECT import_state, COUNT(*) FROM amazon_orders GROUP BY 1"))
        figures_["orders " + row.get<std::string>(0)] = row.get<std::int64_t>(1);
    for (const db::Row& row : query("SELECT status, COUNT(*) FROM commerce_orders GROUP BY status"))
        figures_["commerce orders " + row.get<std::string>(0)] = row.get<std::int64_t>(1);
    for (const db::Row& row : query("SELECT kind, COUNT(*) FROM attention GROUP BY kind"))
        figures_["attention " + row.get<std::string>(0)] = row.get<std::int64_t>(1);
}

}  // namespace fairway::simulation
