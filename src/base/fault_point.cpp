#include "base/fault_point.hpp"

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <string>

#include "base/text.hpp"

namespace fairway {

namespace {

static_assert(std::ranges::is_sorted(kCrashPoints) && std::ranges::is_sorted(kMutants));

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::atomic<std::size_t> armed_point{kNone};
std::atomic<std::int64_t> hits_left{0};
std::atomic<std::size_t> armed_mutant{kNone};
std::array<std::atomic<std::int64_t>, kCrashPoints.size()> passed{};

Status no_such(std::string_view what, std::string_view name) {
    return fail(ErrorKind::invalid, "fault_point_unknown",
                "there is no " + std::string(what) + " \"" + std::string(name) + "\"" +
                    (kHasFaultPoints ? "" : ": this build has none"));
}

}  // namespace

#ifdef FAIRWAY_FAULT_POINTS

void crash_point(CrashPoint point) {
    passed[point.index()].fetch_add(1, std::memory_order_relaxed);
    if (point.index() != armed_point.load(std::memory_order_relaxed)) return;
    if (hits_left.fetch_sub(1) == 1) _exit(kCrashExitCode);
}

bool mutant(Mutant which) { return which.index() == armed_mutant.load(std::memory_order_relaxed); }

#endif

Status arm_crash_point(std::string_view text) {
    armed_point = kNone;
    if (text.empty()) return {};
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    const auto hits =
        colon == std::string_view::npos ? std::optional<std::int64_t>(1) : parse_int(text.substr(colon + 1));
    const auto found = std::ranges::find(kCrashPoints, name);
    if (!kHasFaultPoints || found == kCrashPoints.end() || !hits || *hits < 1)
        return no_such("crash point", text);
    hits_left = *hits;
    armed_point = static_cast<std::size_t>(found - kCrashPoints.begin());
    return {};
}

std::vector<std::int64_t> crash_points_passed() { return {passed.begin(), passed.end()}; }

Status arm_mutant(std::string_view name) {
    armed_mutant = kNone;
    if (name.empty()) return {};
    const auto found = std::ranges::find(kMutants, name);
    if (!kHasFaultPoints || found == kMutants.end()) return no_such("mutant", name);
    armed_mutant = static_cast<std::size_t>(found - kMutants.begin());
    return {};
}

}  // namespace fairway
