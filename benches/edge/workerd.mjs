// `workerd serve` with one worker, and what its process takes, seen from outside.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
// Miniflare brings workerd along, so its packages are the ones to ask.
const hosts = createRequire(join(here, "../../tests/hosts/package.json"));
const { build } = hosts("esbuild");
const { default: program } = createRequire(hosts.resolve("miniflare"))("workerd");
export const { version } = createRequire(hosts.resolve("miniflare"))("workerd/package.json");

const COMPATIBILITY = "2026-04-01";
const SECRET = "a secret for benches only, 0123456789abcdef";
/** What a file of the upload is to workerd. */
const KINDS = { ".wasm": "wasm", ".onnx": "data", ".json": "text" };
/** Between two looks at a process that may still be busy. */
const SETTLE_MS = 2;

/** A worker as it is uploaded: its code in one file, and the files that it imports. Gives the path of its config. */
export async function uploaded(name, { dist, fileOf, flags }) {
  const folder = mkdtempSync(join(tmpdir(), `unstuck-${name}-`));
  const files = new Map();
  const upload = {
    name: "upload",
    setup: ({ onResolve }) =>
      onResolve({ filter: /^upload:|\.wasm$/ }, ({ path }) => {
        const file = path.replace(/^upload:|^\.\//, "");
        files.set(file, `(name = "${file}", ${KINDS[extname(file)]} = embed "${file}")`);
        return { path: `./${file}`, external: true };
      }),
  };
  await build({
    entryPoints: [join(here, `${name}.mjs`)],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    alias: { "unstuck/edge": join(dist, "edge.workerd.js"), "unstuck/glue": join(dist, "core_bg.js") },
    external: ["cloudflare:*"],
    plugins: [upload],
    logLevel: "error",
  });
  for (const file of files.keys()) writeFileSync(join(folder, file), fileOf(file));
  writeFileSync(join(folder, "config.capnp"), config([`(name = "worker.js", esModule = embed "worker.js")`, ...files.values()], flags));
  return folder;
}

function config(modules, flags) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [${modules.join(", ")}],
    bindings = [(name = "SECRET", text = "${SECRET}")],
    compatibilityDate = "${COMPATIBILITY}",
  ))],
  v8Flags = [${flags.map((flag) => `"${flag}"`).join(", ")}],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

/** A running `workerd serve`, asked over one connection that is kept open. */
export class Workerd {
  #child;
  #port;
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** CPU ms by thread: one that ended keeps its last figure. */
  #taken = new Map();
  #spent = { all: 0, first: 0 };

  /** Starts a worker out of its folder. */
  static async serve(folder) {
    const workerd = new Workerd();
    workerd.#child = spawn(program, ["serve", join(folder, "config.capnp"), "--control-fd=3"], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
    workerd.#port = await listening(workerd.#child);
    return workerd;
  }

  /** One request; gives the answer's JSON, or throws with what came instead. */
  async ask(path, body) {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asked = request({ host: "127.0.0.1", port: this.#port, path, method: "POST", agent: this.#agent, headers });
    const [answer] = await once(asked.end(body), "response");
    let text = "";
    for await (const part of answer.setEncoding("utf8")) text += part;
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}: ${text}`);
    return JSON.parse(text);
  }

  /**
   * One request, and the ms that it took: wall, and on the CPU since the last such look, so that no late collection
   * of garbage is lost. `first` is the thread that runs the worker's code; the others compile for it.
   */
  async timed(path, body) {
    const began = performance.now();
    const answer = await this.ask(path, body);
    const wall = performance.now() - began;
    const [before, now] = [this.#spent, await this.#cpu()];
    this.#spent = now;
    return { answer, wall, cpu: now.all - before.all, first: now.first - before.first };
  }

  /** On-CPU ms since the start, once nothing of it runs any more. */
  async #cpu() {
    for (let before; ; await sleep(SETTLE_MS)) {
      const threads = [...this.#threads()];
      for (const { id, ms } of threads) this.#taken.set(id, ms);
      const all = [...this.#taken.values()].reduce((sum, ms) => sum + ms, 0);
      if (all === before && threads.every(({ asleep }) => asleep)) return { all, first: this.#taken.get(String(this.#child.pid)) };
      before = all;
    }
  }

  *#threads() {
    const folder = `/proc/${this.#child.pid}/task`;
    for (const id of readdirSync(folder)) {
      const [ns] = readFileSync(`${folder}/${id}/schedstat`, "utf8").split(" ");
      const [state] = readFileSync(`${folder}/${id}/stat`, "utf8").split(") ").at(-1);
      yield { id, ms: Number(ns) / 1e6, asleep: state === "S" };
    }
  }

  /** Resident MB: now, and at its highest. */
  memory() {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    const mb = (key) => (Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)[1]) * 1_024) / 1e6;
    return { now: mb("VmRSS"), highest: mb("VmHWM") };
  }

  async stop() {
    this.#agent.destroy();
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }
}

/** The port that workerd tells when it listens. */
async function listening(child) {
  const gone = once(child, "exit").then(([code]) => { throw new Error(`workerd ended with ${code} before it listened`); });
  gone.catch(() => undefined);
  const told = (async () => {
    let said = "";
    for await (const part of child.stdio[3].setEncoding("utf8")) {
      said += part;
      const port = /"socket":"http","port":(\d+)/.exec(said)?.[1];
      if (port) return port;
    }
    return gone;
  })();
  return Promise.race([told, gone]);
}

/** Throws away what {@link uploaded} wrote. */
export function discard(folder) {
  rmSync(folder, { recursive: true });
}
