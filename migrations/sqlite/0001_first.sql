-- The first schema. Times are microseconds since 1970 (UTC), money is minor units, booleans are 0 and 1,
-- enums are the texts of src/domain/status.hpp, *_params and lists are JSON, and what is called sealed is
-- encrypted: credentials under the master key, everything of a person under the order's own data key (key_id,
-- kept in the key store).

-- A known text sealed under a data key of its own: opens only with the right master key and key store.
CREATE TABLE key_check (
    key_id INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    region TEXT NOT NULL,
    seller_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    sealed_client_secret BLOB NOT NULL,
    sealed_previous_client_secret BLOB,
    sealed_refresh_token BLOB NOT NULL,
    spapi_url TEXT NOT NULL,
    lwa_url TEXT NOT NULL,
    paused_code TEXT,                      -- why no call is made; null while all is well
    paused_text TEXT,
    paused_at INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (region, seller_id)
) STRICT;

CREATE TABLE stores (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    marketplace_id TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    back_end TEXT NOT NULL,
    active INTEGER NOT NULL,
    settings TEXT NOT NULL,
    import_from INTEGER NOT NULL,          -- the moment of `store add`: orders placed earlier are not ours
    watermark INTEGER NOT NULL,            -- every change up to this time is stored
    deep_sweep_at INTEGER NOT NULL,        -- when the last sweep with the long overlap began
    created_at INTEGER NOT NULL,
    UNIQUE (account_id, marketplace_id)
) STRICT;

CREATE TABLE import_switches (
    store_id INTEGER NOT NULL REFERENCES stores (id),
    at INTEGER NOT NULL,
    is_on INTEGER NOT NULL,
    PRIMARY KEY (store_id, at)
) STRICT, WITHOUT ROWID;

-- A window that is being read: after a crash it goes on at next_token instead of spending the quota again.
CREATE TABLE windows (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    stores TEXT NOT NULL,                  -- the ids of the stores that share it, "1,4"
    updated_after INTEGER NOT NULL,
    upper_bound INTEGER NOT NULL,          -- echoed by the first page; the next watermark
    next_token TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, stores)
) STRICT, WITHOUT ROWID;

CREATE TABLE amazon_orders (
    id INTEGER PRIMARY KEY,
    region TEXT NOT NULL,
    seller_id TEXT NOT NULL,
    amazon_order_id TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    store_id INTEGER NOT NULL REFERENCES stores (id),
    marketplace_id TEXT NOT NULL,
    amazon_status TEXT NOT NULL,           -- as last read
    amazon_status_text TEXT NOT NULL,      -- in Amazon's own spelling
    status TEXT NOT NULL,                  -- the same, advanced by our own shipments
    import_state TEXT NOT NULL,
    fulfilled_by TEXT NOT NULL,
    programs TEXT NOT NULL,                -- ",PRIME,PREMIUM," or ""
    replacement INTEGER NOT NULL,
    purchased_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,           -- Amazon's lastUpdatedTime
    ship_by INTEGER,
    currency TEXT,
    total_minor INTEGER,
    other_minor INTEGER,                   -- charged on the order and on no line
    recipient_state TEXT NOT NULL,
    buyer_state TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    changed_at INTEGER NOT NULL,           -- when anything in this row last changed here
    read_at INTEGER NOT NULL,              -- when Amazon last showed the order, changed or not
    block_reason TEXT,
    block_line INTEGER,
    block_seller_sku TEXT,
    block_product_sku TEXT,
    block_params TEXT,
    note_code TEXT,
    note_params TEXT,
    look_again INTEGER NOT NULL DEFAULT 0, -- planned again at every sync
    dirty INTEGER NOT NULL DEFAULT 1,      -- grows with each change; cleared only if the plan saw this value
    key_id INTEGER NOT NULL                -- the data key of everything personal of this order
) STRICT;
-- One order, one identity.
CREATE UNIQUE INDEX amazon_orders_by_amazon_order_id ON amazon_orders (amazon_order_id, seller_id, region);
CREATE INDEX amazon_orders_by_purchase ON amazon_orders (purchased_at, id);
CREATE INDEX amazon_orders_by_update ON amazon_orders (updated_at, id);
CREATE INDEX amazon_orders_by_change ON amazon_orders (changed_at, id);
CREATE INDEX amazon_orders_by_ship_by ON amazon_orders (COALESCE(ship_by, 9223372036854775807), id);
CREATE INDEX amazon_orders_of_store ON amazon_orders (store_id, purchased_at, id);
CREATE INDEX amazon_orders_dirty ON amazon_orders (id) WHERE dirty > 0;
CREATE INDEX amazon_orders_look_again ON amazon_orders (store_id, id) WHERE look_again = 1;
CREATE INDEX amazon_orders_blocked ON amazon_orders (store_id, block_reason) WHERE block_reason IS NOT NULL;
CREATE INDEX amazon_orders_by_block_product ON amazon_orders (block_product_sku)
    WHERE block_product_sku IS NOT NULL;
CREATE INDEX amazon_orders_by_block_seller ON amazon_orders (block_seller_sku)
    WHERE block_seller_sku IS NOT NULL;
CREATE INDEX amazon_orders_waiting ON amazon_orders (fulfilled_by, store_id, id)
    WHERE import_state = 'waiting';
CREATE INDEX amazon_orders_pending ON amazon_orders (account_id, read_at)
    WHERE amazon_status IN ('Pending', 'PendingAvailability');
CREATE INDEX amazon_orders_to_ship ON amazon_orders (store_id, id)
    WHERE import_state = 'imported' AND status IN ('Unshipped', 'PartiallyShipped');

CREATE TABLE amazon_order_lines (
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    line INTEGER NOT NULL,
    order_item_id TEXT NOT NULL,
    seller_sku TEXT NOT NULL,
    asin TEXT NOT NULL,
    title TEXT NOT NULL,
    quantity_ordered INTEGER NOT NULL,     -- the highest ever seen
    quantity_fulfilled INTEGER NOT NULL,
    quantity_unfulfilled INTEGER NOT NULL,
    currency TEXT,                         -- null while Amazon shows no money
    item_minor INTEGER,
    tax_minor INTEGER,
    shipping_minor INTEGER,
    discount_minor INTEGER,
    gift_wrap_minor INTEGER,
    other_minor INTEGER,
    proceeds_total_minor INTEGER,
    PRIMARY KEY (order_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX amazon_order_lines_by_seller_sku ON amazon_order_lines (seller_sku, order_id);

CREATE TABLE amazon_packages (
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    position INTEGER NOT NULL,
    reference_id TEXT NOT NULL,
    carrier TEXT NOT NULL,
    service TEXT NOT NULL,
    tracking TEXT NOT NULL,
    status TEXT NOT NULL,
    shipped_at INTEGER,
    items TEXT NOT NULL,                   -- [["order item id", quantity], …]
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

-- Sealed under the order's key: the document as Amazon sent it, and the personal data read from it.
CREATE TABLE amazon_order_documents (
    order_id INTEGER PRIMARY KEY REFERENCES amazon_orders (id),
    sealed_document BLOB NOT NULL,
    sealed_personal BLOB NOT NULL
) STRICT;

-- For the buyer filter: a keyed hash of each word of buyer's and recipient's names. Falls with the personal
-- data.
CREATE TABLE order_names (
    word BLOB NOT NULL,
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    PRIMARY KEY (word, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_names_of_order ON order_names (order_id);

CREATE TABLE order_history (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL
) STRICT;
CREATE INDEX order_history_of_order ON order_history (order_id, id);

-- Answers of Amazon that could not be understood; sealed under a data key of their own.
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    amazon_order_id TEXT,
    content_hash BLOB NOT NULL,
    error_code TEXT NOT NULL,
    error_text TEXT NOT NULL,
    error_field TEXT NOT NULL,
    sealed_document BLOB NOT NULL,
    key_id INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    times_seen INTEGER NOT NULL,
    UNIQUE (account_id, content_hash)
) STRICT;

-- Values and members of Amazon's answers that this version does not know.
CREATE TABLE unknown_members (
    path TEXT PRIMARY KEY,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    times_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE listings (
    store_id INTEGER NOT NULL REFERENCES stores (id),
    seller_sku TEXT NOT NULL,
    asin TEXT NOT NULL,
    title TEXT NOT NULL,
    product_sku TEXT,                      -- matched by hand; null: the seller SKU itself is looked for
    units INTEGER NOT NULL DEFAULT 1,      -- product units in one Amazon unit
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (store_id, seller_sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX listings_by_product ON listings (product_sku) WHERE product_sku IS NOT NULL;

-- The built-in back end. A product's row is also the lock of its stock: whoever changes stock, a reservation
-- or the row itself updates it first.
CREATE TABLE products (
    sku TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stock (
    product_sku TEXT NOT NULL REFERENCES products (sku),
    source TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (product_sku, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE reservations (
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    line INTEGER NOT NULL,
    seller_sku TEXT NOT NULL,
    product_sku TEXT NOT NULL REFERENCES products (sku),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservations_by_product ON reservations (product_sku);

CREATE TABLE numbers (
    kind TEXT PRIMARY KEY,                 -- order, invoice, credit_memo
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE commerce_orders (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    order_id INTEGER NOT NULL UNIQUE REFERENCES amazon_orders (id),
    status TEXT NOT NULL,
    status_label TEXT,                     -- the store's custom name for Processing
    status_before_hold TEXT,
    currency TEXT NOT NULL,
    other_minor INTEGER NOT NULL,          -- charged on the order and on no line
    invoiced INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX commerce_orders_of_store ON commerce_orders (store_id, id);
CREATE INDEX commerce_orders_by_status ON commerce_orders (status, id);

CREATE TABLE commerce_lines (
    commerce_order_id INTEGER NOT NULL REFERENCES commerce_orders (id),
    line INTEGER NOT NULL,
    order_item_id TEXT NOT NULL,
    seller_sku TEXT NOT NULL,
    product_sku TEXT NOT NULL,
    title TEXT NOT NULL,
    units INTEGER NOT NULL,
    quantity_ordered INTEGER NOT NULL,
    quantity_shipped INTEGER NOT NULL DEFAULT 0,
    quantity_refunded INTEGER NOT NULL DEFAULT 0,
    quantity_withdrawn INTEGER NOT NULL DEFAULT 0,
    quantity_cancelled INTEGER NOT NULL DEFAULT 0,
    item_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    shipping_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    gift_wrap_minor INTEGER NOT NULL,
    other_minor INTEGER NOT NULL,
    PRIMARY KEY (commerce_order_id, line)
) STRICT, WITHOUT ROWID;

-- What was taken from and returned to each source; the sum per source of a line is what its order still has.
CREATE TABLE stock_movements (
    id INTEGER PRIMARY KEY,
    product_sku TEXT NOT NULL REFERENCES products (sku),
    source TEXT NOT NULL,
    quantity INTEGER NOT NULL,             -- negative: taken
    reason TEXT NOT NULL,                  -- set, order, credit_memo, cancel
    commerce_order_id INTEGER REFERENCES commerce_orders (id),
    line INTEGER,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_movements_of_order ON stock_movements (commerce_order_id, line)
    WHERE commerce_order_id IS NOT NULL;

CREATE TABLE invoices (
    id INTEGER PRIMARY KEY,
    commerce_order_id INTEGER NOT NULL REFERENCES commerce_orders (id),
    number TEXT NOT NULL UNIQUE,
    item_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    shipping_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    gift_wrap_minor INTEGER NOT NULL,
    other_minor INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invoices_of_order ON invoices (commerce_order_id);

CREATE TABLE shipments (
    id INTEGER PRIMARY KEY,
    commerce_order_id INTEGER NOT NULL REFERENCES commerce_orders (id),
    origin TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX shipments_of_order ON shipments (commerce_order_id);

CREATE TABLE shipment_packages (
    id INTEGER PRIMARY KEY,
    shipment_id INTEGER NOT NULL REFERENCES shipments (id),
    carrier TEXT NOT NULL,
    service TEXT NOT NULL,
    tracking TEXT NOT NULL,
    shipped_at INTEGER NOT NULL,
    amazon_reference TEXT NOT NULL         -- of a package taken over from Amazon, else ''
) STRICT;
CREATE INDEX shipment_packages_of_shipment ON shipment_packages (shipment_id);

CREATE TABLE shipment_package_items (
    package_id INTEGER NOT NULL REFERENCES shipment_packages (id),
    line INTEGER NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (package_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE credit_memos (
    id INTEGER PRIMARY KEY,
    commerce_order_id INTEGER NOT NULL REFERENCES commerce_orders (id),
    number TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    return_to_stock INTEGER NOT NULL,
    item_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    shipping_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    gift_wrap_minor INTEGER NOT NULL,
    other_minor INTEGER NOT NULL,
    adjustment_minor INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX credit_memos_of_order ON credit_memos (commerce_order_id);

CREATE TABLE credit_memo_lines (
    credit_memo_id INTEGER NOT NULL REFERENCES credit_memos (id),
    line INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (credit_memo_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
    id INTEGER PRIMARY KEY,
    commerce_order_id INTEGER NOT NULL REFERENCES commerce_orders (id),
    author TEXT NOT NULL,                  -- as in the audit, or "fairway"
    code TEXT NOT NULL,                    -- "" for what a person wrote
    params TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_of_order ON comments (commerce_order_id);

-- Once per cause: what a back end was asked to do.
CREATE TABLE intents (
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    kind TEXT NOT NULL,
    cause TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, kind, cause)
) STRICT, WITHOUT ROWID;

-- Once per cause: what Amazon is asked to do. Never deleted.
CREATE TABLE commands (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    store_id INTEGER NOT NULL REFERENCES stores (id),
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    cause TEXT NOT NULL,
    package_id INTEGER NOT NULL REFERENCES shipment_packages (id),
    items TEXT NOT NULL,                   -- [[line, quantity], …]
    deadline INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    code TEXT,                             -- why it is rejected or waits
    amazon_says TEXT,                      -- Amazon's own words
    accepted_at INTEGER,
    verified_at INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (order_id, kind, cause)
) STRICT;
CREATE INDEX commands_due ON commands (account_id, deadline, id)
    WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX commands_by_state ON commands (state, id);

-- What people decided about an order; a fact of every later plan.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    kind TEXT NOT NULL,
    cause TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX decisions_of_order ON decisions (order_id, id);

CREATE TABLE attention (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES amazon_orders (id),
    kind TEXT NOT NULL,
    cause TEXT NOT NULL,
    params TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    UNIQUE (order_id, kind, cause)
) STRICT;
CREATE INDEX attention_open ON attention (id) WHERE closed_at IS NULL;

CREATE TABLE sync_runs (
    id INTEGER PRIMARY KEY,
    store_id INTEGER REFERENCES stores (id),
    state TEXT NOT NULL,                   -- running, done, failed
    orders_read INTEGER NOT NULL DEFAULT 0,
    orders_changed INTEGER NOT NULL DEFAULT 0,
    error_code TEXT,
    error_text TEXT,
    started_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX sync_runs_by_start ON sync_runs (started_at);

-- Amazon's quotas, one token bucket per account and operation, in millionths of a call.
CREATE TABLE quota_buckets (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    operation TEXT NOT NULL,
    rate_micro INTEGER NOT NULL,
    burst_micro INTEGER NOT NULL,
    tokens_micro INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    buyer_data INTEGER NOT NULL,           -- may see personal data
    hash BLOB NOT NULL UNIQUE,             -- SHA-256; the token itself is shown once and kept nowhere
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE idempotency_keys (
    token_id INTEGER NOT NULL REFERENCES api_tokens (id),
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,               -- 0 while the first request is being handled
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (token_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Who did and who saw what. Of a view there is one entry for each order that was shown.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,                   -- "token:tk_3 (NAME)", "cli", "fairway"
    action TEXT NOT NULL,
    object TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_action ON audit (action, id);
CREATE INDEX audit_by_object ON audit (object, id);
