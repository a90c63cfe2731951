#include "store/name_index.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"

namespace fairway::store {

namespace {

constexpr std::size_t kWordsMax = 16;

struct Fold {
    char32_t first, last;
    std::string_view letter;
};
// Latin letters with marks, by the letter they are compared as. Everything else beyond ASCII (Greek,
// Cyrillic, Japanese) stands for itself.
constexpr std::array kFolds{
    Fold{0xC0, 0xC5, "a"},   Fold{0xC6, 0xC6, "ae"},  Fold{0xC7, 0xC7, "c"},    Fold{0xC8, 0xCB, "e"},
    Fold{0xCC, 0xCF, "i"},   Fold{0xD0, 0xD0, "d"},   Fold{0xD1, 0xD1, "n"},    Fold{0xD2, 0xD6, "o"},
    Fold{0xD8, 0xD8, "o"},   Fold{0xD9, 0xDC, "u"},   Fold{0xDD, 0xDD, "y"},    Fold{0xDE, 0xDE, "th"},
    Fold{0xDF, 0xDF, "ss"},  Fold{0xE0, 0xE5, "a"},   Fold{0xE6, 0xE6, "ae"},   Fold{0xE7, 0xE7, "c"},
    Fold{0xE8, 0xEB, "e"},   Fold{0xEC, 0xEF, "i"},   Fold{0xF0, 0xF0, "d"},    Fold{0xF1, 0xF1, "n"},
    Fold{0xF2, 0xF6, "o"},   Fold{0xF8, 0xF8, "o"},   Fold{0xF9, 0xFC, "u"},    Fold{0xFD, 0xFD, "y"},
    Fold{0xFE, 0xFE, "th"},  Fold{0xFF, 0xFF, "y"},   Fold{0x100, 0x105, "a"},  Fold{0x106, 0x10D, "c"},
    Fold{0x10E, 0x111, "d"}, Fold{0x112, 0x11B, "e"}, Fold{0x11C, 0x123, "g"},  Fold{0x124, 0x127, "h"},
    Fold{0x128, 0x131, "i"}, Fold{0x134, 0x135, "j"}, Fold{0x136, 0x138, "k"},  Fold{0x139, 0x142, "l"},
    Fold{0x143, 0x14B, "n"}, Fold{0x14C, 0x151, "o"}, Fold{0x152, 0x153, "oe"}, Fold{0x154, 0x159, "r"},
    Fold{0x15A, 0x161, "s"}, Fold{0x162, 0x167, "t"}, Fold{0x168, 0x173, "u"},  Fold{0x174, 0x175, "w"},
    Fold{0x176, 0x178, "y"}, Fold{0x179, 0x17E, "z"}};

// The code point at the text's beginning and its length in bytes. The text is valid UTF-8.
std::pair<char32_t, std::size_t> first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x80) return {byte(0), 1};
    const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
    char32_t point = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(i) & 0x3FU);
    return {point, length};
}

bool is_separator(char32_t point) {
    const bool ascii_word = (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z');
    // No-break space, general punctuation, ideographic space.
    return point < 0x80 ? !ascii_word
                        : (point < 0xC0 || (point >= 0x2000 && point <= 0x206F) || point == 0x3000);
}

}  // namespace

std::vector<std::string> name_words(std::string_view name) {
    if (!is_valid_utf8(name)) return {};
    const std::string lower = to_lower_ascii(name);
    std::vector<std::string> words(1);
    for (std::string_view rest = lower; !rest.empty();) {
        const auto [point, length] = first_code_point(rest);
        if (is_separator(point)) {
            if (!words.back().empty()) words.emplace_back();
        } else {
            const auto fold = std::ranges::find_if(
                kFolds, [p = point](const Fold& each) { return p >= each.first && p <= each.last; });
            words.back() += fold == kFolds.end() ? rest.substr(0, length) : fold->letter;
        }
        rest.remove_prefix(length);
    }
    if (words.back().empty()) words.pop_back();
    if (words.size() > kWordsMax) words.resize(kWordsMax);
    return words;
}

std::vector<crypto::Digest> blind_words(const Vault& vault, std::string_view name) {
    std::vector<crypto::Digest> hashes;
    for (const std::string& word : name_words(name)) hashes.push_back(vault.blind(word));
    return hashes;
}

void index_names(db::Transaction& tx, const Vault& vault, OrderId id, const domain::PersonalData& personal) {
    std::set<std::string> words;
    const auto add = [&](const std::string& name) {
        for (std::string& word : name_words(name)) words.insert(std::move(word));
    };
    if (personal.buyer) {
        add(personal.buyer->name);
        add(personal.buyer->company);
    }
    if (personal.recipient) {
        add(personal.recipient->name);
        add(personal.recipient->company);
    }
    for (const std::string& word : words) {
        const crypto::Digest hash = vault.blind(word);
        tx.queue("INSERT INTO order_names (word, order_id) VALUES ($1, $2)",
                 std::span<const std::uint8_t>(hash), id);
    }
}

void drop_names(db::Transaction& tx, OrderId id) {
    // Index order_names_of_order.
    tx.execute("DELETE FROM order_names WHERE order_id = $1", id);
}

}  // namespace fairway::store
