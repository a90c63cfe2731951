#pragma once
// The commands of the command line: each add_… declares a family with its options and what runs when one is
// chosen.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "main/command.hpp"
#include "main/local.hpp"

namespace fairway {

class CommandLine {
public:
    explicit CommandLine(const std::string& config_path) : config_path_(config_path) {}

    void add_service_commands(Command app);  // serve, migrate, check-config, doctor, sync
    void add_safety_commands(Command app);   // read-only, backup
    void add_account_commands(Command app);  // account, store
    void add_catalog_commands(Command app);  // product, stock, listing
    void add_order_commands(Command app);    // order, command
    void add_user_commands(Command app);     // user
    void add_access_commands(Command app);   // token, audit
    void add_watch_commands(Command app);    // message, attention, quarantine

    // Runs what was chosen; the exit code.
    int run() { return chosen_(); }

private:
    void add_doctor(Command app);
    void add_backup(Command app);
    void add_account_connect(Command account);
    void add_account_update(Command account);
    void add_store_add(Command store);
    void add_store_set(Command store);
    void add_products(Command app);
    void add_listings(Command app);
    void add_order_step(Command order, const std::string& name, const std::string& help);
    void add_order_ship(Command order);
    void add_user_add(Command user);
    void add_user_set(Command user);

    using Values = std::map<std::string, std::string>;

    // A command whose work is REST: opens the program and hands over a Local.
    void on(Command command, std::function<int(Local&)> work);
    // A command that needs the opened program itself.
    void on_program(Command command, std::function<int(Program&)> work);
    // An option's value lives here as long as the command line.
    std::string& value(const std::string& name) { return values_[name]; }
    bool& flag(const std::string& name) { return flags_[name]; }
    std::vector<std::string>& list(const std::string& name) { return lists_[name]; }
    // A command that prints a list, with --json and an option for each of the list's REST filters ("state" is
    // --state).
    void add_list(Command parent, const std::string& name, const std::string& what, const std::string& path,
                  std::vector<std::pair<std::string_view, std::string_view>> columns,
                  std::vector<std::string> filters = {});

    const std::string& config_path_;
    std::function<int()> chosen_;
    // Stable addresses: options are bound by reference.
    Values values_;
    std::map<std::string, bool> flags_;
    std::map<std::string, std::vector<std::string>> lists_;
};

// What the families share; all print to standard output and give the exit code.
int print_id(const Result<json::Value>& answer);
int done(const Result<json::Value>& answer);
int usage(const std::string& message);  // to standard error; 2
// A small file's text without the line end that editors add.
Result<std::string> read_text_file(const std::string& path);
// An integer, or the text as it is, for the interface to refuse.
json::Value integer_or_text(const std::string& text);
// A path part as it travels.
std::string part(const std::string& text);

}  // namespace fairway
