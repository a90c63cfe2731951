// A target as a test: NAME_fuzz FILE|FOLDER... gives it every file, and what becomes of each when it is cut
// or one of its bits is turned over. The file at hand is named first, so that the last name printed is that
// of the finding.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz.hpp"

namespace fairway::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPlaces = 8;

std::vector<fs::path> files_of(const std::vector<fs::path>& paths) {
    std::vector<fs::path> files;
    for (const fs::path& path : paths) {
        if (!fs::is_directory(path)) {
            files.push_back(path);
            continue;
        }
        for (const auto& entry : fs::directory_iterator(path)) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

void replay(const std::string& text) {
    fuzz_one(text);
    for (std::size_t i = 0; i < std::min(kPlaces, text.size()); ++i) {
        const std::size_t place = text.size() * i / kPlaces;
        fuzz_one(std::string_view(text).substr(0, place));
        std::string changed = text;
        changed[place] = static_cast<char>(changed[place] ^ (1 << i % 8));
        fuzz_one(changed);
    }
}

int run(const std::vector<fs::path>& paths) {
    const auto files = files_of(paths);
    for (const fs::path& file : files) {
        std::printf("%s\n", file.c_str());
        std::fflush(stdout);
        std::ifstream in(file, std::ios::binary);
        CHECK(in.good(), "an input can be read");
        replay({std::istreambuf_iterator<char>(in), {}});
    }
    std::printf("%zu inputs replayed\n", files.size());
    return files.empty() ? 1 : 0;
}

}  // namespace
}  // namespace fairway::fuzz

int main(int argc, char** argv) { return fairway::fuzz::run({argv + 1, argv + argc}); }
