#pragma once
// Fairway's side of a scenario: the objects of the real program, opened from files on disk in the order in
// which src/main opens them, with the sandbox as its network and virtual time.
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "amazon/client.hpp"
#include "api/api.hpp"
#include "base/log.hpp"
#include "base/rng.hpp"
#include "commerce/builtin/builtin.hpp"
#include "crypto/crypto.hpp"
#include "db/scratch_test.hpp"
#include "net/http.hpp"
#include "net/loop.hpp"
#include "store/instance.hpp"
#include "store/vault.hpp"
#include "sync/call_log.hpp"
#include "sync/quarantine.hpp"
#include "sync/quota_ledger.hpp"
#include "sync/scheduler.hpp"

namespace fairway::scenarios {

// Where a scenario's databases are.
using Directory = db::Scratch;

// The daemon's scheduler, awake only while the scenario lets it look: on the caller's thread, so that the
// same steps always do the same in the same order.
class Service {
public:
    explicit Service(sync::Context& context);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // One look of each of the scheduler's loops, from its beginning to its end. Rethrows what ended it.
    void look();
    void ask_for_tick(SyncRunId run, std::optional<StoreId> store) { scheduler_.ask_for_tick(run, store); }

private:
    Task<void> sleep(Duration);

    net::Loop loop_{};
    net::Gate next_look_{loop_};
    std::exception_ptr failure_{};  // what ended the scheduler
    sync::Scheduler scheduler_;
};

// How the same scenario is run: as a service that goes on and on, or as a command line that opens everything
// anew for each sync.
enum class Mode { serving, restarting };

// What a test puts between the program and the world.
struct Surroundings {
    // Stands between the program and its database, from its opening on: migrations pass through it too.
    using Wrap = std::function<std::unique_ptr<db::Database>(std::unique_ptr<db::Database>)>;
    Wrap wrap_database{};
    // The same for the key store, once its schema is there.
    Wrap wrap_key_store{};
    Logger::Sink log_sink = nullptr;  // gets every line, from debug on
    void* log_context = nullptr;
};

class Program {
public:
    Program(Directory& directory, net::HttpClient& http, const Clock& clock, const crypto::Key& master,
            Mode mode, const Surroundings& surroundings = {});

    net::Response ask(net::Request request) {
        return api_->handle_local(std::move(request), api::Api::PersonalData::shown);
    }
    // With a token of its own, as a client over the network.
    net::Response ask_as(const std::string& token, net::Request request) {
        request.headers.set("Authorization", "Bearer " + token);
        return api_->handle(std::move(request));
    }
    sync::Context& context() { return *context_; }
    Rng& rng() { return rng_; }
    db::Database& db() { return *database_; }
    // What a running daemon does by itself a moment later; without one, what `sync --once` would do but for
    // reading from Amazon.
    void look();
    // A tick at this very moment, of one store or of all.
    void tick(std::optional<StoreId> store);
    // A tick because its time has come.
    void due_tick();

private:
    SystemRng rng_;
    std::unique_ptr<Logger> log_;
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<store::Vault> vault_;
    std::unique_ptr<store::Instance> instance_;
    std::unique_ptr<sync::StoredQuotaLedger> quotas_;
    std::unique_ptr<sync::StoredQuarantine> quarantine_;
    std::unique_ptr<sync::StoredCallLog> calls_;
    std::unique_ptr<amazon::Client> amazon_;
    commerce::Builtin builtin_;
    std::unique_ptr<sync::Context> context_;
    std::unique_ptr<Service> service_;
    std::unique_ptr<api::Api> api_;
};

}  // namespace fairway::scenarios
