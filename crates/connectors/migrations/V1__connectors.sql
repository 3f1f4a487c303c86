-- Shop systems that are copied from. What opens them is sealed; `place` is how far the connector has read, in its own words.
CREATE TABLE connectors_connections (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    connector   TEXT NOT NULL,
    name        TEXT NOT NULL,
    settings    TEXT NOT NULL,
    sealed      TEXT NOT NULL,
    state       TEXT NOT NULL,
    run         BIGINT NOT NULL,
    place       TEXT NOT NULL,
    progress    TEXT NOT NULL,
    trouble     TEXT,
    uncounted   TEXT NOT NULL,
    limits      TEXT NOT NULL,
    imported_at BIGINT,
    reached_at  BIGINT,
    heard_at    BIGINT,
    clock_ahead BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);

-- What a shop system signs its webhooks with, where that is made up here, and how they stand. `again` says that one came while
-- the books were being read.
CREATE TABLE connectors_webhooks (
    shop_id       UUID NOT NULL,
    connection_id UUID NOT NULL,
    sealed        TEXT NOT NULL,
    missing       TEXT NOT NULL,
    fault         TEXT,
    checked_at    BIGINT,
    heard_at      BIGINT,
    again         BOOLEAN NOT NULL,
    PRIMARY KEY (shop_id, connection_id)
);

-- Which webhooks have come, so that one that comes again does nothing.
CREATE TABLE connectors_deliveries (
    shop_id       UUID NOT NULL,
    connection_id UUID NOT NULL,
    digest        TEXT NOT NULL,
    received_at   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, connection_id, digest)
);
CREATE INDEX connectors_deliveries_old ON connectors_deliveries (received_at);
