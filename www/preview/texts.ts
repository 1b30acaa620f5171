// The page's own words. Chinese is written, not translated.

import type { Language } from '../src/contracts/index.ts';
import type { Accept } from './contract.ts';

const en = {
  preview: 'Playbook preview', menu: 'Contents', overview: 'Overview', filter: 'Find', nothingFound: 'Nothing has these words.',
  journeys: 'Journeys', intents: 'Intents', cards: 'Cards', flows: 'Flows', guides: 'Guides', escalations: 'Escalations', hours: 'Hours',
  stuckPoints: 'Stuck points', theme: 'Look', themes: { auto: 'System', light: 'Light', dark: 'Dark' }, language: 'Language of this page',
  elder: 'Elder mode', elderHint: 'As users in elder mode see it: larger text, plainer words, a human sooner',
  loading: 'Reading the playbook…', lost: 'The preview has lost its server. Start `unstuck preview` again, and this page goes on.',
  broken: (n: number) => `${n === 1 ? 'An error' : `${n} errors`} in the files. Below is the last state without any.`,
  brokenFirst: (n: number) => `${n === 1 ? 'An error' : `${n} errors`} in the files. The playbook appears here as soon as there is none.`,
  warnings: (n: number) => `${n} warning${n === 1 ? '' : 's'}`, error: 'Error', warning: 'Warning',
  gone: 'This is no longer in the playbook.', empty: 'None yet.', pick: 'Pick what you want to see. It follows as you save.',
  noPoint: 'No stuck point at this step.', offer: 'The offer', answer: 'The answer',
  answerHint: 'Tap in the phones: both go on, with the answers that users would get.', questions: 'How people ask',
  count: (n: number) => `${n}`, flow: 'The flow', flowHint: 'Pick a step, and the phones go there.', guide: 'The guide',
  guideHint: 'Pick a step to see it on the page.', again: 'Start again', toolRuns: (tool: string) => `The app now runs “${tool}”. It ends with`,
  unreached: 'No way leads to', phrases: 'What brings it up', alsoIntents: 'and what means', priority: 'Place in the queue', said: 'What is said',
  worth: 'Worth', cause: 'Cause', usedBy: 'Used by', unused: 'Nothing leads here.', inPlace: 'Written in',
  goesTo: 'goes on at', outcome: 'ends with', confirm: 'asks before', accepts: 'takes', retry: 'else', nothingAsked: 'It is not asked before.',
  nodes: { say: 'Says', choose: 'Asks', slot: 'Asks for', tool: 'Runs', guide: 'Leads', human: 'Offers a person' },
  takes: { text: 'any words', order: 'an order number', amount: 'an amount', last_four: 'four digits' } as Record<Accept, string>,
  showStep: (n: number) => `Show step ${n}`, phone: (language: string, what: string) => `${what}, ${language}`,
  declined: 'Declined: the offer goes, and is not made again for a while.', week: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  closed: 'Nobody', zone: (offset: string) => `Clock of the service: UTC${offset}`, day: 'Day', onDuty: 'On duty',
};
type Words = typeof en;

const zh: Words = {
  preview: '剧本预览', menu: '目录', overview: '总览', filter: '查找', nothingFound: '没有包含这些字的内容。',
  journeys: '旅程', intents: '意图', cards: '卡片', flows: '流程', guides: '页面指引', escalations: '升级规则', hours: '服务时间',
  stuckPoints: '卡点', theme: '外观', themes: { auto: '跟随系统', light: '浅色', dark: '深色' }, language: '本页语言',
  elder: '长辈模式', elderHint: '看长辈模式下的样子：字更大、话更简明、更快转人工',
  loading: '正在读取剧本…', lost: '与预览服务的连接断了。重新运行 `unstuck preview`，本页会自动继续。',
  broken: (n) => `文件里有 ${n} 处错误，下面仍是上一次没有错误时的样子。`,
  brokenFirst: (n) => `文件里有 ${n} 处错误。改好后，剧本会自动出现在这里。`,
  warnings: (n) => `${n} 条提醒`, error: '错误', warning: '提醒',
  gone: '剧本里已经没有这一项了。', empty: '还没有内容。', pick: '选一项来看，保存文件后会自动更新。',
  noPoint: '这一步还没有卡点。', offer: '主动提示', answer: '回答',
  answerHint: '可以在手机里点：两边会一起往下走，看到的就是用户会得到的回答。', questions: '用户怎么问',
  count: (n) => `${n} 句`, flow: '流程', flowHint: '选一步，手机会走到那里。', guide: '页面指引',
  guideHint: '选一步，看它在页面上的样子。', again: '重新开始', toolRuns: (tool) => `应用正在执行“${tool}”，结果是`,
  unreached: '走不到的步骤', phrases: '触发的说法', alsoIntents: '以及这些意思', priority: '排队优先级', said: '会说的话',
  worth: '价值', cause: '原因', usedBy: '用在', unused: '没有地方用到它。', inPlace: '写在',
  goesTo: '接着到', outcome: '结果是', confirm: '先确认', accepts: '接受', retry: '不合适时', nothingAsked: '执行前不询问。',
  nodes: { say: '说', choose: '问', slot: '请填写', tool: '执行', guide: '带着做', human: '转人工' },
  takes: { text: '任意文字', order: '订单号', amount: '金额', last_four: '四位数字' },
  showStep: (n) => `看第 ${n} 步`, phone: (language, what) => `${what}，${language}`,
  declined: '已拒绝：提示收起，一段时间内不再出现。', week: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  closed: '无人', zone: (offset) => `服务所在时区：UTC${offset}`, day: '星期', onDuty: '值班时间',
};

export const words = (language: Language): Words => (language === 'zh' ? zh : en);
export const names: Record<Language, string> = { zh: '中文', en: 'English' };
/** The value of a `lang` attribute. */
export const tag = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');
