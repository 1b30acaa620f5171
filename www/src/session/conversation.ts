// What the user sees: plain state that the widget draws and the store keeps from page to page.

import type {
  Basis, CardView, Choice, GuideStep, Language, State as HandoffState, Suggest,
} from '../contracts/index.ts';
import type { Store } from './store.ts';

/** How many messages are kept; the oldest go first. */
export const MESSAGES_CAP = 200;

export interface Message {
  id: string;
  from: 'user' | 'bot' | 'agent' | 'note';
  text: string;
  t: number;
  /** The agent's name. */
  name?: string | undefined;
  card?: CardView | undefined;
  choices?: Choice[] | undefined;
  /** The choice that was taken; then none can be taken any more. */
  chosen?: string | undefined;
  basis?: Basis | undefined;
  /** Only for words that go to the desk. */
  delivery?: 'sending' | 'sent' | 'failed' | undefined;
}

export interface HandoffView {
  key: string;
  state: HandoffState;
  agent: string;
  position?: number | undefined;
  revision: number;
}

export interface GuideView {
  guide: string;
  steps: GuideStep[];
  /** The step that is pointed at. */
  at: number;
  /** Why steps were skipped so far; empty where none was. */
  why: string;
  /** Whether any step could be shown. */
  shown: boolean;
}

export interface View {
  open: boolean;
  language: Language;
  elder: boolean;
  messages: Message[];
  offer: Suggest | null;
  handoff: HandoffView | null;
  guide: GuideView | null;
  /** The hint in the text field. */
  expects: string;
  unread: number;
  /** Not kept: how the engine, the tools and the line to the desk stand on this page. */
  engine: 'starting' | 'ready' | 'failed';
  busy: boolean;
  line: 'online' | 'connecting' | 'offline';
}

type Kept = Omit<View, 'engine' | 'busy' | 'line'>;

/** Holds the view, tells who draws it, and keeps it for the next page. */
export class Conversation {
  readonly view: View;
  #watchers = new Set<() => void>();
  #scheduled = false;

  constructor(private readonly store: Store, first: { language: Language; elder: boolean }, resumed: boolean) {
    const fresh: Kept = { ...first, open: false, messages: [], offer: null, handoff: null, guide: null, expects: '', unread: 0 };
    const kept = resumed ? store.get<Kept>('view') : undefined;
    this.view = { ...fresh, ...kept, engine: 'starting', busy: false, line: 'online' };
  }

  /** Changes the view; all who draw it hear of it once, after the current task. */
  change(patch: Partial<View>): void {
    Object.assign(this.view, patch);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  add(message: Message): void {
    const known = this.view.messages.some(({ id }) => id === message.id);
    if (known) return;
    const unread = message.from === 'user' || this.view.open ? 0 : 1;
    this.change({
      messages: [...this.view.messages, message].slice(-MESSAGES_CAP),
      unread: this.view.unread + unread,
    });
  }

  amend(id: string, patch: Partial<Message>): void {
    this.change({ messages: this.view.messages.map((m) => (m.id === id ? { ...m, ...patch } : m)) });
  }

  keep(): void {
    const { engine: _engine, busy: _busy, line: _line, ...kept } = this.view;
    this.store.set('view', kept satisfies Kept);
  }
}
