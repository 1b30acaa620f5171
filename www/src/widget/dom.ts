// Builds elements. Text is always set as text: nothing here can make markup of it.

import { ICONS } from './icons.ts';

type Child = Node | string | false | null | undefined;
type Props<K extends keyof HTMLElementTagNameMap> = {
  class?: string;
  on?: { [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
  aria?: Record<string, string>;
} & Partial<Omit<HTMLElementTagNameMap[K], 'children' | 'style'>>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props<K> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const el = document.createElement(tag);
  const { class: className, on, aria, ...rest } = props;
  if (className) el.className = className;
  Object.assign(el, rest);
  for (const [name, value] of Object.entries(aria ?? {})) el.setAttribute(`aria-${name}`, value);
  for (const [type, listener] of Object.entries(on ?? {})) el.addEventListener(type, listener as EventListener);
  el.append(...children.filter((child): child is Node | string => child != null && child !== false && child !== ''));
  return el;
}

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
