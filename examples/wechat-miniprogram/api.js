// The wallet's API, as `unstuck serve` has it. Mini-programs keep no cookies: the app does.
const BASE = 'http://127.0.0.1:4600/api';
let cookie = '';

function call(method, path, data) {
  return new Promise((resolve, reject) => {
    wx.request({
      url: BASE + path,
      method,
      data,
      header: { 'content-type': 'application/json', cookie },
      success({ statusCode, data: answer, header }) {
        const given = header['Set-Cookie'] || header['set-cookie'];
        if (given) cookie = String(given).split(';')[0];
        if (statusCode < 400) resolve(answer);
        else reject({ code: header['X-Error-Code'] || header['x-error-code'] || '' });
      },
      fail: () => reject({ code: '' }),
    });
  });
}

module.exports = {
  checkCard: (number) => call('POST', '/cards/check', { number }),
  bindCard: (person) => call('POST', '/cards/bind', person),
};
