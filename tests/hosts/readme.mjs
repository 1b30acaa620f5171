// The READMEs, section by section: the tests follow them to the letter, so they cannot drift.

import { readFileSync } from "node:fs";

/** The longest section, in lines that are not empty. */
const LINES_AT_MOST = 10;

/** What the section says to run, and the files it says to write: in blocks, or within a line. */
export function section(title, readme = "pkg/README.md") {
  const text = readFileSync(new URL(`../../${readme}`, import.meta.url), "utf8");
  const [, body] = text.split(new RegExp(`^### ${title}$`, "m"));
  if (!body) throw new Error(`${readme} has no section "### ${title}"`);
  const own = body.split(/^##/m)[0];
  const lines = own.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > LINES_AT_MOST) throw new Error(`"### ${title}" in ${readme} has ${lines.length} lines: ${LINES_AT_MOST} are the most`);
  const blocks = [...own.matchAll(/^```(\w+) ?(\S*)\n([^]*?)^```$/gm)].map(([, language, file, code]) => ({ language, file, code }));
  const written = [...own.matchAll(/`([\w.]+)`: `(.+)`$/gm)].map(([, file, code]) => ({ language: "", file, code }));
  const inline = /^`(npm .+?)`/m.exec(own)?.[1] ?? "";
  return {
    run: blocks.filter(({ language }) => language === "sh").map(({ code }) => code).join("") + inline,
    files: [...blocks, ...written].filter(({ file }) => file),
    policy: blocks.find(({ language }) => language === "http")?.code.trim().replace(/^Content-Security-Policy: /, ""),
  };
}
