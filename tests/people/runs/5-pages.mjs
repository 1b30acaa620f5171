// Many pages, real time, and a page that works without us.

import assert from "node:assert/strict";

import { Person } from "../person.mjs";
import { isOfferedAtDeadButton } from "../ways.mjs";

/** A busy machine must still be back while a page is read; docs and notes say what an idle one takes. */
const BACK_MAX_MS = 5_000;

/** From document to document: the session goes on, and the engine is back soon. */
async function goesFromPageToPage({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { clock: false });
  await person.asks("where can i see my transfer limit");
  const before = await person.sessionId();
  await person.page.waitForTimeout(2_000);
  await person.page.goto(`${origin}/help`);
  await person.ready();
  assert.equal(await person.sessionId(), before, "another session on the next page");
  await person.openChat();
  await person.reads(/limit/i);
  const back = await person.page.evaluate(() => performance.getEntriesByName("unstuck:engine")[0]?.duration);
  console.log(`        the engine was back ${back?.toFixed(0)} ms after it was asked for`);
  assert.ok(back < BACK_MAX_MS, `the engine took ${back} ms to be back`);
  await person.leaves();
}

/** Everything in real time: no clock of the test's. */
async function isStuckInRealTime({ browser, origin }) {
  const person = await Person.arrive(browser, origin, { clock: false });
  await isOfferedAtDeadButton(person);
  await person.leaves();
}

/** The engine cannot load: the wallet works, and the console says one line. */
async function worksWithoutUs({ browser, origin }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
  await context.route(/\/core(\.simd)?\.wasm$/, (route) => route.abort());
  const page = await context.newPage();
  const lines = [];
  const errors = [];
  page.on("console", (message) => message.text().startsWith("unstuck:") && lines.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(origin);
  await page.locator('[data-unstuck="home.send"]').click();
  await page.locator('[data-unstuck="send.payee.pick"]').first().click();
  await page.waitForURL("**/send/amount");
  await page.waitForTimeout(4_000);
  assert.deepEqual(errors, [], "the page threw");
  assert.equal(lines.length, 1, `one line in the console, not: ${lines.join(" | ")}`);
  await context.close();
}

export default {
  "pages: from document to document": goesFromPageToPage,
  "real time: taps a dead button": isStuckInRealTime,
  "without us: the engine cannot load": worksWithoutUs,
};
