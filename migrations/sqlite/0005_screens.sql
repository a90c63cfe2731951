-- What the screens ask for: sales by day, deleted stores, errors of communication, orders of a kind in time.

-- What was ordered, by UTC day of purchase. Kept by triggers: whatever changes an order changes its day in
-- the same statement, so the two cannot drift. An order that is erased one day stays in its day: it was sold.
CREATE TABLE sales_days (
    store_id INTEGER NOT NULL REFERENCES stores (id),
    day INTEGER NOT NULL,                  -- days since 1970
    currency TEXT NOT NULL,                -- "" while Amazon shows no money
    orders INTEGER NOT NULL,               -- without cancelled ones
    cancelled INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,          -- of the orders
    PRIMARY KEY (store_id, day, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sales_of_new_order AFTER INSERT ON amazon_orders BEGIN
    INSERT INTO sales_days (store_id, day, currency, orders, cancelled, total_minor)
    VALUES (NEW.store_id, NEW.purchased_at / 86400000000, COALESCE(NEW.currency, ''),
            NEW.status <> 'Canceled', NEW.status = 'Canceled',
            CASE WHEN NEW.status = 'Canceled' THEN 0 ELSE COALESCE(NEW.total_minor, 0) END)
    ON CONFLICT (store_id, day, currency) DO UPDATE SET orders = orders + excluded.orders,
        cancelled = cancelled + excluded.cancelled, total_minor = total_minor + excluded.total_minor;
END;

CREATE TRIGGER sales_of_changed_order
AFTER UPDATE OF store_id, purchased_at, currency, total_minor, status ON amazon_orders
WHEN NEW.store_id <> OLD.store_id OR NEW.purchased_at <> OLD.purchased_at
    OR NEW.currency IS NOT OLD.currency OR NEW.total_minor IS NOT OLD.total_minor
    OR (NEW.status = 'Canceled') <> (OLD.status = 'Canceled')
BEGIN
    UPDATE sales_days SET orders = orders - (OLD.status <> 'Canceled'),
        cancelled = cancelled - (OLD.status = 'Canceled'),
        total_minor = total_minor
            - CASE WHEN OLD.status = 'Canceled' THEN 0 ELSE COALESCE(OLD.total_minor, 0) END
    WHERE store_id = OLD.store_id AND day = OLD.purchased_at / 86400000000
        AND currency = COALESCE(OLD.currency, '');
    INSERT INTO sales_days (store_id, day, currency, orders, cancelled, total_minor)
    VALUES (NEW.store_id, NEW.purchased_at / 86400000000, COALESCE(NEW.currency, ''),
            NEW.status <> 'Canceled', NEW.status = 'Canceled',
            CASE WHEN NEW.status = 'Canceled' THEN 0 ELSE COALESCE(NEW.total_minor, 0) END)
    ON CONFLICT (store_id, day, currency) DO UPDATE SET orders = orders + excluded.orders,
        cancelled = cancelled + excluded.cancelled, total_minor = total_minor + excluded.total_minor;
END;

INSERT INTO sales_days (store_id, day, currency, orders, cancelled, total_minor)
SELECT store_id, purchased_at / 86400000000, COALESCE(currency, ''), SUM(status <> 'Canceled'),
    SUM(status = 'Canceled'), SUM(CASE WHEN status = 'Canceled' THEN 0 ELSE COALESCE(total_minor, 0) END)
FROM amazon_orders GROUP BY store_id, purchased_at / 86400000000, COALESCE(currency, '');

-- A store that is gone from the lists; its orders stay.
ALTER TABLE stores ADD COLUMN deleted_at INTEGER;

-- A person asks to read it again; the next sweep does.
ALTER TABLE quarantine ADD COLUMN retry_asked INTEGER NOT NULL DEFAULT 0;

-- Calls of Amazon that failed. The same failure in a row is one row.
CREATE TABLE communication_errors (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    operation TEXT NOT NULL,
    status INTEGER,                        -- of HTTP; null: no answer came
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    request_id TEXT,                       -- Amazon's, of the last one
    times INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX communication_errors_of_account ON communication_errors (account_id, id);

-- How many orders are to be shipped, and how many of them are late, is told by the index alone.
DROP INDEX amazon_orders_to_ship;
CREATE INDEX amazon_orders_to_ship ON amazon_orders (store_id, ship_by, status, import_state)
    WHERE import_state = 'imported' AND status IN ('Unshipped', 'PartiallyShipped');

DROP INDEX commerce_orders_of_store;
DROP INDEX commerce_orders_by_status;
CREATE INDEX commerce_orders_by_creation ON commerce_orders (created_at, id);
CREATE INDEX commerce_orders_of_store ON commerce_orders (store_id, created_at, id);
CREATE INDEX commerce_orders_by_status ON commerce_orders (status, created_at, id);
