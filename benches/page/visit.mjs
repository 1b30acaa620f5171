// One visit by real input: money that is not sent because a button is dead, then a card, an order and a search. It
// is the same at every site, and touches nothing of ours.

import { setTimeout as sleep } from "node:timers/promises";

/** Between two movements, in ms. */
const BEAT = 300;
/** Between two taps on a button that does nothing. */
const PUZZLED = 1_200;
const BETWEEN_KEYS = 40;

/** From the first tap to the last; the page stands at the wallet's first screen. */
export async function visit(page) {
  const el = (id) => page.locator(`[data-unstuck="${id}"]`).first();
  const tap = async (id, pause = BEAT) => {
    await el(id).click();
    await sleep(pause);
  };
  const type = async (id, text) => {
    await el(id).click();
    await el(id).pressSequentially(text, { delay: BETWEEN_KEYS });
    await sleep(BEAT);
  };

  await tap("home.hide");
  await tap("home.send");
  await tap("send.payee.pick");
  await type("send.amount.value", "88");
  await type("send.amount.note", "dinner");
  for (let n = 0; n < 3; n += 1) await tap("send.amount.next", PUZZLED);
  await tap("top.back");
  await tap("top.back");
  await tap("home.bind");
  await type("bind.number.card", "6222020200112233446");
  await tap("bind.number.next", 2 * BEAT);
  await type("bind.identity.holder", "Lin Yi");
  await tap("top.back");
  await tap("top.back");
  await tap("home.orders");
  await tap("tab.home");
  await tap("home.search");
  await type("search.field", "refund");
  await sleep(2 * BEAT);
}
