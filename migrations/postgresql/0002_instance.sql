-- Which installation this database belongs to, and whether it may write to Amazon and to shops.
CREATE TABLE instance (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    id TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,                     -- when it began, or was last restored or copied
    read_only_reason TEXT COLLATE "C",         -- null: it may write
    read_only_since BIGINT
);

-- How often each place (a file beside a key store on one machine) was about to write. The same count stands
-- in that file; a backup holds no row.
CREATE TABLE instance_places (
    place TEXT COLLATE "C" PRIMARY KEY,
    starts BIGINT NOT NULL
);

-- Orders whose data key the key store has lost: read again by id, and sealed under a new one.
CREATE TABLE orders_without_key (
    order_id BIGINT PRIMARY KEY REFERENCES amazon_orders (id),
    asked_at BIGINT NOT NULL DEFAULT 0         -- when Amazon was last asked for it, in vain
);
