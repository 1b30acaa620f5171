// From `init()` on a cold page to ready, beside onnxruntime-web with the same two models.
//
// All files come over loopback from this process, so that what is left of the network is what a copy costs. Each
// start is in a browser of its own: no cache, no compiled code, and mostly a new process.

import { quartiles } from "../figures.mjs";
import { within } from "../within.mjs";

export { plots, table } from "./start-report.mjs";
export const title = "From init() to ready";

const RUNTIMES = { unstuck: "/start-ours.mjs", "onnxruntime-web": "/start-peer.mjs" };
/** The processor as it is, and as slow as in the visits. */
const THROTTLES = [1, 6];
const START_MS = 60_000;

export async function measure(browser, server, rounds) {
  const names = Object.keys(RUNTIMES);
  const measured = [];
  for (const throttle of THROTTLES) {
    const taken = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      process.stderr.write(`start: slowed ${throttle} times, round ${round + 1} of ${rounds}\n`);
      for (let i = 0; i < names.length; i += 1) {
        const name = names[(i + round) % names.length];
        taken[name].push(await one(browser, server, RUNTIMES[name], throttle));
      }
    }
    measured.push(...names.map((runtime) => ({ throttle, runtime, ms: steps(taken[runtime]) })));
  }
  return { measured };
}

async function one(browser, server, script, throttle) {
  const context = await within(30_000, "a new context", browser.newContext());
  try {
    return await within(START_MS, `a start by ${script}`, (async () => {
      const page = await context.newPage();
      await page.goto(`${server.origin}/page.html`);
      const cdp = await context.newCDPSession(page);
      await cdp.send("Emulation.setCPUThrottlingRate", { rate: throttle });
      return page.evaluate(async (script) => (await import(script)).start(), script);
    })());
  } finally {
    await within(30_000, "a page to close", context.close());
  }
}

function steps(starts) {
  return Object.fromEntries(Object.keys(starts[0]).map((step) => [step, quartiles(starts.map((start) => start[step]))]));
}
