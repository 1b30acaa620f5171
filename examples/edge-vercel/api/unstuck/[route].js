// The engine on Vercel's Edge runtime.

import { createHandler } from 'unstuck/edge';

export const config = { runtime: 'edge' };

export default createHandler({
  // Served by the same deployment, from public/bundle/: models would not fit into the function.
  bundle: process.env.UNSTUCK_BUNDLE ?? `https://${process.env.VERCEL_URL}/bundle/`,
  secret: process.env.UNSTUCK_SECRET,
  handoff: process.env.DESK,
  base: '/api/unstuck/',
  cors: ['http://localhost:3000'],
});
