// Builds elements. Text is always set as text: nothing here can make markup of it.

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

// Drawn for a 20 px box with a 1.6 px line.
const ICONS = {
  ring: 'M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4Zm0-4.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4.9 4.9l3 3M15.1 4.9l-3 3M4.9 15.1l3-3M15.1 15.1l-3-3',
  close: 'm5.5 5.5 9 9m0-9-9 9',
  down: 'm5 7.5 5 5 5-5',
  send: 'M10 15.8V4.4M5.2 9.1 10 4.3l4.8 4.8',
  person: 'M10 9.6a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.7 6.8c.5-2.7 2.8-4.3 5.7-4.3s5.2 1.6 5.7 4.3',
  shield: 'M10 2.9 4.2 5v4.4c0 3.6 2.4 6.3 5.8 7.7 3.4-1.4 5.8-4.1 5.8-7.7V5L10 2.9Zm-2.5 7 1.8 1.8 3.3-3.6',
  letters: 'm2.8 14.8 3.8-10h.6l3.8 10M4.2 11.4h5.4M17.2 14.8V8.9m0 3.2c0 1.7-1.1 2.8-2.4 2.8s-2.3-1-2.3-2.8 1-2.9 2.3-2.9 2.4 1.1 2.4 2.9Z',
  back: 'M12.5 5 7.5 10l5 5',
  alert: 'M10 6.4v4.4m0 2.7v.1M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4Z',
};

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
