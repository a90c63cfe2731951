-- Processes that share a database share the reading: who holds an account's lease reads its orders.
CREATE TABLE sweep_leases (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    token BIGINT NOT NULL,                     -- grows with each holder; an earlier one writes no more
    held_until BIGINT NOT NULL,                -- after this time anybody may take it
    swept_at BIGINT NOT NULL                   -- when the last sweep began that read everything
);
