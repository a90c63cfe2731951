#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <future>
#include <thread>

#include "db/fixture_test.hpp"

namespace fairway::db {
namespace {

class TransactionTest : public DatabaseTest {
protected:
    TransactionTest() { script("CREATE TABLE t (a INTEGER UNIQUE)"); }
    void insert(int value) {
        database->write([&](Transaction& tx) { tx.execute("INSERT INTO t VALUES ($1)", value); });
    }
    std::int64_t rows() { return number("SELECT COUNT(*) FROM t"); }
};
using TransactionDeathTest = TransactionTest;

// Runs beside the caller; a test that waits for it forever says so instead.
template <class Function>
testing::AssertionResult ends_beside_us(Function function) {
    std::packaged_task<void()> task(std::move(function));
    auto done = task.get_future();
    std::thread thread(std::move(task));
    const bool ended = done.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
    if (!ended) {
        thread.detach();
        return testing::AssertionFailure() << "it waits";
    }
    thread.join();
    done.get();
    return testing::AssertionSuccess();
}

TEST_F(TransactionTest, a_value_commits) {
    const int given = database->write([](Transaction& tx) {
        tx.execute("INSERT INTO t VALUES (1)");
        return 5;
    });
    EXPECT_EQ(given, 5);
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, a_good_result_commits) {
    const Result<int> given = database->write([](Transaction& tx) -> Result<int> {
        tx.execute("INSERT INTO t VALUES (1)");
        return 5;
    });
    EXPECT_EQ(given, 5);
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, an_error_rolls_everything_back_and_is_passed_on) {
    const Status given = database->write([](Transaction& tx) -> Status {
        tx.execute("INSERT INTO t VALUES (1)");
        tx.execute("INSERT INTO t VALUES (2)");
        return fail(ErrorKind::conflict, "changed_my_mind", "no");
    });
    ASSERT_FALSE(given.has_value());
    EXPECT_EQ(given.error().code, "changed_my_mind");
    EXPECT_EQ(rows(), 0);
}

TEST_F(TransactionTest, an_exception_rolls_everything_back_and_is_passed_on) {
    EXPECT_THROW(database->write([](Transaction& tx) {
        tx.execute("INSERT INTO t VALUES (1)");
        throw std::out_of_range("x");
    }),
                 std::out_of_range);
    EXPECT_EQ(rows(), 0);
}

TEST_F(TransactionTest, a_failed_statement_rolls_everything_back) {
    insert(1);
    failure_of([&] {
        database->write([](Transaction& tx) {
            tx.execute("INSERT INTO t VALUES (2)");
            tx.execute("INSERT INTO t VALUES (1)");
        });
    });
    EXPECT_EQ(rows(), 1);
}

// As PostgreSQL has it; SQLite by itself would commit the first row.
TEST_F(TransactionTest, a_failure_that_is_swallowed_still_rolls_everything_back) {
    insert(1);
    failure_of([&] {
        database->write([](Transaction& tx) {
            tx.execute("INSERT INTO t VALUES (2)");
            failure_of([&] { tx.execute("INSERT INTO t VALUES (1)"); });
        });
    });
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, the_database_works_on_after_a_rollback) {
    EXPECT_FALSE(database->write([](Transaction&) -> Status { return fail(ErrorKind::conflict, "x", "x"); }));
    failure_of([&] { database->read([](Reader& tx) { tx.query("SELECT nothing"); }); });
    insert(1);
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, actions_run_after_the_commit_in_order) {
    std::vector<std::int64_t> seen;
    database->write([&](Transaction& tx) {
        tx.after_commit([&] { seen.push_back(rows()); });
        tx.after_commit([&] { seen.push_back(-1); });
        tx.execute("INSERT INTO t VALUES (1)");
        EXPECT_TRUE(seen.empty());
    });
    EXPECT_EQ(seen, (std::vector<std::int64_t>{1, -1}));
}

TEST_F(TransactionTest, actions_do_not_run_after_a_rollback) {
    bool ran = false;
    const Status given = database->write([&](Transaction& tx) -> Status {
        tx.after_commit([&] { ran = true; });
        return fail(ErrorKind::conflict, "x", "x");
    });
    EXPECT_FALSE(given.has_value());
    EXPECT_THROW(database->write([&](Transaction& tx) {
        tx.after_commit([&] { ran = true; });
        throw std::out_of_range("x");
    }),
                 std::out_of_range);
    EXPECT_FALSE(ran);
}

TEST_F(TransactionTest, what_is_queued_is_done_before_what_follows) {
    database->write([](Transaction& tx) {
        for (int i = 0; i < 1000; ++i) tx.queue("INSERT INTO t VALUES ($1)", i);
        EXPECT_EQ(tx.one("SELECT COUNT(*) FROM t").value().get<int>(0), 1000);
        tx.queue("DELETE FROM t WHERE a >= $1", 10);
        EXPECT_EQ(tx.execute("DELETE FROM t WHERE a >= $1", 5), 5);
        tx.queue("INSERT INTO t VALUES ($1)", 7);
    });
    EXPECT_EQ(number("SELECT SUM(a) FROM t"), 0 + 1 + 2 + 3 + 4 + 7);
}

TEST_F(TransactionTest, what_is_queued_and_fails_rolls_everything_back) {
    insert(1);
    const Failure failure = failure_of([&] {
        database->write([](Transaction& tx) {
            tx.queue("INSERT INTO t VALUES ($1)", 2);
            tx.queue("INSERT INTO t VALUES (1 + $1)", 0);
            tx.queue("INSERT INTO t VALUES ($1)", 3);
        });
    });
    EXPECT_EQ(failure.kind(), Failure::Kind::constraint);
    EXPECT_NE(std::string(failure.what()).find("VALUES (1 + $1)"), std::string::npos) << failure.what();
    EXPECT_EQ(rows(), 1);
    insert(2);
}

TEST_F(TransactionTest, what_is_queued_is_gone_when_the_function_changes_its_mind) {
    EXPECT_FALSE(database->write([](Transaction& tx) -> Status {
        tx.queue("INSERT INTO t VALUES ($1)", 1);
        tx.queue("INSERT INTO t VALUES ($1)", 2);
        return fail(ErrorKind::conflict, "x", "x");
    }));
    EXPECT_EQ(rows(), 0);
}

TEST_F(TransactionTest, a_transaction_sees_its_own_writes) {
    database->write([](Transaction& tx) {
        tx.execute("INSERT INTO t VALUES (1)");
        EXPECT_EQ(tx.one("SELECT COUNT(*) FROM t").value().get<int>(0), 1);
    });
}

TEST_F(TransactionDeathTest, transactions_of_one_thread_are_never_nested) {
    EXPECT_DEATH(database->read([&](Reader&) { rows(); }), "never nested");
    EXPECT_DEATH(database->read([&](Reader&) { insert(1); }), "never nested");
    EXPECT_DEATH(database->write([&](Transaction&) { rows(); }), "never nested");
    EXPECT_DEATH(database->write([&](Transaction&) { insert(1); }), "never nested");
}

TEST_F(TransactionTest, another_database_may_be_used_meanwhile) {
    const auto other = open(scratch.url("other.db")).value();
    database->write([&](Transaction&) {
        other->write([](Transaction& tx) { tx.script("CREATE TABLE o (a INTEGER)"); });
        EXPECT_EQ(
            other->read([](Reader& tx) { return tx.one("SELECT COUNT(*) FROM o").value().get<int>(0); }), 0);
    });
}

TEST_F(TransactionTest, a_reader_does_not_block_the_writer_and_keeps_its_snapshot) {
    database->read([&](Reader& tx) {
        const auto count = [&] { return tx.one("SELECT COUNT(*) FROM t").value().get<int>(0); };
        EXPECT_EQ(count(), 0);
        EXPECT_TRUE(ends_beside_us([&] { insert(1); }));
        EXPECT_EQ(count(), 0);
    });
    EXPECT_EQ(rows(), 1);
}

TEST_F(TransactionTest, a_writer_does_not_block_readers_who_see_what_was_before) {
    database->write([&](Transaction& tx) {
        tx.execute("INSERT INTO t VALUES (1)");
        std::int64_t seen = -1;
        EXPECT_TRUE(ends_beside_us([&] { seen = rows(); }));
        EXPECT_EQ(seen, 0);
    });
}

TEST_F(TransactionTest, readers_do_not_block_each_other) {
    database->read([&](Reader&) { EXPECT_TRUE(ends_beside_us([&] { rows(); })); });
}

TEST_F(TransactionTest, more_readers_than_are_kept_idle_are_served) {
    const std::function<void(int)> read = [&](int more) {
        database->read([&](Reader& tx) {
            EXPECT_EQ(tx.one("SELECT COUNT(*) FROM t").value().get<int>(0), 0);
            if (more > 0) EXPECT_TRUE(ends_beside_us([&] { read(more - 1); }));
        });
    };
    read(12);
    read(12);
}

constexpr int kRounds = 50;

// Reads and writes back: without a lock from the beginning of the transaction, additions would be lost.
void add_ones(Database& database) {
    for (int i = 0; i < kRounds; ++i)
        database.write([](Transaction& tx) {
            const auto before = tx.one("SELECT a FROM t").value().get<std::int64_t>(0);
            tx.execute("UPDATE t SET a = $1", before + 1);
        });
}

TEST_F(TransactionTest, writers_of_one_process_wait_for_each_other) {
    insert(0);
    std::array<std::thread, 4> threads;
    for (std::thread& thread : threads) thread = std::thread([&] { add_ones(*database); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(number("SELECT a FROM t"), 4 * kRounds);
}

TEST_F(TransactionTest, writers_of_two_connections_wait_for_each_other) {
    insert(0);
    const auto other = open_again();
    std::thread thread([&] { add_ones(*other); });
    add_ones(*database);
    thread.join();
    EXPECT_EQ(number("SELECT a FROM t"), 2 * kRounds);
}

// The other process says when it holds the lock and then has work to do before it commits.
TEST_F(TransactionTest, a_writer_waits_for_another_process) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const auto own = open_again();
        own->write([&](Transaction& tx) {
            tx.execute("INSERT INTO t VALUES (1)");
            const bool told = ::write(pipe[1], "x", 1) == 1;
            tx.one(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) "
                "SELECT MAX(i) FROM n");
            CHECK(told, "the pipe is open");
        });
        ::_exit(0);
    }
    char byte = 0;
    ASSERT_EQ(::read(pipe[0], &byte, 1), 1);
    const auto seen = database->write([](Transaction& tx) {
        const auto before = tx.one("SELECT COUNT(*) FROM t").value().get<int>(0);
        tx.execute("INSERT INTO t VALUES (2)");
        return before;
    });
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ::close(pipe[0]);
    ::close(pipe[1]);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(seen, 1);
    EXPECT_EQ(rows(), 2);
}

// A process that is killed inside a transaction leaves nothing of it behind.
TEST_F(TransactionTest, a_process_that_dies_leaves_no_part_of_its_transaction) {
    insert(1);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const auto own = open_again();
        own->write([](Transaction& tx) {
            tx.execute("INSERT INTO t VALUES (2)");
            ::_exit(9);
        });
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 9);
    EXPECT_EQ(rows(), 1);
    insert(3);
    EXPECT_EQ(rows(), 2);
}

}  // namespace
}  // namespace fairway::db
