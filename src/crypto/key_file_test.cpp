#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/check.hpp"
#include "base/text.hpp"
#include "crypto/crypto.hpp"

namespace fairway::crypto {
namespace {

namespace fs = std::filesystem;

class KeyFileTest : public testing::Test {
protected:
    KeyFileTest() {
        std::string pattern = (fs::temp_directory_path() / "fairway_key_XXXXXX").string();
        CHECK(mkdtemp(pattern.data()) != nullptr, "a test can make a directory");
        directory = pattern;
        path = (directory / "master.key").string();
    }
    ~KeyFileTest() override {
        std::error_code ignored;
        fs::remove_all(directory, ignored);
    }
    void write(const std::string& text, mode_t mode = 0600) {
        std::ofstream(path) << text;
        CHECK(::chmod(path.c_str(), mode) == 0, "a test can set the mode of its file");
    }
    Error error_of_reading() {
        const auto key = read_key_file(path);
        return key ? Error{ErrorKind::internal, "none", "it was read"} : key.error();
    }
    mode_t mode() const {
        struct stat facts{};
        CHECK(::stat(path.c_str(), &facts) == 0, "the file is there");
        return facts.st_mode & 07777;
    }
    std::string content() const {
        std::ifstream in(path);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    fs::path directory{};
    std::string path{};
    SystemRng rng{};
    const std::string good = base64_encode(Bytes(32, 7)) + "\n";
};

TEST_F(KeyFileTest, a_new_file_holds_a_key_that_reads_back) {
    ASSERT_TRUE(write_new_key_file(path, rng).has_value());
    const auto key = read_key_file(path);
    ASSERT_TRUE(key.has_value()) << key.error().message;
    EXPECT_EQ(base64_encode(key->bytes()) + "\n", content());
}

TEST_F(KeyFileTest, a_new_file_is_for_its_owner_only) {
    const mode_t before = ::umask(0);
    const Status written = write_new_key_file(path, rng);
    ::umask(before);
    ASSERT_TRUE(written.has_value());
    EXPECT_EQ(mode(), 0600U);
}

TEST_F(KeyFileTest, two_new_files_hold_different_keys) {
    ASSERT_TRUE(write_new_key_file(path, rng).has_value());
    const std::string first = content();
    fs::remove(path);
    ASSERT_TRUE(write_new_key_file(path, rng).has_value());
    EXPECT_NE(content(), first);
}

TEST_F(KeyFileTest, a_file_that_exists_is_never_replaced) {
    write(good);
    const Status written = write_new_key_file(path, rng);
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().kind, ErrorKind::conflict);
    EXPECT_EQ(written.error().code, "key_file_exists");
    EXPECT_EQ(content(), good);
}

TEST_F(KeyFileTest, a_file_that_cannot_be_made_is_named_with_the_reason) {
    path = (directory / "none" / "master.key").string();
    const Status written = write_new_key_file(path, rng);
    ASSERT_FALSE(written.has_value());
    EXPECT_NE(written.error().message.find(path + " cannot be created: No such file"), std::string::npos)
        << written.error().message;
}

// In a process of its own, whose files may not grow.
TEST_F(KeyFileTest, a_file_that_cannot_be_written_does_not_stay) {
    const auto in_a_full_place = [this] {
        const rlimit none{0, 0};
        ::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &none);
        const Status written = write_new_key_file(path, rng);
        ::_exit(!written && written.error().message.ends_with("File too large") && !fs::exists(path) ? 0 : 1);
    };
    EXPECT_EXIT(in_a_full_place(), testing::ExitedWithCode(0), "");
}

TEST_F(KeyFileTest, a_missing_file_is_named_with_the_remedy) {
    const Error error = error_of_reading();
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_EQ(error.code, "key_file_missing");
    EXPECT_NE(error.message.find(path), std::string::npos);
    EXPECT_NE(error.message.find("--new-key"), std::string::npos);
}

TEST_F(KeyFileTest, a_file_that_others_can_touch_is_refused_with_the_remedy) {
    for (const mode_t loose : {0640U, 0604U, 0620U, 0602U, 0610U, 0601U, 0644U, 0777U}) {
        write(good, loose);
        const Error error = error_of_reading();
        EXPECT_EQ(error.code, "key_file_unusable") << std::oct << loose;
        EXPECT_NE(error.message.find("chmod 600 " + path), std::string::npos) << error.message;
    }
}

TEST_F(KeyFileTest, a_file_its_owner_only_reads_is_fine) {
    write(good, 0400);
    EXPECT_TRUE(read_key_file(path).has_value());
}

TEST_F(KeyFileTest, the_last_line_break_may_be_missing) {
    write(std::string(trim(good)));
    EXPECT_TRUE(read_key_file(path).has_value());
}

TEST_F(KeyFileTest, what_is_not_32_bytes_in_base64_is_refused_and_not_repeated) {
    const std::string secret = base64_encode(Bytes(31, 7));
    for (const std::string& text :
         {std::string(), std::string("\n"), secret + "\n", base64_encode(Bytes(33, 7)),
          hex_encode(Bytes(32, 7)), good + good, good + std::string(1000, 'A'), std::string(32, '\xFF'),
          "x" + good, good + std::string(300, '\n') + "x"}) {
        write(text);
        const Error error = error_of_reading();
        EXPECT_EQ(error.kind, ErrorKind::invalid);
        EXPECT_EQ(error.code, "key_file_unusable");
        EXPECT_EQ(error.message, "master key file " + path + " does not hold 32 bytes in base64");
    }
}

TEST_F(KeyFileTest, only_a_regular_file_is_read) {
    path = directory.string();
    EXPECT_NE(error_of_reading().message.find("is not a file"), std::string::npos);
}

// Opening a pipe to read waits for whoever writes to it.
TEST_F(KeyFileTest, a_pipe_is_refused_without_waiting) {
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_NE(error_of_reading().message.find("is not a file"), std::string::npos);
}

}  // namespace
}  // namespace fairway::crypto
