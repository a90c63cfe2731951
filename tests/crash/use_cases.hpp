#pragma once
// The use cases that crash and anomaly tests interrupt. Each is run on a stage of its own; run again it does
// what a person or the scheduler would do again: the same requests with the same keys, the next look.
#include <ostream>
#include <span>
#include <string_view>

#include "stage.hpp"

namespace fairway::crash {

struct UseCase {
    std::string_view name;
    // What must be there before; empty: not even a database.
    void (*prepare)(Stage&, Fairway&) = nullptr;
    void (*run)(Stage&, Fairway&);
    scenarios::Mode mode = scenarios::Mode::restarting;
    // What happens while the process is dead or wrong.
    void (*meanwhile)(Stage&) = nullptr;
    // A long one: only points and calls of these steps are interrupted; empty: all.
    std::string_view only{};
    // The first statement that begins like this fails, whatever else happens; empty: none.
    std::string_view fails_once{};
    // The code of the complaint that belongs to it; empty: untouched it comes through without any.
    std::string_view complaint{};
    // How long it takes until Fairway looks again at what it could not do.
    Duration patience = minutes(5);
};

std::span<const UseCase> use_cases();
const UseCase& use_case_named(std::string_view name);

// For the names of parameterised tests.
inline std::ostream& operator<<(std::ostream& out, const UseCase& use_case) { return out << use_case.name; }

}  // namespace fairway::crash
