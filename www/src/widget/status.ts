// How things stand, in one line: the desk, the network, the engine.

import type { HandoffView, View } from '../session/conversation.ts';
import type { Texts } from './texts.ts';

export interface Status {
  text: string;
  tone: 'waiting' | 'live' | 'trouble';
  button?: string;
  act?: 'cancel' | 'retry';
}

/** What is to be said about how things stand; the most urgent only. */
export function statusOf({ engine, handoff, line }: View, texts: Texts): Status | undefined {
  const waits = handoff && ['consented', 'queued', 'assigned', 'live'].includes(handoff.state);
  if (waits && line !== 'online') return { text: texts[line], tone: 'trouble' };
  if (waits) return handoffStatus(handoff, texts);
  if (engine === 'failed') return { text: texts.failed, tone: 'trouble', button: texts.retry, act: 'retry' };
  return undefined;
}

function handoffStatus({ state, agent, position }: HandoffView, texts: Texts): Status | undefined {
  switch (state) {
    case 'consented':
      return { text: texts.states.consented, tone: 'waiting', button: texts.cancel };
    case 'queued':
      return { text: texts.states.queued(position), tone: 'waiting', button: texts.cancel };
    case 'assigned':
      return { text: texts.states.assigned(agent), tone: 'waiting', button: texts.cancel };
    case 'live':
      return { text: texts.states.live(agent), tone: 'live', button: texts.leave };
    default:
      return undefined;
  }
}
