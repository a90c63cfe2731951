// The test program's main: the only place that looks at the environment.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "amazon/facts_test.hpp"
#include "base/check.hpp"

namespace fairway::amazon {

std::optional<std::string>& facts_folder() {
    static std::optional<std::string> folder;
    return folder;
}

std::optional<std::string> orders_model_text() {
    if (!facts_folder()) return std::nullopt;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*facts_folder())) {
        if (entry.path().filename() != "orders_2026-01-01.json") continue;
        std::ostringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        return text.str();
    }
    CHECK(false, "FAIRWAY_FACTS names a folder with Amazon's model orders_2026-01-01.json below it");
}

}  // namespace fairway::amazon

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    if (const char* folder = std::getenv("FAIRWAY_FACTS"); folder != nullptr && *folder != '\0')
        fairway::amazon::facts_folder() = folder;
    return RUN_ALL_TESTS();
}
