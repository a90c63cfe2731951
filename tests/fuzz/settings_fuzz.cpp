// A store's settings: as REST and the database write them (a JSON object), or as the command line does (lines
// of key=value).
#include <boost/json.hpp>

#include "base/text.hpp"
#include "fuzz.hpp"
#include "store/stores.hpp"

namespace fairway::fuzz {

namespace {

using domain::StoreSettings;

void check_limits(const StoreSettings& settings) {
    CHECK(settings.look_back_days >= 0 && settings.look_back_days <= 730, "look_back_days");
    CHECK(settings.sync_interval_s >= 60 && settings.sync_interval_s <= 86'400, "sync_interval_s");
    CHECK(!settings.quantity.maximum || *settings.quantity.maximum >= 0, "quantity.maximum");
    CHECK(settings.quantity.buffer >= 0 && settings.quantity.unmanaged >= 0 &&
              settings.quantity.out_of_stock_threshold >= 0,
          "quantities");
    CHECK(!settings.imported_status || utf8_length(*settings.imported_status) <= 40, "imported_status");
    CHECK(!settings.store_view || utf8_length(*settings.store_view) <= 200, "store_view");
    for (const auto& [name, code] : settings.carriers)
        CHECK(!trim(name).empty() && !trim(code).empty(), "carriers have names and codes");
}

// The settings after the patch, or those before it.
StoreSettings patched(const StoreSettings& before, const json::Value& patch) {
    const auto read = store::patch_settings(before, patch);
    if (!read) {
        check_error(read.error());
        CHECK(read.error().kind == ErrorKind::invalid, "a wrong setting is invalid");
        const bool nameless = !patch.is_object() || patch.as_object().contains("");
        CHECK(nameless || !read.error().field.empty(), "the setting that is wrong is named");
        return before;
    }
    check_limits(*read);
    const json::Value written = store::encode_settings(*read);
    CHECK(store::patch_settings({}, written).value() == *read, "settings can be written and read again");
    CHECK(store::patch_settings(*read, patch).value() == *read, "the same patch again changes nothing");
    return *read;
}

}  // namespace

void fuzz_one(std::string_view input) {
    if (const auto patch = json::parse(input)) patched({}, *patch);
    StoreSettings settings;
    while (!input.empty()) {
        const std::string_view line = take_part(input);
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos || !is_valid_utf8(line)) continue;
        settings = patched(settings, store::settings_patch(line.substr(0, equals), line.substr(equals + 1)));
    }
}

}  // namespace fairway::fuzz
