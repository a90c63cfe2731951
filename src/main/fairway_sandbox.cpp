// The program `fairway-sandbox`: the sandbox behind an HTTP server.
#include <pthread.h>
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "net/server.hpp"
#include "sandbox/world.hpp"

namespace {

struct Flags {
    std::string listen = "127.0.0.1:9400";
    fairway::sandbox::Options options{};
    double speed = 1;
    bool no_quota = false;
    bool replay_static = false;
    std::string models{};
    std::vector<std::string> marketplaces{};
    std::string tls_certificate{};
    std::string tls_key{};
};

// What only this program's flags can get wrong. Tells it on standard error.
bool complete(Flags& flags) {
    flags.options.quotas = !flags.no_quota;
    if (flags.marketplaces == std::vector<std::string>{"all"}) {
        flags.marketplaces.clear();
        for (const fairway::domain::Marketplace& each : fairway::domain::marketplaces())
            flags.marketplaces.emplace_back(each.country);
    }
    if (!flags.marketplaces.empty()) flags.options.marketplaces = flags.marketplaces;
    for (const std::string& codes : flags.options.marketplaces)
        if (const auto why = fairway::sandbox::refuse_marketplaces(codes)) {
            std::fprintf(stderr, "fairway-sandbox: --marketplaces: %s\n", why->c_str());
            return false;
        }
    if (!flags.replay_static) return true;
    auto operations = fairway::sandbox::load_static_operations(flags.models);
    if (!operations) {
        std::fprintf(stderr, "fairway-sandbox: --models: %s\n", operations.error().message.c_str());
        return false;
    }
    flags.options.static_operations =
        std::make_shared<const std::vector<fairway::sandbox::StaticOperation>>(*std::move(operations));
    return true;
}

int serve(const Flags& flags) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const fairway::SystemClock real;
    fairway::sandbox::SandboxClock clock(real, real.now(), flags.speed);
    fairway::Logger log(real, fairway::LogLevel::warning);
    fairway::sandbox::World world(flags.options, clock);
    auto server = fairway::net::Server::start(
        {.listen = flags.listen,
         .tls_certificate_file = flags.tls_certificate,
         .tls_key_file = flags.tls_key},
        [&](fairway::net::Request request) { return world.handle(std::move(request)); }, log);
    if (!server) {
        std::fprintf(stderr, "fairway-sandbox: %s\n", server.error().message.c_str());
        return 1;
    }
    std::printf("fairway-sandbox listens on %s\n", (*server)->address().c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
    (*server)->stop();
    return 0;
}

int run(int argc, char** argv) {
    Flags flags;
    CLI::App app("A stateful stand-in for Amazon's Selling Partner API");
    app.add_option("--listen", flags.listen, "ADDRESS:PORT")->capture_default_str();
    app.add_option("--seed", flags.options.seed, "the same seed makes the same world")->capture_default_str();
    app.add_option("--sellers", flags.options.sellers)->capture_default_str()->check(CLI::Range(1, 10'000));
    app.add_option("--marketplaces", flags.marketplaces,
                   "where the sellers sell, in turn: IT,DE,IT+DE,US …, or all")
        ->delimiter(',');
    app.add_option("--orders-per-minute", flags.options.orders_per_minute, "on the sandbox's clock")
        ->check(CLI::Range(0.0, 100'000.0));
    app.add_option("--speed", flags.speed, "how many times as fast as real time; 0 stands still")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1e6));
    app.add_flag("--no-quota", flags.no_quota, "never answer 429");
    auto* models = app.add_option("--models", flags.models, "a folder with Amazon's models below it");
    app.add_flag("--static", flags.replay_static, "replay the cases that Amazon's models list, and no more")
        ->needs(models);
    auto* certificate = app.add_option("--tls-certificate", flags.tls_certificate, "PEM file");
    auto* key = app.add_option("--tls-key", flags.tls_key, "PEM file")->needs(certificate);
    certificate->needs(key);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 2;
    }
    return complete(flags) ? serve(flags) : 2;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "fairway-sandbox: %s\n", failure.what());
        return 1;
    }
}
