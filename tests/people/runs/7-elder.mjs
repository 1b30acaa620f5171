// People who want larger text, plainer words and a human sooner.

import assert from "node:assert/strict";

import { Agent } from "../agent.mjs";
import { Person } from "../person.mjs";
import { isOfferedAtDeadButton } from "../ways.mjs";

const LARGER = { en: "Larger text, plainer words", zh: "大字、简明的话" };

/** Opens the chat and turns elder mode on, with the keyboard only. */
async function turnsItOn(person) {
  const focused = () => person.page.evaluate(() => document.querySelector("unstuck-widget").shadowRoot.activeElement?.ariaLabel);
  await person.widget().locator(".launcher").focus();
  await person.page.keyboard.press("Enter");
  await person.widget().locator(".panel").waitFor({ state: "visible" });
  for (let n = 0; n < 12 && (await focused()) !== LARGER[person.language]; n += 1) await person.page.keyboard.press("Shift+Tab");
  await person.page.keyboard.press("Space");
  await isElder(person);
  await person.page.keyboard.press("Escape");
  await person.beat();
}

async function isElder(person) {
  await person.until(() => person.widget().locator(".root.elder").count(), "for elder mode");
}

/** Is offered the way out in plain words, on this visit and, because it is remembered, on the next. */
async function wantsPlainWords({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { language: "zh" });
  await turnsItOn(person);
  await isOfferedAtDeadButton(person);
  const [offer] = await person.offers();
  assert.match(offer.text, /不是您的错/);
  assert.equal(offer.accept, "教我怎么做");
  await person.acceptOffer();
  await person.reads(/请照下面的话做/);
  await person.reads(/点左上角的返回/);
  await person.widget().locator(".choices button", { hasText: "找真人客服" }).last().waitFor();
  await person.page.close();
  await person.open("/");
  await isElder(person);
  await person.asks("转账限额是多少");
  await person.reads(/一次最多转 5,000 元/);
  await person.leaves();
}

/** Two questions in vain, and a human is there, who knows whom they talk to. */
async function isBroughtAHumanSooner({ browser, origin }) {
  const agent = await Agent.sitsDown(browser, origin);
  const person = await Person.arrive(browser, origin, { clock: false });
  await turnsItOn(person);
  await person.asks("what is the tallest mountain in Peru");
  assert.equal((await person.actions("hand_off")).length, 0, "a human after one question");
  await person.asks("how many moons does Jupiter have");
  const [offered] = await person.actions("hand_off");
  assert.deepEqual(offered?.reasons.map(({ code }) => code), ["not_resolved", "elder_mode"]);
  await person.consents();
  const { package: context } = await agent.facts(await agent.waiting(await person.sessionId()));
  assert.deepEqual(context.preferences, ["elder_mode"]);
  await person.leaves();
  await agent.leaves();
}

/** Else it takes three. */
async function isPatient({ browser, origin }) {
  const person = await Person.arrive(browser, origin);
  await person.asks("what is the tallest mountain in Peru");
  await person.asks("how many moons does Jupiter have");
  assert.equal((await person.actions("hand_off")).length, 0);
  await person.leaves();
}

export default {
  "elder: plain words by the keyboard, remembered": wantsPlainWords,
  "elder: a human after two questions in vain": isBroughtAHumanSooner,
  "elder: who is none is asked once more": isPatient,
};
