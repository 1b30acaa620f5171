// The visits as Markdown and as plots.

import { figure, meanWithInterval, quartiles, RESAMPLES, SEED, spread } from "../figures.mjs";

const WITHOUT = "without us";
/** A task is long from here, in ms: so the browser's own API has it. */
const LONG = 50;

export function table({ throttle, taken, profiled }, { chromium }) {
  const [{ length: n }] = Object.values(taken);
  const interactions = quartiles(taken[WITHOUT].map((visit) => visit.interactions)).median;
  return [
    `Chromium ${chromium}, main thread slowed ${throttle} times, ${n} visits to each site in turn, ${interactions} interactions each; medians (quartiles), ms. Differences are from the visit without us of the same round: mean, and its 95 % interval by the percentile bootstrap (N = ${n}, ${RESAMPLES} resamples, seed ${SEED}).`,
    "",
    "| site | INP | difference | 95 % interval | long tasks | difference | 95 % interval | offers |",
    "|---|---|---|---|---|---|---|---|",
    ...Object.keys(taken).map((site) => visitRow(site, taken)),
    "",
    `How long a script is called at a time, as the browser says of frames of ${LONG} ms or more, in the same visits.`,
    "",
    `| script | visits | calls of ${LONG} ms or more, a visit | the longest, ms | the longest of a visit, ms |`,
    "|---|---|---|---|---|",
    ...Object.keys(profiled).map((site) => calledRow(site, taken[site])),
    "",
    `Whose the long tasks are, a visit, from visits with a profile: those of which the script's functions take half or more, and those of the app's that would be under ${LONG} ms without them.`,
    "",
    "| script | visits | long tasks | half or more of it the script's | the app's, long only with it | the most that it took of one, ms | of all, ms |",
    "|---|---|---|---|---|---|---|",
    ...Object.entries(profiled).map(([site, visits]) => ownRow(site, visits)),
  ].join("\n");
}

function visitRow(site, taken) {
  const cells = [inpOf, countOf].flatMap((of) => {
    const values = taken[site].map(of);
    return [spread(quartiles(values)), ...against(values, taken[WITHOUT].map(of), site)];
  });
  return `| ${site} | ${cells.join(" | ")} | ${taken[site].reduce((sum, { offers }) => sum + offers, 0)} |`;
}

function against(values, without, site) {
  if (site === WITHOUT) return ["", ""];
  const { mean, lower, upper } = meanWithInterval(values.map((value, i) => value - without[i]));
  return [mean.toFixed(1), `${lower.toFixed(1)} to ${upper.toFixed(1)}`];
}

function calledRow(site, visits) {
  const longest = visits.map(({ called }) => Math.max(0, ...called));
  const long = visits.flatMap(({ called }) => called).filter((ms) => ms >= LONG);
  return `| ${site} | ${visits.length} | ${(long.length / visits.length).toFixed(1)} | ${figure(Math.max(...longest))} | ${spread(quartiles(longest))} |`;
}

function ownRow(site, visits) {
  const tasks = visits.flatMap(({ tasks }) => tasks);
  const isOwn = ({ ms, own_ms }) => own_ms >= ms / 2;
  const onlyWith = tasks.filter((task) => !isOwn(task) && task.ms - task.own_ms < LONG);
  const most = Math.max(0, ...tasks.map(({ own_ms }) => own_ms));
  const sum = tasks.reduce((sum, { own_ms }) => sum + own_ms, 0);
  const each = [tasks.length, tasks.filter(isOwn).length, onlyWith.length].map((n) => (n / visits.length).toFixed(1));
  return `| ${site} | ${visits.length} | ${each.join(" | ")} | ${figure(most)} | ${figure(sum / visits.length)} |`;
}

function inpOf({ inp }) {
  return inp;
}

function countOf({ tasks }) {
  return tasks.length;
}

export function plots({ taken }) {
  const sites = Object.keys(taken);
  return [["INP of a visit", each(taken, sites, inpOf, "ms")], ["Long tasks of a visit", each(taken, sites, countOf, "tasks")]];
}

/** Every visit a dot, the median a bar. */
function each(taken, sites, of, unit) {
  const values = sites.flatMap((site) => taken[site].map((visit) => ({ site, value: of(visit) })));
  const y = { field: "site", type: "nominal", sort: sites, title: null };
  return {
    width: 520,
    height: 120,
    data: { values },
    layer: [
      { mark: { type: "point", opacity: 0.5 }, encoding: { y, x: { field: "value", type: "quantitative", title: unit, scale: { zero: true } } } },
      { mark: { type: "tick", thickness: 3, color: "#0b7a5b", size: 24 }, encoding: { y, x: { aggregate: "median", field: "value", type: "quantitative" } } },
    ],
  };
}
