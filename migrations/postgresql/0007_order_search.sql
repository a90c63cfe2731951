-- What the list of orders filters by, each with the time of purchase that it is sorted by. The expressions
-- keep these indexes for src/store/order_search.cpp alone: no other statement may be led astray by them.
CREATE INDEX amazon_orders_by_status ON amazon_orders ((status || ''), purchased_at, id);
CREATE INDEX amazon_orders_by_state ON amazon_orders ((import_state || ''), purchased_at, id);
CREATE INDEX amazon_orders_by_fulfilment ON amazon_orders ((fulfilled_by || ''), purchased_at, id);
CREATE INDEX amazon_orders_by_total ON amazon_orders (currency, total_minor);
