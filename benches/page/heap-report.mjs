// The memory of a long session as Markdown and as a plot.

/** What is measured, and where it stands in a report. */
const KINDS = {
  "page, JS heap": ({ page }) => page.used,
  "page, array buffers": ({ page }) => page.backing,
  "worker, JS heap": ({ worker }) => worker?.used,
  "worker, array buffers": ({ worker }) => worker?.backing,
  "worker, Wasm memory": ({ worker }) => worker?.linear,
};

export function table({ ages: [young, old], sessions }, { chromium }) {
  const turns = sessions.unstuck.map(({ turns }) => turns);
  return [
    `Chromium ${chromium}, not slowed, one session a site, garbage collected before each reading; KB. The other sites got the same input as Unstuck: ${turns.join(" and ")} turns.`,
    "",
    `| site | memory | after ${young} events | after ${old} events | ratio |`,
    "|---|---|---|---|---|",
    ...Object.entries(sessions).flatMap(([site, ages]) => Object.entries(KINDS).flatMap(([kind, of]) => row(site, kind, ages.map(of)))),
  ].join("\n");
}

function row(site, kind, [before, after]) {
  if (before === undefined) return [];
  const kb = (bytes) => (bytes / 1e3).toFixed(0);
  return [`| ${site} | ${kind} | ${kb(before)} | ${kb(after)} | ${(after / before).toFixed(2)} |`];
}

export function plots({ sessions }) {
  const values = Object.entries(sessions).flatMap(([site, ages]) => ages.map(({ age, page }) => ({ site, age, mb: page.used / 1e6 })));
  return [
    [
      "JS heap of the page",
      {
        width: 520,
        height: 160,
        data: { values },
        mark: { type: "line", point: true },
        encoding: {
          x: { field: "age", type: "quantitative", title: "events" },
          y: { field: "mb", type: "quantitative", title: "MB", scale: { zero: true } },
          color: { field: "site", type: "nominal", title: null },
        },
      },
    ],
  ];
}
