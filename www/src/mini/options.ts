// What the integrator gave to `init`, made whole. A mistake gets a sentence.

import type { MiniOptions } from '../../../pkg/types/mini.d.ts';
import { refuseWrong, type Settings } from '../session/options.ts';

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
  const { consent = 'platform', explain, engine, ...rest } = options;
  if (!['platform', 'given', 'wait'].includes(consent)) throw new Error(`consent is "${String(consent)}": it must be 'platform', 'given' or 'wait'`);
  refuseWrong(options);
  if (engine !== undefined && typeof engine !== 'function') throw new Error("`engine` must be a function: engine: () => require.async('unstuck-engine/engine.js')");
  const bundle = folder('bundle', options.bundle ?? `${ENGINE}bundle/`);
  return {
    ...rest,
    consent,
    engine,
    models: options.models,
    explained: explain,
    bundle,
    remote: options.remote ? folder('remote', options.remote) : '',
    manifest: manifestOf(options, bundle),
    desk: options.desk ? folder('desk', options.desk) : '',
    wasm: options.wasm ?? `${ENGINE}core.wasm.br`,
    worker: options.worker ?? 'unstuck-engine/worker.js',
    tools: options.tools ?? {},
    screens: options.screens ?? {},
    targets: options.targets ?? {},
    ignoreData: options.ignoreData ?? [],
  };
}

/** A bundle in the package has no switch of its own: nobody could turn it. */
function manifestOf({ manifest, remote }: Partial<MiniOptions>, bundle: string): string {
  if (!manifest) return remote || bundle.startsWith('/') ? '' : `${bundle}manifest.json`;
  if (!/^https?:\/\//.test(manifest)) throw new Error(`manifest is "${manifest}": give the whole URL of a manifest.json, on one of the request domains`);
  return manifest;
}

/** `remote` and `desk` are never paths: there is no page that it could be beside. */
function folder(name: 'bundle' | 'desk' | 'remote', url: string): string {
  const right = /^https?:\/\//.test(url) || (name === 'bundle' && url.startsWith('/'));
  if (!right) throw new Error(`${name} is "${url}": give a whole URL${name === 'bundle' ? ', or a folder of the package from its root, such as "/unstuck-engine/bundle/"' : ''}`);
  return url.endsWith('/') ? url : `${url}/`;
}
