// The package as integrators get it: packed, unpacked in an empty folder for each way into a page,
// built as its README says, served under a strict policy, and one session from end to end there.
//
//   CHROMIUM=… FIREFOX=… UNSTUCK=path/to/unstuck node tests/hosts/packaging/run.mjs [part of a name]

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

import { section } from "../readme.mjs";
import { printSizes, sha256 } from "../sizes.mjs";
import { makeApp } from "./app.mjs";
import { HOSTS, plain } from "./hosts.mjs";
import { install, NODE_HOSTS } from "./node.mjs";
import { visit, visitAlone } from "./person.mjs";

for (const name of ["CHROMIUM", "UNSTUCK"]) {
  if (!process.env[name]) throw new Error(`${name} is not set: give the path of ${name === "UNSTUCK" ? "the built command line tool" : "the browser"} in it`);
}
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const work = mkdtempSync(join(tmpdir(), "unstuck-packaging-"));
const only = process.argv[2] ?? "";

const [packed] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", work], { cwd: join(root, "pkg"), stdio: ["ignore", "pipe", "ignore"] }));
const tarball = join(work, packed.filename);
execFileSync("tar", ["-xzf", tarball, "-C", work]);
const dist = join(work, "package/dist");
const bundle = join(work, "bundle");
execFileSync(process.env.UNSTUCK, ["build", join(here, "shop/shop.yaml"), "--out", bundle], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
const ours = new Map(readdirSync(dist).filter((name) => /\.(js|wasm)$/.test(name)).map((name) => [sha256(readFileSync(join(dist, name))), name]));

const browsers = {};
const rows = [];
for (const host of [...HOSTS, ...NODE_HOSTS].filter(({ name }) => name.includes(only))) {
  const start = Date.now();
  const row = { host: host.name, result: "ok", runs: "", fetched: [] };
  try {
    await tryHost(host, row);
  } catch (error) {
    row.result = `FAILED: ${error.stderr ?? error.stack ?? error}`;
  }
  row.seconds = (Date.now() - start) / 1000;
  rows.push(row);
  console.log(`${row.result === "ok" ? "ok     " : "FAILED "} ${row.host} (${row.seconds.toFixed(1)} s)${row.result === "ok" ? "" : `\n${row.result}`}`);
}
await Promise.all(Object.values(browsers).map(async (browser) => (await browser).close()));
await printSizes(rows.map((row) => ({ ...row, files: loaded(row), note: row.runs })));
rmSync(work, { recursive: true, force: true });
const failed = rows.filter(({ result }) => result !== "ok").length;
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || rows.length === 0 ? 1 : 0);

async function tryHost(host, row) {
  const folder = join(work, host.name.replace(/\W+/g, "-"));
  if (host.without) {
    mkdirSync(folder);
    install(folder, { tarball, bundle });
    return host.without(folder);
  }
  makeApp(folder, section(host.readme), { ...host, tarball, bundle });
  host.arrange?.(folder);
  const site = await (host.start ?? plain)({ folder, host, dist });
  const url = `${site.origin}${host.path ?? "/"}`;
  try {
    if (host.alone) return await visitAlone(await open(host.browser), url, host.alone);
    const { refused, worker } = await visit(await open(host.browser), url, host);
    if (worker !== (host.worker ?? true)) throw new Error(`the engine ran ${worker ? "in a worker" : "on the page"}, but should not`);
    if (worker && refused.length > 0) throw new Error(`the policy refused ${refused.join(", ")}`);
    row.fetched = site.sent.filter(({ bytes }) => bytes);
    const core = row.fetched.map(({ bytes }) => ours.get(sha256(bytes))).find((name) => name?.endsWith(".wasm"));
    row.runs = `${core ?? "core"} in ${worker ? "a worker" : "the page"}`;
  } finally {
    await site.close();
  }
}

function open(name = "chrome") {
  const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update", "--disable-background-networking", "--disable-sync"];
  const how = {
    chrome: { browser: "chrome", executablePath: process.env.CHROMIUM, args: flags },
    // The core has its memory, but not enough to load the models into: 4 MB.
    small: { browser: "chrome", executablePath: process.env.CHROMIUM, args: [...flags, "--js-flags=--wasm-max-mem-pages=64"] },
    firefox: { browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", protocol: "webDriverBiDi" },
  };
  return (browsers[name] ??= puppeteer.launch({ headless: true, ...how[name] }));
}

/** What the page loaded of the package: as it is there, or as the app's own tool bundled it. */
function loaded({ fetched }) {
  const scripts = fetched.filter(({ path }) => /\.(js|wasm)$/.test(path) && path !== "/app.js");
  return scripts.map(({ path, bytes }) => ({ bytes, name: ours.get(sha256(bytes)) ?? path.slice(1) }));
}
