// The picture of the thinking: a gauge, the signals, the beliefs, the scales and the strip of time.
// Styles are set by property: the page's policy allows no style attributes.

import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { say } from '../app/language.ts';
import { why } from './reasons.ts';
import { GLOW, SPAN, type Lane, type Thinking } from './thinking.ts';

const SIGNALS: [kind: string, zh: string, en: string][] = [
  ['rage_click', '狂点', 'Rage click'], ['dead_click', '点了没反应', 'Dead click'], ['error_click', '点出错误', 'Error click'],
  ['quick_back', '秒退', 'Quick back'], ['wandering', '来回绕', 'Wandering'], ['form_error_loop', '表单反复报错', 'Form error loop'],
  ['field_reedit', '反复修改', 'Re-editing'], ['form_abandonment', '中途放弃', 'Abandoned form'], ['hesitation', '犹豫', 'Hesitation'],
  ['idle_at_step', '停住不动', 'Idle'], ['slow_response', '响应慢', 'Slow response'], ['repeated_failure', '接连失败', 'Repeated failure'],
  ['search_without_result', '搜不到', 'Empty search'], ['frantic_scrolling', '来回翻', 'Frantic scroll'], ['help_seeking', '找帮助', 'Help seeking'],
];

/** Words for ids of the playbook. */
export interface Titles {
  stuckPoint: (id: string) => string;
  step: (id: string) => string;
}

const ARC = 'M 24 104 A 80 80 0 0 1 184 104';
const ARC_LENGTH = 251.3;

/** How stuck the user is believed to be, from 0 to 1. */
export function gauge(thinking: Thinking, titles: Titles): TemplateResult {
  const stuck = thinking.now?.stuck ?? 0;
  const mood = stuck > 0.6 ? 'high' : stuck > 0.3 ? 'middle' : 'low';
  const step = thinking.now?.step;
  return html`
    <section class="gauge ${mood}" role="img" aria-label=${say(`卡住的可能 ${percent(stuck)}`, `Stuck: ${percent(stuck)}`)}>
      <svg viewBox="0 0 208 118" aria-hidden="true">
        <path class="track" d=${ARC}></path>
        <path class="value" d=${ARC} .style=${`stroke-dasharray: ${Math.max(stuck, 0.004) * ARC_LENGTH} ${ARC_LENGTH}`}></path>
        <text x="104" y="92">${percent(stuck)}</text>
        <text class="caption" x="104" y="112">${say('卡住了吗', 'stuck?')}</text>
      </svg>
      <p class="place">${step ? titles.step(step) : say('还没有进入任何流程', 'In no journey yet')}</p>
    </section>
  `;
}

export function signals(thinking: Thinking): TemplateResult {
  const now = Date.now();
  return html`
    <ul class="signals" aria-label=${say('信号', 'Signals')}>
      ${SIGNALS.map(([kind, zh, en]) => {
        const fired = thinking.fired.get(kind);
        const glow = fired ? Math.max(0, 1 - (now - fired.at) / GLOW) : 0;
        return html`<li class=${fired && now - fired.at < 1_500 ? 'fresh' : ''} .style=${`--glow: ${glow.toFixed(2)}`} title=${fired?.target ?? ''}>
          ${say(zh, en)}${fired && fired.count > 1 ? html`<b>×${fired.count}</b>` : nothing}</li>`;
      })}
    </ul>
  `;
}

export function beliefs(thinking: Thinking, titles: Titles): TemplateResult {
  const believed = thinking.now?.believed ?? [];
  return html`
    <ol class="beliefs" aria-label=${say('猜测', 'Beliefs')}>
      ${Array.from({ length: 3 }, (_, n) => {
        const guess = believed[n];
        return html`<li class=${guess ? '' : 'none'}>
          <span>${guess ? titles.stuckPoint(guess.id) : ' '}</span><b>${guess ? percent(guess.probability) : ''}</b>
          <i .style=${`transform: scaleX(${guess?.probability ?? 0})`}></i></li>`;
      })}
    </ol>
  `;
}

/** The least and the most that the scales show, in interruptions. */
const LEAST = -4;
const MOST = 8;

/** What speaking up would be worth, against staying silent. */
export function scales(thinking: Thinking): TemplateResult {
  const { did, worth, code, text } = thinking.decided;
  const place = (value: number) => ((Math.min(MOST, Math.max(LEAST, value)) - LEAST) / (MOST - LEAST)) * 300;
  const zero = place(0);
  const here = place(worth);
  return html`
    <section class="scales ${worth > 0 ? 'worth-it' : ''}">
      <header><b>${did === 'suggest' ? say('开口', 'Speaks up') : say('保持安静', 'Stays silent')}</b><code>${code}</code></header>
      <svg viewBox="-8 0 316 44" role="img" aria-label=${say(`值 ${worth.toFixed(1)} 次打扰`, `Worth ${worth.toFixed(1)} interruptions`)}>
        <line class="rail" x1="0" x2="300" y1="16" y2="16"></line>
        <line class="fill" x1=${Math.min(zero, here)} x2=${Math.max(zero, here)} y1="16" y2="16"></line>
        <line class="zero" x1=${zero} x2=${zero} y1="6" y2="26"></line>
        <circle cx=${here} cy="16" r="7"></circle>
        <text x=${zero} y="40">${say('不打扰 | 值得开口', 'silence | worth it')}</text>
        <text class="worth" x="300" y="40">${worth > 0 ? '+' : ''}${worth.toFixed(1)}</text>
      </svg>
      <p>${why(code, text)}</p>
    </section>
  `;
}

const LANES: [Lane, string, string][] = [['you', '您', 'You'], ['network', '网络', 'Network'], ['signal', '信号', 'Signals'], ['bot', '助手', 'Bot']];
const WIDTH = 380;
const TOP = 58;
const LANE = 18;

/** The last minute and a half: the belief as a hill, and what happened below it. */
export function strip(thinking: Thinking): TemplateResult {
  const now = Date.now();
  const x = (t: number) => WIDTH - ((now - t) / SPAN) * (WIDTH - 46);
  const inside = <T extends { t: number }>(all: T[]) => all.filter(({ t }) => now - t < SPAN);
  const points = inside(thinking.curve);
  const y = (stuck: number) => TOP - 6 - stuck * (TOP - 14);
  let path = '';
  for (const [n, { t, stuck }] of points.entries()) path += n === 0 ? `M${x(t)} ${y(stuck)}` : `H${x(t)}V${y(stuck)}`;
  const first = points[0];
  if (first) path += `H${WIDTH}`;
  return html`
    <section class="strip" role="img" aria-label=${say('最近一分半钟', 'The last minute and a half')}>
      <svg viewBox="0 0 ${WIDTH} ${TOP + LANES.length * LANE}" preserveAspectRatio="none">
        ${first ? svg`<path class="hill" d="${path}V${TOP - 6}H${x(first.t)}Z"></path><path class="ridge" d=${path}></path>` : nothing}
        ${LANES.map(([lane, zh, en], n) => svg`
          <text x="0" y=${TOP + n * LANE + 12}>${say(zh, en)}</text>
          <line x1="46" x2=${WIDTH} y1=${TOP + n * LANE + 8} y2=${TOP + n * LANE + 8}></line>
          ${inside(thinking.marks).filter((mark) => mark.lane === lane).map((mark) => svg`<circle class=${lane} cx=${x(mark.t)} cy=${TOP + n * LANE + 8} r=${lane === 'bot' ? 6 : lane === 'signal' ? 5 : 3}><title>${mark.name}</title></circle>`)}`)}
      </svg>
    </section>
  `;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
