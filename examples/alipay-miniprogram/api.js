// The wallet's API, as `unstuck serve` has it. Mini-programs keep no cookies: the app does.
const BASE = 'http://127.0.0.1:4600/api';
let cookie = '';

function call(method, path, data) {
  return new Promise((resolve, reject) => {
    my.request({
      url: BASE + path,
      method,
      data: JSON.stringify(data),
      headers: { 'content-type': 'application/json', cookie },
      success({ data: answer, headers }) {
        const given = headers['Set-Cookie'] || headers['set-cookie'];
        if (given) cookie = String(given).split(';')[0];
        resolve(answer);
      },
      fail: ({ headers = {} }) => reject({ code: headers['X-Error-Code'] || headers['x-error-code'] || '' }),
    });
  });
}

module.exports = {
  checkCard: (number) => call('POST', '/cards/check', { number }),
  bindCard: (person) => call('POST', '/cards/bind', person),
};
