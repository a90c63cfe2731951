#pragma once
// Use cases played in processes of their own: untouched, and killed at a named place.
#include <map>
#include <memory>
#include <string>

#include "use_cases.hpp"

namespace fairway::crash {

// A stage on which everything is there that the use case needs. Throws Wrong when it cannot be made.
std::unique_ptr<Stage> prepared(const UseCase& use_case);

// What a use case does when nothing happens to it.
struct Untouched {
    std::map<std::string, std::int64_t> passed{};  // how often it came by each crash point
    std::string complaints{};                      // refusals that belong to it
    std::string state{};                           // where it ends, as state_of says
};
// Throws Wrong when it does not end well even then.
Untouched play_untouched(const UseCase& use_case, Stage& stage);

// The process dies at the point ("NAME:n"), a new one does the same again and goes on to the end. "" or what
// is wrong then.
std::string play_killed(const UseCase& use_case, Stage& stage, const Untouched& untouched,
                        const std::string& point);

// Whether the use case is interrupted at this step.
bool is_interrupted(const UseCase& use_case, std::string_view point);

}  // namespace fairway::crash
