#pragma once
// Holds every answer of a sandbox in a test against Amazon's published models, whatever the test is about.
#include <cstdint>
#include <string>
#include <vector>

#include "net/http.hpp"
#include "sandbox/world.hpp"

namespace fairway::sandbox {

// The world's answer. Where it is not what the models say, `problems` grows. Nothing is looked at without
// models (facts_folder(), set before the first call), on routes that are not Amazon's, and while a fault is
// on that spoils answers so that they contradict the models.
net::Response handle_checked(World& world, net::Request request, std::vector<std::string>& problems);

// How many answers were held against the models so far.
std::int64_t answers_checked();

}  // namespace fairway::sandbox
