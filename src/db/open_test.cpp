#include <sys/stat.h>

#include <fstream>

#include "db/fixture_test.hpp"

namespace fairway::db {
namespace {

using OpenTest = SqliteFileTest;

Error error_of_opening(const std::string& url) {
    const auto opened = open(url);
    return opened ? Error{ErrorKind::internal, "none", "it was opened"} : opened.error();
}

TEST_F(OpenTest, every_connection_is_in_wal_mode_with_full_synchronisation) {
    const auto pragma = [](Reader& tx, std::string_view name) {
        return tx.one("PRAGMA " + std::string(name)).value();
    };
    database->read([&](Reader& tx) {
        EXPECT_EQ(pragma(tx, "journal_mode").get<std::string>(0), "wal");
        EXPECT_EQ(pragma(tx, "foreign_keys").get<int>(0), 1);
    });
    database->write([&](Transaction& tx) {
        EXPECT_EQ(pragma(tx, "journal_mode").get<std::string>(0), "wal");
        EXPECT_EQ(pragma(tx, "synchronous").get<int>(0), 2) << "2 is FULL";
        EXPECT_EQ(pragma(tx, "foreign_keys").get<int>(0), 1);
    });
}

// One connection reads all of them: whoever may choose filters could fill the memory with statements.
TEST_F(OpenTest, no_connection_keeps_all_statements_that_it_ever_ran) {
    for (int i = 0; i < 1'200; ++i) ASSERT_EQ(number("SELECT " + std::to_string(i)), i);
    const std::int64_t kept = number("SELECT COUNT(*) FROM sqlite_stmt");
    EXPECT_GT(kept, 0);
    EXPECT_LE(kept, 500);
}

TEST_F(OpenTest, its_files_are_for_their_owner_only) {
    script("CREATE TABLE t (a INTEGER)");
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat facts{};
        ASSERT_EQ(::stat((path + suffix).c_str(), &facts), 0) << suffix;
        EXPECT_EQ(facts.st_mode & 07777, 0600U) << suffix;
    }
}

TEST_F(OpenTest, what_was_committed_is_there_when_it_is_opened_again) {
    script("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (7)");
    database = open_again();
    EXPECT_EQ(number("SELECT a FROM t"), 7);
}

TEST_F(OpenTest, a_missing_directory_is_named) {
    const Error error = error_of_opening("sqlite:" + (directory / "none" / "x.db").string());
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_EQ(error.code, "database_folder_missing");
    EXPECT_NE(error.message.find((directory / "none").string() + " is not a directory"), std::string::npos);
}

TEST_F(OpenTest, a_file_that_is_no_database_is_corrupt_and_is_left_alone) {
    const std::string other = (directory / "other.db").string();
    const std::string text(5000, 'x');
    std::ofstream(other) << text;
    const Error error = error_of_opening("sqlite:" + other);
    EXPECT_EQ(error.kind, ErrorKind::corrupt);
    EXPECT_NE(error.message.find(other), std::string::npos);
    std::ifstream in(other);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text);
}

TEST_F(OpenTest, a_directory_is_no_database) {
    EXPECT_EQ(error_of_opening("sqlite:" + directory.string()).code, "database_unreadable");
}

TEST_F(OpenTest, a_database_in_memory_is_not_offered) {
    EXPECT_EQ(error_of_opening("sqlite::memory:").kind, ErrorKind::not_found);
    EXPECT_EQ(error_of_opening("sqlite:").kind, ErrorKind::not_found);
}

TEST_F(OpenTest, an_address_of_another_kind_is_refused_without_its_password) {
    const Error error = error_of_opening("mysql://fairway:secret@localhost/fairway");
    EXPECT_EQ(error.code, "database_url_invalid");
    EXPECT_EQ(error.message.find("secret"), std::string::npos);
    EXPECT_EQ(error_of_opening("secret").message.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace fairway::db
