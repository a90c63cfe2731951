#pragma once
// Cryptography: AES-256-GCM sealing, key wrapping, HMAC and hashes. All functions are pure but for the Rng
// they take.
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/rng.hpp"

namespace fairway::crypto {

using Bytes = std::vector<std::uint8_t>;

// A 256-bit key. Wiped when it dies; cannot be printed.
class Key {
public:
    static constexpr std::size_t kSize = 32;
    static Key random(Rng& rng);
    static Result<Key> from_bytes(std::span<const std::uint8_t> bytes);
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();
    std::span<const std::uint8_t> bytes() const { return bytes_; }

private:
    Key() = default;
    std::array<std::uint8_t, kSize> bytes_{};
};

// version byte, 12-byte nonce, ciphertext, 16-byte tag. The context (table, column and row, as text) is
// authenticated but not stored: a sealed value moved to another row does not open.
Bytes seal(const Key& key, std::string_view context, std::string_view plain, Rng& rng);
// ErrorKind::corrupt when anything was changed, or the key or the context is another.
Result<std::string> open(const Key& key, std::string_view context, std::span<const std::uint8_t> sealed);

// A data key under the master key; context is the data key's id.
Bytes wrap(const Key& master, std::string_view context, const Key& data_key, Rng& rng);
Result<Key> unwrap(const Key& master, std::string_view context, std::span<const std::uint8_t> wrapped);

// The master key file: 32 bytes, base64, one line, readable by its owner only. Errors name the file and the
// remedy.
Result<Key> read_key_file(const std::string& path);
// Creates the file with mode 0600; refuses to overwrite.
Status write_new_key_file(const std::string& path, Rng& rng);

using Digest = std::array<std::uint8_t, 32>;
Digest sha256(std::string_view text);
// Of a whole file, read piece by piece. invalid "file_unreadable" with the path.
Result<Digest> sha256_of_file(const std::string& path);
Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text);
// A key for one purpose, derived from another (HKDF-SHA-256 with an empty salt).
Key derive(const Key& key, std::string_view purpose);
bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

}  // namespace fairway::crypto
