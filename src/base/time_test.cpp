#include "base/time.hpp"

#include <ctime>
#include <regex>

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/clock.hpp"
#include "base/text.hpp"

namespace fairway {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kEndOfYear9999 = 253'402'300'799;  // seconds

// 2026-11-23T08:00:00Z
constexpr UtcTime kMonday = from_micros(1'795'420'800 * kMicrosPerSecond);

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

rc::Gen<UtcTime> any_time() {
    return rc::gen::map(rc::gen::inRange<std::int64_t>(0, (kEndOfYear9999 + 1) * kMicrosPerSecond),
                        from_micros);
}

// What the C library makes of a text that has the right shape; what RFC 3339 wants of each field is written
// here a second time.
std::optional<UtcTime> by_the_c_library(const std::string& text) {
    static const std::regex shape(
        R"((\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d)))");
    std::smatch part;
    if (!std::regex_match(text, part, shape)) return std::nullopt;
    const auto number = [&](std::size_t i) { return part[i].matched ? std::stoi(part[i].str()) : 0; };
    std::tm fields{};
    fields.tm_year = number(1) - 1900;
    fields.tm_mon = number(2) - 1;
    fields.tm_mday = number(3);
    fields.tm_hour = number(4);
    fields.tm_min = number(5);
    fields.tm_sec = number(6);
    std::tm normal = fields;
    const std::int64_t local = timegm(&normal);
    if (normal.tm_mon != fields.tm_mon || normal.tm_mday != fields.tm_mday ||
        normal.tm_hour != fields.tm_hour || normal.tm_min != fields.tm_min ||
        normal.tm_sec != fields.tm_sec || number(9) > 23 || number(10) > 59)
        return std::nullopt;
    const std::int64_t offset = (part[8] == "-" ? -1 : 1) * (number(9) * 3600 + number(10) * 60);
    const std::int64_t seconds_utc = local - offset;
    if (number(1) < 1970 || seconds_utc < 0 || seconds_utc > kEndOfYear9999) return std::nullopt;
    const std::int64_t micros = std::stoll((part[7].str() + "000000").substr(0, 6));
    return from_micros(seconds_utc * kMicrosPerSecond + micros);
}

TEST(Rfc3339, reads_what_amazon_and_people_send) {
    EXPECT_EQ(parse_rfc3339("2026-11-23T08:00:00Z"), kMonday);
    EXPECT_EQ(parse_rfc3339("2026-11-23T09:00:00+01:00"), kMonday);
    EXPECT_EQ(parse_rfc3339("2026-11-23T00:30:00.000-07:30"), kMonday);
    EXPECT_EQ(parse_rfc3339("2026-11-23T08:00:00.5Z"), kMonday + milliseconds(500));
    EXPECT_EQ(parse_rfc3339("2026-11-23T08:00:00.123456789Z"), kMonday + Duration(123'456));
}

TEST(Rfc3339, nothing_is_guessed) {
    for (const char* text : {"",
                             "2026-11-23",
                             "2026-11-23T08:00Z",
                             "2026-11-23T08:00:00",
                             "2026-11-23 08:00:00Z",
                             " 2026-11-23T08:00:00Z",
                             "2026-11-23T08:00:00Z ",
                             "2026-11-23t08:00:00Z",
                             "2026-11-23T08:00:00z",
                             "26-11-23T08:00:00Z",
                             "2026-1-23T08:00:00Z",
                             "2026-11-23T08:00:00.Z",
                             "2026-11-23T08:00:00,5Z",
                             "2026-11-23T08:00:00.1234567890Z",
                             "2026-11-23T08:00:00+01",
                             "2026-11-23T08:00:00+0100",
                             "2026-11-23T08:00:00+1:00",
                             "2026-11-23T08:00:00Z+01:00",
                             "+2026-11-23T08:00:00Z",
                             "2026-11-23T-8:00:00Z",
                             "20261-11-23T08:00:00Z"})
        EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

TEST(Rfc3339, fields_out_of_range_are_refused) {
    for (const char* text :
         {"2026-00-23T08:00:00Z", "2026-13-23T08:00:00Z", "2026-11-00T08:00:00Z", "2026-11-31T08:00:00Z",
          "2026-02-29T08:00:00Z", "2100-02-29T08:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T08:60:00Z",
          "2026-11-23T08:00:60Z", "2026-11-23T08:00:00+24:00", "2026-11-23T08:00:00+01:60",
          "1969-12-31T23:59:59Z"})
        EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
    EXPECT_TRUE(parse_rfc3339("2028-02-29T08:00:00Z").has_value());
    EXPECT_TRUE(parse_rfc3339("2000-02-29T08:00:00Z").has_value());
}

// Such a time could not be written again: format_rfc3339 ends the process for it.
TEST(Rfc3339, an_offset_does_not_lead_out_of_the_years_we_keep) {
    EXPECT_EQ(parse_rfc3339("9999-12-31T23:59:59-00:01"), std::nullopt);
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00+00:01"), std::nullopt);
    EXPECT_EQ(format_rfc3339(parse_rfc3339("9999-12-31T23:59:59.999999999Z").value()),
              "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00Z"), UtcTime{});
}

TEST(Rfc3339, is_written_in_utc_with_milliseconds) {
    EXPECT_EQ(format_rfc3339(kMonday), "2026-11-23T08:00:00.000Z");
    EXPECT_EQ(format_rfc3339(kMonday + Duration(7'999)), "2026-11-23T08:00:00.007Z");
    EXPECT_EQ(format_rfc3339(UtcTime{} - Duration(1)), "1969-12-31T23:59:59.999Z");
}

RC_GTEST_PROP(Rfc3339, what_is_written_reads_back_to_the_millisecond, ()) {
    const UtcTime time = *any_time();
    RC_ASSERT(parse_rfc3339(format_rfc3339(time)) == std::chrono::floor<milliseconds>(time));
}

RC_GTEST_PROP(Rfc3339, the_calendar_is_the_c_librarys, ()) {
    const UtcTime time = *any_time();
    RC_ASSERT(by_the_c_library(format_rfc3339(time)) == std::chrono::floor<milliseconds>(time));
}

RC_GTEST_PROP(Rfc3339, the_same_moment_reads_the_same_at_every_offset, ()) {
    const UtcTime time = std::chrono::floor<milliseconds>(*any_time());
    const int offset = *rc::gen::inRange(-23 * 60 - 59, 24 * 60);
    const UtcTime local = time + minutes(offset);
    RC_PRE(local >= UtcTime{} && to_micros(local) < (kEndOfYear9999 + 1) * kMicrosPerSecond);
    std::string text = format_rfc3339(local);
    text.back() = offset < 0 ? '-' : '+';
    text += two(std::abs(offset) / 60) + ":" + two(std::abs(offset) % 60);
    RC_ASSERT(parse_rfc3339(text) == time);
}

RC_GTEST_PROP(Rfc3339, accepts_exactly_the_texts_of_the_grammar, ()) {
    std::string text = *rc::gen::element<std::string>("2026-11-23T08:00:00Z", "1970-01-01T00:00:00.5+01:00",
                                                      "9999-12-31T23:59:59.999999999-23:59");
    const std::string letters = "0123456789-:.TZ+ ";
    for (int changes = *rc::gen::inRange(1, 4); changes > 0; --changes) {
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        const char letter = *rc::gen::elementOf(letters);
        switch (*rc::gen::inRange(0, 10)) {
            case 0: text.erase(at, 1); break;
            case 1: text.insert(at, 1, letter); break;
            case 2: text[at] = letter; break;
            default:  // often still a time
                if (text[at] >= '0' && text[at] <= '9') text[at] = *rc::gen::inRange<char>('0', '9' + 1);
        }
    }
    RC_TAG(std::string(parse_rfc3339(text) ? "accepted" : "refused"));
    RC_ASSERT(parse_rfc3339(text) == by_the_c_library(text));
}

TEST(HttpDate, is_written_as_http_wants_it) {
    EXPECT_EQ(format_http_date(kMonday), "Mon, 23 Nov 2026 08:00:00 GMT");
    EXPECT_EQ(format_http_date(UtcTime{}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(HttpDate, only_the_fixed_form_is_read) {
    EXPECT_EQ(parse_http_date("Mon, 23 Nov 2026 08:00:00 GMT"), kMonday);
    for (const char* text :
         {"", "Monday, 23-Nov-26 08:00:00 GMT", "Mon Nov 23 08:00:00 2026", "23 Nov 2026 08:00:00 GMT",
          "Mon, 23 Nov 2026 08:00:00", "Mon, 23 Nov 2026 08:00:00 UTC", "Mon, 23 Nov 2026 08:00:00 GMT ",
          "mon, 23 Nov 2026 08:00:00 GMT", "Mon, 3 Nov 2026 08:00:00 GMT", "Mon, 31 Nov 2026 08:00:00 GMT",
          "Mon, 23 Nov 2026 24:00:00 GMT", "Mon, 23 Xxx 2026 08:00:00 GMT", "Mon,23 Nov 2026 08:00:00 GMT"})
        EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
}

RC_GTEST_PROP(HttpDate, what_is_written_reads_back_to_the_second, ()) {
    const UtcTime time = *any_time();
    RC_ASSERT(parse_http_date(format_http_date(time)) == std::chrono::floor<seconds>(time));
}

RC_GTEST_PROP(HttpDate, is_what_the_c_library_writes, ()) {
    const UtcTime time = *any_time();
    const std::time_t since_1970 = std::chrono::floor<seconds>(time).time_since_epoch().count();
    std::tm fields{};
    gmtime_r(&since_1970, &fields);
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &fields);
    RC_ASSERT(format_http_date(time) == text.data());
}

TEST(ManualClock, stands_still_until_told) {
    ManualClock clock(kMonday);
    EXPECT_EQ(clock.now(), kMonday);
    clock.advance(seconds(5));
    EXPECT_EQ(clock.now(), kMonday + seconds(5));
    clock.set(kMonday);
    EXPECT_EQ(clock.now(), kMonday);
}

TEST(SystemClock, is_past_the_year_this_was_written_in) {
    EXPECT_GT(SystemClock().now(), from_micros(1'767'225'600 * kMicrosPerSecond));
}

}  // namespace
}  // namespace fairway
