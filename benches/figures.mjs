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
