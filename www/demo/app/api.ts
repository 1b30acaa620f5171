// The wallet's API, as the app calls it.

import { say } from './language.ts';

export type Status = 'paid' | 'processing' | 'failed_payment' | 'refund_asked' | 'refunding' | 'refunded';
export type Reason = 'not_received' | 'not_as_described' | 'changed_mind' | 'wrong_amount';
export type Document = 'id_card' | 'passport' | 'permit';
export interface Refund { reason: Reason; to: 'origin' | 'balance' }
/** `card`: the last four digits of the card that paid; none is the balance. */
export interface Order { id: string; zh: string; en: string; amount: number; status: Status; at: number; icon: string; card: string | null; refund: Refund | null }
export interface Identity { state: 'due' | 'reviewing' | 'verified'; document: Document | null }
export interface Card { id: string; bank: string; last_four: string }
export interface Payee { id: string; zh: string; en: string; account: string }
export interface Merchant { id: string; zh: string; en: string; item_zh: string; item_en: string; price: number; icon: string }
export interface Hit { zh: string; en: string; href: string; icon: string }
export interface Me { name: string; balance: number; transfer_limit: number; identity: Identity['state'] }
export interface Person { holder: string; id_number: string; expiry: string; phone: string }

/** A refusal with the API's code. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(sentences[code]?.() ?? sentences.network!());
  }
}

const sentences: Record<string, () => string> = {
  network: () => say('网络不太稳定，请稍后再试', 'The connection is unstable. Please try again.'),
  card_number_short: () => say('卡号位数不对，应为 16 到 19 位', 'A card number has 16 to 19 digits'),
  card_number_invalid: () => say('卡号有误，请逐位核对', 'Please check the number, digit by digit'),
  card_not_supported: () => say('暂不支持绑定此卡', "This card can't be added"),
  too_many_cards: () => say('最多绑定 10 张银行卡', 'A wallet holds 10 cards'),
  no_card: () => say('请先填写卡号', "Enter the card's number first"),
  holder_invalid: () => say('请填写持卡人姓名', "Enter the holder's name"),
  id_invalid: () => say('证件信息校验未通过', "The ID doesn't match"),
  expiry_past: () => say('有效期不正确', 'Check the expiry date'),
  phone_not_reserved: () => say('手机号与银行预留信息不一致', 'The phone number does not match the reserved one'),
  too_many: () => say('今日发送次数已达上限', 'No more codes today'),
  code_wrong: () => say('验证码不正确', 'Wrong code'),
  code_expired: () => say('验证码已失效，请重新获取', 'The code has expired. Please get a new one.'),
  limit_exceeded: () => say('超出单笔限额', 'Over the limit for one transfer'),
  balance_low: () => say('余额不足', 'Not enough balance'),
  system_busy: () => say('系统繁忙，请稍后再试（E5001）', 'The system is busy. Please try again later. (E5001)'),
  merchant_unavailable: () => say('支付失败，商户暂不可用', 'Payment failed. The shop is unavailable.'),
  not_refundable: () => say('这笔不能退款', "This order can't be refunded"),
  refund_refused: () => say('商家拒绝了退款申请', 'The shop has refused this refund'),
  refund_card_closed: () => say('原付款卡已注销，无法原路退回', 'The card you paid with is closed. It cannot go back there.'),
  photo_small: () => say('照片太小，请拍近一些', 'The picture is too small. Move closer.'),
  photo_blurry: () => say('照片模糊，看不清证件上的字', 'The photo is blurry: the letters cannot be read'),
  no_photo: () => say('请先拍摄证件', "Take the document's photo first"),
  name_mismatch: () => say('姓名与账户登记的不一致', 'The name is not the one on your account'),
  not_found: () => say('没有找到', 'Not found'),
};

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const request: RequestInit = { method };
  if (body !== undefined) {
    request.headers = { 'content-type': 'application/json' };
    request.body = JSON.stringify(body);
  }
  const response = await fetch(`/api${path}`, request).catch(() => {
    throw new Refused('network');
  });
  if (!response.ok) throw new Refused(response.headers.get('x-error-code') ?? 'network');
  return (await response.json()) as T;
}

export const api = {
  me: () => call<Me>('GET', '/me'),
  cards: () => call<Card[]>('GET', '/cards'),
  checkCard: (number: string) => call<{ bank: string }>('POST', '/cards/check', { number }),
  bindCard: (person: Person) => call<{ last_four: string }>('POST', '/cards/bind', person),
  sendCode: (channel: 'sms' | 'backup' = 'sms') => call<unknown>('POST', '/codes', { channel }),
  verifyCode: (code: string) => call<Card>('POST', '/codes/verify', { code }),
  payees: () => call<Payee[]>('GET', '/payees'),
  transfer: (to: string, amount: number) => call<Order>('POST', '/transfers', { to, amount }),
  merchants: () => call<Merchant[]>('GET', '/merchants'),
  merchant: (id: string) => call<Merchant>('GET', `/merchants/${id}`),
  pay: (merchant: string, quantity: number, method: 'balance' | 'card') =>
    call<Order>('POST', '/payments', { merchant, quantity, method }),
  retryPayment: (order: string) => call<Order>('POST', `/payments/${order}/retry`, {}),
  orders: () => call<Order[]>('GET', '/orders'),
  order: (id: string) => call<Order>('GET', `/orders/${encodeURIComponent(id)}`),
  refund: (order: string) => call<Order>('GET', `/refunds/${encodeURIComponent(order)}`),
  askRefund: (order: string, reason: Reason, to: Refund['to']) => call<Order>('POST', '/refunds', { order, reason, to }),
  identity: () => call<Identity>('GET', '/identity'),
  sendPhoto: (document: Document, width: number, sharpness: number) =>
    call<Identity>('POST', '/identity/photo', { document, width, sharpness }),
  verifyName: (name: string) => call<Identity>('POST', '/identity', { name }),
  reopenReview: () => call<Identity>('POST', '/identity/reopen', {}),
  search: (q: string) => call<Hit[]>('GET', `/search?q=${encodeURIComponent(q)}`),
};
