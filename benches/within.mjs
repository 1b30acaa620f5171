// No wait without an end: a bench that hangs says nothing.

/** What `promise` gives, or after `ms` an error that says what was waited for. */
export function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms / 1000} s in vain for ${what}`)), ms);
  });
  promise.catch(() => undefined); // Nobody asks any more, if it fails after that.
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
