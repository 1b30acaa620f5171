// The least client there can be: it brings back the last snapshot, and holds all it sees against the contract.

import { request } from "node:http";

export class Client {
  snapshot;

  constructor(url, setting, session, contract, config) {
    Object.assign(this, { url, setting, session, contract, config });
  }

  /** One request; gives status, body and headers. A served one moves the session on. */
  async ask(route, fields, { keep = true, setting = this.setting } = {}) {
    const { session, snapshot, config } = this;
    const body = { session, ...(snapshot === undefined ? { ...(config ? { config } : {}) } : { snapshot }), ...fields };
    const answer = await post(`${this.url}/${setting}/${route}`, body);
    this.contract.answer(route, "POST", answer.status, answer.type, answer.body);
    // What was refused by itself was none of the contract's.
    if (answer.status === 200 && answer.body.refused.length === 0) this.contract.request(route, body);
    if (answer.status === 200 && keep) this.snapshot = answer.body.snapshot;
    return answer;
  }

  say(t, text, how) {
    return this.ask("say", { t, text }, how);
  }

  choose(t, id, how) {
    return this.ask("choose", { t, id }, how);
  }

  events(events, how) {
    return this.ask("events", { events }, how);
  }

  /** Inputs as the engine knows them, each by its route; what happens in a row goes together. Gives what was served. */
  async tell(inputs, batch) {
    const served = [];
    for (let at = 0; at < inputs.length;) {
      const route = ROUTES[inputs[at]?.input];
      let end = at + 1;
      while (!route && end < inputs.length && end - at < batch && !ROUTES[inputs[end]?.input]) end += 1;
      const { input, ...fields } = inputs[at] ?? {};
      const answer = route ? await this.ask(route, input === "ask_human" ? { ...fields, ask: true } : fields) : await this.events(inputs.slice(at, end));
      if (answer.status === 200) served.push({ ...answer.body, took: end - at - answer.body.refused.length });
      at = end;
    }
    return served;
  }
}

const ROUTES = { say: "say", choose: "choose", ask_human: "handoff", handoff: "handoff" };

export function post(url, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return ask(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: text });
}

/** One request on a line of its own: one that is kept open may be closed by the host just as it is used again. */
export function ask(url, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, async (answer) => {
      let text = "";
      for await (const part of answer.setEncoding("utf8")) text += part;
      const type = (answer.headers["content-type"] ?? "").split(";")[0];
      resolve({ status: answer.statusCode, type, headers: answer.headers, text, body: text ? JSON.parse(text) : undefined });
    });
    asked.on("error", reject).end(body);
  });
}
