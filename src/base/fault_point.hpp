#pragma once
// Places at which a test build can be broken on purpose; in what merchants run they are nothing at all.
//
//   crash_point("intake.page.before_commit");   ends the process there when a test has armed this name
//   if (mutant("watermark_moves_early")) …      breaks a rule, to prove that the tests would notice
//
// Every name stands in a table below, so that a misspelt one does not compile and `fairway doctor
// --crash-points` can list them all. Armed once at start or by a test, read from any thread.
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace fairway {

// use case . step . moment; sorted.
inline constexpr auto kCrashPoints = std::to_array<std::string_view>({
    "backup.copy.piece",
    "backup.create.after_copy",
    "backup.create.after_manifest",
    "instance.adopt.after_commit",
    "instance.advance.after_commit",
    "instance.advance.after_file",
    "intake.page.after_commit",
    "intake.page.before_commit",
});

// The rules that can be broken; sorted.
inline constexpr auto kMutants = std::to_array<std::string_view>({
    "amazon_shipment_echoed",
    "command_resent_without_looking",
    "command_result_without_fencing",
    "idempotency_key_ignored",
    "lease_without_fencing",
    "lost_answer_taken_for_yes",
    "money_of_another_part",
    "older_version_overwrites",
    "quota_not_counted",
    "reservation_kept",
    "watermark_moves_early",
});

namespace detail {
template <std::size_t N>
consteval std::size_t index_of(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return i;
    throw "the name is not in the table of src/base/fault_point.hpp";
}
}  // namespace detail

class CrashPoint {
public:
    // Implicit, so that crash_point takes the name as it stands.
    consteval CrashPoint(const char* name) : index_(detail::index_of(kCrashPoints, name)) {}
    std::size_t index() const { return index_; }

private:
    std::size_t index_;
};

class Mutant {
public:
    consteval Mutant(const char* name) : index_(detail::index_of(kMutants, name)) {}
    std::size_t index() const { return index_; }

private:
    std::size_t index_;
};

// What a process that reached its armed point ends with; at once, nothing is flushed or closed.
inline constexpr int kCrashExitCode = 86;

#ifdef FAIRWAY_FAULT_POINTS

inline constexpr bool kHasFaultPoints = true;
void crash_point(CrashPoint point);
bool mutant(Mutant which);

#else

inline constexpr bool kHasFaultPoints = false;
inline void crash_point(CrashPoint) {}
constexpr bool mutant(Mutant) { return false; }

#endif

// "NAME" or "NAME:n": the n-th time (from 1) that the point is reached ends the process. An empty text
// disarms. invalid: there is no such name, or this build has no crash points.
Status arm_crash_point(std::string_view text);
// Breaks the rule of this name from now on; an empty name mends it.
Status arm_mutant(std::string_view name);

}  // namespace fairway
