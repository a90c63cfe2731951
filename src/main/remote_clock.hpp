#pragma once
// The clock of a sandbox, asked over HTTP at start and ten times a second: with it an accelerated world is
// accelerated for Fairway too. Loopback only (checked by the configuration).
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "net/http.hpp"

namespace fairway {

class RemoteClock final : public Clock {
public:
    // Fails when the first reading does.
    static Result<std::unique_ptr<RemoteClock>> start(net::HttpClient& http, std::string url);
    ~RemoteClock() override;
    // The last reading; never goes back.
    UtcTime now() const override { return from_micros(micros_.load()); }

private:
    RemoteClock(net::HttpClient& http, std::string url) : http_(http), url_(std::move(url)) {}
    Status read();

    net::HttpClient& http_;
    std::string url_;
    std::atomic<std::int64_t> micros_{0};
    std::atomic<bool> stopping_{false};
    std::thread reader_;
};

}  // namespace fairway
