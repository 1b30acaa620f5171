// Does what the engine says, and tells it what the user and the desk did.

import type { Tool } from '../../../pkg/types/index.d.ts';
import type { Action, ContextPackage, HandOff, Language, RunTool, Say, State as HandoffState, Suggest, Update } from '../contracts/index.ts';
import { DIRECT, directQuestion, directRequest } from './direct.ts';
import type { Session } from './session.ts';
import { runTool } from './tools.ts';

/** States in which what the user types goes to the desk. */
const WITH_HUMAN = new Set<HandoffState>(['queued', 'assigned', 'live']);

export class Performer {
  constructor(
    private readonly session: Session,
    private readonly tools: Record<string, Tool>,
    private readonly warn: (sentence: string) => void,
  ) {}

  perform(action: Action): void {
    switch (action.do) {
      case 'suggest':
        return this.#conversation.change({ offer: suggestOf(action) });
      case 'withdraw':
        return this.#withdraw(action.offer);
      case 'say':
      case 'ask':
        return this.#botSays(action.key, action.t, action);
      case 'guide':
        this.#setOpen(false);
        return this.#conversation.change({
          guide: { guide: action.guide, steps: action.steps, at: 0, why: '', shown: false },
        });
      case 'run_tool':
        return void this.#runTool(action.key, action);
      case 'hand_off':
        return this.#handOff(action.key, action.t, action);
      case 'stay_silent':
        return;
    }
  }

  // ---- what the user does ----

  userSays(text: string): void {
    const words = text.trim();
    if (!words) return;
    const id = `u-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    const toDesk = this.#withHuman;
    this.#conversation.add({ id, from: 'user', text: words, t: Date.now(), delivery: toDesk ? 'sending' : undefined });
    this.session.say({ input: 'say', text: words });
    if (toDesk) this.#sendToDesk(id, words);
  }

  choose(message: string, choice: string): void {
    const chosen = this.#conversation.view.messages.find(({ id }) => id === message);
    const label = chosen?.choices?.find(({ id }) => id === choice)?.label;
    if (!chosen || chosen.chosen !== undefined || !label) return;
    this.#conversation.amend(message, { chosen: choice });
    this.#conversation.add({ id: `${message}-${choice}`, from: 'user', text: label, t: Date.now() });
    if (choice.startsWith(DIRECT)) return this.#answerDirect(choice === `${DIRECT}accept`);
    this.session.say({ input: 'choose', id: choice });
  }

  answerOffer(offer: number, accept: boolean): void {
    this.#conversation.change({ offer: null });
    this.session.say({ input: 'choose', id: `offer:${offer}:${accept ? 'accept' : 'decline'}` });
    if (accept) this.#setOpen(true);
  }

  sawOffer(offer: number): void {
    const screen = this.session.sensed.screen();
    this.session.say({ input: 'event', screen, kind: 'outcome', offer, what: 'shown' });
  }

  show(open: boolean): void {
    if (open && !this.#conversation.view.open) this.session.sensed.help();
    this.#setOpen(open);
  }

  askHuman(): void {
    if (this.#conversation.view.engine === 'failed' && this.session.desk) return this.#askDirect();
    this.session.say({ input: 'ask_human' });
  }

  cancelHandoff(): void {
    const { handoff } = this.#conversation.view;
    if (handoff && this.#conversation.view.engine === 'failed') return this.#cancelAtDesk(handoff.key);
    this.session.say({ input: 'choose', id: 'handoff:cancel' });
  }

  /** The widget shows larger text at once; the words of the engine are plainer from the next one on. */
  setElder(elder: boolean): void {
    this.session.remember({ elder });
    if (elder === this.#conversation.view.elder) return;
    this.#conversation.change({ elder });
    this.session.say({ input: 'elder', on: elder });
  }

  setLanguage(language: Language): void {
    if (language === this.#conversation.view.language) return;
    this.#conversation.change({ language });
    this.session.say({ input: 'language', language });
  }

  guideWent(outcome: 'done' | 'left' | 'skipped', why: string): void {
    const { guide } = this.#conversation.view;
    if (!guide) return;
    this.#conversation.change({ guide: null });
    this.#setOpen(true);
    this.session.say({ input: 'guide', guide: guide.guide, outcome, why });
  }

  // ---- what the desk does ----

  deskSays(update: Update): void {
    const { handoff } = this.#conversation.view;
    if (handoff?.key === update.handoff && update.revision <= handoff.revision) return;
    this.#showHandoff(update.handoff, update.state, update);
    this.session.say({ input: 'handoff', update });
  }

  agentSays({ id, name, text, t }: { id: string; name: string; text: string; t: number }): void {
    this.#conversation.add({ id: `a-${id}`, from: 'agent', name, text, t });
    this.session.say({ input: 'agent', text });
  }

  // ---- details ----

  get #conversation() {
    return this.session.conversation;
  }

  #setOpen(open: boolean): void {
    if (open === this.#conversation.view.open) return;
    this.#conversation.change(open ? { open, unread: 0 } : { open });
    this.session.say({ input: 'chat', open });
  }

  get #withHuman(): boolean {
    const { handoff } = this.#conversation.view;
    return !!handoff && WITH_HUMAN.has(handoff.state);
  }

  #withdraw(offer: number): void {
    if (this.#conversation.view.offer?.offer === offer) this.#conversation.change({ offer: null });
  }

  #botSays(key: string, t: number, { text, card, choices, basis, expects }: Partial<Say> & Pick<Say, 'text' | 'choices'>): void {
    this.#conversation.add({
      id: `${this.session.id}/${key}`,
      from: 'bot',
      text,
      t,
      card: card ?? undefined,
      choices: choices.length > 0 ? choices : undefined,
      basis: basis ?? undefined,
    });
    this.#conversation.change({ expects: expects ?? '' });
  }

  async #runTool(key: string, call: RunTool): Promise<void> {
    const body = { key: `${this.session.id}/${key}`, tool: call.tool, arguments: call.arguments };
    const passed = this.session.egress.pass({ kind: 'tool', to: `tool:${call.tool}`, body }) as typeof body | undefined;
    this.#conversation.change({ busy: true });
    const result = passed
      ? await runTool(this.tools, body.key, { ...call, arguments: passed.arguments }, this.warn)
      : { outcome: 'failed', values: {} };
    this.#conversation.change({ busy: false });
    this.session.say({ input: 'tool', key, ...result });
  }

  #handOff(key: string, t: number, action: HandOff): void {
    if (action.text || action.choices.length > 0) {
      this.#botSays(key, t, { text: action.text, choices: action.choices });
    }
    this.#showHandoff(action.handoff, action.state, {});
    if (action.request) this.#request(action.request);
    if (action.state === 'cancelled') this.#cancelAtDesk(action.handoff);
  }

  #showHandoff(key: string, state: HandoffState, { agent, position, revision }: Partial<Update>): void {
    const before = this.#conversation.view.handoff;
    const same = before?.key === key ? before : undefined;
    this.#conversation.change({
      handoff: {
        key,
        state,
        agent: agent || same?.agent || '',
        position: position ?? undefined,
        revision: revision ?? same?.revision ?? 0,
      },
    });
  }

  #askDirect(): void {
    const { text, choices } = directQuestion(this.#conversation.view.language);
    this.#botSays(`direct-${Date.now()}`, Date.now(), { text, choices });
  }

  #answerDirect(accept: boolean): void {
    if (!accept) return;
    const count = this.#conversation.view.messages.filter(({ chosen }) => chosen === `${DIRECT}accept`).length;
    const request = directRequest(this.session.id, count, this.#conversation.view.language);
    this.#showHandoff(request.handoff, 'consented', {});
    this.#request(request);
  }

  #request(request: ContextPackage): void {
    const { desk, egress } = this.session;
    const body = desk && egress.pass({ kind: 'handoff', to: desk.url(''), body: request });
    if (desk && body) return desk.request(body as ContextPackage);
    if (!desk) this.warn("the user asked for a human, but there is no desk: pass init({ desk: '/' })");
    this.deskSays({ handoff: request.handoff, state: 'unavailable', revision: 1 });
  }

  #sendToDesk(id: string, text: string): void {
    const { desk, egress } = this.session;
    const key = desk?.key;
    const item = key && { kind: 'message' as const, to: desk.url(`/${key}/messages`), body: { handoff: key, id, text } };
    const passed = item ? egress.pass(item) : undefined;
    const words = (passed as { text?: unknown } | undefined)?.text;
    if (typeof words === 'string') desk?.say({ id, text: words });
    else this.#conversation.amend(id, { delivery: 'failed' });
  }

  #cancelAtDesk(key: string): void {
    const { desk, egress } = this.session;
    if (desk?.key !== key) return;
    egress.pass({ kind: 'cancel', to: desk.url(`/${key}/cancel`), body: { handoff: key } });
    desk.cancel();
  }
}

function suggestOf({ offer, stuck_point, cause, text, accept, decline, probability }: Suggest): Suggest {
  return { offer, stuck_point, cause, text, accept, decline, probability };
}
