// Writes down all that crosses between the engine and JavaScript over one golden trace, so that `cargo xtask
// fuel` can play JavaScript's part: what it wrote to the memory, what it called, what it answered.
//
//   node crossings.mjs --wasm FILE --out FILE [--trace NAME]

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { fixtures, glue as glueOf, root } from "../tests/hosts/parity/job.mjs";
import { load, tie } from "../tests/hosts/parity/replay.mjs";

const { values: options } = parseArgs({
  options: {
    wasm: { type: "string", default: join(root, "pkg/dist/core.wasm") },
    out: { type: "string" },
    trace: { type: "string", default: "05-typed-en" },
  },
});
if (!options.out) throw new Error("say where the crossings go: --out FILE");

const module = new WebAssembly.Module(readFileSync(options.wasm));
const glue = await glueOf("crossings");
const crossings = [];
let memory;
/** Bytes that are written down together. */
const BLOCK = 256;
/** The memory as the Wasm left it. */
let left = new Uint8Array();

const imports = {};
for (const { name } of WebAssembly.Module.imports(module)) {
  imports[name] = (...args) => {
    left = new Uint8Array(memory.buffer).slice();
    const value = glue[name](...args);
    written();
    crossings.push({ value: plain(value) });
    return value;
  };
}
const instance = new WebAssembly.Instance(module, { "./core_bg.js": imports });
({ memory } = instance.exports);
const exports = Object.fromEntries(Object.entries(instance.exports).map(([name, value]) => [name, called(name, value)]));

const { config, inputs } = JSON.parse(readFileSync(join(root, `tests/golden/${options.trace}.json`), "utf8"));
crossings.push({ mark: "load" });
const loaded = load(tie(glue, { exports }), fixtures());
crossings.push({ mark: "start" });
const core = loaded.start(config);
let asked = false;
for (const input of inputs) {
  const typed = input.input === "say";
  crossings.push({ mark: typed ? (asked ? "questions" : "the first question") : "events" });
  asked ||= typed;
  core.push(input);
}
writeFileSync(options.out, crossings.map((crossing) => JSON.stringify(crossing)).join("\n"));

/** An export that is written down before it is called. */
function called(name, value) {
  if (typeof value !== "function") return value;
  return (...args) => {
    written();
    crossings.push({ call: name, with: args.map(plain) });
    const result = value(...args);
    left = new Uint8Array(memory.buffer).slice();
    return result;
  };
}

/** Writes down where the memory is no longer as the Wasm left it. */
function written() {
  const now = new Uint8Array(memory.buffer);
  if (Buffer.compare(now, left) === 0) return;
  for (let at = 0; at < now.length; at += BLOCK) {
    const block = now.subarray(at, at + BLOCK);
    if (Buffer.compare(block, left.subarray(at, at + BLOCK)) !== 0) crossings.push({ write: at, bytes: [...block] });
  }
  left = now.slice();
}

/** A number as JSON can hold it; what is no number is none to the Wasm. */
function plain(value) {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "bigint" ? Number(value) : value ?? null;
}
