import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';

test('the contracts are those of the schemas', async () => {
  const url = pathToFileURL(join(process.cwd(), 'contracts.mjs')).href;
  const { contracts, TARGET } = (await import(url)) as { contracts(): Promise<string>; TARGET: string };
  assert.equal(await readFile(TARGET, 'utf8'), await contracts(), 'run `npm run contracts` in www and commit what it writes');
});
