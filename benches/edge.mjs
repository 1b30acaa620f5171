// The edge function in workerd, timed from outside: CPU of its process for a batch of ten events, beside a handler
// that does the same encryption and JSON without an engine and one that does nothing; memory; start-up. And the
// behaviour model by itself, beside onnxruntime-web.
//
//   node edge.mjs --bundle FOLDER [--dist FOLDER] [--requests 500] [--warm 2000] [--spawns 5] [--v8 FLAGS] [--json FILE]

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { batches } from "./edge/batches.mjs";
import { report } from "./edge/report.mjs";
import { Workerd, discard, uploaded, version } from "./edge/workerd.mjs";
import { inputsOf } from "./served/inputs.mjs";
import { SHAPES } from "./served.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values: options } = parseArgs({
  options: {
    bundle: { type: "string" },
    dist: { type: "string", default: join(here, "../pkg/dist") },
    requests: { type: "string", default: "500" },
    warm: { type: "string", default: "2000" },
    spawns: { type: "string", default: "5" },
    v8: { type: "string", default: "" },
    json: { type: "string" },
  },
});
if (!options.bundle) throw new Error("say where a bundle is: --bundle FOLDER");
if (process.platform !== "linux") throw new Error("CPU is read from /proc, which only Linux has: run it there");
const [requests, warm, spawns] = [options.requests, options.warm, options.spawns].map(Number);

/** Runs of a model in one request, and before it: until then V8 compiles what is hot. */
const [RUNS, WARM_RUNS] = [200, 3_000];
const TEXT = "my card number is not accepted";
const SAID_AT = 1_763_949_600_000;
const given = { "shapes.json": JSON.stringify(SHAPES.behaviour) };
const dist = resolve(options.dist);
const folders = [dist, options.bundle, join(here, "node_modules/onnxruntime-web/dist")];
const flags = options.v8.split(" ").filter(Boolean);
const upload = (name) => uploaded(name, { dist, fileOf, flags });

const unstuck = await upload("unstuck");
const asked = await recorded(unstuck);
given["answers.json"] = JSON.stringify(asked.map(({ answer }) => answer));
const uploads = { unstuck, control: await upload("control"), empty: await upload("empty") };
const models = { unstuck: await upload("model-unstuck"), "onnxruntime-web": await upload("model-onnxruntime-web") };

process.stderr.write(`${spawns} starts, then ${warm} + ${requests} requests\n`);
const starts = await inTurn(spawns, uploads, started);
const batched = await requested();
process.stderr.write(`${warm} + ${requests} texts\n`);
const said = await texts();
process.stderr.write(`${spawns} starts of the model by itself\n`);
const inputs = inputsOf(SHAPES.behaviour).map((values) => [...values]);
const modelled = await inTurn(spawns, models, model);
[...Object.values(uploads), ...Object.values(models)].forEach(discard);

const result = {
  command: "cargo xtask bench",
  workerd: [version, ...flags].join(" "),
  requests,
  warm,
  spawns,
  bodies: asked.map(({ body }) => body.length),
  sha256: { wasm: sha256("core.simd.wasm"), model: sha256("behaviour.onnx") },
  processes: Object.keys(uploads).map((handler) => ({ handler, ...batched[handler], starts: starts[handler] })),
  texts: said,
  runtimes: Object.entries(modelled).map(([runtime, rounds]) => ({ runtime, rounds, output: rounds[0].output })),
};
console.log(report(result));
if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);

/** What is asked of each handler, and what ours says to it. */
async function recorded(folder) {
  const workerd = await Workerd.serve(folder);
  const all = await batches(workerd);
  await workerd.stop();
  return all;
}

/** From spawn to the first answer. */
async function started(folder) {
  const began = performance.now();
  const workerd = await Workerd.serve(folder);
  const listening = performance.now() - began;
  const { cpu, first, wall } = await workerd.timed("/events?batch=0", asked[0].body);
  const mb = workerd.memory().now;
  await workerd.stop();
  return { cpu, first, wall: listening + wall, mb };
}

/** All handlers asked the same, one request after the other. */
async function requested() {
  const served = await mapped(uploads, (folder) => Workerd.serve(folder));
  const all = await inTurn(1 + warm + requests, served, async (workerd, round) => {
    const nth = round % asked.length;
    const { answer, ...took } = await workerd.timed(`/events?batch=${nth}`, asked[nth].body);
    return took;
  });
  return mapped(served, async (workerd, name) => {
    const memory = workerd.memory();
    await workerd.stop();
    // The first one is a start.
    return { memory, warming: all[name].slice(1, 1 + warm), measured: all[name].slice(1 + warm) };
  });
}

/** What a user's first words cost, and the same again and again, each the first of a session. */
async function texts() {
  const workerd = await Workerd.serve(uploads.unstuck);
  await workerd.timed("/events?batch=0", asked[0].body);
  const all = [];
  for (let n = 0; n < 1 + warm + requests; n += 1) {
    const { answer, ...took } = await workerd.timed("/say", JSON.stringify({ session: `bench-say-${n}`, t: SAID_AT, text: TEXT }));
    all.push(took);
  }
  await workerd.stop();
  return { first: all[0], measured: all.slice(1 + warm) };
}

/** A model's start in a worker that is up, and runs of it. */
async function model(folder) {
  const workerd = await Workerd.serve(folder);
  const step = (path, body) => workerd.timed(path, JSON.stringify(body));
  const up = await step("/", {});
  const { answer: output, ...start } = await step("/start", { inputs });
  await step("/run", { runs: WARM_RUNS });
  const { first } = await step("/run", { runs: RUNS });
  await workerd.stop();
  return { up, start, run: { first: first / RUNS }, output };
}

/** Does this with each, round after round, a different one first each time; gives the rounds by name. */
async function inTurn(rounds, named, work) {
  const names = Object.keys(named);
  const taken = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const at = round % names.length;
    for (const name of [...names.slice(at), ...names.slice(0, at)]) taken[name].push(await work(named[name], round));
  }
  return taken;
}

async function mapped(named, work) {
  const entries = Object.entries(named).map(async ([name, each]) => [name, await work(each, name)]);
  return Object.fromEntries(await Promise.all(entries));
}

function fileOf(name) {
  if (given[name]) return given[name];
  const folder = folders.find((folder) => existsSync(join(folder, name)));
  if (!folder) throw new Error(`${name} is in none of ${folders.join(", ")}: run "cargo xtask build" first`);
  return readFileSync(join(folder, name));
}

function sha256(name) {
  return createHash("sha256").update(fileOf(name)).digest("hex");
}
