// The widget in a real browser: keyboard, screen reader, sizes, and text that stays text.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { serve, type TestServer } from './server.ts';

let browser: Browser;
let server: TestServer;
let page: Page;
const errors: string[] = [];

before(async () => {
  [server, browser] = await Promise.all([serve(), openBrowser()]);
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(() => open());
afterEach(async () => {
  await page.context().close();
  assert.deepEqual(errors.splice(0), [], 'something was thrown, or a policy was broken');
});

async function open(query = 'lang=en', options: BrowserContextOptions = {}): Promise<void> {
  await page?.context().close().catch(() => undefined);
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 }, ...options });
  page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.text().includes('Content Security Policy') && errors.push(message.text()));
  await page.goto(`${server.url}/page/index.html?${query}`);
  await page.waitForSelector('.launcher');
  await page.evaluate(() => window.unstuck.ready);
}

const track = (name: string) => page.evaluate((n) => window.unstuck.track(n), name);
/** What the engine was told of choices, once it was told of any. */
const chosen = async () => {
  await page.waitForFunction(() => window.told.some(({ input }) => input === 'choose'));
  return page.evaluate(() => window.told.flatMap((input) => (input.input === 'choose' ? [input.id] : [])));
};
const outcomes = () =>
  page.evaluate(() => window.told.flatMap((input) => (input.input === 'event' && input.kind === 'outcome' ? [input.what] : [])));
const focused = () =>
  page.evaluate(() => document.querySelector('unstuck-widget')?.shadowRoot?.activeElement?.className ?? document.activeElement?.tagName);

test('an offer is told as seen, takes no focus, and one tap takes it up', async () => {
  await page.focus('[data-unstuck="form.number"]');
  await track('stuck');
  await page.waitForSelector('.offer:not([hidden])');
  await page.waitForFunction(() => window.told.some((input) => 'what' in input && input.what === 'shown'));
  assert.deepEqual(await outcomes(), ['shown']);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-unstuck')), 'form.number');
  assert.match((await page.textContent('.offer [role=status]')) ?? '', /No code yet/);
  await page.click('.offer .primary');
  await page.waitForSelector('.card ol li');
  assert.deepEqual(await chosen(), ['offer:1:accept']);
  assert.equal(await page.locator('.offer:not([hidden])').count(), 0);
});

test('declining is one tap on a button as large, and all is quiet', async () => {
  await track('stuck');
  await page.waitForSelector('.offer:not([hidden])');
  const sizes = await page.$$eval('.offer-buttons button', (buttons) => buttons.map((b) => b.getBoundingClientRect().width));
  assert.equal(Math.round(sizes[0]!), Math.round(sizes[1]!));
  await page.click('.offer-buttons button:last-child');
  assert.deepEqual(await chosen(), ['offer:1:decline']);
  assert.equal(await page.locator('.panel:not([hidden]), .offer:not([hidden])').count(), 0);
});

test('an offer taken back goes; not from under a hand that is on it', async () => {
  await track('stuck');
  await page.hover('.offer .primary');
  await track('withdraw');
  await page.waitForTimeout(150);
  assert.equal(await page.locator('.offer:not([hidden])').count(), 1);
  await page.mouse.move(20, 20);
  await page.waitForSelector('.offer', { state: 'hidden' });
});

test('the keyboard is enough: open, type, send, close, and the focus comes back', async () => {
  await page.focus('.launcher');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.panel:not([hidden])');
  await page.keyboard.type('Where is my money?');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.message.bot');
  assert.deepEqual(await page.locator('.message .bubble').allTextContents(), ['Where is my money?', 'You said: Where is my money?']);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.panel', { state: 'hidden' });
  assert.equal(await focused(), 'launcher');
});

test('what was said while the chat was closed is in sight once it is open', async () => {
  const bots = (n: number) =>
    page.waitForFunction((n) => document.querySelector('unstuck-widget')!.shadowRoot!.querySelectorAll('.message.bot').length === n, n);
  for (let n = 1; n <= 8; n += 1) {
    await page.evaluate((n) => window.unstuck.ask(`question ${n}`), n);
    await bots(n);
  }
  await page.evaluate(() => window.unstuck.close());
  await track('tool');
  await bots(9);
  await page.evaluate(() => window.unstuck.open());
  const below = await page.$eval('.log', (log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  assert.ok(Math.abs(below) < 2, `${below} px are out of sight`);
  assert.ok(await page.$eval('.log', (log) => log.scrollTop > 0), 'the log is too short to show anything');
});

test('Enter that ends a composition sends nothing', async () => {
  await page.evaluate(() => window.unstuck.open());
  await page.fill('textarea', 'ni hao');
  await page.$eval('textarea', (field) => {
    field.dispatchEvent(new CompositionEvent('compositionstart'));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
    // Safari's order: the composition ends before the key that ended it.
    field.dispatchEvent(new CompositionEvent('compositionend'));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  await page.waitForTimeout(60);
  assert.equal(await page.locator('.message').count(), 0);
  await page.press('textarea', 'Enter');
  await page.waitForSelector('.message.user');
});

test('words are shown as words, never as markup', async () => {
  await page.evaluate(() => window.unstuck.ask('<img src=x onerror="window.broken=1"><b>bold</b>'));
  await page.waitForSelector('.message.bot');
  assert.equal(await page.locator('.log img, .log b').count(), 0);
  assert.match((await page.textContent('.message.bot .bubble')) ?? '', /<b>bold<\/b>/);
});

test('roles and names for screen readers, in both languages', async () => {
  const cases = [
    ['en', 'Open help', 'Help', 'Conversation', 'Talk to a person'],
    ['zh', '打开帮助', '帮助', '对话内容', '转人工'],
  ] as const;
  for (const [language, launcher, title, log, human] of cases) {
    await open(`lang=${language}`);
    await page.getByRole('button', { name: launcher }).click();
    const dialog = page.getByRole('dialog', { name: title, exact: true });
    await dialog.waitFor();
    assert.equal(await dialog.getByRole('log', { name: log }).getAttribute('aria-live'), 'polite');
    await dialog.getByRole('button', { name: human }).waitFor();
    const nameless = await page.$$eval('.panel button', (buttons) =>
      buttons.filter((b) => !(b as HTMLElement).hidden && !b.ariaLabel && !b.textContent?.trim()).map((b) => b.className),
    );
    assert.deepEqual(nameless, []);
  }
});

test('the language changes at once, and the engine is told', async () => {
  await page.evaluate(() => window.unstuck.open());
  await page.click('header .tool:first-child');
  assert.equal(await page.textContent('.panel h2'), '帮助');
  assert.ok(await page.evaluate(() => window.told.some((input) => input.input === 'language' && input.language === 'zh')));
});

test('elder mode is a button that the keyboard reaches, tells the engine, and is remembered', async () => {
  const elder = () => page.evaluate(() => document.querySelector('unstuck-widget')!.shadowRoot!.querySelector('.root')!.classList.contains('elder'));
  const size = () => page.$eval('.panel h2', (title) => parseFloat(getComputedStyle(title).fontSize));
  await page.evaluate(() => window.unstuck.open());
  const usual = await size();
  const name = () => page.evaluate(() => document.querySelector('unstuck-widget')!.shadowRoot!.activeElement?.ariaLabel);
  for (let n = 0; n < 12 && (await name()) !== 'Larger text, plainer words'; n += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  assert.ok((await elder()) && (await size()) > usual * 1.2);
  assert.equal(await page.evaluate(() => document.querySelector('unstuck-widget')!.shadowRoot!.activeElement?.ariaPressed), 'true');
  assert.ok(await page.evaluate(() => window.told.some((input) => input.input === 'elder' && input.on)));
  const next = await page.context().newPage();
  await next.goto(page.url());
  await next.waitForSelector('.launcher');
  assert.ok(await next.evaluate(() => !!document.querySelector('unstuck-widget')!.shadowRoot!.querySelector('.root.elder')), 'another tab has forgotten');
});

test('the panel stays on the screen however far the app lifts it, in elder mode too', async () => {
  await open('lang=en&elder', { viewport: { width: 1280, height: 720 } });
  await page.evaluate(() => document.querySelector<HTMLElement>('unstuck-widget')!.style.setProperty('--unstuck-bottom', '5.25em'));
  await page.evaluate(() => window.unstuck.open());
  const box = (await page.locator('.panel').boundingBox())!;
  assert.ok(box.y >= 0 && box.height > 400, JSON.stringify(box));
});

test('a guide points, waits, says what it skipped and why, and tells how it went', async () => {
  await track('guide');
  await page.waitForSelector('.guide-frame:not([hidden])');
  const overlap = await page.evaluate(() => {
    const frame = document.querySelector('unstuck-widget')!.shadowRoot!.querySelector('.guide-frame')!.getBoundingClientRect();
    const target = document.querySelector('[data-unstuck="form.number"]')!.getBoundingClientRect();
    return frame.left < target.left && frame.right > target.right && frame.top < target.top && frame.bottom > target.bottom;
  });
  assert.ok(overlap, 'the frame is not around the target');
  await page.fill('[data-unstuck="form.number"]', '6222'); // The page stays usable below.
  await page.click('.guide .primary');
  await page.waitForFunction(() => document.querySelector('unstuck-widget')?.shadowRoot?.textContent?.includes('Step 2 was skipped'));
  await page.click('.guide .primary');
  await page.waitForSelector('.guide', { state: 'hidden' });
  assert.match((await page.textContent('.message.bot .bubble')) ?? '', /guide: done target_missing/);
});

test('a guide goes on by itself once its target is used, and not when a field is only entered', async () => {
  await track('guide');
  await page.waitForSelector('.guide-frame:not([hidden])');
  await page.click('[data-unstuck="form.number"]');
  await page.waitForTimeout(500);
  assert.equal(await page.textContent('.guide-count'), 'Step 1 of 3');
  await page.keyboard.type('6222');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelector('unstuck-widget')?.shadowRoot?.querySelector('.guide-count')?.textContent === 'Step 3 of 3');
  await page.click('[data-unstuck="form.agree"]');
  assert.equal(await page.textContent('.guide-count'), 'Step 3 of 3');
});

test('a guide goes on where its target is drawn anew by the tap, or leads to another page', async () => {
  await page.evaluate(() => {
    const field = document.querySelector('[data-unstuck="form.number"]')!;
    field.outerHTML = '<a href="/page/other.html" data-unstuck="form.number">On</a>';
    const link = document.querySelector('a[data-unstuck="form.number"]')!;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      link.replaceWith(link.cloneNode(true));
    });
  });
  await track('guide');
  await page.waitForSelector('.guide-frame:not([hidden])');
  await page.click('[data-unstuck="form.number"]');
  const step = (n: number) =>
    page.waitForFunction((text) => document.querySelector('unstuck-widget')?.shadowRoot?.querySelector('.guide-count')?.textContent === text, `Step ${n} of 3`);
  await step(3);
  await page.click('.guide .primary');
  await page.waitForSelector('.guide', { state: 'hidden' });
  await track('guide');
  await page.waitForSelector('.guide-frame:not([hidden])');
  await page.click('[data-unstuck="form.number"]');
  await page.waitForURL(/other/);
  await step(3);
});

test('a guide waits for a target that comes late, and Escape stops it', async () => {
  await page.evaluate(() => document.querySelector('[data-unstuck="form.number"]')!.setAttribute('hidden', ''));
  await track('guide');
  await page.waitForSelector('.guide-popover.adrift');
  await page.evaluate(() => document.querySelector('[data-unstuck="form.number"]')!.removeAttribute('hidden'));
  await page.waitForSelector('.guide-frame:not([hidden])');
  await page.keyboard.press('Escape');
  assert.match((await page.textContent('.message.bot .bubble')) ?? '', /guide: left/);
});

test('a guide stays with a target that fades in, and slides away', async () => {
  const animated = (frames: Keyframe[], timing: KeyframeAnimationOptions) =>
    page.evaluate(([f, t]) => void document.querySelector('[data-unstuck="form.number"]')!.animate(f, t), [frames, timing] as const);
  await page.evaluate(() => {
    const fading = new CSSStyleSheet();
    fading.replaceSync('@keyframes come { from { opacity: 0; } } .fading { animation: come 0.1s linear 0.2s both; }');
    document.adoptedStyleSheets = [fading];
    document.querySelector('[data-unstuck="form.number"]')!.classList.add('fading');
  });
  await track('guide');
  await page.waitForSelector('.guide-popover.adrift');
  await page.waitForSelector('.guide-frame:not([hidden])', { timeout: 3_000 });
  await animated([{ translate: '0 60px' }], { duration: 200, fill: 'forwards' });
  await page.waitForFunction(() => {
    const frame = document.querySelector('unstuck-widget')!.shadowRoot!.querySelector('.guide-frame')!.getBoundingClientRect();
    const target = document.querySelector('[data-unstuck="form.number"]')!;
    const box = target.getBoundingClientRect();
    return target.getAnimations().every(({ playState }) => playState === 'finished') && frame.top <= box.top && frame.bottom >= box.bottom;
  }, undefined, { timeout: 3_000 });
  await page.keyboard.press('Escape');
});

test('at 320 px, in larger text and in Chinese, nothing is cut off and targets are large enough', async () => {
  for (const query of ['lang=en', 'lang=zh', 'lang=en&elder', 'lang=zh&elder']) {
    await open(query, { viewport: { width: 320, height: 640 }, hasTouch: true });
    await track('stuck');
    await page.waitForSelector('.offer:not([hidden])');
    const outside = () =>
      page.$$eval('.offer, .panel, .panel button, .offer button, .bubble, .card', (parts) =>
        parts.filter((el) => el.getClientRects().length > 0).flatMap((el) => {
          const { left, right } = el.getBoundingClientRect();
          return left < 0 || right > innerWidth || el.scrollWidth > el.clientWidth + 1 ? [`${el.className} ${left} ${right} ${el.scrollWidth}`] : [];
        }),
      );
    assert.deepEqual(await outside(), [], query);
    await page.click('.offer .primary');
    await page.waitForSelector('.card');
    await page.waitForTimeout(350);
    assert.deepEqual(await outside(), [], query);
    const small = await page.$$eval('.panel button', (buttons) =>
      buttons.filter((b) => b.getClientRects().length > 0 && (b.clientHeight < 28 || b.clientWidth < 28)).map((b) => b.className),
    );
    assert.deepEqual(small, [], query);
  }
});

test('text has the contrast that WCAG AA asks for, in light and in dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await open('lang=en', { colorScheme, reducedMotion: 'reduce' });
    await track('stuck');
    await page.click('.offer .primary');
    await page.evaluate(() => window.unstuck.ask('And now?'));
    await page.waitForSelector('.message.user');
    await page.waitForTimeout(100);
    const poor = await page.$$eval('.panel :is(h2, p, li, h4, button, .bubble, .subtitle)', poorContrast);
    assert.deepEqual(poor, [], colorScheme);
  }
});

/** Runs in the page: which of these elements have text below 4.5 : 1 against what is behind it. */
function poorContrast(elements: Element[]): string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const rgba = (colour: string): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour: number[]) => {
    const [r, g, b] = colour.slice(0, 3).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const behind = (el: Element): number[] => {
    for (let at: Element | null = el; at; at = at.parentElement) {
      const ground = rgba(getComputedStyle(at).backgroundColor);
      if (ground[3]! > 200) return ground;
    }
    return [255, 255, 255, 255];
  };
  return elements.flatMap((el) => {
    const own = [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!own || el.getClientRects().length === 0) return [];
    const [light, dark] = [luminance(rgba(getComputedStyle(el).color)), luminance(behind(el))].sort((a, b) => b - a);
    const ratio = (light! + 0.05) / (dark! + 0.05);
    return ratio < 4.5 ? [`${el.tagName}.${el.className} "${el.textContent}" ${ratio.toFixed(2)}`] : [];
  });
}
