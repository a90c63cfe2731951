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

std::span<const std::uint8_t> as_span(const crypto::Digest& digest) { return digest; }

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
    // The first part of the primary key.
    return tx
        .one("SELECT MAX(locked_until) FROM sign_in_attempts WHERE name = $1 AND locked_until > $2",
             as_span(name), now)
        ->get<std::optional<UtcTime>>(0);
}

bool note_failure(db::Transaction& tx, const Attempt& attempt, UtcTime now) {
    const auto row =
        tx.one("SELECT failures, last_at, locked_until FROM sign_in_attempts WHERE name = $1 AND place = $2",
               as_span(attempt.name), attempt.place);
    int failures = 1;
    if (row) {
        // What led to a lock that is over does not lead to the next one.
        const bool apart = now - row->get<UtcTime>(1) > kInARow || row->get<std::optional<UtcTime>>(2);
        if (!apart) failures += row->get<int>(0);
    }
    const bool locked = failures >= kFailuresMax;
    tx.execute(
        "INSERT INTO sign_in_attempts (name, place, failures, last_at, locked_until) "
        "VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (name, place) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, "
        "locked_until = excluded.locked_until",
        as_span(attempt.name), attempt.place, failures, now,
        locked ? std::optional(now + kLocked) : std::nullopt);
    // Index sign_in_attempts_by_age.
    tx.execute(
        "DELETE FROM sign_in_attempts WHERE last_at < COALESCE((SELECT last_at FROM sign_in_attempts "
        "ORDER BY last_at DESC LIMIT 1 OFFSET $1), 0)",
        kAttemptsMax);
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
