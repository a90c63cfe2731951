#include "db/sqlite_copy.hpp"

#include "base/fault_point.hpp"
#include "db/fixture_test.hpp"

namespace fairway::db {
namespace {

namespace fs = std::filesystem;

class CopyTest : public SqliteFileTest {
protected:
    CopyTest() { fill("main", 2'000); }

    // Enough rows for several pieces.
    void fill(const std::string& text, int rows) {
        script("CREATE TABLE IF NOT EXISTS a (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        database->write([&](Transaction& tx) {
            for (int i = 0; i < rows; ++i)
                tx.execute("INSERT INTO a (text) VALUES ($1)", text + std::string(1'000, 'x'));
        });
    }
    std::string file(const std::string& name) const { return (directory / name).string(); }
    static std::int64_t rows_in(const std::string& path) {
        return open_to_read(path).value()->read(
            [](Reader& tx) { return tx.one("SELECT COUNT(*) FROM a")->get<std::int64_t>(0); });
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), {}));
    }
};
using CopyDeathTest = CopyTest;

TEST_F(CopyTest, a_copy_is_one_moment_of_a_database_that_is_written_meanwhile) {
    database->write([&](Transaction& tx) {
        tx.execute("INSERT INTO a (text) VALUES ('not committed')");
        ASSERT_TRUE(copy_out(path, file("copy"), "").has_value());
    });
    EXPECT_EQ(rows_in(file("copy")), 2'000);
    EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 2'001);
    EXPECT_EQ(fs::status(file("copy")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(CopyTest, a_copy_is_one_file_and_looking_into_it_leaves_none) {
    database.reset();
    const std::size_t before = files();
    ASSERT_TRUE(copy_out(path, file("copy"), "DELETE FROM a WHERE id > 10").has_value());
    EXPECT_EQ(rows_in(file("copy")), 10);
    EXPECT_EQ(files(), before + 1);
}

TEST_F(CopyTest, what_fails_leaves_nothing_behind) {
    const auto why = [&](const Status& status) { return status ? "done" : status.error().code; };
    EXPECT_EQ(why(copy_out(path, file("copy"), "DELETE FROM nowhere")), "copy_failed");
    EXPECT_EQ(why(copy_out(file("missing"), file("copy"), "")), "copy_failed");
    EXPECT_EQ(why(copy_out(path, file("nowhere/copy"), "")), "copy_failed");
    EXPECT_FALSE(fs::exists(file("copy")));
    ASSERT_TRUE(copy_out(path, file("copy"), "").has_value());
    EXPECT_EQ(why(copy_out(path, file("copy"), "DELETE FROM a")), "file_exists");
    EXPECT_EQ(rows_in(file("copy")), 2'000);
}

TEST_F(CopyTest, what_is_put_back_takes_the_place_of_everything) {
    ASSERT_TRUE(copy_out(path, file("copy"), "").has_value());
    fill("later", 3'000);
    database.reset();
    EXPECT_EQ(copy_in(file("copy"), path, Overwrite::no).error().code, "database_not_empty");
    EXPECT_EQ(rows_in(path), 5'000);
    ASSERT_TRUE(copy_in(file("copy"), path, Overwrite::yes).has_value());
    database = open_again();
    EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 2'000);
    fill("goes on", 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 2'001);
}

TEST_F(CopyTest, a_database_that_is_not_there_is_made) {
    ASSERT_TRUE(copy_out(path, file("copy"), "").has_value());
    ASSERT_TRUE(copy_in(file("copy"), file("fresh"), Overwrite::no).has_value());
    EXPECT_EQ(rows_in(file("fresh")), 2'000);
    EXPECT_FALSE(copy_in(file("nowhere"), file("other"), Overwrite::no).has_value());
    EXPECT_FALSE(fs::exists(file("other")));
}

TEST_F(CopyTest, a_database_that_somebody_has_open_is_refused) {
    ASSERT_TRUE(copy_out(path, file("copy"), "").has_value());
    fill("later", 1);
    EXPECT_EQ(copy_in(file("copy"), path, Overwrite::yes).error().code, "database_in_use");
    EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 2'001);
}

TEST_F(CopyDeathTest, a_crash_in_the_middle_leaves_what_was_there) {
    ASSERT_TRUE(copy_out(path, file("copy"), "DELETE FROM a WHERE id > 1500").has_value());
    database.reset();
    EXPECT_EXIT(
        {
            if (!arm_crash_point("backup.copy.piece:3")) _exit(1);
            (void)copy_in(file("copy"), path, Overwrite::yes);
            _exit(2);
        },
        testing::ExitedWithCode(kCrashExitCode), "");
    database = open_again();
    EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 2'000);
    EXPECT_EQ(number("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

TEST_F(CopyDeathTest, what_is_opened_to_be_read_is_not_written) {
    const auto reading = open_to_read(path).value();
    EXPECT_DEATH(reading->write([](Transaction& tx) { tx.execute("DELETE FROM a"); }), "not written");
}

}  // namespace
}  // namespace fairway::db
