// A store in SQLite: one statement compares and swaps.

import Database from 'libsql';

export function sqliteStore(file) {
  const db = new Database(file);
  db.exec('CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER NOT NULL)');
  const get = db.prepare('SELECT value FROM sessions WHERE key = ? AND expires > ?');
  const forget = db.prepare('DELETE FROM sessions WHERE expires <= ?');
  const begin = db.prepare('INSERT INTO sessions (key, value, expires) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const swap = db.prepare('UPDATE sessions SET value = ?, expires = ? WHERE key = ? AND value = ?');
  return {
    get: async (key) => get.get(key, Date.now())?.value ?? null,
    putIf: async (key, expected, value, expires) => {
      forget.run(Date.now());
      const done = expected === null ? begin.run(key, value, expires) : swap.run(value, expires, key, expected);
      return done.changes === 1;
    },
  };
}
