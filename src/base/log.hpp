#pragma once
// The log: one JSON object per line, {"at":…,"level":"info","event":"intake.page","store":"st_1",…}. Events
// are named module.what; values are ids, counts and codes. Personal data cannot get here: Pii<T> converts to
// no field.
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.hpp"

namespace fairway {

enum class LogLevel { debug, info, warning, error };
std::optional<LogLevel> parse_log_level(std::string_view text);  // "debug", "info", "warning", "error"

struct LogField {
    std::string_view key;
    std::variant<std::string, std::int64_t, bool> value;

    LogField(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
    LogField(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
    LogField(std::string_view k, const char* v) : key(k), value(std::string(v)) {}
    LogField(std::string_view k, bool v) : key(k), value(v) {}
    template <class Int>
        requires std::is_integral_v<Int>
    LogField(std::string_view k, Int v) : key(k), value(static_cast<std::int64_t>(v)) {}
};

// Thread-safe. A null log (Logger::none()) drops everything.
class Logger {
public:
    using Sink = void (*)(std::string_view line, void* context);

    // Writes lines to standard error.
    Logger(const Clock& clock, LogLevel least);
    // Writes lines to a sink, one call per line, for tests.
    Logger(const Clock& clock, LogLevel least, Sink sink, void* context);
    static Logger& none();

    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::debug, event, fields);
    }
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::info, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::error, event, fields);
    }

private:
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields);

    const Clock* clock_;
    LogLevel least_;
    Sink sink_;
    void* context_;
};

}  // namespace fairway
