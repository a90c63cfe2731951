#pragma once
// Read-only mode, and what begins it. A database that was restored, or copied, does not know what has been
// sent since: it must not write to Amazon or to a shop until a person has looked. So each place where Fairway
// runs keeps a mark twice, in the database and in a file beside the key store: the id of the installation,
// the place itself, and a count that moves on at each start, at each tick and before each command is sent.
//
//   the database's count is lower        the database was restored, or a backup was put in its place
//   it is higher by one                  a crash between the commit and the file: all is well
//   it is higher by more                 the file was restored, and the key store with it
//   the file speaks of another place     this is a copy, or the installation was moved
//   there is no file                     restored on another machine, or the first start there
//
// The commit comes first, the file second and the call to Amazon third: a database that is as old as the file
// says knows every command that was ever sent. Thread-safe, also between processes of one machine.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/clock.hpp"
#include "base/fault_point.hpp"
#include "base/rng.hpp"
#include "db/db.hpp"
#include "store/vault.hpp"

namespace fairway::store {

enum class ReadOnlyReason { requested, database_restored, key_store_restored, moved, file_missing };
std::string_view to_text(ReadOnlyReason reason);

struct ReadOnly {
    ReadOnlyReason reason = ReadOnlyReason::requested;
    UtcTime since{};
};
// Nothing: Fairway may write.
std::optional<ReadOnly> find_read_only(db::Reader& tx);

// A person asks for read-only mode, or ends it whatever began it. Holds at once, in every process.
void set_read_only(db::Transaction& tx, bool on, UtcTime now);

// The id of the installation; empty before its first start.
std::string find_instance(db::Reader& tx);

// Leaves out of a copy of the database what a backup must not have: started from it, Fairway is read-only.
inline constexpr std::string_view kForgetPlaces = "DELETE FROM instance_places";

// What stands in the file, and in the database.
struct Mark {
    std::string instance{};
    std::string place{};
    std::int64_t starts = 0;
    bool operator==(const Mark&) const = default;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (instance, place, starts))

// The place of a file: of this path on this machine, as a hash.
std::string place_of(const std::string& file);

class Instance {
public:
    // file: where the mark is kept; its folder exists. place: see place_of. The others outlive this.
    Instance(db::Database& database, Vault& vault, const Clock& clock, Rng& rng, std::string file,
             std::string place);

    // Compares both marks, or leaves them in a new installation. If they do not belong together, begins
    // read-only mode: commands that were queued or sending become unknown, numbers jump, and orders whose
    // data key is lost are noted, all in one commit. Error: the file cannot be read or written.
    Status check();

    // check(), and both counts move on. `work` runs in the commit that moves the database's count; its value
    // is returned. Error: what work did is committed, and the file could not be written: nothing may be sent.
    Result<bool> advance(const std::function<bool(db::Transaction&)>& work,
                         CommitPoint point = "instance.advance");

private:
    Result<Mark> settle();

    db::Database& database_;
    Vault& vault_;
    const Clock& clock_;
    Rng& rng_;
    std::string file_;
    std::string place_;
};

}  // namespace fairway::store
