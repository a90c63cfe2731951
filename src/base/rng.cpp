#include "base/rng.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/check.hpp"

namespace fairway {

std::uint64_t Rng::below(std::uint64_t bound) {
    CHECK(bound > 0, "an empty range has no element to draw");
    // Rejecting the incomplete last span keeps every value equally likely.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t drawn = next();
    while (drawn >= limit) drawn = next();
    return drawn % bound;
}

double Rng::unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

void Rng::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const std::uint64_t word = next();
        const std::size_t count = bytes.size() < sizeof word ? bytes.size() : sizeof word;
        std::memcpy(bytes.data(), &word, count);
        bytes = bytes.subspan(count);
    }
}

std::uint64_t SystemRng::next() {
    std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
    fill(bytes);
    return std::bit_cast<std::uint64_t>(bytes);
}

void SystemRng::fill(std::span<std::uint8_t> bytes) {
    // The kernel gives up to 256 bytes at once without being interrupted.
    constexpr std::size_t kAtOnce = 256;
    while (!bytes.empty()) {
        const std::size_t count = std::min(bytes.size(), kAtOnce);
        CHECK(getrandom(bytes.data(), count, 0) == static_cast<ssize_t>(count),
              "the kernel must give randomness");
        bytes = bytes.subspan(count);
    }
}

std::uint64_t SeededRng::next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

}  // namespace fairway
