#pragma once
// The mirrored Amazon order: what one read of Amazon says, in Fairway's words. Personal data is apart from
// the rest, so that what the decision sees can be logged and compared freely.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/pii.hpp"
#include "base/time.hpp"
#include "domain/money.hpp"
#include "domain/status.hpp"

namespace fairway::domain {

// The money of a line (for all its units) or of an order, part by part. tax is all tax, that of shipping and
// gift wrap included; discount is positive and subtracted; other is what has no column of its own (fees for
// cash on delivery, tips).
struct Parts {
    Money item{};
    Money tax{};
    Money shipping{};
    Money discount{};
    Money gift_wrap{};
    Money other{};

    static Parts zero(Currency currency);
    Money total() const { return item + tax + shipping + gift_wrap + other - discount; }
    bool operator==(const Parts&) const = default;
};
Parts operator+(const Parts& a, const Parts& b);
Parts operator-(const Parts& a, const Parts& b);
// The share of `quantity` further units of a line that has `of` units, when `before` units have had theirs
// already: what is taken for all units together is exactly the line's parts, whatever the steps.
Parts share_of_units(const Parts& line, std::int64_t before, std::int64_t quantity, std::int64_t of);

struct OrderLine {
    int line = 0;  // from 1, in the order in which Amazon first showed them
    OrderItemId order_item_id{};
    SellerSku seller_sku{};
    Asin asin{};
    std::string title{};
    std::int64_t quantity_ordered = 0;    // the highest ever seen: Amazon lowers it when units are cancelled
    std::int64_t quantity_fulfilled = 0;  // units Amazon knows as shipped
    std::int64_t quantity_unfulfilled = 0;  // units Amazon still expects
    std::optional<Parts> proceeds{};        // absent while Amazon does not show money (Pending)
    std::optional<Money> proceeds_total{};  // as Amazon states it; compared with the parts
    bool operator==(const OrderLine&) const = default;
};

struct PackageItem {
    OrderItemId order_item_id{};
    std::int64_t quantity = 0;
    bool operator==(const PackageItem&) const = default;
};

// A package that Amazon knows.
struct AmazonPackage {
    std::string reference_id{};  // packageReferenceId; text, since Amazon's own examples are not all numbers
    std::string carrier{};
    std::string service{};
    std::string tracking{};
    std::string status{};  // Amazon's word
    std::optional<UtcTime> shipped_at{};
    std::vector<PackageItem> items{};
    bool operator==(const AmazonPackage&) const = default;
};

struct AmazonOrder {
    AmazonOrderId id{};
    MarketplaceId marketplace{};
    AmazonStatus status = AmazonStatus::unknown;
    std::string status_text{};  // as Amazon spelled it
    FulfilledBy fulfilled_by = FulfilledBy::merchant;
    std::vector<std::string> programs{};  // PRIME, FBM_SHIP_PLUS, AMAZON_EASY_SHIP, …
    bool replacement = false;             // sent again free of charge: no money is expected
    UtcTime purchased_at{};
    UtcTime updated_at{};
    std::optional<UtcTime> ship_by{};
    std::optional<Money> total{};        // Amazon's grand total
    std::optional<Money> order_other{};  // charged on the order and on no line (a tip)
    std::vector<OrderLine> lines{};
    std::vector<AmazonPackage> packages{};
    DataState recipient_state = DataState::withheld;
    DataState buyer_state = DataState::withheld;

    const OrderLine* find_line(const OrderItemId& item) const;
    bool operator==(const AmazonOrder&) const = default;
};

struct Address {
    std::string name{};
    std::string company{};
    std::string line1{};
    std::string line2{};
    std::string line3{};
    std::string city{};
    std::string district{};
    std::string region{};
    std::string postal_code{};
    std::string country{};
    std::string phone{};
    std::string address_type{};
    std::string instructions{};
    bool operator==(const Address&) const = default;
};

// The fields without which certainly nothing can be delivered, by their names in Address; none for whatever
// may still arrive, however unusual its form: a needless block costs more than an odd address.
std::vector<std::string> missing_fields(const Address& address);

struct Buyer {
    std::string name{};
    std::string email{};
    std::string company{};
    std::string purchase_order_number{};
    bool operator==(const Buyer&) const = default;
};

struct PersonalData {
    std::optional<Address> recipient{};
    std::optional<Buyer> buyer{};
    std::vector<std::pair<int, std::string>> gift_messages{};  // line, text
    bool operator==(const PersonalData&) const = default;
};

// Units of a line that Amazon has cancelled: of a cancelled order all that were not shipped.
std::int64_t cancelled_units(const AmazonOrder& order, const OrderLine& line);

// Amazon refuses a confirmation by hand for these: the label is bought at Amazon, and buying it confirms.
bool may_be_confirmed(const AmazonOrder& order);

// nullopt when Amazon's parts add up, else what each side says; nothing to compare (Pending) adds up.
struct MoneyMismatch {
    Money parts{};   // what the lines and the order's own charges add up to
    Money stated{};  // Amazon's total
    int line = 0;    // the line that does not add up, or 0 for the order
};
std::optional<MoneyMismatch> find_money_mismatch(const AmazonOrder& order);

// What the order charges for a line: nothing for one that is wholly cancelled, unless Amazon's total still
// has it. Zero while Amazon shows no money.
Parts charged_parts(const AmazonOrder& order, const OrderLine& line, Currency currency);

// What a later read makes of the mirror: quantities ordered never fall, lines keep their numbers, a line that
// is gone from Amazon's answer stays as it was.
AmazonOrder merge(const AmazonOrder& known, AmazonOrder read);

}  // namespace fairway::domain
