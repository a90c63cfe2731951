// A store's settings as REST, the CLI and the database write them.
#include <array>
#include <limits>
#include <utility>

#include <boost/json.hpp>

#include "base/text.hpp"
#include "store/stores.hpp"

namespace fairway::store {

namespace {

template <class Enum>
using EnumTexts = std::array<std::pair<Enum, std::string_view>, 2>;

constexpr EnumTexts<domain::CustomerMode> kCustomers{
    {{domain::CustomerMode::guest, "guest"}, {domain::CustomerMode::account, "account"}}};
constexpr EnumTexts<domain::OrderNumberSource> kOrderNumbers{
    {{domain::OrderNumberSource::back_end, "back_end"}, {domain::OrderNumberSource::amazon, "amazon"}}};
constexpr EnumTexts<domain::PendingOrders> kPendingOrders{
    {{domain::PendingOrders::reserve, "reserve"}, {domain::PendingOrders::ignore, "ignore"}}};

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kStatusLengthMax = 40;
constexpr std::size_t kTextLengthMax = 200;

std::unexpected<Error> invalid(std::string field, const std::string& expected) {
    return fail(ErrorKind::invalid, "setting_invalid", field + " must be " + expected, field);
}

std::unexpected<Error> unknown(std::string field) {
    return fail(ErrorKind::invalid, "setting_unknown", "there is no setting " + field, field);
}

Status take(const json::Value& value, std::string_view field, bool& out) {
    if (!value.is_bool()) return invalid(std::string(field), "true or false");
    out = value.get_bool();
    return {};
}

template <class Int>
Status take_integer(const json::Value& value, std::string_view field, std::int64_t least, std::int64_t most,
                    Int& out) {
    if (!value.is_int64() || value.get_int64() < least || value.get_int64() > most) {
        const std::string range = most == kNoLimit
                                      ? std::to_string(least) + " or more"
                                      : "from " + std::to_string(least) + " to " + std::to_string(most);
        return invalid(std::string(field), "a whole number, " + range);
    }
    out = static_cast<Int>(value.get_int64());
    return {};
}

Status take_text(const json::Value& value, std::string_view field, std::size_t length_max, std::string& out) {
    const auto wrong = [&] {
        return invalid(std::string(field), "a text of 1 to " + std::to_string(length_max) + " characters");
    };
    if (!value.is_string()) return wrong();
    const std::string text(value.get_string());
    if (!is_valid_utf8(text) || trim(text).empty() || utf8_length(text) > length_max) return wrong();
    out = text;
    return {};
}

Status take_optional_text(const json::Value& value, std::string_view field, std::size_t length_max,
                          std::optional<std::string>& out) {
    if (value.is_null()) {
        out.reset();
        return {};
    }
    std::string text;
    TRY(take_text(value, field, length_max, text));
    out = std::move(text);
    return {};
}

template <class Enum>
Status take_enum(const json::Value& value, std::string_view field, const EnumTexts<Enum>& texts, Enum& out) {
    for (const auto& [each, text] : texts)
        if (value.is_string() && std::string_view(value.get_string()) == text) {
            out = each;
            return {};
        }
    return invalid(std::string(field),
                   "\"" + std::string(texts[0].second) + "\" or \"" + std::string(texts[1].second) + "\"");
}

template <class Enum>
std::string_view text_of(const EnumTexts<Enum>& texts, Enum value) {
    return texts[0].first == value ? texts[0].second : texts[1].second;
}

Status patch_quantity(const json::Value& value, domain::QuantitySettings& out) {
    if (!value.is_object()) return invalid("quantity", "an object");
    for (const auto& member : value.get_object()) {
        const std::string field = "quantity." + std::string(member.key());
        const json::Value& each = member.value();
        if (member.key() == "out_of_stock_threshold")
            TRY(take_integer(each, field, 0, kNoLimit, out.out_of_stock_threshold));
        else if (member.key() == "unmanaged") TRY(take_integer(each, field, 0, kNoLimit, out.unmanaged));
        else if (member.key() == "buffer") TRY(take_integer(each, field, 0, kNoLimit, out.buffer));
        else if (member.key() != "maximum") return unknown(field);
        else if (each.is_null()) out.maximum.reset();
        else TRY(take_integer(each, field, 0, kNoLimit, out.maximum.emplace()));
    }
    return {};
}

// One carrier is set, or removed with null; the others stay.
Status patch_carriers(const json::Value& value, std::map<std::string, std::string>& out) {
    if (!value.is_object()) return invalid("carriers", "an object of texts");
    for (const auto& member : value.get_object()) {
        const std::string name(member.key());
        const std::string field = "carriers." + name;
        if (trim(name).empty()) return invalid(field, "named after a carrier of the back end");
        if (member.value().is_null()) out.erase(name);
        else TRY(take_text(member.value(), field, kTextLengthMax, out[name]));
    }
    return {};
}

Status patch_member(const std::string& key, const json::Value& value, domain::StoreSettings& out) {
    if (key == "import_orders") return take(value, key, out.import_orders);
    if (key == "store_view") return take_optional_text(value, key, kTextLengthMax, out.store_view);
    if (key == "customer") return take_enum(value, key, kCustomers, out.customer);
    if (key == "order_number") return take_enum(value, key, kOrderNumbers, out.order_number);
    if (key == "pending_orders") return take_enum(value, key, kPendingOrders, out.pending_orders);
    if (key == "imported_status")
        return take_optional_text(value, key, kStatusLengthMax, out.imported_status);
    if (key == "look_back_days") return take_integer(value, key, 0, 730, out.look_back_days);
    if (key == "create_when_refused") return take(value, key, out.create_when_refused);
    if (key == "carriers") return patch_carriers(value, out.carriers);
    if (key == "quantity") return patch_quantity(value, out.quantity);
    if (key == "sync_interval_s") return take_integer(value, key, 60, 86'400, out.sync_interval_s);
    return unknown(key);
}

// Whether the words true, false, null and numbers are to be taken as text.
bool is_text_setting(std::string_view key) {
    return key == "store_view" || key == "customer" || key == "order_number" || key == "pending_orders" ||
           key == "imported_status" || key.starts_with("carriers.");
}

json::Value parse_cli_value(std::string_view key, std::string_view value) {
    if (value == "null") return nullptr;
    if (is_text_setting(key)) return json::Value(value);
    if (value == "true") return true;
    if (value == "false") return false;
    if (const auto number = parse_int(value)) return *number;
    return json::Value(value);
}

template <class T>
json::Value or_null(const std::optional<T>& value) {
    return value ? json::Value(*value) : json::Value(nullptr);
}

}  // namespace

json::Value encode_settings(const domain::StoreSettings& settings) {
    json::Object carriers;
    for (const auto& [name, code] : settings.carriers) carriers[name] = code;
    return json::Object{
        {"import_orders", settings.import_orders},
        {"store_view", or_null(settings.store_view)},
        {"customer", text_of(kCustomers, settings.customer)},
        {"order_number", text_of(kOrderNumbers, settings.order_number)},
        {"pending_orders", text_of(kPendingOrders, settings.pending_orders)},
        {"imported_status", or_null(settings.imported_status)},
        {"look_back_days", settings.look_back_days},
        {"create_when_refused", settings.create_when_refused},
        {"carriers", std::move(carriers)},
        {"quantity", json::Object{{"out_of_stock_threshold", settings.quantity.out_of_stock_threshold},
                                  {"maximum", or_null(settings.quantity.maximum)},
                                  {"unmanaged", settings.quantity.unmanaged},
                                  {"buffer", settings.quantity.buffer}}},
        {"sync_interval_s", settings.sync_interval_s}};
}

Result<domain::StoreSettings> patch_settings(const domain::StoreSettings& base, const json::Value& patch) {
    if (!patch.is_object()) return fail(ErrorKind::invalid, "setting_invalid", "settings are an object");
    domain::StoreSettings settings = base;
    for (const auto& member : patch.get_object())
        TRY(patch_member(std::string(member.key()), member.value(), settings));
    return settings;
}

json::Object settings_patch(std::string_view key, std::string_view value) {
    json::Value typed = parse_cli_value(key, value);
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) return {{key, std::move(typed)}};
    return {{key.substr(0, dot), json::Object{{key.substr(dot + 1), std::move(typed)}}}};
}

}  // namespace fairway::store
