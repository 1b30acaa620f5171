// WeChat.

import { unstuckOn } from './index.ts';
import type { Api } from './vendor.ts';
import type { PathWasm } from './wasm.ts';
import { widgetOf } from './widget/index.ts';
import { wxLike } from './wx-like.ts';

declare const wx: Api;
declare const WXWebAssembly: PathWasm | undefined;

const { init, shown } = unstuckOn(wxLike('wechat', wx), {
  api: typeof WXWebAssembly === 'undefined' ? undefined : WXWebAssembly,
  missing: 'this WeChat has no WXWebAssembly: ask for base library 2.13.0 or newer in the console of the mini-program, or turn on the remote mode',
});
export { init };
export const widget = widgetOf(shown);
