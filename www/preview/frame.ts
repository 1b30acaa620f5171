// A phone's screen: the product's own widget, fed by the page around it. Taps go to the page, which has
// the product's own conversation answer them.

import type { Language } from '../src/contracts/index.ts';
import { Conversation, type View } from '../src/session/conversation.ts';
import { Store } from '../src/session/store.ts';
import { mount, type Drawn, type Look } from '../src/widget/index.ts';
import type { FromFrame, ToFrame } from './phone.ts';

const language: Language = location.hash === '#zh' ? 'zh' : 'en';
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';

// A phone that is only looked at takes no focus from the page around it.
const { focus } = HTMLElement.prototype;
HTMLElement.prototype.focus = function (options) {
  if (document.hasFocus()) focus.call(this, options);
};

const tell = (did: FromFrame) => parent.postMessage(did, location.origin);
const look: Look = {};
let conversation: Conversation | undefined;

function begin(view: Partial<View>): void {
  // Nothing is kept.
  conversation = new Conversation(new Store(undefined), { language, elder: false }, false);
  // Before it is mounted, so that an open chat takes no focus from the page around.
  Object.assign(conversation.view, { engine: 'ready' }, view);
  void mount(session(conversation), look);
}

function session(held: Conversation): Drawn {
  return {
    conversation: {
      view: held.view,
      watch: (watcher) => held.watch(watcher),
      // The other language's phone goes along, step by step.
      change: (patch) => (patch.guide ? tell({ at: patch.guide.at }) : held.change(patch)),
    },
    user: {
      userSays: (say) => tell({ say }),
      choose: (_message, choose) => tell({ choose }),
      askHuman: () => tell({ human: {} }),
      cancelHandoff: () => undefined,
      show: (open) => held.change({ open }),
      setLanguage: () => undefined,
      setElder: (elder) => tell({ elder }),
      answerOffer: (_offer, accept) => tell({ accept }),
      sawOffer: () => undefined,
      guideWent: (guide) => {
        held.change({ guide: null, open: true });
        tell({ guide });
      },
    },
    egress: { log: [] },
    retry: () => undefined,
  };
}

/** A bare screen behind the chat; under a guide, a box for each place that it points at. */
function screen({ guide }: Partial<View>): void {
  const targets = guide?.steps.map(({ target }) => target) ?? [];
  const boxes = [...new Set(targets)].map((target) => {
    const box = document.createElement('div');
    box.className = 'target';
    box.dataset.unstuck = target;
    box.textContent = target;
    return box;
  });
  const lines = ['title', 'line', 'line short', 'box', 'line', 'box'].map((name) => {
    const line = document.createElement('div');
    line.className = `bare ${name}`;
    return line;
  });
  document.querySelector('.app')?.remove();
  const app = document.createElement('div');
  app.className = 'app';
  app.append(...(boxes.length > 0 ? boxes : lines));
  document.body.prepend(app);
}

let guided = '';
addEventListener('message', ({ data, origin, source }: MessageEvent<ToFrame>) => {
  if (origin !== location.origin || source !== parent) return;
  look.theme = data.theme;
  document.documentElement.dataset.theme = data.theme;
  const shown = JSON.stringify(data.view.guide ?? null);
  if (shown !== guided || !conversation) screen(data.view);
  guided = shown;
  if (conversation) conversation.change(data.view);
  else begin(data.view);
});
tell('ready');
