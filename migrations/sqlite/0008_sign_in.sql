-- Wrong passwords, by who was tried and from where: who guesses from elsewhere locks nobody out.
CREATE TABLE sign_in_attempts (
    name BLOB NOT NULL,                    -- HMAC of what was typed, which may be a password
    place TEXT NOT NULL,                   -- a client's address or network, or "session tk_3"
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    locked_until INTEGER,
    PRIMARY KEY (name, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (last_at);
-- Its successor is above. The table stays as long as an older program may run beside this one.
DELETE FROM sign_in_failures;

-- In the newest session; kept here because sessions are forgotten.
ALTER TABLE users ADD COLUMN last_seen_at INTEGER;
UPDATE users SET last_seen_at = (
    SELECT MAX(COALESCE(t.last_used_at, t.created_at)) FROM api_tokens AS t WHERE t.user_id = users.id
);

-- Printed at the start of a service that nobody can administer: good only as long as that is so.
ALTER TABLE invitations ADD COLUMN first_start INTEGER NOT NULL DEFAULT 0;

-- Who made a token for a program; null: the command line.
ALTER TABLE api_tokens ADD COLUMN created_by INTEGER REFERENCES users (id);
