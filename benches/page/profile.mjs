// Whose a long task is: a sampling profile of the main thread says how much of it was spent in whose functions.

const SAMPLE_US = 1_000;

/** Starts a profile; what it gives back ends it. */
export async function startProfile(cdp) {
  await cdp.send("Performance.enable", { timeDomain: "timeTicks" });
  await cdp.send("Profiler.enable");
  await cdp.send("Profiler.setSamplingInterval", { interval: SAMPLE_US });
  await cdp.send("Profiler.start");
  return async () => {
    const { profile } = await cdp.send("Profiler.stop");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const navigation = metrics.find(({ name }) => name === "NavigationStart").value;
    return { profile, zero: navigation * 1e6 };
  };
}

/** Each task with the ms of it in which a function of a script that matches `own` was on the stack. */
export function ownTimes({ profile, zero }, tasks, own) {
  const isOwn = ownNodes(profile.nodes, own);
  const spans = spansOf(profile, isOwn);
  return tasks.map(({ at, ms }) => {
    const [from, to] = [zero + at * 1e3, zero + (at + ms) * 1e3];
    const inside = ({ start, end }) => Math.max(0, Math.min(end, to) - Math.max(start, from));
    return { at, ms, own_ms: spans.reduce((sum, span) => sum + inside(span), 0) / 1e3 };
  });
}

function ownNodes(nodes, own) {
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isOwn = (id) => id !== undefined && (own.test(byId.get(id).callFrame.url) || isOwn(parent.get(id)));
  return new Set(nodes.map(({ id }) => id).filter(isOwn));
}

/** When functions of ours were on the stack, in the profile's clock. */
function spansOf({ startTime, samples, timeDeltas }, isOwn) {
  let now = startTime;
  const times = timeDeltas.map((delta) => (now += delta));
  return samples.flatMap((id, i) => (isOwn.has(id) && i + 1 < times.length ? [{ start: times[i], end: times[i + 1] }] : []));
}
