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
    loop_.spawn(scheduler_.run(), [this](std::exception_ptr failure) {
        {
            const std::lock_guard lock(mutex_);
            failure_ = std::move(failure);
            ended_ = true;
        }
        changed_.notify_all();
        loop_.stop();
    });
    thread_ = std::thread([this] { loop_.run(); });
    wait_for_the_end_of_the_round();
}

Service::~Service() {
    scheduler_.stop();
    begin_round();
    thread_.join();
}

Task<void> Service::sleep(Duration) {
    std::int64_t round = 0;
    {
        const std::lock_guard lock(mutex_);
        round = round_;
        ++asleep_;
    }
    changed_.notify_all();
    const auto is_over = [&] {
        const std::lock_guard lock(mutex_);
        return round_ > round;
    };
    while (!is_over()) co_await loop_.sleep(Duration(100));
}

void Service::begin_round() {
    const std::lock_guard lock(mutex_);
    ++round_;
    asleep_ = 0;
}

void Service::wait_for_the_end_of_the_round() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return asleep_ == kLoops || ended_; });
    if (failure_) std::rethrow_exception(failure_);
}

void Service::look() {
    begin_round();
    wait_for_the_end_of_the_round();
}

Program::Program(Directory& directory, net::HttpClient& http, const Clock& clock, const crypto::Key& master,
                 Mode mode) {
    const bool loud = std::getenv("FAIRWAY_SCENARIO_LOG") != nullptr;
    log_ = std::make_unique<Logger>(clock, loud ? LogLevel::debug : LogLevel::error,
                                    loud ? print_line : drop_line, nullptr);
    const UtcTime now = clock.now();
    database_ = must(db::open(directory.url("fairway.db")));
    must(db::migrate(*database_, migrations_for(database_->engine()), now));
    vault_ = std::make_unique<store::Vault>(master,
                                            must(store::open_key_store(directory.url("keys.db"), now)), rng_);
    instance_ = std::make_unique<store::Instance>(*database_, *vault_, clock, rng_,
                                                  directory.file("keys.db.instance"), "here");
    const Status checked = instance_->check();
    if (!checked) throw Wrong("Fairway does not open: " + checked.error().message);
    quotas_ = std::make_unique<sync::StoredQuotaLedger>(*database_);
    amazon_ = std::make_unique<amazon::Client>(http, clock, *quotas_, *log_);
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
