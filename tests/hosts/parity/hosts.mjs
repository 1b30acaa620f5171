// All hosts, in the order of the table. Each is loaded only when its turn comes, so that one whose package is
// missing does not take the others with it.

const from = (file, name, ...options) => async (traces) => {
  const host = (await import(`./hosts/${file}.mjs`))[name];
  return (options.length > 0 ? host(...options) : host)(traces);
};

/** `tier` 1: byte-equal to the first. 2: the same decisions. `sample`: it gets a part of the traces. */
export const HOSTS = [
  { name: "Node", tier: 1, run: from("node", "node") },
  { name: "Chromium, Worker", tier: 1, run: from("browsers", "chromium") },
  { name: "Firefox, Worker", tier: 1, run: from("browsers", "firefox") },
  { name: "WeChat-like, iOS, .wasm", tier: 1, run: from("wechat", "wechat", true, false) },
  { name: "WeChat-like, iOS, .wasm.br", tier: 1, run: from("wechat", "wechat", true, true) },
  { name: "WeChat-like, Android, .wasm", tier: 1, run: from("wechat", "wechat", false, false) },
  { name: "WeChat-like, Android, .wasm.br", tier: 1, run: from("wechat", "wechat", false, true) },
  { name: "JavaScriptCore without JIT", tier: 1, run: from("jsc", "jsc"), sample: "jsc" },
  { name: "workerd", tier: 1, run: from("workerd", "workerd") },
  { name: "Deno", tier: 1, run: from("deno", "deno") },
  { name: "edge-runtime", tier: 1, run: from("edge-runtime", "edgeRuntime") },
  { name: "Node, SIMD build", tier: 2, run: from("node", "simd") },
  { name: "native", tier: 2, run: from("native", "native") },
];
