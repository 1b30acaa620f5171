// The two tiers of sameness.
//
// (i) The same Wasm: the same bytes. (ii) Another build of the engine: every number within 1e-4 and the same
// words, unless the decision was a close call. From a close call on a session goes another way, so the rest
// of that trace is not compared; each one is counted and shown.

/** How far a number may be apart. */
export const TOLERANCE = 1e-4;
/** A decision whose margin is below this may fall either way. */
export const MARGIN = 1e-3;

/**
 * Where decisions turn, by the defaults of the playbook's settings; the fixture sets none of its own. `worth`
 * is compared with 0, and with what an interruption in the middle of a task costs more. A probability is
 * compared with: believed at all, proposed, out of scope, answered; the first two of a ranking with each
 * other and with the lead that an answer needs.
 */
const WORTHS = [0, -1.5];
const BELIEVED = 0.1;
const PROBABILITIES = [BELIEVED, 0.12, 0.5, 0.55];
const LEADS = [0, 0.2];

/** Tier (i): the first trace whose text differs, and where; none where all are the same. */
export function firstDifference(outputs, expected, traces) {
  if (outputs.length !== expected.length) return `${outputs.length} traces, not ${expected.length}`;
  const at = outputs.findIndex((text, n) => text !== expected[n]);
  if (at < 0) return null;
  const [is, was] = [[...outputs[at]], [...expected[at]]];
  const first = was.findIndex((character, n) => character !== is[n]);
  const where = first < 0 ? was.length : first;
  const excerpt = (text) => text.slice(Math.max(0, where - 30), where + 30).join("");
  return `${traces[at].config.session}, character ${where}: …${excerpt(is)}… for …${excerpt(was)}…`;
}

/** Tier (ii): the largest difference of a number, the close calls, and what is simply different. */
export function compare(outputs, expected, traces) {
  const found = { largest: 0, closeCalls: [], different: [] };
  if (outputs.length !== expected.length) found.different.push(`${outputs.length} traces, not ${expected.length}`);
  outputs.forEach((text, n) => {
    if (n >= expected.length || text === expected[n]) return;
    compareTrace(JSON.parse(text), JSON.parse(expected[n]), traces[n].config.session, found);
  });
  return found;
}

function compareTrace(outputs, expected, session, found) {
  if (outputs.length !== expected.length) found.different.push(`${session}: ${outputs.length} outputs, not ${expected.length}`);
  for (let at = 0; at < Math.min(outputs.length, expected.length); at += 1) {
    const differences = [...differ(outputs[at], expected[at], `${session}/${at}`, found)];
    if (differences.length === 0) continue;
    const margin = Math.min(marginOf(outputs[at]), marginOf(expected[at]));
    const said = `${differences[0].what} (margin ${margin.toExponential(1)})`;
    // A number that is too far off is no decision, and nothing excuses it.
    const excused = margin < MARGIN && differences.every(({ word }) => word);
    (excused ? found.closeCalls : found.different).push(said);
    return;
  }
}

/** All places where two values differ by more than they may, and whether in a word or in a number. */
function* differ(is, was, place, found) {
  const said = (word) => ({ what: `${place}: ${JSON.stringify(is)} for ${JSON.stringify(was)}`, word });
  if (typeof is === "number" && typeof was === "number") {
    // Whole numbers are times, counts and names of offers: as good as words.
    if (Number.isInteger(is) && Number.isInteger(was)) {
      if (is !== was) yield said(true);
      return;
    }
    const apart = Math.abs(is - was);
    if (apart > TOLERANCE) yield said(false);
    else found.largest = Math.max(found.largest, apart);
  } else if (typeof is === "string" && typeof was === "string") {
    if (!sameText(is, was)) yield said(true);
  } else if (is === null || was === null || typeof is !== "object" || typeof was !== "object") {
    if (is !== was) yield said(true);
  } else {
    for (const key of new Set([...Object.keys(is), ...Object.keys(was)])) {
      yield* differ(is[key] ?? null, was[key] ?? null, `${place}/${key}`, found);
    }
  }
}

/** A reason's sentence has rounded figures: each may be one apart in its last digit. */
function sameText(is, was) {
  if (is === was) return true;
  const figure = /[-+]?\d+\.\d+/g;
  if (is.replace(figure, "#") !== was.replace(figure, "#")) return false;
  const [these, those] = [is.match(figure), was.match(figure)];
  return these.every((text, n) => {
    const unit = 10 ** -text.split(".")[1].length;
    return Math.abs(Number(text) - Number(those[n])) < 1.5 * unit;
  });
}

/** How near an output's decision was to falling the other way. */
function marginOf({ explain, actions = [] }) {
  if (!explain) return Infinity;
  const rankings = [explain.believed, ...actions.map(({ basis }) => basis?.together ?? [])];
  // Where nothing is believed there was nothing to weigh.
  const margins = explain.worth === 0 ? [] : WORTHS.map((worth) => Math.abs(explain.worth - worth));
  for (const ranking of rankings) {
    const [first, second] = ranking.map(({ probability }) => probability);
    for (const { probability } of ranking.slice(0, 2)) {
      margins.push(...PROBABILITIES.map((threshold) => Math.abs(probability - threshold)));
    }
    if (ranking.length > 0) margins.push(Math.abs(ranking.at(-1).probability - BELIEVED));
    if (second !== undefined) margins.push(...LEADS.map((lead) => Math.abs(first - second - lead)));
  }
  return Math.min(...margins);
}
