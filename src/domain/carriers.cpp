#include "domain/carriers.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fairway::domain {

namespace {

constexpr std::array<std::string_view, 85> kCodes{"4PX",
                                                  "AMZL",
                                                  "AMZL_UK",
                                                  "Amazon Shipping",
                                                  "Aramex",
                                                  "Aras Kargo",
                                                  "Australia Post",
                                                  "BPOST",
                                                  "BRT",
                                                  "BlueDart",
                                                  "CTT EXPRESS",
                                                  "Canada Post",
                                                  "China Post",
                                                  "Chronopost",
                                                  "Colis Prive",
                                                  "Colissimo",
                                                  "Correios",
                                                  "Correos",
                                                  "Correos Express",
                                                  "CouriersPlease",
                                                  "DHL",
                                                  "DHL Express",
                                                  "DHL eCommerce",
                                                  "DHL-Paket",
                                                  "DPD",
                                                  "DPD Local",
                                                  "DTDC",
                                                  "Delhivery",
                                                  "Deutsche Post",
                                                  "Ecom Express",
                                                  "Estafeta",
                                                  "FedEx",
                                                  "FedEx SmartPost",
                                                  "GLS",
                                                  "Hermes",
                                                  "Hermes Logistik Gruppe",
                                                  "Hermes UK",
                                                  "InPost",
                                                  "India Post",
                                                  "JP_EXPRESS",
                                                  "Japan Post",
                                                  "La Poste",
                                                  "Lasership",
                                                  "MNG Kargo",
                                                  "MRW",
                                                  "Mondial Relay",
                                                  "NACEX",
                                                  "Newgistics",
                                                  "Ninjavan",
                                                  "NipponExpress",
                                                  "OnTrac",
                                                  "PTT Kargo",
                                                  "PUROLATOR",
                                                  "Parcelforce",
                                                  "Polish Post",
                                                  "PostNL",
                                                  "PostNord",
                                                  "Poste Italiane",
                                                  "Royal Mail",
                                                  "SAGAWA",
                                                  "SDA",
                                                  "SF Express",
                                                  "SagawaExpress",
                                                  "Self Delivery",
                                                  "Sendcloud",
                                                  "Sendle",
                                                  "Seur",
                                                  "Singapore Post",
                                                  "StarTrack-Consignment",
                                                  "TNT",
                                                  "Total Express",
                                                  "UPS",
                                                  "UPSMI",
                                                  "USPS",
                                                  "Whistl",
                                                  "Xpressbees",
                                                  "YAMATO",
                                                  "YTO Express",
                                                  "YamatoTransport",
                                                  "Yanwen",
                                                  "Yodel",
                                                  "Yun Express",
                                                  "Other",
                                                  "Andere",
                                                  "Otro"};

std::string bare(std::string_view text) {
    std::string letters;
    for (const char c : to_lower_ascii(text))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
    return letters;
}

}  // namespace

AmazonCarrier to_amazon_carrier(std::string_view carrier, const std::map<std::string, std::string>& mapped) {
    const std::string name(trim(carrier));
    if (const auto own = mapped.find(name); own != mapped.end()) return {own->second, name};
    const std::string wanted = bare(name);
    const auto known =
        std::ranges::find_if(kCodes, [&](std::string_view code) { return bare(code) == wanted; });
    return {known == kCodes.end() || wanted.empty() ? "Other" : std::string(*known), name};
}

}  // namespace fairway::domain
