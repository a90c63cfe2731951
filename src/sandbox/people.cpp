#include "sandbox/people.hpp"

#include <array>
#include <span>

#include "base/text.hpp"

namespace fairway::sandbox {

namespace {

using Names = std::span<const std::string_view>;

struct Town {
    std::string_view name, postal_code, region;
};

constexpr std::array<std::string_view, 24> kItalianFirst{
    "Giulia", "Marco",   "Francesca", "Luca",    "Chiara", "Matteo", "Alessandra", "Davide",
    "Elisa",  "Simone",  "Niccolò",   "Martina", "Paola",  "Andrea", "Valentina",  "Stefano",
    "Ilaria", "Roberto", "Noemi",     "Fabio",   "Sara",   "Enrico", "Beatrice",   "Tommaso"};
constexpr std::array<std::string_view, 24> kItalianLast{
    "Rossi",    "Bianchi", "Esposito", "Romano",  "Colombo", "Ricci",   "Marino",   "Greco",
    "Bruno",    "Gallo",   "Conti",    "De Luca", "Mancini", "Costa",   "Giordano", "Rizzo",
    "Lombardi", "Moretti", "Barbieri", "Fontana", "Santoro", "Mariani", "Rinaldi",  "D'Angelo"};
constexpr std::array<std::string_view, 16> kItalianStreets{"Via Roma",
                                                           "Via Garibaldi",
                                                           "Corso Italia",
                                                           "Via Dante Alighieri",
                                                           "Viale della Libertà",
                                                           "Via Mazzini",
                                                           "Piazza San Marco",
                                                           "Via Verdi",
                                                           "Via dei Mille",
                                                           "Corso Vittorio Emanuele II",
                                                           "Via Cavour",
                                                           "Vicolo del Moro",
                                                           "Via Leonardo da Vinci",
                                                           "Strada Provinciale",
                                                           "Via XX Settembre",
                                                           "Largo Augusto"};
constexpr std::array kItalianTowns{
    Town{"Milano", "20121", "MI"},  Town{"Roma", "00184", "RM"},     Town{"Torino", "10123", "TO"},
    Town{"Bologna", "40126", "BO"}, Town{"Firenze", "50122", "FI"},  Town{"Napoli", "80134", "NA"},
    Town{"Bari", "70121", "BA"},    Town{"Verona", "37121", "VR"},   Town{"Genova", "16121", "GE"},
    Town{"Palermo", "90133", "PA"}, Town{"Cagliari", "09124", "CA"}, Town{"Trieste", "34121", "TS"},
    Town{"Perugia", "06121", "PG"}, Town{"Lecce", "73100", "LE"},    Town{"Bergamo", "24121", "BG"},
    Town{"L'Aquila", "67100", "AQ"}};

constexpr std::array<std::string_view, 20> kGermanFirst{
    "Anna",  "Lukas", "Lena",   "Jonas",  "Katharina",  "Felix", "Jürgen", "Sabine",  "Björn", "Miriam",
    "Sören", "Heike", "Tobias", "Ulrike", "Maximilian", "Petra", "Käthe",  "Florian", "Greta", "Holger"};
constexpr std::array<std::string_view, 20> kGermanLast{
    "Müller", "Schmidt", "Schneider", "Fischer", "Weber",  "Meyer", "Wagner",
    "Becker", "Schulz",  "Hoffmann",  "Schäfer", "Koch",   "Bauer", "Richter",
    "Klein",  "Wolf",    "Schröder",  "Neumann", "Krüger", "Weiß"};
constexpr std::array<std::string_view, 14> kGermanStreets{
    "Hauptstraße",  "Bahnhofstraße",    "Gartenweg",   "Schillerstraße", "Am Marktplatz",
    "Goethestraße", "Lindenallee",      "Bergstraße",  "Kirchgasse",     "Mühlenweg",
    "Rosenstraße",  "Unter den Eichen", "Schulstraße", "Königsplatz"};
constexpr std::array kGermanTowns{Town{"Berlin", "10115", "Berlin"},
                                  Town{"Hamburg", "20095", "Hamburg"},
                                  Town{"München", "80331", "Bayern"},
                                  Town{"Köln", "50667", "Nordrhein-Westfalen"},
                                  Town{"Leipzig", "04109", "Sachsen"},
                                  Town{"Stuttgart", "70173", "Baden-Württemberg"},
                                  Town{"Nürnberg", "90402", "Bayern"},
                                  Town{"Bremen", "28195", "Bremen"},
                                  Town{"Düsseldorf", "40213", "Nordrhein-Westfalen"},
                                  Town{"Freiburg im Breisgau", "79098", "Baden-Württemberg"}};

template <class T>
const T& pick(std::span<const T> values, Rng& rng) {
    return values[rng.below(values.size())];
}

std::string digits(std::size_t count, Rng& rng) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + rng.below(10));
    return text;
}

// Amazon hides the buyer's own address behind one at its marketplace.
std::string masked_email(const domain::Marketplace& marketplace, Rng& rng) {
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::string text;
    for (int i = 0; i < 15; ++i) text += kLetters[rng.below(kLetters.size())];
    return text + "@marketplace." + to_lower_ascii(marketplace.name);
}

}  // namespace

Person make_person(const domain::Marketplace& marketplace, Rng& rng) {
    const bool german = marketplace.country == "DE";
    const Names first = german ? Names(kGermanFirst) : Names(kItalianFirst);
    const Names last = german ? Names(kGermanLast) : Names(kItalianLast);
    const Names streets = german ? Names(kGermanStreets) : Names(kItalianStreets);
    const std::span<const Town> towns =
        german ? std::span<const Town>(kGermanTowns) : std::span<const Town>(kItalianTowns);

    Person person;
    const Town& town = pick(towns, rng);
    const std::string number = std::to_string(1 + rng.below(180));
    person.address.name = std::string(pick(first, rng)) + " " + std::string(pick(last, rng));
    person.address.line1 = std::string(pick(streets, rng)) + (german ? " " : ", ") + number;
    if (rng.below(5) == 0)
        person.address.line2 =
            german ? "Hinterhaus, 2. OG" : "Scala B, interno " + std::to_string(1 + rng.below(30));
    person.address.city = town.name;
    person.address.region = town.region;
    person.address.postal_code = town.postal_code;
    person.address.country = german ? "DE" : "IT";
    person.address.phone = german ? "+49 15" + digits(1, rng) + " " + digits(8, rng)
                                  : "+39 3" + digits(2, rng) + " " + digits(7, rng);
    person.address.address_type = "RESIDENTIAL";
    person.buyer.name = person.address.name;
    person.buyer.email = masked_email(marketplace, rng);
    return person;
}

}  // namespace fairway::sandbox
