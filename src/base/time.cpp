#include "base/time.hpp"

#include <array>
#include <cstdio>

#include "base/check.hpp"

namespace fairway {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Reads a text from left to right; the first thing that does not fit makes everything after it fail.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (text_.empty() || text_[0] < '0' || text_[0] > '9') {
                good_ = false;
                return 0;
            }
            value = value * 10 + (text_[0] - '0');
            text_.remove_prefix(1);
        }
        return value;
    }
    void expect(char wanted) {
        if (!take(wanted)) good_ = false;
    }
    bool take(char wanted) {
        if (text_.empty() || text_[0] != wanted) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool take_digit(int& value) {
        if (text_.empty() || text_[0] < '0' || text_[0] > '9') return false;
        value = text_[0] - '0';
        text_.remove_prefix(1);
        return true;
    }
    template <std::size_t N>
    int one_of(const std::array<std::string_view, N>& names) {
        for (std::size_t i = 0; i < N; ++i)
            if (text_.starts_with(names[i])) {
                text_.remove_prefix(names[i].size());
                return static_cast<int>(i);
            }
        good_ = false;
        return 0;
    }
    void expect(std::string_view wanted) {
        for (const char c : wanted) expect(c);
    }
    bool good() const { return good_; }
    bool at_end() const { return text_.empty(); }

private:
    std::string_view text_;
    bool good_ = true;
};

struct Fields {
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
};

std::optional<UtcTime> from_fields(const Fields& f) {
    const year_month_day date{year(f.y), month(static_cast<unsigned>(f.mo)), day(static_cast<unsigned>(f.d))};
    const bool good = date.ok() && f.y >= 1970 && f.h <= 23 && f.mi <= 59 && f.s <= 59;
    if (!good) return std::nullopt;
    return UtcTime(sys_days(date)) + hours(f.h) + minutes(f.mi) + seconds(f.s);
}

// Up to nine digits, cut to microseconds.
Duration read_fraction(Cursor& in) {
    constexpr int kDigitsMax = 9;
    std::int64_t micros = 0;
    std::int64_t weight = 100'000;
    int digit = 0;
    int count = 0;
    for (; count < kDigitsMax && in.take_digit(digit); ++count) {
        micros += digit * weight;
        weight /= 10;
    }
    if (count == 0) in.expect('0');
    return Duration(micros);
}

struct Parts {
    year_month_day date;
    std::chrono::hh_mm_ss<Duration> time;
    unsigned weekday;
};

Parts split(UtcTime time) {
    const sys_days date = std::chrono::floor<days>(time);
    return {year_month_day(date), std::chrono::hh_mm_ss<Duration>(time - date),
            std::chrono::weekday(date).c_encoding()};
}

}  // namespace

std::optional<UtcTime> parse_rfc3339(std::string_view text) {
    Cursor in(text);
    Fields f;
    f.y = in.digits(4);
    in.expect('-');
    f.mo = in.digits(2);
    in.expect('-');
    f.d = in.digits(2);
    in.expect('T');
    f.h = in.digits(2);
    in.expect(':');
    f.mi = in.digits(2);
    in.expect(':');
    f.s = in.digits(2);
    const Duration fraction = in.take('.') ? read_fraction(in) : Duration(0);
    Duration offset(0);
    if (!in.take('Z')) {
        const int sign = in.take('-') ? -1 : 1;
        if (sign == 1) in.expect('+');
        const int offset_hours = in.digits(2);
        in.expect(':');
        const int offset_minutes = in.digits(2);
        if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
        offset = sign * (hours(offset_hours) + minutes(offset_minutes));
    }
    if (!in.good() || !in.at_end()) return std::nullopt;
    const auto local = from_fields(f);
    if (!local) return std::nullopt;
    // Near the ends an offset leads out of the years that can be written again.
    constexpr UtcTime kEnd = sys_days(year(10'000) / 1 / 1);
    const UtcTime time = *local + fraction - offset;
    if (time < UtcTime{} || time >= kEnd) return std::nullopt;
    return time;
}

std::string format_rfc3339(UtcTime time) {
    const Parts parts = split(time);
    const auto y = static_cast<int>(parts.date.year());
    CHECK(y >= 0 && y <= 9999, "times are between the years 0 and 9999");
    std::array<char, 32> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", y,
        static_cast<unsigned>(parts.date.month()), static_cast<unsigned>(parts.date.day()),
        static_cast<int>(parts.time.hours().count()), static_cast<int>(parts.time.minutes().count()),
        static_cast<int>(parts.time.seconds().count()),
        static_cast<int>(parts.time.subseconds().count() / 1000));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string format_http_date(UtcTime time) {
    const Parts parts = split(time);
    std::array<char, 40> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT", kDays[parts.weekday].data(),
        static_cast<unsigned>(parts.date.day()),
        kMonths[static_cast<unsigned>(parts.date.month()) - 1].data(), static_cast<int>(parts.date.year()),
        static_cast<int>(parts.time.hours().count()), static_cast<int>(parts.time.minutes().count()),
        static_cast<int>(parts.time.seconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<UtcTime> parse_http_date(std::string_view text) {
    Cursor in(text);
    Fields f;
    in.one_of(kDays);
    in.expect(std::string_view(", "));
    f.d = in.digits(2);
    in.expect(' ');
    f.mo = in.one_of(kMonths) + 1;
    in.expect(' ');
    f.y = in.digits(4);
    in.expect(' ');
    f.h = in.digits(2);
    in.expect(':');
    f.mi = in.digits(2);
    in.expect(':');
    f.s = in.digits(2);
    in.expect(std::string_view(" GMT"));
    if (!in.good() || !in.at_end()) return std::nullopt;
    return from_fields(f);
}

}  // namespace fairway
