#pragma once
// Commands: carries what is queued to Amazon. Each order is read afresh before its shipment is confirmed, and
// what is sent is what commerce has shipped beyond what Amazon knows at that moment.
#include "base/task.hpp"
#include "store/accounts.hpp"
#include "sync/context.hpp"

namespace fairway::sync {

struct CommandsReport {
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::int64_t unknown = 0;   // no answer: looked up before it is sent again
    std::int64_t deferred = 0;  // quota, outage or a refusal of the credentials: still queued
};

// Sends the account's due commands, the most urgent first, until none is due or Amazon or a quota stops us;
// the error says why (throttled names the time of the next call). Sends nothing in read-only mode.
Task<Status> send_commands(Context& context, store::AccountRecord account, CommandsReport& report);

}  // namespace fairway::sync
