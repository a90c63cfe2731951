#include "runner/program.hpp"

#include <cstdlib>

#include "migrations/migrations.hpp"
#include "net/run_blocking.hpp"
#include "runner/script.hpp"
#include "store/accounts.hpp"
#include "store/commands.hpp"
#include "sync/tick.hpp"

namespace fairway::scenarios {

namespace {

template <class T>
T must(Result<T> result) {
    if (!result) throw Wrong("Fairway does not open: " + result.error().message);
    return *std::move(result);
}

void drop_line(std::string_view, void*) {}
void print_line(std::string_view line, void*) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

}  // namespace

Service::Service(sync::Context& context)
    : scheduler_(context, [this](Duration duration) { return sleep(duration); }) {
    loop_.spawn(scheduler_.run(), [this](std::exception_ptr failure) { failure_ = std::move(failure); });
    loop_.run_ready();
    if (failure_) std::rethrow_exception(failure_);
}

Service::~Service() {
    scheduler_.stop();
    next_look_.open();
    loop_.run_ready();
}

Task<void> Service::sleep(Duration) { return next_look_.pass(); }

void Service::look() {
    next_look_.open();
    loop_.run_ready();
    // One loop has failed: the other one ends at its next look.
    if (scheduler_.is_stopping()) {
        next_look_.open();
        loop_.run_ready();
    }
    if (failure_) std::rethrow_exception(failure_);
}

Program::Program(Directory& directory, net::HttpClient& http, const Clock& clock, const crypto::Key& master,
                 Mode mode, const Surroundings& surroundings) {
    const bool loud = std::getenv("FAIRWAY_SCENARIO_LOG") != nullptr;
    const bool heard = surroundings.log_sink != nullptr;
    log_ = std::make_unique<Logger>(clock, loud || heard ? LogLevel::debug : LogLevel::error,
                                    heard  ? surroundings.log_sink
                                    : loud ? print_line
                                           : drop_line,
                                    surroundings.log_context);
    const UtcTime now = clock.now();
    database_ = must(db::open(directory.url("fairway.db")));
    if (surroundings.wrap_database) database_ = surroundings.wrap_database(std::move(database_));
    must(db::migrate(*database_, migrations_for(database_->engine()), now));
    auto key_store = must(store::open_key_store(directory.url("keys.db"), now));
    if (surroundings.wrap_key_store) key_store = surroundings.wrap_key_store(std::move(key_store));
    vault_ = std::make_unique<store::Vault>(master, std::move(key_store), rng_);
    instance_ = std::make_unique<store::Instance>(*database_, *vault_, clock, rng_,
                                                  directory.file("keys.db.instance"), "here");
    const Status checked = instance_->check();
    if (!checked) throw Wrong("Fairway does not open: " + checked.error().message);
    quotas_ = std::make_unique<sync::StoredQuotaLedger>(*database_);
    quarantine_ = std::make_unique<sync::StoredQuarantine>(*database_, *vault_);
    calls_ = std::make_unique<sync::StoredCallLog>(*database_, *log_);
    amazon_ = std::make_unique<amazon::Client>(http, clock, *quotas_, *quarantine_, *log_, calls_.get());
    context_.reset(new sync::Context{*database_, *vault_, *amazon_, builtin_, clock, *log_, instance_.get()});
    if (mode == Mode::serving) service_ = std::make_unique<Service>(*context_);
    api_ = std::make_unique<api::Api>(api::Services{.sync = *context_,
                                                    .ask_for_tick =
                                                        [this](SyncRunId run, std::optional<StoreId> store) {
                                                            if (service_) service_->ask_for_tick(run, store);
                                                        },
                                                    .public_url = "http://fairway",
                                                    .rng = rng_});
}

void Program::look() {
    if (service_) return service_->look();
    sync::reconcile(*context_, std::nullopt);
    const auto accounts = database_->read([](db::Reader& tx) { return store::list_accounts(tx); });
    sync::CommandsReport report;
    for (const store::AccountRecord& account : accounts)
        // What stops an account (an empty quota, an outage) stops it until a later look.
        if (!account.paused_code)
            std::ignore = net::run_blocking(sync::send_commands(*context_, account, report));
    sync::reconcile(*context_, std::nullopt);
}

void Program::tick(std::optional<StoreId> store) {
    net::run_blocking(sync::run_tick(*context_, {.store = store}));
}

void Program::due_tick() {
    if (service_) service_->look();
    else tick(std::nullopt);
}

}  // namespace fairway::scenarios
