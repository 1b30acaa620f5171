// The package as a user gets it: packed, and installed into a fresh folder.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Packs pkg/; gives the tarball's path. */
export function packed(root) {
  const to = mkdtempSync(join(tmpdir(), "unstuck-pack-"));
  const said = execFileSync("npm", ["pack", "--silent", "--pack-destination", to], { cwd: join(root, "pkg"), encoding: "utf8" });
  return join(to, said.trim().split("\n").at(-1));
}

/** A folder with the tarball unpacked where `npm install` would put it; it has no dependencies. */
export function installed(tarball, folder = mkdtempSync(join(tmpdir(), "unstuck-host-"))) {
  const to = join(folder, "node_modules/unstuck");
  mkdirSync(to, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", to]);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}
