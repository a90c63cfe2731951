#include "base/rng.hpp"

#include <array>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace fairway {
namespace {

// Gives the words it was made with, then zeros.
class ListedRng final : public Rng {
public:
    explicit ListedRng(std::vector<std::uint64_t> words) : words_(std::move(words)) {}
    std::uint64_t next() override { return at_ < words_.size() ? words_[at_++] : 0; }

private:
    std::vector<std::uint64_t> words_;
    std::size_t at_ = 0;
};

// The first outputs that the author of SplitMix64 publishes for the seed 1234567.
TEST(SeededRng, gives_the_published_sequence) {
    SeededRng rng(1234567);
    const std::array<std::uint64_t, 5> published{6457827717110365317U, 3203168211198807973U,
                                                 9817491932198370423U, 4593380528125082431U,
                                                 16408922859458223821U};
    for (const std::uint64_t wanted : published) EXPECT_EQ(rng.next(), wanted);
}

RC_GTEST_PROP(SeededRng, the_same_seed_gives_the_same_draws, (std::uint64_t seed)) {
    SeededRng one(seed);
    SeededRng other(seed);
    for (int i = 0; i < 20; ++i) RC_ASSERT(one.below(1000) == other.below(1000));
}

TEST(SeededRng, other_seeds_give_other_draws) {
    std::set<std::uint64_t> first;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) first.insert(SeededRng(seed).next());
    EXPECT_EQ(first.size(), 1000U);
}

RC_GTEST_PROP(Rng, below_stays_below, (std::uint64_t seed)) {
    const auto bound = *rc::gen::suchThat<std::uint64_t>([](std::uint64_t drawn) { return drawn > 0; });
    SeededRng rng(seed);
    for (int i = 0; i < 20; ++i) RC_ASSERT(rng.below(bound) < bound);
}

TEST(Rng, below_redraws_what_would_favour_small_values) {
    // With 2^63 + 1 values to choose from, the words from 2^63 + 1 on are an incomplete second span.
    constexpr std::uint64_t kBound = (1ULL << 63) + 1;
    ListedRng rng({UINT64_MAX, kBound, 7});
    EXPECT_EQ(rng.below(kBound), 7U);
}

TEST(Rng, below_reaches_every_value) {
    SeededRng rng(1);
    std::array<int, 6> counts{};
    for (int i = 0; i < 6000; ++i) ++counts.at(rng.below(6));
    for (const int count : counts) {
        EXPECT_GT(count, 850);
        EXPECT_LT(count, 1150);
    }
}

TEST(RngDeathTest, below_nothing_is_a_mistake) { EXPECT_DEATH(SeededRng(1).below(0), "empty range"); }

TEST(Rng, unit_is_at_least_zero_and_less_than_one) {
    ListedRng rng({0, UINT64_MAX, 1ULL << 63});
    EXPECT_EQ(rng.unit(), 0.0);
    EXPECT_LT(rng.unit(), 1.0);
    EXPECT_EQ(rng.unit(), 0.5);
}

TEST(Rng, fill_reaches_every_byte_and_none_beyond) {
    std::array<std::uint8_t, 12> bytes{};
    ListedRng rng({UINT64_MAX, UINT64_MAX});
    rng.fill(std::span(bytes).first(11));
    for (std::size_t i = 0; i < 11; ++i) EXPECT_EQ(bytes.at(i), 0xFF) << i;
    EXPECT_EQ(bytes[11], 0);
}

TEST(SystemRng, does_not_repeat_itself) {
    SystemRng rng;
    std::set<std::uint64_t> drawn;
    for (int i = 0; i < 1000; ++i) drawn.insert(rng.next());
    EXPECT_EQ(drawn.size(), 1000U);
}

TEST(SystemRng, fills_more_than_the_kernel_gives_at_once) {
    SystemRng rng;
    std::array<std::uint8_t, 1000> bytes{};
    rng.fill(bytes);
    const std::set<std::uint8_t> last(bytes.end() - 64, bytes.end());
    EXPECT_GT(last.size(), 16U);
}

}  // namespace
}  // namespace fairway
