#pragma once
// Use cases played in processes of their own: untouched, killed at a named place, and with a call that fails.
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "mishaps.hpp"
#include "use_cases.hpp"

namespace fairway::crash {

// A stage on which everything is there that the use case needs. Throws Wrong when it cannot be made.
std::unique_ptr<Stage> prepared(const UseCase& use_case);

// Crash points, and how often a use case comes by each of them.
using Points = std::map<std::string, std::int64_t>;
Points find_points(const UseCase& use_case, Stage& stage);

// What a use case does when nothing happens to it.
struct Untouched {
    Points passed{};
    std::set<std::string> operations{};  // what it asked of Amazon
    std::string complaints{};            // those that belong to it
    std::string state{};                 // where it ends, as state_of says
};
// Throws Wrong when it does not end well even then, or complains of what does not belong to it.
Untouched play_untouched(const UseCase& use_case, Stage& stage);

// The process dies at the point ("NAME:n"), a new one does the same again and goes on to the end. "" or what
// is wrong then.
std::string play_killed(const UseCase& use_case, Stage& stage, const Untouched& untouched,
                        const std::string& point);

// What fails in one play.
struct Trouble {
    std::function<std::unique_ptr<net::HttpClient>(Stage&, Mishap&)> client{};
    bool databases = false;
    std::function<void(Stage&)> before{};  // arms what the sandbox lets fail
    std::function<bool(Stage&)> has_struck{};
    bool spoils_answers = false;  // and what cannot be read is kept aside
    Duration pause{};             // before the second time
};
// The places of the calls that may fail, in their order, when none does.
std::vector<Place> find_places(const UseCase& use_case, Stage& stage, const Trouble& trouble);
// The nth of these calls fails (from 1), the process says so and goes on, does the same once more and goes on
// to the end. "" or what is wrong then, or that nothing failed.
inline constexpr std::string_view kNothingFailed = "nothing failed";
std::string play_failing(const UseCase& use_case, Stage& stage, const Untouched& untouched,
                         const Trouble& trouble, std::int64_t nth);

// Whether the use case is interrupted at this step.
bool is_interrupted(const UseCase& use_case, std::string_view point);
// Whether FAIRWAY_CRASH_ALL asks for every place every time, also where it is like another one.
bool is_every_time_asked_for();

}  // namespace fairway::crash
