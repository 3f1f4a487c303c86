-- The cart each customer has open, as the shop's page last told of it; an empty one has no row. `abandoned_at` says since
-- when nobody has touched it, once that was announced.
CREATE TABLE storefront_carts (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    changed_at     BIGINT NOT NULL,
    abandoned_at   BIGINT,
    PRIMARY KEY (shop_id, customer_first)
);
CREATE INDEX storefront_carts_of_customer ON storefront_carts (shop_id, customer_id, changed_at);
CREATE INDEX storefront_carts_old ON storefront_carts (changed_at);

-- Which products a customer looked at, each once, by the shop's own id of it. `times` counts visits, not page views.
CREATE TABLE storefront_views (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    reference      TEXT NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    times          BIGINT NOT NULL,
    viewed_at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, reference)
);
CREATE INDEX storefront_views_recent ON storefront_views (shop_id, customer_first, viewed_at);
CREATE INDEX storefront_views_of_customer ON storefront_views (shop_id, customer_id, viewed_at);
CREATE INDEX storefront_views_old ON storefront_views (viewed_at);

-- Visits to the shop's pages: where each came from, and where it got to.
CREATE TABLE storefront_visits (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    began_at       BIGINT NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    last_at        BIGINT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, began_at)
);
CREATE INDEX storefront_visits_of_customer ON storefront_visits (shop_id, customer_id, last_at);
CREATE INDEX storefront_visits_old ON storefront_visits (last_at);

-- What customers wish for, by the shop's own id of the product: theirs until they take it off the list.
CREATE TABLE storefront_wishes (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    reference      TEXT NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    wished_at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, reference)
);
CREATE INDEX storefront_wishes_recent ON storefront_wishes (shop_id, customer_first, wished_at);
CREATE INDEX storefront_wishes_of_customer ON storefront_wishes (shop_id, customer_id, wished_at);
CREATE INDEX storefront_wishes_old ON storefront_wishes (wished_at);
