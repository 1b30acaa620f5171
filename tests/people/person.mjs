// A person at the app: sees what is on the screen, acts as people do, and can say what the bot did.

import assert from "node:assert/strict";

import { watch } from "./egress.mjs";

/** Never held out: the same pseudonym on every run, so that a run is the same every time. */
const USER = "person-not-held-out";
const REACTION_MS = 15_000;

export class Person {
  /** `clock`: pauses cost no real time, because the page's clock is Playwright's. */
  static async arrive(browser, origin, { language = "en", clock = true, mobile = true, path = "/" } = {}) {
    const context = await browser.newContext({
      viewport: mobile ? { width: 390, height: 844 } : { width: 1280, height: 860 },
      locale: language === "zh" ? "zh-CN" : "en-GB",
      hasTouch: false,
    });
    const person = new Person(context, origin, watch(context));
    person.language = language;
    person.clock = clock;
    await person.open(path);
    return person;
  }

  constructor(context, origin, egress) {
    this.context = context;
    this.origin = origin;
    this.egress = egress;
  }

  /** A page in this person's browser; what the bot decides is noted down as it is told. */
  async open(path) {
    this.page = await this.context.newPage();
    if (this.clock) await this.page.clock.install();
    await this.page.addInitScript((user) => {
      localStorage.getItem("unstuck:user") ?? localStorage.setItem("unstuck:user", JSON.stringify(user));
      window.told = [];
      addEventListener("unstuck:explain", ({ detail }) => window.told.push(detail));
    }, USER);
    this.errors = [];
    this.page.on("pageerror", (error) => this.errors.push(String(error)));
    await this.go(path);
  }

  async go(path) {
    await this.page.goto(this.origin + path);
    await this.ready();
  }

  async ready() {
    await this.page.waitForFunction(() => document.querySelector("unstuck-widget")?.shadowRoot?.querySelector(".panel"), null, { timeout: REACTION_MS });
    await this.page.waitForFunction(() => window.told.length > 0, null, { timeout: REACTION_MS });
  }

  el(id) {
    return this.page.locator(`[data-unstuck="${id}"]`).first();
  }

  async tap(id) {
    await this.el(id).click();
    await this.beat();
  }

  async type(id, text) {
    await this.el(id).click();
    await this.el(id).fill("");
    await this.el(id).pressSequentially(text, { delay: this.clock ? 0 : 30 });
    await this.beat();
  }

  /** Leaves the field, as one does before looking elsewhere. */
  async leaveField() {
    await this.page.keyboard.press("Tab");
    await this.beat();
  }

  /** The app has gone to this path. */
  async arrives(path) {
    await this.until(() => new URL(this.page.url()).pathname === path, `to arrive at ${path}`);
    await this.beat();
  }

  /** The moment between two movements. */
  async beat(ms = 600) {
    await this.pause(ms);
  }

  /** Waits as people do. On the page's clock this costs nothing. */
  async pause(ms) {
    if (this.clock) await this.page.clock.runFor(ms);
    else await this.page.waitForTimeout(ms);
    await this.page.waitForTimeout(30);
  }

  /** Everything the bot did or decided, oldest first. */
  async actions(kind) {
    const all = await this.page.evaluate(() => window.told.flatMap(({ output }) => output.actions));
    return kind ? all.filter((action) => action.do === kind) : all;
  }

  /** The codes of all reasons, for what was done and for what was not. */
  async reasons() {
    return (await this.actions()).flatMap(({ reasons }) => reasons.map(({ code }) => code));
  }

  /** What the last answer took the question for. */
  async lastTop() {
    const answered = (await this.actions()).filter(({ basis }) => basis);
    return answered.at(-1)?.basis.together[0]?.id;
  }

  async offers() {
    return this.actions("suggest");
  }

  /** The offer for this stuck point comes within `ms` of this person's time, before they ask. */
  async isOffered(stuckPoint, ms = 30_000) {
    const step = 1_000;
    for (let waited = 0; waited <= ms; waited += step) {
      const offers = await this.offers();
      if (offers.length > 0) {
        assert.equal(offers.at(-1).stuck_point, stuckPoint, `the wrong offer: ${JSON.stringify(offers.at(-1))}`);
        await this.offerCard().waitFor({ state: "visible", timeout: REACTION_MS });
        return offers.at(-1);
      }
      await this.pause(step);
    }
    assert.fail(`no offer for ${stuckPoint}; what was seen and believed:\n${(await this.story()).join("\n")}`);
  }

  async isLeftAlone() {
    const offers = await this.offers();
    assert.equal(offers.length, 0, `an offer nobody needed: ${JSON.stringify(offers)}`);
    assert.equal(await this.offerCard().isVisible(), false);
  }

  /** What the bot saw, believed and decided, a line each. */
  async story() {
    return this.page.evaluate(() =>
      window.told.map(({ input, output: { explain } }) => {
        const { kind, target, field, endpoint, status, screen, t } = input;
        const what = [new Date(t).toISOString().slice(14, 21), input.input, kind, target ?? field ?? endpoint, status, screen].filter(Boolean).join(" ");
        const fired = explain.signals.map((signal) => `${signal.kind}(${signal.target})`).join(" ");
        const [best] = explain.believed;
        return `${what} | ${fired} | stuck ${explain.stuck.toFixed(2)} ${best?.id} ${best?.probability.toFixed(2)} worth ${explain.worth.toFixed(1)} | ${explain.decision}`;
      }),
    );
  }

  widget() {
    return this.page.locator("unstuck-widget");
  }

  offerCard() {
    return this.widget().locator(".offer");
  }

  async acceptOffer() {
    await this.offerCard().locator("button.primary").click();
    await this.beat();
  }

  async declineOffer() {
    await this.offerCard().locator("button:not(.primary)").click();
    await this.beat();
  }

  async openChat() {
    const [panel, launcher] = [".panel", ".launcher"].map((part) => this.widget().locator(part));
    await this.until(async () => (await panel.isVisible()) || (await launcher.isVisible()), "for the chat or its button");
    if (await panel.isVisible()) return;
    await this.widget().locator(".launcher").click();
    await this.widget().locator(".panel").waitFor({ state: "visible" });
    await this.beat();
  }

  async ask(text) {
    await this.openChat();
    const field = this.widget().locator(".composer textarea");
    await field.fill(text);
    await field.press("Enter");
    await this.beat();
  }

  /** Asks, and waits until the bot has answered. */
  async asks(text) {
    const count = async () => (await this.actions()).filter((a) => ["say", "ask", "hand_off", "guide"].includes(a.do)).length;
    const before = await count();
    await this.ask(text);
    await this.until(async () => (await count()) > before, `for an answer to “${text}”`);
  }

  /** Tries again and again, as people do, until the bot offers a way out. */
  async triesUntilOffered(times, attempt) {
    for (let n = 0; n < times && (await this.offers()).length === 0; n += 1) await attempt(n);
  }

  /** The bot's or agent's bubble with these words is there. */
  async reads(words) {
    await this.until(async () => (await this.widget().locator(".panel").innerText()).match(words), `to read ${words}`);
  }

  async choose(label) {
    await this.widget().locator(".choices button", { hasText: label }).last().click();
    await this.beat();
  }

  /** The guide's frame stands around this element. */
  async isLedTo(id) {
    const frame = this.widget().locator(".guide-frame");
    await this.until(async () => {
      if (!(await frame.isVisible()) || !(await this.el(id).isVisible())) return false;
      const [around, target] = [await frame.boundingBox(), await this.el(id).boundingBox()];
      return around.x <= target.x && around.y <= target.y && around.x + around.width >= target.x + target.width;
    }, `to be led to ${id}`);
  }

  /** Says yes to the human that the bot offered. */
  async consents() {
    const offered = (await this.actions("hand_off")).filter(({ state }) => state === "offered").at(-1);
    const yes = offered?.choices.find(({ id }) => id === "handoff:accept");
    assert.ok(yes, `no human was offered: ${JSON.stringify(offered)}`);
    await this.choose(yes.label);
  }

  /** The session that this tab goes on with. */
  async sessionId() {
    return this.page.evaluate(() => {
      const kept = Object.keys(sessionStorage).filter((key) => key.startsWith("unstuck:"));
      return kept.map((key) => JSON.parse(sessionStorage.getItem(key))).find((value) => value?.id && "closed" in value)?.id;
    });
  }

  /** Real time: for what a server or a socket does. */
  async until(holds, what, ms = REACTION_MS) {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      if (await holds()) return;
      // The page's clock must not run ahead of a busy machine: it would give up waiting for what is drawn late.
      await this.page.waitForTimeout(150);
      await this.pause(200);
    }
    const panel = await this.widget().locator(".panel").innerText().catch(() => "");
    assert.fail(`waited in vain ${what}; the chat says:\n${panel}`);
  }

  async leaves() {
    assert.deepEqual(this.errors, [], "the page threw");
    this.egress.assertNoRawEvent(this.origin);
    await this.context.close();
  }
}
