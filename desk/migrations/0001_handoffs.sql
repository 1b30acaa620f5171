-- One row a request for a human. Times are milliseconds since 1970, in UTC.
CREATE TABLE handoffs (
    key        TEXT    NOT NULL PRIMARY KEY,
    -- The context package as it was sent.
    package    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    -- Counts every change that the user is told of.
    revision   INTEGER NOT NULL,
    -- The agent who has it, or had it last; empty before.
    agent      TEXT    NOT NULL DEFAULT '',
    -- The place in the queue, from 1, while it waits.
    position   INTEGER,
    -- 1 is first.
    priority   INTEGER NOT NULL,
    asked_at   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    -- A message left, or a request missed, that someone has dealt with.
    handled    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX handoffs_by_state ON handoffs (state, priority, asked_at);

-- What the live channel carries, in order. Both sides resume from a number.
CREATE TABLE frames (
    handoff    TEXT    NOT NULL REFERENCES handoffs (key),
    seq        INTEGER NOT NULL,
    -- Who chose the message id; empty for a change of state.
    sender     TEXT    NOT NULL,
    message_id TEXT,
    body       TEXT    NOT NULL,
    PRIMARY KEY (handoff, seq),
    UNIQUE (handoff, sender, message_id)
) STRICT, WITHOUT ROWID;
