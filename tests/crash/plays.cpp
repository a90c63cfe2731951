#include "plays.hpp"

#include "base/fault_point.hpp"
#include "base/text.hpp"
#include "mishaps.hpp"
#include "processes.hpp"
#include "runner/script.hpp"

namespace fairway::crash {

using scenarios::Wrong;

namespace {

// As long as a dead process may hold its leases.
constexpr Duration kUntilRestart = minutes(5);
constexpr std::string_view kNextPart = "\n----\n";

std::string join(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

// One Fairway that is killed or not; its Amazon is in the process that waits for it.
std::string live(const UseCase& use_case, Stage& stage, net::HttpClient& amazon,
                 const std::string& crash_at) {
    const auto before = crash_points_passed();
    if (const Status armed = arm_crash_point(crash_at); !armed) throw Wrong(armed.error().message);
    Mishap mishap;
    if (!use_case.fails_once.empty()) mishap.arm_at(use_case.fails_once);
    const auto program = stage.open(amazon, use_case.mode, failing_databases(mishap));
    stage.let_in(*program);
    Fairway fairway(*program, stage.token);
    use_case.run(stage, fairway);
    const auto after = crash_points_passed();
    std::string passed;
    for (std::size_t i = 0; i < kCrashPoints.size(); ++i)
        if (after[i] > before[i])
            passed += std::string(kCrashPoints[i]) + " " + std::to_string(after[i] - before[i]) + "\n";
    return passed + std::string(kNextPart) + join(fairway.complaints());
}

// Throws Wrong unless the process ended by itself.
std::string must_end_well(const Ended& ended) {
    if (ended.exit_code != 0)
        throw Wrong("the process ended with " + std::to_string(ended.exit_code) + ": " + ended.said);
    return ended.said;
}

std::pair<std::string, std::string> cut(const std::string& text) {
    const std::size_t at = text.find(kNextPart);
    if (at == std::string::npos) throw Wrong("a process did not say its parts: " + text);
    return {text.substr(0, at), text.substr(at + kNextPart.size())};
}

}  // namespace

bool is_interrupted(const UseCase& use_case, std::string_view point) {
    return point.starts_with(use_case.only);
}

std::unique_ptr<Stage> prepared(const UseCase& use_case) {
    auto stage = std::make_unique<Stage>();
    if (use_case.prepare == nullptr) return stage;
    const auto program = stage->open();
    stage->let_in(*program);
    Fairway fairway(*program, stage->token);
    use_case.prepare(*stage, fairway);
    if (!fairway.complaints().empty()) throw Wrong("while preparing: " + join(fairway.complaints()));
    return stage;
}

Untouched play_untouched(const UseCase& use_case, Stage& stage) {
    const std::string said = must_end_well(in_a_process([&] {
        scenarios::Directory copy;
        copy_files(stage.files(), copy);
        stage.use(copy);
        const std::string lived =
            must_end_well(in_a_process(stage.amazon.client(), [&](net::HttpClient& amazon) {
                return live(use_case, stage, amazon, "");
            }));
        if (use_case.meanwhile != nullptr) use_case.meanwhile(stage);
        stage.pass(kUntilRestart);
        const auto program = stage.open();
        stage.let_in(*program);
        if (const std::string wrong = settle(stage, *program, ""); !wrong.empty()) throw Wrong(wrong);
        return lived + std::string(kNextPart) + state_of(stage, *program);
    }));
    Untouched untouched;
    const auto [passed, rest] = cut(said);
    std::tie(untouched.complaints, untouched.state) = cut(rest);
    for (const std::string_view line : split(passed, '\n')) {
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos) continue;
        untouched.passed[std::string(line.substr(0, space))] = parse_int(line.substr(space + 1)).value_or(0);
    }
    return untouched;
}

std::string play_killed(const UseCase& use_case, Stage& stage, const Untouched& untouched,
                        const std::string& point) {
    const Ended ended = in_a_process([&]() -> std::string {
        scenarios::Directory copy;
        copy_files(stage.files(), copy);
        stage.use(copy);
        const Ended killed = in_a_process(stage.amazon.client(), [&](net::HttpClient& amazon) {
            return live(use_case, stage, amazon, point);
        });
        if (killed.exit_code != kCrashExitCode)
            return "the process was not killed but ended with " + std::to_string(killed.exit_code) + ": " +
                   killed.said;
        if (use_case.meanwhile != nullptr) use_case.meanwhile(stage);
        stage.pass(kUntilRestart);
        const auto program = stage.open();
        stage.let_in(*program);
        Fairway fairway(*program, stage.token);
        use_case.run(stage, fairway);
        if (const std::string complaints = join(fairway.complaints());
            !complaints.empty() && complaints != untouched.complaints)
            return "started again, it complains: " + complaints;
        return settle(stage, *program, untouched.state);
    });
    if (ended.exit_code == 0) return ended.said;
    return "the process after it ended with " + std::to_string(ended.exit_code) + ": " + ended.said;
}

}  // namespace fairway::crash
