// A mini-program's logic layer (../../wechat-vm.mjs), as on iOS and on Android, from a plain and a packed Wasm.

import { brotliCompressSync, constants } from "node:zlib";

import { logicLayer } from "../../wechat-vm.mjs";
import { bundle, TEXT_SHIM } from "../bundle.mjs";
import { bytes, paths, text } from "../job.mjs";

/** A quick packing: the tests unpack it again. */
const pack = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });

export const wechat = (ios, packed) => async (traces) => {
  const wasm = bytes(paths.wasm);
  const files = {
    [`/core.wasm${packed ? ".br" : ""}`]: packed ? pack(wasm) : wasm,
    "/playbook.json": text(paths.playbook),
    "/behaviour.onnx": bytes(paths.behaviour),
    "/intents.onnx": bytes(paths.intents),
    "/bundle.js": await bundle({ format: "cjs", inject: [TEXT_SHIM] }),
  };
  const globals = { traces: JSON.stringify(traces), now: () => performance.now(), library: null };
  const layer = logicLayer({ ios, files, globals });
  layer.context.library = layer.require("bundle.js", files["/bundle.js"]);
  const program = layer.require("app.js", `
    exports.run = async () => {
      const files = wx.getFileSystemManager();
      const { instance } = await WXWebAssembly.instantiate("/core.wasm${packed ? ".br" : ""}", library.imports);
      const loaded = library.ready(instance, {
        playbook: files.readFileSync("/playbook.json", "utf8"),
        behaviour: new Uint8Array(files.readFileSync("/behaviour.onnx")),
        intents: new Uint8Array(files.readFileSync("/intents.onnx")),
      });
      const start = now();
      const outputs = library.replayAll(loaded, JSON.parse(traces));
      return { outputs, ms: now() - start };
    };`);
  const { outputs, ms } = await program.run();
  return { version: `V8 ${process.versions.v8}`, outputs: Array.from(outputs), ms };
};
