-- An account: what is owed to one holder, in one unit. Who holds it is known to the room that opened it.
CREATE TABLE ledger_accounts (
    shop_id UUID NOT NULL,
    id      UUID NOT NULL,
    unit    TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);

-- What was done. `act` says what was asked for, `about` which earlier entry it follows from.
CREATE TABLE ledger_entries (
    shop_id UUID NOT NULL,
    id      UUID NOT NULL,
    key     TEXT NOT NULL,
    act     TEXT NOT NULL,
    about   UUID,
    at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX ledger_entries_by_key ON ledger_entries (shop_id, key);
CREATE INDEX ledger_entries_about ON ledger_entries (shop_id, about);

-- The truth. The postings of an entry sum to nothing, those of one side of a lot are what of it is there.
CREATE TABLE ledger_postings (
    shop_id    UUID NOT NULL,
    entry_id   UUID NOT NULL,
    number     BIGINT NOT NULL,
    account_id UUID NOT NULL,
    lot_id     UUID NOT NULL,
    side       TEXT NOT NULL,
    amount     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, entry_id, number)
);
CREATE INDEX ledger_postings_of_account ON ledger_postings (shop_id, account_id, entry_id);

-- What is available of each grant, whose id it bears: worked out from the postings and kept, so that taking from it can be guarded.
CREATE TABLE ledger_lots (
    shop_id    UUID NOT NULL,
    id         UUID NOT NULL,
    account_id UUID NOT NULL,
    remaining  BIGINT NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX ledger_lots_open ON ledger_lots (shop_id, account_id) WHERE remaining > 0;
