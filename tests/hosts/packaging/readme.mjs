// The package's README, section by section: the tests follow it to the letter, so it cannot drift.

import { readFileSync } from "node:fs";

/** The longest section, in lines that are not empty. */
const LINES_AT_MOST = 10;

const text = readFileSync(new URL("../../../pkg/README.md", import.meta.url), "utf8");

/** What the section says to run, and the files it says to write. */
export function section(title) {
  const [, body] = text.split(new RegExp(`^### ${title}$`, "m"));
  if (!body) throw new Error(`pkg/README.md has no section "### ${title}"`);
  const own = body.split(/^##/m)[0];
  const lines = own.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > LINES_AT_MOST) throw new Error(`"### ${title}" in pkg/README.md has ${lines.length} lines: ${LINES_AT_MOST} are the most`);
  const blocks = [...own.matchAll(/^```(\w+) ?(\S*)\n([^]*?)^```$/gm)].map(([, language, file, code]) => ({ language, file, code }));
  return {
    run: blocks.filter(({ language }) => language === "sh").map(({ code }) => code).join(""),
    files: blocks.filter(({ file }) => file),
    policy: blocks.find(({ language }) => language === "http")?.code.trim().replace(/^Content-Security-Policy: /, ""),
  };
}
