#include "main/program.hpp"

#include "api/version.hpp"
#include "main/remote_clock.hpp"
#include "migrations/migrations.hpp"
#include "net/curl_client.hpp"
#include "store/key_check.hpp"

namespace fairway {

Result<std::unique_ptr<Program>> open_program(const Config& config) {
    auto program = std::make_unique<Program>();
    program->config = config;
    const crypto::Key master = TRY(crypto::read_key_file(config.master_key_file));
    program->http = net::make_curl_client(
        {.user_agent = "Fairway/" + std::string(api::kVersion) + " (Language=C++/23; Platform=Linux)"});
    if (config.clock_url.empty()) program->clock = std::make_unique<SystemClock>();
    else program->clock = TRY(RemoteClock::start(*program->http, config.clock_url));
    program->log = std::make_unique<Logger>(*program->clock, config.log_level);

    const UtcTime now = program->clock->now();
    program->started_at = now;
    program->database = TRY(db::open(config.database_url));
    program->migrations_run =
        TRY(db::migrate(*program->database, migrations_for(program->database->engine()), now));
    program->vault = std::make_unique<store::Vault>(
        master, TRY(store::open_key_store(config.key_store_url, now)), program->rng);
    TRY(store::check_keys(*program->database, *program->vault, now));
    program->instance =
        std::make_unique<store::Instance>(*program->database, *program->vault, *program->clock, program->rng,
                                          config.instance_file, store::place_of(config.instance_file));
    TRY(program->instance->check());
    program->quotas = std::make_unique<sync::StoredQuotaLedger>(*program->database);
    program->quarantine = std::make_unique<sync::StoredQuarantine>(*program->database, *program->vault);
    program->calls = std::make_unique<sync::StoredCallLog>(*program->database, *program->log);
    program->amazon =
        std::make_unique<amazon::Client>(*program->http, *program->clock, *program->quotas,
                                         *program->quarantine, *program->log, program->calls.get());
    program->context.reset(new sync::Context{*program->database, *program->vault, *program->amazon,
                                             program->builtin, *program->clock, *program->log,
                                             program->instance.get()});
    return program;
}

api::ProcessFacts facts_of(const Program& program) {
    api::ProcessFacts facts{.started_at = program.started_at};
    if (!program.config.clock_url.empty()) facts.clock = program.config.clock_url;
    if (!program.config.key_store_url.starts_with("sqlite:")) facts.key_store = db::Engine::postgresql;
    return facts;
}

}  // namespace fairway
