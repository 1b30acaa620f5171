const { unstuck } = getApp();

Page({
  data: { asks: true },

  // Alipay has no consent of its own to ask for: the app asks, before anything is captured.
  agree() {
    this.setData({ asks: false });
    unstuck.consent(true);
  },

  addCard() {
    my.navigateTo({ url: '/pages/card/number' });
  },
});
