#include "main/commands.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/text.hpp"

namespace fairway {

Result<std::string> read_text_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(text << file.rdbuf())))
        return fail(ErrorKind::not_found, "file_unreadable",
                    "cannot read " + path + ": " + std::strerror(errno));
    std::string content = text.str();
    while (content.ends_with('\n') || content.ends_with('\r')) content.pop_back();
    if (content.empty()) return fail(ErrorKind::invalid, "file_empty", path + " is empty");
    return content;
}

json::Value integer_or_text(const std::string& text) {
    if (const auto number = parse_int(text)) return *number;
    return json::Value(text);
}

int print_id(const Result<json::Value>& answer) {
    if (!answer) return print_error(answer.error());
    std::printf("%s\n", answer->at("id").as_string().c_str());
    return 0;
}

int done(const Result<json::Value>& answer) { return answer ? 0 : print_error(answer.error()); }

int usage(const std::string& message) {
    std::fprintf(stderr, "fairway: %s\n", message.c_str());
    return 2;
}

std::string part(const std::string& text) { return percent_encode(text); }

void CommandLine::on_program(Command command, std::function<int(Program&)> work) {
    command.when_chosen([this, work = std::move(work)] {
        chosen_ = [this, work] {
            const auto config = read_config(config_path_);
            if (!config) return print_error(config.error());
            const auto program = open_program(*config);
            if (!program) return print_error(program.error());
            return work(**program);
        };
    });
}

void CommandLine::on(Command command, std::function<int(Local&)> work) {
    on_program(command, [work = std::move(work)](Program& program) {
        Local local(program);
        return work(local);
    });
}

void CommandLine::add_list(Command parent, const std::string& name, const std::string& what,
                           const std::string& path,
                           std::vector<std::pair<std::string_view, std::string_view>> columns,
                           std::vector<std::string> filters) {
    Command command = parent.add(name, what);
    command.flag("--json", flag(path + " json"), "print JSON in the shapes of the REST interface");
    for (const std::string& filter : filters) {
        std::string option = "--" + filter;
        std::ranges::replace(option, '_', '-');
        command.option(option, value(path + " " + filter), "only those; as the REST filter " + filter);
    }
    on(command, [this, path, columns = std::move(columns), filters = std::move(filters)](Local& local) {
        QueryPairs query;
        for (const std::string& filter : filters)
            if (const std::string& text = value(path + " " + filter); !text.empty())
                query.emplace_back(filter, text);
        const bool as_json = flag(path + " json");
        // Tables have no column for personal data; whoever looks for a name may see it.
        const bool shows = as_json || !value(path + " buyer").empty();
        const auto rows =
            local.list(path, query, shows ? Local::PersonalData::shown : Local::PersonalData::hidden);
        if (!rows) return print_error(rows.error());
        if (as_json) print_json(*rows);
        else print_table(*rows, columns);
        return 0;
    });
}

}  // namespace fairway
