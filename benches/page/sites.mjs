// The demo wallet as one site without us, one with Unstuck, and one with posthog-js in our place. All are served
// by the same server, and the files that differ in the same way, so that only what they are differs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
export const POSTHOG = join(here, "../node_modules/posthog-js/dist/array.js");
const VITALS = readFileSync(join(here, "../node_modules/web-vitals/dist/web-vitals.iife.js"), "utf8");
const PACKAGE = join(here, "../../pkg/dist");

const SENSOR_TAG = '<script src="/pkg/sensor.js"></script>';
/** The wallet calls a few functions of the handle: without us they do nothing. */
const ABSENT = "export const init = () => new Proxy({}, { get: () => () => undefined });";
/** What its snippet does, without the snippet's own text: the wallet's policy forbids scripts in the page. */
const POSTHOG_START = `const script = document.createElement("script");
script.async = true;
script.src = "/posthog/static/array.js";
script.onload = () => posthog.init("phc_bench", { api_host: location.origin + "/posthog", defaults: "2025-05-24", disable_session_recording: true });
document.head.append(script);`;
/** What PostHog's server says of a project in which all but capturing is off. */
const POSTHOG_ANSWER = JSON.stringify({ supportedCompression: ["gzip-js"], sessionRecording: false, surveys: false, heatmaps: false, hasFeatureFlags: false, featureFlags: {}, flags: {}, status: 1 });

/** One who is not held out, and the same on every run. */
const USER = "person-not-held-out";

/** Which scripts are a site's own, by URL. */
export const SITES = {
  "without us": { own: undefined },
  unstuck: { own: /\/pkg\// },
  "posthog-js": { own: /\/posthog\// },
};

/** A browser of its own at one site. `before` runs in each page before anything else. */
export async function visitor(browser, origin, site, before) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const replaced = await filesOf(origin, site);
  await context.route(
    ({ pathname }) => pathname in replaced || pathname.startsWith("/posthog/"),
    (route) => route.fulfill(replaced[new URL(route.request().url()).pathname] ?? { contentType: "application/json", body: POSTHOG_ANSWER }),
  );
  await context.addInitScript({ content: `${VITALS}\nwindow.webVitals = webVitals;` });
  await context.addInitScript((user) => localStorage.setItem("unstuck:user", JSON.stringify(user)), USER);
  await context.addInitScript(before);
  return { context, page, cdp: await context.newCDPSession(page) };
}

async function filesOf(origin, site) {
  const html = await (await fetch(`${origin}/`)).text();
  if (!html.includes(SENSOR_TAG)) throw new Error(`the wallet's page has no ${SENSOR_TAG}: say in benches/page/sites.mjs how the sensor is loaded`);
  const script = (body) => ({ contentType: "text/javascript", body });
  const page = (html) => ({ contentType: "text/html", body: html });
  const unstuck = readFileSync(join(PACKAGE, "unstuck.js"), "utf8");
  return {
    "without us": { "/": page(html.replace(SENSOR_TAG, "")), "/pkg/unstuck.js": script(ABSENT) },
    unstuck: { "/": page(html), "/pkg/unstuck.js": script(unstuck) },
    "posthog-js": {
      "/": page(html.replace(SENSOR_TAG, '<script src="/posthog/start.js"></script>')),
      "/pkg/unstuck.js": script(ABSENT),
      "/posthog/start.js": script(POSTHOG_START),
      "/posthog/static/array.js": script(readFileSync(POSTHOG, "utf8")),
    },
  }[site];
}
