// What only PostgreSQL has: a server that can go away, a password, types of its own.
#include <future>
#include <thread>

#include "db/fixture_test.hpp"

namespace fairway::db {
namespace {

class PostgresTest : public DatabaseTest {
protected:
    void SetUp() override {
        if (on_sqlite()) GTEST_SKIP() << "for PostgreSQL";
        script("CREATE TABLE t (a INTEGER)");
    }
    // Ends every other connection of this database, as a restart of the server does.
    void end_connections() {
        open_again()->read([](Reader& tx) {
            tx.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
                "'fairway' AND pid <> pg_backend_pid()");
        });
    }
    std::int64_t rows() { return number("SELECT COUNT(*) FROM t"); }
};

Error error_of_opening(const std::string& url) {
    const auto opened = open(url);
    return opened ? Error{ErrorKind::internal, "none", "it was opened"} : opened.error();
}

TEST_F(PostgresTest, a_connection_that_is_lost_says_so_and_is_made_anew) {
    const Failure failure = failure_of([&] {
        database->write([&](Transaction& tx) {
            tx.execute("INSERT INTO t VALUES (1)");
            std::thread([&] { end_connections(); }).join();
            tx.execute("INSERT INTO t VALUES (2)");
        });
    });
    EXPECT_EQ(failure.kind(), Failure::Kind::connection) << failure.what();
    EXPECT_EQ(rows(), 0);
    script("INSERT INTO t VALUES (3)");
    EXPECT_EQ(rows(), 1);
}

TEST_F(PostgresTest, a_connection_that_is_lost_while_reading_says_so) {
    const Failure failure = failure_of([&] {
        database->read([&](Reader& tx) {
            tx.one("SELECT 1");
            std::thread([&] { end_connections(); }).join();
            tx.one("SELECT 1");
        });
    });
    EXPECT_EQ(failure.kind(), Failure::Kind::connection) << failure.what();
}

TEST_F(PostgresTest, connections_that_died_while_idle_are_noticed_by_nobody) {
    std::promise<void> both;
    auto waits = both.get_future();
    std::thread second([&] {
        database->read([&](Reader& tx) {
            tx.one("SELECT 1");
            waits.wait();
        });
    });
    database->read([&](Reader& tx) { tx.one("SELECT 1"); });
    both.set_value();
    second.join();
    end_connections();
    script("INSERT INTO t VALUES (3)");
    EXPECT_EQ(rows(), 1);
}

TEST_F(PostgresTest, a_writer_that_waits_too_long_for_another_one_is_told_that_it_is_busy) {
    const auto other = open_again();
    other->write([&](Transaction&) {
        const Failure failure = failure_of([&] {
            // What the pool asks for, with less patience.
            PostgresConnection connection(scratch.url("test.db"));
            connection.script("SET lock_timeout = '50ms'");
            connection.script("BEGIN; SELECT pg_advisory_xact_lock(1179404114, hashtext(current_schema()))");
        });
        EXPECT_EQ(failure.kind(), Failure::Kind::busy) << failure.what();
    });
}

TEST_F(PostgresTest, no_error_tells_the_password) {
    for (const char* url :
         {"postgresql://fairway:secret@127.0.0.1:1/fairway", "postgresql://fairway:secret@/x?bad=secret",
          "postgresql://fairway:pass@secret@127.0.0.1:1/fairway", "postgresql://fairway:secret@[/x",
          "postgresql://fairway:secret@127.0.0.1:secret/x", "postgresql:secret"}) {
        const Error error = error_of_opening(url);
        EXPECT_NE(error.code, "none") << url;
        EXPECT_EQ(error.message.find("secret"), std::string::npos) << error.message;
    }
    EXPECT_EQ(error_of_opening("postgresql://fairway:secret@127.0.0.1:1/fairway").kind,
              ErrorKind::unavailable);
    EXPECT_EQ(error_of_opening("postgresql://fairway:pass@word@127.0.0.1:1/fairway").code,
              "database_url_invalid");
}

TEST_F(PostgresTest, sums_are_whole_numbers_of_any_size) {
    script("INSERT INTO t VALUES (9223372036854775806), (1)");
    EXPECT_EQ(number("SELECT SUM(a) FROM t"), 9'223'372'036'854'775'807);
    EXPECT_EQ(number("SELECT -SUM(a) FROM t"), -9'223'372'036'854'775'807);
    EXPECT_EQ(number("SELECT SUM(a) - SUM(a) FROM t"), 0);
    for (const std::int64_t each : {9'999LL, 10'000LL, 120'000'000LL, 100'000'001LL})
        EXPECT_EQ(number("SELECT SUM(x) FROM (VALUES (" + std::to_string(each) + "::BIGINT)) AS v (x)"),
                  each);
}

TEST_F(PostgresTest, a_text_with_a_zero_byte_fails_alone) {
    script("CREATE TABLE u (x TEXT)");
    const Failure failure = failure_of([&] {
        database->write(
            [](Transaction& tx) { tx.execute("INSERT INTO u VALUES ($1)", std::string("Ada\0Rossi", 9)); });
    });
    EXPECT_EQ(failure.kind(), Failure::Kind::statement);
    EXPECT_EQ(std::string(failure.what()).find("Ada"), std::string::npos) << failure.what();
    EXPECT_EQ(number("SELECT COUNT(*) FROM u"), 0);
}

TEST_F(PostgresTest, a_value_of_a_wrong_kind_is_not_told) {
    const Failure failure =
        failure_of([&] { number("SELECT CAST('Ada Rossi' || COALESCE(MAX(a), 0) AS BIGINT) FROM t"); });
    EXPECT_EQ(failure.kind(), Failure::Kind::statement);
    EXPECT_EQ(std::string(failure.what()).find("syntax"), std::string::npos) << failure.what();
}

TEST_F(PostgresTest, more_statements_than_are_kept_are_prepared_anew) {
    for (int i = 0; i < 1200; ++i) ASSERT_EQ(number("SELECT COUNT(*) + " + std::to_string(i) + " FROM t"), i);
}

}  // namespace
}  // namespace fairway::db
