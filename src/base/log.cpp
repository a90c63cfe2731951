#include "base/log.hpp"

#include <array>
#include <cstdio>

#include "base/text.hpp"

namespace fairway {

namespace {

constexpr std::array<std::pair<LogLevel, std::string_view>, 4> kLevels{
    std::pair{LogLevel::debug, std::string_view("debug")},
    {LogLevel::info, "info"},
    {LogLevel::warning, "warning"},
    {LogLevel::error, "error"}};

std::string_view to_text(LogLevel level) {
    for (const auto& [each, text] : kLevels)
        if (each == level) return text;
    return "";
}

void append_quoted(std::string& line, std::string_view text) {
    line += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') line += {'\\', c};
        else if (c == '\n') line += "\\n";
        else if (byte < 0x20 || byte == 0x7F) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
            line += escape.data();
        } else line += c;
    }
    line += '"';
}

void write_to_stderr(std::string_view line, void*) {
    // One call, so that lines of several threads do not mix.
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void drop(std::string_view, void*) {}

class NoClock final : public Clock {
public:
    UtcTime now() const override { return {}; }
};

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view text) {
    for (const auto& [each, each_text] : kLevels)
        if (each_text == text) return each;
    return std::nullopt;
}

Logger::Logger(const Clock& clock, LogLevel least) : Logger(clock, least, write_to_stderr, nullptr) {}
Logger::Logger(const Clock& clock, LogLevel least, Sink sink, void* context)
    : clock_(&clock), least_(least), sink_(sink), context_(context) {}

Logger& Logger::none() {
    static const NoClock clock;
    static Logger logger(clock, LogLevel::error, drop, nullptr);
    return logger;
}

void Logger::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (level < least_) return;
    std::string line = R"({"at":")" + format_rfc3339(clock_->now()) + R"(","level":")";
    line += to_text(level);
    line += R"(","event":)";
    append_quoted(line, event);
    for (const LogField& field : fields) {
        line += ',';
        append_quoted(line, field.key);
        line += ':';
        if (const auto* text = std::get_if<std::string>(&field.value)) {
            append_quoted(line, is_valid_utf8(*text) ? *text : "(not UTF-8)");
        } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
            line += std::to_string(*number);
        } else {
            line += std::get<bool>(field.value) ? "true" : "false";
        }
    }
    line += "}\n";
    sink_(line, context_);
}

}  // namespace fairway
