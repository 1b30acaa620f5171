// The fixture's playbook and pinned models as a bundle, as `unstuck build` would lay it out.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FILES = { "playbook.json": "playbook.json", "behaviour.onnx": "models/behaviour.onnx", "intents.onnx": "models/intents.onnx" };

/** Writes the bundle into a fresh folder; gives its path. */
export function fixtureBundle(root) {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-fixture-"));
  const files = {};
  for (const [name, from] of Object.entries(FILES)) {
    const bytes = readFileSync(join(root, "tests/fixtures", from));
    writeFileSync(join(folder, name), bytes);
    files[name] = { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
  }
  const manifest = { version: 1, bundle: "fixture", playbook: "fixture", made_by: "tests/hosts/edge", files, rollout: { percent: 100 }, enabled: true };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  return folder;
}
