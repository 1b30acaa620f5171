// Medians with their spread, and how they are written.

/** The value below which this share lies, by linear interpolation. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** Median and quartiles. */
export function quartiles(values) {
  if (values.length === 0) return null;
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => percentile(values, share));
  return { median, lower, upper, n: values.length };
}

/** The largest difference of any number of the outputs. */
export function farthest(one, other) {
  return Math.max(...one.map((values, i) => Math.max(...values.map((x, j) => Math.abs(x - other[i][j])))));
}

export function spread({ median, lower, upper }) {
  return `${figure(median)} (${figure(lower)}–${figure(upper)})`;
}

export function figure(ms) {
  return ms >= 10 ? ms.toFixed(0) : ms.toPrecision(3);
}

export function ratio(ours, peers) {
  return ours && peers ? (ours.median / peers.median).toFixed(2) : "";
}

/** Which files were measured, a line each. */
export function identities(files) {
  return Object.entries(files).map(([name, { sha256, bytes }]) => `- ${name}: ${(bytes / 1e6).toFixed(2)} MB raw, sha256 \`${sha256.slice(0, 12)}\``);
}

/** How often a sample is drawn anew for an interval, and from which seed. */
export const RESAMPLES = 10_000;
export const SEED = 1;

/** The mean, and its 95 % interval by the percentile bootstrap. */
export function meanWithInterval(values) {
  const next = random(SEED);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = Array.from({ length: RESAMPLES }, () => mean(values.map(() => values[Math.floor(next() * values.length)])));
  return { mean: mean(values), lower: percentile(means, 0.025), upper: percentile(means, 0.975), n: values.length };
}

/** mulberry32: numbers from 0 to 1, the same from the same seed. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
