// What the page knows and what an agent can do. Views read it; every change draws them again.

import type { Language } from '../src/contracts/index.ts';
import { api, Refused, Seat, type Line } from './api.ts';
import type { Detail, Summary } from './contract.ts';

export interface Outgoing {
  id: string;
  key: string;
  text: string;
  state: 'sending' | 'failed';
}

export type Pane = 'list' | 'talk' | 'facts';

/** After a lost answer, unsent messages go out again, in ms. */
const FLUSH_AGAIN = 2_000;

const OPEN = new Set(['queued', 'assigned', 'live']);

export class Model {
  agent = localStorage.getItem('desk.agent') ?? '';
  language: Language = kept('desk.language', ['zh', 'en'] as const) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
  line: Line = 'connecting';
  list: Summary[] | undefined;
  agents: string[] = [];
  selected: string | undefined;
  detail: Detail | undefined;
  outbox: Outgoing[] = [];
  drafts = new Map<string, string>();
  /** What the agent is asked to confirm. */
  asking: 'end' | 'return' | undefined;
  pane: Pane = 'list';
  trouble = '';
  #seen = new Map<string, number>();
  #seat: Seat | undefined;
  #refreshing = false;
  #again = false;

  constructor(private readonly draw: () => void) {
    const given = new URLSearchParams(location.search).get('agent');
    if (given) this.agent = given.slice(0, 128);
    if (this.agent) this.sit(this.agent);
  }

  sit(agent: string): void {
    this.agent = agent.trim();
    if (!this.agent) return;
    localStorage.setItem('desk.agent', this.agent);
    this.#seat = new Seat(this.agent, {
      line: (line) => {
        this.line = line;
        if (line === 'online') void this.#flush();
        this.draw();
      },
      changed: () => void this.refresh(),
    });
    void this.refresh();
  }

  leave(): void {
    this.#seat?.leave();
    this.agent = '';
    localStorage.removeItem('desk.agent');
    this.draw();
  }

  speak(language: Language): void {
    this.language = language;
    localStorage.setItem('desk.language', language);
    document.documentElement.lang = language;
    this.draw();
  }

  /** Asks the server for what changed; a call during another one leads to one more, never to a flood. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return;
    }
    this.#refreshing = true;
    try {
      do {
        this.#again = false;
        const { handoffs, agents } = await api.list();
        this.list = handoffs;
        this.agents = agents;
        const { selected } = this;
        if (selected) {
          const detail = await api.open(selected);
          if (selected === this.selected) this.#show(detail);
        }
      } while (this.#again);
    } catch (error) {
      if (error instanceof Refused) this.trouble = error.message;
    } finally {
      this.#refreshing = false;
      this.draw();
    }
  }

  select(key: string): void {
    if (key !== this.selected) {
      this.selected = key;
      this.detail = undefined;
      this.asking = undefined;
    }
    this.pane = 'talk';
    this.draw();
    void this.refresh();
  }

  to(pane: Pane): void {
    this.pane = pane;
    this.draw();
  }

  ask(what: 'end' | 'return' | undefined): void {
    this.asking = what;
    this.draw();
  }

  async act(what: 'take' | 'end' | 'return'): Promise<void> {
    const { selected } = this;
    this.asking = undefined;
    if (selected) await this.#try(() => api.act(selected, what, this.agent));
  }

  async handle(): Promise<void> {
    const { selected } = this;
    if (selected) await this.#try(() => api.handled(selected));
  }

  say(text: string): void {
    const { selected } = this;
    if (!selected || !text.trim()) return;
    this.drafts.delete(selected);
    this.outbox.push({ id: crypto.randomUUID(), key: selected, text: text.trim(), state: 'sending' });
    this.draw();
    void this.#flush();
  }

  retry(message: Outgoing): void {
    message.state = 'sending';
    this.draw();
    void this.#flush();
  }

  forgive(): void {
    this.trouble = '';
    this.draw();
  }

  /** Whether the user said something that this agent has not looked at. */
  unread(summary: Summary): boolean {
    return OPEN.has(summary.state) && summary.key !== this.selected && summary.last !== '' && (this.#seen.get(summary.key) ?? 0) !== length(summary);
  }

  get mine(): boolean {
    const { summary } = this.detail ?? {};
    return summary?.agent === this.agent && (summary.state === 'assigned' || summary.state === 'live');
  }

  #show(detail: Detail): void {
    this.detail = detail;
    this.#seen.set(detail.summary.key, length(detail.summary));
    const arrived = new Set(detail.frames.map((frame) => (frame.type === 'message' ? frame.id : '')));
    this.outbox = this.outbox.filter((message) => !arrived.has(message.id));
  }

  /** Sends what waits, in order. The ids make a repeat after a lost answer harmless. */
  async #flush(): Promise<void> {
    for (const message of this.outbox.filter(({ state }) => state === 'sending')) {
      try {
        await api.say(message.key, { id: message.id, text: message.text, agent: this.agent });
      } catch (error) {
        if (!(error instanceof Refused)) {
          setTimeout(() => void this.#flush(), FLUSH_AGAIN);
          break;
        }
        message.state = 'failed';
        this.trouble = error.message;
      }
    }
    await this.refresh();
  }

  async #try(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      this.trouble = '';
    } catch (error) {
      this.trouble = (error as Error).message;
    }
    await this.refresh();
  }
}

/** Changes whenever something is said. */
function length(summary: Summary): number {
  let hash = summary.last.length;
  for (const character of summary.last) hash = (hash * 31 + character.codePointAt(0)!) | 0;
  return hash;
}

function kept<T extends string>(key: string, values: readonly T[]): T | undefined {
  const value = localStorage.getItem(key);
  return values.find((known) => known === value);
}
