#pragma once
// An order whose money does not add up: what is shown of it, and what the decision to import it anyway is
// about.
#include <optional>
#include <string>
#include <string_view>

#include "domain/plan.hpp"

namespace fairway::domain {

// The kind of that decision; its cause is amounts_of the order at that moment.
inline constexpr std::string_view kImportAnyway = "import_anyway";

// The block with both figures; nullopt when the money adds up.
std::optional<Block> find_money_block(const AmazonOrder& order);

// Every amount that Amazon shows of the order, as text. A decision holds as long as all of them are those
// that were decided about: whoever accepted one contradiction has not accepted the next one.
std::string amounts_of(const AmazonOrder& order);

// Whether the parts can be taken as they are, should a person say so. They cannot when they are in several
// currencies, nor when a line that is owed shows no money: its price is still to come. Unless Amazon's total
// is reached without that line: then the line costs nothing, by Amazon's own word.
bool can_be_charged(const AmazonOrder& order);

// What the commerce order charges in all: Amazon's parts, which are what it pays for each thing. Needs
// can_be_charged.
Money charged_total(const AmazonOrder& order);

}  // namespace fairway::domain
