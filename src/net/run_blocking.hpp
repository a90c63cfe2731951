#pragma once
// The body of run_blocking (net/loop.hpp): the loop itself stays in loop.cpp, here is only the result's way
// out.
#include <optional>
#include <type_traits>
#include <utility>

#include "net/loop.hpp"

namespace fairway::net {

void run_to_end(Task<void> task);

template <class T>
Task<void> keep_result(Task<T> task, std::optional<T>& result) {
    result.emplace(co_await std::move(task));
}

template <class T>
T run_blocking(Task<T> task) {
    if constexpr (std::is_void_v<T>) {
        run_to_end(std::move(task));
    } else {
        std::optional<T> result;
        run_to_end(keep_result(std::move(task), result));
        return *std::move(result);
    }
}

}  // namespace fairway::net
