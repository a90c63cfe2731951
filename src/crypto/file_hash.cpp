#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "base/check.hpp"
#include "base/file.hpp"
#include "crypto/crypto.hpp"

namespace fairway::crypto {

Result<Digest> sha256_of_file(const std::string& path) {
    constexpr std::size_t kPiece = 1024 * 1024;
    const auto unreadable = [&] {
        return fail(ErrorKind::invalid, "file_unreadable",
                    "cannot read " + path + ": " + std::strerror(errno));
    };
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return unreadable();
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    CHECK(EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) == 1, "SHA-256 is there");
    std::vector<std::uint8_t> piece(kPiece);
    while (true) {
        const ssize_t got = ::read(file.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable();
        if (got == 0) break;
        CHECK(EVP_DigestUpdate(hash.get(), piece.data(), static_cast<std::size_t>(got)) == 1, "hashed");
    }
    Digest digest{};
    CHECK(EVP_DigestFinal_ex(hash.get(), digest.data(), nullptr) == 1, "hashed to the end");
    return digest;
}

}  // namespace fairway::crypto
