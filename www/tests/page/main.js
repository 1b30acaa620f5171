import { init } from '/pkg/unstuck.js';

const asked = new URLSearchParams(location.search);
window.initUnstuck = init;
window.told = [];
performance.mark('init');
addEventListener('unstuck:explain', ({ detail }) => window.told.push(detail.input));
window.unstuck = init({
  bundle: '/bundle/',
  remote: asked.has('remote') ? '/edge/' : undefined,
  desk: asked.get('desk') === 'no' ? undefined : '/',
  explain: true,
  language: asked.get('lang') ?? undefined,
  theme: asked.get('theme') ?? undefined,
  elder: asked.has('elder') || undefined,
  consent: asked.get('consent') ?? undefined,
  user: asked.get('user') ?? undefined,
  checkEvery: Number(asked.get('check') ?? 600),
  tools: { resend_code: async (args) => ({ outcome: 'sent', values: { to: args.phone } }) },
  beforeSend: (item) => (window.keep?.(item) ? null : item),
});
