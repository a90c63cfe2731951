#include "crypto/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <ostream>

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/text.hpp"

namespace fairway::crypto {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };
static_assert(!Streamable<Key>, "a key cannot be printed");

Bytes from_hex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    Bytes bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    return bytes;
}

std::string text_of(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }
Key key_of(std::string_view hex) { return Key::from_bytes(from_hex(hex)).value(); }
Key numbered_key(std::uint64_t seed) {
    SeededRng rng(seed);
    return Key::random(rng);
}

// Gives the bytes it was made with: a nonce that a standard prescribes.
class ListedRng final : public Rng {
public:
    explicit ListedRng(Bytes bytes) : bytes_(std::move(bytes)) {}
    std::uint64_t next() override {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < sizeof word && at_ < bytes_.size(); ++i)
            word |= static_cast<std::uint64_t>(bytes_[at_++]) << (8 * i);
        return word;
    }

private:
    Bytes bytes_;
    std::size_t at_ = 0;
};

std::string sealed_hex(std::string_view key, std::string_view nonce, std::string_view context,
                       std::string_view plain) {
    ListedRng rng(from_hex(nonce));
    return hex_encode(seal(key_of(key), text_of(from_hex(context)), text_of(from_hex(plain)), rng));
}

// FIPS 180-4's examples: one block, two blocks, a million characters, and nothing.
TEST(Sha256, gives_the_published_digests) {
    EXPECT_EQ(hex_encode(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex_encode(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex_encode(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex_encode(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// RFC 4231, test cases 1, 2, 3, 4, 6 and 7.
TEST(HmacSha256, gives_the_published_digests) {
    const auto mac = [](const Bytes& key, std::string_view text) {
        return hex_encode(hmac_sha256(key, text));
    };
    EXPECT_EQ(mac(Bytes(20, 0x0b), "Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(mac({'J', 'e', 'f', 'e'}, "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(mac(Bytes(20, 0xaa), std::string(50, '\xdd')),
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    EXPECT_EQ(mac(from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), std::string(50, '\xcd')),
              "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    EXPECT_EQ(mac(Bytes(131, 0xaa), "Test Using Larger Than Block-Size Key - Hash Key First"),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(mac(Bytes(131, 0xaa),
                  "This is a test using a larger than block-size key and a larger than block-size data. The "
                  "key needs "
                  "to be hashed before being used by the HMAC algorithm."),
              "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

// Test cases 13, 14 and 16 of the specification that NIST took AES-GCM from.
TEST(Seal, gives_the_published_ciphertexts) {
    const std::string zero_key(64, '0');
    const std::string zero_nonce(24, '0');
    EXPECT_EQ(sealed_hex(zero_key, zero_nonce, "", ""),
              "01" + zero_nonce + "530f8afbc74536b9a963b4f1c4cb738b");
    EXPECT_EQ(sealed_hex(zero_key, zero_nonce, "", std::string(32, '0')),
              "01" + zero_nonce + "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919");
    EXPECT_EQ(
        sealed_hex(
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6"
            "b525b16aedf5aa0de657ba637b39"),
        "01cafebabefacedbaddecaf888"
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f6"
        "1e63"
        "93ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b");
}

RC_GTEST_PROP(Seal, what_is_sealed_opens, (std::uint64_t seed, const Bytes& context, const Bytes& plain)) {
    SeededRng rng(seed);
    const Key key = Key::random(rng);
    const auto opened = open(key, text_of(context), seal(key, text_of(context), text_of(plain), rng));
    RC_ASSERT(opened.has_value());
    RC_ASSERT(*opened == text_of(plain));
}

class SealTest : public testing::Test {
protected:
    SeededRng rng{1};
    const Key key = numbered_key(2);
    const std::string context = "orders.personal/7";
    const std::string plain = "Ada Rossi";
    const Bytes sealed = seal(key, context, plain, rng);
};

TEST_F(SealTest, the_same_text_is_sealed_differently_each_time) {
    EXPECT_NE(seal(key, context, plain, rng), sealed);
    SystemRng system;
    EXPECT_NE(seal(key, context, plain, system), seal(key, context, plain, system));
}

TEST_F(SealTest, the_sealed_value_does_not_hold_the_text) {
    EXPECT_EQ(text_of(sealed).find("Ada"), std::string::npos);
    EXPECT_EQ(sealed.size(), 1 + 12 + plain.size() + 16);
}

TEST_F(SealTest, another_key_does_not_open_it) {
    const auto opened = open(numbered_key(3), context, sealed);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().kind, ErrorKind::corrupt);
    EXPECT_EQ(opened.error().code, "sealed_value_damaged");
}

TEST_F(SealTest, another_context_does_not_open_it) {
    for (const char* other : {"orders.personal/8", "orders.personal/", "", "orders.personal/70"})
        EXPECT_FALSE(open(key, other, sealed).has_value()) << other;
}

TEST_F(SealTest, no_flipped_bit_goes_unseen) {
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes damaged = sealed;
        damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ 1U << bit % 8);
        ASSERT_FALSE(open(key, context, damaged).has_value()) << bit;
    }
}

TEST_F(SealTest, no_missing_or_added_byte_goes_unseen) {
    for (std::size_t length = 0; length < sealed.size(); ++length)
        ASSERT_FALSE(open(key, context, std::span(sealed).first(length)).has_value()) << length;
    Bytes longer = sealed;
    longer.push_back(0);
    EXPECT_FALSE(open(key, context, longer).has_value());
}

TEST_F(SealTest, the_text_may_be_empty) {
    EXPECT_EQ(open(key, context, seal(key, context, "", rng)), "");
    EXPECT_EQ(open(key, {}, seal(key, {}, {}, rng)), "");
}

TEST(Key, has_32_bytes) {
    for (const std::size_t size : {0U, 16U, 31U, 33U}) {
        const auto key = Key::from_bytes(Bytes(size));
        ASSERT_FALSE(key.has_value()) << size;
        EXPECT_EQ(key.error().code, "key_length");
    }
    EXPECT_TRUE(Key::from_bytes(Bytes(32)).has_value());
}

TEST(Wrap, a_data_key_comes_back_under_its_master_and_its_id_only) {
    SeededRng rng(1);
    const Key master = numbered_key(2);
    const Key data = numbered_key(3);
    const Bytes wrapped = wrap(master, "dk_1", data, rng);
    EXPECT_TRUE(equal_in_constant_time(unwrap(master, "dk_1", wrapped)->bytes(), data.bytes()));
    EXPECT_FALSE(unwrap(master, "dk_2", wrapped).has_value());
    EXPECT_FALSE(unwrap(numbered_key(4), "dk_1", wrapped).has_value());
}

TEST(Wrap, what_is_no_key_does_not_unwrap) {
    SeededRng rng(1);
    const Key master = numbered_key(2);
    const auto key = unwrap(master, "dk_1", seal(master, "dk_1", "too short", rng));
    ASSERT_FALSE(key.has_value());
    EXPECT_EQ(key.error().code, "key_length");
}

// OpenSSL's own HKDF, without a salt.
Bytes hkdf(const Key& key, std::string purpose) {
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr),
                                                                EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                            EVP_KDF_CTX_free);
    Bytes input(key.bytes().begin(), key.bytes().end());
    std::string digest = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, input.data(), input.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, purpose.data(), purpose.size()),
        OSSL_PARAM_construct_end()};
    Bytes output(Key::kSize);
    EXPECT_EQ(EVP_KDF_derive(context.get(), output.data(), output.size(), params), 1);
    return output;
}

RC_GTEST_PROP(Derive, is_hkdf_sha256, (std::uint64_t seed, const Bytes& purpose)) {
    const Key key = numbered_key(seed);
    const Key derived = derive(key, text_of(purpose));
    RC_ASSERT(Bytes(derived.bytes().begin(), derived.bytes().end()) == hkdf(key, text_of(purpose)));
}

TEST(Derive, each_purpose_has_its_own_key) {
    const Key key = numbered_key(1);
    EXPECT_FALSE(equal_in_constant_time(derive(key, "a").bytes(), derive(key, "b").bytes()));
    EXPECT_TRUE(equal_in_constant_time(derive(key, "a").bytes(), derive(key, "a").bytes()));
}

TEST(EqualInConstantTime, compares_length_and_every_byte) {
    const Bytes bytes{1, 2, 3};
    EXPECT_TRUE(equal_in_constant_time(bytes, Bytes{1, 2, 3}));
    EXPECT_TRUE(equal_in_constant_time(Bytes{}, Bytes{}));
    for (const Bytes& other : {Bytes{1, 2, 4}, Bytes{0, 2, 3}, Bytes{1, 2}, Bytes{1, 2, 3, 0}, Bytes{}})
        EXPECT_FALSE(equal_in_constant_time(bytes, other));
}

}  // namespace
}  // namespace fairway::crypto
