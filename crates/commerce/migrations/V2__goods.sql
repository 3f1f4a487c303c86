-- By its SKU a variant is known again in the lines of orders.
ALTER TABLE commerce_variants ADD COLUMN sku TEXT;
CREATE INDEX commerce_variants_by_sku ON commerce_variants (shop_id, sku, product_id) WHERE sku IS NOT NULL;

-- What was placed to try the shop out is no sale.
ALTER TABLE commerce_orders ADD COLUMN test BOOLEAN NOT NULL DEFAULT FALSE;
-- Of which day's sales an order is a part, in days since 1970 by the shop's calendar.
ALTER TABLE commerce_orders ADD COLUMN sold_on BIGINT;

-- How many of a SKU were sold on one of the last 30 days, without what was cancelled or given back.
CREATE TABLE commerce_sales (
    shop_id UUID NOT NULL,
    sku     TEXT NOT NULL,
    day     BIGINT NOT NULL,
    units   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, sku, day)
);
CREATE INDEX commerce_sales_by_day ON commerce_sales (shop_id, day, sku);

-- What these days come to.
ALTER TABLE commerce_variants ADD COLUMN sold BIGINT NOT NULL DEFAULT 0;
ALTER TABLE commerce_products ADD COLUMN sold BIGINT NOT NULL DEFAULT 0;
CREATE INDEX commerce_products_selling ON commerce_products (shop_id, sold, id);
CREATE INDEX commerce_products_published_selling ON commerce_products (shop_id, published, sold, id);

-- What is often bought together with a product, what goes with it best first.
CREATE TABLE commerce_companions (
    shop_id    UUID NOT NULL,
    product_id UUID NOT NULL,
    place      BIGINT NOT NULL,
    other_id   UUID NOT NULL,
    together   BIGINT NOT NULL,
    found_at   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, product_id, place)
);
CREATE INDEX commerce_companions_by_age ON commerce_companions (shop_id, found_at, product_id);
CREATE INDEX commerce_companions_with ON commerce_companions (shop_id, other_id);
