// What each host gets of the package, raw and compressed: the table that every kind of host prints.

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const kb = (n) => (n / 1e3).toFixed(1).padStart(9);
const nothing = "-".padStart(9);

/** One line a host: `{ host, result, files: [{ name, bytes }], note }`; then the files, known by their hash. */
export async function printSizes(rows) {
  const files = new Map(rows.flatMap((row) => row.files).map((file) => [sha256(file.bytes), { ...file }]));
  await Promise.all([...files.values()].map(async (file) => (file.brotli = (await promisify(brotliCompress)(file.bytes)).length)));
  console.log(`\n${"host".padEnd(32)} ${"result".padEnd(7)} ${"raw kB".padStart(9)} ${"brotli kB".padStart(9)}`);
  for (const { host, result, files: own, note = "" } of rows) {
    const gets = [...new Set(own.map(({ bytes }) => sha256(bytes)))].map((hash) => files.get(hash));
    const sum = (of) => (gets.length > 0 ? kb(gets.reduce((n, file) => n + of(file), 0)) : nothing);
    console.log(`${host.padEnd(32)} ${result.slice(0, 6).padEnd(7)} ${sum((file) => file.bytes.length)} ${sum((file) => file.brotli)}  ${note}`.trimEnd());
  }
  console.log(`\n${"file".padEnd(36)} ${"raw kB".padStart(9)} ${"brotli kB".padStart(9)}  sha256`);
  for (const [hash, { name, bytes, brotli }] of [...files].sort((a, b) => a[1].name.localeCompare(b[1].name))) {
    console.log(`${name.padEnd(36)} ${kb(bytes.length)} ${kb(brotli)}  ${hash}`);
  }
}
