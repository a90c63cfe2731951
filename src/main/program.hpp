#pragma once
// Everything that one Fairway process is made of, opened from a configuration in the order of dependence.
#include <memory>

#include "amazon/client.hpp"
#include "api/call.hpp"
#include "base/log.hpp"
#include "base/rng.hpp"
#include "commerce/builtin/builtin.hpp"
#include "main/config.hpp"
#include "net/http.hpp"
#include "store/instance.hpp"
#include "store/vault.hpp"
#include "sync/call_log.hpp"
#include "sync/context.hpp"
#include "sync/quarantine.hpp"
#include "sync/quota_ledger.hpp"

namespace fairway {

struct Program {
    Config config;
    SystemRng rng;
    std::unique_ptr<net::HttpClient> http;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<Logger> log;
    std::unique_ptr<db::Database> database;
    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<store::Instance> instance;
    std::unique_ptr<sync::StoredQuotaLedger> quotas;
    std::unique_ptr<sync::StoredQuarantine> quarantine;
    std::unique_ptr<sync::StoredCallLog> calls;
    std::unique_ptr<amazon::Client> amazon;
    commerce::Builtin builtin;
    std::unique_ptr<sync::Context> context;
    UtcTime started_at{};
    int migrations_run = 0;
};

// Reads the key, opens and migrates database and key store; refuses a database newer than this program. What
// was restored or copied is in read-only mode afterwards.
Result<std::unique_ptr<Program>> open_program(const Config& config);

// What the interface tells of this process.
api::ProcessFacts facts_of(const Program& program);

}  // namespace fairway
