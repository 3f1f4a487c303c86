CREATE TABLE bot_quick_replies (
    shop_id    UUID NOT NULL PRIMARY KEY,
    settings   TEXT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE TABLE channels_acknowledged (
    shop_id     UUID NOT NULL,
    address     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (shop_id, address)
);
CREATE INDEX channels_acknowledged_old ON channels_acknowledged (at);
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
CREATE INDEX channels_arrivals_aside ON channels_arrivals (shop_id, id) WHERE fault IS NOT NULL;
CREATE INDEX channels_arrivals_old ON channels_arrivals (received_at);
CREATE UNIQUE INDEX channels_arrivals_once ON channels_arrivals (shop_id, line_id, digest);
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
CREATE INDEX channels_comments_answered ON channels_comments (shop_id, private_reply) WHERE private_reply IS NOT NULL;
CREATE INDEX channels_comments_of_conversation ON channels_comments (shop_id, conversation_id, message_id);
CREATE INDEX channels_comments_of_first ON channels_comments (shop_id, customer_first, message_id);
CREATE TABLE channels_contact_forms (
    shop_id     UUID NOT NULL PRIMARY KEY,
    settings    TEXT NOT NULL,
    version     BIGINT NOT NULL
);
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
CREATE INDEX channels_dialogs_of_first ON channels_dialogs (shop_id, customer_first, conversation_id);
CREATE INDEX channels_dialogs_opened ON channels_dialogs (shop_id, line_id, opened_at) WHERE opened_at IS NOT NULL;
CREATE INDEX channels_dialogs_with ON channels_dialogs (shop_id, line_id, peer, conversation_id);
CREATE TABLE channels_identity_keys (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    sealed      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
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
CREATE INDEX channels_letters_aside ON channels_letters (shop_id, id) WHERE state = 'aside';
CREATE INDEX channels_letters_by_content ON channels_letters (shop_id, mailbox_id, storage_key) WHERE storage_key IS NOT NULL;
CREATE INDEX channels_letters_by_name ON channels_letters (shop_id, name_key) WHERE name_key IS NOT NULL;
CREATE INDEX channels_letters_nowhere ON channels_letters (received_at) WHERE conversation_id IS NULL;
CREATE INDEX channels_letters_of_first ON channels_letters (shop_id, customer_first, id) WHERE customer_first IS NOT NULL;
CREATE INDEX channels_letters_of_mailbox ON channels_letters (shop_id, mailbox_id, id);
CREATE INDEX channels_letters_of_message ON channels_letters (shop_id, message_id, id) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX channels_letters_once ON channels_letters (shop_id, mailbox_id, uid_validity, uid);
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
CREATE TABLE channels_mail_clients (
    shop_id     UUID NOT NULL,
    provider    TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    sealed      TEXT NOT NULL,
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (shop_id, provider)
);
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
CREATE TABLE channels_outflows (
    shop_id     UUID NOT NULL,
    way         TEXT NOT NULL,
    used_up     BIGINT NOT NULL,
    failures    BIGINT NOT NULL,
    rest        TEXT,
    first_until BIGINT NOT NULL,
    PRIMARY KEY (shop_id, way)
);
CREATE TABLE channels_posts (
    shop_id     UUID NOT NULL,
    line_id     UUID NOT NULL,
    name        TEXT NOT NULL,
    facts       TEXT,
    asked_at    BIGINT NOT NULL,
    PRIMARY KEY (shop_id, line_id, name)
);
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
CREATE INDEX channels_references_of_first ON channels_references (shop_id, customer_first, message_id, piece);
CREATE INDEX channels_references_of_message ON channels_references (shop_id, message_id);
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
CREATE TABLE channels_terms (
    shop_id     UUID NOT NULL,
    line_id     UUID NOT NULL,
    terms       TEXT NOT NULL,
    told_at     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, line_id)
);
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
CREATE TABLE channels_widgets (
    shop_id     UUID NOT NULL PRIMARY KEY,
    widget_key  TEXT NOT NULL,
    settings    TEXT NOT NULL,
    version     BIGINT NOT NULL
);
CREATE TABLE commerce_actions (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    order_id    UUID NOT NULL,
    deed        TEXT NOT NULL,
    currency    TEXT NOT NULL,
    worth       BIGINT NOT NULL,
    cause       TEXT,
    reason      TEXT NOT NULL,
    request_key TEXT NOT NULL,
    state       TEXT NOT NULL,
    actor_kind  TEXT NOT NULL,
    actor_id    UUID,
    member_id   UUID NOT NULL,
    decided_by  UUID,
    said        TEXT NOT NULL,
    -- where the customer goes on
    link        TEXT,
    created_at  BIGINT NOT NULL,
    asked_at    BIGINT,
    ended_at    BIGINT,
    version     BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_actions_by_key ON commerce_actions (shop_id, request_key);
CREATE INDEX commerce_actions_in_state ON commerce_actions (shop_id, state, created_at, id);
CREATE INDEX commerce_actions_of_member ON commerce_actions (shop_id, member_id, created_at);
CREATE INDEX commerce_actions_of_order ON commerce_actions (shop_id, order_id, id);
CREATE TABLE commerce_companions (
    shop_id    UUID NOT NULL,
    product_id UUID NOT NULL,
    place      BIGINT NOT NULL,
    other_id   UUID NOT NULL,
    together   BIGINT NOT NULL,
    found_at   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, product_id, place)
);
CREATE INDEX commerce_companions_by_age ON commerce_companions (shop_id, found_at, product_id);
CREATE INDEX commerce_companions_with ON commerce_companions (shop_id, other_id);
CREATE TABLE commerce_credits (
    shop_id        UUID NOT NULL,
    account_id     UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    currency       TEXT NOT NULL,
    PRIMARY KEY (shop_id, account_id)
);
CREATE UNIQUE INDEX commerce_credits_by_first ON commerce_credits (shop_id, customer_first, currency);
CREATE INDEX commerce_credits_of_customer ON commerce_credits (shop_id, customer_id);
CREATE TABLE commerce_gift_cards (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    code_hash      TEXT NOT NULL,
    last4          TEXT NOT NULL,
    account_id     UUID NOT NULL,
    currency       TEXT NOT NULL,
    customer_id    UUID,
    customer_first UUID,
    expires_at     BIGINT,
    voided_at      BIGINT,
    issued_at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_gift_cards_by_account ON commerce_gift_cards (shop_id, account_id);
CREATE UNIQUE INDEX commerce_gift_cards_by_code ON commerce_gift_cards (shop_id, code_hash);
CREATE INDEX commerce_gift_cards_of_customer ON commerce_gift_cards (shop_id, customer_id);
CREATE INDEX commerce_gift_cards_of_first ON commerce_gift_cards (shop_id, customer_first);
CREATE INDEX commerce_gift_cards_recent ON commerce_gift_cards (shop_id, issued_at, id);
CREATE TABLE commerce_orders (
    shop_id        UUID NOT NULL,
    id             UUID NOT NULL,
    reference_key  TEXT NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    facts          TEXT NOT NULL,
    -- a hash of its number, the buyer's e-mail address and postcode
    proof_key      TEXT,
    -- a hash of the address it was placed with
    buyer_key      TEXT,
    -- what was wrong with it when it was last looked at
    trouble        TEXT,
    -- of which day's sales it is a part, in days since 1970 by the shop's calendar
    sold_on        BIGINT,
    -- what sums are made of, as the facts say it
    currency       TEXT NOT NULL,
    spent          BIGINT NOT NULL,
    cancelled      BOOLEAN NOT NULL,
    -- whether a bank still asks for what was paid
    disputed       BOOLEAN NOT NULL,
    placed_at      BIGINT NOT NULL,
    erased_at      BIGINT,
    version        BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX commerce_orders_by_buyer ON commerce_orders (shop_id, buyer_key, placed_at, id) WHERE buyer_key IS NOT NULL;
CREATE INDEX commerce_orders_by_proof ON commerce_orders (shop_id, proof_key, placed_at, id) WHERE proof_key IS NOT NULL;
CREATE UNIQUE INDEX commerce_orders_by_reference ON commerce_orders (shop_id, reference_key);
CREATE INDEX commerce_orders_disputed ON commerce_orders (shop_id, placed_at, id) WHERE disputed = TRUE;
CREATE INDEX commerce_orders_in_trouble ON commerce_orders (shop_id, placed_at, id) WHERE trouble IS NOT NULL;
CREATE INDEX commerce_orders_of_customer ON commerce_orders (shop_id, customer_id, placed_at, id);
CREATE INDEX commerce_orders_of_first ON commerce_orders (shop_id, customer_first, id);
CREATE INDEX commerce_orders_recent ON commerce_orders (shop_id, placed_at, id);
CREATE TABLE commerce_products (
    shop_id    UUID NOT NULL,
    id         UUID NOT NULL,
    reference  TEXT NOT NULL,
    facts      TEXT NOT NULL,
    published  BOOLEAN NOT NULL,
    -- what the sales of the last 30 days come to
    sold       BIGINT NOT NULL,
    added_at   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX commerce_products_by_reference ON commerce_products (shop_id, reference);
CREATE INDEX commerce_products_published ON commerce_products (shop_id, published, added_at, id);
CREATE INDEX commerce_products_published_selling ON commerce_products (shop_id, published, sold, id);
CREATE INDEX commerce_products_recent ON commerce_products (shop_id, added_at, id);
CREATE INDEX commerce_products_selling ON commerce_products (shop_id, sold, id);
CREATE TABLE commerce_reasons (
    shop_id    UUID NOT NULL,
    entry_id   UUID NOT NULL,
    account_id UUID NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id   UUID,
    reason     TEXT NOT NULL,
    PRIMARY KEY (shop_id, entry_id)
);
CREATE INDEX commerce_reasons_of_account ON commerce_reasons (shop_id, account_id);
CREATE TABLE commerce_refund_limits (
    shop_id  UUID NOT NULL,
    role_id  UUID NOT NULL,
    currency TEXT NOT NULL,
    at_once  BIGINT NOT NULL,
    in_a_day BIGINT NOT NULL,
    PRIMARY KEY (shop_id, role_id, currency)
);
CREATE TABLE commerce_sales (
    shop_id UUID NOT NULL,
    sku     TEXT NOT NULL,
    day     BIGINT NOT NULL,
    units   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, sku, day)
);
CREATE INDEX commerce_sales_by_day ON commerce_sales (shop_id, day, sku);
CREATE TABLE commerce_stock (
    shop_id    UUID NOT NULL,
    variant    TEXT NOT NULL,
    location   TEXT NOT NULL,
    available  BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, variant, location)
);
CREATE TABLE commerce_variants (
    shop_id    UUID NOT NULL,
    reference  TEXT NOT NULL,
    product_id UUID NOT NULL,
    sku        TEXT,
    sold       BIGINT NOT NULL,
    PRIMARY KEY (shop_id, reference)
);
CREATE INDEX commerce_variants_by_sku ON commerce_variants (shop_id, sku, product_id) WHERE sku IS NOT NULL;
CREATE INDEX commerce_variants_of_product ON commerce_variants (shop_id, product_id);
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
CREATE TABLE connectors_deliveries (
    shop_id       UUID NOT NULL,
    connection_id UUID NOT NULL,
    digest        TEXT NOT NULL,
    received_at   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, connection_id, digest)
);
CREATE INDEX connectors_deliveries_old ON connectors_deliveries (received_at);
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
CREATE INDEX customers_customers_around ON customers_customers (shop_id, last_seen_at, id)
    WHERE merged_into IS NULL AND contact_since IS NULL;
CREATE INDEX customers_customers_merged ON customers_customers (shop_id, merged_into, id) WHERE merged_into IS NOT NULL;
CREATE INDEX customers_customers_named ON customers_customers (shop_id, name_key, country, last_seen_at, id) WHERE name_key IS NOT NULL;
CREATE INDEX customers_customers_recent ON customers_customers (shop_id, last_seen_at, id)
    WHERE merged_into IS NULL AND contact_since IS NOT NULL;
CREATE TABLE customers_distinctions (
    shop_id      UUID NOT NULL,
    one_id       UUID NOT NULL,
    other_id     UUID NOT NULL,
    PRIMARY KEY (shop_id, one_id, other_id)
);
CREATE INDEX customers_distinctions_by_other ON customers_distinctions (shop_id, other_id, one_id);
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
CREATE INDEX customers_identities_by_address ON customers_identities (shop_id, kind, address_key);
CREATE INDEX customers_identities_of_customer ON customers_identities (shop_id, customer_id);
CREATE UNIQUE INDEX customers_identities_once ON customers_identities (shop_id, customer_first, kind, address_key);
CREATE UNIQUE INDEX customers_identities_verified ON customers_identities (shop_id, kind, address_key) WHERE verified;
CREATE TABLE customers_import_errors (
    shop_id    UUID NOT NULL,
    import_id  UUID NOT NULL,
    row_number BIGINT NOT NULL,
    wrong      TEXT NOT NULL,
    cells      TEXT NOT NULL,
    PRIMARY KEY (shop_id, import_id, row_number)
);
CREATE TABLE customers_import_pieces (
    shop_id     UUID NOT NULL,
    import_id   UUID NOT NULL,
    first_row   BIGINT NOT NULL,
    rows        BIGINT NOT NULL,
    storage_key TEXT NOT NULL,
    repeats     TEXT NOT NULL,
    PRIMARY KEY (shop_id, import_id, first_row)
);
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
CREATE TABLE customers_merges (
    shop_id      UUID NOT NULL,
    other_id     UUID NOT NULL,
    into_id      UUID NOT NULL,
    member_id    UUID NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (shop_id, other_id)
);
CREATE INDEX customers_merges_into ON customers_merges (shop_id, into_id, other_id);
CREATE TABLE customers_nonces (
    shop_id      UUID NOT NULL,
    nonce        TEXT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (shop_id, nonce)
);
CREATE INDEX customers_nonces_expired ON customers_nonces (expires_at);
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
CREATE TABLE customers_tagged (
    shop_id        UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    tag_id         UUID NOT NULL,
    PRIMARY KEY (shop_id, customer_first, tag_id)
);
CREATE INDEX customers_tagged_by_tag ON customers_tagged (shop_id, tag_id);
CREATE INDEX customers_tagged_of_customer ON customers_tagged (shop_id, customer_id, tag_id);
CREATE TABLE customers_tags (
    shop_id  UUID NOT NULL,
    id       UUID NOT NULL,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX customers_tags_by_name ON customers_tags (shop_id, name_key);
CREATE TABLE customers_values (
    shop_id        UUID NOT NULL,
    customer_id    UUID NOT NULL,
    customer_first UUID NOT NULL,
    attribute_id   UUID NOT NULL,
    value          TEXT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, attribute_id)
);
CREATE INDEX customers_values_by_attribute ON customers_values (shop_id, attribute_id);
CREATE INDEX customers_values_of_customer ON customers_values (shop_id, customer_id, attribute_id);
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
CREATE UNIQUE INDEX desk_macros_own_name ON desk_macros (shop_id, owner_id, name_key) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX desk_macros_shared_name ON desk_macros (shop_id, name_key) WHERE owner_id IS NULL;
CREATE TABLE inbox_conversation_tags (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    tag_id          UUID NOT NULL,
    PRIMARY KEY (shop_id, conversation_id, tag_id)
);
CREATE INDEX inbox_conversation_tags_by_tag ON inbox_conversation_tags (shop_id, tag_id, conversation_id);
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
CREATE INDEX inbox_conversations_begun ON inbox_conversations (shop_id, created_at);
CREATE INDEX inbox_conversations_by_change ON inbox_conversations (shop_id, changed_at, id);
CREATE UNIQUE INDEX inbox_conversations_by_number ON inbox_conversations (shop_id, number);
CREATE INDEX inbox_conversations_in_folder ON inbox_conversations (shop_id, folder, changed_at, id, assignee, department_id);
CREATE INDEX inbox_conversations_of_assignee ON inbox_conversations (shop_id, assignee, folder, changed_at, id);
CREATE INDEX inbox_conversations_of_customer ON inbox_conversations (shop_id, customer_id, changed_at, id);
CREATE INDEX inbox_conversations_of_department ON inbox_conversations (shop_id, department_id, folder, changed_at, id) WHERE department_id IS NOT NULL;
CREATE INDEX inbox_conversations_of_first ON inbox_conversations (shop_id, customer_first, changed_at, id);
CREATE UNIQUE INDEX inbox_conversations_once ON inbox_conversations (shop_id, customer_first, start_key);
CREATE TABLE inbox_doubts (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    message_id      UUID NOT NULL,
    other           UUID,
    PRIMARY KEY (shop_id, conversation_id, message_id)
);
CREATE TABLE inbox_drafts (
    shop_id         UUID NOT NULL,
    conversation_id UUID NOT NULL,
    member_id       UUID NOT NULL,
    kind            TEXT NOT NULL,
    html            TEXT NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (shop_id, conversation_id, member_id)
);
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
CREATE TABLE inbox_guests (
    shop_id         UUID NOT NULL,
    guest           UUID NOT NULL,
    conversation_id UUID NOT NULL,
    PRIMARY KEY (shop_id, guest, conversation_id)
);
CREATE INDEX inbox_guests_in ON inbox_guests (shop_id, conversation_id);
CREATE TABLE inbox_mentions (
    shop_id         UUID NOT NULL,
    member_id       UUID NOT NULL,
    conversation_id UUID NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (shop_id, member_id, conversation_id)
);
CREATE INDEX inbox_mentions_in ON inbox_mentions (shop_id, conversation_id);
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
CREATE TABLE inbox_numbers (
    shop_id         UUID NOT NULL PRIMARY KEY,
    last_number     BIGINT NOT NULL
);
CREATE TABLE inbox_tags (
    shop_id         UUID NOT NULL,
    id              UUID NOT NULL,
    name            TEXT NOT NULL,
    name_key        TEXT NOT NULL,
    color           TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX inbox_tags_by_name ON inbox_tags (shop_id, name_key);
CREATE TABLE ledger_accounts (
    shop_id UUID NOT NULL,
    id      UUID NOT NULL,
    unit    TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE TABLE ledger_entries (
    shop_id UUID NOT NULL,
    id      UUID NOT NULL,
    key     TEXT NOT NULL,
    act     TEXT NOT NULL,
    about   UUID,
    at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX ledger_entries_about ON ledger_entries (shop_id, about);
CREATE UNIQUE INDEX ledger_entries_by_key ON ledger_entries (shop_id, key);
CREATE TABLE ledger_lots (
    shop_id    UUID NOT NULL,
    id         UUID NOT NULL,
    account_id UUID NOT NULL,
    remaining  BIGINT NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX ledger_lots_open ON ledger_lots (shop_id, account_id) WHERE remaining > 0;
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
CREATE TABLE platform_audit_heads (
    shop_id     UUID NOT NULL PRIMARY KEY,
    chain       TEXT NOT NULL
);
CREATE TABLE platform_directory (
    kind        TEXT NOT NULL,
    key_hash    TEXT NOT NULL,
    shop_id     UUID NOT NULL,
    PRIMARY KEY (kind, key_hash)
);
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
CREATE INDEX platform_events_audited ON platform_events (shop_id, seq) WHERE audited;
CREATE INDEX platform_events_audited_by_actor ON platform_events (shop_id, actor_id, seq) WHERE audited;
CREATE INDEX platform_events_audited_by_kind ON platform_events (shop_id, kind, seq) WHERE audited;
CREATE UNIQUE INDEX platform_events_by_seq ON platform_events (shop_id, seq);
CREATE INDEX platform_events_in_order ON platform_events (seq);
CREATE INDEX platform_events_to_number ON platform_events (id) WHERE seq IS NULL;
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
CREATE TABLE platform_folds (
    shop_id     UUID NOT NULL PRIMARY KEY,
    seq         BIGINT NOT NULL
);
CREATE INDEX platform_folds_newest ON platform_folds (seq);
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
CREATE INDEX platform_jobs_in_lane ON platform_jobs (shop_id, lane, id) WHERE lane IS NOT NULL;
CREATE INDEX platform_jobs_next ON platform_jobs (run_at) WHERE state = 'ready';
CREATE UNIQUE INDEX platform_jobs_once ON platform_jobs (shop_id, kind, dedupe_key) WHERE dedupe_key IS NOT NULL;
CREATE INDEX platform_jobs_parked ON platform_jobs (shop_id, run_at) WHERE state = 'parked';
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
CREATE INDEX platform_mails_old ON platform_mails (created_at);
CREATE INDEX platform_mails_recent ON platform_mails (id);
CREATE TABLE platform_pauses (
    shop_id     UUID NOT NULL PRIMARY KEY,
    since       BIGINT NOT NULL
);
CREATE TABLE platform_seals (
    shop_id     UUID NOT NULL PRIMARY KEY,
    sealed      TEXT NOT NULL
);
CREATE TABLE storefront_carts (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    changed_at     BIGINT NOT NULL,
    abandoned_at   BIGINT,
    PRIMARY KEY (shop_id, customer_first)
);
CREATE INDEX storefront_carts_of_customer ON storefront_carts (shop_id, customer_id, changed_at);
CREATE INDEX storefront_carts_old ON storefront_carts (changed_at);
CREATE TABLE storefront_views (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    reference      TEXT NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    times          BIGINT NOT NULL,
    viewed_at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, reference)
);
CREATE INDEX storefront_views_of_customer ON storefront_views (shop_id, customer_id, viewed_at);
CREATE INDEX storefront_views_old ON storefront_views (viewed_at);
CREATE INDEX storefront_views_recent ON storefront_views (shop_id, customer_first, viewed_at);
CREATE TABLE storefront_visits (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    began_at       BIGINT NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    last_at        BIGINT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, began_at)
);
CREATE INDEX storefront_visits_of_customer ON storefront_visits (shop_id, customer_id, last_at);
CREATE INDEX storefront_visits_old ON storefront_visits (last_at);
CREATE TABLE storefront_wishes (
    shop_id        UUID NOT NULL,
    customer_first UUID NOT NULL,
    reference      TEXT NOT NULL,
    customer_id    UUID NOT NULL,
    facts          TEXT NOT NULL,
    wished_at      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, customer_first, reference)
);
CREATE INDEX storefront_wishes_of_customer ON storefront_wishes (shop_id, customer_id, wished_at);
CREATE INDEX storefront_wishes_old ON storefront_wishes (wished_at);
CREATE INDEX storefront_wishes_recent ON storefront_wishes (shop_id, customer_first, wished_at);
CREATE TABLE team_attempts (
    kind     TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    count    BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (kind, key_hash)
);
CREATE INDEX team_attempts_old ON team_attempts (last_at);
CREATE TABLE team_department_members (
    shop_id       UUID NOT NULL,
    department_id UUID NOT NULL,
    member_id     UUID NOT NULL,
    PRIMARY KEY (shop_id, department_id, member_id)
);
CREATE INDEX team_departments_of_member ON team_department_members (shop_id, member_id, department_id);
CREATE TABLE team_departments (
    shop_id       UUID NOT NULL,
    id            UUID NOT NULL,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL,
    names         TEXT NOT NULL,
    about         TEXT NOT NULL,
    shown_in_chat BOOLEAN NOT NULL,
    schedule_id   UUID,
    position      BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX team_departments_by_name ON team_departments (shop_id, name_key);
CREATE TABLE team_invitations (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    email       TEXT NOT NULL,
    email_key   TEXT NOT NULL,
    name        TEXT NOT NULL,
    role_id     UUID NOT NULL,
    departments TEXT NOT NULL,
    token_hash  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX team_invitations_by_email ON team_invitations (shop_id, email_key);
CREATE UNIQUE INDEX team_invitations_by_hash ON team_invitations (shop_id, token_hash);
CREATE INDEX team_invitations_expired ON team_invitations (expires_at);
CREATE TABLE team_members (
    shop_id      UUID NOT NULL,
    id           UUID NOT NULL,
    person_id    UUID NOT NULL,
    role_id      UUID NOT NULL,
    availability TEXT NOT NULL,
    active       BOOLEAN NOT NULL,
    joined_at    BIGINT NOT NULL,
    last_seen_at BIGINT,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX team_members_of_person ON team_members (person_id);
CREATE UNIQUE INDEX team_members_once ON team_members (shop_id, person_id);
CREATE TABLE team_password_resets (
    person_id  UUID NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_password_resets_by_hash ON team_password_resets (token_hash);
CREATE INDEX team_password_resets_expired ON team_password_resets (expires_at);
CREATE TABLE team_people (
    id            UUID NOT NULL PRIMARY KEY,
    email         TEXT NOT NULL,
    email_key     TEXT NOT NULL,
    name          TEXT NOT NULL,
    language      TEXT,
    password_hash TEXT,
    created_at    BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_people_by_email ON team_people (email_key);
CREATE TABLE team_roles (
    shop_id     UUID NOT NULL,
    id          UUID NOT NULL,
    rank        TEXT,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    permissions TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX team_roles_by_name ON team_roles (shop_id, name_key);
CREATE TABLE team_schedules (
    shop_id    UUID NOT NULL,
    id         UUID NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    time_zone  TEXT NOT NULL,
    hours      TEXT NOT NULL,
    is_default BOOLEAN NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX team_schedules_by_name ON team_schedules (shop_id, name_key);
CREATE TABLE team_sessions (
    id           UUID NOT NULL PRIMARY KEY,
    person_id    UUID NOT NULL,
    shop_id      UUID NOT NULL,
    token_hash   TEXT NOT NULL,
    agent_header TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE INDEX team_sessions_by_age ON team_sessions (created_at);
CREATE UNIQUE INDEX team_sessions_by_token ON team_sessions (token_hash);
CREATE INDEX team_sessions_by_use ON team_sessions (last_seen_at);
CREATE INDEX team_sessions_of_person ON team_sessions (person_id);
CREATE TABLE team_shops (
    id                UUID NOT NULL PRIMARY KEY,
    name              TEXT NOT NULL,
    language          TEXT NOT NULL,
    time_zone         TEXT NOT NULL,
    reopen_days       BIGINT NOT NULL,
    undo_send_seconds BIGINT NOT NULL,
    blocked_networks  TEXT NOT NULL,
    created_at        BIGINT NOT NULL,
    deleted_at        BIGINT
);
CREATE TABLE team_tokens (
    shop_id      UUID NOT NULL,
    id           UUID NOT NULL,
    member_id    UUID NOT NULL,
    name         TEXT NOT NULL,
    scopes       TEXT NOT NULL,
    token_hash   TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT,
    revoked_at   BIGINT,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX team_tokens_by_hash ON team_tokens (shop_id, token_hash);
CREATE INDEX team_tokens_expired ON team_tokens (expires_at) WHERE revoked_at IS NULL;
CREATE TABLE telephony_calls (
    shop_id         UUID NOT NULL,
    id              UUID NOT NULL,
    line_id         UUID NOT NULL,
    reference       TEXT NOT NULL,
    caller          TEXT,
    called          TEXT,
    customer_id     UUID,
    customer_first  UUID,
    conversation_id UUID,
    message_id      UUID,
    member_id       UUID,
    rang_at         BIGINT NOT NULL,
    answered_at     BIGINT,
    ended_at        BIGINT,
    voicemail_at    BIGINT,
    seconds         BIGINT,
    call_back_by    BIGINT,
    -- where what was spoken onto the machine lies, until it has been fetched
    recording       TEXT,
    recording_state TEXT,
    -- how a caller at Twilio stands in line, and whose own telephone rings for them
    stage           TEXT,
    rings           UUID,
    version         BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE INDEX telephony_calls_at_line ON telephony_calls (shop_id, line_id, rang_at, id);
CREATE INDEX telephony_calls_newest ON telephony_calls (shop_id, rang_at, id);
CREATE INDEX telephony_calls_now ON telephony_calls (shop_id, rang_at) WHERE ended_at IS NULL;
CREATE INDEX telephony_calls_of_first ON telephony_calls (shop_id, customer_first, id);
CREATE INDEX telephony_calls_old ON telephony_calls (rang_at);
CREATE UNIQUE INDEX telephony_calls_once ON telephony_calls (shop_id, line_id, reference);
CREATE TABLE telephony_lines (
    shop_id          UUID NOT NULL,
    id               UUID NOT NULL,
    name             TEXT NOT NULL,
    number           TEXT NOT NULL,
    department_id    UUID,
    -- in minutes that the shop is open
    call_back_within BIGINT,
    sealed           TEXT NOT NULL,
    voice            TEXT,
    heard_at         BIGINT,
    created_at       BIGINT NOT NULL,
    version          BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE TABLE telephony_phones (
    shop_id   UUID NOT NULL,
    member_id UUID NOT NULL,
    number    TEXT NOT NULL,
    rang_at   BIGINT,
    PRIMARY KEY (shop_id, member_id)
);
