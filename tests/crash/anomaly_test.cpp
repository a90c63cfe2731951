// The n-th call fails, for every n of a use case that is not like another one: each call to a database, each
// call of Amazon in each way. The process goes on, says what happened, does the same once more and must end
// where it would have ended untouched.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <set>

#include "base/fault_point.hpp"
#include "plays.hpp"

namespace fairway::crash {
namespace {

std::string name_of(const testing::TestParamInfo<UseCase>& info) { return std::string(info.param.name); }

// What the tests of one use case share: made once.
struct Prepared {
    explicit Prepared(const UseCase& use_case)
        : stage(prepared(use_case)), untouched(play_untouched(use_case, *stage)) {}
    std::unique_ptr<Stage> stage;
    Untouched untouched;
};

// Which of the calls fail in turn, from 1: of each transaction that has other statements than all before it
// the first statement, the commit and its answer, and each call of Amazon. A transaction has an effect as a
// whole or not at all, so that it makes no difference which of its statements fails; FAIRWAY_CRASH_ALL has
// all of them fail all the same.
std::vector<std::int64_t> choose(const std::vector<Place>& places) {
    std::map<std::int64_t, std::set<std::string>> statements;  // by transaction
    for (const Place& place : places) statements[place.transaction].insert(place.text);
    std::map<std::set<std::string>, std::int64_t> first_like;
    for (const auto& [transaction, texts] : statements) first_like.try_emplace(texts, transaction);
    std::vector<std::int64_t> chosen;
    std::set<std::int64_t> begun;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Place& place = places[i];
        const bool is_new = first_like.at(statements.at(place.transaction)) == place.transaction;
        const bool begins = begun.insert(place.transaction).second;
        if (is_every_time_asked_for() || (is_new && (begins || place.text.contains("the commit"))))
            chosen.push_back(static_cast<std::int64_t>(i) + 1);
    }
    return chosen;
}

void play_for_every_n(const UseCase& use_case, const Prepared& on, const Trouble& trouble,
                      const std::string& what) {
    const std::vector<Place> places = find_places(use_case, *on.stage, trouble);
    for (const std::int64_t nth : choose(places))
        EXPECT_EQ(play_failing(use_case, *on.stage, on.untouched, trouble, nth), "")
            << "call " << nth << " " << what << ": " << places[static_cast<std::size_t>(nth) - 1].text;
    const auto after = static_cast<std::int64_t>(places.size()) + 1;
    EXPECT_EQ(play_failing(use_case, *on.stage, on.untouched, trouble, after), kNothingFailed);
    testing::Test::RecordProperty("calls", std::to_string(places.size()));
}

class Anomaly : public testing::TestWithParam<UseCase> {
protected:
    void SetUp() override {
        if (!GetParam().fails_once.empty()) GTEST_SKIP() << "it has a failure of its own";
    }
};

TEST_P(Anomaly, a_failing_database_leaves_nothing_half_done) {
    // The same calls 110 times over.
    if (!GetParam().only.empty()) GTEST_SKIP() << "its calls are those of import";
    play_for_every_n(GetParam(), Prepared(GetParam()), {.databases = true}, "of a database fails");
}

TEST_P(Anomaly, a_failing_call_of_amazon_leaves_nothing_half_done) {
    const Prepared on(GetParam());
    for (const HttpTrouble kind : {HttpTrouble::unreachable, HttpTrouble::failed, HttpTrouble::throttled,
                                   HttpTrouble::lost, HttpTrouble::timed_out, HttpTrouble::truncated}) {
        const Trouble trouble{.client =
                                  [kind](Stage& stage, Mishap& mishap) {
                                      return std::make_unique<FailingClient>(stage.amazon.client(), kind,
                                                                             mishap);
                                  },
                              .spoils_answers = kind == HttpTrouble::truncated,
                              // Whoever is throttled thinks that the bucket is empty; it fills slowly.
                              .pause = kind == HttpTrouble::throttled ? minutes(30) : minutes(5)};
        play_for_every_n(GetParam(), on, trouble, "of Amazon is " + std::string(to_text(kind)));
    }
}

std::int64_t hits(Stage& stage) {
    std::int64_t all = 0;
    const json::Value faults = stage.amazon.control("GET", "faults", nullptr);
    for (const json::Value& fault : faults.as_array()) all += fault.at("hits").to_number<std::int64_t>();
    return all;
}

// The next call of the operation fails, by the sandbox's own doing.
Trouble fault(const std::string& kind, const std::string& operation) {
    const json::Object rule{{"kind", kind}, {"operation", operation}, {"rate", 1}, {"count", 1}};
    return {.before = [rule](Stage& stage) { stage.amazon.control("POST", "faults", rule); },
            .has_struck = [](Stage& stage) { return hits(stage) > 0; },
            .spoils_answers = kind == "not_json",
            .pause = minutes(5)};
}

TEST_P(Anomaly, a_lost_answer_of_each_operation_is_found_out_about) {
    const Prepared on(GetParam());
    for (const std::string& operation : on.untouched.operations)
        for (const char* kind : {"cut_before", "cut_after", "not_json"})
            EXPECT_EQ(play_failing(GetParam(), *on.stage, on.untouched, fault(kind, operation), 0), "")
                << operation << " " << kind;
}

// A broken rule must be noticed, or these tests protect nothing.
std::string play_with_mutant(std::string_view name, const std::function<std::string()>& play) {
    EXPECT_EQ(play(), "") << "the rule holds";
    EXPECT_TRUE(arm_mutant(name).has_value());
    std::string wrong = play();
    EXPECT_TRUE(arm_mutant("").has_value());
    return wrong;
}

TEST(Mutants, a_lost_answer_taken_for_yes_is_noticed) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no mutants";
    const UseCase& use_case = use_case_named("confirm");
    const Prepared on(use_case);
    const std::string wrong = play_with_mutant("lost_answer_taken_for_yes", [&] {
        return play_failing(use_case, *on.stage, on.untouched, fault("cut_before", "confirmShipment"), 0);
    });
    EXPECT_TRUE(wrong.contains("is accepted")) << wrong;
}

// The person ships, hears nothing because the answer to the commit is lost, and ships again.
TEST(Mutants, an_ignored_idempotency_key_is_noticed) {
    if (!kHasFaultPoints) GTEST_SKIP() << "this build has no mutants";
    const UseCase& use_case = use_case_named("ship");
    const Prepared on(use_case);
    const Trouble trouble{.databases = true};
    const std::string wrong = play_with_mutant("idempotency_key_ignored", [&] {
        const std::vector<Place> places = find_places(use_case, *on.stage, trouble);
        const auto shipped = std::ranges::find_if(
            places, [](const Place& place) { return place.text.starts_with("INSERT INTO shipments"); });
        const auto answer = std::find_if(shipped, places.end(), [](const Place& place) {
            return place.text == "the answer to the commit";
        });
        return play_failing(use_case, *on.stage, on.untouched, trouble, answer - places.begin() + 1);
    });
    EXPECT_TRUE(wrong.contains("the second time it complains")) << wrong;
}

INSTANTIATE_TEST_SUITE_P(Every, Anomaly, testing::ValuesIn(use_cases().begin(), use_cases().end()), name_of);

}  // namespace
}  // namespace fairway::crash
