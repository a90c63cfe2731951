#include "main/commands.hpp"

#include <cstdio>

#include "store/access.hpp"

namespace fairway {

namespace {

// Holds at once for a running service, which reads the mode before each command it sends.
int set_read_only(Program& program, bool on) {
    program.database->write([&](db::Transaction& tx) {
        const UtcTime now = program.clock->now();
        store::set_read_only(tx, on, now);
        store::write_audit(tx, "cli", on ? "read-only on" : "read-only off", "", now);
    });
    std::printf("%s\n", on ? "Fairway reads Amazon and sends nothing until read-only off"
                           : "Fairway writes to Amazon again");
    return 0;
}

}  // namespace

void CommandLine::add_safety_commands(Command app) {
    Command mode = app.add_family("read-only", "whether anything is sent to Amazon and to shops");
    on_program(mode.add("on", "read and plan, and send nothing"),
               [](Program& program) { return set_read_only(program, true); });
    on_program(
        mode.add("off", "send again; after a restore or in a copy only when you know that it is right"),
        [](Program& program) { return set_read_only(program, false); });
}

}  // namespace fairway
