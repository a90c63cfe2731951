// The rules about personal data.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "checkers/checkers.hpp"

namespace fairway::checkers {

namespace {

std::set<std::string> persons_of(const Ledger& ledger) {
    std::set<std::string> persons;
    for (const LedgerOrder& order : ledger.orders) persons.insert(order.persons.begin(), order.persons.end());
    return persons;
}

// Texts that are looked for all at once: by what they begin with, so that however many there are, what they
// are looked for in is read once.
class Texts {
public:
    explicit Texts(const std::set<std::string>& texts) {
        for (const std::string& text : texts) begin_ = std::min(begin_, text.size());
        for (const std::string& text : texts)
            by_begin_[std::string_view(text).substr(0, begin_)].push_back(text);
    }

    // Where each of them first stands in `content`; those that do not are left out.
    std::map<std::string_view, std::size_t> find_in(std::string_view content) const {
        std::map<std::string_view, std::size_t> places;
        for (std::size_t at = 0; !by_begin_.empty() && at + begin_ <= content.size(); ++at) {
            const auto found = by_begin_.find(content.substr(at, begin_));
            if (found == by_begin_.end()) continue;
            for (const std::string_view text : found->second)
                if (content.substr(at).starts_with(text)) places.try_emplace(text, at);
        }
        return places;
    }

private:
    std::size_t begin_ = std::string_view::npos;  // the length of the shortest
    std::unordered_map<std::string_view, std::vector<std::string_view>> by_begin_{};
};

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

// The complaint itself does not repeat more of the person than a reader needs to find the place.
Complaints log_is_impersonal(const Ledger& ledger, const std::vector<std::string>& lines) {
    Complaints wrong;
    const std::set<std::string> persons = persons_of(ledger);
    const Texts texts(persons);
    std::set<std::string_view> found;
    for (const std::string& line : lines)
        for (const auto& [person, at] : texts.find_in(line))
            if (found.insert(person).second) wrong.push_back("personal data is in the log: " + line);
    return wrong;
}

Complaints files_are_sealed(const Ledger& ledger, const std::vector<std::filesystem::path>& files) {
    Complaints wrong;
    const std::set<std::string> persons = persons_of(ledger);
    const Texts texts(persons);
    for (const std::filesystem::path& path : files) {
        if (!std::filesystem::exists(path)) continue;
        for (const auto& [person, at] : texts.find_in(read_file(path)))
            wrong.push_back(path.filename().string() + " holds \"" + std::string(person) +
                            "\" in clear at byte " + std::to_string(at));
    }
    return wrong;
}

}  // namespace fairway::checkers
