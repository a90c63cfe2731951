#pragma once
// Every text that people read in the product (notes, blocks, messages, attention items), in English and
// Italian, by code. What is stored is the code and its parameters; the language is the reader's.
#include <string>
#include <string_view>
#include <vector>

#include "domain/plan.hpp"

namespace fairway::domain {

enum class Language { en, it };

// From an Accept-Language header; English when nothing fits.
Language choose_language(std::string_view accept_language);

// The text with {name} replaced by params["name"]. An unknown code gives the code itself, so that nothing is
// hidden.
std::string render(std::string_view code, const TextParams& params, Language language);
inline std::string render(const Note& note, Language language) {
    return render(note.code, note.params, language);
}

// "block.product_missing" and its parameters.
Note block_note(const Block& block);

std::vector<std::string_view> text_codes();

}  // namespace fairway::domain
