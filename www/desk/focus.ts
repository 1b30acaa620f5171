// Focus for what has just come onto the page.

/** For `ref`: lit calls it once, before the element is in the document. */
export function focused(element: Element | undefined): void {
  requestAnimationFrame(() => (element as HTMLElement | undefined)?.focus());
}
