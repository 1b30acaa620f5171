// What a visit feels like with and without us, on a processor six times as slow.
//
// Of each visit web-vitals says the INP, and the browser the tasks of 50 ms or more on the main thread, and in frames
// that took as long which script was called how long. Whose all of a task is, is read from a profile, in visits of
// their own: a profile takes time itself, so that their INP does not count.

import { setTimeout as sleep } from "node:timers/promises";

import { within } from "../within.mjs";
import { wallet } from "./wallet.mjs";
import { ownTimes, startProfile } from "./profile.mjs";
import { SITES, visitor } from "./sites.mjs";
import { visit } from "./visit.mjs";

export { plots, table } from "./visits-report.mjs";
export const title = "A visit with and without us";

const THROTTLE = 6;
/** Of so many rounds one has visits with a profile too. */
const PROFILED = 5;
const VISIT_MS = 120_000;

export async function measure(browser, server, rounds) {
  return wallet(async (origin) => ({ throttle: THROTTLE, ...(await visits(browser, origin, rounds)) }));
}

/** For each site what each of its visits gave; the sites take turns. */
async function visits(browser, origin, rounds) {
  const names = Object.keys(SITES);
  const taken = Object.fromEntries(names.map((name) => [name, []]));
  const profiled = Object.fromEntries(names.filter((name) => SITES[name].own).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    process.stderr.write(`visits: round ${round + 1} of ${rounds}\n`);
    for (let i = 0; i < names.length; i += 1) {
      const name = names[(i + round) % names.length];
      taken[name].push(await one(browser, origin, name, false));
    }
    if (round % PROFILED !== 0) continue;
    for (const [name, all] of Object.entries(profiled)) all.push(await one(browser, origin, name, true));
  }
  return { taken, profiled };
}

async function one(browser, origin, site, profiling) {
  const { context, page, cdp } = await within(30_000, "a new page", visitor(browser, origin, site, watch));
  try {
    return await within(VISIT_MS, `a visit to the site "${site}"`, measured(context, page, cdp, origin, site, profiling));
  } finally {
    await within(30_000, "a page to close", context.close());
  }
}

async function measured(context, page, cdp, origin, site, profiling) {
  const planted = await context.request.post(`${origin}/api/trouble`, { data: { dead_button: true } });
  if (!planted.ok()) throw new Error(`the dead button could not be planted: ${planted.status()}`);
  await page.goto(`${origin}/icon.svg`); // The process that the profile is of is there before it begins.
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  const stopProfile = profiling ? await startProfile(cdp) : undefined;
  await page.goto(`${origin}/`);
  await page.locator('[data-unstuck="home.send"]').waitFor();
  await sleep(1_000);
  await visit(page);
  const seen = await page.evaluate(() => window.seen);
  if (site === "unstuck" && !seen.ready) throw new Error("Unstuck was not ready when the visit ended, so nothing of it was measured");
  const tasks = stopProfile ? ownTimes(await stopProfile(), seen.tasks, SITES[site].own) : seen.tasks;
  const called = seen.scripts.filter(({ url }) => SITES[site].own?.test(url)).map(({ ms }) => ms);
  return { ...seen, tasks, called };
}

/** Runs in the page before all else. */
function watch() {
  if (location.pathname !== "/") return;
  const seen = (window.seen = { inp: undefined, tasks: [], scripts: [], interactions: 0, ready: false, offers: 0 });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ at: startTime, ms: duration });
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    const called = list.getEntries().flatMap(({ scripts }) => scripts);
    seen.scripts.push(...called.map(({ sourceURL, duration }) => ({ url: sourceURL, ms: duration })));
  }).observe({ type: "long-animation-frame", buffered: true });
  webVitals.onINP(({ value }) => (seen.inp = value), { reportAllChanges: true, durationThreshold: 16 });
  addEventListener("unstuck:ready", () => (seen.ready = true));
  addEventListener("unstuck:explain", ({ detail }) => (seen.offers += detail.output.actions.filter((action) => action.do === "suggest").length));
  for (const type of ["click", "keydown"]) addEventListener(type, () => (seen.interactions = performance.interactionCount ?? 0), { capture: true, passive: true });
}
