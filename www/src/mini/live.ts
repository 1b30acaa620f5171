// What waits in the subpackage until the user has consented: the session, and what is drawn of it.

import type { MiniOptions } from '../../../pkg/types/mini.d.ts';
import type { Platform } from '../platform/index.ts';
import { isOff } from '../session/kill-switch.ts';
import { Session } from '../session/session.ts';
import { SwitchedOff } from '../worker/manifest.ts';
import type { Capture } from './capture/index.ts';
import type { MiniSettings } from './options.ts';
import { fetchOf, miniPlatform } from './platform.ts';
import type { Vendor } from './vendor.ts';
import type { VendorWasm } from './wasm.ts';
import { Held, type Instance } from './widget/held.ts';

/** What the main package hands over. */
export interface LiveHost {
  vendor: Vendor;
  settings: MiniSettings;
  capture: Capture;
  wasm: VendorWasm;
  warn(sentence: string): void;
  /** The bot was switched off while it ran. */
  off(error: unknown): void;
}

export interface Live {
  session: Session;
  /** Resolves when the engine runs. */
  start(): Promise<void>;
  /** Draws into a component, until it is released. */
  hold(instance: Instance): Held;
}

export type StartLink = (host: LiveHost) => Platform['startLink'];

/** `random` where the platform has its randomness elsewhere than the vendor's own part says. */
export function openLive(startLink: StartLink, random?: (host: LiveHost, count: number) => Promise<Uint8Array | undefined>): (host: LiveHost) => Promise<Live> {
  return async (host) => {
    const { vendor, settings, capture, warn, off } = host;
    await refuseOff(settings, vendor);
    const explained = settings.explained as MiniOptions['explain'] & ((detail: unknown) => void);
    const platform = await miniPlatform(vendor, {
      random: (count) => (random && !settings.remote ? random(host, count) : vendor.random(count)), startLink: startLink(host), explain: explained, unsupported: capture.unsupported });
    const session = new Session({ ...settings, consent: 'given', explain: !!explained }, capture, platform, warn, () => undefined, off);
    return {
      session,
      start: () => session.start(),
      hold: (instance) => new Held(host, session, instance),
    };
  };
}

/** Before anything is loaded. The manifest of a bundle from the network is read with the bundle. */
async function refuseOff({ manifest, bundle }: MiniSettings, vendor: Vendor): Promise<void> {
  if (!manifest || manifest.startsWith(bundle) || !(await isOff(manifest, fetchOf(vendor)))) return;
  throw new SwitchedOff(`${manifest} says that the bot is off: it stays away`);
}
