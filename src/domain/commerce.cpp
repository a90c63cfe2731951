#include "domain/commerce.hpp"

#include <algorithm>

namespace fairway::domain {

const CommerceLine* CommerceOrder::find_line(int line) const {
    const auto found = std::ranges::find(lines, line, &CommerceLine::line);
    return found == lines.end() ? nullptr : &*found;
}

bool CommerceOrder::has_open_units() const {
    return std::ranges::any_of(lines, [](const CommerceLine& line) { return line.open() > 0; });
}

bool CommerceOrder::has_shipped_units() const {
    return std::ranges::any_of(lines, [](const CommerceLine& line) { return line.quantity_shipped > 0; });
}

}  // namespace fairway::domain
