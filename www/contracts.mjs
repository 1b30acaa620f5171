// Writes src/contracts/index.ts from the JSON Schemas of the core: `npm run contracts [SCHEMAS]`.

import { compile } from 'json-schema-to-typescript';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const TARGET = join(here, 'src/contracts/index.ts');
export const SCHEMAS = join(here, '../schemas');

/** The contracts between the web client and the core; what they are made of comes with them. */
const ROOTS = { config: 'Config', input: 'Input', output: 'Output', 'handoff-update': 'Update' };
/** Two things of the core are called `Input`: on this side the edit of a field gives way. */
const RENAMED = { Input: 'Edit' };

/** The TypeScript of the schemas in `folder`. */
export async function contracts(folder = SCHEMAS) {
  const definitions = {};
  const told = new Set();
  for (const [file, name] of Object.entries(ROOTS)) {
    const { $defs, ...root } = JSON.parse(await readFile(join(folder, `${file}.json`), 'utf8'));
    for (const [inner, schema] of [...Object.entries($defs ?? {}), ['', root]]) {
      const own = inner === '' ? name : (RENAMED[inner] ?? inner);
      definitions[own] ??= plain(schema);
      if (file !== 'output') told.add(own);
    }
  }
  // What only the core writes, it writes whole: a default is for what it reads.
  for (const [name, schema] of Object.entries(definitions)) if (!told.has(name)) whole(schema);
  const properties = Object.fromEntries(Object.keys(definitions).map((name) => [name, { $ref: `#/definitions/${name}` }]));
  const text = await compile({ type: 'object', properties, definitions }, 'Contracts', {
    bannerComment: '// Made from the core’s JSON Schemas by `npm run contracts`: change those.',
    additionalProperties: false,
    style: { printWidth: 120, singleQuote: true },
  });
  return text.replace(/export interface Contracts \{[\s\S]*?\n\}\n/, '');
}

/** Draft 7 as the compiler reads it: what stands beside a `$ref` or a `oneOf` becomes an intersection. */
function plain(schema) {
  if (Array.isArray(schema)) return schema.map(plain);
  if (schema === null || typeof schema !== 'object') return schema;
  const { $schema, title, format, default: _default, description, $ref, oneOf, ...rest } = schema;
  const described = description ? { description } : {};
  const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, key === 'properties' ? named(value) : plain(value)]));
  const parts = [];
  if ($ref) parts.push({ $ref: `#/definitions/${target($ref)}` });
  if (oneOf) parts.push({ oneOf: plain(oneOf) });
  if (Object.keys(own).length > 0 || parts.length === 0) parts.push(own);
  // A reference with a description of its own would be copied instead of named.
  const alone = parts.length === 1 && !(parts[0].$ref && description);
  return alone ? { ...parts[0], ...described } : { allOf: parts, ...described };
}

function whole(schema) {
  if (schema.properties) schema.required = Object.keys(schema.properties);
  for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? [])]) whole(part);
}

function target($ref) {
  const name = $ref.split('/').at(-1);
  return RENAMED[name] ?? name;
}

function named(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, plain(schema)]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(TARGET, await contracts(process.argv[2]));
