#include "sandbox/countries.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

namespace fairway::sandbox {

namespace {

using Text = std::string_view;

constexpr std::array<Text, 6> kFirstUS{"Emily", "James", "Olivia", "Michael", "Sophia", "José"};
constexpr std::array<Text, 6> kLastUS{"Johnson", "O'Brien", "Nguyen", "García", "Williams", "Baker"};
constexpr std::array<Text, 5> kStreetsUS{"Westlake Ave N", "Main St", "Maple Dr", "Sunset Blvd",
                                         "County Road 12"};
constexpr std::array kTownsUS{Town{"Seattle", "98121-2778", "WA", ""}, Town{"Austin", "78701", "TX", ""},
                              Town{"Brooklyn", "11201-3832", "NY", ""}, Town{"Honolulu", "96815", "HI", ""}};

constexpr std::array<Text, 5> kFirstCA{"Liam", "Chloé", "Noah", "Amélie", "Mackenzie"};
constexpr std::array<Text, 5> kLastCA{"Tremblay", "Smith", "Gagnon", "Singh", "MacDonald"};
constexpr std::array<Text, 4> kStreetsCA{"Rue Sainte-Catherine O", "King St W", "Granville St",
                                         "Jasper Ave NW"};
constexpr std::array kTownsCA{Town{"Toronto", "M5V 2T6", "ON", ""}, Town{"Montréal", "H2X 1Y4", "QC", ""},
                              Town{"Vancouver", "V6B 1A9", "BC", ""}, Town{"Halifax", "B3J 1S9", "NS", ""}};

constexpr std::array<Text, 4> kFirstMX{"María José", "Juan Carlos", "Ximena", "Diego"};
constexpr std::array<Text, 4> kLastMX{"Hernández López", "García Ramírez", "Núñez", "Peña"};
constexpr std::array<Text, 4> kStreetsMX{"Av. Insurgentes Sur", "Calle Benito Juárez", "Calle 5 de Mayo",
                                         "Av. Revolución"};
constexpr std::array kTownsMX{
    Town{"Ciudad de México", "03100", "CDMX", "Del Valle"}, Town{"Guadalajara", "44100", "Jalisco", "Centro"},
    Town{"Mérida", "97000", "Yucatán", "Centro"}, Town{"Monterrey", "64000", "Nuevo León", "Obispado"}};

constexpr std::array<Text, 4> kFirstBR{"João", "Ana Beatriz", "Luís", "Conceição"};
constexpr std::array<Text, 4> kLastBR{"da Silva", "Gonçalves", "Araújo", "dos Santos"};
constexpr std::array<Text, 4> kStreetsBR{"Rua das Flores", "Avenida Paulista", "Rua XV de Novembro",
                                         "Travessa São João"};
constexpr std::array kTownsBR{
    Town{"São Paulo", "01310-100", "SP", "Bela Vista"}, Town{"Curitiba", "80020-310", "PR", "Centro"},
    Town{"Salvador", "40026-010", "BA", "Pelourinho"}, Town{"Manaus", "69005-070", "AM", "Centro"}};

constexpr std::array<Text, 4> kFirstIE{"Aoife", "Seán", "Caoimhe", "Pádraig"};
constexpr std::array<Text, 4> kLastIE{"Ó Briain", "Murphy", "Ní Dhomhnaill", "Kelly"};
constexpr std::array<Text, 4> kStreetsIE{"O'Connell Street Upper", "Shop Street", "Patrick Street",
                                         "Bóthar na Trá"};
constexpr std::array kTownsIE{
    Town{"Dublin 1", "D01 F5P2", "", "Co. Dublin"}, Town{"Galway", "H91 E9DX", "", "Co. Galway"},
    Town{"Cork", "T12 W8HA", "", "Co. Cork"}, Town{"Sligo", "F91 XY72", "", "Co. Sligo"}};

constexpr std::array<Text, 4> kFirstES{"Lucía", "Íñigo", "Begoña", "Ángel"};
constexpr std::array<Text, 4> kLastES{"Muñoz Ibáñez", "García Pérez", "Núñez", "Echeverría"};
constexpr std::array<Text, 4> kStreetsES{"Calle de Alcalá", "Gran Vía", "Carrer de Mallorca",
                                         "Rúa do Franco"};
constexpr std::array kTownsES{
    Town{"Madrid", "28013", "Madrid", ""}, Town{"Barcelona", "08013", "Barcelona", ""},
    Town{"Santiago de Compostela", "15702", "A Coruña", ""}, Town{"Palma", "07001", "Illes Balears", ""}};

constexpr std::array<Text, 5> kFirstGB{"Oliver", "Siân", "Amelia", "Hamish", "Priya"};
constexpr std::array<Text, 5> kLastGB{"Smith", "Jones", "Llywelyn", "MacLeod", "Patel"};
constexpr std::array<Text, 4> kStreetsGB{"High Street", "Station Road", "Church Lane", "Heol y Bont"};
constexpr std::array kTownsGB{
    Town{"London", "SW1A 2AA", "", ""}, Town{"Aberystwyth", "SY23 2AX", "", "Ceredigion"},
    Town{"Edinburgh", "EH1 1YZ", "", ""}, Town{"Milton Keynes", "MK9 2FP", "", "Buckinghamshire"}};

constexpr std::array<Text, 5> kFirstFR{"Chloé", "Jérôme", "Anaïs", "François", "Zoé"};
constexpr std::array<Text, 4> kLastFR{"Lefèvre", "Dupont", "L'Hôte", "Bénard"};
constexpr std::array<Text, 4> kStreetsFR{"rue de la République", "avenue des Champs-Élysées",
                                         "place de l'Église", "impasse des Lilas"};
constexpr std::array kTownsFR{Town{"Paris", "75001", "", ""}, Town{"Lyon", "69002", "", ""},
                              Town{"Ajaccio", "20000", "", ""}, Town{"Saint-Étienne", "42000", "", ""}};

constexpr std::array<Text, 4> kFirstBE{"Lotte", "Benoît", "Emma", "Joris"};
constexpr std::array<Text, 4> kLastBE{"Peeters", "Dubois", "Van den Broeck", "Lambert"};
constexpr std::array<Text, 4> kStreetsBE{"Rue Neuve", "Meir", "Korenmarkt", "Chaussée de Waterloo"};
constexpr std::array kTownsBE{Town{"Bruxelles", "1000", "", ""}, Town{"Antwerpen", "2000", "", ""},
                              Town{"Gent", "9000", "", ""}, Town{"Liège", "4000", "", ""}};

constexpr std::array<Text, 4> kFirstNL{"Sanne", "Daan", "Fenna", "Thijs"};
constexpr std::array<Text, 4> kLastNL{"de Vries", "van 't Hof", "Jansen", "Bakker"};
constexpr std::array<Text, 4> kStreetsNL{"Keizersgracht", "Dorpsstraat", "Burgemeester Reigerstraat",
                                         "'s-Gravelandseweg"};
constexpr std::array kTownsNL{Town{"Amsterdam", "1015 CJ", "", ""}, Town{"Utrecht", "3581 KX", "", ""},
                              Town{"'s-Hertogenbosch", "5211 AH", "", ""},
                              Town{"Groningen", "9711 LM", "", ""}};

constexpr std::array<Text, 20> kFirstDE{
    "Anna",  "Lukas", "Lena",   "Jonas",  "Katharina",  "Felix", "Jürgen", "Sabine",  "Björn", "Miriam",
    "Sören", "Heike", "Tobias", "Ulrike", "Maximilian", "Petra", "Käthe",  "Florian", "Greta", "Holger"};
constexpr std::array<Text, 20> kLastDE{"Müller",  "Schmidt",  "Schneider", "Fischer", "Weber",
                                       "Meyer",   "Wagner",   "Becker",    "Schulz",  "Hoffmann",
                                       "Schäfer", "Koch",     "Bauer",     "Richter", "Klein",
                                       "Wolf",    "Schröder", "Neumann",   "Krüger",  "Weiß"};
constexpr std::array<Text, 14> kStreetsDE{"Hauptstraße",   "Bahnhofstraße", "Gartenweg",   "Schillerstraße",
                                          "Am Marktplatz", "Goethestraße",  "Lindenallee", "Bergstraße",
                                          "Kirchgasse",    "Mühlenweg",     "Rosenstraße", "Unter den Eichen",
                                          "Schulstraße",   "Königsplatz"};
constexpr std::array kTownsDE{Town{"Berlin", "10115", "Berlin", ""},
                              Town{"Hamburg", "20095", "Hamburg", ""},
                              Town{"München", "80331", "Bayern", ""},
                              Town{"Köln", "50667", "Nordrhein-Westfalen", ""},
                              Town{"Leipzig", "04109", "Sachsen", ""},
                              Town{"Stuttgart", "70173", "Baden-Württemberg", ""},
                              Town{"Nürnberg", "90402", "Bayern", ""},
                              Town{"Bremen", "28195", "Bremen", ""},
                              Town{"Düsseldorf", "40213", "Nordrhein-Westfalen", ""},
                              Town{"Freiburg im Breisgau", "79098", "Baden-Württemberg", ""}};

constexpr std::array<Text, 24> kFirstIT{
    "Giulia", "Marco",   "Francesca", "Luca",    "Chiara", "Matteo", "Alessandra", "Davide",
    "Elisa",  "Simone",  "Niccolò",   "Martina", "Paola",  "Andrea", "Valentina",  "Stefano",
    "Ilaria", "Roberto", "Noemi",     "Fabio",   "Sara",   "Enrico", "Beatrice",   "Tommaso"};
constexpr std::array<Text, 24> kLastIT{"Rossi",    "Bianchi", "Esposito", "Romano",  "Colombo",  "Ricci",
                                       "Marino",   "Greco",   "Bruno",    "Gallo",   "Conti",    "De Luca",
                                       "Mancini",  "Costa",   "Giordano", "Rizzo",   "Lombardi", "Moretti",
                                       "Barbieri", "Fontana", "Santoro",  "Mariani", "Rinaldi",  "D'Angelo"};
constexpr std::array<Text, 16> kStreetsIT{"Via Roma",
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
constexpr std::array kTownsIT{Town{"Milano", "20121", "MI", ""},   Town{"Roma", "00184", "RM", ""},
                              Town{"Torino", "10123", "TO", ""},   Town{"Bologna", "40126", "BO", ""},
                              Town{"Firenze", "50122", "FI", ""},  Town{"Napoli", "80134", "NA", ""},
                              Town{"Bari", "70121", "BA", ""},     Town{"Verona", "37121", "VR", ""},
                              Town{"Genova", "16121", "GE", ""},   Town{"Palermo", "90133", "PA", ""},
                              Town{"Cagliari", "09124", "CA", ""}, Town{"Trieste", "34121", "TS", ""},
                              Town{"Perugia", "06121", "PG", ""},  Town{"Lecce", "73100", "LE", ""},
                              Town{"Bergamo", "24121", "BG", ""},  Town{"L'Aquila", "67100", "AQ", ""}};

constexpr std::array<Text, 4> kFirstSE{"Åsa", "Björn", "Linnéa", "Göran"};
constexpr std::array<Text, 4> kLastSE{"Sjöberg", "Lindström", "Åkesson", "Öhman"};
constexpr std::array<Text, 4> kStreetsSE{"Drottninggatan", "Storgatan", "Kungsängsvägen", "Södra vägen"};
constexpr std::array kTownsSE{Town{"Stockholm", "111 51", "", ""}, Town{"Göteborg", "412 54", "", ""},
                              Town{"Malmö", "211 41", "", ""}, Town{"Kiruna", "981 31", "", ""}};

constexpr std::array<Text, 4> kFirstZA{"Thandiwe", "Pieter", "Zanele", "Aisha"};
constexpr std::array<Text, 4> kLastZA{"Nkosi", "van der Merwe", "Dlamini", "Naidoo"};
constexpr std::array<Text, 4> kStreetsZA{"Long Street", "Jan Smuts Avenue", "Church Street", "Florida Road"};
constexpr std::array kTownsZA{Town{"Cape Town", "8001", "Western Cape", "City Centre"},
                              Town{"Johannesburg", "2196", "Gauteng", "Rosebank"},
                              Town{"Durban", "4001", "KwaZulu-Natal", "Morningside"}};

constexpr std::array<Text, 4> kFirstPL{"Łukasz", "Żaneta", "Małgorzata", "Wojciech"};
constexpr std::array<Text, 4> kLastPL{"Wiśniewski", "Dąbrowska", "Wójcik", "Święch"};
constexpr std::array<Text, 4> kStreetsPL{"ul. Świętokrzyska", "ul. Piłsudskiego", "al. Jerozolimskie",
                                         "os. Złotej Jesieni"};
constexpr std::array kTownsPL{
    Town{"Warszawa", "00-001", "mazowieckie", ""}, Town{"Łódź", "90-001", "łódzkie", ""},
    Town{"Kraków", "31-004", "małopolskie", ""}, Town{"Gdańsk", "80-001", "pomorskie", ""}};

constexpr std::array<Text, 4> kFirstEG{"أحمد", "Mona", "محمد", "فاطمة"};
constexpr std::array<Text, 4> kLastEG{"حسن", "El-Sayed", "عبد الله", "Ibrahim"};
constexpr std::array<Text, 4> kStreetsEG{"شارع التحرير", "Tahrir Street", "شارع الهرم", "El Horreya Road"};
constexpr std::array kTownsEG{Town{"القاهرة", "11511", "القاهرة", "الدقي"},
                              Town{"Alexandria", "21500", "Alexandria", "Smouha"},
                              Town{"الجيزة", "12511", "الجيزة", "الهرم"}};

constexpr std::array<Text, 4> kFirstTR{"Ayşe", "Çağrı", "İbrahim", "Gülşen"};
constexpr std::array<Text, 4> kLastTR{"Yılmaz", "Öztürk", "Şahin", "Çelik"};
constexpr std::array<Text, 4> kStreetsTR{"Bağdat Caddesi", "İstiklal Caddesi", "Atatürk Bulvarı",
                                         "Çiçek Sokak"};
constexpr std::array kTownsTR{Town{"Kadıköy", "34710", "İstanbul", "Caferağa"},
                              Town{"Çankaya", "06420", "Ankara", "Kızılay"},
                              Town{"Konak", "35250", "İzmir", "Alsancak"}};

constexpr std::array<Text, 4> kFirstSA{"عبد العزيز", "نورة", "Faisal", "سارة"};
constexpr std::array<Text, 4> kLastSA{"القحطاني", "الغامدي", "Al-Harbi", "العتيبي"};
constexpr std::array<Text, 3> kStreetsSA{"طريق الملك فهد", "شارع العليا", "Prince Sultan Road"};
constexpr std::array kTownsSA{Town{"الرياض", "12211", "الرياض", "العليا"},
                              Town{"جدة", "23411", "مكة المكرمة", "الروضة"},
                              Town{"Dammam", "32241", "Eastern Province", "Al Faisaliyah"}};

constexpr std::array<Text, 4> kFirstAE{"Fatima", "خالد", "Omar", "Layla"};
constexpr std::array<Text, 4> kLastAE{"Al Maktoum", "المنصوري", "Al Nahyan", "Haddad"};
constexpr std::array<Text, 3> kStreetsAE{"Sheikh Zayed Road", "Al Wasl Road", "شارع خليفة"};
constexpr std::array kTownsAE{Town{"Dubai", "", "Dubai", "Jumeirah 1"},
                              Town{"Abu Dhabi", "", "Abu Dhabi", "Al Khalidiyah"},
                              Town{"Sharjah", "", "Sharjah", "Al Majaz"}};

constexpr std::array<Text, 4> kFirstIN{"Aarav", "Ananya", "विक्रम", "Priya"};
constexpr std::array<Text, 4> kLastIN{"Sharma", "Iyer", "शर्मा", "Chatterjee"};
constexpr std::array<Text, 4> kStreetsIN{"MG Road", "Linking Road", "Anna Salai", "2nd Cross, HAL 3rd Stage"};
constexpr std::array kTownsIN{
    Town{"Bengaluru", "560001", "KARNATAKA", ""}, Town{"Mumbai", "400050", "MAHARASHTRA", ""},
    Town{"Chennai", "600002", "TAMIL NADU", ""}, Town{"New Delhi", "110001", "DELHI", ""}};

constexpr std::array<Text, 4> kFirstSG{"Wei Ling", "Muhammad", "Jia Hao", "Kavitha"};
constexpr std::array<Text, 4> kLastSG{"Tan", "bin Abdullah", "Lim", "Pillai"};
constexpr std::array<Text, 3> kStreetsSG{"Orchard Road", "Ang Mo Kio Avenue 3", "Serangoon Road"};
constexpr std::array kTownsSG{Town{"Singapore", "238859", "", ""}, Town{"Singapore", "560123", "", ""},
                              Town{"Singapore", "218227", "", ""}};

constexpr std::array<Text, 4> kFirstAU{"Charlotte", "Lachlan", "Mia", "Jarrah"};
constexpr std::array<Text, 4> kLastAU{"Nguyen", "Taylor", "O'Connor", "Wilson"};
constexpr std::array<Text, 4> kStreetsAU{"George Street", "Wattle Grove", "The Esplanade", "Stuart Highway"};
constexpr std::array kTownsAU{Town{"SYDNEY", "2000", "NSW", ""}, Town{"FITZROY", "3065", "VIC", ""},
                              Town{"ALICE SPRINGS", "0870", "NT", ""}, Town{"HOBART", "7000", "TAS", ""}};

constexpr std::array<Text, 4> kFirstJP{"太郎", "美咲", "健一", "さくら"};
constexpr std::array<Text, 4> kLastJP{"山田", "佐藤", "髙橋", "渡邉"};
constexpr std::array<Text, 4> kStreetsJP{"渋谷", "北浜", "栄", "中央"};
constexpr std::array kTownsJP{
    Town{"渋谷区", "150-0002", "東京都", ""}, Town{"大阪市中央区", "541-0041", "大阪府", ""},
    Town{"名古屋市中区", "460-0008", "愛知県", ""}, Town{"札幌市中央区", "060-0001", "北海道", ""}};

constexpr std::array kCountries{
    Country{"US", kFirstUS, kLastUS, kStreetsUS, kTownsUS, "{first} {last}", "{number} {street}",
            "Apt {number}", "+1 ###-###-####", 9, false, 110},
    Country{"CA", kFirstCA, kLastCA, kStreetsCA, kTownsCA, "{first} {last}", "{number} {street}",
            "Unit {number}", "+1 ###-###-####", 13, false, 150},
    Country{"MX", kFirstMX, kLastMX, kStreetsMX, kTownsMX, "{first} {last}", "{street} {number}",
            "Int. {number}", "+52 ## #### ####", 16, true, 2000},
    Country{"BR", kFirstBR, kLastBR, kStreetsBR, kTownsBR, "{first} {last}", "{street}, {number}",
            "Apto {number}", "+55 ## 9####-####", 18, true, 600},
    Country{"IE", kFirstIE, kLastIE, kStreetsIE, kTownsIE, "{first} {last}", "{number} {street}",
            "Flat {number}", "+353 8# ### ####", 23, false, 100},
    Country{"ES", kFirstES, kLastES, kStreetsES, kTownsES, "{first} {last}", "{street}, {number}",
            "{number}º izquierda", "+34 6## ### ###", 21, false, 100},
    Country{"GB", kFirstGB, kLastGB, kStreetsGB, kTownsGB, "{first} {last}", "{number} {street}",
            "Flat {number}", "+44 7### ######", 20, false, 85},
    Country{"FR", kFirstFR, kLastFR, kStreetsFR, kTownsFR, "{first} {last}", "{number} {street}",
            "Bâtiment {number}", "+33 6 ## ## ## ##", 20, false, 100},
    Country{"BE", kFirstBE, kLastBE, kStreetsBE, kTownsBE, "{first} {last}", "{street} {number}",
            "Bus {number}", "+32 4## ## ## ##", 21, false, 100},
    Country{"NL", kFirstNL, kLastNL, kStreetsNL, kTownsNL, "{first} {last}", "{street} {number}",
            "{number} hoog", "+31 6 ########", 21, false, 100},
    Country{"DE", kFirstDE, kLastDE, kStreetsDE, kTownsDE, "{first} {last}", "{street} {number}",
            "Hinterhaus, {number}. OG", "+49 15# ########", 19, false, 100},
    Country{"IT", kFirstIT, kLastIT, kStreetsIT, kTownsIT, "{first} {last}", "{street}, {number}",
            "Scala B, interno {number}", "+39 3## #######", 22, false, 100},
    Country{"SE", kFirstSE, kLastSE, kStreetsSE, kTownsSE, "{first} {last}", "{street} {number}",
            "lgh 1{number}", "+46 7# ### ## ##", 25, false, 1150},
    Country{"ZA", kFirstZA, kLastZA, kStreetsZA, kTownsZA, "{first} {last}", "{number} {street}",
            "Unit {number}", "+27 8# ### ####", 15, true, 2000},
    Country{"PL", kFirstPL, kLastPL, kStreetsPL, kTownsPL, "{first} {last}", "{street} {number}",
            "m. {number}", "+48 ### ### ###", 23, false, 430},
    Country{"EG", kFirstEG, kLastEG, kStreetsEG, kTownsEG, "{first} {last}", "{number} {street}",
            "الدور {number}", "+20 1# #### ####", 14, true, 5500},
    Country{"TR", kFirstTR, kLastTR, kStreetsTR, kTownsTR, "{first} {last}", "{street} No: {number}",
            "Daire {number}", "+90 5## ### ## ##", 20, true, 4500},
    Country{"SA", kFirstSA, kLastSA, kStreetsSA, kTownsSA, "{first} {last}", "{number} {street}",
            "شقة {number}", "+966 5# ### ####", 15, true, 410},
    Country{"AE", kFirstAE, kLastAE, kStreetsAE, kTownsAE, "{first} {last}", "Villa {number}, {street}",
            "Near the mosque, gate {number}", "+971 5# ### ####", 5, true, 400},
    Country{"IN", kFirstIN, kLastIN, kStreetsIN, kTownsIN, "{first} {last}", "Flat {number}, {street}",
            "Opp. the post office, {number}th floor", "+91 9#########", 18, true, 9500},
    Country{"SG", kFirstSG, kLastSG, kStreetsSG, kTownsSG, "{first} {last}", "{number} {street}",
            "#{number}-08", "+65 9#######", 9, true, 145},
    Country{"AU", kFirstAU, kLastAU, kStreetsAU, kTownsAU, "{first} {last}", "{number} {street}",
            "Unit {number}", "+61 4## ### ###", 10, true, 165},
    Country{"JP", kFirstJP, kLastJP, kStreetsJP, kTownsJP, "{last} {first}", "{street}{number}-2-3",
            "コーポ桜 {number}号室", "+81 90-####-####", 10, true, 160},
};

}  // namespace

const Country& country_of(std::string_view marketplace_country) {
    const std::string_view code = marketplace_country == "UK" ? "GB" : marketplace_country;
    const auto found = std::ranges::find(kCountries, code, &Country::code);
    CHECK(found != kCountries.end(), "every marketplace lies in a country that is described");
    return *found;
}

}  // namespace fairway::sandbox
