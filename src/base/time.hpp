#pragma once
// Time inside Fairway: UTC, microseconds since 1970. Local time exists only on screens.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairway {

using Duration = std::chrono::microseconds;
using UtcTime = std::chrono::sys_time<Duration>;

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Microseconds since 1970: the form in which the database keeps a time.
constexpr std::int64_t to_micros(UtcTime time) { return time.time_since_epoch().count(); }
constexpr UtcTime from_micros(std::int64_t micros) { return UtcTime{Duration{micros}}; }

// RFC 3339 with offset ("2026-11-23T08:00:00Z", "…08:00:00.123+01:00"), years 1970 to 9999, up to nine
// fractional digits (cut to microseconds). Nothing else is accepted: no missing offset, no leap second, no
// spaces.
std::optional<UtcTime> parse_rfc3339(std::string_view text);

// "2026-11-23T08:00:00.000Z": always UTC, always milliseconds.
std::string format_rfc3339(UtcTime time);

// "Mon, 23 Nov 2026 08:00:00 GMT", as HTTP's Date header has it.
std::string format_http_date(UtcTime time);
std::optional<UtcTime> parse_http_date(std::string_view text);

}  // namespace fairway
