// People in a real Chromium, at the real demo, with the real engine and the real desk.
//
//   cargo xtask test --only people        all of them
//   cargo xtask test --only people -- …   is not needed: name one by PERSON="a part of its name"

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { startServer } from "./server.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const { chromium } = createRequire(join(root, "www/package.json"))("playwright-core");

const server = await startServer(root);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
});
const runs = [];
for (const file of readdirSync(join(here, "runs")).sort()) {
  const { default: people } = await import(pathToFileURL(join(here, "runs", file)).href);
  runs.push(...Object.entries(people).map(([name, act]) => ({ name, act })));
}

let passed = 0;
const failed = [];
for (const { name, act } of runs.filter(({ name }) => name.includes(process.env.PERSON ?? ""))) {
  const start = Date.now();
  try {
    await act({ browser, server, origin: server.origin });
    passed += 1;
    console.log(`ok      ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed.push(name);
    console.log(`FAILED  ${name}\n        ${String(error.stack ?? error).split("\n").join("\n        ")}`);
  } finally {
    for (const context of browser.contexts()) await context.close();
  }
}
await browser.close();
await server.stop();
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 || passed === 0 ? 1 : 0);
