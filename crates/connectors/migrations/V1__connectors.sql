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
    imported_at BIGINT,
    reached_at  BIGINT,
    heard_at    BIGINT,
    clock_ahead BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
