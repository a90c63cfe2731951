#include "store/sign_in_attempts.hpp"

#include "base/text.hpp"

namespace fairway::store {

namespace {

constexpr int kFailuresMax = 10;
constexpr Duration kLocked = minutes(15);
// Failures further apart than this do not belong together.
constexpr Duration kInARow = hours(24);
// More are not remembered, the oldest first.
constexpr int kAttemptsMax = 10'000;

// Of a place over all names, which nobody has; in each of these spans of time.
constexpr int kFailuresOfPlaceMax = 50;
constexpr minutes kSpan{15};

std::span<const std::uint8_t> as_span(const crypto::Digest& digest) { return digest; }

void keep(db::Transaction& tx, const Attempt& attempt, int failures, std::optional<UtcTime> locked_until,
          UtcTime now) {
    tx.execute(
        "INSERT INTO sign_in_attempts (name, place, failures, last_at, locked_until) "
        "VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (name, place) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, "
        "locked_until = excluded.locked_until",
        as_span(attempt.name), attempt.place, failures, now, locked_until);
    // Index sign_in_attempts_by_age.
    tx.execute(
        "DELETE FROM sign_in_attempts WHERE last_at < COALESCE((SELECT last_at FROM sign_in_attempts "
        "ORDER BY last_at DESC LIMIT 1 OFFSET $1), 0)",
        kAttemptsMax);
}

}  // namespace

crypto::Digest blind_name(const Vault& vault, std::string_view name) {
    // As typed by people: the same name in another case is the same name.
    return vault.blind("sign in\n" + to_lower_ascii(trim(name)));
}

std::optional<UtcTime> find_lock(db::Reader& tx, const Attempt& attempt, UtcTime now) {
    const auto row = tx.one(
        "SELECT locked_until FROM sign_in_attempts WHERE name = $1 AND place = $2 AND locked_until > $3",
        as_span(attempt.name), attempt.place, now);
    if (!row) return std::nullopt;
    return row->get<UtcTime>(0);
}

std::optional<UtcTime> find_last_lock(db::Reader& tx, const crypto::Digest& name, UtcTime now) {
    // The first part of the primary key. A session that may not ask again keeps nobody from signing in.
    return tx
        .one(
            "SELECT MAX(locked_until) FROM sign_in_attempts WHERE name = $1 AND locked_until > $2 "
            "AND place NOT LIKE 'session %'",
            as_span(name), now)
        ->get<std::optional<UtcTime>>(0);
}

bool note_failure(db::Transaction& tx, const Attempt& attempt, UtcTime now) {
    const auto row =
        tx.one("SELECT failures, last_at, locked_until FROM sign_in_attempts WHERE name = $1 AND place = $2",
               as_span(attempt.name), attempt.place);
    int failures = 1;
    if (row) {
        const auto lock = row->get<std::optional<UtcTime>>(2);
        // Several may be looked at when the tenth locks the name.
        if (lock && *lock > now) return true;
        // What led to a lock that is over does not lead to the next one.
        const bool apart = now - row->get<UtcTime>(1) > kInARow || lock;
        if (!apart) failures += row->get<int>(0);
    }
    const bool locked = failures >= kFailuresMax;
    keep(tx, attempt, failures, locked ? std::optional(now + kLocked) : std::nullopt, now);
    return locked;
}

bool note_failure(db::Transaction& tx, const std::string& place, UtcTime now) {
    const Attempt any_name{.place = place};
    const auto row = tx.one("SELECT failures, last_at FROM sign_in_attempts WHERE name = $1 AND place = $2",
                            as_span(any_name.name), place);
    const UtcTime begin = now - now.time_since_epoch() % kSpan;
    int failures = 1;
    if (row && row->get<UtcTime>(1) >= begin) failures += row->get<int>(0);
    const bool locked = failures >= kFailuresOfPlaceMax;
    keep(tx, any_name, failures, locked ? std::optional(begin + kSpan) : std::nullopt, now);
    return locked;
}

void forget_failures(db::Transaction& tx, const Attempt& attempt) {
    tx.queue("DELETE FROM sign_in_attempts WHERE name = $1 AND place = $2", as_span(attempt.name),
             attempt.place);
}

void forget_failures(db::Transaction& tx, const crypto::Digest& name) {
    tx.queue("DELETE FROM sign_in_attempts WHERE name = $1", as_span(name));
}

}  // namespace fairway::store
