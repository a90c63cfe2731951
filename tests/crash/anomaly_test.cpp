// The n-th call fails, for every n until a use case passes untouched: each call to a database, each call of
// Amazon in each way. The process goes on, says what happened, does the same once more and must end where it
// would have ended untouched.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>

#include "mishaps.hpp"
#include "plays.hpp"
#include "processes.hpp"
#include "runner/script.hpp"

namespace fairway::crash {
namespace {

using scenarios::Wrong;

constexpr std::string_view kNothingFailed = "nothing failed";
// No use case makes so many calls.
constexpr std::int64_t kCallsMax = 3'000;

std::string name_of(const testing::TestParamInfo<UseCase>& info) { return std::string(info.param.name); }

std::string join(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

// What fails in one play.
struct Trouble {
    std::function<std::unique_ptr<net::HttpClient>(Stage&, Mishap&)> client{};
    bool databases = false;
    std::function<void(Stage&)> before{};  // arms what the sandbox lets fail
    std::function<bool(Stage&)> has_struck{};
    Duration pause{};  // before the second time
};

// The very first opening fails; the program says why and ends, and is started again.
void open_in_vain(Stage& stage, Mishap& mishap, std::int64_t nth) {
    mishap.arm(nth);
    try {
        stage.open(stage.amazon.client(), scenarios::Mode::restarting, failing_databases(mishap));
    } catch (const std::exception& failure) {
        if (std::string_view(failure.what()).empty()) throw Wrong("it does not open and does not say why");
    }
    mishap.disarm();
}

std::string play(const UseCase& use_case, Stage& stage, const Untouched& untouched, const Trouble& trouble,
                 std::int64_t nth) {
    const Ended ended = in_a_process([&]() -> std::string {
        scenarios::Directory copy;
        copy_files(stage.files(), copy);
        stage.use(copy);
        Mishap mishap;
        if (use_case.prepare == nullptr && trouble.databases) open_in_vain(stage, mishap, nth);
        const auto failing = trouble.client ? trouble.client(stage, mishap) : nullptr;
        net::HttpClient& http = failing ? *failing : stage.amazon.client();
        const auto program =
            stage.open(http, use_case.mode,
                       trouble.databases ? failing_databases(mishap) : scenarios::Surroundings::Wrap{});
        stage.let_in(*program);
        Fairway fairway(*program, stage.token);
        if (trouble.before) trouble.before(stage);
        if (use_case.prepare != nullptr) mishap.arm(nth);
        use_case.run(stage, fairway);
        mishap.disarm();
        if (!(trouble.has_struck ? trouble.has_struck(stage) : mishap.struck()))
            return std::string(kNothingFailed);
        if (use_case.meanwhile != nullptr) use_case.meanwhile(stage);
        stage.pass(trouble.pause);
        fairway.forget_complaints();
        use_case.run(stage, fairway);
        if (const std::string complaints = join(fairway.complaints());
            !complaints.empty() && complaints != untouched.complaints)
            return "the second time it complains: " + complaints;
        return settle(stage, *program, untouched.state);
    });
    if (ended.exit_code == 0) return ended.said;
    return "the process ended with " + std::to_string(ended.exit_code) + ": " + ended.said;
}

void play_for_every_n(const UseCase& use_case, const Trouble& trouble, const std::string& what) {
    const auto stage = prepared(use_case);
    const Untouched untouched = play_untouched(use_case, *stage);
    std::int64_t nth = 1;
    for (; nth <= kCallsMax; ++nth) {
        const std::string wrong = play(use_case, *stage, untouched, trouble, nth);
        if (wrong == kNothingFailed) break;
        EXPECT_EQ(wrong, "") << "call " << nth << " " << what;
    }
    EXPECT_LT(nth, kCallsMax) << "the use case has no end";
    testing::Test::RecordProperty("calls", std::to_string(nth - 1));
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
    play_for_every_n(GetParam(), {.databases = true}, "of a database fails");
}

TEST_P(Anomaly, a_failing_call_of_amazon_leaves_nothing_half_done) {
    for (const HttpTrouble kind : {HttpTrouble::unreachable, HttpTrouble::failed, HttpTrouble::throttled,
                                   HttpTrouble::lost, HttpTrouble::timed_out, HttpTrouble::truncated}) {
        const Trouble trouble{.client =
                                  [kind](Stage& stage, Mishap& mishap) {
                                      return std::make_unique<FailingClient>(stage.amazon.client(), kind,
                                                                             mishap);
                                  },
                              .pause = minutes(5)};
        play_for_every_n(GetParam(), trouble, "of Amazon is " + std::string(to_text(kind)));
    }
}

std::int64_t hits(Stage& stage) {
    std::int64_t all = 0;
    const json::Value faults = stage.amazon.control("GET", "faults", nullptr);
    for (const json::Value& fault : faults.as_array()) all += fault.at("hits").to_number<std::int64_t>();
    return all;
}

TEST_P(Anomaly, a_lost_answer_of_each_operation_is_found_out_about) {
    const auto stage = prepared(GetParam());
    const Untouched untouched = play_untouched(GetParam(), *stage);
    for (const char* operation :
         {"token", "searchOrders", "getOrder", "confirmShipment", "getMarketplaceParticipations"})
        for (const char* kind : {"cut_after", "time_after", "truncate", "not_json"}) {
            const json::Object rule{{"kind", kind}, {"operation", operation}, {"rate", 1}, {"count", 1}};
            const Trouble trouble{.before = [rule](Stage& on) { on.amazon.control("POST", "faults", rule); },
                                  .has_struck = [](Stage& on) { return hits(on) > 0; },
                                  .pause = minutes(5)};
            const std::string wrong = play(GetParam(), *stage, untouched, trouble, 0);
            if (wrong != kNothingFailed) EXPECT_EQ(wrong, "") << operation << " " << kind;
        }
}

INSTANTIATE_TEST_SUITE_P(Every, Anomaly, testing::ValuesIn(use_cases().begin(), use_cases().end()), name_of);

}  // namespace
}  // namespace fairway::crash
