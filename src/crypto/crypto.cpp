#include "crypto/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.hpp"

namespace fairway::crypto {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kOverhead = 1 + kNonceSize + kTagSize;

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

struct FreeMac {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using Mac = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

// OpenSSL looks an algorithm up by its name whenever it is used, which takes as long as sealing an address:
// each is looked up once and kept until the process ends.
const EVP_CIPHER* aes_256_gcm() {
    static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    CHECK(cipher != nullptr, "OpenSSL has AES-256-GCM");
    return cipher;
}

const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    CHECK(algorithm != nullptr, "OpenSSL has SHA-256");
    return algorithm;
}

// HMAC-SHA-256 without a key: copied for each use.
const EVP_MAC_CTX* keyless_hmac() {
    static const Mac keyless = [] {
        EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
        Mac mac(EVP_MAC_CTX_new(algorithm));
        EVP_MAC_free(algorithm);  // the context holds it as well
        std::string digest = "SHA256";
        const std::array parameters{
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
            OSSL_PARAM_construct_end()};
        const bool good = mac != nullptr && EVP_MAC_CTX_set_params(mac.get(), parameters.data()) == 1;
        CHECK(good, "OpenSSL has HMAC-SHA-256");
        return mac;
    }();
    return keyless.get();
}

Cipher new_cipher() {
    Cipher cipher(EVP_CIPHER_CTX_new());
    CHECK(cipher != nullptr, "OpenSSL has memory for a cipher");
    return cipher;
}

std::unexpected<Error> not_opened() {
    return fail(ErrorKind::corrupt, "sealed_value_damaged",
                "an encrypted value does not open: it was changed, moved, or sealed under another key");
}

}  // namespace

Key Key::random(Rng& rng) {
    Key key;
    rng.fill(key.bytes_);
    return key;
}

Result<Key> Key::from_bytes(std::span<const std::uint8_t> bytes) {
    if (bytes.size() != kSize)
        return fail(ErrorKind::invalid, "key_length",
                    "a key has 32 bytes, not " + std::to_string(bytes.size()));
    Key key;
    std::ranges::copy(bytes, key.bytes_.begin());
    return key;
}

Key::~Key() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

Bytes seal(const Key& key, std::string_view context, std::string_view plain, Rng& rng) {
    Bytes sealed(kOverhead + plain.size());
    sealed[0] = kVersion;
    const std::span nonce(sealed.data() + 1, kNonceSize);
    rng.fill(nonce);
    std::uint8_t* text = sealed.data() + 1 + kNonceSize;
    int length = 0;
    const Cipher cipher = new_cipher();
    bool good =
        EVP_EncryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, key.bytes().data(), nonce.data()) == 1;
    good = good && EVP_EncryptUpdate(cipher.get(), nullptr, &length,
                                     reinterpret_cast<const std::uint8_t*>(context.data()),
                                     static_cast<int>(context.size())) == 1;
    good = good &&
           EVP_EncryptUpdate(cipher.get(), text, &length, reinterpret_cast<const std::uint8_t*>(plain.data()),
                             static_cast<int>(plain.size())) == 1;
    good = good && EVP_EncryptFinal_ex(cipher.get(), text + length, &length) == 1;
    good =
        good && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagSize, text + plain.size()) == 1;
    CHECK(good, "AES-256-GCM encrypts everything");
    return sealed;
}

Result<std::string> open(const Key& key, std::string_view context, std::span<const std::uint8_t> sealed) {
    if (sealed.size() < kOverhead || sealed[0] != kVersion) return not_opened();
    const auto nonce = sealed.subspan(1, kNonceSize);
    const auto text = sealed.subspan(1 + kNonceSize, sealed.size() - kOverhead);
    Bytes tag(sealed.end() - kTagSize, sealed.end());
    std::string plain(text.size(), '\0');
    auto* out = reinterpret_cast<std::uint8_t*>(plain.data());
    int length = 0;
    const Cipher cipher = new_cipher();
    bool good =
        EVP_DecryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, key.bytes().data(), nonce.data()) == 1;
    good = good && EVP_DecryptUpdate(cipher.get(), nullptr, &length,
                                     reinterpret_cast<const std::uint8_t*>(context.data()),
                                     static_cast<int>(context.size())) == 1;
    good = good &&
           EVP_DecryptUpdate(cipher.get(), out, &length, text.data(), static_cast<int>(text.size())) == 1;
    good = good && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagSize, tag.data()) == 1;
    good = good && EVP_DecryptFinal_ex(cipher.get(), out + length, &length) == 1;
    if (!good) return not_opened();
    return plain;
}

Bytes wrap(const Key& master, std::string_view context, const Key& data_key, Rng& rng) {
    const auto bytes = data_key.bytes();
    return seal(master, context, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, rng);
}

Result<Key> unwrap(const Key& master, std::string_view context, std::span<const std::uint8_t> wrapped) {
    std::string bytes = TRY(open(master, context, wrapped));
    auto key = Key::from_bytes({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

Digest sha256(std::string_view text) {
    Digest digest{};
    const int good =
        EVP_Digest(text.data(), text.size(), digest.data(), nullptr, sha256_algorithm(), nullptr);
    CHECK(good == 1, "SHA-256 hashes everything");
    return digest;
}

Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text) {
    Digest digest{};
    std::size_t length = 0;
    const Mac mac(EVP_MAC_CTX_dup(keyless_hmac()));
    bool good = mac != nullptr && EVP_MAC_init(mac.get(), key.data(), key.size(), nullptr) == 1;
    good = good &&
           EVP_MAC_update(mac.get(), reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) == 1;
    good = good && EVP_MAC_final(mac.get(), digest.data(), &length, digest.size()) == 1;
    CHECK(good && length == digest.size(), "HMAC-SHA-256 has 32 bytes");
    return digest;
}

// RFC 5869: extract with a salt of zeros, then the first block of expand.
Key derive(const Key& key, std::string_view purpose) {
    const Digest zeros{};
    const auto bytes = key.bytes();
    Digest extracted = hmac_sha256(zeros, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    Digest expanded = hmac_sha256(extracted, std::string(purpose) + '\x01');
    auto derived = Key::from_bytes(expanded);
    OPENSSL_cleanse(extracted.data(), extracted.size());
    OPENSSL_cleanse(expanded.data(), expanded.size());
    return *derived;
}

bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace fairway::crypto
