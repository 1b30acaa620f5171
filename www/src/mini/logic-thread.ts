// WeChat and Douyin: the engine on the logic thread. An app owns its one Worker, and may need it itself.

import { PageLink } from '../session/link.ts';
import { reader } from './bundle.ts';
import type * as Engine from './engine.ts';
import { openLive } from './live.ts';
import { instantiate } from './wasm.ts';

/** A glue of its own for each start: one whose core trapped keeps a memory that is gone. Set by the build. */
declare const newEngine: () => typeof Engine;

export const open = openLive(({ vendor, settings, wasm }) => async (request) => {
  const { core, ...answer } = await newEngine().start(request, {
    instantiate: (imports) => instantiate(wasm, settings.wasm, imports),
    get: reader(vendor),
  });
  return { link: new PageLink(core), answer };
});
