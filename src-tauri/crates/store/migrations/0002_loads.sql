-- Loads: thousands of deliveries handed in at once, whose answer comes later. A delivery in a load is being sent, with a lease that
-- no restart ends: the load is found again by its ticket.
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
CREATE INDEX loads_by_connection ON loads (connection_id);

CREATE TABLE loaded (
    delivery_id  INTEGER PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
    load_id      INTEGER NOT NULL REFERENCES loads (id) ON DELETE CASCADE,
    sent         TEXT NOT NULL               -- JSON: what settling it needs to know
) STRICT;
CREATE INDEX loaded_by_load ON loaded (load_id, delivery_id);
