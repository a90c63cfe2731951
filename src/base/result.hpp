#pragma once
// How Fairway reports expected failures: functions return Result<T>, callers pass failures up with TRY (or
// CO_TRY in a coroutine). Exceptions are only for a lost database or disk and are caught in three places: the
// request handler, the job runner and main. A broken invariant is a CHECK (base/check.hpp).
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "base/time.hpp"

namespace fairway {

// What kind of failure it is; decides the HTTP status of an answer and whether a retry makes sense.
enum class ErrorKind {
    malformed,     // cannot be read at all (broken JSON, broken request): 400
    invalid,       // readable, but a value is not acceptable: 422
    unauthorized,  // who are you: 401
    forbidden,     // you may not: 403
    not_found,     // 404
    conflict,      // the thing is in a state that does not allow it: 409
    too_large,     // 413
    throttled,     // a quota is used up; retry_after says when: 429
    timeout,       // no answer in time; the effect may or may not have happened
    unavailable,   // the other side is down, or the connection failed before the effect: 503
    corrupt,       // stored or received data contradicts itself
    internal,      // our fault: 500
};

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string code;     // stable, snake_case, for programs: "quantity_exceeds_open"
    std::string message;  // for people: what happened, to which thing, what to do
    std::string
        field{};  // the input that is wrong, as a JSON path ("packages[0].items[1].quantity"), or empty
    std::optional<Duration> retry_after{};
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string code, std::string message,
                                   std::string field = {}) {
    return std::unexpected(Error{kind, std::move(code), std::move(message), std::move(field), std::nullopt});
}

}  // namespace fairway

// TRY(expression): the value of a Result, or return its error to the caller.
#define TRY(...)                                                    \
    ({                                                              \
        auto try_result_ = (__VA_ARGS__);                           \
        if (!try_result_) [[unlikely]]                              \
            return std::unexpected(std::move(try_result_).error()); \
        *std::move(try_result_);                                    \
    })

#define CO_TRY(...)                                                    \
    ({                                                                 \
        auto try_result_ = (__VA_ARGS__);                              \
        if (!try_result_) [[unlikely]]                                 \
            co_return std::unexpected(std::move(try_result_).error()); \
        *std::move(try_result_);                                       \
    })
