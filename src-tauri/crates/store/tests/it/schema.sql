CREATE TRIGGER lead_search_added AFTER INSERT ON leads BEGIN
    INSERT INTO lead_search (rowid, name, email, phone) VALUES (new.number, new.name, new.email, new.phone);
END;

CREATE TRIGGER lead_search_changed AFTER UPDATE OF name, email, phone ON leads BEGIN
    INSERT INTO lead_search (lead_search, rowid, name, email, phone) VALUES ('delete', old.number, old.name, old.email, old.phone);
    INSERT INTO lead_search (rowid, name, email, phone) VALUES (new.number, new.name, new.email, new.phone);
END;

CREATE TRIGGER lead_search_removed AFTER DELETE ON leads BEGIN
    INSERT INTO lead_search (lead_search, rowid, name, email, phone) VALUES ('delete', old.number, old.name, old.email, old.phone);
END;

CREATE TABLE attempts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_id  INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    at           INTEGER NOT NULL,
    outcome      TEXT NOT NULL CHECK (outcome IN ('synced', 'unchanged', 'retry', 'snoozed', 'failed', 'conflict', 'left_out', 'lost')),
    counted      INTEGER NOT NULL CHECK (counted IN (0, 1)), -- whether it spent an attempt
    failure      TEXT,
    next_at      INTEGER,
    exchange_id  INTEGER REFERENCES exchanges (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE audit (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL,                  -- person, engine, command line
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL,                  -- JSON: field names and ids, no values
    hash     TEXT NOT NULL
) STRICT;

CREATE TABLE before_images (
    delivery_id  INTEGER PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
    record_id    TEXT NOT NULL,
    created      INTEGER NOT NULL CHECK (created IN (0, 1)),
    before       TEXT,                       -- JSON: Record of the fields we wrote
    written      TEXT NOT NULL,              -- JSON: Record
    undone_at    INTEGER
) STRICT;

CREATE TABLE broken_rows (
    run_id  INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    line    INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    raw     TEXT NOT NULL,
    PRIMARY KEY (run_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE captures (
    source_id    TEXT NOT NULL,
    source_key   TEXT NOT NULL,
    lead_id      TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    received_at  INTEGER NOT NULL,
    PRIMARY KEY (source_id, source_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE connections (
    id           TEXT PRIMARY KEY,
    connector    TEXT NOT NULL,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('source', 'destination')),
    base_url     TEXT,
    auth         TEXT NOT NULL,              -- JSON: which way of authorising, client id; never a secret
    settings     TEXT NOT NULL DEFAULT '{}', -- JSON: plain values by the spec's names
    account      TEXT,                       -- JSON: who we are there, as last checked
    state        TEXT NOT NULL DEFAULT 'connected' CHECK (state IN ('connected', 'needs_access', 'disconnected')),
    created_at   INTEGER NOT NULL,
    checked_at   INTEGER
) STRICT;

CREATE TABLE cursors (
    connection_id  TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    object         TEXT NOT NULL,
    cursor         TEXT NOT NULL,
    complete       INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)), -- the first full read is done
    pulled_at      INTEGER NOT NULL,
    PRIMARY KEY (connection_id, object)
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    sync_id         TEXT NOT NULL REFERENCES syncs (id) ON DELETE CASCADE,
    lead_id         TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    destination_id  TEXT NOT NULL REFERENCES connections (id),
    object          TEXT NOT NULL,
    run_id          INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    state           TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'synced', 'retrying', 'failed', 'skipped')),
    urgent          INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)), -- STOP goes first
    attempts        INTEGER NOT NULL DEFAULT 0,
    due_at          INTEGER NOT NULL,
    lease_until     INTEGER,
    created_at      INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    lead_version    INTEGER NOT NULL,        -- of the lead when it was last planned
    edits           TEXT,                    -- JSON: values a person typed for this delivery
    without_fields  TEXT,                    -- JSON: destination fields a person left out
    intent          TEXT,                    -- JSON: written before a send that is not idempotent
    failure         TEXT,                    -- JSON: Failure
    cause           TEXT,                    -- the failure's kind as one word
    group_key       TEXT,                    -- of the failure; stays through a retry until that has an outcome
    warnings        TEXT,                    -- JSON: optional fields set aside
    slow_until      INTEGER,                 -- failed but transient: the slow lane goes on until then
    record_id       TEXT,
    record_url      TEXT,
    created_record  INTEGER,                 -- 1 created, 0 updated
    unchanged       INTEGER NOT NULL DEFAULT 0, -- synced without a write: the CRM has it all
    synced_at       INTEGER,
    skipped_reason  TEXT
) STRICT;

CREATE TABLE exchanges (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    exchanges  TEXT NOT NULL                 -- JSON: redacted requests and answers, in order
) STRICT;

CREATE TABLE failure_groups (
    sync_id        TEXT NOT NULL REFERENCES syncs (id) ON DELETE CASCADE,
    group_key      TEXT NOT NULL,
    sample         TEXT NOT NULL,            -- JSON: Failure
    first_at       INTEGER NOT NULL,
    last_at        INTEGER NOT NULL,
    state          TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'snoozed', 'ignored', 'solved')),
    snoozed_until  INTEGER,
    reason         TEXT,
    solved_at      INTEGER,
    notified_at    INTEGER,
    recurrences    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sync_id, group_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE lanes (
    connection_id  TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
    state          TEXT NOT NULL CHECK (state IN ('open', 'snoozed', 'down', 'no_access', 'paused')),
    failure        TEXT,                     -- JSON: why
    since          INTEGER NOT NULL,
    next_try_at    INTEGER,                  -- snooze over, or next probe
    probes         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE lead_keys (
    kind     TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
    value    TEXT NOT NULL,
    lead_id  TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE lead_search USING fts5 (name, email, phone, content = 'leads', content_rowid = 'number', tokenize = 'trigram');

CREATE TABLE 'lead_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'lead_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'lead_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'lead_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE leads (
    number       INTEGER PRIMARY KEY,        -- ours alone: what the search below points to
    id           TEXT NOT NULL UNIQUE,
    source_id    TEXT NOT NULL REFERENCES connections (id),
    name         TEXT,
    email        TEXT,
    phone        TEXT,
    fields       TEXT NOT NULL,              -- JSON: Record
    captured_at  INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    latest_at    INTEGER NOT NULL,           -- of the newest capture
    said_at      TEXT NOT NULL,              -- JSON: of each value, so that captures may overtake each other
    version      INTEGER NOT NULL DEFAULT 1  -- grows with each capture that changes the fields
) STRICT;

CREATE TABLE links (
    lead_id        TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    connection_id  TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    object         TEXT NOT NULL,
    record_id      TEXT NOT NULL,
    record_url     TEXT,
    matched_by     TEXT NOT NULL,            -- lead_id, email, phone, created, person
    sent_hash      TEXT,                     -- of the fields last written: an equal write is left out
    linked_at      INTEGER NOT NULL,
    PRIMARY KEY (lead_id, connection_id, object)
) STRICT, WITHOUT ROWID;

CREATE TABLE loaded (
    delivery_id  INTEGER PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
    load_id      INTEGER NOT NULL REFERENCES loads (id) ON DELETE CASCADE,
    sent         TEXT NOT NULL               -- JSON: what settling it needs to know
) STRICT;

CREATE TABLE loads (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id  TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    object         TEXT NOT NULL,
    ticket         TEXT NOT NULL,            -- the vendor's name for it
    made_at        INTEGER NOT NULL,
    records        INTEGER NOT NULL,         -- how many were handed in
    done           INTEGER NOT NULL DEFAULT 0, -- records the vendor came to so far
    exchanges      TEXT NOT NULL             -- JSON: redacted requests and answers of handing it in
) STRICT;

CREATE TABLE mappings (
    sync_id       TEXT NOT NULL REFERENCES syncs (id) ON DELETE CASCADE,
    version       INTEGER NOT NULL,
    mapping       TEXT NOT NULL,             -- JSON
    note          TEXT NOT NULL DEFAULT '',  -- what changed, in words
    saved_at      INTEGER NOT NULL,
    published_at  INTEGER,
    PRIMARY KEY (sync_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_index (
    connection_id  TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    object         TEXT NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('lead_id', 'email', 'phone')),
    value          TEXT NOT NULL,
    record_id      TEXT NOT NULL,
    PRIMARY KEY (connection_id, object, kind, value, record_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notifications (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,                  -- what it is about; one open notification a kind and subject
    body     TEXT NOT NULL,                  -- JSON: the facts the text is made of, no personal data
    target   TEXT NOT NULL,                  -- where a click leads, as a deep link path
    shown_at INTEGER,
    seen_at  INTEGER
) STRICT;

CREATE TABLE refusals (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id  TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    at             INTEGER NOT NULL,
    reason         TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    sync_id       TEXT NOT NULL REFERENCES syncs (id) ON DELETE CASCADE,
    kind          TEXT NOT NULL CHECK (kind IN ('real_time', 'scheduled', 'manual', 'import', 'retry')),
    started_at    INTEGER NOT NULL,
    sealed_at     INTEGER,                   -- nothing more joins it; its state is computed from its deliveries
    cancelled_at  INTEGER,
    label         TEXT NOT NULL DEFAULT '',  -- file name and the like
    captured      INTEGER NOT NULL DEFAULT 0,
    repeated      INTEGER NOT NULL DEFAULT 0, -- captures seen before
    merged        INTEGER NOT NULL DEFAULT 0  -- captures of a person already known
) STRICT;

CREATE TABLE schemas (
    connection_id  TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    object         TEXT NOT NULL,
    schema         TEXT NOT NULL,            -- JSON: ObjectSchema
    read_at        INTEGER NOT NULL,
    PRIMARY KEY (connection_id, object)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name   TEXT PRIMARY KEY,
    value  TEXT NOT NULL                     -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE syncs (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    source_id       TEXT NOT NULL REFERENCES connections (id),
    destination_id  TEXT NOT NULL REFERENCES connections (id),
    object          TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('draft', 'on', 'paused')),
    paused_until    INTEGER,
    mode            TEXT NOT NULL,           -- JSON: real-time, schedule or manual
    settings        TEXT NOT NULL DEFAULT '{}', -- JSON: match order, retry schedule, first-run cap
    live_version    INTEGER,                 -- the mapping version that is sent; none while a draft
    waits_for_run   INTEGER NOT NULL DEFAULT 0 CHECK (waits_for_run IN (0, 1)), -- new leads wait until a run gathers them
    created_at      INTEGER NOT NULL,
    next_run_at     INTEGER
) STRICT;

CREATE INDEX attempts_by_delivery ON attempts (delivery_id, id);

CREATE INDEX attempts_by_exchange ON attempts (exchange_id) WHERE exchange_id IS NOT NULL;

CREATE INDEX captures_by_lead ON captures (lead_id);

CREATE INDEX deliveries_by_change ON deliveries (changed_at, id);

CREATE INDEX deliveries_by_lead ON deliveries (lead_id, sync_id, state, id);

CREATE INDEX deliveries_by_run ON deliveries (run_id, state) WHERE run_id IS NOT NULL;

CREATE INDEX deliveries_by_sync ON deliveries (sync_id, state, skipped_reason, id);

CREATE INDEX deliveries_due ON deliveries (sync_id, urgent, due_at, id) WHERE state IN ('pending', 'retrying');

CREATE INDEX deliveries_grouped ON deliveries (sync_id, group_key, state, due_at, changed_at, lead_id) WHERE group_key IS NOT NULL;

CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE state = 'sending';

CREATE INDEX deliveries_open ON deliveries (lead_id, destination_id, state) WHERE state IN ('pending', 'retrying', 'sending');

CREATE INDEX deliveries_slow ON deliveries (sync_id, due_at, slow_until) WHERE state = 'failed' AND slow_until IS NOT NULL;

CREATE INDEX deliveries_synced ON deliveries (sync_id, synced_at, created_at) WHERE state = 'synced';

CREATE INDEX deliveries_unsure ON deliveries (lead_id, destination_id, object) WHERE intent IS NOT NULL;

CREATE INDEX lead_keys_by_lead ON lead_keys (lead_id);

CREATE INDEX leads_by_capture ON leads (captured_at, number);

CREATE INDEX leads_by_source ON leads (source_id, captured_at);

CREATE INDEX links_by_record ON links (record_id, connection_id, object);

CREATE INDEX loaded_by_load ON loaded (load_id, delivery_id);

CREATE INDEX loads_by_connection ON loads (connection_id);

CREATE INDEX match_index_by_record ON match_index (connection_id, object, record_id);

CREATE UNIQUE INDEX notifications_open ON notifications (kind, subject) WHERE seen_at IS NULL;

CREATE INDEX refusals_by_connection ON refusals (connection_id, id);

CREATE INDEX runs_by_sync ON runs (sync_id, id);

CREATE INDEX runs_open ON runs (sync_id, kind) WHERE sealed_at IS NULL;

CREATE INDEX syncs_by_destination ON syncs (destination_id, state);

CREATE INDEX syncs_by_source ON syncs (source_id, state);
