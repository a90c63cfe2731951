-- What people mend of an order that cannot be imported as Amazon shows it.
-- Of the address that the order would be shipped to, the fields that are missing, such as "name,city"; null:
-- none. The address itself is sealed, and the plan looks at nothing sealed.
ALTER TABLE amazon_orders ADD COLUMN address_missing TEXT COLLATE "C";
-- When a person last repaired the shipping address; null: it is Amazon's.
ALTER TABLE amazon_orders ADD COLUMN address_repaired_at BIGINT;
-- The repaired address, under the order's key. Beside Amazon's, which every read replaces.
ALTER TABLE amazon_order_documents ADD COLUMN sealed_repair BYTEA;
