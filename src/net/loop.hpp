#pragma once
// Where coroutines run: one thread, an Asio io_context behind a small face. The daemon owns one loop for
// everything that waits for the outside.
#include <functional>
#include <memory>

#include "base/task.hpp"
#include "base/time.hpp"

namespace fairway::net {

class Loop {
public:
    Loop();
    ~Loop();  // stops
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    // Starts a task on the loop, from any thread. An exception that leaves the task is handed to on_exit,
    // null when it ended well. Without on_exit it leaves run().
    void spawn(Task<void> task, std::function<void(std::exception_ptr)> on_exit);
    // Runs the loop on the calling thread until stop().
    void run();
    // Runs what can go on at this moment, on the calling thread, and returns: for virtual time, where tasks
    // wait at a Gate and nobody waits for the real clock.
    void run_ready();
    // From any thread. Tasks that wait are dropped at destruction.
    void stop();
    // Real time; for pacing only, never for due times (those come from a Clock).
    Task<void> sleep(Duration real_time);

    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

// Where tasks of one loop wait until they are let on. On the loop's thread; outlived by its loop, outlives
// who waits.
class Gate {
public:
    explicit Gate(Loop& loop);
    ~Gate();
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    // Waits for the next open().
    Task<void> pass();
    // Lets everybody on who waits now, as soon as the loop runs; whoever comes later waits for the next time.
    void open();

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Runs one task to its end on a loop of its own, on the calling thread: for the CLI, tests and request
// handlers that must ask the outside. Rethrows what the task threw. Ends when everything the task started on
// its executor has ended.
template <class T>
T run_blocking(Task<T> task);  // defined in net/run_blocking.hpp

}  // namespace fairway::net
