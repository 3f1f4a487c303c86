-- Numbers of shops that customers call. `sealed` holds what their telephone system signs with; `voice` is there where that is Twilio.
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

-- Calls. `reference` is what the telephone system calls one.
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
CREATE UNIQUE INDEX telephony_calls_once ON telephony_calls (shop_id, line_id, reference);
CREATE INDEX telephony_calls_now ON telephony_calls (shop_id, rang_at) WHERE ended_at IS NULL;
CREATE INDEX telephony_calls_newest ON telephony_calls (shop_id, rang_at, id);
CREATE INDEX telephony_calls_at_line ON telephony_calls (shop_id, line_id, rang_at, id);
CREATE INDEX telephony_calls_of_first ON telephony_calls (shop_id, customer_first, id);
CREATE INDEX telephony_calls_old ON telephony_calls (rang_at);

-- Members' own telephones, on which calls reach them. Whose has not rung for the longest is next.
CREATE TABLE telephony_phones (
    shop_id   UUID NOT NULL,
    member_id UUID NOT NULL,
    number    TEXT NOT NULL,
    rang_at   BIGINT,
    PRIMARY KEY (shop_id, member_id)
);
