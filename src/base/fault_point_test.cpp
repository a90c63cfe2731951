#include "base/fault_point.hpp"

#include <gtest/gtest.h>

namespace fairway {
namespace {

TEST(FaultPoint, an_armed_point_ends_the_process_the_nth_time_it_is_reached) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no fault points";
    EXPECT_EXIT(
        {
            if (!arm_crash_point("intake.page.before_commit:2")) _exit(1);
            crash_point("intake.page.after_commit");
            crash_point("intake.page.before_commit");
            crash_point("intake.page.before_commit");
            _exit(2);
        },
        testing::ExitedWithCode(kCrashExitCode), "");
}

TEST(FaultPoint, names_that_do_not_exist_are_refused) {
    EXPECT_EQ(arm_crash_point("nowhere").error().code, "fault_point_unknown");
    EXPECT_EQ(arm_crash_point("intake.page.before_commit:0").error().code, "fault_point_unknown");
    EXPECT_EQ(arm_mutant("nothing").error().code, "fault_point_unknown");
    EXPECT_TRUE(arm_crash_point("").has_value());
}

TEST(FaultPoint, only_the_armed_mutant_breaks_its_rule) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no fault points";
    EXPECT_FALSE(mutant("watermark_moves_early"));
    ASSERT_TRUE(arm_mutant("watermark_moves_early").has_value());
    EXPECT_TRUE(mutant("watermark_moves_early"));
    ASSERT_TRUE(arm_mutant("").has_value());
    EXPECT_FALSE(mutant("watermark_moves_early"));
}

}  // namespace
}  // namespace fairway
