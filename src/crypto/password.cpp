#include "crypto/password.hpp"

#include <sodium.h>

#include <array>
#include <mutex>
#include <new>
#include <optional>

#include "base/text.hpp"
#include "crypto/crypto.hpp"

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

using Salt = std::array<std::uint8_t, kSaltSize>;
using Hash = std::array<std::uint8_t, kHashSize>;

struct Kept {
    PasswordCost cost{};
    Salt salt{};
    Hash hash{};
};

template <std::size_t Size>
bool decode(std::string_view text, std::array<std::uint8_t, Size>& bytes) {
    std::size_t size = 0;
    const char* end = nullptr;
    return sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                             sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
           size == bytes.size() && end == text.data() + text.size();
}

// "m=65536" as 65536.
std::optional<std::uint64_t> read_number(std::string_view text, std::string_view name) {
    constexpr std::int64_t kMax = std::int64_t{1} << 40;
    if (!text.starts_with(name)) return std::nullopt;
    const auto number = parse_int(text.substr(name.size()));
    if (!number || *number < 1 || *number > kMax) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

std::optional<Kept> parse(std::string_view text) {
    const auto parts = split(text, '$');
    if (parts.size() != 6 || !parts[0].empty() || parts[1] != "argon2id" || parts[2] != "v=19")
        return std::nullopt;
    const auto costs = split(parts[3], ',');
    if (costs.size() != 3 || costs[2] != "p=1") return std::nullopt;
    const auto memory_kib = read_number(costs[0], "m=");
    const auto passes = read_number(costs[1], "t=");
    if (!memory_kib || !passes) return std::nullopt;
    Kept kept{.cost = {.memory_bytes = *memory_kib * 1024, .passes = *passes}};
    if (!decode(parts[4], kept.salt) || !decode(parts[5], kept.hash)) return std::nullopt;
    return kept;
}

Hash argon2id(std::string_view password, const Salt& salt, const PasswordCost& cost) {
    const std::lock_guard lock(one_at_a_time);
    Hash hash{};
    const int failed = crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), salt.data(),
                                     cost.passes, cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) throw std::bad_alloc();
    return hash;
}

}  // namespace

std::string hash_password(std::string_view password, Rng& rng, const PasswordCost& cost) {
    Salt salt{};
    rng.fill(salt);
    return cost_prefix(cost) + encode(salt) + "$" + encode(argon2id(password, salt, cost));
}

bool verify_password(std::string_view password, const std::string& hash) {
    // The library's own way of verifying does not tell a wrong password from too little memory.
    const auto kept = parse(hash);
    return kept && equal_in_constant_time(argon2id(password, kept->salt, kept->cost), kept->hash);
}

bool verify_nobody(std::string_view password, const PasswordCost& cost) {
    argon2id(password, {}, cost);
    return false;
}

}  // namespace fairway::crypto
