// What the app knows: loaded from the API, and what the user is in the middle of.

import { api, type Card, type Document, type Me, type Order } from './api.ts';

/** Remote configuration, as it comes by the inbox. */
export interface Flags {
  explain_phone: boolean;
  date_stepper: boolean;
  broken_continue: boolean;
  camera_blocked: boolean;
  transfer_limit: number;
}

interface Draft {
  /** The card being added. */
  card: { bank: string; lastFour: string };
  /** The transfer being made. */
  transfer: { to: string; name: string; account: string; amount: number; note: string };
  /** The payment being made. */
  payment: { quantity: number; order: string };
  /** The identity being verified. */
  identity: { document: Document };
}

const emptyDraft = (): Draft => ({
  card: { bank: '', lastFour: '' },
  transfer: { to: '', name: '', account: '', amount: 0, note: '' },
  payment: { quantity: 1, order: '' },
  identity: { document: 'id_card' },
});

const KEY = 'wallet.draft';

export const store = {
  me: undefined as Me | undefined,
  cards: undefined as Card[] | undefined,
  orders: undefined as Order[] | undefined,
  flags: { explain_phone: true, date_stepper: false, broken_continue: false, camera_blocked: false, transfer_limit: 500_000 } as Flags,
  draft: restored(),
};

function restored(): Draft {
  try {
    return { ...emptyDraft(), ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Draft>) };
  } catch {
    return emptyDraft();
  }
}

/** Keeps what the user is in the middle of over a reload. No card number and no ID is in it. */
export function keepDraft(): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(store.draft));
  } catch {
    // Without storage, a reload starts over.
  }
}

/** Loads what several screens show; what fails stays as it was. */
export async function load(...what: ('me' | 'cards' | 'orders')[]): Promise<void> {
  await Promise.allSettled(
    what.map(async (name) => {
      if (name === 'me') store.me = await api.me();
      if (name === 'cards') store.cards = await api.cards();
      if (name === 'orders') store.orders = await api.orders();
    }),
  );
}
