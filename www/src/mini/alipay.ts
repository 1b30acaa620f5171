// Alipay. Its Wasm is in the Worker alone, so there is none to hand over here.

import { unstuckOn } from './index.ts';
import { alipay } from './my.ts';
import type { Api } from './vendor.ts';
import { widgetOf } from './widget/index.ts';

declare const my: Api;

const { init, shown } = unstuckOn(alipay(my), { api: undefined, missing: '' });
export { init };
export const widget = widgetOf(shown);
