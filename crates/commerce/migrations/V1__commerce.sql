-- Orders, as the shop's own system last told of them. `reference_key` finds an order again; it is a hash, so that it may
-- stay when the customer is erased and nobody can be found by it.
CREATE TABLE commerce_orders (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    reference_key  TEXT NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    facts          TEXT NOT NULL,
    placed_at      BIGINT NOT NULL,
    erased_at      BIGINT,
    version        BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_orders_by_reference ON commerce_orders (shop_id, reference_key);
CREATE INDEX commerce_orders_recent ON commerce_orders (shop_id, placed_at, id);
CREATE INDEX commerce_orders_of_customer ON commerce_orders (shop_id, customer_id, placed_at, id);
