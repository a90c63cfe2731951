#pragma once
// Fairway's side of a scenario: the objects of the real program, opened from files on disk in the order in
// which src/main opens them, with the sandbox as its network and virtual time.
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

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
#include "sync/quota_ledger.hpp"
#include "sync/scheduler.hpp"

namespace fairway::scenarios {

// Where a scenario's databases are.
using Directory = db::Scratch;

// The daemon's scheduler in a thread of its own, awake only while the scenario lets it look.
class Service {
public:
    explicit Service(sync::Context& context);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // One look of each of the scheduler's loops, from its beginning to its end.
    void look();
    void ask_for_tick(SyncRunId run, std::optional<StoreId> store) { scheduler_.ask_for_tick(run, store); }

private:
    // Sweeps and write-back.
    static constexpr int kLoops = 2;

    Task<void> sleep(Duration duration);
    void begin_round();
    void wait_for_the_end_of_the_round();

    net::Loop loop_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::int64_t round_ = 0;        // guarded by mutex_
    int asleep_ = 0;                // loops that have looked in this round; guarded by mutex_
    bool ended_ = false;            // guarded by mutex_
    std::exception_ptr failure_{};  // what ended the scheduler; guarded by mutex_
    sync::Scheduler scheduler_;
    std::thread thread_{};
};

// How the same scenario is run: as a service that goes on and on, or as a command line that opens everything
// anew for each sync.
enum class Mode { serving, restarting };

class Program {
public:
    Program(Directory& directory, net::HttpClient& http, const Clock& clock, const crypto::Key& master,
            Mode mode);

    net::Response ask(net::Request request) {
        return api_->handle_local(std::move(request), api::Api::PersonalData::shown);
    }
    sync::Context& context() { return *context_; }
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
    std::unique_ptr<amazon::Client> amazon_;
    commerce::Builtin builtin_;
    std::unique_ptr<sync::Context> context_;
    std::unique_ptr<Service> service_;
    std::unique_ptr<api::Api> api_;
};

}  // namespace fairway::scenarios
