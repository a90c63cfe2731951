#include "main/remote_clock.hpp"

#include <algorithm>
#include <chrono>

#include "json/json.hpp"
#include "net/run_blocking.hpp"

namespace fairway {

namespace {

constexpr auto kReadEvery = std::chrono::milliseconds(100);

}  // namespace

Status RemoteClock::read() {
    const net::Response answer =
        TRY(net::run_blocking(http_.send({.method = "GET", .url = url_, .timeout = seconds(5)})));
    const json::Value body = TRY(json::parse(answer.body));
    const json::Value* now = body.is_object() ? body.as_object().if_contains("now") : nullptr;
    const auto time =
        now != nullptr && now->is_string() ? parse_rfc3339(std::string(now->as_string())) : std::nullopt;
    if (!time)
        return fail(ErrorKind::corrupt, "clock_answer", url_ + " does not answer with {\"now\":\"…Z\"}");
    micros_ = std::max(micros_.load(), to_micros(*time));
    return {};
}

Result<std::unique_ptr<RemoteClock>> RemoteClock::start(net::HttpClient& http, std::string url) {
    std::unique_ptr<RemoteClock> clock(new RemoteClock(http, std::move(url)));
    if (Status first = clock->read(); !first)
        return fail(first.error().kind, "clock_unreachable",
                    "time.source " + clock->url_ + " cannot be read: " + first.error().message);
    clock->reader_ = std::thread([&self = *clock] {
        while (!self.stopping_) {
            std::this_thread::sleep_for(kReadEvery);
            // A missed reading leaves time standing for a moment; the next one catches up.
            (void)self.read();
        }
    });
    return clock;
}

RemoteClock::~RemoteClock() {
    stopping_ = true;
    if (reader_.joinable()) reader_.join();
}

}  // namespace fairway
