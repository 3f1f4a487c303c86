-- Shops: the tenants. This table, people, sessions, password resets and attempts stand above shops and carry no shop_id.
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

-- People who sign in; one person may be a member of many shops.
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

-- Roles: the built-in ones have a rank, a shop's own ones a list of permissions.
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

-- Members: people in a shop.
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
CREATE UNIQUE INDEX team_members_once ON team_members (shop_id, person_id);
CREATE INDEX team_members_of_person ON team_members (person_id);

-- Departments, and who works in them.
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
CREATE TABLE team_department_members (
    shop_id       UUID NOT NULL,
    department_id UUID NOT NULL,
    member_id     UUID NOT NULL,
    PRIMARY KEY (shop_id, department_id, member_id)
);
CREATE INDEX team_departments_of_member ON team_department_members (shop_id, member_id, department_id);

-- Opening hours; `hours` holds the week and the holidays.
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

-- Signed-in browsers, and the shop each of them looks at.
CREATE TABLE team_sessions (
    id           UUID NOT NULL PRIMARY KEY,
    person_id    UUID NOT NULL,
    shop_id      UUID NOT NULL,
    token_hash   TEXT NOT NULL,
    agent_header TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_sessions_by_token ON team_sessions (token_hash);
CREATE INDEX team_sessions_of_person ON team_sessions (person_id);
CREATE INDEX team_sessions_by_use ON team_sessions (last_seen_at);
CREATE INDEX team_sessions_by_age ON team_sessions (created_at);

-- Programs that act for a member.
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

-- Invitations that wait for an answer.
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

-- Password links that wait to be opened: one for each person, the newest.
CREATE TABLE team_password_resets (
    person_id  UUID NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_password_resets_by_hash ON team_password_resets (token_hash);
CREATE INDEX team_password_resets_expired ON team_password_resets (expires_at);

-- How often an address or a network has tried; `key_hash` because an address tried need not be anybody's here.
CREATE TABLE team_attempts (
    kind     TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    count    BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (kind, key_hash)
);
CREATE INDEX team_attempts_old ON team_attempts (last_at);
