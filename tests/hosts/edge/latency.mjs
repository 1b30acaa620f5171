// What ten events cost on workerd, with the bundle that ships: time on the wire and the process's CPU.
// A report, not a gate.
//
//   UNSTUCK_BUNDLE=target/bundle/wallet node tests/hosts/edge/latency.mjs [--json]

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Client } from "./client.mjs";
import { start } from "./hosts.mjs";
import { installed, packed } from "./package-of.mjs";

const SESSIONS = 40;
const BATCH = 10;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const unchecked = { answer() {}, request() {} };
const ticks = Number(execFileSync("getconf", ["CLK_TCK"]));

const host = await start("workerd", { folder: installed(packed(root)), bundle: process.env.UNSTUCK_BUNDLE, desk: "http://127.0.0.1:9/" });
const pid = workerdOf(process.pid);
const { inputs } = JSON.parse(readFileSync(join(root, "tests/golden/01-rejected-accepted-en.json"), "utf8"));
const events = inputs.filter(({ input }) => input === "event").slice(0, 2 * BATCH);
const session = (n) => new Client(host.url, "quiet", `latency-${n}-${Date.now()}`, unchecked, { user: `user-${n}` });

const cold = await timed(() => session("cold").events(events.slice(0, BATCH)));
const firstText = await timed(() => session("text").say(events[0].t, "my card number is not accepted"));
await batches(10); // V8 takes its time to compile what is hot.
const before = cpu(pid);
const times = (await batches(SESSIONS)).sort((a, b) => a - b);
// Each session is two requests of ten events, and the second one is timed.
const used = ((cpu(pid) - before) / ticks / (2 * times.length)) * 1_000;
const texts = [];
for (let n = 0; n < SESSIONS; n += 1) texts.push(await timed(() => session(`say-${n}`).say(events[0].t, "my card number is not accepted")));
texts.sort((a, b) => a - b);
const last = session("size");
await last.events(events.slice(0, BATCH));
const { body } = await last.events(events.slice(BATCH));
await host.stop();

const at = (sorted, share) => Number(sorted[Math.floor(share * (sorted.length - 1))].toFixed(1));
const report = {
  workerd: host.version,
  bundle: JSON.parse(readFileSync(join(process.env.UNSTUCK_BUNDLE, "manifest.json"), "utf8")).bundle,
  first_request_ms: Number(cold.toFixed(0)),
  first_text_ms: Number(firstText.toFixed(0)),
  ten_events_ms: { p50: at(times, 0.5), p95: at(times, 0.95) },
  ten_events_cpu_ms: Number(used.toFixed(1)),
  text_ms: { p50: at(texts, 0.5), p95: at(texts, 0.95) },
  snapshot_bytes_after_20_events: body.snapshot.length,
};
console.log(JSON.stringify(report, null, process.argv.includes("--json") ? 0 : 2));
process.exit(0);

/** The second ten events of a session each: restored, told, and sealed again. */
async function batches(count) {
  const times = [];
  for (let n = 0; n < count; n += 1) {
    const user = session(n);
    await user.events(events.slice(0, BATCH));
    times.push(await timed(() => user.events(events.slice(BATCH))));
  }
  return times;
}

async function timed(run) {
  const began = performance.now();
  const { status, text } = await run();
  if (status !== 200) throw new Error(text);
  return performance.now() - began;
}

function workerdOf(parent) {
  const of = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(parent)], { encoding: "utf8" });
  return Number(/(\d+) workerd/.exec(of)[1]);
}

/** User and system time of a process, in ticks. */
function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
