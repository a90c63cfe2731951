#pragma once
// One command of the command line, as CLI11 keeps it: a name, options that are written into the variables
// they are given, and what happens when it is chosen. Only command.cpp includes CLI11, which is dear to
// compile. Handles may be copied; they live as long as the CommandTree. One thread.
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace fairway {

// One option or positional argument of a command.
class Argument {
public:
    explicit Argument(CLI::Option* option) : option_(option) {}
    Argument& required();
    // Whole numbers from least to most.
    Argument& range(std::int64_t least, std::int64_t most = std::numeric_limits<std::int64_t>::max());
    Argument& shows_default();  // in the help
    Argument& one_of(std::initializer_list<const char*> words);

private:
    CLI::Option* option_;
};

class Command {
public:
    explicit Command(CLI::App* app) : app_(app) {}

    Command add(const std::string& name, const std::string& what);
    // A command that is nothing without one of its own commands, such as `order`.
    Command add_family(const std::string& name, const std::string& what);
    // "--name" is an option, "name" a positional argument. The variable must outlive the tree.
    Argument option(const std::string& name, std::string& value, const std::string& what = "");
    Argument option(const std::string& name, std::vector<std::string>& values, const std::string& what = "");
    Argument flag(const std::string& name, bool& value, const std::string& what = "");
    void when_chosen(std::function<void()> work);

private:
    CLI::App* app_;
};

// The whole command line.
class CommandTree {
public:
    CommandTree(const std::string& what, const std::string& version);
    ~CommandTree();
    CommandTree(const CommandTree&) = delete;
    CommandTree& operator=(const CommandTree&) = delete;

    Command root();
    // Calls what was chosen. Otherwise prints why, or the help asked for, and gives the exit code: 0 or 2.
    struct Parsed {
        bool chosen;
        int exit_code;
    };
    Parsed parse(int argc, char** argv);

private:
    std::unique_ptr<CLI::App> app_;
};

}  // namespace fairway
