#pragma once
// Runs several tasks side by side on the caller's loop and waits for all of them.
#include <vector>

#include "base/task.hpp"

namespace fairway::net {

// At most at_once run at the same moment; they start in order. The first exception is rethrown once all have
// ended.
Task<void> run_all(std::vector<Task<void>> tasks, int at_once);

}  // namespace fairway::net
