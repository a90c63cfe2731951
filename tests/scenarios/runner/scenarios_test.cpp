// Each scenario file is a test of its own: Scenarios.folder/name.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "db/scratch_test.hpp"
#include "runner/scenario.hpp"

namespace {

namespace fs = std::filesystem;
namespace db = fairway::db;

class ScenarioFile : public testing::Test {
public:
    explicit ScenarioFile(fs::path file) : file_(std::move(file)) {}
    void TestBody() override {
        if (db::test_engine() != db::Engine::sqlite && has_backup())
            GTEST_SKIP() << "backups are copies of SQLite files";
        for (const std::string& wrong : fairway::scenarios::run_file(file_)) ADD_FAILURE() << wrong;
    }

private:
    bool has_backup() const {
        const auto steps = fairway::scenarios::read_script(file_);
        return std::ranges::any_of(steps, [](const auto& step) { return step.words.front() == "backup"; });
    }

    fs::path file_{};
};

// Every sentence that is wrong must make its scenario fail: a runner that cannot fail proves nothing.
class RunnerFails : public testing::Test {
public:
    explicit RunnerFails(fs::path file) : file_(std::move(file)) {}
    void TestBody() override {
        const auto wrong = fairway::scenarios::run_file(file_);
        ASSERT_EQ(wrong.size(), 2u) << file_ << " is meant to fail in both modes";
    }

private:
    fs::path file_{};
};

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt")
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const fs::path folder = FAIRWAY_SCENARIOS;
    for (const fs::path& file : files_in(folder)) {
        const std::string name = fs::relative(file, folder).replace_extension().string();
        const bool must_fail = name.starts_with("runner/");
        testing::RegisterTest(must_fail ? "RunnerFails" : "Scenarios", name.c_str(), nullptr, nullptr,
                              __FILE__, __LINE__, [file, must_fail]() -> testing::Test* {
                                  if (must_fail) return new RunnerFails(file);
                                  return new ScenarioFile(file);
                              });
    }
    return RUN_ALL_TESTS();
}
