// Calls of the platform by the app: requests, and what the user sees happen besides the page.

import type { StatusClass } from '../../contracts/index.ts';
import { CODE, statusClass } from '../../sensor/network.ts';
import { quietly } from '../../sensor/recorder.ts';
import { template } from '../../sensor/route.ts';
import type { AnyFunction, Api, Ended, Vendor } from '../vendor.ts';
import type { Seen } from './index.ts';

/** Each of these is a reaction that changes no data of the page. */
const REACTIONS = [
  'navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack', 'pageScrollTo', 'navigateToMiniProgram',
  'showToast', 'showModal', 'showLoading', 'showActionSheet', 'alert', 'confirm',
  'scanCode', 'scan', 'chooseImage', 'chooseMedia', 'chooseVideo', 'chooseFile', 'chooseMessageFile', 'chooseLocation', 'chooseAddress',
  'previewImage', 'openDocument', 'openLocation', 'openSetting', 'makePhoneCall', 'requestPayment', 'tradePay', 'saveImageToPhotosAlbum',
];

/** Puts `wrap(original)` in the place of `api[name]`; the properties of these globals only have a getter. */
function replace(api: Api, name: string, wrap: (original: AnyFunction) => AnyFunction): boolean {
  const original = api[name] as AnyFunction | undefined;
  if (typeof original !== 'function') return false;
  try {
    const value = wrap(original);
    Object.defineProperty(api, name, { value, configurable: true, enumerable: true, writable: true });
    return (api[name] as unknown) === value;
  } catch {
    return false;
  }
}

export function captureReactions({ api }: Vendor, seen: Seen): void {
  for (const name of REACTIONS) {
    replace(api, name, (original) => function (...args) {
      seen.active('dom');
      return original.apply(this, args);
    });
  }
  replace(api, 'setClipboardData', (original) => function (...args) {
    seen.emit({ kind: 'copy', target: '' });
    return original.apply(this, args);
  });
}

type Callback = ((answer: unknown) => unknown) | undefined;
interface Asked {
  url: string;
  method?: string;
  success?: Callback;
  fail?: Callback;
  complete?: Callback;
}

/** Results, errors and timing stay the app's own. False where it cannot be done. */
export function captureRequests(vendor: Vendor, seen: Seen, own: string[]): boolean {
  return replace(vendor.api, 'request', (original) => function (...args) {
    const asked = args[0] as Asked | undefined;
    const end = quietly(() => asked && begin(asked, seen, own));
    if (!asked || !end) return original.apply(this, args);
    const { ended } = vendor;
    const done = (read: (answer: unknown) => Ended, answer: unknown) => quietly(() => end(read(answer)));
    if (vendor.promises && !asked.success && !asked.fail && !asked.complete) {
      const answer = original.apply(this, args) as PromiseLike<unknown>;
      if (typeof answer?.then === 'function') answer.then((said) => done(ended.success, said), (error: unknown) => done(ended.fail, error));
      return answer;
    }
    const watched: Asked = {
      ...asked,
      success(answer) {
        done(ended.success, answer);
        return asked.success?.call(asked, answer);
      },
      fail(error) {
        done(ended.fail, error);
        return asked.fail?.call(asked, error);
      },
    };
    return original.apply(this, [watched, ...args.slice(1)]);
  });
}

function begin({ url, method = 'GET' }: Asked, seen: Seen, own: string[]): ((ended: Ended) => void) | undefined {
  if (!seen.allowed || own.some((prefix) => url.startsWith(prefix))) return undefined;
  const path = url.replace(/^\w+:\/\/[^/]+/, '');
  const endpoint = `${method.toUpperCase()} ${template(path)}`;
  const start = Date.now();
  seen.emit({ kind: 'api', endpoint, status: 'pending', latency_ms: 0, code: '' });
  return (ended) => {
    const code = codeOf(ended, seen.options.errorCodeField);
    seen.emit({ kind: 'api', endpoint, status: statusOf(ended), latency_ms: Date.now() - start, code: CODE.test(code) ? code : '' });
  };
}

function statusOf({ status, error }: Ended): StatusClass {
  if (status > 0) return statusClass(status);
  if (/time ?out/i.test(error)) return 'timeout';
  return /abort/i.test(error) ? 'cancelled' : 'network';
}

/** A header, or the one named field of a failed answer; nothing else of it is looked at. */
function codeOf({ status, headers, data }: Ended, field: string): string {
  if (status > 0 && status < 400) return '';
  const header = Object.keys(headers).find((name) => name.toLowerCase() === 'x-error-code');
  if (header) return String(headers[header]);
  if (!field) return '';
  let at: unknown = typeof data === 'string' ? quietly(() => JSON.parse(data) as unknown) : data;
  for (const name of field.split('.')) at = (at as Record<string, unknown> | null | undefined)?.[name];
  return typeof at === 'string' || typeof at === 'number' ? String(at) : '';
}
