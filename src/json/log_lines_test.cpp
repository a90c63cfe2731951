// The log writes its lines without this module; that they are JSON is seen with it.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "base/log.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace fairway {
namespace {

// What a text is after it was written and read: zero bytes are not kept.
json::Value as_read(std::string text) {
    for (std::size_t at = 0; (at = text.find('\0', at)) != std::string::npos;)
        text.replace(at, 1, "\xEF\xBF\xBD");
    return json::Value(text);
}

void keep(std::string_view line, void* context) { *static_cast<std::string*>(context) += line; }

RC_GTEST_PROP(LogLines, are_json_whatever_the_values_are,
              (const std::vector<std::uint8_t>& bytes, std::int64_t number)) {
    const ManualClock clock(UtcTime{});
    std::string line;
    Logger log(clock, LogLevel::info, keep, &line);
    const std::string text(bytes.begin(), bytes.end());
    log.info("a.b", {{"text", text}, {"number", number}, {"flag", true}});
    RC_ASSERT(line.find('\n') == line.size() - 1);
    const auto value = json::parse(line);
    RC_ASSERT(value.has_value());
    RC_ASSERT(*json::find(*value, "text") == as_read(is_valid_utf8(text) ? text : "(not UTF-8)"));
    RC_ASSERT(*json::find(*value, "number") == json::Value(number));
    RC_ASSERT(*json::find(*value, "flag") == json::Value(true));
}

RC_GTEST_PROP(LogLines, are_json_for_every_ascii_text, ()) {
    const ManualClock clock(UtcTime{});
    std::string line;
    Logger log(clock, LogLevel::info, keep, &line);
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
    log.info("a.b", {{"text", text}});
    const auto value = json::parse(line);
    RC_ASSERT(value.has_value());
    RC_ASSERT(*json::find(*value, "text") == as_read(text));
}

}  // namespace
}  // namespace fairway
