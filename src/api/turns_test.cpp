#include "api/turns.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "api/api.hpp"

namespace fairway::api {
namespace {

std::vector<Turns::Turn> take(Turns& turns, Asker asker, const std::vector<std::string>& places) {
    std::vector<Turns::Turn> taken;
    for (const std::string& place : places)
        if (auto turn = turns.take(asker, place)) taken.push_back(*std::move(turn));
    return taken;
}

TEST(Turns, a_place_has_two_and_leaves_the_others_to_others) {
    Turns turns;
    const std::vector<std::string> places{"203.0.113.4", "203.0.113.5", "203.0.113.4", "203.0.113.5"};
    {
        const auto taken = take(turns, Asker::stranger, places);
        EXPECT_EQ(taken.size(), 4u);
        for (const char* again : {"203.0.113.4", "203.0.113.5"}) {
            const auto third = turns.take(Asker::stranger, again);
            ASSERT_FALSE(third.has_value());
            EXPECT_EQ(third.error().code, "sign_in_busy");
            EXPECT_EQ(third.error().kind, ErrorKind::throttled);
        }
        EXPECT_TRUE(turns.take(Asker::stranger, "203.0.113.6").has_value()) << "two do not hold them all";
    }
    {
        const auto first = take(turns, Asker::stranger, {"203.0.113.4"});
        {
            EXPECT_EQ(take(turns, Asker::stranger, {"203.0.113.4"}).size(), 1u);
        }
        EXPECT_EQ(take(turns, Asker::stranger, {"203.0.113.4", "203.0.113.4"}).size(), 1u)
            << "one given back";
    }
    EXPECT_EQ(take(turns, Asker::stranger, places).size(), 4u) << "all given back";
}

TEST(Turns, strangers_leave_threads_to_others_and_turns_to_those_who_are_known) {
    Turns turns;
    const auto strangers = take(turns, Asker::stranger, {"a", "b", "c", "d", "e", "f", "g", "h"});
    EXPECT_EQ(strangers.size(), 6u);
    const auto known =
        take(turns, Asker::known, {"session tk_1", "session tk_1", "session tk_2", "invitation us_1"});
    EXPECT_EQ(known.size(), 2u);
    EXPECT_LT(strangers.size() + known.size(), static_cast<std::size_t>(kHandlerThreads));
}

}  // namespace
}  // namespace fairway::api
