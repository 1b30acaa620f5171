// Fetches and compiles the core: the one with SIMD where the browser has it, else the baseline.

/** A way to fetch that is told which hash the file must have. */
export type Fetch = (url: string) => Promise<Response>;

/** Where the core lies. */
export interface CoreUrls {
  baseline: string;
  simd: string;
}

/** The smallest module there is. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
/** `(func (result v128) i32.const 0 i8x16.splat i8x16.popcnt)`: the last is of the final set only. */
const SIMD = Uint8Array.of(
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 10, 1, 8, 0, 0x41, 0, 0xfd, 0x0f, 0xfd, 0x62, 0x0b,
);

/** The compiled core. An error says what is wrong and what to do. */
export async function loadModule({ baseline, simd }: CoreUrls, get: Fetch): Promise<WebAssembly.Module> {
  mayRun();
  if (WebAssembly.validate(SIMD)) {
    try {
      return await compile(simd, get);
    } catch {
      // It may be left out where it is deployed. What is wrong with both is told for the baseline.
    }
  }
  return compile(baseline, get);
}

/** Before megabytes are fetched: is there Wasm at all? */
function mayRun(): void {
  if (typeof WebAssembly !== 'object') {
    throw new Error('this browser has no WebAssembly, or its user has turned it off; nothing has to be done');
  }
  try {
    new WebAssembly.Module(EMPTY);
  } catch {
    throw new Error("the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src");
  }
}

async function compile(url: string, get: Fetch): Promise<WebAssembly.Module> {
  const response = await fetched(url, get, 'serve core.wasm beside unstuck.js, or say by `assets` where it is');
  try {
    if (response.headers.get('content-type') === 'application/wasm') return await WebAssembly.compileStreaming(response);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (EMPTY.some((byte, i) => bytes[i] !== byte)) throw new Error('it does not begin as Wasm does');
    return await WebAssembly.compile(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new Error(`there is not enough memory to compile the engine (${error.message}); nothing has to be done`);
    throw new Error(`${url} is no whole Wasm file (${messageOf(error)}): deploy the package's dist/ folder again, as it is`);
  }
}

/** An answer that is one, or a sentence with `mend`. */
export async function fetched(url: string, get: Fetch, mend: string): Promise<Response> {
  let response: Response;
  try {
    response = await get(url);
  } catch (error) {
    throw new Error(`${url} could not be fetched (${messageOf(error)}): ${mend}; a Content-Security-Policy must allow it in connect-src, and \`integrity\` must be its hash`);
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${mend}`);
  return response;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
