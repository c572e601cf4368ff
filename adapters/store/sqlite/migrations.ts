/**
 * The tables, step by step. A step that has shipped is never edited: a change is one more step.
 * The store applies what is missing at start, all in one transaction.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE aggregate (
    collection TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (collection, id)
  ) STRICT;

  CREATE TABLE unique_key (
    collection TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (collection, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX unique_key_by_id ON unique_key (collection, id);

  CREATE TABLE index_value (
    collection TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (collection, name, value, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX index_value_by_id ON index_value (collection, id);

  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    collection TEXT NOT NULL, aggregate_id TEXT NOT NULL, version INTEGER NOT NULL,
    type TEXT NOT NULL, data TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0, lease TEXT, lease_until INTEGER NOT NULL DEFAULT 0, settled INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX outbox_open ON outbox (position) WHERE settled = 0;

  CREATE TABLE log_entry (
    log TEXT NOT NULL, sequence INTEGER NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (log, sequence), UNIQUE (log, id)
  ) STRICT;
  `,
  `
  ALTER TABLE log_entry ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE log_term (
    term TEXT NOT NULL, newest INTEGER NOT NULL, log TEXT NOT NULL, sequence INTEGER NOT NULL,
    PRIMARY KEY (term, newest, log, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX log_term_by_entry ON log_term (log, sequence);

  CREATE INDEX outbox_open_by_type ON outbox (type, position) WHERE settled = 0;
  DROP INDEX outbox_open;
  `,
  `
  CREATE TABLE index_count (
    collection TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (collection, name, value)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO index_count SELECT collection, name, value, count(*) FROM index_value GROUP BY collection, name, value;

  CREATE TRIGGER index_value_added AFTER INSERT ON index_value BEGIN
    INSERT INTO index_count VALUES (new.collection, new.name, new.value, 1)
    ON CONFLICT (collection, name, value) DO UPDATE SET n = n + 1;
  END;
  CREATE TRIGGER index_value_dropped AFTER DELETE ON index_value BEGIN
    UPDATE index_count SET n = n - 1 WHERE collection = old.collection AND name = old.name AND value = old.value;
    DELETE FROM index_count WHERE collection = old.collection AND name = old.name AND value = old.value AND n = 0;
  END;
  `,
];
