#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/file.hpp"
#include "base/text.hpp"
#include "crypto/crypto.hpp"

namespace fairway::crypto {

namespace {

std::unexpected<Error> unusable(const std::string& path, const std::string& why) {
    return fail(ErrorKind::invalid, "key_file_unusable", "master key file " + path + " " + why);
}

}  // namespace

Result<Key> read_key_file(const std::string& path) {
    // Not waiting for the other end, should it be a pipe.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0 && errno == ENOENT)
        return fail(ErrorKind::not_found, "key_file_missing",
                    "there is no master key file " + path +
                        "; put its copy back, or, for a new installation, create it with `fairway doctor "
                        "--new-key`");
    if (file.get() < 0) return unusable(path, std::string("cannot be read: ") + std::strerror(errno));
    struct stat facts{};
    if (::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return unusable(path, "is not a file");
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return unusable(path, "can be read by others; run `chmod 600 " + path + "`");
    std::array<char, 256> buffer{};
    const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
    if (size < 0) return unusable(path, std::string("cannot be read: ") + std::strerror(errno));
    auto bytes = base64_decode(trim(std::string_view(buffer.data(), static_cast<std::size_t>(size))));
    OPENSSL_cleanse(buffer.data(), buffer.size());
    // What fills the buffer may go on behind it: that is no key file, whatever its beginning looks like.
    const bool is_whole = static_cast<std::size_t>(size) < buffer.size();
    if (!is_whole || !bytes || bytes->size() != Key::kSize)
        return unusable(path, "does not hold 32 bytes in base64");
    auto key = Key::from_bytes(*bytes);
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return key;
}

Status write_new_key_file(const std::string& path, Rng& rng) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.get() < 0 && errno == EEXIST)
        return fail(
            ErrorKind::conflict, "key_file_exists",
            "master key file " + path + " exists; without it the data cannot be read, so it is not replaced");
    if (file.get() < 0) return unusable(path, std::string("cannot be created: ") + std::strerror(errno));
    const std::string text = base64_encode(Key::random(rng).bytes()) + "\n";
    if (::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        ::fsync(file.get()) != 0) {
        const int reason = errno;
        ::unlink(path.c_str());  // half a key would be in the way of the next try
        return unusable(path, std::string("cannot be written: ") + std::strerror(reason));
    }
    return {};
}

}  // namespace fairway::crypto
