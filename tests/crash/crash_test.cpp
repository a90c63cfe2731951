// The process is killed at every crash point of every use case. Started again it does the same once more and
// must end where it would have ended untouched: mirror and ledger agree, each shipment was confirmed once,
// each request had one effect, no key is missing, nothing is half done.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/fault_point.hpp"
#include "plays.hpp"

namespace fairway::crash {
namespace {

// A point that is come by more often is killed at its first times; the rest are alike.
constexpr std::int64_t kTimesMax = 3;

std::string name_of(const testing::TestParamInfo<UseCase>& info) { return std::string(info.param.name); }

class Killed : public testing::TestWithParam<UseCase> {
protected:
    void SetUp() override {
        if (!kHasFaultPoints) GTEST_SKIP() << "this build has no fault points";
    }
};

TEST_P(Killed, ends_where_the_untouched_one_ends) {
    const UseCase& use_case = GetParam();
    const auto stage = prepared(use_case);
    const Untouched untouched = play_untouched(use_case, *stage);
    for (const auto& [point, times] : untouched.passed) {
        if (!is_interrupted(use_case, point)) continue;
        const std::int64_t last = is_every_time_asked_for() ? times : std::min(times, kTimesMax);
        for (std::int64_t nth = 1; nth <= last; ++nth) {
            const std::string at = point + ":" + std::to_string(nth);
            EXPECT_EQ(play_killed(use_case, *stage, untouched, at), "") << at;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Crash, Killed, testing::ValuesIn(use_cases().begin(), use_cases().end()), name_of);

std::string text_of_file(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Some are killed by tests elsewhere, which name them: those of the command line alone in programs_test.py,
// those that lie between files beside what writes these.
std::string other_tests() {
    std::string text = text_of_file(FAIRWAY_CRASH_TESTS "/programs_test.py");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(FAIRWAY_SOURCES))
        if (entry.path().string().ends_with("_test.cpp")) text += text_of_file(entry.path());
    return text;
}

TEST(CrashPoints, every_one_is_reached) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no fault points";
    std::set<std::string> reached;
    for (const UseCase& use_case : use_cases())
        for (const auto& [point, times] : find_points(use_case, *prepared(use_case)))
            if (is_interrupted(use_case, point)) reached.insert(point);
    const std::string elsewhere = other_tests();
    for (const std::string_view point : kCrashPoints) {
        const bool named = elsewhere.contains("\"" + std::string(point));
        EXPECT_TRUE(named || reached.contains(std::string(point))) << point << " is reached by no test";
    }
}

// A broken rule must be noticed, or these tests protect nothing.
std::string play_with_mutant(std::string_view use_case_name, const std::string& mutant_name,
                             const std::string& point) {
    const UseCase& use_case = use_case_named(use_case_name);
    const auto stage = prepared(use_case);
    const Untouched untouched = play_untouched(use_case, *stage);
    EXPECT_EQ(play_killed(use_case, *stage, untouched, point), "") << "the rule holds";
    EXPECT_TRUE(arm_mutant(mutant_name).has_value());
    const std::string wrong = play_killed(use_case, *stage, untouched, point);
    EXPECT_TRUE(arm_mutant("").has_value());
    return wrong;
}

TEST(Mutants, a_watermark_that_moves_early_is_noticed) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no fault points";
    const std::string wrong =
        play_with_mutant("two_pages", "watermark_moves_early", "intake.page.after_commit:1");
    EXPECT_TRUE(wrong.contains("is not mirrored")) << wrong;
}

TEST(Mutants, a_command_resent_without_looking_is_noticed) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no fault points";
    const std::string wrong =
        play_with_mutant("confirm_again", "command_resent_without_looking", "command.lease.before_commit:1");
    EXPECT_TRUE(wrong.contains("was confirmed twice")) << wrong;
}

}  // namespace
}  // namespace fairway::crash
