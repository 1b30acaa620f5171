// Finds the element that a guide speaks of.

import { OWN_TAG } from '../sensor/element.ts';

export type Found = { element: Element } | { why: 'target_missing' | 'target_hidden' };

/** The element with this stable id, if it can be seen; shadow roots are searched too. */
export function findTarget(id: string): Found {
  const quoted = CSS.escape(id);
  const candidates = everywhere(document, `[data-unstuck="${quoted}"],#${quoted},[name="${quoted}"]`);
  if (candidates.length === 0) return { why: 'target_missing' };
  const element = candidates.find(isVisible);
  return element ? { element } : { why: 'target_hidden' };
}

function everywhere(root: Document | ShadowRoot, selector: string): Element[] {
  const found = [...root.querySelectorAll(selector)];
  if (found.length > 0) return found;
  for (const el of root.querySelectorAll('*')) {
    if (el.shadowRoot && el.tagName !== OWN_TAG) found.push(...everywhere(el.shadowRoot, selector));
  }
  return found;
}

function isVisible(el: Element): boolean {
  const { width, height } = el.getBoundingClientRect();
  if (width === 0 || height === 0) return false;
  return el.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
}
