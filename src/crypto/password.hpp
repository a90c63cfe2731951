#pragma once
// Passwords are kept as Argon2id strings ("$argon2id$v=19$m=…,t=…,p=1$SALT$HASH"), which bring their own
// salt and cost: the cost may grow, and what was kept before still opens.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/rng.hpp"

namespace fairway::crypto {

struct PasswordCost {
    std::uint64_t memory_bytes = 64UL * 1024 * 1024;
    std::uint64_t passes = 3;
};

// Takes a good part of a second and memory_bytes at the default cost; one at a time in the process, so that
// many attempts at once take no more memory than one. All three throw std::bad_alloc where there is no memory
// for it: that says nothing about the password.
std::string hash_password(std::string_view password, Rng& rng, const PasswordCost& cost = {});
// As slow as hashing. False also for a text that is no hash of the form above.
bool verify_password(std::string_view password, const std::string& hash);
// As slow as verifying and always false: for a name that nobody has, so that the time does not tell.
bool verify_nobody(std::string_view password, const PasswordCost& cost = {});

}  // namespace fairway::crypto
