#pragma once
// Processes of a test: a function in a process of its own, and an Amazon that lives on in this process while
// the Fairway that calls it dies in another one. What forks has one thread.
#include <functional>
#include <string>

#include "net/http.hpp"

namespace fairway::crash {

struct Ended {
    int exit_code = 0;  // negative: the signal that ended it
    std::string said{};
};

// Runs in a child process and gives what it returned; an exception is said with exit code 1. A child that
// takes longer than a minute is ended.
Ended in_a_process(const std::function<std::string()>& function);

// Calls of the child arrive at `amazon` in this process, one after the other, until the child has ended.
Ended in_a_process(net::HttpClient& amazon, const std::function<std::string(net::HttpClient&)>& function);

}  // namespace fairway::crash
