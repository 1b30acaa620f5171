// People who say no, who ask, and who ask for what nobody here can answer.

import assert from "node:assert/strict";

import { Person } from "../person.mjs";
import { isOfferedAtDeadButton, tapsTheDeadButton, toDeadButton } from "../ways.mjs";

/** Is offered help at a dead button, in this visit or the next. */
async function tapsInVain(person) {
  await person.go("/");
  await toDeadButton(person);
  for (let n = 0; n < 3; n += 1) await tapsTheDeadButton(person);
  await person.pause(20_000);
}

/** Sends the offer away, and is left alone: on this visit and on the next. */
async function declines({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await isOfferedAtDeadButton(person);
  await person.declineOffer();
  const before = (await person.offers()).length;
  await tapsInVain(person);
  assert.equal((await person.offers()).length, 0, "offered again on the same visit, after going on");
  assert.equal(before, 1);
  await person.page.close();
  await person.open("/");
  await tapsInVain(person);
  await person.isLeftAlone();
  assert.match(JSON.stringify(await person.reasons()), /declined_before/, "the silence does not say why");
  await person.leaves();
}

async function asksInChinese({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await person.asks("验证码一直收不到怎么办");
  await person.reads(/验证码/);
  assert.equal(await person.lastTop(), "bind.verify.no_code");
  await person.leaves();
}

async function asksInEnglish({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await person.asks("where can i see my transfer limit");
  assert.match(await person.lastTop(), /limit/);
  await person.leaves();
}

/** The bot does not know, says so, and names the ways on. */
async function asksForSomethingElse({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await person.asks("what is the tallest mountain in Peru");
  const [last] = (await person.actions()).filter((a) => a.do === "say" || a.do === "ask").slice(-1);
  assert.match(JSON.stringify(last.reasons), /out_of_scope/, JSON.stringify(last));
  await person.leaves();
}

/** Typed in the wrong language for the page, and still understood. */
async function asksInTheOtherLanguage({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await person.asks("付款码在哪里");
  assert.equal(await person.lastTop(), "pay.choose.code");
  await person.leaves();
}

export default {
  "says no: is left alone, next visit too": declines,
  "asks: in Chinese": asksInChinese,
  "asks: in English": asksInEnglish,
  "asks: in Chinese on an English page": asksInTheOtherLanguage,
  "asks: something out of scope": asksForSomethingElse,
};
