// What the integrator gave to `init`, made whole. A mistake gets a sentence and a default.

import type { Language, Options } from '../../../pkg/types/index.d.ts';

export interface Settings extends Options {
  /** Absolute, ending in a slash. */
  bundle: string;
  /** Absolute, ending in a slash; empty where there are no humans. */
  desk: string;
  /** Absolute, ending in a slash, where it is given. */
  assets?: string;
  /** Absolute, ending in a slash; empty where the engine runs on the device. */
  remote: string;
  /** The manifest that the kill switch is in; empty where nobody looks from here: the edge does it itself. */
  manifest: string;
  consent: 'given' | 'wait';
  tools: NonNullable<Options['tools']>;
}

export function settingsOf(options: Options): Settings {
  if (!options?.remote && (typeof options?.bundle !== 'string' || !options.bundle)) {
    throw new Error("`bundle` is missing: give the URL of the folder made by \"unstuck build\", such as init({ bundle: '/bundle/' })");
  }
  if (options.consent !== undefined && options.consent !== 'given' && options.consent !== 'wait') {
    throw new Error(`consent is "${String(options.consent)}": it must be 'given' or 'wait'`);
  }
  refuseWrong(options);
  const bundle = options.bundle ? folder('bundle', options.bundle) : '';
  return {
    ...options,
    ...(options.assets ? { assets: folder('assets', options.assets) } : {}),
    bundle,
    remote: options.remote ? folder('remote', options.remote) : '',
    manifest: options.remote ? '' : `${bundle}manifest.json`,
    desk: options.desk ? folder('desk', options.desk) : '',
    consent: options.consent ?? 'given',
    tools: options.tools ?? {},
  };
}

/** What no host takes. */
export function refuseWrong({ language, checkEvery }: Pick<Options, 'language' | 'checkEvery'>): void {
  if (language !== undefined && language !== 'zh' && language !== 'en') {
    throw new Error(`language is "${String(language)}": it must be 'zh' or 'en'`);
  }
  if (checkEvery !== undefined && !(checkEvery >= 1)) {
    throw new Error(`checkEvery is ${String(checkEvery)}: it must be a number of seconds, 1 or more`);
  }
}

function folder(name: string, url: string): string {
  try {
    const { href } = new URL(url, document.baseURI);
    return href.endsWith('/') ? href : `${href}/`;
  } catch {
    throw new Error(`${name} is "${url}", which is no URL: give a path such as '/${name}/' or a whole URL`);
  }
}

/** Chinese where the page or the browser is in Chinese, else English. */
export function pageLanguage(): Language {
  const said = document.documentElement.lang || navigator.language || '';
  return said.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** One line in the console for each thing that goes wrong; it says what to do about it. */
export function warner(): (sentence: string) => void {
  const said = new Set<string>();
  return (sentence) => {
    if (said.has(sentence)) return;
    said.add(sentence);
    console.warn(`unstuck: ${sentence}`);
  };
}
