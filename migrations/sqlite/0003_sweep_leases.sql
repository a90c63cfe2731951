-- Processes that share a database share the reading: who holds an account's lease reads its orders.
CREATE TABLE sweep_leases (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
    token INTEGER NOT NULL,                -- grows with each holder; an earlier one writes nothing more
    held_until INTEGER NOT NULL,           -- after this time anybody may take it
    swept_at INTEGER NOT NULL              -- when the last sweep began that read everything
) STRICT;
