// The engine on Cloudflare Workers.

import { env } from 'cloudflare:workers';
import { createHandler } from 'unstuck/edge';
import manifest from '../bundle/manifest.json';
import playbook from '../bundle/playbook.json';
import behaviour from '../bundle/behaviour.onnx';
import intents from '../bundle/intents.onnx';
import { durableStore } from './store.js';

export { Session } from './store.js';

const handler = createHandler({
  bundle: { 'manifest.json': manifest, 'playbook.json': playbook, 'behaviour.onnx': behaviour, 'intents.onnx': intents },
  secret: env.UNSTUCK_SECRET,
  handoff: env.DESK,
  store: durableStore(env.SESSIONS), // Leave it out, and a replayed request is harmless instead of refused.
  cors: ['http://localhost:3000'],
});

export default { fetch: handler };
