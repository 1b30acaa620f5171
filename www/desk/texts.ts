// The page's words. Chinese is written, not translated.

import type { Cause, Language, SignalKind } from '../src/contracts/index.ts';
import type { State, Summary } from './contract.ts';

const en = {
  desk: 'Desk', you: 'You', user: 'User', bot: 'Bot', online: 'At the desk', waiting: 'Waiting', withAgents: 'In conversation',
  left: 'Messages and missed', over: 'Closed', noneWaiting: 'Nobody is waiting', pick: 'Pick a conversation',
  pickHint: 'What the user was trying to do, and what went wrong, appears beside it.',
  quiet: 'All quiet', quietHint: 'New requests appear here by themselves.', loading: 'Loading…',
  take: 'Take conversation', end: 'End', giveBack: 'Return to bot', handled: 'Mark as handled', isHandled: 'Handled',
  sureEnd: 'End this conversation? The user sees that it is closed.', sureReturn: 'Give this conversation back to the bot?',
  keep: 'Keep talking', retry: 'Try again', write: 'Write an answer. Enter sends, Shift+Enter begins a line.', send: 'Send',
  takeFirst: 'Take the conversation to answer.', takenBy: (who: string) => `${who} has this conversation.`,
  offline: 'The line to the server is down. What you write is kept and sent when it is back.',
  failed: (why: string) => `That did not work: ${why}`, sending: 'Sending…', notSent: 'Not sent', dismiss: 'Dismiss',
  before: 'Before you came', facts: 'What we know', stuckAt: 'Stuck at', sure: 'How sure', unknown: 'Nothing points to one place yet.',
  alsoLikely: 'Also likely', evidence: 'Evidence', noEvidence: 'No signals.', tried: 'What was tried', noTried: 'Nothing yet.',
  slots: 'From the conversation', language: 'Language', priority: 'Priority', asked: 'Asked', why: 'Why a human', prefers: 'Preferences',
  place: (n: number) => `No. ${n}`, times: (n: number) => `${n}×`, back: 'Back to the list', name: 'Your name, as users see it',
  begin: 'Sit down at the desk', change: 'Leave the desk', theme: 'Theme', message: 'Message left', urgent: 'Urgent', none: 'None',
  newMessage: 'New', agents: (n: number) => `${n} at the desk`,
};
type Words = typeof en;

const zh: Words = {
  desk: '客服工作台', you: '我', user: '用户', bot: '机器人', online: '在线', waiting: '排队中', withAgents: '会话中',
  left: '留言与未接', over: '已结束', noneWaiting: '暂无排队', pick: '选择一个会话',
  pickHint: '用户想做什么、卡在哪里，会显示在右侧。',
  quiet: '暂时没有会话', quietHint: '有新的请求会自动出现在这里。', loading: '加载中…',
  take: '接入会话', end: '结束', giveBack: '交还机器人', handled: '标为已处理', isHandled: '已处理',
  sureEnd: '确定结束会话？用户会看到会话已关闭。', sureReturn: '确定把会话交还给机器人？',
  keep: '继续会话', retry: '重试', write: '输入回复，Enter 发送，Shift+Enter 换行', send: '发送',
  takeFirst: '接入后才能回复。', takenBy: (who) => `${who} 正在处理这个会话。`,
  offline: '与服务器的连接已断开。您写的内容已保留，恢复后会自动发送。',
  failed: (why) => `没有成功：${why}`, sending: '发送中…', notSent: '未发送', dismiss: '知道了',
  before: '接入前的对话', facts: '已知情况', stuckAt: '卡在', sure: '把握', unknown: '暂时看不出卡在哪里。',
  alsoLikely: '也可能是', evidence: '依据', noEvidence: '没有信号。', tried: '已尝试', noTried: '还没有。',
  slots: '对话中获得', language: '语言', priority: '优先级', asked: '请求于', why: '转人工原因', prefers: '偏好',
  place: (n) => `第 ${n} 位`, times: (n) => `${n} 次`, back: '返回列表', name: '您的称呼（用户可见）',
  begin: '开始接待', change: '离开工作台', theme: '外观', message: '留言内容', urgent: '紧急', none: '无',
  newMessage: '新', agents: (n) => `${n} 位客服在线`,
};

export const words = (language: Language): Words => (language === 'zh' ? zh : en);

export const states: Record<Language, Record<State, string>> = {
  en: {
    queued: 'Waiting', assigned: 'Taken', live: 'Live', ended: 'Ended', unavailable: 'Missed', message_left: 'Message',
    cancelled: 'Cancelled', expired: 'Missed', returned: 'With the bot',
  },
  zh: {
    queued: '排队中', assigned: '已接入', live: '会话中', ended: '已结束', unavailable: '未接到', message_left: '留言与未接',
    cancelled: '用户取消', expired: '等待超时', returned: '已交还',
  },
};

export const happened: Record<Language, Record<State, (who: string) => string>> = {
  en: {
    queued: () => 'In the queue', assigned: (who) => `${who} took the conversation`, live: (who) => `${who} joined`,
    ended: (who) => `${who} ended the conversation`, unavailable: () => 'Nobody was at the desk', message_left: () => 'A message was left',
    cancelled: () => 'The user took the request back', expired: () => 'Nobody came in time', returned: (who) => `${who} gave it back to the bot`,
  },
  zh: {
    queued: () => '进入排队', assigned: (who) => `${who} 接入会话`, live: (who) => `${who} 开始回复`, ended: (who) => `${who} 结束了会话`,
    unavailable: () => '当时没有客服在线', message_left: () => '用户留言', cancelled: () => '用户取消了请求', expired: () => '等待超时',
    returned: (who) => `${who} 交还给机器人`,
  },
};

export const causes: Record<Language, Record<Cause, string>> = {
  en: {
    not_understood: 'Not understood', cannot_find: 'Cannot find it', cannot_operate: 'Cannot operate it', input_rejected: 'Input rejected',
    declined_by_rule: 'Declined by a rule', system_error: 'System error', slow: 'Slow', unstable_dependency: 'Partner unstable',
    interface_defect: 'Interface defect', waiting_for_outcome: 'Waiting for an outcome',
  },
  zh: {
    not_understood: '看不懂', cannot_find: '找不到', cannot_operate: '不会操作', input_rejected: '输入被拒', declined_by_rule: '规则不允许',
    system_error: '系统错误', slow: '太慢', unstable_dependency: '合作方不稳定', interface_defect: '界面缺陷', waiting_for_outcome: '等待结果',
  },
};

export const signals: Record<Language, Record<SignalKind, string>> = {
  en: {
    rage_click: 'Rage clicks', dead_click: 'Dead click', error_click: 'Click, then an error', quick_back: 'Straight back out', wandering: 'Wandering',
    form_error_loop: 'Form refused again', field_reedit: 'Field filled in again', form_abandonment: 'Form left', hesitation: 'Hesitates before the tap',
    idle_at_step: 'Idle', slow_response: 'Slow answer', repeated_failure: 'Call keeps failing', search_without_result: 'Search finds nothing',
    frantic_scrolling: 'Scrolls up and down', help_seeking: 'Looked for help',
  },
  zh: {
    rage_click: '反复猛点', dead_click: '点了没反应', error_click: '点击后报错', quick_back: '进去就退', wandering: '来回打转',
    form_error_loop: '表单反复被拒', field_reedit: '反复修改', form_abandonment: '填一半离开', hesitation: '迟迟不点', idle_at_step: '长时间停留',
    slow_response: '响应慢', repeated_failure: '接口连续失败', search_without_result: '搜不到', frantic_scrolling: '上下乱翻', help_seeking: '主动找帮助',
  },
};

export const outcomes: Record<Language, Record<string, string>> = {
  en: { shown: 'shown', accepted: 'accepted', dismissed: 'dismissed', done: 'done', failed: 'failed', resolved: 'helped', unresolved: 'did not help', expired: 'ignored' },
  zh: { shown: '已展示', accepted: '已接受', dismissed: '已关闭', done: '已完成', failed: '失败', resolved: '有帮助', unresolved: '没帮上', expired: '未理会' },
};

const kinds: Record<Language, Record<string, string>> = {
  en: { card: 'Card', guide: 'Guide', tool: 'Tool', flow: 'Diagnosis', offer: 'Offer' },
  zh: { card: '卡片', guide: '引导', tool: '操作', flow: '诊断', offer: '建议' },
};

/** `card:retry` with its kind in words. */
export function thing(what: string, language: Language): string {
  const [kind = '', ...rest] = what.split(':');
  const word = rest.length > 0 ? kinds[language][kind] : undefined;
  return word ? `${word} ${rest.join(':')}` : what;
}

export const preferences: Record<Language, Record<string, string>> = {
  en: { prefers_human: 'Prefers a human', prefers_self_service: 'Prefers to do it alone', elder_mode: 'Larger, plainer text' },
  zh: { prefers_human: '倾向人工', prefers_self_service: '倾向自助', elder_mode: '长辈模式' },
};

const reasons: Record<Language, Record<string, string>> = {
  en: {
    asked: 'Asked for a human', stuck_point: 'The way out is a human', not_resolved: 'The help did not help',
    money_lost: 'Money lost', account_stolen: 'Account stolen', minor: 'A minor', distress: 'In distress', upset: 'Upset', complaint: 'Complaint',
  },
  zh: {
    asked: '主动要求人工', stuck_point: '需要人工处理', not_resolved: '自助未解决', money_lost: '资金损失', account_stolen: '账号被盗',
    minor: '未成年人', distress: '需要关怀', upset: '情绪激动', complaint: '投诉',
  },
};

/** Why a human was asked for; a playbook's own escalation is named by its id. */
export function reason(code: string, language: Language): string {
  const id = code.replace(/^escalation:/, '');
  return reasons[language][id] ?? id.replaceAll('_', ' ');
}

/** What a handoff is about, in words: the stuck point's own name, else why a human was asked for. */
export const titled = ({ title }: Summary, language: Language): string =>
  title in reasons.en || title.startsWith('escalation:') ? reason(title, language) : title;

export const languages: Record<Language, Record<Language, string>> = { en: { zh: 'Chinese', en: 'English' }, zh: { zh: '中文', en: '英文' } };
