// The human at the desk, on the desk's own page.

import assert from "node:assert/strict";

export class Agent {
  static async sitsDown(browser, origin, name = "Mei") {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-GB" });
    const page = await context.newPage();
    await page.goto(`${origin}/desk/`);
    const agent = new Agent(page, name);
    await agent.connect();
    return agent;
  }

  constructor(page, name) {
    this.page = page;
    this.name = name;
  }

  /** Being connected is what makes an agent present. */
  async connect() {
    await this.page.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          window.seat = new WebSocket(`ws://${location.host}/desk/api/live?agent=${encodeURIComponent(name)}`);
          window.seat.onopen = resolve;
          window.seat.onerror = () => reject(new Error("the desk's live channel refused"));
        }),
      this.name,
    );
  }

  async call(path, body) {
    const answer = await this.page.evaluate(
      async ([path, body]) => {
        const init = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
        const response = await fetch(`/desk/api/${path}`, init);
        return { ok: response.ok, status: response.status, body: await response.json() };
      },
      [path, body],
    );
    assert.ok(answer.ok, `the desk answered ${answer.status} to ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** The request that waits, of this person's session where one is named: others may wait too. */
  async waiting(session = "", ms = 15_000) {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      const { handoffs } = await this.call("handoffs");
      const next = handoffs.find(({ state, key }) => state === "queued" && key.startsWith(session));
      if (next) return next.key;
      await this.page.waitForTimeout(200);
    }
    assert.fail(`nobody waits at the desk: ${JSON.stringify(await this.call("handoffs"))}`);
  }

  async take(key) {
    await this.call(`handoffs/${key}/take`, { agent: this.name });
  }

  async says(key, text) {
    await this.call(`handoffs/${key}/messages`, { agent: this.name, id: `m-${Date.now()}`, text });
  }

  async ends(key) {
    await this.call(`handoffs/${key}/end`, { agent: this.name });
  }

  /** What the user wrote has arrived. */
  async hears(key, words, ms = 20_000) {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      if (words.test(await this.transcript(key))) return;
      await this.page.waitForTimeout(200);
    }
    assert.fail(`the desk never got ${words}: ${await this.transcript(key)}`);
  }

  async transcript(key) {
    return JSON.stringify((await this.facts(key)).frames);
  }

  /** After the server was gone. */
  async comesBack() {
    await this.page.reload();
    await this.connect();
  }

  async facts(key) {
    return this.call(`handoffs/${key}`);
  }

  async leaves() {
    await this.page.context().close();
  }
}
