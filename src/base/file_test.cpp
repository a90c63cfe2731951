#include "base/file.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace fairway {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
protected:
    FileTest() {
        std::string pattern = (fs::temp_directory_path() / "fairway_file_XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    ~FileTest() override { fs::remove_all(folder); }
    std::string path(const std::string& name) const { return (folder / name).string(); }

    fs::path folder{};
};

TEST_F(FileTest, what_was_written_is_read_and_belongs_to_its_owner_alone) {
    ASSERT_TRUE(replace_file(path("a"), "one").has_value());
    ASSERT_TRUE(replace_file(path("a"), "two, and longer").has_value());
    EXPECT_EQ(**read_small_file(path("a"), 100), "two, and longer");
    EXPECT_EQ(fs::status(path("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "nothing is left beside it";
}

TEST_F(FileTest, a_file_that_root_replaces_stays_its_owners) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
    ASSERT_TRUE(replace_file(path("a"), "old").has_value());
    ASSERT_EQ(::chown(path("a").c_str(), 1234, 1234), 0);
    ASSERT_TRUE(replace_file(path("a"), "new").has_value());
    struct stat facts{};
    ASSERT_EQ(::stat(path("a").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_uid, 1234u);
    EXPECT_EQ(facts.st_gid, 1234u);
}

TEST_F(FileTest, a_missing_file_is_nothing_and_an_empty_one_is_empty) {
    EXPECT_EQ(*read_small_file(path("a"), 100), std::nullopt);
    ASSERT_TRUE(replace_file(path("a"), "").has_value());
    EXPECT_EQ(**read_small_file(path("a"), 100), "");
}

TEST_F(FileTest, more_than_allowed_is_refused_and_no_byte_less) {
    ASSERT_TRUE(replace_file(path("a"), "12345").has_value());
    EXPECT_EQ(**read_small_file(path("a"), 5), "12345");
    EXPECT_EQ(read_small_file(path("a"), 4).error().code, "file_too_large");
}

TEST_F(FileTest, what_cannot_be_read_or_written_is_named) {
    EXPECT_EQ(read_small_file(folder.string(), 100).error().code, "file_unreadable");
    const Status written = replace_file(path("nowhere/a"), "x");
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, "file_unwritable");
    EXPECT_NE(written.error().message.find("nowhere/a"), std::string::npos);
}

TEST_F(FileTest, a_file_that_cannot_be_replaced_keeps_its_text) {
    ASSERT_TRUE(replace_file(path("a"), "old").has_value());
    fs::create_directory(path("a.new"));
    EXPECT_FALSE(replace_file(path("a"), "new").has_value());
    EXPECT_EQ(**read_small_file(path("a"), 100), "old");
}

}  // namespace
}  // namespace fairway
