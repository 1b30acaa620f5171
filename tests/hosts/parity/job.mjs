// What every host is given: the traces, the fixtures, the Wasm.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const here = fileURLToPath(new URL(".", import.meta.url));

/** Paths below the root: hosts that fetch or import them need the names. */
export const paths = {
  glue: "pkg/dist/core_bg.js",
  wasm: "pkg/dist/core.wasm",
  simd: "pkg/dist/core.simd.wasm",
  playbook: "tests/fixtures/playbook.json",
  behaviour: "tests/fixtures/models/behaviour.onnx",
  intents: "tests/fixtures/models/intents.onnx",
};

export const bytes = (path) => new Uint8Array(readFileSync(join(root, path)));
export const text = (path) => readFileSync(join(root, path), "utf8");

/** The glue, once more for each name: it holds one instance. */
export const glue = (name) => import(`${pathToFileURL(join(root, paths.glue)).href}?${name}`);

export const fixtures = () => ({
  playbook: text(paths.playbook),
  behaviour: bytes(paths.behaviour),
  intents: bytes(paths.intents),
});

/** The recorded traces, then the generated ones: what goes in. */
export function traces() {
  const folder = join(root, "tests/golden");
  const recorded = readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
  const lines = readFileSync(join(folder, "generated.jsonl"), "utf8").split("\n").filter(Boolean);
  const all = [...recorded.map((name) => readFileSync(join(folder, name), "utf8")), ...lines];
  return all.map((json) => JSON.parse(json)).map(({ about, config, save_restore_at, inputs }) => {
    return { about, config, save_restore_at, inputs };
  });
}

/** Why a host did not run: said in the table, and never counted as passed. */
export class NotHere extends Error {}
