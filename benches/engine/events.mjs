// What an event costs when it is the 10th, the 1,000th and the 10,000th of a session, in Chromium's worker.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { percentile } from "../figures.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const AGES = [10, 1_000, 10_000];

/** p50 and p99 of a push in ms, and the linear memory in bytes, at each age; `rounds` sessions in turn. */
export async function events(page, wasm, rounds) {
  const trace = JSON.parse(readFileSync(join(here, "../../tests/golden/12-smooth-zh.json"), "utf8"));
  const visit = trace.inputs.filter(({ input }) => input === "event");
  const rows = await page.evaluate(
    async ({ wasm, visit, ages, rounds }) => {
      const { ask } = await import("/page.mjs");
      const bytes = async (path) => (await fetch(path)).arrayBuffer();
      const worker = new Worker("/events.mjs", { type: "module" });
      const [binary, playbook, behaviour, intents] = await Promise.all(
        [wasm, "/models/playbook.json", "/models/behaviour.onnx", "/models/intents.onnx"].map(bytes),
      );
      await ask(worker, { do: "prepare", wasm: binary, playbook, behaviour, intents, visit });
      const all = ages.map(() => ({ ms: [], bytes: 0 }));
      for (let round = 0; round <= rounds; round += 1) {
        const { taken } = await ask(worker, { do: "session", ages });
        // The first session warms the compiler up.
        if (round > 0) taken.forEach(({ ms, bytes }, i) => (all[i].ms.push(...ms), (all[i].bytes = bytes)));
      }
      worker.terminate();
      return all;
    },
    { wasm, visit, ages: AGES, rounds },
  );
  return AGES.map((age, i) => ({
    age,
    pushes: rows[i].ms.length,
    p50_ms: percentile(rows[i].ms, 0.5),
    p99_ms: percentile(rows[i].ms, 0.99),
    linear_memory: rows[i].bytes,
  }));
}
