// What the page under measurement gets, all from one origin and all from memory.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The inputs of each file by name, in its own order; all are 32-bit floats. `below`: whole numbers. */
export const SHAPES = {
  behaviour: [["event", [1, 106]], ["state", [1, 32]], ["slots", [8, 28]], ["filled", [1, 8]]],
  intents: [["grams", [768], { below: 8192 }], ["weights", [768]]],
  gru: [["x", [64, 1, 64]]],
  transformer: [["x", [32, 128]]],
};

const TYPES = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };

/** Serves the page, the workers, both runtimes and the models. */
export async function serve({ dist, models }) {
  const folders = { dist, models, peer: join(here, "node_modules/onnxruntime-web/dist") };
  const fileOf = (path) => {
    const [, folder, ...rest] = path.split("/");
    return folder in folders ? join(folders[folder], ...rest) : join(here, "served", path);
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    try {
      const body = readFileSync(fileOf(path));
      // Both are allowed the finest clock that a browser gives.
      response.writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Which file it is: its SHA-256 and its bytes. */
    identity: (path) => {
      const bytes = readFileSync(fileOf(path));
      return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
    },
    close: () => server.close(),
  };
}
