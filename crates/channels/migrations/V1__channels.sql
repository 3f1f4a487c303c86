-- How a shop's chat looks and behaves; one row a shop.
CREATE TABLE channels_widgets (
    shop_id     UUID NOT NULL PRIMARY KEY,
    widget_key  TEXT NOT NULL,
    settings    TEXT NOT NULL,
    version     BIGINT NOT NULL
);

-- The keys a shop signs its visitors in with, sealed.
CREATE TABLE channels_identity_keys (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    sealed      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
