// What the page knows: the playbook, what is looked at, and how far its talk went.

import type { Language } from '../src/contracts/index.ts';
import type { FromFrame } from './phone.ts';
import type { Kind, List, Move, Place, Selected, State, Talk, Text } from './contract.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** The list of the playbook that holds each kind. */
export const LISTS: Record<Exclude<Kind, 'hours'>, List> = {
  journey: 'journeys', stuck_point: 'stuck_points', card: 'cards', guide: 'guides', flow: 'flows', intent: 'intents', escalation: 'escalations',
};

/** What the address names: `#/stuck_point/bind.number.rejected`. */
export function selected(hash: string): Selected | null {
  const [, kind, ...id] = hash.replace(/^#/, '').split('/');
  if (kind !== 'hours' && !Object.hasOwn(LISTS, kind ?? '')) return null;
  return { kind: kind as Kind, id: decodeURIComponent(id.join('/')) };
}

export const address = (kind: Kind, id = ''): string => `#/${kind}/${encodeURIComponent(id)}`;

export class Model {
  state: State | null = null;
  selected = selected(location.hash);
  online = true;
  talk: Talk = {};
  moves: Move[] = [];
  declined = false;
  /** The step of the guide that is pointed at; none while only the chat is shown. */
  at: number | null = null;
  filter = '';
  menu = false;
  theme: Theme = read('theme', ['auto', 'light', 'dark']) ?? 'auto';
  /** As users in elder mode see it. */
  elder = read('elder', ['on', 'off']) === 'on';
  #language = read<Language>('language', ['zh', 'en']);
  #asked = 0;

  constructor(private readonly changed: () => void) {
    const events = new EventSource('events');
    events.addEventListener('state', () => void this.#fetch());
    events.onopen = () => this.set({ online: true });
    events.onerror = () => this.set({ online: false });
    addEventListener('hashchange', () => this.#select());
  }

  /** The page speaks as the reader chose, else as their browser, if the playbook does, else as the playbook. */
  get language(): Language {
    const spoken = this.state?.playbook?.languages ?? ['zh', 'en'];
    const own: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
    return this.#language ?? (spoken.includes(own) ? own : spoken[0] ?? own);
  }

  get dark(): boolean {
    return this.theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : this.theme === 'dark';
  }

  set(patch: Partial<Pick<Model, 'online' | 'filter' | 'menu' | 'at'>>): void {
    Object.assign(this, patch);
    this.changed();
  }

  speak(language: Language): void {
    this.#language = language;
    keep('language', language);
    this.changed();
  }

  wear(theme: Theme): void {
    this.theme = theme;
    keep('theme', theme);
    this.changed();
  }

  age(elder: boolean): void {
    this.elder = elder;
    keep('elder', elder ? 'on' : 'off');
    void this.#hear();
    this.changed();
  }

  /** A text as this page's reader wants it, else in any language it has. */
  text(text: Text): string {
    return text[this.language] ?? text.zh ?? text.en ?? '';
  }

  place({ kind, id }: Selected): Place | null {
    if (kind === 'hours') return null;
    const list = LISTS[kind];
    const at = this.state?.playbook?.[list].findIndex((item) => item.id === id) ?? -1;
    return this.state?.places[list]?.[at] ?? null;
  }

  /** The talk from its beginning with these moves. */
  go(moves: Move[]): void {
    this.moves = moves;
    this.declined = false;
    this.at = this.selected?.kind === 'guide' && moves.length === 0 ? 0 : null;
    void this.#hear();
  }

  /** The phones go where a step of the flow or the guide is; they may be far above it on the page. */
  visit(moves: Move[], at: number | null = null): void {
    this.go(moves);
    if (at !== null) this.at = at;
    document.querySelector('.talk')?.scrollIntoView({ block: 'start' });
  }

  told(did: Exclude<FromFrame, 'ready'>): void {
    if ('accept' in did) {
      this.declined = !did.accept;
      return did.accept ? this.go([]) : this.changed();
    }
    if ('elder' in did) return this.age(did.elder);
    if ('at' in did) return this.set({ at: did.at });
    this.moves = [...this.moves, did];
    this.at = null;
    void this.#hear(true);
  }

  #select(): void {
    this.selected = selected(location.hash);
    this.menu = false;
    this.talk = {};
    this.go([]);
    this.changed();
  }

  async #fetch(): Promise<void> {
    const first = !this.state;
    try {
      this.state = (await (await fetch('state')).json()) as State;
    } catch {
      return this.set({ online: false }); // The line of events comes back by itself, and says it again.
    }
    if (first) this.go([]);
    else await this.#hear();
    this.changed();
  }

  /** `lead`: a guide that comes up is shown, because the user just asked for it. */
  async #hear(lead = false): Promise<void> {
    const { selected: start, moves } = this;
    const asked = ++this.#asked;
    if (!start || start.kind === 'hours' || start.kind === 'journey' || !this.state?.playbook) return this.changed();
    const body = JSON.stringify({ start: { [start.kind]: start.id }, moves, elder: this.elder });
    const answer = await fetch('talk', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => undefined);
    if (!answer?.ok || asked !== this.#asked) return;
    this.talk = (await answer.json()) as Talk;
    const guided = Object.values(this.talk).some(({ guide }) => guide);
    if (lead && guided) this.at ??= 0;
    this.changed();
  }
}

/** What the reader chose is kept on this device, where that is allowed. */
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`preview:${name}`, value);
  } catch {
    // Then it holds for this page.
  }
}

function read<T extends string>(name: string, known: T[]): T | undefined {
  try {
    return known.find((value) => value === localStorage.getItem(`preview:${name}`));
  } catch {
    return undefined;
  }
}
