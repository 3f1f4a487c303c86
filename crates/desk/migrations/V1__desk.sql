-- Replies saved for saying again. Those without an owner are the shop's; the others are seen by their owner alone.
CREATE TABLE desk_macros (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    owner_id    UUID,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    folder      TEXT NOT NULL,
    texts       TEXT NOT NULL,
    tags        TEXT NOT NULL,
    used        BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX desk_macros_shared_name ON desk_macros (shop_id, name_key) WHERE owner_id IS NULL;
CREATE UNIQUE INDEX desk_macros_own_name ON desk_macros (shop_id, owner_id, name_key) WHERE owner_id IS NOT NULL;
