// The simulation can be repeated, and it can fail: each rule that is broken on purpose is seen.
#include "simulation.hpp"

#include <gtest/gtest.h>

#include "base/fault_point.hpp"

namespace fairway::simulation {
namespace {

std::string digest_of(std::uint64_t seed) {
    Trace trace(Trace::Loud::no);
    Simulation simulation(draw_shape(seed), trace);
    const auto broken = simulation.run();
    EXPECT_FALSE(broken) << broken->rule << ": " << broken->complaint;
    return trace.digest();
}

TEST(Simulation, does_the_same_for_the_same_seed) {
    const std::string once = digest_of(3);
    EXPECT_EQ(digest_of(3), once);
    EXPECT_NE(digest_of(4), once);
}

struct Mutation {
    std::string_view mutant;
    std::set<std::string> rules;  // one of these must be seen to be broken
    Shape shape;                  // where it soon shows
};

void PrintTo(const Mutation& mutation, std::ostream* out) { *out << mutation.mutant; }

std::vector<Mutation> mutations() {
    const Shape rough{.accounts = 2,
                      .stores_per_account = 2,
                      .steps = 60,
                      .orders = 25,
                      .check_every = 2,
                      .calls_that_fail = 0.5,
                      .people = 2};
    Shape crowded = rough;
    crowded.orders = 160;
    crowded.orders_at_once = 80;
    crowded.accounts = crowded.stores_per_account = 1;
    crowded.steps = 20;
    // A second process comes between the steps of the first, and takes its leases; seldom enough that the
    // first one still has something to send.
    Shape contested = rough;
    contested.orders = 60;
    contested.orders_at_once = 4;
    contested.people = 10;
    contested.calls_that_fail = 0.1;
    contested.overtakings = 0.01;
    // Orders that are read twice within the time in which Amazon may still show what was before. Only what is
    // stored between two changes shows that it went back: the next reading mends it.
    Shape aged = contested;
    aged.check_every = 1;
    aged.calls_that_fail = 0.2;
    aged.rows_go_wrong = 0.9;
    aged.overtakings = 0.03;
    return {
        {"amazon_shipment_echoed", {"confirmations_are_ours"}, rough},
        {"command_result_without_fencing", {"confirmations_are_ours"}, contested},
        {"command_resent_without_looking", {"confirmations_are_ours"}, rough},
        {"idempotency_key_ignored", {"a_key_gets_one_answer"}, rough},
        {"lost_answer_taken_for_yes", {"comes_to_rest", "amazon_knows_what_was_shipped"}, rough},
        {"money_of_another_part", {"money_is_amazons"}, rough},
        {"older_version_overwrites", {"versions_never_go_back"}, aged},
        {"quota_not_counted", {"quotas_are_kept"}, rough},
        {"reservation_kept", {"states_agree", "reservations_are_released", "comes_to_rest"}, rough},
        {"watermark_moves_early", {"watermarks_leave_nothing_behind"}, crowded},
    };
}

class Mutants : public testing::TestWithParam<Mutation> {
protected:
    Mutants() {
        const Status armed = arm_mutant(GetParam().mutant);
        EXPECT_TRUE(armed || !kHasFaultPoints);
    }
    ~Mutants() override { std::ignore = arm_mutant(""); }
};

TEST_P(Mutants, are_seen_within_a_few_seeds) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no mutants";
    constexpr std::uint64_t kSeeds = 40;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Shape shape = GetParam().shape;
        shape.seed = seed;
        Trace trace(Trace::Loud::no);
        Simulation simulation(shape, trace);
        const auto broken = simulation.run();
        if (!broken) continue;
        EXPECT_TRUE(GetParam().rules.contains(broken->rule)) << broken->rule << ": " << broken->complaint;
        RecordProperty("seed", static_cast<int>(seed));
        return;
    }
    FAIL() << "no checker noticed in " << kSeeds << " seeds";
}

INSTANTIATE_TEST_SUITE_P(All, Mutants, testing::ValuesIn(mutations()),
                         [](const auto& each) { return std::string(each.param.mutant); });

}  // namespace
}  // namespace fairway::simulation
