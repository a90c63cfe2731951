#include "crypto/password.hpp"

#include <gtest/gtest.h>

namespace fairway::crypto {
namespace {

constexpr PasswordCost kCheap{.memory_bytes = 8UL * 1024 * 1024, .passes = 1};

TEST(Password, opens_with_the_password_alone) {
    SeededRng rng(1);
    const std::string hash = hash_password("correct horse", rng, kCheap);
    EXPECT_TRUE(verify_password("correct horse", hash));
    EXPECT_FALSE(verify_password("correct horsE", hash));
    EXPECT_FALSE(verify_password("", hash));
}

TEST(Password, the_same_twice_gives_two_hashes) {
    SeededRng rng(1);
    EXPECT_NE(hash_password("correct horse", rng, kCheap), hash_password("correct horse", rng, kCheap));
}

TEST(Password, the_hash_names_its_cost) {
    SeededRng rng(1);
    const std::string hash = hash_password("correct horse", rng, kCheap);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8192,t=1,p=1$")) << hash;
}

// By the reference implementation: echo -n password | argon2 somesaltsomesalt -id -t 2 -k 8192 -p 1 -l 32 -e
TEST(Password, opens_what_others_made) {
    const std::string theirs =
        "$argon2id$v=19$m=8192,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$/X5EVS2D22ucK8nb1tiP4PrNEd9GVKwh/oAT/XoF68M";
    EXPECT_TRUE(verify_password("password", theirs));
    EXPECT_FALSE(verify_password("Password", theirs));
}

TEST(Password, what_is_no_hash_opens_nothing) {
    for (const char* text : {"", "plain", "$argon2id$v=19$m=8192,t=1,p=1$", "$2b$12$abc"})
        EXPECT_FALSE(verify_password("plain", text)) << text;
    EXPECT_FALSE(verify_nobody("plain", kCheap));
}

}  // namespace
}  // namespace fairway::crypto
