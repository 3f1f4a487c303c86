-- What the bot answers, one row for each shop that has set it up.
CREATE TABLE bot_quick_replies (
    shop_id    UUID NOT NULL PRIMARY KEY,
    settings   TEXT NOT NULL,
    version    BIGINT NOT NULL
);
