// The package where there is no page: a server that renders the app, the engine alone, and its types.

import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

const SERVER = `
  import assert from "node:assert/strict";
  import { createRequire } from "node:module";
  import { existsSync } from "node:fs";
  const require = createRequire(import.meta.url);
  for (const { init } of [await import("unstuck"), require("unstuck")]) {
    const handle = init({ bundle: "/bundle/" });
    handle.track("rendered");
    assert.deepEqual(handle.sent(), []);
    await assert.rejects(handle.ready, /there is no page here/);
  }
  await import("unstuck/sensor");
  for (const file of ["worker", "core.wasm", "core.simd.wasm", "package.json"]) {
    assert.ok(existsSync(require.resolve("unstuck/" + file)), file);
  }
`;

/** A model that no memory can hold makes the core trap, as too little memory would. */
const SLIM = `
  import assert from "node:assert/strict";
  import { readFileSync } from "node:fs";
  import { load } from "unstuck/slim";
  import { setFlagsFromString } from "node:v8";
  import { runInNewContext } from "node:vm";
  const file = (name) => readFileSync("bundle/" + name);
  const bundle = { playbook: file("playbook.json").toString(), behaviour: file("behaviour.onnx"), intents: file("intents.onnx") };
  const core = readFileSync("node_modules/unstuck/dist/" + process.argv[2]);
  const answers = (session) => {
    const { actions } = session.push({ input: "say", t: 2_000, text: "how long is a coupon valid" });
    assert.equal(actions[0].card.id, "coupon-dates");
  };
  const loaded = await load(core, bundle);
  const first = loaded.start({ session: "a1" });
  first.push({ input: "event", t: 1_000, screen: "/", kind: "screen" });
  answers(loaded.restore({ session: "a1" }, first.save()));
  assert.throws(() => first.push({ input: "nonsense" }), /nonsense/);
  answers(first);
  const [another, bytes] = await (async () => {
    const intents = new Uint8Array(bundle.intents);
    return [await load(core, { ...bundle, intents }), new WeakRef(intents)];
  })();
  const session = another.start({ session: "a3" });
  await new Promise((resolve) => setTimeout(resolve));
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  assert.equal(bytes.deref(), undefined, "what was loaded keeps the bytes of the bundle's files");
  answers(session);
  await assert.rejects(load(core, { ...bundle, playbook: "{}" }), { kind: "playbook" });
  await assert.rejects(load(core, { ...bundle, behaviour: { length: 3e9 } }), WebAssembly.RuntimeError);
  assert.throws(() => first.save(), /the engine stopped before/);
  answers((await load(core, bundle)).start({ session: "a2" }));
`;

const TYPES = `
  import { init, type Handle } from "unstuck";
  import { load } from "unstuck/slim";
  import "unstuck/sensor";
  const handle: Handle = init({ bundle: "/bundle/", checkEvery: 60, integrity: { "core.wasm": "sha384-" } });
  handle.ready.then(() => handle.track("ready"));
  const files = { playbook: "", behaviour: new Uint8Array(), intents: new Uint8Array() };
  export const actions = load(new Uint8Array(), files).then((bundle) => bundle.start({ session: "a" }).push({ input: "tick", t: 1 }).actions);
  // @ts-expect-error: the bundle is owed
  init({});
`;

export const NODE_HOSTS = [
  { name: "Node, rendering on a server", without: (folder) => node(folder, SERVER) },
  { name: "Node, the engine alone", without: (folder) => ["core.wasm", "core.simd.wasm"].forEach((core) => node(folder, SLIM, core)) },
  { name: "TypeScript", without: types },
];

/** An empty folder with the bundle and the package in it, by npm itself. */
export function install(folder, { tarball, bundle }) {
  cpSync(bundle, join(folder, "bundle"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "name": "app", "private": true, "type": "module" }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
}

function node(folder, script, ...args) {
  writeFileSync(join(folder, "app.mjs"), script);
  execFileSync(process.execPath, ["app.mjs", ...args], { cwd: folder, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
}

function types(folder) {
  writeFileSync(join(folder, "app.ts"), TYPES);
  for (const resolution of [["bundler", "esnext"], ["nodenext", "nodenext"]]) {
    const [how, modules] = resolution;
    const args = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--moduleResolution", how, "--module", modules, "app.ts"];
    try {
      execFileSync(join(here, "node_modules/.bin/tsc"), args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
    } catch (error) {
      throw new Error(`with moduleResolution ${how}: ${error.stdout}`);
    }
  }
}
