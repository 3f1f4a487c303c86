-- Orders, as the shop's own system last told of them. `reference_key` finds an order again; it is a hash, so that it may
-- stay when the customer is erased and nobody can be found by it.
CREATE TABLE commerce_orders (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    reference_key  TEXT NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    facts          TEXT NOT NULL,
    -- a hash of its number, the buyer's e-mail address and postcode
    proof_key      TEXT,
    -- a hash of the address it was placed with
    buyer_key      TEXT,
    -- what was wrong with it when it was last looked at
    trouble        TEXT,
    -- of which day's sales it is a part, in days since 1970 by the shop's calendar
    sold_on        BIGINT,
    -- what sums are made of, as the facts say it
    currency       TEXT NOT NULL,
    spent          BIGINT NOT NULL,
    cancelled      BOOLEAN NOT NULL,
    -- whether a bank still asks for what was paid
    disputed       BOOLEAN NOT NULL,
    placed_at      BIGINT NOT NULL,
    erased_at      BIGINT,
    version        BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_orders_by_reference ON commerce_orders (shop_id, reference_key);
CREATE INDEX commerce_orders_by_proof ON commerce_orders (shop_id, proof_key, placed_at, id) WHERE proof_key IS NOT NULL;
CREATE INDEX commerce_orders_by_buyer ON commerce_orders (shop_id, buyer_key, placed_at, id) WHERE buyer_key IS NOT NULL;
CREATE INDEX commerce_orders_recent ON commerce_orders (shop_id, placed_at, id);
CREATE INDEX commerce_orders_in_trouble ON commerce_orders (shop_id, placed_at, id) WHERE trouble IS NOT NULL;
CREATE INDEX commerce_orders_disputed ON commerce_orders (shop_id, placed_at, id) WHERE disputed = TRUE;
CREATE INDEX commerce_orders_of_customer ON commerce_orders (shop_id, customer_id, placed_at, id);
CREATE INDEX commerce_orders_of_first ON commerce_orders (shop_id, customer_first, id);

-- What is done to orders, and was asked of the shop's own system.
CREATE TABLE commerce_actions (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    order_id    UUID NOT NULL,
    deed        TEXT NOT NULL,
    currency    TEXT NOT NULL,
    worth       BIGINT NOT NULL,
    cause       TEXT,
    reason      TEXT NOT NULL,
    request_key TEXT NOT NULL,
    state       TEXT NOT NULL,
    actor_kind  TEXT NOT NULL,
    actor_id    UUID,
    member_id   UUID NOT NULL,
    decided_by  UUID,
    said        TEXT NOT NULL,
    -- where the customer goes on
    link        TEXT,
    created_at  BIGINT NOT NULL,
    asked_at    BIGINT,
    ended_at    BIGINT,
    version     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_actions_by_key ON commerce_actions (shop_id, request_key);
CREATE INDEX commerce_actions_of_order ON commerce_actions (shop_id, order_id, id);
CREATE INDEX commerce_actions_in_state ON commerce_actions (shop_id, state, created_at, id);
CREATE INDEX commerce_actions_of_member ON commerce_actions (shop_id, member_id, created_at);

-- What members of a role may give back before somebody else has to agree.
CREATE TABLE commerce_refund_limits (
    shop_id  UUID NOT NULL,
    role_id  UUID NOT NULL,
    currency TEXT NOT NULL,
    at_once  BIGINT NOT NULL,
    in_a_day BIGINT NOT NULL,
    PRIMARY KEY (shop_id, role_id, currency)
);

-- Products, as the shop's own system last told of them.
CREATE TABLE commerce_products (
    shop_id    UUID NOT NULL,
    id         UUID NOT NULL,
    reference  TEXT NOT NULL,
    facts      TEXT NOT NULL,
    published  BOOLEAN NOT NULL,
    -- what the sales of the last 30 days come to
    sold       BIGINT NOT NULL,
    added_at   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_products_by_reference ON commerce_products (shop_id, reference);
CREATE INDEX commerce_products_recent ON commerce_products (shop_id, added_at, id);
CREATE INDEX commerce_products_published ON commerce_products (shop_id, published, added_at, id);
CREATE INDEX commerce_products_selling ON commerce_products (shop_id, sold, id);
CREATE INDEX commerce_products_published_selling ON commerce_products (shop_id, published, sold, id);

-- Which product a variant belongs to, by the shop's own id of the variant. By its SKU it is known again in the lines of orders.
CREATE TABLE commerce_variants (
    shop_id    UUID NOT NULL,
    reference  TEXT NOT NULL,
    product_id UUID NOT NULL,
    sku        TEXT,
    sold       BIGINT NOT NULL,
    PRIMARY KEY (shop_id, reference)
);
CREATE INDEX commerce_variants_of_product ON commerce_variants (shop_id, product_id);
CREATE INDEX commerce_variants_by_sku ON commerce_variants (shop_id, sku, product_id) WHERE sku IS NOT NULL;

-- How many of a variant can be sold from each place. Stock may be told of before its product.
CREATE TABLE commerce_stock (
    shop_id    UUID NOT NULL,
    variant    TEXT NOT NULL,
    location   TEXT NOT NULL,
    available  BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, variant, location)
);

-- How many of a SKU were sold on one of the last 30 days, without what was cancelled or given back.
CREATE TABLE commerce_sales (
    shop_id UUID NOT NULL,
    sku     TEXT NOT NULL,
    day     BIGINT NOT NULL,
    units   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, sku, day)
);
CREATE INDEX commerce_sales_by_day ON commerce_sales (shop_id, day, sku);

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

-- What the shop owes its customers. Whoever was merged from several customers holds the accounts of all of them.
CREATE TABLE commerce_credits (
    shop_id        UUID NOT NULL,
    account_id     UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    currency       TEXT NOT NULL,
    PRIMARY KEY (shop_id, account_id)
);
CREATE UNIQUE INDEX commerce_credits_by_first ON commerce_credits (shop_id, customer_first, currency);
CREATE INDEX commerce_credits_of_customer ON commerce_credits (shop_id, customer_id);

-- Who moved money, and why they say they did.
CREATE TABLE commerce_reasons (
    shop_id    UUID NOT NULL,
    entry_id   UUID NOT NULL,
    account_id UUID NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id   UUID,
    reason     TEXT NOT NULL,
    PRIMARY KEY (shop_id, entry_id)
);
CREATE INDEX commerce_reasons_of_account ON commerce_reasons (shop_id, account_id);

-- Gift cards. The code is stored hashed, with its last letters so that people can tell cards apart.
CREATE TABLE commerce_gift_cards (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    code_hash      TEXT NOT NULL,
    last4          TEXT NOT NULL,
    account_id     UUID NOT NULL,
    currency       TEXT NOT NULL,
    customer_id    UUID,
    customer_first UUID,
    expires_at     BIGINT,
    voided_at      BIGINT,
    issued_at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_gift_cards_by_code ON commerce_gift_cards (shop_id, code_hash);
CREATE UNIQUE INDEX commerce_gift_cards_by_account ON commerce_gift_cards (shop_id, account_id);
CREATE INDEX commerce_gift_cards_recent ON commerce_gift_cards (shop_id, issued_at, id);
CREATE INDEX commerce_gift_cards_of_customer ON commerce_gift_cards (shop_id, customer_id);
CREATE INDEX commerce_gift_cards_of_first ON commerce_gift_cards (shop_id, customer_first);
