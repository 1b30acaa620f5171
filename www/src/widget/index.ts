// The widget: a custom element in a shadow root that draws the conversation and hands on taps.

import type { Conversation } from '../session/conversation.ts';
import { whenIdle } from '../session/idle.ts';
import type { Settings } from '../session/options.ts';
import type { Session } from '../session/session.ts';
import { h } from './dom.ts';
import { GuideOverlay } from './guide.ts';
import { Launcher } from './launcher.ts';
import { OfferCard } from './offer.ts';
import { Panel } from './panel.ts';
import { css } from './styles/index.ts';
import { textsIn } from './texts.ts';

export interface Widget {
  remove(): void;
}

/** What the widget needs of a session: the preview of a playbook has no more than that. */
export interface Drawn {
  conversation: Pick<Conversation, 'view' | 'watch' | 'change'>;
  user: Pick<
    Session['user'],
    'userSays' | 'choose' | 'askHuman' | 'cancelHandoff' | 'show' | 'setLanguage' | 'setElder' | 'answerOffer' | 'sawOffer' | 'guideWent'
  >;
  egress: Pick<Session['egress'], 'log'>;
  retry(): void;
}

/** What it needs of the settings. */
export type Look = Pick<Settings, 'container' | 'position' | 'launcher' | 'theme'> & Partial<Pick<Settings, 'remote'>>;

const TAG = 'unstuck-widget';
/** Made when the script is read, so that less is left to do when the widget is drawn. */
const sheet = 'adoptedStyleSheets' in document ? sheetOf(css) : undefined;

class UnstuckWidget extends HTMLElement {
  readonly shadow = this.attachShadow({ mode: 'open' });
}

/** Puts the widget on the page, in four tasks: to build it and to fill it would be a long one on a slow device. */
export async function mount(session: Drawn, settings: Look): Promise<Widget> {
  if (!customElements.get(TAG)) customElements.define(TAG, UnstuckWidget);
  const host = document.createElement(TAG) as UnstuckWidget;
  const root = h('div', { class: 'root' });
  dress(host.shadow);
  host.shadow.append(root);
  const stop = await draw(root, host.shadow, session, settings);
  (settings.container ?? document.body).append(host);
  return {
    remove() {
      stop();
      host.remove();
    },
  };
}

/** A constructed sheet passes any policy for styles; old browsers get an element. */
function dress(shadow: ShadowRoot): void {
  if (sheet) shadow.adoptedStyleSheets = [sheet];
  else shadow.append(h('style', { textContent: css }));
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Builds all parts, and fills them from then on; what it gives back ends that. */
async function draw(root: HTMLElement, shadow: ShadowRoot, session: Drawn, settings: Look): Promise<() => void> {
  const { conversation, user } = session;
  const { view } = conversation;
  const textsNow = () => textsIn(view.language, !!settings.remote);
  const launcher = new Launcher(() => user.show(!view.open));
  const offer = new OfferCard({
    answer: (number, accept) => user.answerOffer(number, accept),
    shown: (number) => user.sawOffer(number),
  });
  const guide = new GuideOverlay({
    moved: (moved) => conversation.change({ guide: moved }),
    went: (outcome, why) => user.guideWent(outcome, why),
  });
  await whenIdle(1_000);
  const panel = new Panel({
    say: (text) => user.userSays(text),
    choose: (message, choice) => user.choose(message, choice),
    human: () => user.askHuman(),
    cancelHandoff: () => user.cancelHandoff(),
    close: () => user.show(false),
    switchLanguage: () => user.setLanguage(view.language === 'zh' ? 'en' : 'zh'),
    toggleLarger: () => user.setElder(!view.elder),
    retry: () => session.retry(),
    sent: () => session.egress.log,
  });
  await whenIdle(1_000);
  panel.update(view, textsNow());
  await whenIdle(1_000);
  root.append(guide.element, panel.element, offer.element, launcher.element);
  root.dataset.side = settings.position ?? 'right';
  launcher.element.classList.toggle('absent', settings.launcher === false);

  const dark = matchMedia('(prefers-color-scheme: dark)');
  let wasOpen = view.open;
  const update = () => {
    const { theme = 'auto' } = settings;
    root.lang = view.language === 'zh' ? 'zh-CN' : 'en';
    root.dataset.theme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
    root.classList.toggle('elder', view.elder);
    root.classList.toggle('open', view.open);
    root.classList.toggle('guiding', !!view.guide);
    const texts = textsNow();
    for (const part of [launcher, panel, offer, guide]) part.update(view, texts);
    if (view.open !== wasOpen) {
      wasOpen = view.open;
      if (view.open) panel.focus();
      else if (!view.guide) launcher.element.focus({ preventScroll: true });
    }
  };
  const leave = new AbortController();
  dark.addEventListener('change', update, { signal: leave.signal });
  shadow.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape' && view.open) user.show(false);
  });
  const unwatch = conversation.watch(update);
  update();
  return () => {
    leave.abort();
    unwatch();
    guide.stop();
  };
}
