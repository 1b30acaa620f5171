// All golden traces in all hosts that this machine has: one process and one engine a host.
//
//   cargo xtask test --hosts                    # sets up, and names the browsers and the native outputs
//   node tests/hosts/parity/run.mjs [part of a host's name] [--all]     # --all: slow hosts get all traces, too
//   UNSTUCK_BLESS=1 …                           # writes the table in docs/hosts.md anew

import { compare, firstDifference } from "./compare.mjs";
import { checkDocs, writeDocs } from "./docs.mjs";
import { HOSTS } from "./hosts.mjs";
import { NotHere, traces as read } from "./job.mjs";

const [only = ""] = process.argv.slice(2).filter((word) => word !== "--all");
const all = process.argv.includes("--all");
const traces = read();
const [first, ...others] = HOSTS;
const reference = await first.run(traces);
const rows = [row(first, traces, reference, { same: "yes" })];
print(rows[0]);
for (const host of others.filter(({ name }) => name.includes(only))) {
  rows.push(await judge(host));
  print(rows.at(-1));
}
const failed = rows.filter(({ same }) => same === "no").length;
const absent = rows.filter(({ same }) => same === "not run").length;
console.log(`${rows.length - failed - absent} hosts passed, ${failed} failed, ${absent} not run`);
if (only === "") {
  if (process.env.UNSTUCK_BLESS) writeDocs(rows);
  checkDocs(rows);
}
process.exit(failed > 0 ? 1 : 0);

/** Runs one host and says how it compares with the first. */
async function judge(host) {
  const part = host.sample && !all ? (await import(`./hosts/${host.sample}.mjs`)).sample : (whole) => whole;
  const mine = part(traces);
  const expected = part(reference.outputs);
  try {
    const result = await host.run(mine);
    if (host.tier === 1) {
      const difference = firstDifference(result.outputs, expected, mine);
      return row(host, mine, result, { same: difference ? "no" : "yes", notes: difference ? [difference] : [] });
    }
    const { largest, closeCalls, different } = compare(result.outputs, expected, mine);
    const notes = [...different.map((d) => `different: ${d}`), ...closeCalls.map((c) => `close call: ${c}`)];
    return row(host, mine, result, { same: different.length > 0 ? "no" : "yes", largest, closeCalls: closeCalls.length, notes });
  } catch (error) {
    const missing = error instanceof NotHere || error.code === "ERR_MODULE_NOT_FOUND";
    const notes = [missing ? error.message : String(error.stack ?? error)];
    return { host: host.name, tier: host.tier, same: missing ? "not run" : "no", notes };
  }
}

function row({ name, tier }, traces, { version, ms }, judged) {
  return { host: name, version, tier, traces: traces.length, msPerTrace: ms / traces.length, notes: [], ...judged };
}

function print({ host, version = "", tier, traces = "", same, largest, closeCalls, msPerTrace, notes }) {
  const figures = [
    traces && `${traces} traces`,
    msPerTrace !== undefined && `${msPerTrace.toFixed(1)} ms a trace`,
    largest !== undefined && `numbers at most ${largest.toExponential(1)} apart`,
    closeCalls !== undefined && `${closeCalls} close calls`,
  ];
  const tiers = { 1: "byte-equal", 2: "same decisions" };
  console.log(`${host.padEnd(31)} ${version.slice(0, 24).padEnd(24)} ${tiers[tier]}: ${same.padEnd(8)} ${figures.filter(Boolean).join(", ")}`);
  for (const note of notes) console.log(`    ${note}`);
}
