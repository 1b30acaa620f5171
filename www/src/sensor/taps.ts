// Clicks and taps.

import { classify, controlIn, ignoreList, isDisabled, opensOf, pathOfEvent, stableId } from './element.ts';
import type { Recorder } from './recorder.ts';

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
      target: stableId(control),
      control: classify(control, path),
      x: event.clientX,
      y: event.clientY,
      disabled: isDisabled(control),
      opens: opensOf(control),
      selection,
      modifier: event.ctrlKey || event.metaKey || event.shiftKey || event.altKey,
      ignore: ignoreList(path),
    });
    if (control.closest('[data-unstuck-help]')) recorder.emit({ kind: 'help' });
  };
  recorder.on<MouseEvent>(window, 'click', (event) => {
    // A script's click counts where it opens something: that is how most upload buttons work.
    if (event.isTrusted || opensOf(event.target as Element) !== 'nothing') tap(event);
  });
  // Natively disabled controls get no click, in no browser.
  recorder.on<PointerEvent>(window, 'pointerup', (event) => {
    if (event.isTrusted && event.button === 0 && controlIn(pathOfEvent(event))?.matches(':disabled')) tap(event);
  });
}

/** A label's click is followed by a second one on its field; only that one counts. */
function forwardsTo(control: Element, path: Element[]): boolean {
  return control instanceof HTMLLabelElement && !!control.control && !path.includes(control.control);
}
