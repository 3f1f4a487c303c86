-- `folder` is what lists go by: active, snoozed, resolved or spam. It follows from `status`.
CREATE TABLE inbox_conversations (
    shop_id         UUID NOT NULL,
    id              UUID NOT NULL,
    number          BIGINT NOT NULL,
    customer_id     UUID NOT NULL,
    customer_first  UUID NOT NULL,
    channel         TEXT NOT NULL,
    -- whether everybody reads it at the partner
    public          BOOLEAN NOT NULL,
    -- the one it goes on with
    follows         UUID,
    -- the one what was said in it stands in now
    joined          UUID,
    start_key       TEXT NOT NULL,
    subject         TEXT NOT NULL,
    folder          TEXT NOT NULL,
    status          TEXT NOT NULL,
    snoozed_until   BIGINT,
    assignee        UUID,
    department_id   UUID,
    priority        TEXT NOT NULL,
    language        TEXT,
    preview_text    TEXT NOT NULL,
    preview_by      TEXT NOT NULL,
    preview_at      BIGINT NOT NULL,
    preview_call    TEXT,
    unread          BIGINT NOT NULL,
    last_seq        BIGINT NOT NULL,
    read_seq        BIGINT NOT NULL,
    received_seq    BIGINT NOT NULL,
    customer_seq    BIGINT NOT NULL,
    waiting_since   BIGINT,
    resolved_at     BIGINT,
    -- how long the customer waited for the first answer of a person
    first_answer_in BIGINT,
    page            TEXT NOT NULL,
    answers         TEXT NOT NULL,
    erased_at       BIGINT,
    created_at      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    version         BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX inbox_conversations_by_number ON inbox_conversations (shop_id, number);
CREATE UNIQUE INDEX inbox_conversations_once ON inbox_conversations (shop_id, customer_first, start_key);
CREATE INDEX inbox_conversations_of_customer ON inbox_conversations (shop_id, customer_id, changed_at, id);
CREATE INDEX inbox_conversations_of_first ON inbox_conversations (shop_id, customer_first, changed_at, id);
-- its last two columns are there to be counted
CREATE INDEX inbox_conversations_in_folder ON inbox_conversations (shop_id, folder, changed_at, id, assignee, department_id);
CREATE INDEX inbox_conversations_of_assignee ON inbox_conversations (shop_id, assignee, folder, changed_at, id);
CREATE INDEX inbox_conversations_of_department ON inbox_conversations (shop_id, department_id, folder, changed_at, id) WHERE department_id IS NOT NULL;
CREATE INDEX inbox_conversations_begun ON inbox_conversations (shop_id, created_at);
CREATE INDEX inbox_conversations_by_change ON inbox_conversations (shop_id, changed_at, id);

CREATE TABLE inbox_numbers (
    shop_id         UUID NOT NULL PRIMARY KEY,
    last_number     BIGINT NOT NULL
);

CREATE TABLE inbox_messages (
    shop_id         UUID NOT NULL,
    id              UUID NOT NULL,
    conversation_id UUID NOT NULL,
    seq             BIGINT NOT NULL,
    kind            TEXT NOT NULL,
    author_kind     TEXT NOT NULL,
    author_id       UUID,
    text            TEXT NOT NULL,
    html            TEXT,
    files           TEXT NOT NULL,
    products        TEXT NOT NULL,
    mentions        TEXT NOT NULL,
    template        TEXT,
    fact            TEXT,
    -- what its author has done to it since
    altered         TEXT,
    state           TEXT NOT NULL,
    -- why it has not left, or nobody knows whether it has
    fault           TEXT,
    sends_at        BIGINT,
    afterwards      TEXT NOT NULL,
    client_id       TEXT,
    at              BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX inbox_messages_in_order ON inbox_messages (shop_id, conversation_id, seq);
CREATE UNIQUE INDEX inbox_messages_once ON inbox_messages (shop_id, conversation_id, client_id);

-- Whose words stand in a conversation that came as somebody else's: who was sent a copy, and answered.
CREATE TABLE inbox_guests (
    shop_id         UUID NOT NULL,
    guest           UUID NOT NULL,
    conversation_id UUID NOT NULL,
    PRIMARY KEY (shop_id, guest, conversation_id)
);
CREATE INDEX inbox_guests_in ON inbox_guests (shop_id, conversation_id);

-- Messages of which it is not sure that they belong where they stand: `other` is where they may belong, nowhere yet if it is null.
CREATE TABLE inbox_doubts (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    message_id      UUID NOT NULL,
    other           UUID,
    PRIMARY KEY (shop_id, conversation_id, message_id)
);

CREATE TABLE inbox_mentions (
    shop_id         UUID NOT NULL,
    member_id       UUID NOT NULL,
    conversation_id UUID NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (shop_id, member_id, conversation_id)
);
CREATE INDEX inbox_mentions_in ON inbox_mentions (shop_id, conversation_id);

CREATE TABLE inbox_tags (
    shop_id         UUID NOT NULL,
    id              UUID NOT NULL,
    name            TEXT NOT NULL,
    name_key        TEXT NOT NULL,
    color           TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX inbox_tags_by_name ON inbox_tags (shop_id, name_key);

CREATE TABLE inbox_conversation_tags (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    tag_id          UUID NOT NULL,
    PRIMARY KEY (shop_id, conversation_id, tag_id)
);
CREATE INDEX inbox_conversation_tags_by_tag ON inbox_conversation_tags (shop_id, tag_id, conversation_id);

CREATE TABLE inbox_drafts (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    member_id       UUID NOT NULL,
    kind            TEXT NOT NULL,
    html            TEXT NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (shop_id, conversation_id, member_id)
);

-- `messages` counts those that carry the file; one that none carries for a day is swept out.
CREATE TABLE inbox_files (
    shop_id         UUID NOT NULL,
    id              UUID NOT NULL,
    storage_key     TEXT NOT NULL,
    name            TEXT NOT NULL,
    media_type      TEXT NOT NULL,
    size            BIGINT NOT NULL,
    width           BIGINT,
    height          BIGINT,
    owner_kind      TEXT NOT NULL,
    owner_id        UUID NOT NULL,
    messages        BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX inbox_files_of_owner ON inbox_files (shop_id, owner_id);
CREATE INDEX inbox_files_unsent ON inbox_files (created_at) WHERE messages = 0;
