#pragma once
// `fairway serve`: the REST server and the scheduler, until SIGINT or SIGTERM.
#include "main/program.hpp"

namespace fairway {

// The exit code.
int serve(Program& program);

}  // namespace fairway
