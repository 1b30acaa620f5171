// Deno, with leave to read the repository and nothing else.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { here, paths, root } from "../job.mjs";

export async function deno(traces) {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-deno-"));
  try {
    writeFileSync(join(folder, "job.json"), JSON.stringify({ traces, paths, root }));
    const program = fileURLToPath(new URL("../../node_modules/.bin/deno", import.meta.url));
    const flags = ["run", "--quiet", "--no-config", "--no-lock", `--allow-read=${root},${folder}`];
    const ran = spawnSync(program, [...flags, join(here, "hosts/deno-main.mjs"), join(folder, "job.json")], {
      encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" },
    });
    if (ran.status !== 0) throw new Error(ran.stderr || String(ran.error));
    return JSON.parse(ran.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
