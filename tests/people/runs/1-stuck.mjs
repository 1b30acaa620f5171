// Eight people get stuck in eight ways, and each gets the right offer before they ask.

import { Person } from "../person.mjs";
import { SHORT, fillIdentity, isOfferedAtDeadButton, plant, toCardNumber, toCashier, toIdentity, toOrder, toVerify } from "../ways.mjs";

/** Retypes a card number that stays a digit short. */
async function mistypesTheCard({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await toCardNumber(person);
  await person.triesUntilOffered(3, async (n) => {
    await person.type("bind.number.card", SHORT.slice(n));
    await person.pause(1_200);
    await person.tap("bind.number.next");
    await person.pause(3_000);
  });
  await person.isOffered("bind.number.rejected");
  await person.acceptOffer();
  await person.reads(/card number|16/i);
  await person.leaves();
}

/** The bank does not allow this card, however often it is sent. */
async function hasACardThatIsNotAllowed({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await plant(person, "card_rejected");
  await toCardNumber(person);
  await person.tap("bind.number.scan");
  await person.triesUntilOffered(3, async () => {
    await person.tap("bind.number.next");
    await person.pause(4_000);
  });
  await person.isOffered("bind.number.declined");
  await person.leaves();
}

/** The reserved phone number is not the one they think it is. */
async function doesNotKnowTheWord({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "unclear_word");
  await toIdentity(person);
  await fillIdentity(person);
  await person.triesUntilOffered(4, async (n) => {
    await person.tap("bind.identity.phone.hint");
    await person.pause(2_000);
    await person.type("bind.identity.phone", `1390000111${n}`);
    await person.tap("bind.identity.next");
    await person.pause(3_500);
  });
  await person.isOffered("bind.identity.phone");
  await person.leaves();
}

/** The code by text message never comes. */
async function waitsForACode({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "no_code");
  await toVerify(person);
  await person.pause(24_000);
  await person.tap("bind.verify.resend");
  await person.isOffered("bind.verify.no_code", 90_000);
  await person.leaves();
}

/** "Continue" does nothing. */
async function tapsADeadButton({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await isOfferedAtDeadButton(person);
  await person.leaves();
}

/** The shop's payment service fails. */
async function paysAtAFailingShop({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "merchant_down");
  await toCashier(person);
  await person.triesUntilOffered(3, async () => {
    await person.pause(2_000);
    await person.tap("pay.cashier.submit");
    await person.pause(3_000);
  });
  await person.isOffered("pay.cashier.merchant");
  await person.leaves();
}

/** The order loads and loads. */
async function looksAtASpinner({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await plant(person, "slow");
  await toOrder(person);
  await person.pause(4_000);
  await person.isOffered("pay.order.slow", 40_000);
  await person.leaves();
}

/** Searches for the limit, and finds nothing. */
async function searchesInVain({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await plant(person, "empty_search");
  await person.tap("home.search");
  await person.arrives("/search");
  const words = ["限额", "转账限额", "每天能转多少", "额度"];
  await person.triesUntilOffered(words.length, async (n) => {
    await person.type("search.field", words[n]);
    await person.pause(5_000);
  });
  await person.isOffered("lookup.search.limit");
  await person.acceptOffer();
  for (const target of ["top.back", "tab.me", "me.limits"]) {
    await person.isLedTo(target);
    await person.tap(target);
  }
  await person.arrives("/settings/limits");
  await person.leaves();
}

export default {
  "stuck: mistypes the card": mistypesTheCard,
  "stuck: has a card that is not allowed": hasACardThatIsNotAllowed,
  "stuck: does not know the word": doesNotKnowTheWord,
  "stuck: waits for a code": waitsForACode,
  "stuck: taps a dead button": tapsADeadButton,
  "stuck: pays at a failing shop": paysAtAFailingShop,
  "stuck: looks at a spinner": looksAtASpinner,
  "stuck: searches in vain": searchesInVain,
};
