#include "domain/money.hpp"

#include <algorithm>
#include <numeric>

#include "base/check.hpp"
#include "base/quoted.hpp"
#include "base/text.hpp"

namespace fairway::domain {

namespace {

constexpr std::int64_t kMinorMax = 1'000'000'000'000'000;

// ISO 4217 currencies that do not have two decimals.
constexpr std::array<std::string_view, 16> kNoDecimals{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                       "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                                                       "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThreeDecimals{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

Money checked(__int128 minor, Currency currency) {
    CHECK(
        minor >= -static_cast<__int128>(kMinorMax) * 1000 && minor <= static_cast<__int128>(kMinorMax) * 1000,
        "amounts are bounded when they are read");
    return {static_cast<std::int64_t>(minor), currency};
}

}  // namespace

Result<Currency> Currency::parse(std::string_view code) {
    const bool good =
        code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!good)
        return fail(ErrorKind::invalid, "currency_invalid",
                    "a currency is three capital letters, such as EUR");
    Currency currency;
    std::ranges::copy(code, currency.code_.begin());
    return currency;
}

Currency Currency::of(std::string_view code) {
    auto currency = parse(code);
    CHECK(currency.has_value(), "a currency in our own source is well-formed");
    return *currency;
}

int Currency::decimals() const {
    const std::string_view code(code_.data(), code_.size());
    if (std::ranges::find(kNoDecimals, code) != kNoDecimals.end()) return 0;
    if (std::ranges::find(kThreeDecimals, code) != kThreeDecimals.end()) return 3;
    return 2;
}

Result<Money> parse_money(std::string_view amount, Currency currency) {
    const auto refuse = [&] {
        return fail(ErrorKind::invalid, "amount_invalid",
                    quoted(amount) + " is not an amount of " + currency.str());
    };
    const bool negative = amount.starts_with('-');
    std::string_view digits = negative ? amount.substr(1) : amount;
    const std::size_t point = digits.find('.');
    std::string_view whole = digits.substr(0, point);
    std::string_view fraction =
        point == std::string_view::npos ? std::string_view() : digits.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return refuse();

    const auto decimals = static_cast<std::size_t>(currency.decimals());
    std::int64_t minor = 0;
    const auto take = [&minor](char c) {
        if (c < '0' || c > '9' || minor > kMinorMax) return false;
        minor = minor * 10 + (c - '0');
        return true;
    };
    if (!std::ranges::all_of(whole, take)) return refuse();
    for (std::size_t i = 0; i < std::max(decimals, fraction.size()); ++i) {
        const char c = i < fraction.size() ? fraction[i] : '0';
        if (i < decimals ? !take(c) : c != '0') return refuse();
    }
    if (minor > kMinorMax) return refuse();
    return Money{negative ? -minor : minor, currency};
}

std::string format_amount(Money money) {
    const auto decimals = static_cast<std::size_t>(money.currency.decimals());
    std::string digits = std::to_string(money.minor < 0 ? -money.minor : money.minor);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
    return money.minor < 0 ? "-" + digits : digits;
}

Money operator+(Money a, Money b) {
    CHECK(a.currency == b.currency, "amounts of different currencies are never added");
    return checked(static_cast<__int128>(a.minor) + b.minor, a.currency);
}

Money operator-(Money a, Money b) { return a + -b; }
Money operator-(Money a) { return {-a.minor, a.currency}; }
Money operator*(Money a, std::int64_t factor) {
    return checked(static_cast<__int128>(a.minor) * factor, a.currency);
}

std::vector<Money> allocate(Money total, const std::vector<std::int64_t>& weights) {
    __int128 sum = 0;
    for (const std::int64_t weight : weights) {
        CHECK(weight >= 0, "a share is never negative");
        sum += weight;
    }
    CHECK(sum > 0, "somebody must take the amount");

    std::vector<Money> shares;
    std::vector<std::pair<__int128, std::size_t>> remainders;
    const __int128 amount = total.minor < 0 ? -static_cast<__int128>(total.minor) : total.minor;
    __int128 left = amount;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const __int128 product = amount * weights[i];
        shares.push_back({static_cast<std::int64_t>(product / sum), total.currency});
        left -= product / sum;
        remainders.emplace_back(product % sum, i);
    }
    std::ranges::sort(remainders, [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (std::size_t i = 0; left > 0; ++i, --left) ++shares[remainders[i].second].minor;
    if (total.minor < 0)
        for (Money& share : shares) share = -share;
    return shares;
}

}  // namespace fairway::domain
