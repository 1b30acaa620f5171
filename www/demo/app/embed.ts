// Unstuck in this wallet: one call, and the tools that the bot may use here.

import { init, type Handle, type ToolResult } from 'unstuck';
import { api, Refused, type Order } from './api.ts';
import { money, day } from './format.ts';
import { preferences, say } from './language.ts';

export const unstuck: Handle = init({
  bundle: '/bundle/',
  desk: '/',
  language: preferences.language,
  elder: preferences.elder || undefined, // Off here: what the user chose in the chat holds.
  theme: preferences.theme,
  explain: true,
  tools: {
    resend_code: () => outcome(async () => (await api.sendCode('backup'), { outcome: 'sent' })),
    look_up_order: ({ order }) => outcome(async () => told(await api.order(order || 'latest'))),
    look_up_refund: ({ order }) => outcome(async () => told(await api.refund(order || 'latest'))),
    reopen_review: () => outcome(async () => ({ outcome: (await api.reopenReview()).state })),
    retry_payment: () => outcome(async () => told(await api.retryPayment('latest'))),
  },
});

function told(order: Order): ToolResult {
  const { id, status, amount, at } = order;
  const merchant = say(order.zh, order.en);
  return { outcome: status, values: { order: id, merchant, amount: money(amount), time: day(at) } };
}

/** Only codes that the playbook's flows know get through; all else is a failure. */
async function outcome(run: () => Promise<ToolResult>): Promise<ToolResult> {
  try {
    return await run();
  } catch (error) {
    const code = error instanceof Refused ? error.code : '';
    return { outcome: { too_many: 'too_many', not_found: 'not_found', balance_low: 'declined' }[code] ?? 'failed' };
  }
}
