#include "tree.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>

namespace fairway::tidy {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 5> kSkippedFolders{"build", "node_modules", "__pycache__", "dist",
                                                          "coverage"};
constexpr std::array<std::string_view, 15> kTextEndings{".cpp",  ".hpp", ".cmake", ".sh",   ".py",
                                                        ".sql",  ".md",  ".txt",   ".yaml", ".yml",
                                                        ".toml", ".ts",  ".tsx",   ".css",  ".mjs"};
constexpr std::array<std::string_view, 5> kTextNames{".clang-format", ".clang-tidy", ".gitignore", "dev",
                                                     "package-lock.json"};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

Kind kind_of(std::string_view path, std::string_view name, std::string_view text) {
    const std::string_view first_line = text.substr(0, text.find('\n'));
    const bool script = first_line.starts_with("#!");
    if (path.ends_with(".cpp") || path.ends_with(".hpp")) return Kind::cpp;
    if (name == "CMakeLists.txt" || path.ends_with(".cmake")) return Kind::cmake;
    if (path.ends_with(".py") || (script && first_line.contains("python"))) return Kind::python;
    if (path.ends_with(".sh") || (script && first_line.ends_with("sh"))) return Kind::shell;
    if (path.ends_with(".sql")) return Kind::sql;
    if (path.ends_with(".md")) return Kind::markdown;
    return Kind::other;
}

bool is_wanted(const fs::path& path) {
    const std::string name = path.filename().string();
    if (is_one_of(name, kTextNames)) return true;
    // A script needs no ending; what has one, hidden or not, is text by its ending.
    return std::ranges::any_of(kTextEndings, [&name](std::string_view end) { return name.ends_with(end); }) ||
           (!name.starts_with('.') && path.extension().empty());
}

bool is_skipped(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name.starts_with('.') || is_one_of(name, kSkippedFolders);
}

}  // namespace

File::File(std::string file_path, std::string content)
    : path(std::move(file_path)), text(std::move(content)) {
    kind = kind_of(path, name(), text);
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        lines.push_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
}

std::string_view File::module() const {
    std::string_view rest = path;
    if (!rest.starts_with("src/")) return {};
    rest.remove_prefix(4);
    const std::size_t slash = rest.find('/');
    return slash == std::string_view::npos ? std::string_view{} : rest.substr(0, slash);
}

std::string_view File::name() const {
    const std::string_view whole = path;
    return whole.substr(whole.rfind('/') + 1);
}

std::vector<File> read_tree(const std::string& root) {
    std::vector<std::string> paths;
    for (auto at = fs::recursive_directory_iterator(root); at != fs::recursive_directory_iterator(); ++at) {
        if (at->is_directory() && is_skipped(at->path())) at.disable_recursion_pending();
        else if (at->is_regular_file() && !at->is_symlink() && is_wanted(at->path()))
            paths.push_back(fs::relative(at->path(), root).string());
    }
    std::ranges::sort(paths);
    std::vector<File> files;
    for (std::string& path : paths) {
        std::ifstream in(fs::path(root) / path, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        if (!text.contains('\0')) files.emplace_back(std::move(path), std::move(text));
    }
    return files;
}

}  // namespace fairway::tidy
