// Press feedback: what a kit shows for any tap, whether or not the tap did something. A ripple that
// counted as a reaction would hide every dead button.

/** Class names and attributes that only say how a control is being touched. */
const TOUCHED = /focus|hover|ripple|wave|animating|^data-.*valid$/i;
/** Elements that only draw the touch, and the empty box that a kit puts around them. */
const DRAWN = /ripple|wave|^<(div|span)( style="[^"]*")?><\//i;

/** Whether a change of the document is nothing but press feedback, or no change at all. */
export function isFeedback({ type, target, attributeName, oldValue, addedNodes, removedNodes }: MutationRecord): boolean {
  if (type === 'childList') {
    return [...addedNodes, ...removedNodes].every((node) => !node.textContent && DRAWN.test((node as Element).outerHTML));
  }
  if (!attributeName) return false;
  const el = target as Element;
  return TOUCHED.test(attributeName) || rest(oldValue) === rest(el.getAttribute(attributeName));
}

function rest(words: string | null): string | undefined {
  return words?.split(/\s+/).filter((word) => !TOUCHED.test(word)).join(' ');
}
