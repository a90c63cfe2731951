#include "domain/settings.hpp"

namespace fairway::domain {

bool import_was_on(const std::vector<ImportSwitch>& switches, UtcTime at) {
    bool on = switches.empty() || switches.front().on;
    for (const ImportSwitch& each : switches)
        if (each.at <= at) on = each.on;
    return on;
}

}  // namespace fairway::domain
