// The whole session, platform by platform.

import { alipay, douyin, wechat } from './apps.mjs';
import { wholeSession } from './session.mjs';

export function* sessions(made, origin) {
  for (const os of ['android', 'ios']) {
    for (const plain of [false, true]) {
      const sub = plain ? made.plain : made.wechat.to;
      yield [`session: WeChat, ${os}, ${plain ? '.wasm' : '.wasm.br'}`, () => wholeSession(wechat(sub, origin, { os, plain }), { origin })];
    }
  }
  yield ['session: Alipay, in the Worker', () => wholeSession(alipay(made.alipay.to, origin), { origin })];
  yield ['session: Douyin', () => wholeSession(douyin(made.wechat.to, origin), { origin })];
}
