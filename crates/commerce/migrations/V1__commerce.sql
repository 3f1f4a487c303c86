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

-- Products, as the shop's own system last told of them.
CREATE TABLE commerce_products (
    shop_id    UUID NOT NULL,
    id         UUID NOT NULL,
    reference  TEXT NOT NULL,
    facts      TEXT NOT NULL,
    published  BOOLEAN NOT NULL,
    added_at   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_products_by_reference ON commerce_products (shop_id, reference);
CREATE INDEX commerce_products_recent ON commerce_products (shop_id, added_at, id);
CREATE INDEX commerce_products_published ON commerce_products (shop_id, published, added_at, id);

-- Which product a variant belongs to, by the shop's own id of the variant.
CREATE TABLE commerce_variants (
    shop_id    UUID NOT NULL,
    reference  TEXT NOT NULL,
    product_id UUID NOT NULL,
    PRIMARY KEY (shop_id, reference)
);
CREATE INDEX commerce_variants_of_product ON commerce_variants (shop_id, product_id);

-- How many of a variant can be sold from each place. Stock may be told of before its product.
CREATE TABLE commerce_stock (
    shop_id    UUID NOT NULL,
    variant    TEXT NOT NULL,
    location   TEXT NOT NULL,
    available  BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, variant, location)
);
