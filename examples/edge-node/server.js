// The engine behind HTTP, on Node.

import { serve } from '@hono/node-server';
import { createHandler } from 'unstuck/edge';
import { sqliteStore } from './store.js';

const { UNSTUCK_SECRET, DESK, PORT = '8787' } = process.env;

const handler = createHandler({
  bundle: new URL('./bundle/', import.meta.url),
  secret: UNSTUCK_SECRET,
  handoff: DESK,
  store: sqliteStore('sessions.db'), // Leave it out, and a replayed request is harmless instead of refused.
  cors: ['http://localhost:3000'],
});

await handler.ready();
serve({ fetch: handler, port: Number(PORT) }, ({ port }) => console.log(`http://localhost:${port}/health`));
