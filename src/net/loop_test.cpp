#include "net/loop.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "net/run_all.hpp"
#include "net/run_blocking.hpp"

namespace fairway::net {
namespace {

Task<int> give(int value) { co_return value; }
Task<std::unique_ptr<int>> give_owned(int value) { co_return std::make_unique<int>(value); }
Task<void> explode() {
    throw std::runtime_error("boom");
    co_return;
}
Task<int> nested() { co_return run_blocking(give(7)) + 1; }
Task<void> note(std::vector<int>& order, int value, Loop& loop, Duration wait) {
    co_await loop.sleep(wait);
    order.push_back(value);
}

TEST(RunBlocking, returns_what_the_task_returned) {
    EXPECT_EQ(run_blocking(give(42)), 42);
    EXPECT_EQ(*run_blocking(give_owned(43)), 43);
}

TEST(RunBlocking, rethrows_what_the_task_threw_and_works_again) {
    EXPECT_THROW(run_blocking(explode()), std::runtime_error);
    EXPECT_EQ(run_blocking(give(1)), 1);
}

TEST(RunBlocking, may_be_nested) { EXPECT_EQ(run_blocking(nested()), 8); }

TEST(Loop, runs_tasks_side_by_side_until_stopped) {
    Loop loop;
    std::vector<int> order;
    loop.spawn(note(order, 2, loop, milliseconds(20)), [&loop](std::exception_ptr) { loop.stop(); });
    loop.spawn(note(order, 1, loop, milliseconds(1)), nullptr);
    loop.run();
    EXPECT_EQ(order, (std::vector{1, 2}));
}

Task<void> count_rounds(Gate& gate, int& rounds) {
    while (rounds < 3) {
        ++rounds;
        co_await gate.pass();
    }
}

TEST(Loop, in_virtual_time_runs_until_everybody_waits_at_a_gate) {
    Loop loop;
    Gate gate(loop);
    int rounds = 0;
    bool ended = false;
    loop.spawn(count_rounds(gate, rounds), [&](std::exception_ptr) { ended = true; });
    for (const int expected : {1, 2, 3}) {
        loop.run_ready();
        EXPECT_EQ(rounds, expected);
        EXPECT_FALSE(ended);
        loop.run_ready();
        EXPECT_EQ(rounds, expected) << "nobody opened the gate";
        gate.open();
    }
    loop.run_ready();
    EXPECT_TRUE(ended);
}

TEST(Loop, hands_an_exception_to_on_exit) {
    Loop loop;
    std::string what;
    loop.spawn(explode(), [&](std::exception_ptr error) {
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& thrown) {
            what = thrown.what();
        }
        loop.stop();
    });
    loop.run();
    EXPECT_EQ(what, "boom");
}

TEST(Loop, without_on_exit_an_exception_leaves_run) {
    Loop loop;
    loop.spawn(explode(), nullptr);
    EXPECT_THROW(loop.run(), std::runtime_error);
}

TEST(Loop, stops_from_another_thread_and_drops_what_waits) {
    bool ended = false;
    std::vector<int> order;
    {
        Loop loop;
        loop.spawn(note(order, 1, loop, hours(1)), [&ended](std::exception_ptr) { ended = true; });
        std::jthread stopper([&loop] { loop.stop(); });
        loop.run();
    }
    EXPECT_FALSE(ended);
    EXPECT_TRUE(order.empty());
}

TEST(Loop, takes_tasks_from_other_threads) {
    Loop loop;
    std::vector<int> order;
    std::jthread spawner(
        [&] { loop.spawn(note(order, 5, loop, Duration(0)), [&loop](std::exception_ptr) { loop.stop(); }); });
    loop.run();
    EXPECT_EQ(order, std::vector{5});
}

struct Crowd {
    int now = 0, most = 0, ended = 0;
};
Task<void> join(Crowd& crowd, Loop& loop) {
    crowd.most = std::max(crowd.most, ++crowd.now);
    co_await loop.sleep(milliseconds(1));
    --crowd.now;
    ++crowd.ended;
}

TEST(RunAll, runs_every_task_and_at_most_so_many_at_once) {
    Loop loop;
    Crowd crowd;
    std::vector<Task<void>> tasks;
    for (int i = 0; i < 7; ++i) tasks.push_back(join(crowd, loop));
    loop.spawn(run_all(std::move(tasks), 3), [&loop](std::exception_ptr) { loop.stop(); });
    loop.run();
    EXPECT_EQ(crowd.ended, 7);
    EXPECT_EQ(crowd.most, 3);
}

TEST(RunAll, rethrows_the_first_failure_after_all_have_ended) {
    Loop loop;
    Crowd crowd;
    std::vector<Task<void>> tasks;
    tasks.push_back(explode());
    tasks.push_back(join(crowd, loop));
    bool failed = false;
    loop.spawn(run_all(std::move(tasks), 1), [&](std::exception_ptr error) {
        failed = error != nullptr;
        loop.stop();
    });
    loop.run();
    EXPECT_TRUE(failed);
    EXPECT_EQ(crowd.ended, 1);
}

}  // namespace
}  // namespace fairway::net
