// The stand-ins give what the real ones give.

import assert from "node:assert/strict";
import test from "node:test";

import { build } from "esbuild";

import { TEXT_SHIM } from "./bundle.mjs";

const { outputFiles } = await build({ entryPoints: [TEXT_SHIM], bundle: true, write: false, format: "esm", charset: "utf8" });
const shim = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

test("every kind of character goes through as in a browser", () => {
  const edges = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff];
  const texts = ["", "卡 é", "👨‍👩‍👧‍👦", "half \ud83d of a pair", ...edges.map((code) => String.fromCodePoint(code))];
  for (const text of texts) {
    const bytes = new shim.TextEncoder().encode(text);
    assert.deepEqual(bytes, new TextEncoder().encode(text), JSON.stringify(text));
    assert.equal(new shim.TextDecoder().decode(bytes), new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  }
});
