#pragma once
// Who is told how each call of Amazon ended, so that people can see what is wrong with a connection.
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace fairway::amazon {

struct CallFailure {
    std::string_view operation{};  // Amazon's name, or kTokenOperation
    std::optional<int> status{};   // of HTTP; nothing: no answer came
    Error error{};                 // holds no personal data and no secret, as client.hpp says
    std::optional<std::string> request_id{};
};
inline constexpr std::string_view kTokenOperation = "token";

// Called between the beats: no transaction is open. Thread-safe, and throws nothing: a call has its outcome
// whether it can be told or not.
class CallLog {
public:
    virtual ~CallLog() = default;
    virtual void failed(AccountId account, const CallFailure& failure, UtcTime now) = 0;
    virtual void succeeded(AccountId account, std::string_view operation, UtcTime now) = 0;
};

}  // namespace fairway::amazon
