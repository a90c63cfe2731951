#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <tuple>

namespace fairway {

namespace {

std::unexpected<Error> unwritable(const std::string& path, int reason) {
    return fail(ErrorKind::invalid, "file_unwritable",
                "cannot write " + path + ": " + std::strerror(reason) +
                    "; give Fairway the right to write in its folder, and space");
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Descriptor::~Descriptor() {
    if (value_ >= 0) ::close(value_);
}

Result<std::optional<std::string>> read_small_file(const std::string& path, std::size_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open() && errno == ENOENT) return std::nullopt;
    std::string text(bytes_max + 1, '\0');
    std::size_t size = 0;
    while (file.is_open() && size < text.size()) {
        const ssize_t got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) break;
        if (got == 0) {
            text.resize(size);
            return text;
        }
        size += static_cast<std::size_t>(got);
    }
    if (size == text.size())
        return fail(ErrorKind::too_large, "file_too_large",
                    path + " is longer than " + std::to_string(bytes_max) + " bytes: it is another file");
    return fail(ErrorKind::invalid, "file_unreadable", "cannot read " + path + ": " + std::strerror(errno));
}

Status replace_file(const std::string& path, std::string_view text) {
    const std::string fresh = path + ".new";
    {
        const Descriptor file(
            ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
        // As SQLite does beside a database: a command that root runs leaves the service its file.
        struct stat old{};
        if (file.is_open() && ::stat(path.c_str(), &old) == 0)
            std::ignore = ::fchown(file.get(), old.st_uid, old.st_gid);
        if (!file.is_open() || !write_all(file.get(), text) || ::fsync(file.get()) != 0) {
            const int reason = errno;
            if (file.is_open()) ::unlink(fresh.c_str());
            return unwritable(path, reason);
        }
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0) return unwritable(path, errno);
    return sync_folder_of(path);
}

Status sync_folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    const Descriptor opened(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open() || ::fsync(opened.get()) != 0) return unwritable(path, errno);
    return {};
}

}  // namespace fairway
