// The sensor: sees what happens in the page, from the first moment, and holds it for the engine.

import { captureFields } from './fields.ts';
import { captureNetwork } from './network.ts';
import { captureActivity, captureErrors, captureMutations, captureScreens, captureScrolling } from './page.ts';
import { guarded, quietly, Recorder, type Sink } from './recorder.ts';
import { captureTaps } from './taps.ts';

/** What the session has of the sensor, in the browser and elsewhere. */
export interface Sensed {
  /** From now on events go to `sink`, those that waited first. */
  drainTo(sink: Sink): void;
  /** Events wait again. */
  hold(): void;
  /** Requests whose URL begins with `prefix` are not the app's. */
  ignoreRequests(prefix: string): void;
  /** The field of a failed JSON answer that holds the app's error code. */
  setErrorCodeField(field: string): void;
  track(name: string): void;
  search(results: number): void;
  help(): void;
  /** The template of the screen the user is on. */
  screen(): string;
  stop(): void;
}

export interface Sensor extends Sensed {
  /** The page's own `fetch`, unwatched. */
  fetch: typeof fetch;
}

/** Starts to capture. Call it once a page. A failed JSON answer has the app's error code in `errorCodeField`. */
export function startSensor(errorCodeField = ''): Sensor {
  const recorder = new Recorder();
  const network = { own: [] as string[], errorCodeField };
  const original = window.fetch?.bind(window);
  quietly(() => {
    captureScreens(recorder);
    captureNetwork(recorder, network);
    captureErrors(recorder);
    // What users do comes in a task of its own: to set up all at once would be a long one on a slow device.
    setTimeout(guarded(() => recorder.stopped || captureUser(recorder)));
  });
  return {
    drainTo: (sink) => recorder.drainTo(sink),
    hold: () => recorder.hold(),
    ignoreRequests: (prefix) => void network.own.push(new URL(prefix, document.baseURI).href),
    setErrorCodeField: (field) => void (network.errorCodeField = field),
    track: (name) => recorder.emit({ kind: 'custom', name: String(name) }),
    search: (results) => recorder.emit({ kind: 'search', results: Number(results) || 0 }),
    help: () => recorder.emit({ kind: 'help' }),
    screen: () => recorder.screen,
    fetch: original,
    stop: () => {
      recorder.stop();
      delete window.unstuckSensor;
    },
  };
}

function captureUser(recorder: Recorder): void {
  const { active, reopen } = captureActivity(recorder);
  captureScrolling(recorder, active);
  const { refused } = captureFields(recorder);
  const { watch } = captureMutations(recorder, { active, refused });
  captureTaps(recorder, (path) => {
    reopen();
    watch(path);
  });
}

declare global {
  interface Window {
    /** The sensor of this page, where its script ran before the app's. */
    unstuckSensor?: Sensor | undefined;
  }
}
