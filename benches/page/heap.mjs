// What memory the page holds after 500 events and after 5,000, by real input in one page that is never left.
//
// All that is tapped lies at the top of the screen, where no offer of ours can cover it.

import { within } from "../within.mjs";
import { SITES, visitor } from "./sites.mjs";
import { wallet } from "./wallet.mjs";

export { plots, table } from "./heap-report.mjs";
export const title = "Memory of a long session";

const AGES = [500, 5_000];
/** Events come within this many turns, or something is wrong. */
const PATIENCE = 20;
const TURN_MS = 60_000;
const TAPS = 20;

export async function measure(browser) {
  return wallet(async (origin) => {
    // Ours comes first: at the other sites nothing counts events, so they take as many turns.
    const { unstuck, ...others } = SITES;
    const ours = await session(browser, origin, "unstuck", untilEvents);
    const turns = ours.map(({ turns }) => turns);
    const sessions = { unstuck: ours };
    for (const site of Object.keys(others)) sessions[site] = await session(browser, origin, site, untilTurns(turns));
    return { ages: AGES, sessions };
  });
}

/** The memory at each age. `arrive` takes turns until an age is reached, and says how many there were so far. */
async function session(browser, origin, site, arrive) {
  const { context, page, cdp } = await within(30_000, "a new page", visitor(browser, origin, site, count));
  try {
    const worker = followWorker(cdp);
    await page.goto(`${origin}/`);
    if (site === "unstuck") await within(30_000, "Unstuck to be ready", page.waitForFunction(() => window.ready));
    const step = { page, turns: 0, places: await placesOn(page) };
    const taken = [];
    for (const age of AGES) {
      await arrive(step, age);
      process.stderr.write(`heap: ${site} after ${age} events, ${step.turns} turns\n`);
      taken.push({ age, turns: step.turns, page: await heapOf((method) => cdp.send(method)), worker: await worker.memory() });
    }
    return taken;
  } finally {
    await within(30_000, "a page to close", context.close());
  }
}

async function untilEvents(step, age) {
  let before = 0;
  for (let idle = 0; ; ) {
    const events = await within(TURN_MS, "the count of events", step.page.evaluate(() => window.events));
    if (events >= age) return;
    idle = events > before ? 0 : idle + 1;
    if (idle === PATIENCE) throw new Error(`after ${events} events no more came in ${PATIENCE} turns`);
    before = events;
    await turn(step);
  }
}

function untilTurns(turns) {
  return async (step, age) => {
    while (step.turns < turns[AGES.indexOf(age)]) await turn(step);
  };
}

/** Hides and shows the balance, looks for something, and comes back: by the mouse alone, which waits for nothing. */
async function turn(step) {
  step.turns += 1;
  const { page, places } = step;
  const tap = ({ x, y }) => page.mouse.click(x, y);
  await within(TURN_MS, `the ${step.turns}th turn`, (async () => {
    for (let n = 0; n < TAPS; n += 1) await tap(places.hide);
    await tap(places.search);
    await page.locator('[data-unstuck="search.field"]').click();
    await page.keyboard.type("refund");
    await page.locator('[data-unstuck="top.back"]').click();
    await page.locator('[data-unstuck="home.hide"]').waitFor();
  })());
}

async function placesOn(page) {
  const middle = async (id) => {
    const { x, y, width, height } = await page.locator(`[data-unstuck="${id}"]`).boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  };
  return { hide: await middle("home.hide"), search: await middle("home.search") };
}

/** Used bytes of a heap after all garbage is collected. */
async function heapOf(send) {
  for (let n = 0; n < 2; n += 1) await within(30_000, "garbage to be collected", send("HeapProfiler.collectGarbage"));
  const { usedSize, backingStorageSize } = await within(30_000, "the size of the heap", send("Runtime.getHeapUsage"));
  return { used: usedSize, backing: backingStorageSize };
}

/** The heap of the page's worker, once it has one: asked through the page, whose child it is. */
function followWorker(cdp) {
  let worker;
  const waiting = new Map();
  cdp.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => targetInfo.type === "worker" && (worker = sessionId));
  cdp.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result);
  });
  const attached = cdp.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  attached.catch(() => undefined);
  let next = 1;
  const send = (method, params = {}) =>
    new Promise((resolve) => {
      waiting.set(next, resolve);
      cdp.send("Target.sendMessageToTarget", { sessionId: worker, message: JSON.stringify({ id: next++, method, params }) });
    });
  return { memory: async () => (worker ? { ...(await heapOf(send)), linear: await linearOf(send) } : undefined) };
}

/** Bytes of all of Wasm's memories that are alive. */
async function linearOf(send) {
  const ask = (method, params) => within(30_000, "the worker's Wasm memory", send(method, params));
  const { result } = await ask("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await ask("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const sum = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }";
  return (await ask("Runtime.callFunctionOn", { objectId: objects.objectId, functionDeclaration: sum, returnByValue: true })).result.value;
}

/** Runs in the page before all else. */
function count() {
  window.events = 0;
  addEventListener("unstuck:ready", () => (window.ready = true));
  addEventListener("unstuck:explain", ({ detail }) => (window.events += detail.input.input === "event" ? 1 : 0));
}
