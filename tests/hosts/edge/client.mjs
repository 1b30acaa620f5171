// The least client there can be: it brings back the last snapshot, and holds all it sees against the contract.

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
    if (answer.status === 200) this.contract.request(route, body);
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

  /** Inputs as the engine knows them, each by its route; what belongs together goes together. */
  async tell(inputs, batch) {
    const outputs = [];
    for (let at = 0; at < inputs.length;) {
      const { input, ...fields } = inputs[at];
      let end = at + 1;
      if (input === "say" || input === "choose") outputs.push(await this.ask(input, fields));
      else if (input === "ask_human") outputs.push(await this.ask("handoff", { ...fields, ask: true }));
      else if (input === "handoff") outputs.push(await this.ask("handoff", fields));
      else {
        while (end < inputs.length && end - at < batch && !["say", "choose", "ask_human", "handoff"].includes(inputs[end].input)) end += 1;
        outputs.push(await this.events(inputs.slice(at, end)));
      }
      at = end;
    }
    return outputs;
  }
}

export async function post(url, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: text });
  return seen(response);
}

export async function seen(response) {
  const text = await response.text();
  const type = (response.headers.get("content-type") ?? "").split(";")[0];
  return { status: response.status, type, headers: response.headers, text, body: text ? JSON.parse(text) : undefined };
}
