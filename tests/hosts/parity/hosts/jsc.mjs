// JavaScriptCore without JIT, as a mini-program has it on iOS: WebKit's shell as Debian packages it. It
// interprets both JavaScript and Wasm, so it gets a part of the traces.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bundle, TEXT_SHIM } from "../bundle.mjs";
import { NotHere, paths, root } from "../job.mjs";

const WHERE = ["/usr/bin/jsc", "/usr/local/bin/jsc"];

/** One trace in so many, so that the interpreter takes no longer than the other hosts together. */
const ONE_IN = 8;

export const sample = (traces) => traces.filter((_, at) => at % ONE_IN === 0);

export async function jsc(traces) {
  const program = process.env.JSC || WHERE.find((path) => existsSync(path));
  if (!program) throw new NotHere("no jsc: Debian has it in libjavascriptcoregtk-4.0-bin");
  const folder = mkdtempSync(join(tmpdir(), "unstuck-jsc-"));
  try {
    writeFileSync(join(folder, "job.json"), JSON.stringify(traces));
    writeFileSync(join(folder, "main.js"), `${await bundle({ format: "iife", inject: [TEXT_SHIM] })}
      const file = (path) => read(${JSON.stringify(root)} + path, "binary");
      const loaded = parity.start(new WebAssembly.Module(file("${paths.wasm}")), {
        playbook: read(${JSON.stringify(join(root, paths.playbook))}),
        behaviour: file("${paths.behaviour}"),
        intents: file("${paths.intents}"),
      });
      const traces = JSON.parse(read(${JSON.stringify(join(folder, "job.json"))}));
      const start = Date.now();
      const outputs = parity.replayAll(loaded, traces);
      writeFile(${JSON.stringify(join(folder, "out.json"))}, JSON.stringify({ outputs, ms: Date.now() - start }));`);
    const ran = spawnSync(program, ["--useJIT=false", join(folder, "main.js")], { encoding: "utf8" });
    if (ran.status !== 0) throw new Error(ran.stderr || ran.stdout || String(ran.error));
    return { version: version(), ...JSON.parse(readFileSync(join(folder, "out.json"), "utf8")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The shell does not say its version, so its package is asked. */
function version() {
  const asked = spawnSync("dpkg-query", ["--show", "--showformat=${Version}", "libjavascriptcoregtk-4.0-bin"], { encoding: "utf8" });
  return asked.status === 0 ? `WebKitGTK ${asked.stdout.split("-")[0]}` : "unknown";
}
