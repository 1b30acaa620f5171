// Why the bot spoke or kept silent, in the app's language. The codes are those of docs/reasons.md.

import { preferences, say } from '../app/language.ts';

const WORDS: Record<string, [zh: string, en: string]> = {
  believed: ['相信用户卡在这里，值得打扰一次。', 'Stuck there, as far as one can tell, and worth an interruption.'],
  nothing_believed: ['没有迹象说明用户卡住了。', 'Nothing says that anyone is stuck.'],
  below_worth: ['把握还不够，不值得打扰。', 'Not sure enough to be worth an interruption.'],
  cap: ['主动提示的次数已到上限。', 'As many offers as allowed were made.'],
  cool_down: ['离上一次提示还太近。', 'Too soon after the last offer.'],
  declined_before: ['用户之前拒绝过这个提示。', 'This offer was sent away before.'],
  typing: ['用户正在输入，先不打断。', 'Typing: not now.'],
  mid_payment: ['付款正在进行，出结果前不打扰。', 'Money is moving: not before its outcome.'],
  mid_task: ['用户正忙着操作。', 'In the middle of doing something.'],
  holdout: ['该用户属于对照组，用来衡量帮助是否有效。', 'Held out, so that the help can be measured.'],
  settling: ['刚刚有了猜测，先观察片刻。', 'A fresh belief: it must hold for a moment.'],
  hidden: ['页面不在前台。', 'The page cannot be seen.'],
  already_offered: ['本次已经提示过了。', 'Offered in this visit already.'],
};

/** The sentence for a code; the engine's own, with its figures, where it gave one in this language. */
export function why(code: string, told: string): string {
  if (!code) return say('在看，还没有什么可说的。', 'Watching. Nothing worth saying yet.');
  if (told && preferences.language === 'en') return told;
  const words = WORDS[code];
  return words ? say(...words) : told;
}
