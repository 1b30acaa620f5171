// An integrator's folder: the shop, and what the package's README says to add to it.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const TOOLS = join(here, "node_modules/.bin");
/** What every app has without us: its page loads its own script. */
const OWN_SCRIPT = '<script src="/main.js" defer></script>';

/** npm and npx as the README's lines call them, without a registry: the tarball, and the pinned tools. */
const SHELL = `set -e
npm() { mkdir -p node_modules/unstuck && tar -xzf "$TARBALL" -C node_modules/unstuck --strip-components=1; }
npx() { "$TOOLS/$1" "\${@:2}"; }
`;

/** Makes the app in `folder`, follows the README's section, and returns the folder to serve. */
export function makeApp(folder, readme, { tarball, bundle, page = "public/index.html", script = OWN_SCRIPT, fill = (text) => text }) {
  mkdirSync(join(folder, "public"), { recursive: true });
  cpSync(bundle, join(folder, "public/bundle"), { recursive: true });
  cpSync(join(here, "shop/page/app.js"), join(folder, "public/app.js"));
  writeFileSync(join(folder, "package.json"), '{ "name": "shop", "private": true }');
  const shop = readFileSync(join(here, "shop/page/index.html"), "utf8");
  const html = readme.files.find(({ language }) => language === "html");
  writeFileSync(join(folder, page), shop.replace("<!-- unstuck -->", () => fill(html?.code ?? script)));
  for (const { file, code } of readme.files.filter((written) => written !== html)) writeFileSync(join(folder, file), fill(code));
  execFileSync("bash", ["-c", SHELL + readme.run], {
    cwd: folder,
    env: { ...process.env, TARBALL: tarball, TOOLS },
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Puts in each hash that the README leaves open, by the file that its line names before it. */
export function withHashes(text, dist) {
  return text.replace(/([\w.]+\.(?:js|wasm))(["'][^…\n]*?)sha384-…/g, (_, file, between) => `${file}${between}${sri(join(dist, file))}`);
}

export function sri(path) {
  return `sha384-${createHash("sha384").update(readFileSync(path)).digest("base64")}`;
}
