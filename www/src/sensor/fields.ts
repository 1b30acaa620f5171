// Fields and forms: which one, how much is in it, whether it is refused. Never what is in it.

import type { LengthClass } from '../contracts/index.ts';
import { ancestry, ignoreList, pathOfEvent, stableId } from './element.ts';
import { debounce, type Recorder } from './recorder.ts';

/** A burst of typing is one event: it ends after this pause, in ms, or when the field is left. */
export const TYPING_PAUSE = 700;
/** A field that is still marked wrong this long after a submit, in ms, was refused again. */
export const REFUSED_AGAIN = 150;
/** The same refusal told twice, by the browser and by ARIA, within this many ms is one. */
const SAME_REFUSAL = 400;

/** Elements that say of themselves that they are wrong: ARIA takes an empty value for `false`. */
export const INVALID = '[aria-invalid]:not([aria-invalid=false],[aria-invalid=""])';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isField(el: Element): el is Field {
  return el.matches('input,textarea,select');
}

export function lengthClass(length: number): LengthClass {
  if (length === 0) return 'empty';
  if (length <= 5) return 'short';
  return length <= 20 ? 'medium' : 'long';
}

/** Ticked and unticked is not filled in, emptied, filled in again. */
function isTick(el: Element): el is HTMLInputElement {
  return /^(checkbox|radio)$/.test((el as HTMLInputElement).type);
}

function lengthOf(el: Element): number {
  if (isTick(el)) return el.checked ? 1 : 0;
  return isField(el) ? el.value.length : (el.textContent ?? '').length;
}

function validityOf(el: Element): boolean | null {
  if (el.matches(INVALID)) return false;
  if (isField(el) && el.willValidate) return el.validity.valid;
  return el.hasAttribute('aria-invalid') || null;
}

/** The stable id of the form that an element belongs to; empty where there is none. */
export function formOf(el: Element): string {
  const form = (isField(el) && el.form) || el.closest('form,[role=form],[data-unstuck-form]');
  if (!form) return '';
  return form.getAttribute('data-unstuck-form') || stableId(form);
}

/** Captures edits, submits and refusals. */
export function captureFields(recorder: Recorder): { refused(el: Element): void } {
  let editing: Element | undefined;
  const typing = debounce(TYPING_PAUSE, () => {
    if (!editing) return;
    recorder.emit({
      kind: 'input',
      field: stableId(editing),
      form: formOf(editing),
      length: lengthClass(lengthOf(editing)),
      valid: validityOf(editing),
      ignore: isTick(editing) ? ['field_reedit'] : ignoreList(ancestry(editing)),
    });
    editing = undefined;
  });

  recorder.on(window, 'input', (event) => {
    const [field] = pathOfEvent(event);
    if (!field) return;
    if (editing !== field) typing.flush();
    editing = field;
    typing.call();
  });
  for (const type of ['change', 'focusout', 'pagehide']) recorder.on(window, type, () => typing.flush());

  const told = new WeakMap<Element, number>();
  const refused = (el: Element) => {
    if (Date.now() - (told.get(el) ?? 0) < SAME_REFUSAL) return;
    told.set(el, Date.now());
    typing.flush();
    recorder.emit({ kind: 'validation_error', field: stableId(el), code: refusalCode(el) });
  };

  recorder.on(window, 'invalid', (event) => {
    const el = pathOfEvent(event)[0];
    if (el) refused(el);
  });
  recorder.on(window, 'submit', (event) => {
    const form = pathOfEvent(event)[0];
    if (!form) return;
    typing.flush();
    recorder.emit({ kind: 'submit', form: formOf(form) });
    // A field that was wrong before and is wrong again changes no attribute.
    setTimeout(() => form.querySelectorAll(INVALID).forEach(refused), REFUSED_AGAIN);
  });
  return { refused };
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase());

/** The app's own code (`data-unstuck-code`), else the browser's reason: `value_missing`, `too_short`, … */
function refusalCode(el: Element): string {
  const given = el.getAttribute('data-unstuck-code');
  if (given) return given;
  if (!isField(el)) return '';
  for (const state in el.validity) {
    if (el.validity[state as keyof ValidityState] && state !== 'valid') return snakeCase(state);
  }
  return '';
}
