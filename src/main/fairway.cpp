// The program `fairway`: daemon and command line in one binary. Every command but those that run something
// (serve, sync, migrate, check-config, doctor) or make and revoke tokens asks the REST handlers of its own
// process.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "api/version.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"

namespace {

constexpr int kWrongUse = 2;

int run(int argc, char** argv) {
    CLI::App app("Fairway: a self-hosted Amazon sales channel");
    app.set_version_flag("--version", std::string("fairway ") + std::string(fairway::api::kVersion));
    app.require_subcommand(1);
    std::string config_path = "fairway.toml";
    app.add_option("--config", config_path, "configuration file")->capture_default_str();

    fairway::CommandLine commands(config_path);
    commands.add_service_commands(app);
    commands.add_account_commands(app);
    commands.add_catalog_commands(app);
    commands.add_order_commands(app);
    commands.add_access_commands(app);
    commands.add_watch_commands(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : kWrongUse;
    }
    return commands.run();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "fairway: %s\n", failure.what());
        return 1;
    }
}
