// What the integrator gave to `init`, made whole. A mistake gets a sentence.

import type { MiniOptions } from '../../../pkg/types/mini.d.ts';
import type { Settings } from '../session/options.ts';

const ENGINE = '/unstuck-engine/';

export interface MiniSettings extends Omit<Settings, 'explain' | 'consent'> {
  consent: 'platform' | 'given' | 'wait';
  engine: MiniOptions['engine'] | undefined;
  models: MiniOptions['models'];
  worker: string;
  wasm: string;
  screens: Record<string, string>;
  targets: Record<string, string>;
  ignoreData: string[];
  explained: MiniOptions['explain'];
}

export function miniSettings(options: Partial<MiniOptions> = {}): MiniSettings {
  const { consent = 'platform', language, explain, engine, ...rest } = options;
  if (!['platform', 'given', 'wait'].includes(consent)) throw new Error(`consent is "${String(consent)}": it must be 'platform', 'given' or 'wait'`);
  if (language !== undefined && language !== 'zh' && language !== 'en') throw new Error(`language is "${String(language)}": it must be 'zh' or 'en'`);
  if (engine !== undefined && typeof engine !== 'function') throw new Error("`engine` must be a function: engine: () => require.async('unstuck-engine/engine.js')");
  return {
    ...rest,
    consent,
    language,
    engine,
    models: options.models,
    explained: explain,
    bundle: folder('bundle', options.bundle ?? `${ENGINE}bundle/`),
    desk: options.desk ? folder('desk', options.desk) : '',
    wasm: options.wasm ?? `${ENGINE}core.wasm.br`,
    worker: options.worker ?? 'unstuck-engine/worker.js',
    tools: options.tools ?? {},
    screens: options.screens ?? {},
    targets: options.targets ?? {},
    ignoreData: options.ignoreData ?? [],
  };
}

/** `desk` is never a path: there is no page that it could be beside. */
function folder(name: 'bundle' | 'desk', url: string): string {
  const right = /^https?:\/\//.test(url) || (name === 'bundle' && url.startsWith('/'));
  if (!right) throw new Error(`${name} is "${url}": give a whole URL${name === 'bundle' ? ', or a folder of the package from its root, such as "/unstuck-engine/bundle/"' : ''}`);
  return url.endsWith('/') ? url : `${url}/`;
}
