#pragma once
// The statuses of Fairway's world, with the text each has in the database, in REST and on screen.
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace fairway::domain {

// What Amazon says of an order. Unknown: a value that this version has never heard of; kept as text beside
// it.
enum class AmazonStatus {
    pending_availability,
    pending,
    unshipped,
    partially_shipped,
    shipped,
    canceled,
    unfulfillable,
    unknown
};

enum class FulfilledBy { merchant, amazon };

// What Fairway has done with an order.
enum class ImportState { view_only, waiting, blocked, importing, imported, completed, cancelled, excluded };

enum class CommerceStatus { pending, processing, shipped, complete, closed, canceled, on_hold };

enum class CommandKind { confirm_shipment };
enum class CommandState { queued, sending, accepted, verified, unknown, rejected };

// Who caused a shipment, a credit memo, a cancel or a hold. Only backend and operator are written to Amazon.
enum class Origin { amazon, backend, operator_, fairway };

enum class BlockReason {
    product_missing,
    product_disabled,
    out_of_stock,
    address_invalid,
    money_mismatch,
    refused
};

// A block of data that needs a role the seller may lack.
enum class DataState { granted, withheld, expired };

enum class BackEndKind { builtin, magento };

// One table per enum: to_text and parse read it, tests walk it.
template <class Enum>
inline constexpr std::array<std::pair<Enum, std::string_view>, 0> kTexts{};

template <>
inline constexpr std::array kTexts<AmazonStatus>{
    std::pair{AmazonStatus::pending_availability, std::string_view("PendingAvailability")},
    std::pair{AmazonStatus::pending, std::string_view("Pending")},
    std::pair{AmazonStatus::unshipped, std::string_view("Unshipped")},
    std::pair{AmazonStatus::partially_shipped, std::string_view("PartiallyShipped")},
    std::pair{AmazonStatus::shipped, std::string_view("Shipped")},
    std::pair{AmazonStatus::canceled, std::string_view("Canceled")},
    std::pair{AmazonStatus::unfulfillable, std::string_view("Unfulfillable")},
    std::pair{AmazonStatus::unknown, std::string_view("Unknown")}};

template <>
inline constexpr std::array kTexts<FulfilledBy>{
    std::pair{FulfilledBy::merchant, std::string_view("merchant")},
    std::pair{FulfilledBy::amazon, std::string_view("amazon")}};

template <>
inline constexpr std::array kTexts<ImportState>{
    std::pair{ImportState::view_only, std::string_view("view_only")},
    std::pair{ImportState::waiting, std::string_view("waiting")},
    std::pair{ImportState::blocked, std::string_view("blocked")},
    std::pair{ImportState::importing, std::string_view("importing")},
    std::pair{ImportState::imported, std::string_view("imported")},
    std::pair{ImportState::completed, std::string_view("completed")},
    std::pair{ImportState::cancelled, std::string_view("cancelled")},
    std::pair{ImportState::excluded, std::string_view("excluded")}};

template <>
inline constexpr std::array kTexts<CommerceStatus>{
    std::pair{CommerceStatus::pending, std::string_view("Pending")},
    std::pair{CommerceStatus::processing, std::string_view("Processing")},
    std::pair{CommerceStatus::shipped, std::string_view("Shipped")},
    std::pair{CommerceStatus::complete, std::string_view("Complete")},
    std::pair{CommerceStatus::closed, std::string_view("Closed")},
    std::pair{CommerceStatus::canceled, std::string_view("Canceled")},
    std::pair{CommerceStatus::on_hold, std::string_view("On Hold")}};

template <>
inline constexpr std::array kTexts<CommandKind>{
    std::pair{CommandKind::confirm_shipment, std::string_view("confirm_shipment")}};

template <>
inline constexpr std::array kTexts<CommandState>{
    std::pair{CommandState::queued, std::string_view("queued")},
    std::pair{CommandState::sending, std::string_view("sending")},
    std::pair{CommandState::accepted, std::string_view("accepted")},
    std::pair{CommandState::verified, std::string_view("verified")},
    std::pair{CommandState::unknown, std::string_view("unknown")},
    std::pair{CommandState::rejected, std::string_view("rejected")}};

template <>
inline constexpr std::array kTexts<Origin>{std::pair{Origin::amazon, std::string_view("amazon")},
                                           std::pair{Origin::backend, std::string_view("backend")},
                                           std::pair{Origin::operator_, std::string_view("operator")},
                                           std::pair{Origin::fairway, std::string_view("fairway")}};

template <>
inline constexpr std::array kTexts<BlockReason>{
    std::pair{BlockReason::product_missing, std::string_view("product_missing")},
    std::pair{BlockReason::product_disabled, std::string_view("product_disabled")},
    std::pair{BlockReason::out_of_stock, std::string_view("out_of_stock")},
    std::pair{BlockReason::address_invalid, std::string_view("address_invalid")},
    std::pair{BlockReason::money_mismatch, std::string_view("money_mismatch")},
    std::pair{BlockReason::refused, std::string_view("refused")}};

template <>
inline constexpr std::array kTexts<DataState>{std::pair{DataState::granted, std::string_view("granted")},
                                              std::pair{DataState::withheld, std::string_view("withheld")},
                                              std::pair{DataState::expired, std::string_view("expired")}};

template <>
inline constexpr std::array kTexts<BackEndKind>{std::pair{BackEndKind::builtin, std::string_view("builtin")},
                                                std::pair{BackEndKind::magento, std::string_view("magento")}};

// Enums that have a table of texts.
template <class Enum>
concept Textual = (kTexts<Enum>.size() > 0);

template <Textual Enum>
constexpr std::string_view to_text(Enum value) {
    for (const auto& [each, text] : kTexts<Enum>)
        if (each == value) return text;
    return "";
}

template <Textual Enum>
constexpr std::optional<Enum> parse(std::string_view text) {
    for (const auto& [each, each_text] : kTexts<Enum>)
        if (each_text == text) return each;
    return std::nullopt;
}

}  // namespace fairway::domain
