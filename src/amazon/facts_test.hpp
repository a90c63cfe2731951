#pragma once
// Where Amazon's published models are; set by the test program's main from FAIRWAY_FACTS.
#include <optional>
#include <string>

namespace fairway::amazon {

// A folder that holds them somewhere below; nullopt: not given.
std::optional<std::string>& facts_folder();
// The text of orders_2026-01-01.json; nullopt when there is no folder. CHECKs that the folder has the file.
std::optional<std::string> orders_model_text();

}  // namespace fairway::amazon
