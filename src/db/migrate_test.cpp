#include <thread>

#include "db/fixture_test.hpp"

namespace fairway::db {
namespace {

constexpr UtcTime kNow = from_micros(1'795'420'800'000'000);
constexpr Migration kFirst{1, "0001_first", "CREATE TABLE a (x BIGINT); INSERT INTO a VALUES (1);"};
constexpr Migration kSecond{2, "0002_second", "ALTER TABLE a ADD COLUMN y BIGINT; UPDATE a SET y = x + 1;"};

class MigrateTest : public DatabaseTest {
protected:
    Result<int> run(std::vector<Migration> migrations, UtcTime now = kNow) {
        return migrate(*database, migrations, now);
    }
    std::int64_t recorded() { return number("SELECT COUNT(*) FROM schema_migrations"); }
};
using MigrateDeathTest = MigrateTest;

TEST_F(MigrateTest, an_empty_database_gets_every_migration_in_order) {
    EXPECT_EQ(run({kFirst, kSecond}), 2);
    EXPECT_EQ(number("SELECT y FROM a"), 2);
}

TEST_F(MigrateTest, what_was_run_is_not_run_again) {
    EXPECT_EQ(run({kFirst, kSecond}), 2);
    EXPECT_EQ(run({kFirst, kSecond}), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 1);
}

TEST_F(MigrateTest, an_older_database_gets_what_it_lacks) {
    EXPECT_EQ(run({kFirst}), 1);
    script("INSERT INTO a VALUES (10)");
    EXPECT_EQ(run({kFirst, kSecond}), 1);
    EXPECT_EQ(number("SELECT SUM(y) FROM a"), 13);
}

TEST_F(MigrateTest, each_is_recorded_with_its_name_and_time) {
    ASSERT_TRUE(run({kFirst}).has_value());
    ASSERT_TRUE(run({kFirst, kSecond}, kNow + seconds(1)).has_value());
    database->read([](Reader& tx) {
        const auto found = tx.query("SELECT number, name, applied_at FROM schema_migrations ORDER BY number");
        ASSERT_EQ(found.size(), 2U);
        EXPECT_EQ(found[0].get<std::string>(1), "0001_first");
        EXPECT_EQ(found[0].get<UtcTime>(2), kNow);
        EXPECT_EQ(found[1].get<int>(0), 2);
        EXPECT_EQ(found[1].get<UtcTime>(2), kNow + seconds(1));
    });
}

TEST_F(MigrateTest, a_newer_database_is_refused_and_left_alone) {
    ASSERT_TRUE(run({kFirst, kSecond}).has_value());
    const Result<int> refused = run({kFirst});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_EQ(refused.error().code, "database_newer");
    EXPECT_NE(refused.error().message.find("schema 2, this program knows 1"), std::string::npos)
        << refused.error().message;
    EXPECT_FALSE(run({}).has_value());
    EXPECT_EQ(recorded(), 2);
}

TEST_F(MigrateTest, an_edited_migration_is_refused_before_anything_is_run) {
    ASSERT_TRUE(run({kFirst}).has_value());
    Migration edited = kFirst;
    edited.sql = "CREATE TABLE a (x BIGINT); INSERT INTO a VALUES (2);";
    const Result<int> refused = run({edited, kSecond});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_EQ(refused.error().code, "migration_edited");
    EXPECT_NE(refused.error().message.find("0001_first"), std::string::npos);
    EXPECT_EQ(recorded(), 1);
}

TEST_F(MigrateTest, a_migration_that_fails_leaves_no_trace_and_those_before_it_stay) {
    const Migration broken{2, "0002_broken", "CREATE TABLE b (x BIGINT); INSERT INTO nowhere VALUES (1);"};
    failure_of([&] { (void)run({kFirst, broken}); });
    EXPECT_EQ(recorded(), 1);
    failure_of([&] { number("SELECT COUNT(*) FROM b"); });
    EXPECT_EQ(run({kFirst, kSecond}), 1);
}

TEST_F(MigrateTest, two_programs_that_start_together_run_each_migration_once) {
    const auto other = open_again();
    int theirs = 0;
    std::thread thread([&] { theirs = migrate(*other, std::vector{kFirst, kSecond}, kNow).value(); });
    const int ours = run({kFirst, kSecond}).value();
    thread.join();
    EXPECT_EQ(ours + theirs, 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM a"), 1);
}

TEST_F(MigrateDeathTest, numbers_have_no_gaps) {
    EXPECT_DEATH((void)run({kSecond}), "without gaps");
    EXPECT_DEATH((void)run({kFirst, kFirst}), "without gaps");
}

}  // namespace
}  // namespace fairway::db
