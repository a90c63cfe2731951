#include "amazon/order_shape.hpp"

#include <algorithm>
#include <array>

namespace fairway::amazon {

namespace {

using Text = std::string_view;
using Member = ShapeMember;

template <std::size_t N>
constexpr Shape object(const std::array<Member, N>& members) {
    return {members, {}};
}
template <std::size_t N>
constexpr Shape one_of(const std::array<Text, N>& values) {
    return {{}, values};
}

constexpr std::array kMoneyMembers{Member{"amount"}, Member{"currencyCode"}};
constexpr Shape kMoney = object(kMoneyMembers);
constexpr std::array kRangeMembers{Member{"earliestDateTime"}, Member{"latestDateTime"}};
constexpr Shape kRange = object(kRangeMembers);
constexpr std::array<Text, 24> kUnitValues{"OUNCES",
                                           "POUNDS",
                                           "KILOGRAMS",
                                           "GRAMS",
                                           "MILLIGRAMS",
                                           "INCHES",
                                           "FEET",
                                           "METERS",
                                           "CENTIMETERS",
                                           "MILLIMETERS",
                                           "SQUARE_METERS",
                                           "SQUARE_CENTIMETERS",
                                           "SQUARE_FEET",
                                           "SQUARE_INCHES",
                                           "GALLONS",
                                           "PINTS",
                                           "QUARTS",
                                           "FLUID_OUNCES",
                                           "LITERS",
                                           "CUBIC_METERS",
                                           "CUBIC_FEET",
                                           "CUBIC_INCHES",
                                           "CUBIC_CENTIMETERS",
                                           "COUNT"};
constexpr Shape kUnit = one_of(kUnitValues);
constexpr std::array kMeasurementMembers{Member{"unit", &kUnit}, Member{"value"}};
constexpr Shape kMeasurement = object(kMeasurementMembers);

// Who and where.
constexpr std::array<Text, 3> kAddressTypeValues{"RESIDENTIAL", "COMMERCIAL", "PICKUP_POINT"};
constexpr Shape kAddressType = one_of(kAddressTypeValues);
constexpr std::array kExtendedMembers{Member{"streetName"}, Member{"streetNumber"}, Member{"complement"},
                                      Member{"neighborhood"}};
constexpr Shape kExtended = object(kExtendedMembers);
constexpr std::array kAddressMembers{Member{"name"},
                                     Member{"companyName"},
                                     Member{"addressLine1"},
                                     Member{"addressLine2"},
                                     Member{"addressLine3"},
                                     Member{"city"},
                                     Member{"districtOrCounty"},
                                     Member{"stateOrRegion"},
                                     Member{"municipality"},
                                     Member{"postalCode"},
                                     Member{"countryCode"},
                                     Member{"phone"},
                                     Member{"extendedFields", &kExtended},
                                     Member{"addressType", &kAddressType}};
constexpr Shape kAddress = object(kAddressMembers);
constexpr std::array kMerchantAddressMembers{
    Member{"name"},       Member{"addressLine1"},     Member{"addressLine2"},  Member{"addressLine3"},
    Member{"city"},       Member{"districtOrCounty"}, Member{"stateOrRegion"}, Member{"municipality"},
    Member{"postalCode"}, Member{"countryCode"}};
constexpr Shape kMerchantAddress = object(kMerchantAddressMembers);
constexpr std::array kHourMinuteMembers{Member{"hour"}, Member{"minute"}};
constexpr Shape kHourMinute = object(kHourMinuteMembers);
constexpr std::array kTimeWindowMembers{Member{"startTime", &kHourMinute}, Member{"endTime", &kHourMinute}};
constexpr Shape kTimeWindow = object(kTimeWindowMembers);
constexpr std::array<Text, 7> kDayValues{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};
constexpr Shape kDay = one_of(kDayValues);
constexpr std::array kBusinessHourMembers{Member{"dayOfWeek", &kDay}, Member{"timeWindows", &kTimeWindow}};
constexpr Shape kBusinessHour = object(kBusinessHourMembers);
constexpr std::array<Text, 2> kExceptionDateTypeValues{"CLOSED", "OPEN"};
constexpr Shape kExceptionDateType = one_of(kExceptionDateTypeValues);
constexpr std::array kExceptionDateMembers{Member{"exceptionDate"},
                                           Member{"exceptionDateType", &kExceptionDateType},
                                           Member{"timeWindows", &kTimeWindow}};
constexpr Shape kExceptionDate = object(kExceptionDateMembers);
constexpr std::array kDeliveryTimeMembers{Member{"businessHours", &kBusinessHour},
                                          Member{"exceptionDates", &kExceptionDate}};
constexpr Shape kDeliveryTime = object(kDeliveryTimeMembers);
constexpr std::array<Text, 3> kCapabilityValues{"HAS_ACCESS_POINT", "PALLET_ENABLED", "PALLET_DISABLED"};
constexpr Shape kCapability = one_of(kCapabilityValues);
constexpr std::array kPreferenceMembers{Member{"dropOffLocation"}, Member{"addressInstruction"},
                                        Member{"deliveryTime", &kDeliveryTime},
                                        Member{"deliveryCapabilities", &kCapability}};
constexpr Shape kPreference = object(kPreferenceMembers);
constexpr std::array kRecipientMembers{Member{"deliveryAddress", &kAddress},
                                       Member{"deliveryPreference", &kPreference}};
constexpr Shape kRecipient = object(kRecipientMembers);
constexpr std::array kBuyerMembers{Member{"buyerName"}, Member{"buyerEmail"}, Member{"buyerCompanyName"},
                                   Member{"buyerPurchaseOrderNumber"}};
constexpr Shape kBuyer = object(kBuyerMembers);

// Money of the order.
constexpr std::array<Text, 8> kOrderProceedsTypeValues{"ITEM", "SHIPPING", "GIFT_WRAP",    "COD_FEE",
                                                       "TAX",  "DISCOUNT", "DELIVERY_TIP", "OTHER"};
constexpr Shape kOrderProceedsType = one_of(kOrderProceedsTypeValues);
constexpr std::array<Text, 2> kProceedsStatusValues{"PENDING", "FINALIZED"};
constexpr Shape kProceedsStatus = one_of(kProceedsStatusValues);
constexpr std::array kOrderBreakdownMembers{Member{"type", &kOrderProceedsType},
                                            Member{"status", &kProceedsStatus}, Member{"subtotal", &kMoney}};
constexpr Shape kOrderBreakdown = object(kOrderBreakdownMembers);
constexpr std::array kOrderProceedsMembers{Member{"grandTotal", &kMoney},
                                           Member{"breakdowns", &kOrderBreakdown}};
constexpr Shape kOrderProceeds = object(kOrderProceedsMembers);
constexpr std::array kPaymentExecutionMembers{Member{"paymentMethod"}, Member{"paymentAmount", &kMoney},
                                              Member{"acquirerId"}, Member{"cardBrand"},
                                              Member{"authorizationCode"}};
constexpr Shape kPaymentExecution = object(kPaymentExecutionMembers);
constexpr std::array kPaymentMembers{Member{"paymentExecutions", &kPaymentExecution}};
constexpr Shape kPayment = object(kPaymentMembers);
constexpr std::array<Text, 3> kTaxEntityValues{"BUYER", "MERCHANT", "MARKETPLACE"};
constexpr Shape kTaxEntity = one_of(kTaxEntityValues);
constexpr std::array<Text, 5> kTaxTypeValues{"BUSINESS", "VAT", "CST", "CPF", "CNPJ"};
constexpr Shape kTaxType = one_of(kTaxTypeValues);
constexpr std::array<Text, 1> kTaxKeyValues{"TAX_OFFICE"};
constexpr Shape kTaxKey = one_of(kTaxKeyValues);
constexpr std::array kTaxAttributeMembers{Member{"key", &kTaxKey}, Member{"value"}};
constexpr Shape kTaxAttribute = object(kTaxAttributeMembers);
constexpr std::array kTaxRegistrationMembers{
    Member{"entityType", &kTaxEntity},           Member{"legalName"},
    Member{"taxRegistrationType", &kTaxType},    Member{"taxRegistrationNumber"},
    Member{"taxRegistrationAddress", &kAddress}, Member{"taxRegistrationAttributes", &kTaxAttribute}};
constexpr Shape kTaxRegistration = object(kTaxRegistrationMembers);
constexpr std::array<Text, 2> kInvoicePreferenceValues{"INDIVIDUAL", "BUSINESS"};
constexpr Shape kInvoicePreference = one_of(kInvoicePreferenceValues);
constexpr std::array<Text, 5> kInvoiceStatusValues{"NOT_REQUIRED", "NOT_FOUND", "PROCESSING", "ERRORED",
                                                   "ACCEPTED"};
constexpr Shape kInvoiceStatus = one_of(kInvoiceStatusValues);
constexpr std::array kTaxInvoicingMembers{Member{"buyerInvoicePreference", &kInvoicePreference},
                                          Member{"invoiceStatus", &kInvoiceStatus}};
constexpr Shape kTaxInvoicing = object(kTaxInvoicingMembers);
constexpr std::array kTaxMembers{Member{"taxRegistrations", &kTaxRegistration},
                                 Member{"taxInvoicing", &kTaxInvoicing}};
constexpr Shape kTax = object(kTaxMembers);

// Lines.
constexpr std::array<Text, 6> kConditionTypeValues{"NEW",         "USED",     "COLLECTIBLE",
                                                   "REFURBISHED", "PREORDER", "CLUB"};
constexpr Shape kConditionType = one_of(kConditionTypeValues);
constexpr std::array<Text, 14> kConditionSubtypeValues{
    "NEW",         "MINT",     "VERY_GOOD", "GOOD",     "ACCEPTABLE",
    "POOR",        "CLUB",     "OEM",       "WARRANTY", "REFURBISHED_WARRANTY",
    "REFURBISHED", "OPEN_BOX", "ANY",       "OTHER"};
constexpr Shape kConditionSubtype = one_of(kConditionSubtypeValues);
constexpr std::array kConditionMembers{Member{"conditionType", &kConditionType},
                                       Member{"conditionSubtype", &kConditionSubtype},
                                       Member{"conditionNote"}};
constexpr Shape kCondition = object(kConditionMembers);
constexpr std::array<Text, 1> kDesignationValues{"BUSINESS_PRICE"};
constexpr Shape kDesignation = one_of(kDesignationValues);
constexpr std::array kPriceMembers{Member{"unitPrice", &kMoney}, Member{"priceDesignation", &kDesignation}};
constexpr Shape kPrice = object(kPriceMembers);
constexpr std::array kCustomizationMembers{Member{"customizedUrl"}};
constexpr Shape kCustomization = object(kCustomizationMembers);
constexpr std::array kProductMembers{Member{"asin"},
                                     Member{"title"},
                                     Member{"sellerSku"},
                                     Member{"condition", &kCondition},
                                     Member{"price", &kPrice},
                                     Member{"serialNumbers"},
                                     Member{"customization", &kCustomization}};
constexpr Shape kProduct = object(kProductMembers);
constexpr std::array<Text, 7> kItemProceedsTypeValues{"ITEM",  "SHIPPING", "GIFT_WRAP", "COD_FEE",
                                                      "OTHER", "TAX",      "DISCOUNT"};
constexpr Shape kItemProceedsType = one_of(kItemProceedsTypeValues);
constexpr std::array<Text, 6> kSubtypeValues{"ITEM", "SHIPPING", "GIFT_WRAP", "COD_FEE", "OTHER", "DISCOUNT"};
constexpr Shape kSubtype = one_of(kSubtypeValues);
constexpr std::array kDetailMembers{Member{"subtype", &kSubtype}, Member{"value", &kMoney}};
constexpr Shape kDetail = object(kDetailMembers);
constexpr std::array kItemBreakdownMembers{Member{"type", &kItemProceedsType}, Member{"subtotal", &kMoney},
                                           Member{"detailedBreakdowns", &kDetail}};
constexpr Shape kItemBreakdown = object(kItemBreakdownMembers);
constexpr std::array kItemProceedsMembers{Member{"proceedsTotal", &kMoney},
                                          Member{"breakdowns", &kItemBreakdown}};
constexpr Shape kItemProceeds = object(kItemProceedsMembers);
constexpr std::array kPointsGrantedMembers{Member{"pointsNumber"}, Member{"pointsMonetaryValue", &kMoney}};
constexpr Shape kPointsGranted = object(kPointsGrantedMembers);
constexpr std::array kPointsCostMembers{Member{"pointsGranted", &kPointsGranted}};
constexpr Shape kPointsCost = object(kPointsCostMembers);
constexpr std::array kExpenseMembers{Member{"pointsCost", &kPointsCost}};
constexpr Shape kExpense = object(kExpenseMembers);
constexpr std::array kPromotionBreakdownMembers{Member{"promotionId"}};
constexpr Shape kPromotionBreakdown = object(kPromotionBreakdownMembers);
constexpr std::array kPromotionMembers{Member{"breakdowns", &kPromotionBreakdown}};
constexpr Shape kPromotion = object(kPromotionMembers);
constexpr std::array<Text, 1> kRequesterValues{"BUYER"};
constexpr Shape kRequester = one_of(kRequesterValues);
constexpr std::array kCancelRequestMembers{Member{"requester", &kRequester}, Member{"cancelReason"}};
constexpr Shape kCancelRequest = object(kCancelRequestMembers);
constexpr std::array<Text, 3> kCancelledByValues{"BUYER", "MERCHANT", "AMAZON"};
constexpr Shape kCancelledBy = one_of(kCancelledByValues);
constexpr std::array kCancelExecutionMembers{Member{"cancelledBy", &kCancelledBy}, Member{"cancelReason"}};
constexpr Shape kCancelExecution = object(kCancelExecutionMembers);
constexpr std::array kCancellationMembers{Member{"cancellationRequest", &kCancelRequest},
                                          Member{"cancellationExecution", &kCancelExecution}};
constexpr Shape kCancellation = object(kCancellationMembers);
constexpr std::array kSubstitutionOptionMembers{Member{"asin"}, Member{"quantityOrdered"},
                                                Member{"sellerSku"}, Member{"title"},
                                                Member{"measurement", &kMeasurement}};
constexpr Shape kSubstitutionOption = object(kSubstitutionOptionMembers);
constexpr std::array<Text, 3> kSubstitutionTypeValues{"CUSTOMER_PREFERENCE", "AMAZON_RECOMMENDED",
                                                      "DO_NOT_SUBSTITUTE"};
constexpr Shape kSubstitutionType = one_of(kSubstitutionTypeValues);
constexpr std::array kSubstitutionMembers{Member{"substitutionType", &kSubstitutionType},
                                          Member{"substitutionOptions", &kSubstitutionOption}};
constexpr Shape kSubstitution = object(kSubstitutionMembers);
constexpr std::array kPickingMembers{Member{"substitutionPreference", &kSubstitution}};
constexpr Shape kPicking = object(kPickingMembers);
constexpr std::array kGiftMembers{Member{"giftMessage"}, Member{"giftWrapLevel"}};
constexpr Shape kGift = object(kGiftMembers);
constexpr std::array<Text, 1> kSerialRequirementValues{"REQUIRED"};
constexpr Shape kSerialRequirementType = one_of(kSerialRequirementValues);
constexpr std::array kSerialRequirementMembers{Member{"requirementType", &kSerialRequirementType}};
constexpr Shape kSerialRequirement = object(kSerialRequirementMembers);
constexpr std::array kPackingMembers{Member{"giftOption", &kGift},
                                     Member{"serialNumberRequirement", &kSerialRequirement}};
constexpr Shape kPacking = object(kPackingMembers);
constexpr std::array<Text, 1> kConstraintValues{"MANDATORY"};
constexpr Shape kConstraint = one_of(kConstraintValues);
constexpr std::array kConstraintsMembers{
    Member{"palletDelivery", &kConstraint}, Member{"cashOnDelivery", &kConstraint},
    Member{"signatureConfirmation", &kConstraint}, Member{"recipientIdentityVerification", &kConstraint},
    Member{"recipientAgeVerification", &kConstraint}};
constexpr Shape kConstraints = object(kConstraintsMembers);
constexpr std::array kInternationalMembers{Member{"iossNumber"}};
constexpr Shape kInternational = object(kInternationalMembers);
constexpr std::array kItemShippingMembers{Member{"scheduledDeliveryWindow", &kRange},
                                          Member{"shippingConstraints", &kConstraints},
                                          Member{"internationalShipping", &kInternational}};
constexpr Shape kItemShipping = object(kItemShippingMembers);
constexpr std::array kItemFulfillmentMembers{Member{"quantityFulfilled"}, Member{"quantityUnfulfilled"},
                                             Member{"picking", &kPicking}, Member{"packing", &kPacking},
                                             Member{"shipping", &kItemShipping}};
constexpr Shape kItemFulfillment = object(kItemFulfillmentMembers);
constexpr std::array<Text, 2> kSchemeValues{"UOSS", "IOSS"};
constexpr Shape kScheme = one_of(kSchemeValues);
constexpr std::array kTaxCalculationMembers{Member{"reportingScheme", &kScheme}};
constexpr Shape kTaxCalculation = object(kTaxCalculationMembers);
constexpr std::array<Text, 1> kTaxModelValues{"MARKETPLACE_FACILITATOR"};
constexpr Shape kTaxModel = one_of(kTaxModelValues);
constexpr std::array kTaxCollectionMembers{Member{"model", &kTaxModel}, Member{"responsibleParty"}};
constexpr Shape kTaxCollection = object(kTaxCollectionMembers);
constexpr std::array kItemTaxMembers{Member{"taxCalculationBreakdowns", &kTaxCalculation},
                                     Member{"taxCollections", &kTaxCollection}};
constexpr Shape kItemTax = object(kItemTaxMembers);
constexpr std::array<Text, 1> kItemAssociationValues{"VALUE_ADD_SERVICE"};
constexpr Shape kItemAssociation = one_of(kItemAssociationValues);
constexpr std::array kAssociatedItemMembers{Member{"orderId"}, Member{"orderItemId"},
                                            Member{"associationType", &kItemAssociation}};
constexpr Shape kAssociatedItem = object(kAssociatedItemMembers);
constexpr std::array<Text, 2> kItemProgramValues{"TRANSPARENCY", "SUBSCRIBE_AND_SAVE"};
constexpr Shape kItemProgram = one_of(kItemProgramValues);
constexpr std::array kItemMembers{Member{"orderItemId"},
                                  Member{"quantityOrdered"},
                                  Member{"measurement", &kMeasurement},
                                  Member{"associatedOrderItems", &kAssociatedItem},
                                  Member{"programs", &kItemProgram},
                                  Member{"product", &kProduct},
                                  Member{"proceeds", &kItemProceeds},
                                  Member{"expense", &kExpense},
                                  Member{"promotion", &kPromotion},
                                  Member{"cancellation", &kCancellation},
                                  Member{"fulfillment", &kItemFulfillment},
                                  Member{"tax", &kItemTax}};
constexpr Shape kItem = object(kItemMembers);

// Packages.
constexpr std::array<Text, 6> kPackageStatusValues{"PENDING",   "IN_TRANSIT", "SHIPPED",
                                                   "DELIVERED", "CANCELLED",  "UNDELIVERABLE"};
constexpr Shape kPackageStatusText = one_of(kPackageStatusValues);
constexpr std::array<Text, 16> kPackageDetailValues{"PENDING_SCHEDULE",   "PENDING_PICK_UP",
                                                    "PENDING_DROP_OFF",   "LABEL_CANCELLED",
                                                    "PICKED_UP",          "DROPPED_OFF",
                                                    "AT_ORIGIN_FC",       "AT_DESTINATION_FC",
                                                    "DELIVERED",          "REJECTED_BY_BUYER",
                                                    "UNDELIVERABLE",      "RETURNING_TO_SELLER",
                                                    "RETURNED_TO_SELLER", "LOST",
                                                    "OUT_FOR_DELIVERY",   "DAMAGED"};
constexpr Shape kPackageDetail = one_of(kPackageDetailValues);
constexpr std::array kPackageStatusMembers{Member{"status", &kPackageStatusText},
                                           Member{"detailedStatus", &kPackageDetail}};
constexpr Shape kPackageStatus = object(kPackageStatusMembers);
constexpr std::array kPackageItemMembers{Member{"orderItemId"}, Member{"quantity"},
                                         Member{"transparencyCodes"}};
constexpr Shape kPackageItem = object(kPackageItemMembers);
constexpr std::array kPackageMembers{Member{"packageReferenceId"},
                                     Member{"createdTime"},
                                     Member{"packageStatus", &kPackageStatus},
                                     Member{"carrier"},
                                     Member{"shipTime"},
                                     Member{"shippingService"},
                                     Member{"trackingNumber"},
                                     Member{"shipFromAddress", &kMerchantAddress},
                                     Member{"packageItems", &kPackageItem}};
constexpr Shape kPackage = object(kPackageMembers);

// The order.
constexpr std::array<Text, 1> kAliasTypeValues{"SELLER_ORDER_ID"};
constexpr Shape kAliasType = one_of(kAliasTypeValues);
constexpr std::array kAliasMembers{Member{"aliasId"}, Member{"aliasType", &kAliasType}};
constexpr Shape kAlias = object(kAliasMembers);
constexpr std::array<Text, 2> kAssociationValues{"REPLACEMENT_ORIGINAL_ID", "EXCHANGE_ORIGINAL_ID"};
constexpr Shape kAssociation = one_of(kAssociationValues);
constexpr std::array kAssociatedOrderMembers{Member{"orderId"}, Member{"associationType", &kAssociation}};
constexpr Shape kAssociatedOrder = object(kAssociatedOrderMembers);
constexpr std::array<Text, 11> kProgramValues{
    "AMAZON_BAZAAR", "AMAZON_BUSINESS",   "AMAZON_EASY_SHIP", "AMAZON_HAUL", "DELIVERY_BY_AMAZON",
    "FBM_SHIP_PLUS", "INVOICE_BY_AMAZON", "IN_STORE_PICK_UP", "PREMIUM",     "PREORDER",
    "PRIME"};
constexpr Shape kProgram = one_of(kProgramValues);
constexpr std::array<Text, 2> kChannelValues{"AMAZON", "NON_AMAZON"};
constexpr Shape kChannel = one_of(kChannelValues);
constexpr std::array kSalesChannelMembers{Member{"channelName", &kChannel}, Member{"marketplaceId"},
                                          Member{"marketplaceName"}};
constexpr Shape kSalesChannel = object(kSalesChannelMembers);
constexpr std::array<Text, 7> kStatusValues{"PENDING_AVAILABILITY", "PENDING", "UNSHIPPED",
                                            "PARTIALLY_SHIPPED",    "SHIPPED", "CANCELLED",
                                            "UNFULFILLABLE"};
constexpr Shape kStatus = one_of(kStatusValues);
constexpr std::array<Text, 2> kFulfilledByValues{"AMAZON", "MERCHANT"};
constexpr Shape kFulfilledBy = one_of(kFulfilledByValues);
constexpr std::array<Text, 8> kServiceLevelValues{"EXPEDITED", "FREE_ECONOMY", "NEXT_DAY",  "PRIORITY",
                                                  "SAME_DAY",  "SECOND_DAY",   "SCHEDULED", "STANDARD"};
constexpr Shape kServiceLevel = one_of(kServiceLevelValues);
constexpr std::array kFulfillmentMembers{Member{"fulfillmentStatus", &kStatus},
                                         Member{"fulfilledBy", &kFulfilledBy},
                                         Member{"fulfillmentServiceLevel", &kServiceLevel},
                                         Member{"shipByWindow", &kRange},
                                         Member{"deliverByWindow", &kRange},
                                         Member{"labelPrintingWindow", &kRange}};
constexpr Shape kFulfillment = object(kFulfillmentMembers);
constexpr std::array kFulfillmentOrderMembers{Member{"fulfillmentOrderId"}};
constexpr Shape kFulfillmentOrder = object(kFulfillmentOrderMembers);
constexpr std::array kOrderMembers{Member{"orderId"},
                                   Member{"orderAliases", &kAlias},
                                   Member{"createdTime"},
                                   Member{"lastUpdatedTime"},
                                   Member{"programs", &kProgram},
                                   Member{"associatedOrders", &kAssociatedOrder},
                                   Member{"salesChannel", &kSalesChannel},
                                   Member{"buyer", &kBuyer},
                                   Member{"recipient", &kRecipient},
                                   Member{"proceeds", &kOrderProceeds},
                                   Member{"payment", &kPayment},
                                   Member{"tax", &kTax},
                                   Member{"fulfillment", &kFulfillment},
                                   Member{"orderItems", &kItem},
                                   Member{"packages", &kPackage},
                                   Member{"fulfillmentOrders", &kFulfillmentOrder}};
constexpr Shape kOrder = object(kOrderMembers);

// Where we are: a chain of names on the stack, made into text only when there is something to say.
struct Place {
    const Place* up;
    std::string_view name;
    std::string text() const {
        if (up == nullptr) return std::string(name);
        return up->text() + (name == "[]" ? "" : ".") + std::string(name);
    }
};

class Search {
public:
    explicit Search(std::vector<std::string>& found) : found_(found) {}

    void walk(const json::Value& value, const Shape& shape, const Place& place) {
        if (const json::Array* array = value.if_array()) {
            const Place elements{&place, "[]"};
            for (const json::Value& each : *array) walk(each, shape, elements);
        } else if (const json::Object* members = value.if_object()) {
            walk_members(*members, shape, place);
        } else if (const auto* text = value.if_string()) {
            check_text(std::string_view(*text), shape, place);
        }
    }

private:
    void walk_members(const json::Object& members, const Shape& shape, const Place& place) {
        // A model that allows any member here would have said which.
        if (shape.members.empty()) return;
        for (const auto& member : members) {
            const std::string_view name(member.key());
            const Place here{&place, name};
            const auto known = std::ranges::find(shape.members, name, &ShapeMember::name);
            if (known == shape.members.end()) add(Place{&place, presentable(name)}.text());
            else if (known->shape != nullptr) walk(member.value(), *known->shape, here);
        }
    }

    void check_text(std::string_view text, const Shape& shape, const Place& place) {
        // An empty text is how some answers say "none".
        if (shape.values.empty() || text.empty()) return;
        if (std::ranges::find(shape.values, text) != shape.values.end()) return;
        add(place.text() + "=" + std::string(presentable(text)));
    }

    static std::string_view presentable(std::string_view text) {
        constexpr std::size_t kLengthMax = 60;
        const bool plain = text.size() <= kLengthMax && std::ranges::all_of(text, [](char c) {
                               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                                      (c >= '0' && c <= '9') || c == '_' || c == '-';
                           });
        return plain ? text : "?";
    }

    void add(std::string path) {
        constexpr std::size_t kPathsMax = 100;
        if (found_.size() < kPathsMax && std::ranges::find(found_, path) == found_.end())
            found_.push_back(std::move(path));
    }

    std::vector<std::string>& found_;
};

}  // namespace

const Shape& order_shape() { return kOrder; }

std::vector<std::string> find_unknown(const json::Value& value, const Shape& shape, std::string_view prefix) {
    std::vector<std::string> found;
    Search(found).walk(value, shape, Place{nullptr, prefix});
    return found;
}

}  // namespace fairway::amazon
