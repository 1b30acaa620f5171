// Batches of ten events that go on a session, out of the recorded visits.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const golden = fileURLToPath(new URL("../../tests/golden", import.meta.url));
const BATCH = 10;

/** The batches, each with what `unstuck` answers to it: `{ body, answer }`. */
export async function batches(unstuck) {
  const all = [];
  for (const { config: { session, user, language }, inputs } of visits()) {
    const events = inputs.filter(({ input }) => input === "event");
    let begun = { config: { user, language } };
    for (let at = 0; at + BATCH <= events.length; at += BATCH) {
      const body = JSON.stringify({ session: `bench-${session}`, ...begun, events: events.slice(at, at + BATCH) });
      const answer = await unstuck.ask("/events", body);
      // The one that begins a session has no snapshot to open.
      if (begun.snapshot) all.push({ body, answer });
      begun = { snapshot: answer.snapshot };
    }
  }
  return all;
}

function visits() {
  const names = readdirSync(golden).filter((name) => name.endsWith(".json"));
  return names.map((name) => JSON.parse(readFileSync(join(golden, name), "utf8")));
}
