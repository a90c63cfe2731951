#pragma once
// The buyer filter: finds orders by the words of buyer's and recipient's names although no name is readable
// in the database. Stored per order is a keyed hash of each word (Vault::blind), which falls with the order's
// personal data.
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "domain/order.hpp"
#include "store/vault.hpp"

namespace fairway::store {

// The words of a name as they are compared: lower case, Latin letters without accents, nothing but letters
// and digits; at most 16 words. "Müller-Lüdenscheidt, Anna" -> muller, ludenscheidt, anna.
std::vector<std::string> name_words(std::string_view name);

// The hashes to look for, one per word; empty when the text has no word.
std::vector<crypto::Digest> blind_words(const Vault& vault, std::string_view name);

// Of an order that has nothing in the index, because it is new or was dropped from it.
void index_names(db::Transaction& tx, const Vault& vault, OrderId id, const domain::PersonalData& personal);

void drop_names(db::Transaction& tx, OrderId id);

}  // namespace fairway::store
