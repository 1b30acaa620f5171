const api = require('../../api.js');
const { unstuck } = getApp();

Page({
  data: { holder: '', id: '', phone: '', wrong: '' },

  type({ currentTarget, detail }) {
    this.setData({ [currentTarget.dataset.name]: detail.value, wrong: '' });
  },

  async next() {
    const { holder, id, phone } = this.data;
    try {
      await api.bindCard({ holder, id_number: id, phone, expiry: '12/30' });
      my.redirectTo({ url: '/pages/card/done' });
    } catch ({ code }) {
      this.setData({ wrong: code === 'phone_not_reserved' ? '手机号与银行预留信息不一致' : '请核对填写的信息' });
      unstuck.refused(code === 'phone_not_reserved' ? 'bind.identity.phone' : 'bind.identity.id', code);
    }
  },
});
