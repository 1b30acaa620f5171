const api = require('../../api.js');
const { unstuck } = getApp();

Page({
  data: { number: '', wrong: '' },

  typeNumber({ detail }) {
    this.setData({ number: detail.value, wrong: '' });
  },

  async next() {
    const digits = this.data.number.replace(/\D/g, '');
    if (digits.length < 16) return this.refuse('card_number_short', '卡号位数不对，应为 16 到 19 位');
    try {
      await api.checkCard(digits);
      wx.navigateTo({ url: '/pages/card/identity' });
    } catch ({ code }) {
      this.refuse(code, code === 'card_not_supported' ? '暂不支持绑定此卡' : '卡号有误，请逐位核对');
    }
  },

  refuse(code, words) {
    this.setData({ wrong: words });
    unstuck.refused('bind.number.card', code);
  },
});
