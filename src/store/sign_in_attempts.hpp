#pragma once
// How often somebody tried a password in vain: counted by the name that was typed and by the place it came
// from, so that nobody is locked out by attempts from elsewhere.
#include <optional>
#include <string>
#include <string_view>

#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "store/vault.hpp"

namespace fairway::store {

// People type passwords where their name belongs: nobody can read what was typed.
crypto::Digest blind_name(const Vault& vault, std::string_view name);

struct Attempt {
    crypto::Digest name{};  // all zero: whatever the name
    std::string place{};    // an address or a network; "session tk_3" where the present password is asked for
};
// Until when this place cannot try the name; nullopt: it may.
std::optional<UtcTime> find_lock(db::Reader& tx, const Attempt& attempt, UtcTime now);
// The last of those that keep the name from signing in, wherever they are.
std::optional<UtcTime> find_last_lock(db::Reader& tx, const crypto::Digest& name, UtcTime now);
// After ten in a row the name is locked there for a quarter of an hour. Returns whether it is locked now.
bool note_failure(db::Transaction& tx, const Attempt& attempt, UtcTime now);
// Of the place over all names, an Attempt without one: after fifty in a quarter of an hour by the clock it
// waits for the next one.
bool note_failure(db::Transaction& tx, const std::string& place, UtcTime now);
void forget_failures(db::Transaction& tx, const Attempt& attempt);
// Of every place.
void forget_failures(db::Transaction& tx, const crypto::Digest& name);

}  // namespace fairway::store
