// The trouble that can be planted, in words, and where in the wallet to meet it.

export type Trouble =
  | 'slow' | 'merchant_down' | 'pending' | 'card_rejected' | 'id_rejected' | 'no_code' | 'unclear_word'
  | 'fiddly_date' | 'dead_button' | 'low_limit' | 'system_error' | 'empty_search'
  | 'refund_refused' | 'card_closed' | 'refund_waits' | 'photo_rejected' | 'camera_blocked' | 'name_mismatch' | 'review_waits';

export interface Plant {
  id: Trouble;
  icon: string;
  name: [zh: string, en: string];
  /** What to do in the wallet to meet it. */
  meet: [zh: string, en: string];
  /** The screen to begin at. */
  at: string;
}

export const groups: { name: [string, string]; plants: Plant[] }[] = [
  {
    name: ['绑卡', 'Add a card'],
    plants: [
      { id: 'card_rejected', icon: 'card', name: ['卡被拒绝', 'Card rejected'], meet: ['填卡号，点下一步', 'Enter a card, continue'], at: '/cards/new' },
      { id: 'id_rejected', icon: 'cross', name: ['证件不通过', 'ID refused'], meet: ['填写身份后提交', 'Submit the ID'], at: '/cards/new' },
      { id: 'unclear_word', icon: 'help', name: ['词看不懂', 'Unclear word'], meet: ['“预留手机号”是哪个？', 'Which phone is “reserved”?'], at: '/cards/new' },
      { id: 'fiddly_date', icon: 'clock', name: ['日期难选', 'Fiddly date'], meet: ['试着设置有效期', 'Try to set the expiry'], at: '/cards/new' },
      { id: 'no_code', icon: 'text', name: ['验证码不来', 'No code comes'], meet: ['等一等，再点重发', 'Wait, then send again'], at: '/cards/new' },
    ],
  },
  {
    name: ['转账', 'Send money'],
    plants: [
      { id: 'dead_button', icon: 'minus', name: ['按钮失灵', 'Dead button'], meet: ['填金额，连点下一步', 'Amount, then Continue'], at: '/send' },
      { id: 'low_limit', icon: 'limit', name: ['限额很低', 'Low limit'], meet: ['转 200 元试试', 'Send ¥200'], at: '/send' },
      { id: 'system_error', icon: 'refresh', name: ['系统出错', 'System error'], meet: ['确认转账，再试一次', 'Confirm, and try again'], at: '/send' },
    ],
  },
  {
    name: ['付款', 'Pay a shop'],
    plants: [
      { id: 'merchant_down', icon: 'coffee', name: ['商家故障', 'Shop fails'], meet: ['付款，再付一次', 'Pay, and pay again'], at: '/pay/1001' },
      { id: 'slow', icon: 'clock', name: ['接口变慢', 'Slow API'], meet: ['打开任一商家', 'Open any shop'], at: '/pay' },
      { id: 'pending', icon: 'refresh', name: ['结果不出', 'No result'], meet: ['付款后反复刷新', 'Pay, then check again'], at: '/pay/1002' },
    ],
  },
  {
    name: ['退款', 'Refunds'],
    plants: [
      { id: 'refund_refused', icon: 'cross', name: ['商家拒退', 'Shop refuses'], meet: ['选原因，提交，再提交', 'Ask, and ask again'], at: '/refunds' },
      { id: 'card_closed', icon: 'card', name: ['付款卡已注销', 'Card closed'], meet: ['把书店那笔原路退回', 'Ask the books back'], at: '/refunds' },
      { id: 'refund_waits', icon: 'clock', name: ['商家不理', 'Shop is silent'], meet: ['申请后反复刷新', 'Ask, then check again'], at: '/refunds' },
    ],
  },
  {
    name: ['身份验证', 'Verify identity'],
    plants: [
      { id: 'photo_rejected', icon: 'eye', name: ['照片不过', 'Photo rejected'], meet: ['拍证件，再重拍', 'Take the photo, again'], at: '/verify' },
      { id: 'camera_blocked', icon: 'camera', name: ['相机打不开', 'Camera is dead'], meet: ['连点“拍照”', 'Tap “Take it”'], at: '/verify' },
      { id: 'name_mismatch', icon: 'me', name: ['姓名不符', 'Name differs'], meet: ['核对姓名后提交', 'Send the name'], at: '/verify' },
      { id: 'review_waits', icon: 'document', name: ['审核不动', 'Review hangs'], meet: ['提交后反复刷新', 'Send, then check again'], at: '/verify' },
    ],
  },
  {
    name: ['查找', 'Find something'],
    plants: [{ id: 'empty_search', icon: 'search', name: ['搜不到', 'Search is empty'], meet: ['搜“限额”，再换个词', 'Search “limit”, then again'], at: '/search' }],
  },
];
