-- What happened. `seq` is given once the fact is committed: at once on SQLite, by one lease-holder on PostgreSQL.
CREATE TABLE platform_events (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    seq         BIGINT,
    kind        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    origin      TEXT NOT NULL,
    actor_kind  TEXT NOT NULL,
    actor_id    UUID,
    cause       UUID,
    data        TEXT NOT NULL,
    audited     BOOLEAN NOT NULL,
    chain       TEXT,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX platform_events_by_seq ON platform_events (shop_id, seq);
CREATE INDEX platform_events_in_order ON platform_events (seq);
CREATE INDEX platform_events_to_number ON platform_events (id) WHERE seq IS NULL;
CREATE INDEX platform_events_audited ON platform_events (shop_id, seq) WHERE audited;
CREATE INDEX platform_events_audited_by_actor ON platform_events (shop_id, actor_id, seq) WHERE audited;
CREATE INDEX platform_events_audited_by_kind ON platform_events (shop_id, kind, seq) WHERE audited;

-- Up to which number a shop's events have been folded away; what is audited stays.
CREATE TABLE platform_folds (
    shop_id     UUID NOT NULL PRIMARY KEY,
    seq         BIGINT NOT NULL
);
CREATE INDEX platform_folds_newest ON platform_folds (seq);

-- The newest link of each shop's audit chain.
CREATE TABLE platform_audit_heads (
    shop_id     UUID NOT NULL PRIMARY KEY,
    chain       TEXT NOT NULL
);

-- What is to be done.
CREATE TABLE platform_jobs (
    id          UUID NOT NULL PRIMARY KEY,
    shop_id     UUID NOT NULL,
    kind        TEXT NOT NULL,
    lane        TEXT,
    dedupe_key  TEXT,
    payload     TEXT NOT NULL,
    state       TEXT NOT NULL,
    run_at      BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    fence       BIGINT NOT NULL,
    attempts    BIGINT NOT NULL,
    error       TEXT,
    created_at  BIGINT NOT NULL,
    outgoing    BOOLEAN NOT NULL
);
CREATE INDEX platform_jobs_due ON platform_jobs (shop_id, run_at, id) WHERE state = 'ready';
CREATE INDEX platform_jobs_next ON platform_jobs (run_at) WHERE state = 'ready';
CREATE INDEX platform_jobs_parked ON platform_jobs (shop_id, run_at) WHERE state = 'parked';
CREATE INDEX platform_jobs_in_lane ON platform_jobs (shop_id, lane, id) WHERE lane IS NOT NULL;
CREATE UNIQUE INDEX platform_jobs_once ON platform_jobs (shop_id, kind, dedupe_key) WHERE dedupe_key IS NOT NULL;

-- Shops that nothing leaves until somebody says go.
CREATE TABLE platform_pauses (
    shop_id     UUID NOT NULL PRIMARY KEY,
    since       BIGINT NOT NULL
);

-- Sealed at the first start, of no shop: it opens with the key of this installation and with no other.
CREATE TABLE platform_seals (
    shop_id     UUID NOT NULL PRIMARY KEY,
    sealed      TEXT NOT NULL
);

-- How a token, widget key or address finds its shop.
CREATE TABLE platform_directory (
    kind        TEXT NOT NULL,
    key_hash    TEXT NOT NULL,
    shop_id     UUID NOT NULL,
    PRIMARY KEY (kind, key_hash)
);

-- The answer once given to a request that carries an idempotency key, and what it is about: it is forgotten with that.
CREATE TABLE platform_answers (
    shop_id     UUID NOT NULL,
    actor_id    UUID NOT NULL,
    key         TEXT NOT NULL,
    request     TEXT NOT NULL,
    answer      TEXT NOT NULL,
    about       UUID,
    at          BIGINT NOT NULL,
    PRIMARY KEY (shop_id, actor_id, key)
);
CREATE INDEX platform_answers_about ON platform_answers (shop_id, about) WHERE about IS NOT NULL;
CREATE INDEX platform_answers_old ON platform_answers (at);

-- System mail on its way out.
CREATE TABLE platform_mails (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    recipient   TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,
    state       TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX platform_mails_recent ON platform_mails (id);
CREATE INDEX platform_mails_old ON platform_mails (created_at);

-- What the file store holds, written down before it is put there. `names` counts the rows that name it; one that nobody
-- names any more is leaving.
CREATE TABLE platform_files (
    shop_id     UUID NOT NULL,
    storage_key TEXT NOT NULL,
    id          UUID NOT NULL,
    names       BIGINT NOT NULL,
    leaving     BOOLEAN NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (shop_id, storage_key)
);
CREATE INDEX platform_files_unnamed ON platform_files (at) WHERE names = 0 AND NOT leaving;
