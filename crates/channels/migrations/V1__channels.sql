-- How a shop's chat looks and behaves; one row a shop.
CREATE TABLE channels_widgets (
    shop_id     UUID NOT NULL PRIMARY KEY,
    widget_key  TEXT NOT NULL,
    settings    TEXT NOT NULL,
    version     BIGINT NOT NULL
);

-- What a shop's contact form asks and says; one row a shop.
CREATE TABLE channels_contact_forms (
    shop_id     UUID NOT NULL PRIMARY KEY,
    settings    TEXT NOT NULL,
    version     BIGINT NOT NULL
);

-- When an address was last told that its message arrived: a hash of it, for a day.
CREATE TABLE channels_acknowledged (
    shop_id     UUID NOT NULL,
    address     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (shop_id, address)
);
CREATE INDEX channels_acknowledged_old ON channels_acknowledged (at);

-- The keys a shop signs its visitors in with, sealed.
CREATE TABLE channels_identity_keys (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    sealed      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);

-- Mailboxes whose letters become conversations. What opens them is sealed; `place` is how far the mail server has been read.
CREATE TABLE channels_mailboxes (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    address_key TEXT NOT NULL,
    settings    TEXT NOT NULL,
    sealed      TEXT NOT NULL,
    signed_in   TEXT,
    signing     TEXT,
    state       TEXT NOT NULL,
    run         BIGINT NOT NULL,
    place       TEXT,
    trouble     TEXT,
    backlog     BIGINT NOT NULL,
    heard_at    BIGINT,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX channels_mailboxes_by_address ON channels_mailboxes (shop_id, address_key);

-- The shop's own clients at those who keep mailboxes, by which people sign in to them there. The secret is sealed.
CREATE TABLE channels_mail_clients (
    shop_id     UUID NOT NULL,
    provider    TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    sealed      TEXT NOT NULL,
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (shop_id, provider)
);

-- Sign-ins that were begun, until somebody comes back: by a hash of what only their browser was told. What proves them is sealed.
CREATE TABLE channels_sign_ins (
    shop_id     UUID NOT NULL,
    state_hash  TEXT NOT NULL,
    member_id   UUID NOT NULL,
    session_id  UUID NOT NULL,
    provider    TEXT NOT NULL,
    mailbox_id  UUID,
    sealed      TEXT NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (shop_id, state_hash)
);
CREATE INDEX channels_sign_ins_of_session ON channels_sign_ins (shop_id, session_id);
CREATE INDEX channels_sign_ins_old ON channels_sign_ins (expires_at);

-- Letters as they came, and what became of them. `storage_key` is where the letter lies as it was sent. `name_key` is a hash of
-- its Message-ID, by which answers to it are known.
CREATE TABLE channels_letters (
    shop_id         UUID NOT NULL,
    id              UUID NOT NULL,
    mailbox_id      UUID NOT NULL,
    uid_validity    BIGINT NOT NULL,
    uid             BIGINT NOT NULL,
    storage_key     TEXT,
    size            BIGINT NOT NULL,
    state           TEXT NOT NULL,
    fault           TEXT,
    let_in          BOOLEAN NOT NULL,
    name_key        TEXT,
    customer_id     UUID,
    customer_first  UUID,
    conversation_id UUID,
    message_id      UUID,
    received_at     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX channels_letters_once ON channels_letters (shop_id, mailbox_id, uid_validity, uid);
CREATE INDEX channels_letters_by_content ON channels_letters (shop_id, mailbox_id, storage_key) WHERE storage_key IS NOT NULL;
CREATE INDEX channels_letters_by_name ON channels_letters (shop_id, name_key) WHERE name_key IS NOT NULL;
CREATE INDEX channels_letters_of_message ON channels_letters (shop_id, message_id, id) WHERE message_id IS NOT NULL;
CREATE INDEX channels_letters_of_first ON channels_letters (shop_id, customer_first, id) WHERE customer_first IS NOT NULL;
CREATE INDEX channels_letters_of_mailbox ON channels_letters (shop_id, mailbox_id, id);
-- what stands nowhere is swept out
CREATE INDEX channels_letters_nowhere ON channels_letters (received_at) WHERE conversation_id IS NULL;
CREATE INDEX channels_letters_aside ON channels_letters (shop_id, id) WHERE state = 'aside';

-- How a conversation by e-mail is gone on with: from which mailbox, to whom, and what the next letter answers.
CREATE TABLE channels_threads (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    mailbox_id      UUID NOT NULL,
    customer_id     UUID NOT NULL,
    customer_first  UUID NOT NULL,
    facts           TEXT NOT NULL,
    PRIMARY KEY (shop_id, conversation_id)
);
CREATE INDEX channels_threads_of_first ON channels_threads (shop_id, customer_first);

-- Lines: numbers, pages and bots at partners, through which customers write. What opens them is sealed; `partner_key` is the
-- partner's own id of one.
CREATE TABLE channels_lines (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    channel     TEXT NOT NULL,
    partner_key TEXT NOT NULL,
    shown       TEXT NOT NULL,
    sealed      TEXT NOT NULL,
    run         BIGINT NOT NULL,
    trouble     TEXT,
    heard_at    BIGINT,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX channels_lines_by_key ON channels_lines (shop_id, channel, partner_key);

-- How answers leave through a line or a mailbox (`way` is its id): until when its pace is used up, how often it has failed in a row,
-- and why and until when it is left alone.
CREATE TABLE channels_outflows (
    shop_id     UUID NOT NULL,
    way         TEXT NOT NULL,
    used_up     BIGINT NOT NULL,
    failures    BIGINT NOT NULL,
    rest        TEXT,
    first_until BIGINT NOT NULL,
    PRIMARY KEY (shop_id, way)
);

-- What a partner lets a line send of its own accord: its templates, and how many conversations it may begin.
CREATE TABLE channels_terms (
    shop_id     UUID NOT NULL,
    line_id     UUID NOT NULL,
    terms       TEXT NOT NULL,
    told_at     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, line_id)
);

-- Partners' calls as they came, until all they tell has been taken in.
CREATE TABLE channels_arrivals (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    line_id     UUID NOT NULL,
    digest      TEXT NOT NULL,
    body        TEXT,
    remaining   BIGINT NOT NULL,
    fault       TEXT,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX channels_arrivals_once ON channels_arrivals (shop_id, line_id, digest);
CREATE INDEX channels_arrivals_old ON channels_arrivals (received_at);
CREATE INDEX channels_arrivals_aside ON channels_arrivals (shop_id, id) WHERE fault IS NOT NULL;

-- With whom, and through which line, a conversation is held.
CREATE TABLE channels_dialogs (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    line_id         UUID NOT NULL,
    peer            TEXT NOT NULL,
    -- what it belongs to where everybody reads it, as the partner calls that
    thread          TEXT,
    customer_id     UUID NOT NULL,
    customer_first  UUID NOT NULL,
    heard_at        BIGINT NOT NULL,
    -- when the shop last wrote first
    opened_at       BIGINT,
    -- until when the pace is used up at which the partner takes messages for one and the same customer
    used_up         BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (shop_id, conversation_id)
);
CREATE INDEX channels_dialogs_opened ON channels_dialogs (shop_id, line_id, opened_at) WHERE opened_at IS NOT NULL;
CREATE INDEX channels_dialogs_with ON channels_dialogs (shop_id, line_id, peer, conversation_id);
CREATE INDEX channels_dialogs_of_first ON channels_dialogs (shop_id, customer_first, conversation_id);

-- What messages, or pieces of them, are called at partners.
CREATE TABLE channels_references (
    shop_id         UUID NOT NULL,
    line_id         UUID NOT NULL,
    name            TEXT NOT NULL,
    conversation_id UUID NOT NULL,
    message_id      UUID NOT NULL,
    piece           BIGINT NOT NULL,
    customer_id     UUID NOT NULL,
    customer_first  UUID NOT NULL,
    PRIMARY KEY (shop_id, line_id, name)
);
CREATE INDEX channels_references_of_message ON channels_references (shop_id, message_id);
CREATE INDEX channels_references_of_first ON channels_references (shop_id, customer_first, message_id, piece);

-- What customers wrote where everybody reads it, as its partner calls it.
CREATE TABLE channels_comments (
    shop_id         UUID NOT NULL,
    line_id         UUID NOT NULL,
    name            TEXT NOT NULL,
    conversation_id UUID NOT NULL,
    message_id      UUID NOT NULL,
    customer_id     UUID NOT NULL,
    customer_first  UUID NOT NULL,
    post            TEXT,
    link            TEXT,
    may_hide        BOOLEAN NOT NULL,
    written_at      BIGINT NOT NULL,
    hidden          BOOLEAN NOT NULL,
    removed         BOOLEAN NOT NULL,
    private_reply   UUID,
    PRIMARY KEY (shop_id, line_id, name)
);
CREATE INDEX channels_comments_of_conversation ON channels_comments (shop_id, conversation_id, message_id);
CREATE INDEX channels_comments_of_first ON channels_comments (shop_id, customer_first, message_id);
CREATE INDEX channels_comments_answered ON channels_comments (shop_id, private_reply) WHERE private_reply IS NOT NULL;

-- What the shop posted where customers wrote, as its partner calls it.
CREATE TABLE channels_posts (
    shop_id     UUID NOT NULL,
    line_id     UUID NOT NULL,
    name        TEXT NOT NULL,
    facts       TEXT,
    asked_at    BIGINT NOT NULL,
    PRIMARY KEY (shop_id, line_id, name)
);
