#include "plays.hpp"

#include <boost/json.hpp>
#include <cstdlib>

#include "base/fault_point.hpp"
#include "base/text.hpp"
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

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n'))
        if (!line.empty()) lines.emplace_back(line);
    return lines;
}

void run(const UseCase& use_case, Stage& stage, Fairway& fairway) {
    try {
        use_case.run(stage, fairway);
    } catch (const Refused&) {
        // It is among the complaints.
    }
}

// The same again, and on to the end.
std::string repeat(const UseCase& use_case, Stage& stage, scenarios::Program& program,
                   const Untouched& untouched, bool more_kept_aside = false) {
    Fairway fairway(program, stage.token);
    run(use_case, stage, fairway);
    if (const std::string complaints = join(fairway.complaints());
        !complaints.empty() && complaints != untouched.complaints)
        return "the second time it complains: " + complaints;
    return settle(stage, program, {untouched.state, use_case.patience, more_kept_aside});
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
    run(use_case, stage, fairway);
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

Points read_points(const std::string& text) {
    Points points;
    for (const std::string& line : lines_of(text)) {
        const std::size_t space = line.find(' ');
        points[line.substr(0, space)] = parse_int(line.substr(space + 1)).value_or(0);
    }
    return points;
}

// Every complaint of an untouched use case has been thought of, and one that is expected comes.
void check_complaints(const UseCase& use_case, const std::string& complaints) {
    bool came = use_case.complaint.empty();
    for (const std::string& line : lines_of(complaints)) {
        const bool expected =
            !use_case.complaint.empty() && line.starts_with(std::string(use_case.complaint) + ": ");
        if (!expected) throw Wrong("untouched it complains: " + line);
        came = true;
    }
    if (!came) throw Wrong("untouched it does not say " + std::string(use_case.complaint));
}

// A program in which a call may have failed, with the network that it uses.
struct Troubled {
    std::unique_ptr<net::HttpClient> client{};
    std::unique_ptr<scenarios::Program> program{};
};

std::unique_ptr<scenarios::Program> open_troubled(const UseCase& use_case, Stage& stage,
                                                  net::HttpClient& http, bool databases, Mishap& mishap) {
    const auto wrap = databases ? failing_databases(mishap) : scenarios::Surroundings::Wrap{};
    try {
        return stage.open(http, use_case.mode, wrap);
    } catch (const std::exception& failure) {
        // The program says why, ends, and is started again.
        if (!mishap.struck()) throw;
        if (std::string_view(failure.what()).empty()) throw Wrong("it does not open and does not say why");
    }
    return stage.open(http, use_case.mode, wrap);
}

Troubled run_troubled(const UseCase& use_case, Stage& stage, const Trouble& trouble, Mishap& mishap,
                      std::int64_t nth) {
    Troubled troubled;
    if (trouble.client) troubled.client = trouble.client(stage, mishap);
    if (trouble.before) trouble.before(stage);
    // To be opened is all that the very first start does, and a service begins to work with it.
    const bool is_first = use_case.prepare == nullptr;
    const bool from_opening = is_first || use_case.mode == scenarios::Mode::serving;
    if (from_opening) mishap.arm(nth);
    troubled.program =
        open_troubled(use_case, stage, troubled.client ? *troubled.client : stage.amazon.client(),
                      trouble.databases, mishap);
    if (is_first) mishap.disarm();
    stage.let_in(*troubled.program);
    Fairway fairway(*troubled.program, stage.token);
    if (!from_opening) mishap.arm(nth);
    run(use_case, stage, fairway);
    mishap.disarm();
    return troubled;
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

Points find_points(const UseCase& use_case, Stage& stage) {
    const std::string said = must_end_well(in_a_process([&] {
        scenarios::Directory copy;
        copy_files(stage.files(), copy);
        stage.use(copy);
        return live(use_case, stage, stage.amazon.client(), "");
    }));
    return read_points(cut(said).first);
}

Untouched play_untouched(const UseCase& use_case, Stage& stage) {
    const std::string said = must_end_well(in_a_process([&] {
        scenarios::Directory copy;
        copy_files(stage.files(), copy);
        stage.use(copy);
        const auto calls_before = stage.amazon.calls();
        const std::string lived =
            must_end_well(in_a_process(stage.amazon.client(), [&](net::HttpClient& amazon) {
                return live(use_case, stage, amazon, "");
            }));
        std::string operations;
        for (const auto& [operation, calls] : stage.amazon.calls()) {
            const auto before = calls_before.find(operation);
            if (before == calls_before.end() || before->second < calls) operations += operation + "\n";
        }
        if (use_case.meanwhile != nullptr) use_case.meanwhile(stage);
        stage.pass(kUntilRestart);
        const auto program = stage.open();
        stage.let_in(*program);
        if (const std::string wrong = settle(stage, *program, {.step = use_case.patience}); !wrong.empty())
            throw Wrong(wrong);
        return lived + std::string(kNextPart) + operations + std::string(kNextPart) +
               state_of(stage, *program);
    }));
    Untouched untouched;
    std::string rest = said, passed, operations;
    std::tie(passed, rest) = cut(rest);
    std::tie(untouched.complaints, rest) = cut(rest);
    std::tie(operations, untouched.state) = cut(rest);
    untouched.passed = read_points(passed);
    for (std::string& operation : lines_of(operations)) untouched.operations.insert(std::move(operation));
    check_complaints(use_case, untouched.complaints);
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
        return repeat(use_case, stage, *program, untouched);
    });
    if (ended.exit_code == 0) return ended.said;
    return "the process after it ended with " + std::to_string(ended.exit_code) + ": " + ended.said;
}

std::vector<Place> find_places(const UseCase& use_case, Stage& stage, const Trouble& trouble) {
    const std::string said = must_end_well(in_a_process([&] {
        scenarios::Directory copy;
        copy_files(stage.files(), copy);
        stage.use(copy);
        Mishap mishap;
        const Troubled troubled = run_troubled(use_case, stage, trouble, mishap, 0);
        std::string lines;
        for (const Place& place : mishap.places())
            lines += std::to_string(place.transaction) + " " + place.text + "\n";
        return lines;
    }));
    std::vector<Place> places;
    for (const std::string& line : lines_of(said)) {
        const std::size_t space = line.find(' ');
        places.push_back({parse_int(line.substr(0, space)).value_or(0), line.substr(space + 1)});
    }
    return places;
}

std::string play_failing(const UseCase& use_case, Stage& stage, const Untouched& untouched,
                         const Trouble& trouble, std::int64_t nth) {
    const Ended ended = in_a_process([&]() -> std::string {
        scenarios::Directory copy;
        copy_files(stage.files(), copy);
        stage.use(copy);
        Mishap mishap;
        const Troubled troubled = run_troubled(use_case, stage, trouble, mishap, nth);
        if (!(trouble.has_struck ? trouble.has_struck(stage) : mishap.struck()))
            return std::string(kNothingFailed);
        if (use_case.meanwhile != nullptr) use_case.meanwhile(stage);
        stage.pass(trouble.pause);
        return repeat(use_case, stage, *troubled.program, untouched, trouble.spoils_answers);
    });
    if (ended.exit_code == 0) return ended.said;
    return "the process ended with " + std::to_string(ended.exit_code) + ": " + ended.said;
}

bool is_every_time_asked_for() { return std::getenv("FAIRWAY_CRASH_ALL") != nullptr; }

}  // namespace fairway::crash
