// What the engine's linear memory takes with both shipped models loaded, after one event and one question.
//
//   UNSTUCK_BUNDLE=target/bundle/wallet node tests/hosts/parity/memory.mjs

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { bytes, glue, paths } from "./job.mjs";
import { load, tie } from "./replay.mjs";

/** In bytes. */
const MEMORY_MAX = 32e6;

const read = (name) => readFileSync(join(process.env.UNSTUCK_BUNDLE, name));
const mine = await glue("memory");
const { instance } = await WebAssembly.instantiate(bytes(paths.wasm), { "./core_bg.js": mine });
const loaded = load(tie(mine, instance), {
  playbook: read("playbook.json").toString(),
  behaviour: new Uint8Array(read("behaviour.onnx")),
  intents: new Uint8Array(read("intents.onnx")),
});
const core = loaded.start({ session: "memory" });
core.push({ input: "event", t: 1_000, screen: "/", kind: "screen" });
core.push({ input: "say", t: 2_000, text: "没收到验证码" });
const used = instance.exports.memory.buffer.byteLength;
console.log(`linear memory with the shipped models: ${(used / 1e6).toFixed(1)} MB of at most ${MEMORY_MAX / 1e6} MB`);
process.exit(used > MEMORY_MAX ? 1 : 0);
