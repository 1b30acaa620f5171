// A human without the engine: where it could not start, asking for one must still be honoured.

import type { Choice, ContextPackage, Language } from '../contracts/index.ts';

/** What these choices' ids begin with; the engine never gets to see them. */
export const DIRECT = 'direct:';

const WORDS = {
  en: {
    ask: 'The assistant is not available, but I can still get you a person. Only your language and the wish for a person are sent.',
    yes: 'Yes, get me a person',
    no: 'Not now',
  },
  zh: {
    ask: '助手暂时不可用，但仍然可以帮你转人工。只会发送你的语言和转人工的请求。',
    yes: '转人工',
    no: '暂时不用',
  },
};

/** The question before anything is sent. */
export function directQuestion(language: Language): { text: string; choices: Choice[] } {
  const { ask, yes, no } = WORDS[language];
  return {
    text: ask,
    choices: [
      { id: `${DIRECT}accept`, label: yes, role: 'primary' },
      { id: `${DIRECT}decline`, label: no, role: 'quiet' },
    ],
  };
}

/** The request: without the core there is no redaction, so it carries no word of the conversation. */
export function directRequest(session: string, count: number, language: Language): ContextPackage {
  return {
    version: 1,
    handoff: `${session}-d${count}`,
    t: Date.now(),
    app: '',
    language,
    reason: 'asked',
    priority: 2,
    stuck: null,
    guesses: [],
    evidence: [],
    tried: [],
    conversation: [],
    slots: {},
    preferences: [],
    message: null,
  };
}
