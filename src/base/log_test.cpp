#include "base/log.hpp"

#include <string>

#include <gtest/gtest.h>

namespace fairway {
namespace {

class LogTest : public testing::Test {
protected:
    static void keep(std::string_view line, void* context) { static_cast<LogTest*>(context)->lines += line; }
    Logger at_least(LogLevel level) { return {clock, level, keep, this}; }

    const ManualClock clock{from_micros(1'795'420'800'123'456)};
    std::string lines{};
};

TEST_F(LogTest, a_line_tells_time_level_event_and_fields_in_order) {
    at_least(LogLevel::info)
        .info("intake.page", {{"store", "st_1"}, {"orders", 100}, {"last", true}, {"first", false}});
    EXPECT_EQ(lines,
              R"({"at":"2026-11-23T08:00:00.123Z","level":"info","event":"intake.page","store":"st_1",)"
              R"("orders":100,"last":true,"first":false})"
              "\n");
}

TEST_F(LogTest, levels_below_the_least_are_dropped) {
    Logger log = at_least(LogLevel::warning);
    log.debug("a.debug");
    log.info("a.info");
    log.warning("a.warning");
    log.error("a.error");
    EXPECT_EQ(lines.find("a.debug"), std::string::npos);
    EXPECT_EQ(lines.find("a.info"), std::string::npos);
    EXPECT_NE(lines.find(R"("level":"warning","event":"a.warning")"), std::string::npos);
    EXPECT_NE(lines.find(R"("level":"error","event":"a.error")"), std::string::npos);
}

TEST_F(LogTest, the_lowest_level_shows_all) {
    Logger log = at_least(LogLevel::debug);
    log.debug("a.debug");
    EXPECT_NE(lines.find(R"("level":"debug","event":"a.debug")"), std::string::npos);
}

TEST_F(LogTest, a_value_cannot_begin_a_new_line_or_a_new_field) {
    at_least(LogLevel::info).info("a.b", {{"text", "x\",\"level\":\"error\n\r\t\\"}});
    EXPECT_NE(lines.find(R"("text":"x\",\"level\":\"error\n\u000d\u0009\\"})"), std::string::npos) << lines;
    EXPECT_EQ(lines.find('\n'), lines.size() - 1);
}

TEST_F(LogTest, control_characters_are_escaped) {
    at_least(LogLevel::info).info("a.b", {{"text", std::string_view("\0\x1b[31m\x7f", 7)}});
    EXPECT_NE(lines.find(R"("text":"\u0000\u001b[31m\u007f")"), std::string::npos) << lines;
}

TEST_F(LogTest, text_that_is_not_utf8_is_not_copied) {
    at_least(LogLevel::info).info("a.b", {{"bad", "\xFF"}, {"good", "caff\xC3\xA8"}});
    EXPECT_NE(lines.find("\"bad\":\"(not UTF-8)\",\"good\":\"caff\xC3\xA8\""), std::string::npos) << lines;
}

TEST_F(LogTest, integers_keep_their_value) {
    at_least(LogLevel::info)
        .info("a.b", {{"least", INT64_MIN}, {"most", INT64_MAX}, {"size", std::size_t{7}}});
    EXPECT_NE(lines.find(R"("least":-9223372036854775808,"most":9223372036854775807,"size":7})"),
              std::string::npos);
}

TEST(Logger, none_drops_everything) {
    testing::internal::CaptureStderr();
    Logger::none().error("a.b");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Logger, writes_to_standard_error) {
    testing::internal::CaptureStderr();
    const ManualClock clock(UtcTime{});
    Logger(clock, LogLevel::info).info("a.b");
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              R"({"at":"1970-01-01T00:00:00.000Z","level":"info","event":"a.b"})"
              "\n");
}

TEST(LogLevel, is_read_by_its_name_only) {
    EXPECT_EQ(parse_log_level("debug"), LogLevel::debug);
    EXPECT_EQ(parse_log_level("info"), LogLevel::info);
    EXPECT_EQ(parse_log_level("warning"), LogLevel::warning);
    EXPECT_EQ(parse_log_level("error"), LogLevel::error);
    for (const char* text : {"", "Info", "warn", "info ", "3"})
        EXPECT_EQ(parse_log_level(text), std::nullopt) << text;
}

}  // namespace
}  // namespace fairway
