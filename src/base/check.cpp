#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace fairway {

void check_failed(const char* condition, const char* why, const char* file, int line) {
    std::fprintf(stderr, "CHECK failed at %s:%d: %s (%s)\n", file, line, condition, why);
    std::abort();
}

}  // namespace fairway
