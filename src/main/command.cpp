#include "main/command.hpp"

#include <CLI/CLI.hpp>

namespace fairway {

namespace {
constexpr int kWrongUse = 2;
}  // namespace

Argument& Argument::required() {
    option_->required();
    return *this;
}

Argument& Argument::range(std::int64_t least, std::int64_t most) {
    option_->check(CLI::Range(least, most));
    return *this;
}

Argument& Argument::one_of(std::initializer_list<const char*> words) {
    option_->check(CLI::IsMember(std::vector<std::string>(words.begin(), words.end())));
    return *this;
}

Argument& Argument::shows_default() {
    option_->capture_default_str();
    return *this;
}

Command Command::add(const std::string& name, const std::string& what) {
    return Command(app_->add_subcommand(name, what));
}

Command Command::add_family(const std::string& name, const std::string& what) {
    return Command(app_->add_subcommand(name, what)->require_subcommand(1));
}

Argument Command::option(const std::string& name, std::string& value, const std::string& what) {
    return Argument(app_->add_option(name, value, what));
}

Argument Command::option(const std::string& name, std::vector<std::string>& values, const std::string& what) {
    return Argument(app_->add_option(name, values, what));
}

Argument Command::flag(const std::string& name, bool& value, const std::string& what) {
    return Argument(app_->add_flag(name, value, what));
}

void Command::when_chosen(std::function<void()> work) { app_->callback(std::move(work)); }

CommandTree::CommandTree(const std::string& what, const std::string& version)
    : app_(std::make_unique<CLI::App>(what)) {
    app_->set_version_flag("--version", version);
    app_->require_subcommand(1);
}

CommandTree::~CommandTree() = default;

Command CommandTree::root() { return Command(app_.get()); }

CommandTree::Parsed CommandTree::parse(int argc, char** argv) {
    try {
        app_->parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return {.chosen = false, .exit_code = app_->exit(problem) == 0 ? 0 : kWrongUse};
    }
    return {.chosen = true, .exit_code = 0};
}

}  // namespace fairway
