// Times as Amazon, headers and people write them.
#include "base/time.hpp"
#include "fuzz.hpp"

namespace fairway::fuzz {

void fuzz_one(std::string_view input) {
    constexpr UtcTime kEnd = std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1);
    if (const auto time = parse_rfc3339(input)) {
        CHECK(*time >= UtcTime{} && *time < kEnd, "times are those that can be written");
        const std::string text = format_rfc3339(*time);
        const auto again = parse_rfc3339(text);
        CHECK(again == std::chrono::floor<milliseconds>(*time), "a time comes back, cut to milliseconds");
        CHECK(format_rfc3339(*again) == text, "a time has one text");
    }
    if (const auto time = parse_http_date(input)) {
        CHECK(*time >= UtcTime{} && *time < kEnd, "times are those that can be written");
        CHECK(parse_http_date(format_http_date(*time)) == time, "a date can be written again");
    }
}

}  // namespace fairway::fuzz
