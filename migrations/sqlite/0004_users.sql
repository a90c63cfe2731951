-- People who sign in, and where they are signed in.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,             -- what is typed to sign in, in lower case
    role TEXT NOT NULL,
    buyer_data INTEGER NOT NULL,           -- may see personal data
    password TEXT,                         -- Argon2id with its salt and cost; null until one was chosen
    preferences TEXT NOT NULL,             -- JSON, the screens' own: columns, saved views
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

-- A link by which one person chooses a password, once: the first administrator, who is new, who forgot.
CREATE TABLE invitations (
    hash BLOB PRIMARY KEY,                 -- SHA-256; the link itself is shown once and kept nowhere
    user_id INTEGER NOT NULL REFERENCES users (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- By the name that was typed, whether there is such a user or not: the answer must not tell.
CREATE TABLE sign_in_failures (
    name TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    locked_until INTEGER
) STRICT, WITHOUT ROWID;

-- A session is a token of a person: it has an end, and its name is the browser's.
ALTER TABLE api_tokens ADD COLUMN user_id INTEGER REFERENCES users (id);
ALTER TABLE api_tokens ADD COLUMN expires_at INTEGER;
CREATE INDEX api_tokens_by_user ON api_tokens (user_id, id);
