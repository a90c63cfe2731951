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
    const std::string salt = "c29tZXNhbHRzb21lc2FsdA$";
    const std::string hash = "/X5EVS2D22ucK8nb1tiP4PrNEd9GVKwh/oAT/XoF68M";
    ASSERT_TRUE(verify_password("password", "$argon2id$v=19$m=8192,t=2,p=1$" + salt + hash));
    for (const std::string& text :
         {std::string(), std::string("plain"), std::string("$argon2id$v=19$m=8192,t=1,p=1$"),
          std::string("$2b$12$abc"), "$argon2id$v=19$m=8192,t=2,p=2$" + salt + hash,
          "$argon2i$v=19$m=8192,t=2,p=1$" + salt + hash, "$argon2id$v=19$m=8192,t=0,p=1$" + salt + hash,
          "$argon2id$v=19$m=8192,t=2,p=1$" + salt + hash + "AA",
          "$argon2id$v=19$m=8192,t=2,p=1$" + salt + hash + "$", "$argon2id$v=19$m=-1,t=2,p=1$" + salt + hash,
          "$argon2id$v=19$m=8192,t=2,p=1$" + salt.substr(2) + hash})
        EXPECT_FALSE(verify_password("password", text)) << text;
    EXPECT_FALSE(verify_nobody("plain", kCheap));
}

// More than the library ever asks for.
TEST(Password, without_memory_nobody_is_told_that_the_password_is_wrong) {
    constexpr PasswordCost kBeyond{.memory_bytes = std::uint64_t{1} << 43, .passes = 1};
    SeededRng rng(1);
    EXPECT_THROW(hash_password("correct horse", rng, kBeyond), std::bad_alloc);
    EXPECT_THROW(verify_nobody("correct horse", kBeyond), std::bad_alloc);
    const std::string kept =
        "$argon2id$v=19$m=8589934592,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$/X5EVS2D22ucK8nb1tiP4PrNEd9GVKwh/oAT/"
        "XoF68M";
    EXPECT_THROW(verify_password("correct horse", kept), std::bad_alloc);
}

}  // namespace
}  // namespace fairway::crypto
