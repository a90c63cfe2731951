#include "base/result.hpp"

#include <memory>

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace fairway {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail(ErrorKind::invalid, "odd", "an odd number has no half", "number");
    return number / 2;
}

Result<int> quarter(int number) {
    const int once = TRY(half(number));
    return TRY(half(once));
}

Status require_even(int number) {
    TRY(half(number));
    return {};
}

Result<std::string> text_of(int number) {
    TRY(require_even(number));
    return std::to_string(number);
}

Result<std::unique_ptr<int>> boxed(int number) { return std::make_unique<int>(TRY(half(number))); }

Result<int> unboxed(int number) { return *TRY(boxed(number)); }

TEST(Result, try_gives_the_value) { EXPECT_EQ(quarter(12), 3); }

TEST(Result, try_passes_the_first_error_up_unchanged) {
    const Result<int> failed = quarter(6);
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().kind, ErrorKind::invalid);
    EXPECT_EQ(failed.error().code, "odd");
    EXPECT_EQ(failed.error().message, "an odd number has no half");
    EXPECT_EQ(failed.error().field, "number");
    EXPECT_EQ(failed.error().retry_after, std::nullopt);
}

TEST(Result, try_passes_errors_between_results_of_different_types) {
    EXPECT_EQ(text_of(4), "4");
    ASSERT_FALSE(text_of(3).has_value());
    EXPECT_EQ(text_of(3).error().code, "odd");
}

TEST(Result, try_moves_values_that_cannot_be_copied) { EXPECT_EQ(unboxed(8), 4); }

TEST(Result, try_looks_at_its_expression_once) {
    int calls = 0;
    const auto count = [&]() -> Result<int> { return ++calls; };
    const auto once = [&]() -> Result<int> { return TRY(count()); };
    EXPECT_EQ(once(), 1);
    EXPECT_EQ(calls, 1);
}

TEST(CheckDeathTest, a_broken_invariant_ends_the_process_and_says_why) {
    EXPECT_DEATH(CHECK(1 + 1 == 3, "sums are right"),
                 "CHECK failed at .*result_test.*1 \\+ 1 == 3.*sums are right");
}

TEST(Check, an_invariant_that_holds_is_evaluated_once) {
    int calls = 0;
    CHECK(++calls == 1, "it is the first call");
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace fairway
