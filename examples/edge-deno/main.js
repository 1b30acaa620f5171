// The engine on Deno.

import { createHandler } from 'unstuck/edge';
import { kvStore } from './store.js';

const handler = createHandler({
  bundle: new URL('./bundle/', import.meta.url),
  secret: Deno.env.get('UNSTUCK_SECRET'),
  handoff: Deno.env.get('DESK'),
  store: kvStore(await Deno.openKv('sessions.kv')), // Leave it out, and a replay is harmless instead of refused.
  cors: ['http://localhost:3000'],
});

await handler.ready();
export default { fetch: handler };
