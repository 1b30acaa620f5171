// Somebody in the shop, with a coupon that is refused: stuck, offered a way out, and answered.

import assert from "node:assert/strict";

/** Long enough for a busy machine: nothing is measured by it. */
const WITHIN_MS = 60_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One session from end to end; says where the engine ran. */
export async function visit(browser, url, { prepare, inFrame = false, says } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const errors = [];
  const lines = [];
  page.on("pageerror", (error) => isThrown(error) && errors.push(String(error)));
  page.on("console", (message) => message.text().startsWith("unstuck:") && lines.push(message.text()));
  await page.evaluateOnNewDocument(() => {
    window.refused = [];
    addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => window.refused.push(`${violatedDirective} ${blockedURI}`));
    addEventListener("unstuck:ready", () => (window.isReady = true));
    if (typeof Worker !== "function") return;
    window.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        this.addEventListener("message", () => (window.workerRan = true));
      }
    };
  });
  if (prepare) await page.evaluateOnNewDocument(prepare);
  try {
    await page.goto(url, { timeout: WITHIN_MS });
    await until(page, () => window.isReady, "the engine to be ready", lines);
    const frame = inFrame ? await (await page.waitForSelector("iframe")).contentFrame() : page;
    await getStuck(page, frame, lines);
    await shadow(page, (root) => root.querySelector(".offer button.primary").click());
    await reads(page, "A coupon is good for 30 days", lines);
    await ask(page, "did my order go through");
    await reads(page, "Your order is taken as soon as you see its number", lines);
    assert.deepEqual(errors, [], "something was thrown into the page");
    assert.equal(lines.length, says ? 1 : 0, `the console says: ${lines.join("\n")}`);
    if (says) assert.match(lines[0], says);
    if (inFrame) assert.equal(await frame.$("unstuck-widget"), null, "the frame has a bot of its own");
    return await page.evaluate(() => ({ refused: window.refused, worker: !!window.workerRan }));
  } finally {
    await context.close();
  }
}

/** Firefox tells of what the policy refuses in the same way; that is looked at apart. */
function isThrown(error) {
  return !String(error).startsWith("Error: Content-Security-Policy:");
}

/** Where the bot must stay away: at most one line says why, and the shop works. */
export async function visitAlone(browser, url, { says }) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const [errors, lines] = [[], []];
  page.on("pageerror", (error) => isThrown(error) && errors.push(String(error)));
  page.on("console", (message) => message.text().startsWith("unstuck:") && lines.push(message.text()));
  try {
    await page.goto(url, { waitUntil: "networkidle0", timeout: WITHIN_MS });
    const end = Date.now() + WITHIN_MS;
    while (says && lines.length === 0 && Date.now() < end) await pause(100);
    await pause(500);
    await page.click("form button");
    assert.equal(await page.$eval("output", (clicks) => clicks.value), "1");
    assert.deepEqual(errors, [], "something was thrown into the page");
    assert.equal(lines.length, says ? 1 : 0, lines.join("\n"));
    if (says) assert.match(lines[0], says);
  } finally {
    await context.close();
  }
}

/** Tries the same code until the bot says something. */
async function getStuck(page, frame, lines) {
  const field = await frame.waitForSelector("input[name=code]");
  for (let tries = 0; tries < 6; tries++) {
    await field.click({ count: 3 });
    await field.type("SUMMER");
    await frame.click("form button");
    await pause(1_500);
    if (await shadow(page, (root) => !!root.querySelector(".offer:not([hidden])"))) break;
  }
  await until(page, () => document.querySelector("unstuck-widget")?.shadowRoot.querySelector(".offer:not([hidden])")?.textContent.includes("That coupon keeps being refused"), "an offer", lines);
  assert.notEqual(await frame.$eval("output", (clicks) => clicks.value), "0");
}

async function ask(page, question) {
  await shadow(page, (root) => root.querySelector("textarea").focus());
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
}

function reads(page, words, lines) {
  return until(page, (sought) => document.querySelector("unstuck-widget")?.shadowRoot.querySelector(".panel")?.innerText.includes(sought), `to read “${words}”`, lines, words);
}

function shadow(page, act) {
  return page.evaluate(`(${act})(document.querySelector("unstuck-widget").shadowRoot)`);
}

async function until(page, holds, what, lines, ...args) {
  const end = Date.now() + WITHIN_MS;
  while (Date.now() < end) {
    if (await page.evaluate(holds, ...args)) return;
    await pause(100);
  }
  const chat = await page.evaluate(() => document.querySelector("unstuck-widget")?.shadowRoot.querySelector(".root").innerText);
  throw new Error(`waited in vain for ${what}; the console says: ${lines.join("; ") || "nothing"}; the widget: ${chat ?? "is not there"}`);
}
