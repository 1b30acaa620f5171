// The kill switch: asks every so often, and when the page is looked at again, whether the bot is off.

/** How often it is asked, in seconds: rarely enough to cost nothing. */
const EVERY = 600;

/** Looks at the manifest at `url` until the stop is called; `off` is called once at most. */
export function watchSwitch(url: string, every: number | undefined, get: typeof fetch, off: () => void): () => void {
  const leave = new AbortController();
  const stop = () => {
    leave.abort();
    clearInterval(timer);
  };
  const look = async () => {
    // A hidden page shows nobody anything, and asks as soon as it is seen.
    if (document.visibilityState !== 'visible') return;
    if (!(await isOff(url, get)) || leave.signal.aborted) return;
    stop();
    off();
  };
  const timer = setInterval(look, (every ?? EVERY) * 1_000);
  document.addEventListener('visibilitychange', look, { signal: leave.signal });
  return stop;
}

/** Only a clear word switches off: a lost network or a broken file does not. */
async function isOff(url: string, get: typeof fetch): Promise<boolean> {
  try {
    const response = await get(url, { cache: 'no-cache' });
    return response.ok && ((await response.json()) as { enabled?: unknown }).enabled === false;
  } catch {
    return false;
  }
}
