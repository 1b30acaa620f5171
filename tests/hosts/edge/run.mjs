// The edge function on every runtime that it is for: the same package, the same checks, a real desk.
//
//   UNSTUCK=target/debug/unstuck UNSTUCK_BUNDLE=target/bundle/wallet node tests/hosts/edge/run.mjs [HOST…]

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { printSizes } from "../sizes.mjs";
import { fixtureBundle } from "./bundle.mjs";
import { directEngine } from "./direct.mjs";
import { startDesk } from "./desk.mjs";
import { HOSTS, start } from "./hosts.mjs";
import { contract } from "./openapi.mjs";
import { installed, packed } from "./package-of.mjs";
import { followed } from "./readme.mjs";
import { check } from "./scenario.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { exports } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(HOSTS);
const tarball = packed(root);
const bundle = fixtureBundle(root);
const desk = await startDesk(root);
const table = [];
let failed = 0;
for (const name of names) {
  const tally = { traces: 0, inputs: 0 };
  const began = performance.now();
  const host = await start(name, { folder: installed(tarball), bundle, desk: desk.url });
  const direct = await directEngine(installed(tarball), bundle, host.wasm);
  const results = await check({ host: name, url: host.url, root, desk, direct, tally, contract: contract(root) });
  await host.stop();
  for (const { name: what, error } of results) {
    console.log(`${error ? "FAILED " : "ok     "} ${name}: ${what}${error ? `\n${error.stack.split("\n").slice(0, 12).join("\n")}` : ""}`);
  }
  const wrong = results.filter(({ error }) => error).length;
  failed += wrong;
  table.push({ host: name, version: host.version, wasm: host.wasm, checks: results.length, failed: wrong, traces: tally.traces, inputs: tally.inputs, seconds: ((performance.now() - began) / 1_000).toFixed(1) });
}
// A host that is named is tried alone.
const sections = process.argv.length > 2 ? [] : await followed({ tarball, bundle, desk: desk.url });
for (const { title, error, seconds } of sections) {
  console.log(`${error ? "FAILED " : "ok     "} README, ${title} (${seconds.toFixed(1)} s)${error ? `\n${error.stack}` : ""}`);
  failed += error ? 1 : 0;
}
await desk.stop();
console.table(table);
await printSizes(table.map(({ host, version, wasm, failed: wrong }) => ({ host, result: wrong > 0 ? "FAILED" : "ok", files: filesOf(host, wasm), note: version })));
console.log(failed === 0 ? "all edge hosts decide alike" : `${failed} checks failed`);
process.exit(failed === 0 ? 0 : 1);

/** What a function carries of the package. */
function filesOf(host, wasm) {
  const condition = host === "edge-runtime" ? "edge-light" : host;
  const names = [exports["./edge"][condition], "./dist/core_bg.js", `./dist/${wasm}`];
  return names.map((name) => ({ name: name.slice("./dist/".length), bytes: readFileSync(join(root, "pkg", name)) }));
}
