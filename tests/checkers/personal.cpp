// The rules about personal data.
#include <fstream>
#include <iterator>
#include <set>

#include "checkers/checkers.hpp"

namespace fairway::checkers {

namespace {

std::set<std::string> persons_of(const Ledger& ledger) {
    std::set<std::string> persons;
    for (const LedgerOrder& order : ledger.orders) persons.insert(order.persons.begin(), order.persons.end());
    return persons;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

// The complaint itself does not repeat more of the person than a reader needs to find the place.
Complaints log_is_impersonal(const Ledger& ledger, const std::vector<std::string>& lines) {
    Complaints wrong;
    const std::set<std::string> persons = persons_of(ledger);
    std::string log;
    for (const std::string& line : lines) log += line + "\n";
    for (const std::string& person : persons)
        if (const std::size_t at = log.find(person); at != std::string::npos) {
            const std::size_t begin = log.rfind('\n', at) + 1;  // the first line: npos + 1
            wrong.push_back("personal data is in the log: " + log.substr(begin, log.find('\n', at) - begin));
        }
    return wrong;
}

Complaints files_are_sealed(const Ledger& ledger, const std::vector<std::filesystem::path>& files) {
    Complaints wrong;
    const std::set<std::string> persons = persons_of(ledger);
    for (const std::filesystem::path& path : files) {
        if (!std::filesystem::exists(path)) continue;
        const std::string content = read_file(path);
        for (const std::string& person : persons)
            if (const std::size_t at = content.find(person); at != std::string::npos)
                wrong.push_back(path.filename().string() + " holds \"" + person + "\" in clear at byte " +
                                std::to_string(at));
    }
    return wrong;
}

}  // namespace fairway::checkers
