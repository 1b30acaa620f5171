// What an element is and how it is called, never what it says.

import type { Control, Opens, SignalKind } from '../contracts/index.ts';

/** The widget's tag; nothing that happens inside it is captured. */
export const OWN_TAG = 'UNSTUCK-WIDGET';

const DEPTH = 8;
const ID_CAP = 120;
const GENERATED = /[:\s]|\d{3}|[0-9a-f]{8}/i;

/** The elements an event went through, innermost first, across shadow roots; none where it is the widget's. */
export function pathOfEvent(event: Event): Element[] {
  const path = event.composedPath().filter((node): node is Element => node instanceof Element);
  return path.some((el) => el.tagName === OWN_TAG) ? [] : path;
}

/** The element that a tap was meant for: the innermost control, or the tapped element itself. */
export function controlIn(path: Element[]): Element | undefined {
  const near = path.slice(0, DEPTH);
  return near.find((el) => known(el) || el.tagName === 'LABEL') ?? path[0];
}

function parentOf(el: Element): Element | null {
  if (el.parentElement) return el.parentElement;
  const root = el.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

function ownId(el: Element): string {
  const given = el.getAttribute('data-unstuck');
  if (given) return given.slice(0, ID_CAP);
  for (const name of [el.id, el.getAttribute('name')]) {
    if (name && name.length <= ID_CAP && !GENERATED.test(name)) return name;
  }
  return '';
}

/** A stable id: the given one, the id or name, else the way of roles from the nearest named ancestor. */
export function stableId(el: Element | null | undefined): string {
  const way: string[] = [];
  for (let at: Element | null = el ?? null; at && way.length < DEPTH; at = parentOf(at)) {
    const id = ownId(at);
    if (id) return [id, ...way].join('/').slice(0, ID_CAP);
    if (at === document.body) break;
    way.unshift(roleStep(at));
  }
  return way.join('/').slice(0, ID_CAP);
}

function roleStep(el: Element): string {
  const role = el.getAttribute('role') ?? el.tagName.toLowerCase();
  const alike = [...(el.parentNode?.children ?? [])].filter((s) => s.tagName === el.tagName);
  return alike.length > 1 ? `${role}:${alike.indexOf(el) + 1}` : role;
}

/** The signals that are about one element: what an empty `data-unstuck-ignore` stands for. */
export const OF_AN_ELEMENT = 'rage_click dead_click error_click field_reedit form_error_loop form_abandonment hesitation';

/** The signals that the element or an ancestor opted out of. */
export function ignoreList(path: Element[]): SignalKind[] {
  const lists = path.map((el) => el.getAttribute('data-unstuck-ignore')).map((list) => (list === '' ? OF_AN_ELEMENT : list));
  const names = lists.join(' ').match(/\w+/g) ?? [];
  return [...new Set(names)].filter((name) => name !== 'activity') as SignalKind[];
}

/** The way outwards from an element, itself first, across shadow roots. */
export function ancestry(el: Element): Element[] {
  const path: Element[] = [];
  for (let at: Element | null = el; at; at = parentOf(at)) path.push(at);
  return path;
}

// By role, by tag, and by `#type` of an input.
const CONTROLS: [Control, RegExp][] = [
  ['toggle', /^(switch|#?checkbox|menuitemcheckbox)$/],
  ['stepper', /^(spinbutton|slider|#number|#range)$/],
  ['date', /^#(date|time|month|week)/],
  ['file', /^#file$/],
  ['button', /^(#?button|#submit|#reset|#image|gridcell)$/],
  ['select', /^(select|option|combobox|listbox|#color|#?radio|menuitemradio)$/],
  ['tab', /^(tab|menuitem|treeitem|summary)$/],
  ['media', /^(canvas|video|audio)$/],
  ['link', /^link$/],
  ['text', /^(#.+|textarea|textbox|searchbox)$/],
];

/** What an element is by its own tag and role; nothing where they say nothing. */
function known(el: Element): Control | undefined {
  const tag = el.tagName.toLowerCase();
  const word = el instanceof HTMLInputElement ? '#' + el.type : el.getAttribute('role') ?? tag;
  if (el.matches('a[href]') && word === tag) return 'link';
  return CONTROLS.find(([, rule]) => rule.test(word))?.[0] ?? ((el as HTMLElement).isContentEditable ? 'text' : undefined);
}

// What surrounds a control says which one it is: classes of the common kits and ARIA.
const SURROUNDINGS: [Control, RegExp][] = [
  ['date', /date-?picker|calendar|date-?range|picker-panel|picker-cell/],
  ['carousel', /carousel|swiper|slick|splide|embla|gallery|slideshow/],
  ['pagination', /paginat|\bpager\b/],
  ['stepper', /stepper|input-?number|(number|integer)-?(field|input)|spin-?button|quantity|\bqty\b/],
];
const STEP_LABEL = /^[+\-−–＋－]$|(in|de)cre|^(plus|minus|增?加|减少?)$/i;
const SLIDE_LABEL = /(next|prev\w*|go to) (slide|image|photo)|[上下]一(张|页图)/i;

/** The sort of control a tap went to. Words are read to classify it, and then forgotten. */
export function classify(control: Element, path: Element[]): Control {
  const own = known(control) ?? (getComputedStyle(control).cursor === 'pointer' ? 'button' : 'none');
  if (!/button|link|tab/.test(own)) return own;
  const label = control.getAttribute('aria-label') ?? control.getAttribute('part') ?? control.textContent?.trim().slice(0, 24) ?? '';
  if (STEP_LABEL.test(label) || besideSpinner(control)) return 'stepper';
  if (SLIDE_LABEL.test(label)) return 'carousel';
  const around = surroundings(path);
  const near = SURROUNDINGS.find(([, rule]) => rule.test(around))?.[0] ?? own;
  return /pag|tab/.test(near) && control.closest(CHOSEN) ? 'select' : near;
}

/** The current page, the open tab: it is chosen already, and promises nothing more. */
const CHOSEN = '[aria-selected=true],[aria-current],li.active,li[class*=-active]';

function surroundings(path: Element[]): string {
  return path
    .slice(0, DEPTH)
    .map((el) => [el.tagName, ...['class', 'id', 'aria-roledescription', 'aria-label'].map((name) => el.getAttribute(name))].join(' '))
    .join(' ')
    .toLowerCase();
}

function besideSpinner(control: Element): boolean {
  const group = control.parentElement;
  return !!group && group.children.length <= 5 && !!group.querySelector('input[type=number],[role=spinbutton]');
}

/** Whether the control is switched off, natively or by ARIA. */
export function isDisabled(control: Element): boolean {
  return control.matches(':disabled,[disabled],[aria-disabled=true],fieldset:disabled *,[inert],[inert] *');
}

const FILE_LINK = /\.(pdf|zip|csv|xlsx?|docx?|apk|dmg|exe|ics)$/i;

/** What a tap opens outside the page. */
export function opensOf(control: Element): Opens {
  const said = control.getAttribute('data-unstuck-opens');
  if (said) return said as Opens;
  const input = control instanceof HTMLLabelElement ? control.control : control;
  if (input instanceof HTMLInputElement && input.type === 'file') return 'file_picker';
  const link = control.closest('a[href]');
  if (!(link instanceof HTMLAnchorElement)) return 'nothing';
  if (link.hasAttribute('download') || FILE_LINK.test(link.pathname)) return 'download';
  if (!/^(https?:|javascript:|$)/.test(link.protocol)) return 'new_tab';
  return link.target && !/^_(self|top|parent)$/.test(link.target) ? 'new_tab' : 'nothing';
}
