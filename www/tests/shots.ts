// Takes pictures of the widget in its states, for a person's eyes: node .tests/shots.js DIR

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { Desk } from './desk.ts';
import { serve } from './server.ts';

const dir = process.argv[2] ?? 'shots';
await mkdir(dir, { recursive: true });
const browser = await openBrowser();

async function shots(name: string, size: { width: number; height: number }, query: string, dark = false): Promise<void> {
  const server = await serve();
  const desk = new Desk(server);
  const zh = query.includes('zh');
  const context = await browser.newContext({
    viewport: size, colorScheme: dark ? 'dark' : 'light', hasTouch: size.width < 500, deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  page.on('console', (message) => console.log(name, message.type(), message.text()));
  page.on('pageerror', (error) => console.log(name, 'pageerror', error.message));
  await page.goto(`${server.url}/page/index.html?${query}`);
  await page.evaluate(() => window.unstuck.ready);
  await page.waitForSelector('.launcher');
  const shot = async (part: string) => {
    await page.waitForTimeout(450);
    await page.screenshot({ path: join(dir, `${name}-${part}.png`) });
  };
  await page.evaluate(() => window.unstuck.track('stuck'));
  await page.waitForSelector('.offer:not([hidden])');
  await shot('1-offer');
  await page.click('.offer .primary');
  await page.waitForSelector('.card');
  await shot('2-card');
  await say(page, zh ? '我的钱扣了两次怎么办' : 'My money was taken twice, what now?');
  await page.click('.to-human');
  await page.waitForSelector('.choice.primary');
  await shot('3-human');
  await page.click('.choice.primary');
  await page.waitForSelector('.status.waiting');
  await shot('4-waiting');
  desk.moves('live', { agent: zh ? '林晓' : 'Lin', position: null });
  desk.says(zh ? '你好，我看到验证码一直没收到，我先帮你查一下发送记录。' : 'Hi, I can see that the code did not arrive. Let me look at what was sent.');
  await page.waitForSelector('.message.agent');
  await say(page, zh ? '好的，麻烦了' : 'Thank you');
  await shot('4b-live');
  desk.hangUp();
  await page.waitForSelector('.status.trouble');
  await shot('4c-lost');
  desk.mood = 'fine';
  await page.waitForSelector('.status.live');
  await page.click('.tool:nth-child(3)');
  await shot('5-sent');
  await page.click('.sent .tool');
  await page.click('header .tool:last-child');
  await page.evaluate(() => window.unstuck.track('guide'));
  await page.waitForSelector('.guide-frame:not([hidden])');
  await shot('6-guide');
  await context.close();
  await server.close();
}

async function say(page: Page, text: string): Promise<void> {
  await page.fill('textarea', text);
  await page.press('textarea', 'Enter');
}

const only = process.argv[3];
const sets: [string, { width: number; height: number }, string, boolean?][] = [
  ['desktop-en', { width: 1180, height: 800 }, 'lang=en'],
  ['desktop-zh-dark', { width: 1180, height: 800 }, 'lang=zh', true],
  ['phone-zh', { width: 390, height: 800 }, 'lang=zh'],
  ['small-en-elder', { width: 320, height: 640 }, 'lang=en&elder'],
];
for (const [name, size, query, dark] of sets) if (!only || name === only) await shots(name, size, query, dark);
await browser.close();
