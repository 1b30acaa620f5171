// Records how real controls of UI kits look to the real sensor, in Chromium, under a mouse.
//
//   npm install && node record.mjs [kit]
//
// writes ../recorded/<kit>.json. What must fire is said here, by hand, before anything is recorded.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { scenarios } from './scenarios.mjs';

const here = import.meta.dirname;
const ORIGIN = 'http://127.0.0.1:4201';
/** How long the page is watched after the last tap, in ms. */
const WATCH = 1_600;
/** What the wire takes for granted and the recording leaves out. */
const DEFAULTS = { control: 'none', disabled: false, opens: 'nothing', selection: false, modifier: false, form: '', code: '', valid: null };

const kits = process.argv[2] ? [process.argv[2]] : Object.keys(scenarios);
const out = mkdtempSync(join(tmpdir(), 'record-'));
await build({
  absWorkingDir: here,
  entryPoints: { sensor: 'kits/sensor.js', shoelace: 'kits/shoelace.js', vaadin: 'kits/vaadin.js', antd: 'kits/antd.jsx' },
  bundle: true, format: 'esm', outdir: out, jsx: 'automatic', minify: true, logLevel: 'warning',
  loader: { '.woff2': 'dataurl' }, define: { 'process.env.NODE_ENV': '"production"' },
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync', '--disable-component-update', '--disable-background-networking', '--disable-quic'],
});
mkdirSync(join(here, '../recorded'), { recursive: true });
for (const kit of kits) {
  const traces = [];
  for (const scenario of scenarios[kit]) {
    traces.push(await record(kit, scenario));
    process.stdout.write('.');
  }
  const versions = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies;
  const made = Object.keys(versions).filter((name) => name.includes(kit)).map((name) => `${name} ${versions[name]}`);
  writeFileSync(join(here, `../recorded/${kit}.json`), written(`${made.join(', ')} in Chromium ${browser.version()} by tests/signals/record/record.mjs ${kit}`, traces));
  console.log(` ${kit}: ${traces.length} traces`);
}
await browser.close();

/** One scenario in a fresh page. */
async function record(kit, { name, expect, act }) {
  const page = await browser.newPage({ viewport: { width: 800, height: 2600 } });
  page.on('pageerror', (error) => console.error(`${kit}, ${name}: ${error}`));
  await page.route(`${ORIGIN}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    const asset = /\.(js|css)$/.exec(path);
    if (!asset) return route.fulfill({ contentType: 'text/html', body: html(kit) });
    try {
      const contentType = asset[1] === 'js' ? 'text/javascript' : 'text/css';
      return route.fulfill({ contentType, body: readFileSync(join(out, path)) });
    } catch {
      return route.fulfill({ status: 404 });
    }
  });
  await page.goto(`${ORIGIN}/${kit}`);
  await page.waitForFunction('globalThis.ready');
  await page.waitForTimeout(700);
  await page.evaluate('captured.length = 0');
  await act(hand(page), page);
  await page.waitForTimeout(WATCH);
  const events = await page.evaluate('captured');
  await page.close();
  const taps = events.filter((event) => event.kind === 'tap');
  if (taps.length === 0) throw new Error(`${kit}, ${name}: no tap was captured`);
  if (taps.some((tap) => tap.target === 'html')) throw new Error(`${kit}, ${name}: a tap missed its control`);
  const start = events[0].t;
  return { name: `${kit}: ${name}`, expect, events: events.map((event, n) => short(event, start, n === 0)) };
}

function html(kit) {
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="/${kit}.css">
    <script type="module" src="/sensor.js"></script><body><div id="root"></div><script type="module" src="/${kit}.js"></script>`;
}

/** A mouse that taps as people do: near the middle, at a steady pace. */
function hand(page) {
  const at = async (selector, place = [0.5, 0.5]) => {
    const target = typeof selector === 'string' ? page.locator(selector).first() : selector;
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (!box) throw new Error(`${selector} cannot be seen`);
    return [box.x + box.width * place[0], box.y + box.height * place[1]];
  };
  return {
    /** `times` taps on one spot, `gap` ms apart. */
    async tap(selector, { times = 1, gap = 180, place, modifiers = [], hover = false } = {}) {
      const [x, y] = await at(selector, place);
      if (hover) await page.mouse.move(x - 3, y - 3).then(() => page.waitForTimeout(250));
      for (const key of modifiers) await page.keyboard.down(key);
      for (let n = 0; n < times; n += 1) {
        await page.mouse.click(x + (n % 3), y + (n % 2));
        await page.waitForTimeout(gap);
      }
      for (const key of modifiers) await page.keyboard.up(key);
    },
    /** A double or triple click. */
    async multi(selector, clicks, place) {
      const [x, y] = await at(selector, place);
      for (let n = 1; n <= clicks; n += 1) await page.mouse.click(x, y, { clickCount: n });
      await page.waitForTimeout(250);
    },
    hover: async (selector) => page.mouse.move(...(await at(selector))).then(() => page.waitForTimeout(300)),
    wait: (ms) => page.waitForTimeout(ms),
  };
}

/** The event without what is the wire's default, and its time from the first one on. */
function short({ t, screen, ...kind }, start, first) {
  const kept = Object.entries(kind).filter(([key, value]) => DEFAULTS[key] !== value && !(Array.isArray(value) && value.length === 0));
  return { t: t - start, ...(first ? { screen } : {}), ...Object.fromEntries(kept) };
}

function written(recorded, traces) {
  const lines = traces.map(({ name, expect, events }) =>
    [
      '{', `  "name": ${JSON.stringify(name)},`, `  "expect": ${JSON.stringify(expect)},`, '  "events": [',
      events.map((event) => `    ${JSON.stringify(event)}`).join(',\n'), '  ]', '}',
    ].join('\n'));
  return `{\n"signal": "rage_click",\n"recorded": ${JSON.stringify(recorded)},\n"traces": [\n${lines.join(',\n')}\n]\n}\n`;
}
