// Clicks and taps.

import { classify, controlIn, ignoreList, isDisabled, opensOf, pathOfEvent, stableId } from './element.ts';
import { guarded, type Recorder } from './recorder.ts';

/** Most pages stand still so long after they loaded, in ms. */
const WARM_UP = 1_000;

/** Captures taps. `onTap` runs before each, so that what follows it is seen at once. */
export function captureTaps(recorder: Recorder, onTap: (path: Element[]) => void): void {
  let changed = false;
  let selection = false;
  recorder.on(document, 'selectionchange', () => (changed = true));
  const tap = (event: MouseEvent) => {
    const path = pathOfEvent(event);
    const control = controlIn(path);
    if (!control || forwardsTo(control, path)) return;
    onTap(path);
    // To ask makes the browser lay out the page, so only where there is something new.
    if (changed) selection = getSelection()?.isCollapsed === false;
    changed = false;
    recorder.emit({
      kind: 'tap',
      x: event.clientX,
      y: event.clientY,
      selection,
      modifier: event.ctrlKey || event.metaKey || event.shiftKey || event.altKey,
      ...described(control, path),
    });
    if (control.closest('[data-unstuck-help]')) recorder.emit({ kind: 'help' });
  };
  recorder.on<MouseEvent>(window, 'click', (event) => {
    // A script's click counts where it opens something: that is how most upload buttons work.
    if (event.isTrusted || opensOf(event.target as Element) !== 'nothing') tap(event);
  });
  // Natively disabled controls get no click, in no browser.
  recorder.on<PointerEvent>(window, 'pointerup', (event) => {
    if (!event.isTrusted || event.button !== 0) return;
    const path = pathOfEvent(event);
    const off = (el: Element | undefined) => el?.matches(':disabled');
    // First what costs little: it is asked at every tap.
    if (path.some(off) && off(controlIn(path))) tap(event);
  });
  // What runs for the first time is compiled then, and that is slow: better before the app has a tap to answer.
  const sample = document.createElement('summary');
  setTimeout(guarded(() => described(sample, [sample])), WARM_UP);
}

function described(control: Element, path: Element[]) {
  return {
    target: stableId(control),
    control: classify(control, path),
    disabled: isDisabled(control),
    opens: opensOf(control),
    ignore: ignoreList(path),
  };
}

/** A label's click is followed by a second one on its field; only that one counts. */
function forwardsTo(control: Element, path: Element[]): boolean {
  return control instanceof HTMLLabelElement && !!control.control && !path.includes(control.control);
}
