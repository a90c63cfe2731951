#include "crypto/password.hpp"

#include <sodium.h>

#include <array>
#include <mutex>

#include "base/check.hpp"

namespace fairway::crypto {

namespace {

constexpr std::size_t kSaltSize = crypto_pwhash_SALTBYTES;
constexpr std::size_t kHashSize = 32;

std::mutex one_at_a_time;

// As the reference implementation writes it: without padding.
std::string encode(std::span<const std::uint8_t> bytes) {
    std::array<char, 64> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    return text.data();
}

std::string cost_prefix(const PasswordCost& cost) {
    return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) +
           ",t=" + std::to_string(cost.passes) + ",p=1$";
}

std::array<std::uint8_t, kHashSize> argon2id(std::string_view password,
                                             const std::array<std::uint8_t, kSaltSize>& salt,
                                             const PasswordCost& cost) {
    const std::lock_guard lock(one_at_a_time);
    std::array<std::uint8_t, kHashSize> hash{};
    const int failed = crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), salt.data(),
                                     cost.passes, cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    CHECK(failed == 0, "there is memory for a password's hash");
    return hash;
}

}  // namespace

std::string hash_password(std::string_view password, Rng& rng, const PasswordCost& cost) {
    std::array<std::uint8_t, kSaltSize> salt{};
    rng.fill(salt);
    return cost_prefix(cost) + encode(salt) + "$" + encode(argon2id(password, salt, cost));
}

bool verify_password(std::string_view password, const std::string& hash) {
    const std::lock_guard lock(one_at_a_time);
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool verify_nobody(std::string_view password, const PasswordCost& cost) {
    argon2id(password, {}, cost);
    return false;
}

}  // namespace fairway::crypto
