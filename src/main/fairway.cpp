// The program `fairway`: daemon and command line in one binary. Every command but those that run something
// (serve, sync, migrate, check-config, doctor, read-only, backup) or make and revoke tokens asks the REST
// handlers of its own process.
#include <cstdio>
#include <exception>

#include "api/version.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"

namespace {

int run(int argc, char** argv) {
    fairway::CommandTree tree("Fairway: a self-hosted Amazon sales channel",
                              "fairway " + std::string(fairway::api::kVersion));
    std::string config_path = "fairway.toml";
    tree.root().option("--config", config_path, "configuration file").shows_default();

    fairway::CommandLine commands(config_path);
    commands.add_service_commands(tree.root());
    commands.add_safety_commands(tree.root());
    commands.add_account_commands(tree.root());
    commands.add_catalog_commands(tree.root());
    commands.add_order_commands(tree.root());
    commands.add_access_commands(tree.root());
    commands.add_watch_commands(tree.root());
    const auto parsed = tree.parse(argc, argv);
    return parsed.chosen ? commands.run() : parsed.exit_code;
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
