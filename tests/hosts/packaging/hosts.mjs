// Every way into a page that is tried, each in an empty folder of its own.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { section } from "../readme.mjs";
import { withHashes } from "./app.mjs";
import { serve } from "./site.mjs";

const VITE = join(dirname(fileURLToPath(import.meta.url)), "node_modules/vite/bin/vite.js");
/** What the README asks for, and what the shop itself needs. */
const POLICY = `${section("Content security policy").policy}; img-src data:; frame-src 'self'`;
const FROM_CDN = ["script-src", "CDN MAP", "connect-src", "CDN"];
const MODULE = '<script src="/main.js" type="module"></script>';

/**
 * `readme`: the section that is followed; `script`: the tag that the app had already; `serves`: the
 * built folder; `policy`: a stricter or wider one; `worker`: whether the engine runs in one.
 */
export const HOSTS = [
  { name: "script tag", readme: "Script tag" },
  { name: "no bundler", readme: "No bundler" },
  { name: "no bundler, Firefox", readme: "No bundler", browser: "firefox" },
  { name: "Vite, build", readme: "Vite", page: "index.html", script: MODULE, serves: "dist" },
  { name: "Vite, dev", readme: "Vite", page: "index.html", script: MODULE, start: viteDev },
  { name: "webpack", readme: "webpack" },
  { name: "esbuild", readme: "esbuild", script: MODULE },
  { name: "another origin, SRI", readme: "From another origin", start: elsewhere, policy: [...FROM_CDN, "worker-src", "blob:"] },
  { name: "another origin, SRI, Firefox", readme: "From another origin", start: elsewhere, policy: [...FROM_CDN, "worker-src", "blob:"], browser: "firefox" },
  { name: "another origin, no blob:", readme: "From another origin", start: elsewhere, policy: FROM_CDN, worker: false },
  { name: "another origin, core changed", readme: "From another origin", start: changed(["core.wasm", "core.simd.wasm"]), policy: FROM_CDN, alone: { says: /core\.wasm could not be fetched/ } },
  { name: "another origin, widget changed", readme: "From another origin", start: changed(["widget.js"]), policy: FROM_CDN, alone: { says: /the widget did not load/ } },
  { name: "another origin, script changed", readme: "From another origin", start: changed(["unstuck.global.js"]), policy: FROM_CDN, alone: {} },
  { name: "no worker allowed", readme: "No bundler", policy: ["worker-src", "'none'"], worker: false },
  { name: "no worker allowed, Firefox", readme: "No bundler", policy: ["worker-src", "'none'"], worker: false, browser: "firefox" },
  { name: "too little memory", readme: "Script tag", browser: "small", alone: { says: /not enough memory|too little memory/ } },
  { name: "a bundle that is no good", readme: "No bundler", arrange: brokenBundle, says: /the bundle before goes on.*this is no ONNX file/ },
  { name: "frame of the same origin", readme: "Script tag", inFrame: true, arrange: framed, path: "/outer.html" },
  { name: "old WebView", readme: "Script tag", prepare: oldBrowser, policy: ["style-src", "'unsafe-inline'"], worker: false },
];

/** The policy with more sources, or with `'none'` in the place of them. */
function policyWith(more = [], replace = (source) => source) {
  let policy = POLICY;
  for (let i = 0; i < more.length; i += 2) {
    const sources = replace(more[i + 1]);
    policy = policy.replace(new RegExp(`${more[i]}( [^;]*)`), (_, own) => `${more[i]}${sources === "'none'" ? "" : own} ${sources}`);
  }
  return policy;
}

/** The built folder behind a plain server. */
export async function plain({ folder, host }) {
  return serve(join(folder, host.serves ?? "public"), { policy: policyWith(host.policy) });
}

/** Vite's own server; the shop's route is not there, and answers 404. */
async function viteDev({ folder }) {
  const server = spawn(process.execPath, [VITE, "dev", "--host", "127.0.0.1", "--port", "0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const chunk of server.stdout) {
    said += chunk;
    // eslint-disable-next-line no-control-regex
    const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(said.replace(/\x1b\[\d+m/g, "")) ?? [];
    if (origin) return { origin, sent: [], close: () => server.kill() };
  }
  throw new Error(`vite dev ended: ${said}`);
}

/** The package on a server of its own, as a CDN has it, and the app on another. */
async function elsewhere({ folder, host, dist }, served = dist) {
  const cdn = await serve(served, { cors: true });
  const page = join(folder, "public/index.html");
  for (const file of [page, join(folder, "public/main.js")]) {
    writeFileSync(file, withHashes(readFileSync(file, "utf8"), dist).replaceAll("https://cdn.example/unstuck", cdn.origin));
  }
  const [, map] = /<script type="importmap">([^]*?)<\/script>/.exec(readFileSync(page, "utf8"));
  const hash = `'sha256-${createHash("sha256").update(map).digest("base64")}'`;
  const own = await serve(join(folder, "public"), { policy: policyWith(host.policy, (s) => s.replace("CDN", cdn.origin).replace("MAP", hash)) });
  return { ...own, sent: cdn.sent, close: () => Promise.all([own.close(), cdn.close()]) };
}

/** The same, where somebody put a byte into these files. */
function changed(names) {
  return (given) => {
    const served = join(given.folder, "changed");
    cpSync(given.dist, served, { recursive: true });
    for (const name of names) writeFileSync(join(served, name), "\n", { flag: "a" });
    return elsewhere(given, served);
  };
}

/** A new bundle is deployed whose model is none, though its hashes are right; the one before is still there. */
function brokenBundle(folder) {
  const bundle = join(folder, "public/bundle");
  cpSync(bundle, join(folder, "public/old"), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(bundle, "manifest.json"), "utf8"));
  const model = "no model";
  manifest.files["behaviour.onnx"] = { sha256: createHash("sha256").update(model).digest("hex"), bytes: model.length };
  manifest.bundle = "broken";
  manifest.rollout = { percent: 100, previous: "../old/" };
  writeFileSync(join(bundle, "behaviour.onnx"), model);
  writeFileSync(join(bundle, "manifest.json"), JSON.stringify(manifest));
}

/** The shop in a frame of a page with nothing but the bot. */
function framed(folder) {
  const shop = readFileSync(join(folder, "public/index.html"), "utf8");
  const outer = shop.replace(/<h1>[^]*<\/p>\s*<script src="\/app.js"><\/script>/, '<iframe src="/index.html" width="400" height="400"></iframe>');
  writeFileSync(join(folder, "public/outer.html"), outer);
}

/** Takes away what came after Chrome 91, Firefox 90 and Safari 15, or is not in all of them. */
function oldBrowser() {
  const gone = [
    [Array.prototype, "at findLast findLastIndex toReversed toSorted toSpliced with"],
    [String.prototype, "at isWellFormed toWellFormed"],
    [Object, "hasOwn groupBy"],
    [Promise, "withResolvers try"],
    [AbortSignal, "any timeout abort"],
    [AbortSignal.prototype, "throwIfAborted"],
    [Element.prototype, "checkVisibility setHTMLUnsafe ariaLabel ariaLive ariaHidden"],
    [HTMLElement.prototype, "inert popover showPopover attachInternals"],
    [ShadowRoot.prototype, "adoptedStyleSheets"],
    [Document.prototype, "adoptedStyleSheets startViewTransition"],
    [CSSStyleSheet.prototype, "replaceSync replace"],
    [Crypto.prototype, "randomUUID"],
    [window, "structuredClone requestIdleCallback cancelIdleCallback navigation scheduler trustedTypes caches Worker reportError"],
  ];
  for (const [from, names] of gone) {
    for (const name of names.split(" ")) {
      delete from[name];
      if (name in from) throw new Error(`${name} is still there`);
    }
  }
}
