Page({
  addCard() {
    wx.navigateTo({ url: '/pages/card/number' });
  },
});
