#include "main/serve.hpp"

#include <pthread.h>
#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <thread>

#include "api/api.hpp"
#include "api/problem.hpp"
#include "net/loop.hpp"
#include "net/server.hpp"
#include "store/users.hpp"
#include "sync/scheduler.hpp"

namespace fairway {

namespace {

// Blocked in every thread that starts later, so that only the waiting thread gets them.
sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void report_exit(Logger& log, const std::exception_ptr& failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        log.error("serve.failed", {{"text", exception.what()}});
    }
}

// Whether Fairway may go on: from here on it may write, so this start counts.
Status begin_service(Program& program) {
    TRY(program.instance->advance([](db::Transaction&) { return true; }));
    if (const auto mode = program.database->read(store::find_read_only))
        program.log->warning("read_only", {{"reason", store::to_text(mode->reason)}});
    return {};
}

// As long as nobody can administer, each start prints a link by which the first administrator chooses a
// password.
void print_first_link(Program& program) {
    constexpr Duration kLife = hours(24);
    const UtcTime now = program.clock->now();
    using Invited = Result<std::optional<store::FirstInvitation>>;
    const Invited invited = program.database->write("access.change", [&](db::Transaction& tx) -> Invited {
        return store::invite_first_administrator(tx, program.rng, now + kLife, now);
    });
    if (!invited) {
        std::fprintf(stderr, "fairway: %s\n", invited.error().message.c_str());
        return;
    }
    if (!*invited) return;
    const auto& [user, text] = **invited;
    if (text)
        std::printf(
            "nobody can administer yet; choose the password of \"%s\" within 24 hours:\n  %s/welcome#%s\n",
            user.name.c_str(), program.config.public_url.c_str(), text->c_str());
    else
        std::printf("nobody can administer yet; the link that \"%s\" was sent is good still\n",
                    user.name.c_str());
    std::fflush(stdout);
}

// An office is one address to us, and each of its browsers takes some connections.
constexpr int kConnectionsOfOriginMax = 256;

// Whether connections come from clients themselves: without TLS they come from this machine, or a proxy's.
bool meets_clients(const Config& config) { return !config.tls_certificate.empty() && !config.behind_proxy; }

}  // namespace

int serve(Program& program) {
    const sigset_t signals = block_signals();
    if (const Status begun = begin_service(program); !begun) {
        std::fprintf(stderr, "fairway: %s\n", begun.error().message.c_str());
        return 1;
    }
    net::Loop loop;
    sync::Scheduler scheduler(*program.context, [&loop](Duration time) { return loop.sleep(time); });
    api::Api api({.sync = *program.context,
                  .ask_for_tick = [&](SyncRunId run,
                                      std::optional<StoreId> store) { scheduler.ask_for_tick(run, store); },
                  .public_url = program.config.public_url,
                  .rng = program.rng,
                  .proxy = program.config.behind_proxy ? net::Proxy::trusted : net::Proxy::none,
                  .process = facts_of(program)});
    auto server = net::Server::start(
        {.listen = program.config.listen,
         .handler_threads = api::kHandlerThreads,
         .body_bytes_max = 1024 * 1024,  // the most that any route takes
         .connections_per_origin_max = meets_clients(program.config) ? kConnectionsOfOriginMax : 0,
         .body_max = [&](const net::Request& head) { return api.body_max(head); },
         .tls_certificate_file = program.config.tls_certificate,
         .tls_key_file = program.config.tls_key,
         .clock = program.clock.get(),
         .refuse = [&](int status, const std::string& text) { return api.refuse(status, text); }},
        [&](net::Request request) { return api.handle(std::move(request)); }, *program.log);
    if (!server) {
        std::fprintf(stderr, "fairway: %s\n", server.error().message.c_str());
        return 1;
    }
    std::printf("fairway listens on %s\n", (*server)->address().c_str());
    print_first_link(program);
    std::fflush(stdout);

    bool failed = false;
    loop.spawn(scheduler.run(), [&](const std::exception_ptr& failure) {
        failed = static_cast<bool>(failure);
        report_exit(*program.log, failure);
        loop.stop();
        // Wakes the thread below when nobody sent a signal.
        kill(getpid(), SIGUSR1);
    });
    // The first signal lets the work under way end; the second does not wait for it.
    std::thread waiter([&] {
        int signal = 0;
        sigwait(&signals, &signal);
        if (signal == SIGUSR1) return;
        scheduler.stop();
        sigwait(&signals, &signal);
        if (signal != SIGUSR1) loop.stop();
    });
    loop.run();
    (*server)->stop();
    pthread_kill(waiter.native_handle(), SIGUSR1);
    waiter.join();
    return failed ? 1 : 0;
}

}  // namespace fairway
