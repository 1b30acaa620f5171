// A stand-in for the logic layer of a WeChat mini-program: what is missing there is missing here. It is V8
// in each mode; JavaScriptCore itself is run by parity/hosts/jsc.mjs.
//
//   const layer = logicLayer({ ios: true, files: { "/core.wasm": bytes } });
//   const exports = layer.require("app.js", code);   // a CommonJS module

import vm from "node:vm";
import { brotliDecompressSync } from "node:zlib";

/** What V8 has and a logic layer has not. Web APIs are not in a fresh context anyway. */
const MISSING = [
  "WebAssembly", "SharedArrayBuffer", "Atomics", "FinalizationRegistry", "WeakRef", "escape", "unescape", "console",
];
/** Names that WeChat's module wrapper takes from a module. */
const HIDDEN = [
  "window", "document", "frames", "self", "location", "navigator", "localStorage", "history", "Caches", "screen",
  "alert", "confirm", "prompt", "XMLHttpRequest", "WebSocket",
];

/**
 * A logic layer. `files` are those of the package, by absolute path; `globals` are added to it, and `wx`
 * to its `wx`.
 */
export function logicLayer({ ios = false, files = {}, wx = {}, globals = {} } = {}) {
  const context = vm.createContext({}, { codeGeneration: { strings: false } });
  for (const name of MISSING) vm.runInContext(`delete globalThis.${name}`, context);
  const file = (path) => {
    if (!Object.hasOwn(files, path)) throw new Error(`no such file or directory, open ${path}`);
    return files[path];
  };
  const buffer = vm.runInContext("(bytes) => Uint8Array.from(bytes).buffer", context);
  const readFileSync = (path, encoding) =>
    encoding === undefined ? buffer(file(path)) : Buffer.from(file(path)).toString(encoding);
  Object.assign(context, {
    setTimeout, clearTimeout, setInterval, clearInterval,
    wx: { getFileSystemManager: () => ({ readFileSync }), ...wx },
    WXWebAssembly: { instantiate: (path, imports) => instantiate(path, imports, file, ios) },
    ...globals,
  });
  return {
    context,
    /** Runs a CommonJS module in WeChat's wrapper. */
    require(name, code) {
      const parameters = ["require", "module", "exports", ...HIDDEN].join(", ");
      const define = vm.runInContext(`(function (${parameters}) {${code}\n})`, context, { filename: name });
      const module = { exports: vm.runInContext("({})", context) };
      const none = (id) => {
        throw new Error(`module '${id}' is not defined, require args is '${id}'`);
      };
      define.call(undefined, none, module, module.exports);
      return module.exports;
    },
  };
}

/** Takes a path inside the package and nothing else. On iOS an exported global does not exist. */
async function instantiate(path, imports, file, ios) {
  if (typeof path !== "string" || !/\.wasm(\.br)?$/.test(path)) {
    throw new TypeError("WXWebAssembly.instantiate: the first parameter is a path to a .wasm or .wasm.br in the package");
  }
  const bytes = path.endsWith(".br") ? brotliDecompressSync(file(path)) : file(path);
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  const kept = Object.entries(instance.exports).filter(([, value]) => !(ios && value instanceof WebAssembly.Global));
  return { instance: { exports: Object.fromEntries(kept) } };
}
