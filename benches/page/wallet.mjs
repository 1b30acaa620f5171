// The demo wallet as `unstuck serve` serves it, for as long as something is measured.

import { fileURLToPath } from "node:url";

import { startServer } from "../../tests/people/server.mjs";
import { within } from "../within.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `work` gives, which is told the wallet's origin. */
export async function wallet(work) {
  for (const name of ["UNSTUCK", "UNSTUCK_BUNDLE"]) {
    if (!process.env[name]) throw new Error(`${name} is not set: cargo xtask bench sets it, or say where the built unstuck and the demo's bundle are`);
  }
  const server = await startServer(root);
  try {
    return await work(server.origin);
  } finally {
    await within(10_000, "the wallet's server to end", server.stop());
  }
}
