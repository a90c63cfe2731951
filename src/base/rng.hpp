#pragma once
// Where randomness comes from: SystemRng for keys, nonces and tokens; SeededRng for everything that must be
// repeatable (the sandbox's generator, tests, the simulation).
#include <cstdint>
#include <span>

namespace fairway {

class Rng {
public:
    virtual ~Rng() = default;
    virtual std::uint64_t next() = 0;

    // Uniform in [0, bound), bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // Uniform in [0, 1).
    double unit();
    virtual void fill(std::span<std::uint8_t> bytes);
};

// The kernel's generator: fit for keys. Thread-safe.
class SystemRng final : public Rng {
public:
    std::uint64_t next() override;
    void fill(std::span<std::uint8_t> bytes) override;  // one call of the kernel, not one for every word
};

// SplitMix64: small, fast, the same on every machine; never for secrets. One thread.
class SeededRng final : public Rng {
public:
    explicit SeededRng(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override;

private:
    std::uint64_t state_;
};

}  // namespace fairway
