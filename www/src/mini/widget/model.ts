// What the component draws, as plain data: the same words and the same order as in the browser.

import type { ChoiceRole } from '../../contracts/index.ts';
import type { Message, View } from '../../session/conversation.ts';
import { blocksOf, type Block } from '../../widget/blocks.ts';
import { statusOf, type Status } from '../../widget/status.ts';
import { textsIn, type Texts } from '../../widget/texts.ts';
import type { Outgoing } from '../../../../pkg/types/index.d.ts';

export interface DrawnMessage {
  id: string;
  from: Message['from'];
  speaker: string;
  /** Shown only over the first of a human's messages. */
  initial: string;
  follows: boolean;
  blocks: Block[];
  card: { title: string; blocks: Block[] } | null;
  choices: { id: string; label: string; role: ChoiceRole }[];
  delivery: string;
  failed: boolean;
}

export interface Drawing {
  there: boolean;
  skin: string;
  open: boolean;
  launcher: { there: boolean; label: string; count: string };
  offer: { number: number; label: string; text: string; accept: string; decline: string } | null;
  panel: { title: string; subtitle: string; initial: string; status: Status | null; typing: boolean; placeholder: string; human: string };
  words: Record<'close' | 'field' | 'send' | 'language' | 'languageShort' | 'larger' | 'sent' | 'sentWhy' | 'sentNothing' | 'back' | 'welcome' | 'welcomeMore' | 'busy', string>;
  messages: DrawnMessage[];
  sent: { kind: string; to: string; time: string; body: string }[];
}

export interface Look {
  dark: boolean;
  position: 'left' | 'right';
  launcher: boolean;
  /** The engine is at the edge: what is said of this device would not be true. */
  remote: boolean;
  /** The list of what left the device is shown. */
  sent: boolean;
}

export function drawingOf(view: View, log: readonly Outgoing[], look: Look): Drawing {
  const texts = textsIn(view.language, look.remote);
  const { handoff, offer, unread } = view;
  const human = handoff && (handoff.state === 'live' || handoff.state === 'assigned');
  const withHuman = handoff && ['queued', 'assigned', 'live'].includes(handoff.state);
  const last = view.messages[view.messages.length - 1];
  return {
    there: true,
    skin: [look.dark ? 'dark' : '', view.elder ? 'elder' : '', look.position].join(' '),
    open: view.open,
    launcher: {
      there: look.launcher && !view.open && !view.guide,
      label: unread > 0 ? texts.launcherUnread(unread) : texts.launcher,
      count: unread > 9 ? '9+' : unread > 0 ? String(unread) : '',
    },
    offer: offer && !view.guide ? { number: offer.offer, label: texts.offer, text: offer.text, accept: offer.accept, decline: offer.decline } : null,
    panel: {
      title: human && handoff.agent ? handoff.agent : texts.title,
      subtitle: human ? texts.agent : texts.subtitle,
      initial: human ? (Array.from(handoff.agent)[0] ?? '') : '',
      status: statusOf(view, texts) ?? null,
      typing: view.busy || (view.engine === 'starting' && last?.from === 'user'),
      placeholder: withHuman ? texts.placeholderHuman(handoff.agent) : view.expects || texts.placeholder,
      human: withHuman || handoff?.state === 'consented' ? '' : texts.human,
    },
    words: wordsOf(texts),
    messages: messagesOf(view, texts),
    sent: look.sent ? log.map(({ kind, to, t, body }) => ({ kind: texts.sentKinds[kind], to: texts.sentTo(to), time: clock(t), body: JSON.stringify(body, null, 2) })).reverse() : [],
  };
}

function wordsOf({ close, field, send, language, languageShort, larger, sent, sentWhy, sentNothing, back, welcome, welcomeMore, busy }: Texts): Drawing['words'] {
  return { close, field, send, language, languageShort, larger, sent, sentWhy, sentNothing, back, welcome, welcomeMore, busy };
}

function messagesOf({ messages }: View, texts: Texts): DrawnMessage[] {
  let lastUser = -1;
  messages.forEach(({ from }, i) => from === 'user' && (lastUser = i));
  return messages.map((message, i) => {
    const { id, from, text, card, choices, chosen, name, delivery } = message;
    const follows = messages[i - 1]?.from === from;
    const speaker = { user: texts.you, bot: texts.bot, agent: name || texts.agent, note: '' }[from];
    return {
      id,
      from,
      speaker,
      initial: from === 'agent' && !follows ? (Array.from(speaker)[0] ?? '') : '',
      follows,
      blocks: blocksOf(text),
      card: card ? { title: card.title, blocks: blocksOf(card.body) } : null,
      choices: i > lastUser && chosen === undefined ? (choices ?? []) : [],
      delivery: !delivery || delivery === 'sent' ? '' : delivery === 'failed' ? texts.notSent : texts.sending,
      failed: delivery === 'failed',
    };
  });
}

function clock(t: number): string {
  const at = new Date(t);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
