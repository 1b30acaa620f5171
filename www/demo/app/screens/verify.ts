// Verifying who one is: which document, its photo, the name on it, and the wait for the review.

import { html, nothing, type TemplateResult } from 'lit-html';
import { unstuck } from '../embed.ts';
import { api, type Document, type Identity } from '../api.ts';
import { attempt, button, field, notice, progress, wrong, type Wrong } from '../form.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { measure, photograph, type Measured } from '../photo.ts';
import { go, redraw, replace, type Screen } from '../router.ts';
import { keepDraft, store } from '../store.ts';
import { again, timeline } from './wait.ts';

const DOCUMENTS: [Document, icon: string, zh: [string, string], en: [string, string]][] = [
  ['id_card', 'document', ['居民身份证', '拍人像面'], ['Chinese ID card', 'The side with your photo']],
  ['passport', 'globe', ['护照', '拍有照片的那一页'], ['Passport', 'The page with your photo']],
  ['permit', 'card', ['港澳台通行证、居住证', '拍人像面'], ['Permit', 'Hong Kong, Macau, Taiwan']],
];

export function documentName(document: Document): string {
  const known = DOCUMENTS.find(([id]) => id === document) ?? DOCUMENTS[0]!;
  return say(known[2][0], known[3][0]);
}

const identity = { now: undefined as Identity | undefined };

export const verifyDocument: Screen = {
  title: () => say('身份验证', 'Verify identity'),
  enter: () => {
    identity.now = undefined;
    void api.identity().then((found) => { identity.now = found; redraw(); }, () => undefined);
  },
  view: () => {
    const state = identity.now?.state;
    return html`
      <div class="page">
        ${progress(1, 3)}
        <p class="lead">${say('用哪种证件？', 'Which document?')}</p>
        ${state === 'reviewing' ? html`<a class="notice calm" href="/verify/review" data-unstuck="verify.document.reviewing">${icon('clock')}<span>${say('上一次提交的还在审核，点这里看进度', 'What you sent is in review. See how it stands.')}</span></a>` : nothing}
        <div class="list">
          ${DOCUMENTS.map(([id, name, zh, en]) => html`
            <button class="row" type="button" data-unstuck="verify.document.${id}" @click=${() => choose(id)}>
              <span class="disc">${icon(name)}</span>
              <span class="row-main"><b>${say(zh[0], en[0])}</b><small>${say(zh[1], en[1])}</small></span>${icon('chevron')}
            </button>`)}
        </div>
        <p class="hint centre">${say('仅用于核对是不是您本人，照片不会离开这台设备', 'Only to check that it is you. In this demo the photo stays on your device.')}</p>
      </div>
    `;
  },
};

function choose(document: Document): void {
  store.draft.identity = { document };
  keepDraft();
  go('/verify/photo');
}

const photo = { taken: '', busy: false, wrong: undefined as Wrong | undefined };

export const verifyPhoto: Screen = {
  title: () => say('拍摄证件', 'Photo'),
  enter: () => {
    forget();
    Object.assign(photo, { busy: false, wrong: undefined });
  },
  view: () => html`
    <div class="page">
      ${progress(2, 3)}
      <p class="lead">${documentName(store.draft.identity.document)}</p>
      <div class="viewfinder document ${photo.wrong ? 'is-wrong' : ''}">
        ${photo.taken
          ? html`<img src=${photo.taken} alt=${say('刚拍的照片', 'The photo you took')} />`
          : html`<span class="frame" aria-hidden="true"></span><p>${say('四角放进框里，字要看得清', 'All four corners in the frame, letters sharp')}</p>`}
      </div>
      ${photo.wrong ? html`<p class="wrong" role="alert">${photo.wrong.words}</p>` : nothing}
      <div class="two wraps">
        <button class="button primary" type="button" data-unstuck="verify.photo.take" data-unstuck-code=${photo.wrong?.code ?? nothing}
          aria-invalid=${photo.wrong ? 'true' : nothing} ?disabled=${photo.busy} aria-busy=${photo.busy ? 'true' : 'false'} @click=${take}>
          ${photo.busy ? html`<span class="spinner" aria-hidden="true"></span>` : icon('camera')}<span>${photo.wrong ? say('重拍', 'Again') : say('拍照', 'Take it')}</span></button>
        <label class="button plain" data-unstuck="verify.photo.file">
          <input class="visually-hidden" type="file" accept="image/*" ?disabled=${photo.busy} @change=${chosen} />
          ${icon('upload')}<span>${say('从相册选', 'Upload')}</span></label>
      </div>
      <ul class="tips">
        ${[say('不反光、不遮挡', 'No glare, nothing covered'), say('放在深色桌面上拍', 'On a dark table'), say('不要翻拍屏幕和复印件', 'No screens, no copies')].map((tip) => html`<li>${icon('check')}<span>${tip}</span></li>`)}
      </ul>
    </div>
  `,
};

/** The demo's camera sees a specimen. Where the app may not use the camera, nothing happens. */
function take(): void {
  if (store.flags.camera_blocked) return;
  void send(() => photograph(store.draft.identity.document));
}

function chosen(event: Event): void {
  const input = event.target as HTMLInputElement;
  const file = input.files?.[0];
  // The same picture can be chosen again.
  input.value = '';
  if (file) void send(() => measure(file));
}

async function send(see: () => Promise<Measured>): Promise<void> {
  const refused = await attempt(photo, async () => {
    const measured = await see().catch(() => undefined);
    if (!measured) {
      photo.wrong = { code: 'photo_unreadable', words: say('打不开这张图片，请换一张', 'This picture cannot be opened. Choose another.') };
      return;
    }
    forget();
    photo.taken = URL.createObjectURL(measured.picture);
    photo.wrong = undefined;
    const { width, sharpness } = measured;
    await api.sendPhoto(store.draft.identity.document, width, sharpness);
    go('/verify/name');
  });
  if (refused) photo.wrong = wrong(refused);
  redraw();
}

function forget(): void {
  if (photo.taken) URL.revokeObjectURL(photo.taken);
  photo.taken = '';
}

const name = { value: '', busy: false, wrong: undefined as Wrong | undefined, refusal: '' };

export const verifyName: Screen = {
  title: () => say('核对姓名', 'Your name'),
  // The demo reads the specimen's name, whatever the picture shows.
  enter: () => Object.assign(name, { value: say('林一', 'Lin Yi'), busy: false, wrong: undefined, refusal: '' }),
  view: () => html`
    <form class="page" novalidate data-unstuck="verify.name.form" @submit=${submit}>
      ${progress(3, 3)}
      <p class="lead">${say('这是从证件上读到的', 'This is what we read')}</p>
      ${field({
        id: 'verify.name.value', label: say('证件上的姓名', 'Name on the document'), value: name.value, wrong: name.wrong, autocomplete: 'name',
        input: (value) => { name.value = value; if (name.wrong) { name.wrong = undefined; redraw(); } },
      })}
      <dl class="facts">
        <div><dt>${say('证件', 'Document')}</dt><dd>${documentName(store.draft.identity.document)}</dd></div>
        <div><dt>${say('有效期至', 'Valid until')}</dt><dd>2036.08</dd></div>
      </dl>
      ${notice(name.refusal)}
      ${button({ id: 'verify.name.submit', label: say('提交审核', 'Send for review'), type: 'submit', busy: name.busy })}
      <a class="button quiet" href="/verify/photo" data-unstuck="verify.name.retake">${say('重新拍摄', 'Take the photo again')}</a>
    </form>
  `,
};

async function submit(event: Event): Promise<void> {
  event.preventDefault();
  name.refusal = '';
  if (name.value.trim().length < 2) {
    name.wrong = { code: 'name_missing', words: say('请填写证件上的姓名', 'Enter the name on the document') };
    return redraw();
  }
  const refused = await attempt(name, async () => {
    await api.verifyName(name.value.trim());
    replace('/verify/review');
  });
  if (refused?.code === 'name_mismatch') name.wrong = wrong(refused);
  else name.refusal = refused?.message ?? '';
  redraw();
}

const review = { now: undefined as Identity | undefined, busy: false, told: false };

export const verifyReview: Screen = {
  title: () => say('审核进度', 'Review'),
  enter: () => {
    Object.assign(review, { now: undefined, busy: false });
    void look();
  },
  view: () => {
    if (!review.now) return html`<div class="page result" aria-busy="true"><span class="skeleton tall"></span></div>`;
    return review.now.state === 'due' ? notBegun() : standing(review.now.state === 'verified');
  },
};

function notBegun(): TemplateResult {
  return html`<div class="page"><p class="empty">${say('还没有提交过证件', 'Nothing has been sent yet')}</p>
    <a class="button primary" href="/verify" data-unstuck="verify.review.begin">${say('开始验证', 'Begin')}</a></div>`;
}

function standing(done: boolean): TemplateResult {
  return html`
    <div class="page result">
      <span class="seal ${done ? 'good' : 'wait'}">${icon(done ? 'check' : 'clock')}</span>
      <h2>${done ? say('验证通过', 'You are verified') : say('审核中', 'In review')}</h2>
      <p class="hint centre" role="status">${done ? say('身份信息已更新', 'Your identity is up to date') : say('一般 10 分钟内有结果，不用守着', 'Usually within ten minutes; no need to stay')}</p>
      ${timeline(done ? 3 : 1, [
        [say('已提交', 'Sent'), ''],
        [say('人工核对', 'A person checks it'), say('一般 10 分钟，最长 1 个工作日', 'Usually ten minutes, at most a working day')],
        [say('完成', 'Done'), ''],
      ])}
      ${done ? nothing : button({ id: 'verify.review.refresh', label: say('刷新进度', 'Check again'), kind: 'plain', busy: review.busy, click: () => void look() })}
      <a class="button ${done ? 'primary' : 'quiet'}" href="/" data-unstuck="verify.review.home">${say('返回首页', 'Home')}</a>
    </div>
  `;
}

async function look(): Promise<void> {
  await attempt(review, async () => {
    review.now = await api.identity();
  });
  const { now } = review;
  if (now?.state === 'reviewing') again('/verify/review', look);
  if (now?.state === 'verified' && !review.told) {
    review.told = true;
    unstuck.track('identity.done');
  }
}
