// The program `fairway`: daemon and command line in one binary. Every command but those that run something
// (serve, sync, migrate, check-config, doctor, read-only, backup) or make and revoke tokens asks the REST
// handlers of its own process.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "api/version.hpp"
#include "base/fault_point.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"

namespace {

// Test builds let a test end the process at a named place or break a rule: src/base/fault_point.hpp.
fairway::Status arm_fault_points() {
    const auto variable = [](const char* name) -> std::string_view {
        const char* value = std::getenv(name);
        return value == nullptr ? "" : value;
    };
    TRY(fairway::arm_crash_point(variable("FAIRWAY_CRASH_AT")));
    return fairway::arm_mutant(variable("FAIRWAY_MUTANT"));
}

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
    commands.add_user_commands(tree.root());
    commands.add_access_commands(tree.root());
    commands.add_watch_commands(tree.root());
    const auto parsed = tree.parse(argc, argv);
    return parsed.chosen ? commands.run() : parsed.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (const auto armed = arm_fault_points(); !armed) {
            std::fprintf(stderr, "fairway: %s\n", armed.error().message.c_str());
            return 2;
        }
        return run(argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "fairway: %s\n", failure.what());
        return 1;
    }
}
