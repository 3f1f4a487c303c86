-- Customers. One that was erased keeps its row: that somebody wrote, and when, is the shop's history. One that was merged
-- keeps its row too, with what is known of it alone; `merged_into` is the customer it is part of in the end. `contact_since`
-- says since when somebody is more than a browser that looks around: they wrote, bought, or said who they are.
CREATE TABLE customers_customers (
    shop_id           UUID NOT NULL,
    id                UUID NOT NULL,
    name              TEXT,
    -- by what two who are called the same are found; of a single name alone there is none
    name_key          TEXT,
    language          TEXT,
    country           TEXT,
    time_zone         TEXT,
    preferred_channel TEXT,
    birth_date        TEXT,
    birth_year        BIGINT,
    blocked_at        BIGINT,
    erased_at         BIGINT,
    merged_into       UUID,
    contact_since     BIGINT,
    created_at        BIGINT NOT NULL,
    -- 0 when they have never been seen
    last_seen_at      BIGINT NOT NULL,
    version           BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX customers_customers_recent ON customers_customers (shop_id, last_seen_at, id)
    WHERE merged_into IS NULL AND contact_since IS NOT NULL;
CREATE INDEX customers_customers_around ON customers_customers (shop_id, last_seen_at, id)
    WHERE merged_into IS NULL AND contact_since IS NULL;
CREATE INDEX customers_customers_named ON customers_customers (shop_id, name_key, country, last_seen_at, id) WHERE name_key IS NOT NULL;
CREATE INDEX customers_customers_merged ON customers_customers (shop_id, merged_into, id) WHERE merged_into IS NOT NULL;

-- Which customer was merged into which, and by whom. An undone merge has no row.
CREATE TABLE customers_merges (
    shop_id      UUID NOT NULL,
    other_id     UUID NOT NULL,
    into_id      UUID NOT NULL,
    member_id    UUID NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (shop_id, other_id)
);
CREATE INDEX customers_merges_into ON customers_merges (shop_id, into_id, other_id);

-- Pairs that look like one person and are two, as a member said.
CREATE TABLE customers_distinctions (
    shop_id      UUID NOT NULL,
    one_id       UUID NOT NULL,
    other_id     UUID NOT NULL,
    PRIMARY KEY (shop_id, one_id, other_id)
);
CREATE INDEX customers_distinctions_by_other ON customers_distinctions (shop_id, other_id, one_id);

-- The addresses a customer is known by. A verified one belongs to one customer; an unverified one is a claim.
CREATE TABLE customers_identities (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    kind           TEXT NOT NULL,
    address        TEXT NOT NULL,
    address_key    TEXT NOT NULL,
    verified       BOOLEAN NOT NULL,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX customers_identities_once ON customers_identities (shop_id, customer_first, kind, address_key);
CREATE INDEX customers_identities_of_customer ON customers_identities (shop_id, customer_id);
CREATE INDEX customers_identities_by_address ON customers_identities (shop_id, kind, address_key);
CREATE UNIQUE INDEX customers_identities_verified ON customers_identities (shop_id, kind, address_key) WHERE verified;

-- Browsers that chat, known by the hash of their token.
CREATE TABLE customers_visitors (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    token_hash     TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    last_seen_at   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX customers_visitors_by_token ON customers_visitors (shop_id, token_hash);
CREATE INDEX customers_visitors_of_first ON customers_visitors (shop_id, customer_first);
CREATE INDEX customers_visitors_quiet ON customers_visitors (last_seen_at);

-- What members wrote down about a customer.
CREATE TABLE customers_notes (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    member_id      UUID NOT NULL,
    text           TEXT NOT NULL,
    written_at     BIGINT NOT NULL,
    edited_at      BIGINT,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX customers_notes_of_customer ON customers_notes (shop_id, customer_id, written_at, id);
CREATE INDEX customers_notes_of_first ON customers_notes (shop_id, customer_first, id);

-- The shop's own words to sort customers by, and who carries them: each of those merged into one for themselves.
CREATE TABLE customers_tags (
    shop_id  UUID NOT NULL,
    id       UUID NOT NULL,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX customers_tags_by_name ON customers_tags (shop_id, name_key);

CREATE TABLE customers_tagged (
    shop_id        UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    tag_id         UUID NOT NULL,
    PRIMARY KEY (shop_id, customer_first, tag_id)
);
CREATE INDEX customers_tagged_of_customer ON customers_tagged (shop_id, customer_id, tag_id);
CREATE INDEX customers_tagged_by_tag ON customers_tagged (shop_id, tag_id);

-- What a shop wants to know of its customers, and what it knows.
CREATE TABLE customers_attributes (
    shop_id UUID NOT NULL,
    id      UUID NOT NULL,
    key     TEXT NOT NULL,
    label   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    choices TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX customers_attributes_by_key ON customers_attributes (shop_id, key);

CREATE TABLE customers_values (
    shop_id        UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    attribute_id   UUID NOT NULL,
    value          TEXT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, attribute_id)
);
CREATE INDEX customers_values_of_customer ON customers_values (shop_id, customer_id, attribute_id);
CREATE INDEX customers_values_by_attribute ON customers_values (shop_id, attribute_id);

-- Each time somebody allowed something, or took it back, with what shows it. Only added to; what was told on the way is
-- emptied when the customer is erased.
CREATE TABLE customers_consents (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    channel        TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    given          BOOLEAN NOT NULL,
    source         TEXT NOT NULL,
    evidence       TEXT NOT NULL,
    at             BIGINT NOT NULL,
    member_id      UUID,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX customers_consents_of_customer ON customers_consents (shop_id, customer_id, at, id);
CREATE INDEX customers_consents_of_first ON customers_consents (shop_id, customer_first, at, id);

-- Used nonces of signed visitors: each signature counts once.
CREATE TABLE customers_nonces (
    shop_id      UUID NOT NULL,
    nonce        TEXT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, nonce)
);
CREATE INDEX customers_nonces_expired ON customers_nonces (expires_at);

-- Files of customers on their way in: what is in them, what their columns mean, and how far they have come. They are kept in
-- pieces of whole rows. All of it goes when `expires_at` comes, wherever it stands.
CREATE TABLE customers_imports (
    shop_id    UUID NOT NULL,
    id         UUID NOT NULL,
    member_id  UUID NOT NULL,
    name       TEXT NOT NULL,
    state      TEXT NOT NULL,
    shape      TEXT,
    mapping    TEXT,
    going      TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX customers_imports_expired ON customers_imports (expires_at);

CREATE TABLE customers_import_pieces (
    shop_id     UUID NOT NULL,
    import_id   UUID NOT NULL,
    first_row   BIGINT NOT NULL,
    rows        BIGINT NOT NULL,
    storage_key TEXT NOT NULL,
    repeats     TEXT NOT NULL,
    PRIMARY KEY (shop_id, import_id, first_row)
);

-- Rows that were refused, with what is wrong in them.
CREATE TABLE customers_import_errors (
    shop_id    UUID NOT NULL,
    import_id  UUID NOT NULL,
    row_number BIGINT NOT NULL,
    wrong      TEXT NOT NULL,
    cells      TEXT NOT NULL,
    PRIMARY KEY (shop_id, import_id, row_number)
);
