-- Which installation this database belongs to, and whether it may write to Amazon and to shops.
CREATE TABLE instance (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    epoch INTEGER NOT NULL,                -- when it began, or was last restored or copied
    read_only_reason TEXT,                 -- null: it may write
    read_only_since INTEGER
) STRICT;

-- How often each place (a file beside a key store on one machine) was about to write. The same count stands
-- in that file; a backup holds no row.
CREATE TABLE instance_places (
    place TEXT PRIMARY KEY,
    starts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Orders whose data key the key store has lost: read again by id, and sealed under a new one.
CREATE TABLE orders_without_key (
    order_id INTEGER PRIMARY KEY REFERENCES amazon_orders (id),
    asked_at INTEGER NOT NULL DEFAULT 0    -- when Amazon was last asked for it, in vain
) STRICT;
