// What a logic layer has not, the stand-in must not have either.

import assert from "node:assert/strict";
import test from "node:test";
import { brotliCompressSync } from "node:zlib";

import { logicLayer } from "./wechat-vm.mjs";

/** A module that exports a memory `m`, a global `g` and a function `f`. */
const WASM = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 5, 3, 1, 0, 1, 6, 6, 1, 127, 0, 65, 7, 11,
  7, 13, 3, 1, 109, 2, 0, 1, 103, 3, 0, 1, 102, 0, 0, 10, 6, 1, 4, 0, 65, 42, 11,
]);
const ABSENT = [
  "WebAssembly", "TextDecoder", "TextEncoder", "fetch", "URL", "crypto", "performance", "queueMicrotask",
  "FinalizationRegistry", "WeakRef", "SharedArrayBuffer", "Atomics", "console", "process", "structuredClone",
  "window", "document", "self", "localStorage", "XMLHttpRequest",
];

const names = (layer, code) => Array.from(layer.require("test.js", code).names);

test("what is missing there is missing here", () => {
  const there = names(logicLayer(), `exports.names = ${JSON.stringify(ABSENT)}.filter((name) => name in globalThis)`);
  assert.deepEqual(there, []);
  const hidden = logicLayer().require("test.js", "exports.names = [typeof window, typeof self, typeof document]").names;
  assert.deepEqual(Array.from(hidden), ["undefined", "undefined", "undefined"]);
});

test("no code from strings", () => {
  for (const code of ["eval('1')", "new Function('return 1')()"]) {
    assert.throws(() => logicLayer().require("test.js", code), /Code generation from strings disallowed/);
  }
});

test("the Wasm comes by a path in the package, packed or not, and iOS has no globals", async () => {
  const files = { "/a.wasm": WASM, "/b.wasm.br": brotliCompressSync(WASM) };
  for (const [ios, exported] of [[true, "f,m"], [false, "f,g,m"]]) {
    const { WXWebAssembly } = logicLayer({ ios, files }).context;
    for (const path of Object.keys(files)) {
      const { instance } = await WXWebAssembly.instantiate(path, {});
      assert.equal(Object.keys(instance.exports).sort().join(), exported);
      assert.equal(instance.exports.f(), 42);
    }
    await assert.rejects(WXWebAssembly.instantiate(WASM, {}), /path/);
    await assert.rejects(WXWebAssembly.instantiate("/missing.wasm", {}), /no such file/);
  }
});
