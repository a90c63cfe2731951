#pragma once
// Small files that must be whole whatever happens: read at once, replaced at once. Any thread.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace fairway {

// A descriptor that is closed when it leaves.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    bool is_open() const { return value_ >= 0; }

private:
    int value_;
};

// At most bytes_max bytes. Nothing: there is no such file. invalid "file_unreadable", too_large
// "file_too_large", with the path.
Result<std::optional<std::string>> read_small_file(const std::string& path, std::size_t bytes_max);

// Replaces the file (mode 0600, its owner stays) as a whole: whoever reads it, also after a crash or a
// power cut, finds the old text or the new one. invalid "file_unwritable" with the path and the reason; then
// the old one is there.
Status replace_file(const std::string& path, std::string_view text);

// What was created in or renamed into the folder of this path is there after a power cut, too.
Status sync_folder_of(const std::string& path);

}  // namespace fairway
