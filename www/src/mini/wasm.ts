// Starts the vendor's Wasm from a path in the package, and says what to do where it does not start.

export interface PathWasm {
  instantiate(path: string, imports: object): Promise<WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance>;
}

export interface VendorWasm {
  /** `WXWebAssembly` or its like; nothing where the client is too old. */
  api: PathWasm | undefined;
  /** What to do then. */
  missing: string;
}

export async function instantiate({ api, missing }: VendorWasm, path: string, imports: object): Promise<WebAssembly.Instance> {
  if (!api) throw new Error(missing);
  try {
    const started = await api.instantiate(path, imports);
    // Some base libraries give the instance itself.
    return 'instance' in started ? started.instance : started;
  } catch (error) {
    const { message, errMsg } = (error ?? {}) as { message?: unknown; errMsg?: unknown };
    const said = String(message ?? errMsg ?? error);
    throw new Error(`${path} did not start (${said}): ${remedy(said)}`);
  }
}

function remedy(message: string): string {
  if (/memory/i.test(message)) return 'the device is out of memory, and the app goes on without the assistant';
  if (/not found|no such|not exist|404|fail.*file/i.test(message)) return 'put the folder that "npx unstuck-mini" wrote into your subpackage, or name the file by `wasm`';
  return 'run "npx unstuck-mini" again and upload its whole folder; a base library older than 2.14 wants core.wasm in place of core.wasm.br';
}
