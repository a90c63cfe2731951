// What is sealed opens whole and in its place, or not at all. The first byte says what is changed and where.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"
#include "crypto/crypto.hpp"
#include "fuzz.hpp"

namespace fairway::fuzz {

namespace {

namespace fs = std::filesystem;

crypto::Key key_of(std::uint64_t seed) {
    SeededRng rng(seed);
    return crypto::Key::random(rng);
}

template <class T>
void must_stay_shut(const Result<T>& opened) {
    CHECK(!opened.has_value(), "what was changed does not open");
    check_error(opened.error());
}

void check_changes(std::string_view plain, std::uint8_t choice) {
    const crypto::Key key = key_of(1);
    SeededRng rng(2);
    const crypto::Bytes sealed = crypto::seal(key, "orders.personal/1", plain, rng);
    CHECK(crypto::open(key, "orders.personal/1", sealed).value() == plain, "what is sealed opens");
    must_stay_shut(crypto::open(key, "orders.personal/2", sealed));
    must_stay_shut(crypto::open(key_of(3), "orders.personal/1", sealed));

    crypto::Bytes changed = sealed;
    changed[choice * changed.size() / 256] ^= static_cast<std::uint8_t>(1U << choice % 8U);
    must_stay_shut(crypto::open(key, "orders.personal/1", changed));
    crypto::Bytes cut(sealed.begin(), sealed.end() - 1 - choice % static_cast<int>(sealed.size()));
    must_stay_shut(crypto::open(key, "orders.personal/1", cut));
    crypto::Bytes longer = sealed;
    longer.push_back(choice);
    must_stay_shut(crypto::open(key, "orders.personal/1", longer));
}

// A key is 32 bytes: whatever else was sealed does not unwrap.
void check_keys(std::string_view plain) {
    const crypto::Key master = key_of(4);
    SeededRng rng(5);
    const auto unwrapped = crypto::unwrap(master, "dk_1", crypto::seal(master, "dk_1", plain, rng));
    CHECK(unwrapped.has_value() == (plain.size() == crypto::Key::kSize), "a key has its length");
    if (!unwrapped) check_error(unwrapped.error());
}

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (fs::temp_directory_path() / "fairway_fuzz_XXXXXX").string();
        CHECK(mkdtemp(pattern.data()) != nullptr, "a target can make a directory");
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_{};
};

void check_key_file(std::string_view content) {
    static const TemporaryFolder folder;
    const std::string path = (folder.path() / "master.key").string();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    const auto read = crypto::read_key_file(path);
    const auto bytes = base64_decode(trim(content));
    const bool is_key = bytes && bytes->size() == crypto::Key::kSize;
    if (const auto* key = good(read))
        CHECK(is_key && std::ranges::equal(key->bytes(), *bytes), "the key is what the file holds");
    else CHECK(!is_key || content.size() >= 256, "a key in a file is a key");
}

}  // namespace

void fuzz_one(std::string_view input) {
    const std::uint8_t choice = input.empty() ? 0 : static_cast<std::uint8_t>(input.front());
    must_stay_shut(crypto::open(key_of(1), "orders.personal/1", as_bytes(input)));
    must_stay_shut(crypto::unwrap(key_of(1), "dk_1", as_bytes(input)));
    check_changes(input, choice);
    check_keys(input);
    check_key_file(input);
}

}  // namespace fairway::fuzz
