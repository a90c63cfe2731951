// The test program's main: the only place that looks at the environment.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sandbox/model_validator_test.hpp"

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    if (const char* folder = std::getenv("FAIRWAY_FACTS"); folder != nullptr && *folder != '\0')
        fairway::sandbox::facts_folder() = folder;
    return RUN_ALL_TESTS();
}
