#pragma once
// Money: integer minor units and a currency. Outside Fairway it is {"amount":"59.90","currency":"EUR"}.
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fairway::domain {

// An ISO 4217 code. Three capital letters; the number of decimals comes from a table (JPY 0, BHD 3, else 2).
class Currency {
public:
    static Result<Currency> parse(std::string_view code);
    // For codes written in our source; CHECKs.
    static Currency of(std::string_view code);
    std::string str() const { return std::string(code_.begin(), code_.end()); }
    int decimals() const;
    auto operator<=>(const Currency&) const = default;

private:
    std::array<char, 3> code_{'X', 'X', 'X'};
};

struct Money {
    std::int64_t minor = 0;  // in the currency's smallest unit; never a floating-point number
    Currency currency{};
    bool operator==(const Money&) const = default;
};

// Decimal text as Amazon and our REST write it: optional minus, digits, optional point and digits. More
// decimals than the currency has are accepted only if they are zeros ("5980.00" JPY); amounts beyond 10^15
// minor units are refused.
Result<Money> parse_money(std::string_view amount, Currency currency);
// "59.90", "-0.05", "5980" (JPY).
std::string format_amount(Money money);

// Both sides have the same currency (CHECK); overflow is a CHECK.
Money operator+(Money a, Money b);
Money operator-(Money a, Money b);
Money operator*(Money a, std::int64_t factor);
Money operator-(Money a);
inline Money zero(Currency currency) { return {0, currency}; }

// total shared out by weights (not all zero, none negative) without losing a minor unit: largest remainder
// first, earlier share first where remainders are equal.
std::vector<Money> allocate(Money total, const std::vector<std::int64_t>& weights);

}  // namespace fairway::domain
