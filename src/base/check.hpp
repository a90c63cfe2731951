#pragma once
// CHECK(condition, "why it must hold"): always on, in release too. A broken invariant ends the process at
// once: state lives in the database, so a restart is safe, and going on with a wrong belief is not.

namespace fairway {
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);
}  // namespace fairway

#define CHECK(condition, why)                                               \
    do {                                                                    \
        if (!(condition)) [[unlikely]]                                      \
            ::fairway::check_failed(#condition, (why), __FILE__, __LINE__); \
    } while (false)
