#pragma once
// The decision. Everything that can happen to an order (a read of Amazon, a saved shipment, a fixed product,
// a changed setting, the clock) only marks it dirty; plan() then looks at all facts about the one order and
// says what is to be done. It is pure: the same facts give the same plan, and once a plan is carried out the
// next one is empty.
//
// A plan takes the order one step further; whoever carries it out plans again until nothing is left to do.
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/commerce.hpp"
#include "domain/order.hpp"
#include "domain/settings.hpp"

namespace fairway::domain {

// A text for people, stored as a code and its parameters and rendered in the reader's language
// (domain/texts.hpp).
using TextParams = std::map<std::string, std::string>;
struct Note {
    std::string code{};
    TextParams params{};
    bool operator==(const Note&) const = default;
};

// Why a commerce order cannot be created now, and the thing to mend.
struct Block {
    BlockReason reason = BlockReason::refused;
    int line = 0;  // 0: the order as a whole
    SellerSku seller_sku{};
    ProductSku product_sku{};
    TextParams params{};
    bool operator==(const Block&) const = default;
};

// What a line's seller SKU stands for now.
struct ResolvedLine {
    int line = 0;
    std::optional<ProductSku> product_sku{};  // nullopt: no such product
    std::int64_t units = 1;                   // product units per Amazon unit
    bool enabled = true;
    // Product units that this order may take: on hand, less what other orders have reserved.
    std::int64_t salable = 0;
};

struct Reservation {
    int line = 0;
    SellerSku seller_sku{};
    ProductSku product_sku{};
    std::int64_t quantity = 0;  // product units
    bool operator==(const Reservation&) const = default;
};

struct CommandFacts {
    CommandId id{};
    CommandKind kind = CommandKind::confirm_shipment;
    CommandState state = CommandState::queued;
    std::string cause{};          // of a confirmation: the packageReferenceId
    std::int64_t package_id = 0;  // the commerce package it speaks of
    std::vector<LineQuantity> items{};
    std::optional<UtcTime> accepted_at{};
};

// What was already asked of the back end: unique by (order, kind, cause).
struct IntentFacts {
    std::string kind{};
    std::string cause{};
};

// An item ever opened for the order, closed or not: unique by (order, kind, cause).
struct AttentionFacts {
    std::string kind{};
    std::string cause{};
    bool operator==(const AttentionFacts&) const = default;
};

// What a person decided about the order; `cause` is what was decided about.
struct DecisionFacts {
    std::string kind{};
    std::string cause{};
    bool operator==(const DecisionFacts&) const = default;
};

struct OrderFacts {
    AmazonOrder order{};
    // Of the address that the order would be shipped to, the fields that are missing (missing_fields). All
    // that the decision learns of a person.
    std::vector<std::string> address_missing{};
    ImportState import_state = ImportState::waiting;
    std::optional<Block> block{};
    bool look_again = false;
    std::string note{};  // the code of the note that it shows; none: empty
    std::optional<CommerceOrder> commerce{};
    std::vector<CommandFacts> commands{};
    std::vector<IntentFacts> intents{};
    std::vector<AttentionFacts> attention{};
    std::vector<DecisionFacts> decisions{};
    StoreSettings settings{};
    std::vector<ImportSwitch> import_switches{};
    UtcTime import_from{};  // when the store was connected
    std::vector<ResolvedLine> resolved{};
    std::vector<Reservation> reservations{};
    UtcTime now{};
    UtcTime tick_started{};  // of the sync under way, or of the last one
};

// ---- Effects

struct ReserveStock {
    Reservation reservation{};
};
struct ReleaseStock {
    int line = 0;
};
struct SetImportState {
    ImportState state = ImportState::waiting;
};
struct SetBlock {
    Block block{};
};
struct ClearBlock {};
// At the next sync the order is planned again, whatever happens.
struct SetLookAgain {
    bool look_again = false;
};
struct WriteNote {
    Note note{};
};
// An item on the list of things that a person must decide; once per cause.
struct OpenAttention {
    std::string kind{};
    std::string cause{};
    TextParams params{};
};

// The intents: what the back end is asked to do. `cause` makes each unique for its order.
struct NewCommerceLine {
    int line = 0;
    ProductSku product_sku{};
    std::int64_t units = 1;
    std::int64_t quantity = 0;       // as ordered
    std::int64_t cancelled = 0;      // cancelled before the commerce order was made: never owed, never taken
    std::int64_t stock_to_take = 0;  // product units; for units still open all of them must be there
    std::int64_t stock_may_be_short =
        0;  // of these, product units already shipped: taken as far as there are any
};
struct CreateOrder {
    std::string cause{};
    std::optional<std::string> status_label{};
    std::vector<NewCommerceLine> lines{};
};
struct ShippedPackage {
    std::string amazon_reference{};
    std::string carrier{};
    std::string service{};
    std::string tracking{};
    std::optional<UtcTime> shipped_at{};
    std::vector<LineQuantity> items{};
};
// Units that were shipped on Amazon's side (Seller Central, another tool).
struct RecordShipment {
    std::string cause{};
    std::vector<ShippedPackage> packages{};
};
// Units that Amazon cancelled: credited if the order is invoiced, else cancelled; their stock comes back.
struct WithdrawUnits {
    std::string cause{};
    bool credit = true;
    std::vector<LineQuantity> lines{};
};
struct CompleteOrder {
    std::string cause{};
};

// Commands: what Amazon is asked to do.
struct QueueConfirmation {
    std::int64_t package_id = 0;
    std::string reference_id{};  // packageReferenceId, chosen once
    std::vector<LineQuantity> items{};
    std::optional<UtcTime> deadline{};
};
// Another tool's package took the number before the command reached Amazon: the command goes out under this
// one.
struct RenumberCommand {
    CommandId id{};
    std::string reference_id{};
};
struct RejectCommand {
    CommandId id{};
    std::string code{};
};
// Amazon shows what the command asked for.
struct VerifyCommand {
    CommandId id{};
    std::string code{};  // "command.verified", or "command.already_on_amazon" when somebody else did it
};

using Effect = std::variant<ReserveStock, ReleaseStock, SetImportState, SetBlock, ClearBlock, SetLookAgain,
                            WriteNote, OpenAttention, CreateOrder, RecordShipment, WithdrawUnits,
                            CompleteOrder, QueueConfirmation, RenumberCommand, RejectCommand, VerifyCommand>;

struct Plan {
    std::vector<Effect> effects{};
    bool empty() const { return effects.empty(); }
};

Plan plan(const OrderFacts& facts);

// What the grid shows: Amazon's status, advanced by our own shipments while their command is not rejected.
AmazonStatus shown_status(const AmazonOrder& order, const std::optional<CommerceOrder>& commerce,
                          const std::vector<CommandFacts>& commands);

// Of a package, the units that commerce has shipped and Amazon neither knows nor has cancelled: what a
// confirmation may send.
std::vector<LineQuantity> units_beyond_amazon(const AmazonOrder& order, const CommerceOrder& commerce,
                                              const std::vector<LineQuantity>& package);

// The lowest number from 1001 that is neither a package Amazon shows nor used by another command of the
// order.
std::string next_package_reference(const AmazonOrder& order, const std::vector<CommandFacts>& commands);

}  // namespace fairway::domain
