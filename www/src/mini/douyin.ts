// Douyin.

import { unstuckOn } from './index.ts';
import type { Api } from './vendor.ts';
import type { PathWasm } from './wasm.ts';
import { widgetOf } from './widget/index.ts';
import { wxLike } from './wx-like.ts';

declare const tt: Api;
declare const TTWebAssembly: PathWasm | undefined;

const { init, shown } = unstuckOn(wxLike('douyin', tt), {
  api: typeof TTWebAssembly === 'undefined' ? undefined : TTWebAssembly,
  missing: 'this Douyin has no TTWebAssembly: ask for base library 2.34.0 or newer in the console of the mini-program, or turn on the remote mode',
});
export { init };
export const widget = widgetOf(shown);
