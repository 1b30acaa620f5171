// The engine as a native program: `cargo test --test golden` has written what came out.

import { existsSync, readFileSync } from "node:fs";
import { arch, cpus } from "node:os";

import { NotHere } from "../job.mjs";

export async function native(traces) {
  const path = process.env.UNSTUCK_NATIVE;
  if (!path || !existsSync(path)) {
    throw new NotHere("no native outputs: `cargo test --workspace --test golden` writes them, UNSTUCK_NATIVE names them");
  }
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  const { ms } = lines.pop();
  const sessions = lines.map(({ session }) => session).join();
  if (sessions !== traces.map(({ config }) => config.session).join()) {
    throw new NotHere(`${path} holds other traces: run \`cargo test --workspace --test golden\` again`);
  }
  // A build for tests, so its time says nothing of a native engine's.
  return { version: `${arch()}, ${cpus()[0]?.model ?? "unknown"}`, outputs: lines.map(({ outputs }) => JSON.stringify(outputs)), ms };
}
